"""Can every text of a chart be read, and is it plain which mark each belongs to?"""

from __future__ import annotations

import random
from datetime import timedelta
from functools import cache
from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.answers import POSTURES, SIDES, SITES
from diary.charts.apart import seats
from diary.charts.changes import Flag, numbered
from diary.charts.drawings import CHARTS
from diary.charts.look import SIZES, Look
from diary.charts.sheet import text_width
from tests.pure.diaries import FIRST, diary, walk
from tests.pure.figures import WORDS, assessed, drawing, said, texts, written

LASTING = {"kind": "medication", "until": (FIRST + timedelta(days=9)).isoformat()}
CHANGED = [
    {"date": (FIRST + timedelta(days=day)).isoformat(), **what}
    for day, what in ((3, {"kind": "footwear"}), (4, {"kind": "injury"}), (5, LASTING))
]


@cache
def of_days(days: int, each: int = 1) -> DiaryFrames:
    """A diary of so many days with so many walks and rests on each, and changes on the first."""
    rows = []
    for nth in range(days * each):
        pain = {
            "site": SITES[nth % len(SITES)], "side": (*SIDES, None)[nth // len(SITES) % 4],
            "onset_distance_m": nth * 37 % 900, "intensity": 10, "rest_posture": POSTURES[nth % 4],
            "relief": ("complete", "none")[nth % 2], "relief_s": nth * 13 % 900,
        }  # fmt: skip
        source = ("gps", "estimated")[nth % 2]
        rows.append(walk(nth // each, pain, number=nth, distance_source=source))
    return diary(*rows, changes=CHANGED)


@pytest.mark.parametrize(("of_chart", "least"), [(246, 12), (316, 15)], ids=["320", "390"])
def test_text_is_large_enough_to_read_on_a_phone(of_chart, least):
    phone = SIZES["phone"]
    assert phone.text * of_chart / phone.width >= least


def covered(figure: Figure) -> list[tuple[str, str]]:
    """Texts that cover each other."""
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in figure.texts]
    return [(one, other) for (one, box), (other, beside) in combinations(boxes, 2)
            if box.padded(-2).overlaps(beside.padded(-2))]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize(("days", "each"), [(1, 2), (64, 1), (190, 1), (700, 1), (12, 12)])
def test_no_text_of_a_chart_covers_another(name, size, days, each):
    assert covered(drawing(name, of_days(days, each), size=size)) == []


@pytest.mark.parametrize("seed", range(30))
def test_numbers_of_changes_stand_in_turn_and_cover_neither_each_other_nor_the_edge(seed):
    draw = random.Random(seed)
    look = Look(size=draw.choice(("page", "phone")))
    width = look.lengths.width
    changes = [
        Flag(x, draw.choice((x, min(x + 60, width))), "")
        for x in (draw.uniform(50, width - 8) for _ in range(draw.randrange(1, 40)))
    ]
    flags = numbered(changes, look, 40)
    assert [flag.number for flag in flags] == [*range(1, len(changes) + 1)]
    assert [flag.x for flag in flags] == sorted(flag.x for flag in changes)
    for row in {flag.row for flag in flags}:
        spans = [
            (flag.at - half, flag.at + half)
            for flag in flags
            if flag.row == row
            for half in [text_width(str(flag.number), look.lengths.text) / 2]
        ]
        assert spans[0][0] >= 40
        assert spans[-1][1] <= width
        assert all(left[1] < right[0] for left, right in pairwise(spans))
    for one, other in combinations([flag for flag in flags if flag.until > flag.x], 2):
        assert one.level != other.level or one.until < other.x


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["onset", "weeks"])
def test_each_change_has_its_number_above_and_is_told_below(name, size):
    figure = drawing(name, of_days(30), size=size)
    told = said(figure)["changes"]
    assert len(told) == len(CHANGED)
    assert all(says in texts(figure).replace(" | ", " ") for says in told)
    top = figure.axes[0].get_window_extent().y1
    height = figure.get_window_extent().height
    for number in range(1, len(CHANGED) + 1):
        above = [y for _, y in written(figure, f"{number}") if y < height - top]
        assert len(above) == 1


@pytest.mark.parametrize("size", SIZES)
def test_each_name_on_the_body_says_its_side(size):
    pains = {"site": "calf", "side": "left"}, {"site": "lower_back", "side": "right"}
    figure = drawing("body", diary(walk(0, *pains)), size=size)
    ((left, _),) = written(figure, "Left calf")
    ((middle, _),) = written(figure, "From behind")
    assert left < middle
    assert "Right" in texts(figure)


@pytest.mark.parametrize("size", SIZES)
def test_names_of_several_words_on_the_body_make_room_for_each_other(size):
    frames, names = of_days(190), {f"site_{site}": site.replace("_", " ") for site in SITES}
    figure = CHARTS["body"](assessed(frames), frames, Look(size=size), {**WORDS, **names})
    assert "outer" in texts(figure)
    assert covered(figure) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("weeks", [14, 30, 52])
def test_how_many_walks_a_week_had_is_told_at_every_size(size, weeks):
    words = texts(drawing("weeks", of_days(7 * weeks), size=size))
    assert ("numbers below the bars are walks" in words) != ("walks in a week: 7 to 7" in words)


def test_what_ten_minutes_are_is_told_right_above_their_line():
    for size in SIZES:
        figure = drawing("relief", of_days(40), size=size)
        ((_, label),) = written(figure, "10 minutes")
        (axes,) = figure.axes
        of_points = [each for line in axes.lines for each in line.get_ydata()]
        between = [text for text in figure.texts if label < text.get_position()[1] < min(of_points)]
        assert between == []


@pytest.mark.parametrize("step", [9, 11])
def test_points_of_a_lane_are_a_step_apart(step):
    along = [20 + nth * 7 % 60 for nth in range(80)]
    points = [*zip(along, seats(along, step, 21), strict=True)]
    for (x, y), (other_x, other_y) in combinations(points, 2):
        assert abs(x - other_x) >= step or abs(y - other_y) >= step


def test_points_that_find_no_seat_do_not_cover_those_that_did():
    assert len(set(seats([20] * 20, 9, 14))) == 20
