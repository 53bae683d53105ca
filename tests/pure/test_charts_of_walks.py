"""Do the lines, the weeks, the legs and the paces stand where the diary has them?"""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from matplotlib.lines import Line2D

from diary.charts.sheet import Points, Shapes
from diary.charts.table import TABLES
from diary.units import METRES_IN, metres
from tests.pure.builders import check_in, diary, episode, on, painful, walk
from tests.pure.figures import assessed, drawing, said, texts, written

FIVE = (100, 200, 300, 400, 500)


def onsets(*far, source="gps", first=0):
    return [painful(m, first + day, distance_source=source) for day, m in enumerate(far)]


def points(figure) -> dict[str, Points]:
    return {str(each.get_gid()): each for each in figure.findobj(Points)}


def below(figure, label: str) -> str:
    """The text that stands straight below a number of the axis."""
    x, y = min(written(figure, label), key=lambda place: place[1])
    others = [each for each in figure.texts if each.get_position()[0] == pytest.approx(x)]
    lower = [each for each in others if each.get_position()[1] > y]
    return min(lower, key=lambda each: each.get_position()[1]).get_text()


def test_the_line_steps_down_at_each_pain_and_ends_with_the_longest_walk():
    frames = diary([*onsets(*FIVE), walk(9, 250, distance_source="gps")])
    (axes,) = drawing("pain_free", frames).axes
    (line,) = (each for each in axes.lines if not isinstance(each, Points))
    assert list(line.get_xdata()) == [0, 100, 200, 300, 400, 500, 500]
    shares = [1, 5 / 6, 4 / 6, 4 / 9, 2 / 9, 0, 0]
    assert list(line.get_ydata()) == pytest.approx(shares)
    assert line.get_drawstyle() == "steps-post"


def test_a_walk_without_pain_is_an_open_mark_on_the_line_where_it_ended():
    frames = diary([*onsets(*FIVE), walk(9, 250, distance_source="gps")])
    free = points(drawing("pain_free", frames))["pain_free-measured"]
    assert free.get_markerfacecolor() == "none"
    assert (list(free.get_xdata()), list(free.get_ydata())) == ([250], [pytest.approx(4 / 6)])
    assert free.says == ["11 Mar 2026: walked 250 m without pain"]


def test_a_walk_with_pain_stands_at_the_foot_of_its_step():
    pains = points(drawing("pain_free", diary(onsets(*FIVE))))["pain-measured"]
    assert list(pains.get_xdata()) == list(FIVE)
    assert list(pains.get_ydata()) == pytest.approx([0.8, 0.6, 0.4, 0.2, 0])


def test_a_rest_stands_at_its_minutes():
    rests = [
        episode(onset_distance_m=300, rest_posture="standing", relief=relief, relief_s=seconds)
        for relief, seconds in (("complete", 90), ("partial", 600))
    ]
    drawn = points(drawing("relief", diary([walk(0, 900, rests)])))
    assert [list(drawn[kind].get_xdata()) for kind in ("gone", "eased")] == [[1.5], [10]]


def test_measured_and_estimated_distances_have_a_plot_each():
    frames = diary([*onsets(*FIVE), *onsets(*FIVE[:2], source="estimated", first=10)])
    figure = drawing("pain_free", frames)
    assert len(figure.axes) == 2
    assert "Measured distances (n = 5, 5 with pain)" in texts(figure)
    assert "Estimated distances (n = 2): 2 with pain, too few for a line" in texts(figure)
    assert [len(each.says) for each in points(figure).values()] == [5, 2]


@pytest.mark.parametrize("unit", ["km", "yd"])
def test_a_walk_that_ends_at_a_number_of_the_axis_got_that_far(unit):
    """0.6 km is no number that a computer can hold, and no walk may be lost by it."""
    ends = {"km": (0.2, 0.4, 0.6, 0.8, 1.0), "yd": (200, 400, 600, 800, 1000)}[unit]
    frames = diary(onsets(*(metres(end, unit) for end in ends)))
    figure = drawing("pain_free", frames, unit=unit)
    assert [below(figure, f"{end:g}") for end in ends] == ["5", "4", "3", "2", "1"]


def test_a_week_has_a_bar_as_long_as_its_walks_and_none_where_there_was_no_entry():
    frames = diary([
        walk(0, 1500, distance_source="gps"), walk(1, 500), walk(15, 3000, distance_source="gps"),
    ])  # fmt: skip
    figure = drawing("weeks", frames)
    bars = {str(each.get_gid()): each for each in figure.findobj(Shapes)}
    heights = {
        name: [(path.vertices[:, 1].min(), path.vertices[:, 1].max()) for path in bar.get_paths()]
        for name, bar in bars.items()
    }
    assert heights == {"measured": [(0, 1.5), (0, 3)], "estimated": [(1.5, 2)]}
    assert bars["estimated"].get_facecolor().size == 0
    assert bars["measured"].says[0] == ("2 Mar 2026 to 8 Mar 2026: 2 walks, 2 km; pain on 0")
    days = [on(0).toordinal(), on(14).toordinal()]
    for path, first in zip(bars["measured"].get_paths(), days, strict=True):
        assert first - 0.5 <= path.vertices[:, 0].min()
        assert path.vertices[:, 0].max() <= first + 6.5


@pytest.mark.parametrize(
    ("unit", "long", "height"), [("m", "km", 1.609344), ("yd", "mi", 1), ("mi", "mi", 1)]
)
def test_weeks_are_told_in_the_long_unit_of_the_reader(unit, long, height):
    figure = drawing("weeks", diary([walk(0, 1609.344, distance_source="gps")]), unit=unit)
    (bars,) = figure.findobj(Shapes)
    assert bars.get_paths()[0].vertices[:, 1].max() == pytest.approx(height)
    assert f"Walked in a week, in {({'km': 'kilometres', 'mi': 'miles'})[long]}" in texts(figure)


@pytest.mark.parametrize("name", ["onset", "pain_free", "legs", "pace"])
@pytest.mark.parametrize("unit", METRES_IN)
def test_a_distance_stands_at_its_number_in_the_unit_of_the_axis(name, unit):
    figure = drawing(name, diary([painful(914.4, 0, 1000), walk(1, 1000)]), unit=unit)
    (pain,) = (each for each in points(figure).items() if each[0].startswith("pain_est"))
    along = pain[1].get_ydata() if name == "onset" else pain[1].get_xdata()
    assert list(along) == pytest.approx([914.4 / METRES_IN[unit]] * len(along))


def test_the_number_of_walks_stands_over_the_middle_of_its_bar_though_the_week_is_not_over():
    figure = drawing("weeks", diary([walk(0), walk(1), walk(15)]))
    (bars,) = (each for each in figure.findobj(Shapes) if each.get_gid() == "estimated")
    axes = figure.axes[0]
    for path, n in zip(bars.get_paths(), ("2", "1"), strict=True):
        middle = path.vertices[:, 0].min() / 2 + path.vertices[:, 0].max() / 2
        ((x, _),) = [place for place in written(figure, n) if place[0] > axes.bbox.x0 + 5]
        assert x == pytest.approx(axes.transData.transform((middle, 0))[0], abs=1)


def dotted(figure) -> list[tuple[float, float]]:
    """From where to where the marks of weeks without an entry run, in pixels."""
    lines = [each for each in figure.artists if isinstance(each, Line2D)]
    return [tuple(each.get_xdata()) for each in lines if each.get_linestyle() == "--"
            and each.get_linewidth() == 2]  # fmt: skip


@pytest.mark.parametrize(
    ("between", "marked"),
    [([], 1), ([walk(8, 4000, activity="run")], 0), ([walk(8, None, duration_s=600)], 0)],
)
def test_only_a_week_without_any_entry_is_marked_as_one(between, marked):
    assert len(dotted(drawing("weeks", diary([walk(0), *between, walk(15)])))) == marked


def test_a_check_in_alone_keeps_a_week_from_being_marked_as_empty():
    assert dotted(drawing("weeks", diary([walk(0), walk(15)], [check_in(8)]))) == []


def test_days_without_an_entry_are_a_gap_and_no_line_runs_over_them():
    figure = drawing("weeks", diary([walk(0), walk(15)]))
    for each in points(figure).values():
        assert each.get_linestyle() == "None"


def test_pain_without_a_number_stands_apart_and_is_not_zero():
    pains = ([episode(intensity=7)], [episode()], (), None)
    frames = diary([walk(day, 900, pain) for day, pain in enumerate(pains)])
    figure = drawing("weeks", frames)
    drawn = points(figure)
    assert list(drawn["scored"].get_ydata()) == [7]
    assert list(drawn["free"].get_ydata()) == [0]
    assert max(drawn["unscored"].get_ydata()) < 0
    assert "pain not noted (n = 1)" in texts(figure)
    x = [each.get_xdata()[0] for name, each in drawn.items() if name != "changes" and each.says]
    assert sorted(x) == [on(day).toordinal() for day in range(3)]


@pytest.mark.parametrize("name", ["onset", "weeks"])
def test_each_treatment_is_marked_on_its_day_in_every_plot_of_days(name):
    frames = diary(
        [painful(300, 0), walk(20)],
        changes=[{"date": on(8).isoformat(), "until": on(12).isoformat(), "kind": "medication"}],
    )
    figure = drawing(name, frames)
    assert said(figure)["changes"] == ["medication: 10 Mar 2026 to 14 Mar 2026"]
    assert "medication" in texts(figure)
    (mark,) = points(figure)["changes"].get_xdata()
    assert mark == pytest.approx(on(8).toordinal())
    falling = [each for each in figure.artists if each.get_linestyle() == "--"
               and each.get_linewidth() == 1]  # fmt: skip
    assert len(falling) == len(figure.axes)
    (lasting,) = (each for each in figure.artists if each.get_linewidth() == 3)
    start, end = lasting.get_xdata()
    pixels = [axes.get_window_extent().width / np.ptp(axes.get_xlim()) for axes in figure.axes]
    assert end - start == pytest.approx(4 * pixels[0])


@pytest.mark.parametrize("name", TABLES)
def test_what_came_after_the_day_of_the_assessment_is_in_no_chart(name):
    rest = {"rest_posture": "standing", "relief": "complete", "relief_s": 60}
    pain = episode(onset_distance_m=300, site="calf", side="left", **rest)
    before, after = walk(0, 900, [pain]), walk(9, 900, [pain])
    then = assessed(diary([before]))
    rows = TABLES[name]
    assert rows(then, diary([before, after])) == rows(then, diary([before]))


def lanes(figure) -> list[str]:
    """What stands above each lane, from the top."""
    tops = [(each.get_position()[1], each.get_text()) for each in figure.texts]
    return [text for _, text in sorted(tops) if "leg" in text.lower() or "Walks without" in text]


def test_left_stands_above_right_each_with_its_own_walks():
    pains = [
        episode(side="left", onset_distance_m=100), episode(side="right", onset_distance_m=400),
    ]  # fmt: skip
    figure = drawing("legs", diary([walk(0, 900, pains), walk(1, 500)]))
    assert lanes(figure) == ["Left leg (n = 1)", "Right leg (n = 1)", "Walks without pain (n = 1)"]
    marks = points(figure)
    assert marks["pain_estimated"].says == [
        "2 Mar 2026, Left leg: pain after 100 m (estimated)",
        "2 Mar 2026, Right leg: pain after 400 m (estimated)",
    ]
    assert list(marks["pain_estimated"].get_xdata()) == [100, 400]
    left, right = marks["pain_estimated"].get_ydata()
    assert left < right < marks["pain_free_estimated"].get_ydata()[0]  # down from the top


def test_a_lane_tells_its_worst_pain_and_how_many_have_no_distance():
    rows = [
        walk(0, 900, [episode(side="left", onset_distance_m=100, intensity=3)]),
        walk(1, 900, [episode(side="left", intensity=8)]),
        walk(2, 900, [episode(side="right", onset_distance_m=200)]),
    ]
    said = texts(drawing("legs", diary(rows)))
    assert "Left leg (n = 2) | worst pain 8 of 10 | 1 without a distance | Right leg" in said
    assert said.count("worst pain") == 1


@pytest.mark.parametrize(
    ("side", "none"),
    [("right", "Left leg: no pain recorded"), ("both", "Left leg: no pain recorded of it alone"),
     (None, "Left leg: no pain recorded of it alone")],
)  # fmt: skip
def test_a_leg_is_not_drawn_as_free_of_pain_that_may_have_been_its_own(side, none):
    pain = episode(onset_distance_m=200, **({"side": side} if side else {}))
    assert none in texts(drawing("legs", diary([walk(0, 900, [pain])]))).split(" | ")


def test_each_pace_and_each_slope_has_its_own_walks_and_a_rest_is_no_walking():
    rested = [episode(onset_distance_m=300, rest_s=900)]
    rows = [
        walk(0, 600, duration_s=600), walk(1, 600, duration_s=600),
        walk(2, 600, rested, duration_s=1500), walk(3, 600, duration_s=1200, terrain="hilly"),
    ]  # fmt: skip
    figure = drawing("pace", diary(rows))
    assert "Slow (n = 1)" in texts(figure)
    assert "Ordinary pace (n = 3)" in texts(figure)
    assert "Uphill or stairs (n = 1)" in texts(figure)
    assert "Slope not noted (n = 3)" in texts(figure)
    pain = "4 Mar 2026, Ordinary pace: pain after 300 m (estimated)"
    assert pain in said(figure)["pain_estimated"]


def test_a_chart_of_a_period_begins_with_its_first_day():
    frames = diary([walk(4), walk(9)])
    assessment = {
        "as_of": on(12).isoformat(), "charted_from": on(2).isoformat(),
        "onset": {"median_m": None},
    }  # fmt: skip
    for name, room in (("onset", timedelta(days=2)), ("weeks", timedelta(days=4))):
        start, end = drawing(name, frames, assessment).axes[0].get_xlim()
        assert on(2).toordinal() - room.days <= start < on(2).toordinal()
        assert on(12).toordinal() < end < on(14).toordinal()
