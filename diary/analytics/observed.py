"""Is something a person's habit, and who says so?

A finding is about a person: fifteen episodes of one habit are one fact, held with more or less
certainty, never fifteen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

# Judgement: a habit is what most occasions show, once there are at least two of them; what one
# occasion in five shows at most is not one. Between the two the diary says neither.
MOSTLY, RARELY, LEAST = 0.5, 0.2, 2


class State(StrEnum):
    """What the diary says of a finding."""

    PRESENT = "present"
    ABSENT = "absent"
    UNCLEAR = "unclear"  # recorded, but neither way, or too few times
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True)
class Finding:
    """A finding's state: so in `n` of the `of` occasions that tell, and the entries that say so."""

    state: State
    n: int = 0
    of: int = 0
    entries: tuple[str, ...] = ()

    @property
    def recorded(self) -> bool:
        return self.state is not State.NOT_RECORDED


NOT_RECORDED = Finding(State.NOT_RECORDED)


def habit(
    values: NDArray[np.float64],
    entries: Sequence[str],
    mostly: float = MOSTLY,
    rarely: float = RARELY,
    least: int = LEAST,
    least_absent: int | None = None,
) -> Finding:
    """The finding of one value an occasion: 1 so, 0 not so, in between in part, NaN not told.

    Present where the mean reaches `mostly` over at least `least` occasions; absent where it is
    `rarely` or less over at least `least_absent` (else `least`).
    """
    told = ~np.isnan(values)
    of = int(told.sum())
    if not of:
        return NOT_RECORDED
    so = told & (values >= 0.5)
    share = float(np.nansum(values) / of)
    n = int(so.sum())
    if share >= mostly and of >= least and n:
        return Finding(State.PRESENT, n, of, _named(entries, so))
    if share <= rarely and of >= (least if least_absent is None else least_absent):
        return Finding(State.ABSENT, n, of, _named(entries, told & ~so))
    return Finding(State.UNCLEAR, n, of, _named(entries, so))


def share(n: int, of: int) -> Finding:
    """The finding of a habit that was counted elsewhere: so in `n` of `of`, without its entries."""
    return habit(np.repeat([1.0, 0.0], [n, of - n]), [""] * of)


def either(*findings: Finding) -> Finding:
    """One finding from several places: present where any says so, absent where none speaks for it.

    A place that says neither leaves it unclear.
    """
    for state in (State.PRESENT, State.UNCLEAR, State.ABSENT):
        chosen = [finding for finding in findings if finding.state is state]
        if chosen:
            return Finding(
                state,
                sum(finding.n for finding in chosen),
                sum(finding.of for finding in chosen),
                unique(entry for finding in chosen for entry in finding.entries),
            )
    return NOT_RECORDED


def both_of(first: Finding, second: Finding) -> Finding:
    """The finding that both hold; not recorded or absent where either is."""
    states = {first.state, second.state}
    for state in (State.NOT_RECORDED, State.ABSENT, State.UNCLEAR):
        if state in states:
            return Finding(state, 0, min(first.of, second.of))
    return Finding(State.PRESENT, min(first.n, second.n), min(first.of, second.of), first.entries)


def fact(so: bool | None, entry: str) -> Finding:
    """The finding of one direct statement; None where it was not made."""
    if so is None:
        return NOT_RECORDED
    return Finding(State.PRESENT if so else State.ABSENT, int(so), 1, (entry,))


def unique(entries: Iterable[str]) -> tuple[str, ...]:
    """Each entry once, in the order of its first mention."""
    return tuple(dict.fromkeys(entries))


def _named(entries: Sequence[str], chosen: NDArray[np.bool_]) -> tuple[str, ...]:
    return unique(entry for entry, so in zip(entries, chosen, strict=True) if so)
