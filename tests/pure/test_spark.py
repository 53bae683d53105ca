"""Is a small picture of a diary's last distances whole, harmless and always the same?"""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from lxml import etree

from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.charts.spark import DAYS, HEIGHT, MOST_POINTS, RADIUS, WIDTH, spark
from diary.charts.table import onset_rows
from diary.demo import documents
from diary.rules import document_checked
from tests.pure.documents import document

TODAY = date(2026, 4, 20)
PARTS = {
    "svg": {"class", "viewBox", "width", "height", "aria-hidden", "focusable"},
    "line": {"x1", "y1", "x2", "y2"},
    "circle": {"class", "cx", "cy", "r"},
}


def row(days_ago: int = 0, distance_m: float = 300.0, kind: str = "pain"):
    day = (TODAY - timedelta(days=days_ago)).isoformat()
    return {"kind": kind, "day": day, "walk_id": "w", "distance_m": distance_m}


def points(drawn: str) -> list[tuple[str, float, float]]:
    """Class and place of every point of a picture that has nothing in it but what it may."""
    root = etree.fromstring(drawn.encode(), etree.XMLParser(resolve_entities=False))
    for part in root.iter():
        assert set(part.attrib) <= PARTS[part.tag]
        assert (part.text, part.tail) == (None, None)
    circles = root.findall("circle")
    for circle in circles:
        x, y = float(circle.get("cx")), float(circle.get("cy"))
        assert RADIUS <= x <= WIDTH - RADIUS
        assert RADIUS <= y <= HEIGHT - RADIUS
        assert circle.get("class") in ("hurt", "free")
    return [(each.get("class"), float(each.get("cx")), float(each.get("cy"))) for each in circles]


def drawn_of(rows) -> tuple[str, int]:
    frames = frames_of_document(document_checked(rows))
    as_of = frames.last_day or TODAY
    assessment = assess(frames, as_of, "test")
    told = onset_rows(assessment, frames)
    first = (as_of - timedelta(days=DAYS)).isoformat()
    walks = [each for each in told if each["kind"] in ("pain", "pain_free") and each["day"] > first]
    picture = spark(told, as_of)
    assert picture == spark(onset_rows(assessment, frames), as_of)
    return picture, min(len(walks), MOST_POINTS)


def test_a_later_walk_stands_further_right_and_a_longer_one_higher():
    rows = [row(80, 100), row(40, 400), row(0, 200, "pain_free")]
    found = points(spark(rows, TODAY))
    assert [kind for kind, _x, _y in found] == ["hurt", "hurt", "free"]
    (_, x1, y1), (_, x2, y2), (_, x3, y3) = found
    assert x1 < x2 < x3
    assert y2 < y3 < y1
    # From zero up: twice as far is twice as high above the same ground.
    ground = HEIGHT - 4
    assert ground - y2 == pytest.approx(4 * (ground - y1), abs=0.2)
    assert ground - y3 == pytest.approx(2 * (ground - y1), abs=0.2)


def test_there_is_no_picture_of_nothing():
    assert spark([], TODAY) == ""
    assert spark([row(DAYS), row(DAYS + 400)], TODAY) == ""
    change = {"kind": "change", "day": TODAY.isoformat(), "until": None, "change": "footwear"}
    assert spark([change, row(kind="median")], TODAY) == ""


def test_the_last_ninety_days_and_no_others_are_drawn():
    assert len(points(spark([row(DAYS), row(DAYS - 1), row(0)], TODAY))) == 2


def test_the_last_points_are_drawn_where_there_are_too_many():
    rows = [row(50 - number // 2, 100 + number) for number in range(MOST_POINTS + 9)]
    found = points(spark(rows, TODAY))
    assert len(found) == MOST_POINTS
    assert found == points(spark(rows[9:], TODAY))


@pytest.mark.parametrize("distance_m", [0.0, 0.01, 1.0, 42195.0, 200_000.0])
def test_every_distance_that_a_walk_may_have_lies_inside(distance_m):
    assert len(points(spark([row(0, distance_m), row(DAYS - 1, distance_m)], TODAY))) == 2
    assert len(points(spark([row(3, 0.0), row(1, distance_m)], TODAY))) == 2


def test_nothing_of_a_row_but_its_numbers_reaches_the_picture():
    evil = row() | {"walk_id": "</svg><script>alert(1)</script>", "kind": "pain"}
    picture = spark([evil], TODAY)
    assert picture == spark([row()], TODAY)
    assert "script" not in picture
    assert "style" not in picture
    assert "http" not in picture


def test_every_demo_diary_has_its_picture():
    for name, rows in documents(TODAY).items():
        picture, count = drawn_of(rows)
        assert len(points(picture)) == count, name
        assert count >= 2


def test_every_diary_has_a_picture_of_its_walks_or_none():
    rng, pictures = random.Random(7), 0
    for _ in range(25):
        picture, count = drawn_of(document(rng))
        assert bool(picture) == bool(count)
        if picture:
            assert len(points(picture)) == count
            pictures += 1
    assert pictures > 8
