"""What is the one thing to record next that would tell most?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from diary.analytics.causes import SUBTYPES, weighed
from diary.analytics.columns import DiaryFrames
from diary.analytics.observed import Finding, State
from diary.analytics.pattern import LEAST_ONSETS
from diary.evidence.likelihoods import AGAINST, IMBALANCE

# What a walker can record, and the findings that it would settle.
RECORDS: Mapping[str, tuple[str, ...]] = {
    "rest_standing": ("relieved_by_standing", "relief_needs_sitting_or_bending"),
    "relief_and_posture": ("relieved_within_10_min",),
    "pain_on_standing": ("worse_on_standing",),
    "site": ("calf_site", "buttock_or_thigh_site", "back_of_thigh_site", "achilles_site"),
    "spread": ("below_knee_radiation",),
    "side": ("both_legs", "both_buttocks_or_thighs"),
    "course_while_walking": ("eases_while_walking",),
    "onset_distance": ("pain_from_first_step", "consistent_onset"),
    "onset_sudden_or_gradual": ("sudden_onset_event",),
    "walk_uphill_or_fast": ("sooner_uphill_or_fast",),
    "morning_stiffness": ("morning_stiffness",),
    "pain_at_rest": ("pain_at_rest",),
    "qualities": ("numbness_or_tingling", "shooting_pain", "cramping_pain"),
    "check_in_signs": (
        "worse_on_sitting", "worse_on_bending_forward", "worse_on_cough_or_sneeze", "back_pain",
        "eased_by_sitting", "eased_by_bending_forward", "tendon_swelling", "bruising", "pop_felt",
        "thigh_tenderness",
    ),
    "ankle_pressure": ("low_ankle_pressure",),
}  # fmt: skip
# A change of less than a ratio of about 1.25 is not worth asking for (judgement).
LEAST_CHANGE = 0.1
# So many answers that say neither way have said what they can.
LEAST_ASKED = 3
# A walker can answer these at home; the others want a clinic.
NEEDS_A_CLINIC = ("ankle_pressure",)


def next_observation(
    frames: DiaryFrames,
    onset: Mapping[str, Any],
    pattern: Mapping[str, Any],
    findings: Mapping[str, Finding],
    causes: Sequence[Mapping[str, Any]],
) -> dict[str, Any] | None:
    """What to record next, which causes it separates, and why, as codes; None: nothing would tell.

    First what keeps the pattern from being judged, then what would move the two leading causes
    furthest apart.
    """
    return _for_the_pattern(frames, onset, pattern, findings) or _for_the_causes(findings, causes)


def _observation(record: str, why: str, separates: Iterable[str] = ()) -> dict[str, Any]:
    return {"record": record, "separates": list(separates), "why": why}


def _for_the_pattern(
    frames: DiaryFrames,
    onset: Mapping[str, Any],
    pattern: Mapping[str, Any],
    findings: Mapping[str, Finding],
) -> dict[str, Any] | None:
    if pattern["claudication"] != "insufficient_data":
        return None
    walks = frames.walks
    if walks.empty:
        return _observation("walks", "nothing_recorded")
    told = int(walks["pain_recorded"].to_numpy(bool).sum())
    if told < len(walks) / 2:
        return _observation("pain_or_not", "pain_not_recorded")
    hurt = int((walks["episodes"].to_numpy() > 0).sum())
    if hurt and onset["onsets"] < hurt / 2:
        return _observation("onset_distance", "onset_not_recorded")
    if hurt and not findings["relieved_within_10_min"].of:
        return _observation("relief_and_posture", "relief_not_recorded")
    if onset["onsets"] < LEAST_ONSETS:
        return _observation("walks", "too_few_onsets")
    return None


def _for_the_causes(
    findings: Mapping[str, Finding], causes: Sequence[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """The record whose possible answers move the leading two furthest from where they stand.

    Where the diary speaks against all but one, what would move that one.
    """
    leading = [
        row["cause"]
        for row in causes
        if row["cause"] != IMBALANCE and row["weight"] is not None and row["weight"] > AGAINST
    ][:2]
    if not leading:
        return None
    gains = {
        record: max(_change(findings, leading, code) for code in codes)
        for record, codes in RECORDS.items()
    }
    at_home = {record: gain for record, gain in gains.items() if record not in NEEDS_A_CLINIC}
    why = "separates_leading_causes" if len(leading) > 1 else "supports_leading_cause"
    for choice in (at_home, gains):
        best = max(choice, key=lambda record: choice[record])
        if choice[best] >= LEAST_CHANGE:
            return _observation(best, why, leading)
    return None


def _change(findings: Mapping[str, Finding], leading: Sequence[str], code: str) -> float:
    """How far an answer would move the leading causes, averaged over yes and no.

    Nothing where it was answered, or where enough answers say neither.
    """
    finding = findings[code]
    if finding.state not in (State.NOT_RECORDED, State.UNCLEAR) or finding.of >= LEAST_ASKED:
        return 0.0
    now = _standing(findings, leading)
    moved = [
        abs(_standing({**findings, code: replace(finding, state=state)}, leading) - now)
        for state in (State.PRESENT, State.ABSENT)
    ]
    return math.fsum(moved) / 2


def _standing(findings: Mapping[str, Finding], leading: Sequence[str]) -> float:
    """How far the first leading cause is ahead of the second, or of nothing, in log10."""
    first, *second = (_best(cause, findings) for cause in leading)
    return first - sum(second)


def _best(cause: str, findings: Mapping[str, Finding]) -> float:
    return max(
        math.fsum(each.weight for each in weighed(cause, findings, subtype))
        for subtype in SUBTYPES.get(cause, (None,))
    )
