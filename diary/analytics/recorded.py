"""How much was recorded, how was it measured, and what do the check-ins and measurements say?

Counts alone, each with how many times it was asked: nothing recorded is never a none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import first_pains
from diary.answers import MEASUREMENT_RANGES, SIGNS
from diary.evidence.red_flags import MILD_SIGNS, MILD_URGENCY, SIGN_RULES, URGENCIES

# Distances from an instrument or a known way, against distances reckoned by a person or by steps.
# Where their mix differs this much between two sets of onsets, a change may be one of measuring
# (judgement).
MEASURED, MIX_SHIFT = ("gps", "known_route", "treadmill"), 0.5


def is_measured(sources: pd.Series) -> NDArray[np.bool_]:
    """Which of these sources of a distance are an instrument or a known way."""
    measured: NDArray[np.bool_] = sources.isin(MEASURED).to_numpy(bool)
    return measured


def worst(scores: NDArray[np.float64]) -> float | None:
    """The highest of these; None where none is known."""
    return None if np.isnan(scores).all() else float(np.nanmax(scores))


def walks_counted(frames: DiaryFrames) -> dict[str, int]:
    """The assessment's `walks`: all of them, and what they say of pain."""
    walks = frames.walks
    told = walks["pain_recorded"].to_numpy(bool)
    hurt = walks["episodes"].to_numpy() > 0
    return {
        "total": len(walks),
        "with_pain": int(hurt.sum()),
        "pain_free": int((told & ~hurt).sum()),
        "not_recorded": int((~told).sum()),
    }


def days_recorded(frames: DiaryFrames) -> list[date]:
    """Every day that has a walk or a check-in, once, in their order."""
    return sorted({*frames.walks["day"], *frames.check_ins["date"]})


def data_recorded(frames: DiaryFrames, as_of: date) -> dict[str, Any]:
    """How much was recorded, over how long, how recently, and how it was measured."""
    days = days_recorded(frames)
    return {
        "first_day": days[0] if days else None,
        "last_day": days[-1] if days else None,
        "days_with_entries": len(days),
        "span_days": (days[-1] - days[0]).days + 1 if days else 0,
        "days_since_last_entry": (as_of - days[-1]).days if days else None,
        "check_ins": len(frames.check_ins),
        "clock_suspect": frames.clock_suspect,
        "distance_sources": distance_sources(frames),
        "measuring_changed": _measuring_changed(frames),
    }


def distance_sources(frames: DiaryFrames) -> dict[str, int]:
    """How many walks were measured in which way; what nobody said counts as estimated."""
    counts = frames.walks["distance_source"].fillna("estimated").value_counts()
    return {str(source): int(count) for source, count in counts.sort_index().items()}


def onsets_measured(frames: DiaryFrames) -> NDArray[np.bool_]:
    """For each first pain at a known distance, in their order, whether that walk was measured."""
    first = first_pains(frames)
    first = first[first["onset_distance_m"].notna().to_numpy(bool)]
    return is_measured(frames.walks["distance_source"])[first["walk"].to_numpy()]


def measured_differently(some: NDArray[np.bool_], others: NDArray[np.bool_]) -> bool:
    """Whether two sets of onsets were measured in such different ways that none compares them."""
    if not len(some) or not len(others):
        return False
    return bool(abs(some.mean() - others.mean()) >= MIX_SHIFT)


def _measuring_changed(frames: DiaryFrames) -> bool:
    """Whether the earlier and the later onsets were measured in different ways."""
    measured = onsets_measured(frames)
    half = len(measured) // 2
    return measured_differently(measured[:half], measured[half:])


def check_ins_counted(frames: DiaryFrames) -> dict[str, Any]:
    """What the check-ins say, each with `of`, the days that told of it, and its `latest` day.

    The worst of a pain or of a stiffness is never averaged away. No check-ins give zeros and None.
    """
    rows = frames.check_ins
    pain, stiff = (rows[name].to_numpy(float) for name in ("pain_at_rest", "morning_stiffness_s"))
    night = rows["night_pain"].to_numpy(float, na_value=np.nan)
    days = list(rows["date"])
    return {
        "days": len(rows),
        "pain_at_rest": {**_counted(pain, days), "worst": worst(pain)},
        "night_pain": _counted(night, days),
        "morning_stiffness": {**_counted(stiff, days), "longest_s": worst(stiff)},
        "signs": _signs(rows["signs"], days),
    }


def _counted(values: NDArray[np.float64], days: list[date]) -> dict[str, Any]:
    so = np.nan_to_num(values) > 0
    return {
        "of": int((~np.isnan(values)).sum()),
        "n": int(so.sum()),
        "latest": max((day for day, each in zip(days, so, strict=True) if each), default=None),
    }


def _signs(told: Iterable[Collection[str] | None], days: list[date]) -> dict[str, Any]:
    """How many days asked for signs, how many had none, and the days of each sign.

    Signs that raise a flag come first, the most urgent before the rest, however rare they are.
    """
    asked = [(day, signs) for day, signs in zip(days, told, strict=True) if signs is not None]
    ticked = {
        sign: [day for day, signs in asked if sign in signs]
        for sign in SIGNS
        if any(sign in signs for _day, signs in asked)
    }
    rows = [
        {"sign": sign, "n": len(on), "latest": max(on), "urgency": _urgency(sign, ticked)}
        for sign, on in ticked.items()
    ]
    order = (*URGENCIES, None)
    return {
        "of": len(asked),
        "none": sum(not signs for _day, signs in asked),
        "ticked": sorted(rows, key=lambda row: (order.index(row["urgency"]), -row["n"])),
    }


def _urgency(sign: str, ticked: Collection[str]) -> str | None:
    """How soon a sign wants help that was ticked on any day, None where it raises nothing."""
    raised = {
        rule.urgency
        for rule in SIGN_RULES
        if sign in rule.signs and sum(each in ticked for each in rule.signs) >= rule.at_least
    }
    if sign in MILD_SIGNS:
        raised.add(MILD_URGENCY)
    return min(raised, key=URGENCIES.index, default=None)


def newest_measurements(frames: DiaryFrames) -> list[dict[str, Any]]:
    """The newest of each kind that was measured, its day and id, and how many there are of it."""
    rows = frames.measurements
    found = []
    for kind in MEASUREMENT_RANGES:
        of_kind = rows[(rows["kind"] == kind).to_numpy(bool)]
        if len(of_kind):
            last = of_kind.iloc[-1]
            found.append(
                {
                    "kind": kind,
                    "n": len(of_kind),
                    "value": float(last["value"]),
                    "date": last["date"],
                    "entries": [str(last["id"])],
                }
            )
    return found
