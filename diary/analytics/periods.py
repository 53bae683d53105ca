"""What did two stretches of days show, side by side, and may a difference be named?

A difference is named only where it cannot well be chance, measuring or forgetting; else the words
are that none can be shown, which is never that there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np

from diary.analytics.around import onsets_of_days
from diary.analytics.columns import DiaryFrames
from diary.analytics.recorded import (
    check_ins_counted,
    days_recorded,
    distance_sources,
    measured_differently,
    onsets_measured,
    walks_counted,
    worst,
)
from diary.analytics.relief import relief
from diary.evidence.thresholds import (
    COMPARED_DAYS,
    COMPARED_ONSETS,
    COMPARED_SHARE,
    COMPARED_SILENT_DAYS,
    LESS_PAIN_SCORE,
    LESS_PAIN_SHARE,
    LESS_WALKED_RATIO,
    LONGER_M,
    SHORTER_M,
)

Span = tuple[date, date]


def compared(frames: DiaryFrames, earlier: Span, later: Span) -> dict[str, Any]:
    """Both periods, each from its first day to its last, and what may be said of the difference.

    `state` is the first that holds of 'out_of_order', 'overlapping', 'not_enough', 'mixed_sources',
    'shorter', 'longer' and 'no_clear_difference'. `less_of_both`: less pain was recorded and less
    walking too. A period without entries gives zeros and None.
    """
    medians = onsets_of_days(frames, [earlier, later])
    sides = [
        _period(frames.between(*span), span, onset)
        for span, onset in zip((earlier, later), medians, strict=True)
    ]
    measured = [onsets_measured(frames.between(*span)) for span in (earlier, later)]
    mixed = measured_differently(measured[0], measured[1])
    return {
        "earlier": sides[0],
        "later": sides[1],
        "state": _state(sides[0], sides[1], mixed),
        "less_of_both": _less_of_both(sides[0], sides[1], mixed),
    }


def _period(frames: DiaryFrames, span: Span, onset: Mapping[str, Any]) -> dict[str, Any]:
    """What one period has; the counts are those of the assessment, of its days alone."""
    first, last = span
    days = days_recorded(frames)
    lengths = frames.walks["distance_m"].to_numpy(float)
    rests = relief(frames)
    return {
        "first": first,
        "last": last,
        "span_days": max((last - first).days + 1, 0),
        "days_with_entries": len(days),
        "last_entry": days[-1] if days else None,
        "walks": walks_counted(frames),
        "walked": {"m": float(np.nansum(lengths)), "n": int((~np.isnan(lengths)).sum())},
        "onset": {**onset, "days": _onset_days(frames)},
        "relief": {name: rests[name] for name in ("episodes", "relieved", "median_s", "timed")},
        "pain": _scores(frames),
        "check_ins": check_ins_counted(frames),
        "distance_sources": distance_sources(frames),
    }


def _onset_days(frames: DiaryFrames) -> int:
    """On how many days the first pain came at a known distance."""
    told = frames.episodes["onset_distance_m"].notna() & (frames.episodes["position"] == 0)
    return int(frames.episodes["day"][told.to_numpy(bool)].nunique())


def _scores(frames: DiaryFrames) -> dict[str, Any]:
    """The scores of the pains that have one, `n` of the `of` that were put down."""
    scores = frames.episodes["intensity"].to_numpy(float)
    told = scores[~np.isnan(scores)]
    return {
        "n": len(told),
        "of": len(scores),
        "middle": float(np.median(told)) if len(told) else None,
        "worst": worst(scores),
    }


def _state(earlier: Mapping[str, Any], later: Mapping[str, Any], mixed: bool) -> str:
    if _before(later, earlier):
        return "out_of_order"
    if _overlap(earlier, later):
        return "overlapping"
    if not (_enough(earlier) and _enough(later)):
        return "not_enough"
    if mixed:
        return "mixed_sources"
    before, after = earlier["onset"], later["onset"]
    difference = after["median_m"] - before["median_m"]
    if difference <= -SHORTER_M and after["high_m"] < before["low_m"]:
        return "shorter"
    if difference >= LONGER_M and after["low_m"] > before["high_m"]:
        return "longer"
    return "no_clear_difference"


def _before(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether a period that has days ends before the other one begins."""
    return bool(one["span_days"] and other["span_days"] and one["last"] < other["first"])


def _overlap(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    return bool(later["first"] <= earlier["last"] and earlier["first"] <= later["last"])


def _enough(period: Mapping[str, Any]) -> bool:
    onset = period["onset"]
    return bool(
        None not in (onset["median_m"], onset["low_m"], onset["high_m"])
        and onset["onsets"] >= COMPARED_ONSETS
        and onset["days"] >= COMPARED_DAYS
        and _covered(period)
    )


def _covered(period: Mapping[str, Any]) -> bool:
    """Whether enough days of a period have an entry, up to its end."""
    return bool(
        period["last_entry"]
        and period["days_with_entries"] >= COMPARED_SHARE * period["span_days"]
        and (period["last"] - period["last_entry"]).days <= COMPARED_SILENT_DAYS
    )


def _less_of_both(earlier: Mapping[str, Any], later: Mapping[str, Any], mixed: bool) -> bool:
    """Less pain beside less walking, each by a difference that matters.

    Nothing is said of periods that cannot be compared, or with too few walks that tell of pain.
    """
    if _before(later, earlier) or _overlap(earlier, later):
        return False
    if not (_covered(earlier) and _covered(later)):
        return False
    return _less_pain(earlier, later) and _less_walking(earlier, later, mixed)


def _less_pain(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> bool:
    """A smaller share of the walks that tell of pain had any, or its middle score is lower."""
    told = [side["walks"]["with_pain"] + side["walks"]["pain_free"] for side in (earlier, later)]
    if min(told) < COMPARED_ONSETS:
        return False
    was, now = (
        side["walks"]["with_pain"] / n for side, n in zip((earlier, later), told, strict=True)
    )
    scores = (earlier["pain"], later["pain"])
    scored = min(each["n"] for each in scores) >= COMPARED_ONSETS
    milder = scored and scores[0]["middle"] - scores[1]["middle"] >= LESS_PAIN_SCORE
    return bool(was - now >= LESS_PAIN_SHARE or milder)


def _less_walking(earlier: Mapping[str, Any], later: Mapping[str, Any], mixed: bool) -> bool:
    """Less for each day with entries: metres, or walks where metres cannot be compared."""
    sides = (earlier, later)
    whole = all(side["walked"]["n"] == side["walks"]["total"] for side in sides)
    was, now = (
        (side["walked"]["m"] if whole and not mixed else side["walks"]["total"])
        / side["days_with_entries"]
        for side in sides
    )
    return bool(now <= LESS_WALKED_RATIO * was)
