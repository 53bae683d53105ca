"""Do the tables beside the charts say their rows in words, in the reader's units?"""

from __future__ import annotations

import pytest

from diary.charts.table import TABLES, told
from diary.wording import charts
from tests.pure.builders import check_in, diary, episode, painful, walk

MOST = 60


def table(name, frames, system="metric", most=MOST):
    """One chart as a page shows it."""
    assessment = {
        "as_of": frames.last_day.isoformat(),
        "onset": {"median_m": None},
        "relief": {"by_posture": {}},
    }
    rows, left_out = told(name, TABLES[name](assessment, frames), most)
    (chart,) = charts.shown({name: {"rows": rows, "left_out": left_out}}, {name: []}, system)
    assert all(len(row) == len(chart.head) for row in chart.rows)
    return chart


def onsets(*metres, source="gps"):
    return [painful(m, day, distance_source=source) for day, m in enumerate(metres)]


FIVE = (100, 200, 300, 400, 500)


def test_the_steps_of_a_line_are_told_of_100_walks_with_their_interval():
    rows = table("pain_free", diary(onsets(*FIVE))).rows
    assert rows[0] == ["100 m", "Measured", "5", "1", "80 (20 to 97)"]
    assert rows[-1] == ["500 m", "Measured", "1", "1", "0"]


def test_walks_too_few_for_a_line_are_told_with_how_many_got_as_far():
    rows = table("pain_free", diary([*onsets(150, source="estimated"), walk(9, 400)])).rows
    assert rows == [
        ["150 m", "Estimated", "2", "1", "Too few for a line"],
        ["400 m", "Estimated", "1", "0", "Too few for a line"],
    ]


def test_weeks_tell_no_entries_no_walk_and_no_pain_apart():
    frames = diary(
        [
            walk(0, 500, [episode(intensity=0)], distance_source="gps"),
            walk(1, None, duration_s=60),
            walk(8, 4000, activity="run"),
            walk(22, 900, None),
        ],
        [check_in(23)],
    )
    chart = table("weeks", frames)
    assert [row[2:] for row in chart.rows] == [
        ["2", "500 m", "", "1", "1", "1", "0", "0"],
        ["No walk recorded", *[""] * 7],
        ["No entries", *[""] * 7],
        ["1", "", "900 m", "0", "0", "0", "1", ""],
    ]
    assert chart.rows[0][:2] == ["2 March 2026", "8 March 2026"]


def test_a_pain_without_a_side_or_a_score_is_told_as_not_recorded():
    pains = [episode(site="calf", side="left", intensity=7), episode(site="calf"), episode()]
    assert table("body", diary([walk(0, 900, pains)])).rows == [
        ["Calf", "Left", "1 of 2", "7"],
        ["Calf", "Not recorded", "1 of 2", "Not recorded"],
        ["Place not recorded", "", "1 of 3", ""],
    ]


def test_each_leg_is_told_with_its_day_its_distance_and_its_worst_pain():
    pains = [episode(side="left", onset_distance_m=300, intensity=4), episode(side="both")]
    walks = [walk(0, 900, pains), walk(1, 700, distance_source="gps")]
    assert table("legs", diary(walks), "imperial").rows == [
        ["2 March 2026", "Both legs at once", "Not recorded", "", "Not recorded"],
        ["2 March 2026", "Left leg", "328 yd", "Estimated", "4"],
        ["3 March 2026", "No pain, full length", "766 yd", "Measured", ""],
    ]


def test_each_walk_is_told_with_its_pace_and_its_slope():
    pain = [episode(onset_distance_m=200)]
    walks = [walk(0, 600, pain, pace="brisk", terrain="stairs"), walk(1, None, duration_s=60)]
    assert table("pace", diary(walks)).rows == [
        ["2 March 2026", "Brisk", "Uphill or stairs", "Pain came", "200 m", "Estimated"],
        ["3 March 2026", "Pace not recorded", "Slope not recorded", "No pain, full length",
         "Not recorded", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "said"),
    [("legs", "6 earlier rows are left out here."),
     ("pain_free", "6 rows between these are left out here."),
     ("body", "")],
)  # fmt: skip
def test_a_long_table_says_which_rows_it_leaves_out(name, said):
    far = [100.0 + 10 * n for n in range(10)]
    walks = [
        walk(n, 900, [episode(onset_distance_m=m, site="calf", side="left")])
        for n, m in enumerate(far)
    ]
    assert table(name, diary(walks), most=4).shortened == said
