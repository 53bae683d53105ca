"""Is the drawing of a line true to its lengths, north up, whatever the line?"""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary.plan import EDGE, WIDTH, plan

LATITUDE, LONGITUDE = 51.5, -0.12
# A square of about a hundred metres, from its south-west corner round by north.
NORTH, EAST = 100 / 111_256, 100 / 69_440
SQUARE = [
    (LATITUDE, LONGITUDE), (LATITUDE + NORTH, LONGITUDE), (LATITUDE + NORTH, LONGITUDE + EAST),
    (LATITUDE, LONGITUDE + EAST), (LATITUDE, LONGITUDE),
]  # fmt: skip
SMALL = st.floats(-0.02, 0.02, allow_nan=False)


def test_a_square_of_a_hundred_metres_is_four_hundred_long_and_comes_back():
    told = plan(SQUARE, "metric")
    assert told.length_m == pytest.approx(400, rel=0.003)
    assert told.came_back
    sides = [math.dist(*pair) for pair in pairwise(told.points)]
    assert sides == pytest.approx([sides[0]] * 4, rel=0.005)


def test_north_is_up_and_east_is_right():
    start, north, north_east, east, _back = plan(SQUARE, "metric").points
    assert north[1] < start[1]
    assert north[0] == pytest.approx(start[0], abs=0.5)
    assert east[0] > start[0]
    assert north_east[1] == pytest.approx(north[1], abs=0.5)


@pytest.mark.parametrize("system", ["metric", "imperial"])
def test_the_bar_is_as_long_as_it_says(system):
    told = plan(SQUARE, system)
    side = math.dist(*told.points[:2])
    assert told.bar / told.bar_m == pytest.approx(side / 100, rel=0.005)
    assert told.bar_m / {"metric": 1, "imperial": 0.9144}[system] == pytest.approx(50)


def test_a_line_that_ends_elsewhere_says_how_far():
    told = plan(SQUARE[:3], "metric")
    assert not told.came_back
    assert told.apart_m == pytest.approx(141.4, rel=0.005)


@given(st.lists(st.tuples(SMALL, SMALL), min_size=2, max_size=30), st.sampled_from([0, 51.5, -89]))
def test_any_line_stays_within_its_drawing(turns, latitude):
    told = plan([(latitude + north, LONGITUDE + east) for north, east in turns], "metric")
    assert told.width == WIDTH
    for x, y in told.points:
        assert EDGE - 0.1 <= x <= told.width - EDGE + 0.1
        assert EDGE - 0.1 <= y <= told.bar_y
    assert 0 < told.bar <= WIDTH / 2
    assert told.length_m >= told.apart_m - 1e-6


def test_standing_still_and_the_date_line_are_lines_too():
    assert plan([(LATITUDE, LONGITUDE)] * 2, "metric").length_m == 0
    across = plan([(0, 179.9995), (0, -179.9995)], "metric")
    assert across.length_m == pytest.approx(111.3, rel=0.01)
    assert across.points[0][0] < across.points[1][0]
