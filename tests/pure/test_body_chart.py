"""Does the drawn body show each side's own count, on the right side, and never a sum of them?"""

from __future__ import annotations

import pytest
from matplotlib.colors import to_rgba_array

from diary.charts.body import FULL
from diary.charts.look import SIZES
from diary.charts.sheet import Shapes
from tests.pure.diaries import diary, walk
from tests.pure.figures import drawing, said, texts, written


def hurting(walks: int, *sides: str | None, site: str = "lower_back"):
    """So many walks, each with a pain of that place on each of these sides."""
    pains = [{"site": site, "side": side} if side else {"site": site} for side in sides]
    return diary(*(walk(day, *pains) for day in range(walks)))


def alphas(figure) -> list[float]:
    (shapes,) = (each for each in figure.findobj(Shapes) if each.get_gid() == "behind")
    return [float(colour[3]) for colour in to_rgba_array(shapes.get_facecolor())]


@pytest.mark.parametrize("size", SIZES)
def test_a_back_that_hurts_on_every_side_is_drawn_with_each_count(size):
    figure = drawing("body", hurting(5, "left", "right", "both", None), size=size)
    assert len(written(figure, "5")) == 4
    assert "20" not in texts(figure).split(" | ")
    assert said(figure)["behind"] == [
        "lower_back, left: 5 of 20 pains; lower_back, side not noted: 5 of 20 pains; "
        "lower_back, right: 5 of 20 pains"
    ]
    assert said(figure)["behind_both"] == ["lower_back, both sides: 5 of 20 pains"]
    assert alphas(figure) == pytest.approx([FULL])


def test_the_sides_of_a_back_are_not_added_for_its_colour():
    pains = [{"site": "lower_back", "side": side} for side in ("left", "right")]
    pains.append({"site": "calf", "side": "left"})
    figure = drawing("body", diary(*(walk(day, *pains) for day in range(3))))
    assert alphas(figure) == pytest.approx([FULL, FULL])


def test_a_back_of_no_side_has_its_count_in_the_middle():
    figure = drawing("body", hurting(7, None))
    ((x, _),) = written(figure, "7")
    ((middle, _),) = written(figure, "From behind")
    assert x == middle
    assert "Side not noted" not in texts(figure)


@pytest.mark.parametrize(
    ("site", "view", "right_of_middle"),
    [
        ("calf", "From behind", {"left": False, "right": True}),
        ("lower_back", "From behind", {"left": False, "right": True}),
        ("shin", "From the front", {"left": True, "right": False}),
    ],
)
@pytest.mark.parametrize("side", ["left", "right"])
def test_each_leg_stands_where_a_reader_looks_for_it(site, view, right_of_middle, side):
    figure = drawing("body", hurting(3, side, site=site))
    ((x, _),) = written(figure, "3")
    ((middle, _),) = written(figure, view)
    assert (x > middle) is right_of_middle[side]
    (words,) = [each for of_kind in said(figure).values() for each in of_kind]
    assert words == f"{site}, {side}: 3 of 3 pains"


def test_what_names_no_side_and_what_names_no_place_is_told_in_words():
    frames = diary(walk(0, {"site": "calf"}, {"site": "calf", "side": "left"}, {"intensity": 3}))
    figure = drawing("body", frames)
    assert "Side not noted: calf 1" in texts(figure)
    assert "Place not noted: 1 of 3 pains" in texts(figure)
