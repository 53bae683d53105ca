"""Do the tables beside the charts hold what the diary says, row by row, however long it is?"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from diary.charts.table import TABLES, told
from diary.evidence.thresholds import LEAST_ONSETS
from tests.pure.builders import check_in, diary, episode, on, painful, walk
from tests.pure.figures import assessed

MOST = 60


def rows_of(name, frames):
    return TABLES[name](assessed(frames), frames)


def table(name, frames, most=MOST):
    return told(name, rows_of(name, frames), most)[0]


def days(*numbers):
    return [on(number).isoformat() for number in numbers]


def onsets(*metres, source="gps", first=0):
    return [painful(m, first + day, distance_source=source) for day, m in enumerate(metres)]


FIVE = (100, 200, 300, 400, 500)


def test_a_line_is_told_step_by_step():
    frames = diary([*onsets(*FIVE), walk(9, 250, distance_source="gps")])
    steps = table("pain_free", frames)
    assert [(row["distance_m"], row["at_risk"], row["came"]) for row in steps] == [
        (100, 6, 1), (200, 5, 1), (300, 3, 1), (400, 2, 1), (500, 1, 1),
    ]  # fmt: skip
    assert [row["share"] for row in steps] == pytest.approx([5 / 6, 4 / 6, 4 / 9, 2 / 9, 0])
    assert {row["group"] for row in steps} == {"measured"}


def test_walks_too_few_for_a_line_are_told_beside_those_that_have_one():
    few = onsets(350, 150, source="estimated", first=20)
    free = walk(30, 250, distance_source="estimated")
    rows = table("pain_free", diary([*onsets(*FIVE), *few, free]))
    assert [row["kind"] for row in rows] == ["step"] * 5 + ["pain", "pain_free", "pain"]
    assert [(row["group"], row["distance_m"], row["at_risk"]) for row in rows[5:]] == [
        ("estimated", 150, 3), ("estimated", 250, 2), ("estimated", 350, 1),
    ]  # fmt: skip


def test_each_week_has_its_walks_its_distances_and_its_pains():
    frames = diary(
        [
            walk(0, 500, [episode(intensity=4)], distance_source="gps"),
            walk(1, 300, [episode(intensity=7)]),
            walk(2, None, duration_s=600),
            walk(3, 200, None),
            walk(15, 800),
        ],
        [check_in(16)],
    )
    first, empty, last = table("weeks", frames)
    assert first == {
        "kind": "week", "first": on(0).isoformat(), "last": on(6).isoformat(), "entries": 4,
        "walks": 4, "with_pain": 2, "pain_free": 1, "not_recorded": 1, "measured_m": 500,
        "estimated_m": 500, "unmeasured": 1, "worst": 7,
    }  # fmt: skip
    assert (empty["entries"], empty["walks"], empty["worst"]) == (0, 0, None)
    assert (last["entries"], last["walks"], last["pain_free"]) == (2, 1, 1)
    kinds = [row["kind"] for row in rows_of("weeks", frames) if row["kind"] != "week"]
    assert kinds == ["scored", "scored", "free", "free"]


def test_each_place_and_side_has_a_row_of_its_own():
    pains = [
        episode(site="calf", side="left", intensity=3),
        episode(site="calf", side="left", intensity=8),
        episode(site="calf", side="right"),
        episode(site="shin", side="both", intensity=0),
        episode(site="shin"),
        episode(side="left"),
    ]
    rows = table("body", diary([walk(0, 900, pains)]))
    assert [(r["site"], r["side"], r["n"], r["of"], r["worst"]) for r in rows[:-1]] == [
        ("calf", "left", 2, 5, 8), ("calf", "right", 1, 5, None), ("shin", "both", 1, 5, 0),
        ("shin", "not_recorded", 1, 5, None),
    ]  # fmt: skip
    assert rows[-1] == {"kind": "unplaced", "n": 1, "of": 6}


def test_each_leg_of_each_walk_has_a_row_with_its_own_first_pain():
    both = [
        episode(side="left", onset_distance_m=300, intensity=4),
        episode(side="right", onset_distance_m=500),
    ]
    walks = [walk(0, 900, both), walk(1, 700, distance_source="gps"), walk(2, 500, [episode()])]
    rows = table("legs", diary(walks))
    names = ("kind", "lane", "day", "distance_m", "measured", "worst")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("pain", "left", *days(0), 300, False, 4),
        ("pain", "right", *days(0), 500, False, None),
        ("pain_free", "pain_free", *days(1), 700, True, None),
        ("pain", "not_recorded", *days(2), None, False, None),
    ]


def test_each_walk_has_a_row_with_its_pace_and_its_slope():
    walks = [
        walk(0, 600, [episode(onset_distance_m=200)], pace="brisk", terrain="hilly"),
        walk(1, 700, distance_source="gps", pace="slow", terrain="flat"),
        walk(2, None, [episode()], duration_s=60),
        walk(3, 900, None),
    ]
    rows = table("pace", diary(walks))
    names = ("kind", "pace", "ground", "day", "distance_m", "measured")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("pain", "brisk", "uphill", *days(0), 200, False),
        ("pain_free", "slow", "level", *days(1), 700, True),
        ("pain", "not_recorded", "not_recorded", *days(2), None, False),
    ]


LONG = 400  # walks, each of a distance of its own


def long_diary():
    """A pain with a rest on every other walk, all distances different, two in three by GPS."""
    rests = ("sitting", "standing")  # the newest stand first in the table
    return diary(
        [
            walk(
                number,
                2000 + number,
                [
                    episode(
                        onset_distance_m=100 + number,
                        site="calf",
                        side=("left", "right")[number % 4 // 2],
                        rest_posture=rests[number > LONG // 2],
                        relief="complete",
                        relief_s=60 + number,
                    )
                ]
                if number % 2
                else (),
                distance_source="estimated" if number % 3 == 0 else "gps",
            )
            for number in range(LONG)
        ],
        changes=[{"date": on(1).isoformat(), "kind": "footwear"}],
    )


@pytest.mark.parametrize("name", TABLES)
def test_the_table_of_a_long_diary_is_short_and_counts_what_it_leaves_out(name):
    rows = rows_of(name, long_diary())
    shown, left_out = told(name, rows, MOST)
    assert 0 < len(shown) <= MOST + 2  # and the middle of each posture
    whole, none = told(name, rows, 10**6)
    assert none == 0
    assert left_out == len(whole) - len(shown)
    assert [row for row in whole if row in shown] == shown


@pytest.mark.parametrize("name", ["onset", "legs", "relief", "pace"])
def test_the_table_of_a_long_diary_keeps_its_newest_days(name):
    rows = [row for row in rows_of(name, long_diary()) if "day" in row]
    newest = sorted(row["day"] for row in rows)[-MOST:]
    assert sorted(row["day"] for row in table(name, long_diary()) if "day" in row) == newest


def test_the_table_of_a_long_line_goes_from_its_first_step_to_its_last():
    rows = [row for row in rows_of("pain_free", long_diary()) if row["kind"] == "step"]
    shown = table("pain_free", long_diary())
    for group in ("measured", "estimated"):
        steps = [row["distance_m"] for row in rows if row["group"] == group]
        told_of = [row["distance_m"] for row in shown if row["group"] == group]
        assert len(steps) > MOST
        assert len(told_of) == MOST // 2
        assert (told_of[0], told_of[-1]) == (steps[0], steps[-1])
        gaps = [steps.index(b) - steps.index(a) for a, b in pairwise(told_of)]
        assert max(gaps) - min(gaps) <= 1


def test_no_place_is_left_out_of_the_table_of_places():
    pains = [episode(site="calf", side="left")] * 3 + [episode(site="shin", side="right")]
    assert [row["n"] for row in table("body", diary([walk(0, 900, pains)]), 1)] == [3, 1]


def test_a_line_of_too_few_pains_is_none_and_its_walks_are_told():
    rows = table("pain_free", diary(onsets(*FIVE[: LEAST_ONSETS - 1])))
    assert [row["kind"] for row in rows] == ["pain"] * (LEAST_ONSETS - 1)
    assert [row["at_risk"] for row in rows] == [4, 3, 2, 1]


def test_the_weeks_of_a_long_diary_are_its_newest():
    frames = diary([walk(0), walk(7 * 20)])
    shown, left_out = told("weeks", rows_of("weeks", frames), 4)
    assert [row["first"] for row in shown] == [
        (on(7 * 20) - timedelta(weeks=back)).isoformat() for back in (3, 2, 1, 0)
    ]
    assert left_out == 17
