"""In what shape do the analyses take a diary?

Frames with fixed columns, made from checked rows in the shapes of the diary document. What missing
means: a number is NaN, a word None, a yes-or-no <NA>, a list None where nobody asked or recorded
it. An empty tuple means asked, and none. Zero is zero. What is too old to count is told by `Asked`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.clock import local_date

# How each column is kept: 'number' float64, 'truth' boolean with <NA>, 'word' and 'list' object,
# 'day' object of datetime.date, 'instant' datetime64[us, UTC], 'count' int64.
WALKS = {
    "id": "word",
    "started_at": "instant",
    "day": "day",  # the walker's local date
    "activity": "word",
    "distance_m": "number",
    "distance_source": "word",
    "duration_s": "number",
    "ascent_m": "number",
    "terrain": "word",
    "pace": "word",
    "footwear": "word",
    "stretched_before": "truth",
    "stretched_after": "truth",
    "walking_aid": "word",
    "pain_on_standing": "truth",
    "pain_recorded": "truth",  # False: nobody said whether it hurt; True with no episodes: no pain
    "episodes": "count",
}
# One row an episode; `walk` is the row number of its walk in the walks frame.
EPISODES = {
    "walk": "count",
    "walk_id": "word",
    "day": "day",
    "position": "count",  # 0 for the first pain of its walk
    "onset_distance_m": "number",
    "onset_s": "number",
    "onset": "word",
    "site": "word",
    "side": "word",
    "spread_to": "list",
    "intensity": "number",
    "qualities": "list",
    "response": "word",
    "stopped_distance_m": "number",
    "course_while_walking": "word",
    "rest_posture": "word",
    "relief": "word",
    "relief_s": "number",
    "rest_s": "number",
    "resumed": "truth",
}
CHECK_INS = {
    "date": "day",
    "pain_at_rest": "number",
    "night_pain": "truth",
    "morning_stiffness_s": "number",
    "side": "word",
    "signs": "list",
    "sites": "list",
    "signs_began": "day",
}
CHANGES = {"id": "word", "date": "day", "until": "day", "kind": "word"}
MEASUREMENTS = {"id": "word", "date": "day", "kind": "word", "value": "number"}

DTYPES = {
    "number": "float64",
    "truth": "boolean",
    "word": "object",
    "list": "object",
    "day": "object",
    "instant": "datetime64[us, UTC]",
    "count": "int64",
}


@dataclass(frozen=True)
class DiaryFrames:
    """One person's diary as frames, walks by start, everything else by date.

    `profile` holds every profile field of the document; None where it was not recorded. Walks whose
    recording clock is in doubt are in none of the frames; `clock_suspect` counts them.
    """

    profile: Mapping[str, Any]
    walks: pd.DataFrame
    episodes: pd.DataFrame
    check_ins: pd.DataFrame
    changes: pd.DataFrame
    measurements: pd.DataFrame
    clock_suspect: int = 0

    @property
    def last_day(self) -> date | None:
        """The local date of the newest walk or check-in; None for a diary with neither."""
        days = [*self.walks["day"], *self.check_ins["date"]]
        return max(days, default=None)

    def until(self, as_of: date) -> DiaryFrames:
        """The diary as it stood at the end of a day: later rows are left out."""
        return self.between(date.min, as_of)

    def between(self, first: date, last: date) -> DiaryFrames:
        """What the diary has of the days from `first` to `last`: other rows are left out."""
        keep = _of_days(self.walks["day"], first, last)
        dated = {name: getattr(self, name) for name in ("check_ins", "changes", "measurements")}
        kept = {name: _of_days(frame["date"], first, last) for name, frame in dated.items()}
        if keep.all() and all(each.all() for each in kept.values()):
            return self
        return replace(
            self.of_walks(keep),
            **{name: frame[kept[name]].reset_index(drop=True) for name, frame in dated.items()},
        )

    def of_walks(self, keep: NDArray[np.bool_]) -> DiaryFrames:
        """The diary with some of its walks and their pains, and everything else."""
        row_numbers = np.cumsum(keep) - 1
        episodes = self.episodes[keep[self.episodes["walk"].to_numpy()]].reset_index(drop=True)
        return replace(
            self,
            walks=self.walks[keep].reset_index(drop=True),
            episodes=episodes.assign(walk=row_numbers[episodes["walk"].to_numpy()]),
        )


def _of_days(days: pd.Series, first: date, last: date) -> NDArray[np.bool_]:
    within: NDArray[np.bool_] = ((days >= first) & (days <= last)).to_numpy(bool)
    return within


def frames_of(
    profile: Mapping[str, Any] | None,
    walks: Iterable[Mapping[str, Any]],
    check_ins: Iterable[Mapping[str, Any]] = (),
    changes: Iterable[Mapping[str, Any]] = (),
    measurements: Iterable[Mapping[str, Any]] = (),
) -> DiaryFrames:
    """Frames from checked rows (see `rules.checked`) in any order; no rows give empty frames."""
    kept, suspect = [], 0
    for walk in walks:
        if walk["clock_suspect"]:
            suspect += 1
        else:
            kept.append(walk)
    kept.sort(key=lambda walk: (walk["started_at"], str(walk["id"])))
    days = [local_date(walk["started_at"], walk["time_zone"]) for walk in kept]
    pain = [
        {**episode, "walk": number, "walk_id": str(walk["id"]), "day": day, "position": position}
        for number, (walk, day) in enumerate(zip(kept, days, strict=True))
        for position, episode in enumerate(walk["pain"] or ())
    ]
    return DiaryFrames(
        profile={name: _value(value) for name, value in (profile or {}).items()},
        walks=_frame(
            WALKS,
            [
                {
                    **walk,
                    "id": str(walk["id"]),
                    "day": day,
                    "pain_recorded": walk["pain"] is not None,
                    "episodes": len(walk["pain"] or ()),
                }
                for walk, day in zip(kept, days, strict=True)
            ],
        ),
        episodes=_frame(EPISODES, pain),
        check_ins=_by_date(CHECK_INS, check_ins),
        changes=_by_date(CHANGES, changes),
        measurements=_by_date(MEASUREMENTS, measurements),
        clock_suspect=suspect,
    )


def frames_of_document(document: Mapping[str, Any]) -> DiaryFrames:
    """Frames from a checked diary document (see `rules.document_checked`)."""
    return frames_of(
        document["profile"],
        document["walks"],
        document["check_ins"],
        document["changes"],
        document["measurements"],
    )


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _frame(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: pd.Series([_value(row[name]) for row in rows], dtype=DTYPES[kind])
            for name, kind in columns.items()
        }
    )


def _by_date(columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    ordered = sorted(rows, key=lambda row: (row["date"], str(row.get("id") or "")))
    return _frame(
        columns, [{**row, "id": str(row["id"])} if row.get("id") else row for row in ordered]
    )


class Asked(StrEnum):
    """What a diary says of something that check-ins ask about."""

    NOT_ASKED = "not_asked"
    NONE = "asked_and_none"
    PRESENT = "present"
    TOO_OLD = "too_old"  # recorded once, but before the days that count


@dataclass(frozen=True)
class Answer:
    """What the check-ins that count say of one sign, and which of them say it (ISO dates)."""

    state: Asked
    entries: tuple[str, ...] = ()


def sign(frames: DiaryFrames, name: str, as_of: date, days: int) -> Answer:
    """Whether a sign was recorded in the `days` days up to and including `as_of`.

    PRESENT with the dates that have it; NONE where check-ins of those days asked for signs and
    none had it; TOO_OLD where only earlier check-ins asked; NOT_ASKED where none ever did.
    """
    first = as_of - timedelta(days=days - 1)
    asked = [
        (day, signs)
        for day, signs in zip(frames.check_ins["date"], frames.check_ins["signs"], strict=True)
        if signs is not None and day <= as_of
    ]
    recent = [(day, signs) for day, signs in asked if day >= first]
    present = tuple(day.isoformat() for day, signs in recent if name in signs)
    if present:
        return Answer(Asked.PRESENT, present)
    if recent:
        return Answer(Asked.NONE, tuple(day.isoformat() for day, _ in recent))
    return Answer(Asked.TOO_OLD if asked else Asked.NOT_ASKED)
