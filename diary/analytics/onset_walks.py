"""What does each walk say of its first pain, as arrays of diaries by walks?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from diary.analytics.censored import Truths, Values

# A pain that came with the first steps came somewhere before this (judgement), or before half of
# the step in which distances are written down.
START_M, START_S = 10.0, 10.0


@dataclass(frozen=True)
class Walks:
    """The first onset of each walk, diaries by walks; NaN where not recorded.

    `onset_m`, `onset_s`: the first pain. `before_m`: a pain without its distance came by then.
    `walked_m`, `walked_s`: the whole walk. `day`: a count of days, NaN where a diary has no such
    walk. `painful`: whether it hurt. `error`, `error_s`: how surely its distances and times are
    known, as a standard deviation of their log; `shared`: an error that all walks of a diary so
    measured have in common. `start_m`: an onset up to this says only that it came by then.
    `hilly`, `leant`, `typed`: 1 for so, 0 for not so or not known; `pace`: -1 slow, 1 brisk;
    `treated`: -1 before the latest change that may have changed the pain, else 0.
    """

    onset_m: Values
    onset_s: Values
    before_m: Values
    walked_m: Values
    walked_s: Values
    day: Values
    painful: Truths
    error: Values
    error_s: Values
    shared: Values
    start_m: Values
    hilly: Values
    pace: Values
    leant: Values
    typed: Values
    treated: Values

    def __getitem__(self, which: Truths | slice) -> Walks:
        """Some of the diaries."""
        return Walks(*(getattr(self, field.name)[which] for field in fields(self)))


def stacked(diaries: Sequence[Walks]) -> Walks:
    """A cohort of diaries with as many walks each."""
    return Walks(
        *(
            np.concatenate([getattr(each, field.name) for each in diaries])
            for field in fields(Walks)
        )
    )


@dataclass(frozen=True)
class Bounds:
    """First onsets in one unit: bounds of each, and the walk's whole length."""

    low: Values
    high: Values
    recorded: Truths  # the onset itself, and not only a bound of it
    length: Values
    error: Values

    @property
    def exact(self) -> Truths:
        return self.low == self.high

    @property
    def at_start(self) -> Truths:
        """Whether half or more of the pains came with the first steps: a spread means nothing."""
        early = (self.recorded & ~self.exact).sum(axis=1)
        half: Truths = 2 * early >= np.maximum(self.recorded.sum(axis=1), 1)
        return half

    def __getitem__(self, which: Truths | slice) -> Bounds:
        return Bounds(*(getattr(self, field.name)[which] for field in fields(self)))


def bounded(
    walks: Walks, onset: Values, before: Values, length: Values, error: Values, start: Values
) -> Bounds:
    """What each walk says of its first onset; NaN for the walks that say nothing."""
    recorded = walks.painful & ~np.isnan(onset)
    late = recorded & (onset > start)
    low = np.where(walks.painful, np.where(late, onset, 0.0), length)
    high = np.where(walks.painful, np.where(recorded, np.fmax(onset, start), before), np.inf)
    tells = (high > 0) & (walks.painful | (low > 0)) & ~np.isnan(walks.day)
    low[~tells], high[~tells] = np.nan, np.nan
    return Bounds(low, high, recorded & tells, length, error)
