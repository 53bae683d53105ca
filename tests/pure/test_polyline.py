"""Is a line that was written as text the same line when it is read?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary import polyline

LATITUDES = st.integers(-90 * 100_000, 90 * 100_000)
LONGITUDES = st.integers(-180 * 100_000, 180 * 100_000)


def test_the_example_of_the_formats_own_description():
    text = "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    points = [(38.5, -120.2), (40.7, -120.95), (43.252, -126.453)]
    assert polyline.decoded(text) == points
    assert polyline.encoded(points) == text


@given(st.lists(st.tuples(LATITUDES, LONGITUDES), max_size=30))
def test_every_line_comes_back(steps):
    points = [(north / 100_000, east / 100_000) for north, east in steps]
    text = polyline.encoded(points)
    assert polyline.decoded(text) == points
    assert polyline.encoded(polyline.decoded(text)) == text
    assert len(text) <= 2 * polyline.MOST_LETTERS * len(points)


@given(st.text(st.characters(min_codepoint=50, max_codepoint=140), max_size=60))
def test_any_text_is_a_line_on_the_earth_or_none(text):
    try:
        points = polyline.decoded(text)
    except ValueError:
        return
    assert all(abs(north) <= 90 and abs(east) <= 180 for north, east in points)


@pytest.mark.parametrize("text", ["_p~iF", "_p~iF~ps|", "_p~iF~ps|U_", "hello world", "~~~~~~~?"])
def test_what_breaks_off_or_is_no_line_is_refused(text):
    with pytest.raises(ValueError, match=r"position|polyline"):
        polyline.decoded(text)
