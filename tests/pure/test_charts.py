"""Do the charts show what their tables say, honestly, and in a form that a strict page shows?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from lxml import etree
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.answers import POSTURES
from diary.charts.dates import ticks
from diary.charts.drawings import CHARTS
from diary.charts.look import PALETTES, SIZES, Look
from diary.charts.sheet import Points, text_width
from diary.charts.svg import MOST_STOPS, png, svg
from diary.charts.table import TABLES
from tests.pure.diaries import diary, walk, walk_id
from tests.pure.figures import WORDS, assessed, drawing, picture, said, texts

SVG = "{http://www.w3.org/2000/svg}"
ROOT = Path(__file__).parents[2]
STYLE_SHEET = ROOT / "diary/static/diary/tokens.css"


def many(walks: int, days: int) -> DiaryFrames:
    """A diary of so many walks in so many days, two in three with pain and a rest."""
    draw = random.Random(walks)
    rows = []
    for nth in range(walks):
        pain = {
            "onset_distance_m": draw.randrange(0, 600, 10),
            "rest_posture": draw.choice(POSTURES),
            "relief": draw.choice(("complete", "complete", "partial", "none")),
            "relief_s": draw.randrange(30, 900, 30),
        }
        hurt = nth % 3 != 0
        length_m = 1500 if hurt else draw.randrange(100, 900)
        rows.append(walk(nth * days // walks, *[pain][:hurt], number=nth, distance_m=length_m))
    return diary(*rows)


STORY = diary(
    walk(0, {"onset_distance_m": 300, "rest_posture": "standing", "relief": "complete",
             "relief_s": 120}),
    walk(3, distance_m=250),
    walk(9, {"onset_distance_m": 0, "rest_posture": "sitting", "relief": "none"}),
    walk(12, {"onset_distance_m": 280, "rest_posture": "standing", "relief": "complete"}),
    walk(15, {"onset_s": 240, "rest_posture": "standing", "relief": "partial", "relief_s": 60}),
    walk(21, distance_m=9000),
    changes=[
        {"date": "2026-03-08", "kind": "footwear"},
        {"date": "2026-02-18", "until": "2026-03-04", "kind": "physiotherapy"},
        {"date": "2025-01-01", "kind": "injury"},
    ],
)  # fmt: skip


STORY_OF_PLACES = diary(
    *(
        walk(day, {"onset_distance_m": 100, "site": "calf", "side": "left", "intensity": 5,
                   "rest_posture": "standing", "relief": "complete", "relief_s": 60})
        for day in range(0, 12, 2)
    ),
    walk(1), walk(40, distance_source="estimated"),
    changes=[{"date": "2026-03-08", "kind": "footwear"}],
)  # fmt: skip


def test_every_row_of_the_table_is_a_point_and_every_point_a_row():
    figure = drawing("onset", STORY)
    rows = TABLES["onset"](assessed(STORY), STORY)
    kinds = Counter(row["kind"] for row in rows)
    drawn = said(figure)
    assert kinds == {"pain": 3, "pain_free": 2, "change": 2}
    assert drawn["pain"] == [
        "2 Mar 2026: pain came after 300 m",
        "11 Mar 2026: pain came after 0 m",
        "14 Mar 2026: pain came after 280 m",
    ]
    assert drawn["pain_free"] == ["5 Mar 2026: walked 250 m without pain"]
    assert drawn["beyond"] == ["23 Mar 2026: walked 9000 m without pain"]
    assert sorted(drawn["changes"]) == [
        "footwear: 8 Mar 2026",
        "physiotherapy: 18 Feb 2026 to 4 Mar 2026",
    ]


def test_the_picture_has_one_titled_marker_a_point():
    root = picture("onset", STORY)
    markers = root.findall(f".//{SVG}g[@data-kind]//{SVG}use")
    titles = [mark.getparent().findtext(f"{SVG}title") for mark in markers]
    assert Counter(titles) == Counter(
        words for of_kind in said(drawing("onset", STORY)).values() for words in of_kind
    )


def test_a_distance_nobody_recorded_is_neither_drawn_nor_zero():
    rows = TABLES["onset"](assessed(STORY), STORY)
    assert walk_id(15) not in {row.get("walk_id") for row in rows}
    assert [row["distance_m"] for row in rows if row["kind"] == "pain"] == [300, 0, 280]


def test_a_pain_free_walk_is_an_open_marker_at_its_length():
    points = {p.get_gid(): p for p in drawing("onset", STORY).findobj(Points)}
    assert points["pain_free"].get_markerfacecolor() == "none"
    assert points["pain"].get_markerfacecolor() != "none"
    assert list(points["pain_free"].get_ydata()) == [250]


def test_distances_start_at_zero_and_a_pain_at_the_first_step_is_inside_the_picture():
    figure = drawing("onset", STORY)
    (axes,) = figure.axes
    assert axes.get_ylim()[0] == 0
    (points,) = (p for p in figure.findobj(Points) if p.get_gid() == "pain")
    assert min(points.get_ydata()) == 0
    assert not points.get_clip_on()
    lowest = axes.transData.transform((0, 0))[1]
    assert lowest > points.get_markersize()


def test_a_far_longer_pain_free_walk_stands_at_the_edge_and_says_its_length():
    figure = drawing("onset", STORY)
    (edge,) = (p for p in figure.findobj(Points) if p.get_gid() == "beyond")
    assert list(edge.get_ydata()) == [figure.axes[0].get_ylim()[1]]
    assert figure.axes[0].get_ylim()[1] < 1000
    assert "9000 m" in edge.says[0]
    assert "longer than shown (n = 1)" in texts(figure)


def test_without_pain_no_walk_is_too_long_to_be_drawn_at_its_length():
    figure = drawing("onset", diary(walk(0, distance_m=200), walk(1, distance_m=9000)))
    assert said(figure)["beyond"] == []
    assert figure.axes[0].get_ylim()[1] >= 9000


def test_each_kind_of_walk_is_shown_with_its_n():
    assert "Pain came (n = 3)" in texts(drawing("onset", STORY))
    assert "Whole walk without pain (n = 1)" in texts(drawing("onset", STORY))


def spans(figure: Figure, colour: str) -> list[tuple[float, float]]:
    """From where to where horizontal lines of a colour run, in days."""
    return [
        (path.vertices[0][0], path.vertices[-1][0])
        for lines in figure.axes[0].collections
        for path in lines.get_paths()
        if len(lines.get_edgecolor())
        and np.allclose(lines.get_edgecolor()[0], hex_rgba(colour))
        and len(path.vertices) == 2
    ]


def hex_rgba(colour: str) -> list[float]:
    return [*(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)), 1.0]


def test_a_median_without_a_trend_runs_over_all_days():
    figure = drawing("onset", STORY, assessed(STORY, 290.0, "steady"))
    ((start, end),) = spans(figure, PALETTES["light"].pain)
    assert (start, end) == figure.axes[0].get_xlim()
    assert "Typical distance: 290 m (95 % interval 232 m to 348 m)" in texts(figure)


def test_a_median_with_a_trend_is_only_shown_beside_the_last_day():
    figure = drawing("onset", STORY, assessed(STORY, 290.0, "shortening"))
    ((start, _),) = spans(figure, PALETTES["light"].pain)
    assert start > STORY.last_day.toordinal()
    assert "Typical distance now: 290 m" in texts(figure)


def test_no_median_is_drawn_where_none_is_estimated():
    figure = drawing("onset", STORY)
    assert spans(figure, PALETTES["light"].pain) == []
    assert "Typical" not in texts(figure)
    assert "median" not in {row["kind"] for row in TABLES["onset"](assessed(STORY), STORY)}


def test_an_interval_without_an_upper_end_is_left_out():
    assessment = assessed(STORY, 290.0)
    assessment["onset"]["high_m"] = None
    figure = drawing("onset", STORY, assessment)
    assert "Typical distance: 290 m |" in f"{texts(figure)} |"


def test_rows_after_the_day_of_the_assessment_are_left_out():
    assessment = {**assessed(STORY), "as_of": "2026-03-11"}
    rows = TABLES["onset"](assessment, STORY)
    assert max(row["day"] for row in rows) == "2026-03-11"
    assert {row["day"] for row in TABLES["relief"](assessment, STORY)} == {
        "2026-03-02", "2026-03-11",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "label"), [("m", "300 m"), ("yd", "328 yd"), ("km", "0.3 km"), ("mi", "0.19 miles")]
)
def test_distances_are_written_in_the_unit_asked_for(unit, label):
    figure = drawing("onset", STORY, unit=unit)
    assert said(figure)["pain"][0].endswith(f"after {label}")
    assert WORDS[f"distance_axis_{unit}"] in texts(figure)


def test_a_pain_that_stayed_is_given_no_time_and_stands_aside_of_the_axis():
    figure = drawing("relief", STORY)
    points = {p.get_gid(): p for p in figure.findobj(Points)}
    assert points["stayed"].get_marker() == "x"
    assert min(points["stayed"].get_xdata()) > figure.axes[0].get_xlim()[1]
    assert said(figure)["stayed"] == ["11 Mar 2026, sitting: still there"]


def test_a_relief_without_a_time_is_counted_and_not_placed():
    figure = drawing("relief", STORY)
    assert said(figure)["gone"] == ["2 Mar 2026, standing: gone after 2 min"]
    assert said(figure)["eased"] == ["17 Mar 2026, standing: eased after 1 min"]
    assert "standing, n = 3" in texts(figure)
    assert "1 without a time" in texts(figure)


def test_minutes_start_at_zero_and_always_show_the_ten_minutes():
    figure = drawing("relief", STORY)
    start, end = figure.axes[0].get_xlim()
    assert start == 0
    assert end > 10
    assert "10 minutes" in texts(figure)


def test_a_relief_of_an_hour_stands_at_the_edge_and_says_its_time():
    rest = {"rest_posture": "lying", "relief": "complete", "relief_s": 3600}
    figure = drawing("relief", diary(walk(0, {"onset_distance_m": 300, **rest})))
    assert said(figure) == {"beyond": ["2 Mar 2026, lying: gone after 60 min"]}
    assert figure.axes[0].get_xlim()[1] <= 30


def test_the_median_of_a_posture_comes_from_the_assessment():
    assert "typical" not in texts(drawing("relief", STORY))
    figure = drawing("relief", STORY, assessed(STORY, standing=90.0))
    assert "typical 1.5 min" in texts(figure)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", SIZES)
def test_where_nothing_is_recorded_the_chart_says_so_and_has_no_axis(name, size):
    figure = drawing(name, diary(), size=size)
    assert figure.axes == []
    assert len(figure.texts) > 0
    assert TABLES[name](assessed(diary()), diary()) == []


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(
    "frames",
    [many(1, 1), many(4, 1), many(11, 77), many(2, 400), diary(walk(0, distance_m=0))],
    ids=["one walk", "one day", "some weeks", "a year apart", "a walk of no length"],
)
def test_every_mark_and_text_is_inside_the_picture(name, frames):
    for size in SIZES:
        root = picture(name, frames, size=size)
        _, _, width, height = map(float, root.get("viewBox").split())
        for mark in root.iter(f"{SVG}use", f"{SVG}text"):
            assert 0 <= float(mark.get("x")) <= width
            assert 0 <= float(mark.get("y")) <= height


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_cut_off_at_an_edge(name, size):
    lengths = SIZES[size]
    for days in (1, 15, 28, 64, 112):
        frames = diary(*(walk(day, {"onset_distance_m": 300, "site": "calf", "side": "left"})
                         for day in (0, days)))  # fmt: skip
        for text in drawing(name, frames, size=size).texts:
            wide = text_width(text.get_text(), lengths.text)
            before = {"left": 0, "center": wide / 2, "right": wide}[text.get_ha()]
            start = text.get_position()[0] - before
            assert start >= -1, text
            assert start + wide <= lengths.width - 2, text


@pytest.mark.parametrize("name", CHARTS)
def test_the_picture_needs_no_style_no_script_and_nothing_from_elsewhere(name):
    text = svg(drawing(name, STORY), "A title", "A description")
    root = etree.fromstring(text)
    assert not {etree.QName(e).localname for e in root.iter(f"{SVG}*")} & {
        "style", "script", "image", "a", "foreignObject", "metadata",
    }  # fmt: skip
    assert all("style" not in e.attrib for e in root.iter())
    assert not any(n.startswith("on") for e in root.iter(f"{SVG}*") for n in map(str, e.attrib))
    assert "http" not in text.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert all(e.get("href", "#").startswith("#") for e in root.iter())


@pytest.mark.parametrize("name", CHARTS)
def test_the_picture_is_named_described_and_sized_by_the_page(name):
    root = picture(name, STORY)
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "A title"
    assert root.find(f"{SVG}title").get("id") == root.get("aria-labelledby")
    assert root.find(f"{SVG}desc").get("id") == root.get("aria-describedby")
    assert root.get("width") is None
    assert root.get("height") is None


def test_text_given_to_a_picture_stays_text():
    figure = CHARTS["onset"](
        assessed(STORY), STORY, Look(), {**WORDS, "change_footwear": "<b>$x$ & y"}
    )
    text = svg(figure, "<script>", '"&"')
    assert "<script" not in text
    assert "<b>$x$ & y: 8 Mar 2026" in {e.text for e in etree.fromstring(text).iter(f"{SVG}text")}


def test_charts_of_every_kind_and_size_stand_on_one_page_without_sharing_an_id():
    roots = [picture(name, STORY, size=size) for name in CHARTS for size in SIZES]
    ids = Counter(e.get("id") for root in roots for e in root.iter() if e.get("id"))
    assert max(ids.values()) == 1
    for root in roots:
        own = {e.get("id") for e in root.iter()}
        assert {e.get("href")[1:] for e in root.iter(f"{SVG}use")} <= own


@pytest.mark.parametrize("name", CHARTS)
def test_the_theme_of_the_page_reaches_every_colour_by_its_class(name):
    for theme in PALETTES:
        root = picture(name, STORY_OF_PLACES, theme=theme)
        coloured = [
            (e.get("class", ""), e.get(name), part)
            for e in root.iter(f"{SVG}*")
            for name, part in (("fill", "fill"), ("stroke", "line"))
            if e.get(name, "none") != "none"
        ]
        assert len(coloured) > 10
        assert all(
            f"{role}-{part}" in classes.split()
            for classes, colour, part in coloured
            for role, known in vars(PALETTES[theme]).items()
            if colour == known
        )
        assert {colour for _, colour, _ in coloured} <= set(vars(PALETTES[theme]).values())


@pytest.mark.parametrize("theme", PALETTES)
def test_a_picture_that_stands_alone_has_the_background_of_its_theme(theme):
    alone = svg(drawing("onset", STORY, theme=theme), "A title", "A description", alone=True)
    fills = {e.get("fill") for e in etree.fromstring(alone).iter(f"{SVG}path")}
    assert PALETTES[theme].surface in fills


def test_points_are_reached_by_keyboard_only_while_they_are_few():
    few, crowd = picture("onset", STORY), picture("onset", many(MOST_STOPS + 1, 300))
    stops = few.findall(".//*[@tabindex='0']")
    assert [stop.get("aria-label") for stop in stops] == [
        title.text for title in few.iterfind(f".//{SVG}g/{SVG}title")
    ]
    assert len(stops) == 7
    assert crowd.findall(".//*[@tabindex]") == []
    assert len(crowd.findall(f".//{SVG}g/{SVG}title")) == MOST_STOPS + 1


@pytest.mark.parametrize(("walks", "days", "most_kib"), [(365, 365, 70), (3650, 3650, 200)])
def test_a_long_diary_stays_a_small_picture_with_every_walk_in_it(walks, days, most_kib):
    frames = many(walks, days)
    text = svg(drawing("onset", frames), "A title", "A description")
    assert len(text.encode()) < most_kib * 1024
    marks = etree.fromstring(text).findall(f".//{SVG}g[@data-kind]//{SVG}use")
    assert len(marks) == walks


def test_the_same_diary_gives_the_same_bytes_in_another_process():
    script = (
        "import sys; import tests.pure.test_charts as t;"
        "sys.stdout.write(''.join(t.svg(t.drawing(n, t.STORY), 'a', 'b') for n in t.CHARTS))"
    )
    other = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)},
    ).stdout
    assert other == "".join(svg(drawing(name, STORY), "a", "b") for name in CHARTS)


def test_a_png_is_the_same_twice_and_has_two_dots_a_pixel():
    first, second = (png(drawing("onset", STORY, theme="dark")) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG")
    assert int.from_bytes(first[16:20]) == 2 * SIZES["page"].width


@pytest.mark.parametrize("days", [0, 1, 6, 40, 120, 400, 3650, 40000])
@pytest.mark.parametrize("most", [4, 9])
def test_a_time_axis_has_some_dates_but_not_too_many(days, most):
    last = date(1990, 1, 31) + timedelta(days=days)
    shown = ticks(date(1990, 1, 31), last, most, WORDS)
    assert 1 <= len(shown) <= most
    assert all(date(1990, 1, 31) <= when <= last for when, _ in shown)
    assert "1990" in shown[0][1] or days > 1000


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 reckons it."""

    def light(colour: str) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in hex_rgba(colour)[:3]
        ]
        return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))

    bright, dark = sorted((light(one), light(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", PALETTES)
def test_text_and_marks_stand_out_from_the_page(theme):
    palette = PALETTES[theme]
    for colour in (palette.ink, palette.muted, palette.accent, palette.pain):
        assert contrast(colour, palette.surface) >= 4.5


def test_charts_and_pages_have_the_same_colours():
    if not STYLE_SHEET.exists():
        pytest.skip(f"{STYLE_SHEET.name} is not written yet")
    style = STYLE_SHEET.read_text().lower()
    for theme, palette in PALETTES.items():
        missing = [name for name, colour in vars(palette).items() if colour not in style]
        assert not missing, f"{theme}: {missing}"
