"""Does one place's silence leave another place's word standing?"""

from __future__ import annotations

import numpy as np
import pytest

from diary.analytics.observed import NOT_RECORDED, Finding, State, either, habit

YES = Finding(State.PRESENT, 2, 3, ("a", "b"))
NO = Finding(State.ABSENT, 0, 4, ("c",))
MIXED = Finding(State.UNCLEAR, 1, 3, ("d",))


@pytest.mark.parametrize(
    ("findings", "state"),
    [
        ((YES, NO), State.PRESENT),
        ((NO, NOT_RECORDED), State.ABSENT),
        ((NO, MIXED), State.UNCLEAR),
        ((NOT_RECORDED, NOT_RECORDED), State.NOT_RECORDED),
        ((), State.NOT_RECORDED),
    ],
)
def test_the_strongest_word_of_several_places_stands(
    findings: tuple[Finding, ...], state: State
) -> None:
    assert either(*findings).state is state


def test_what_was_not_told_is_neither_yes_nor_no() -> None:
    values = np.array([1.0, np.nan, 1.0, np.nan, 0.0])
    assert habit(values, list("abcde")) == Finding(State.PRESENT, 2, 3, ("a", "c"))


def test_an_absence_names_the_entries_that_deny_it() -> None:
    assert habit(np.array([0.0, np.nan, 0.0]), list("abc")).entries == ("a", "c")
