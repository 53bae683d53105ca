"""Which entries want help, and how soon?

Flags come straight from what was recorded, before and apart from any weighing of causes: scarce
data silences none, and none hides another. The rules are data (`evidence.red_flags`); their words
are the assessment's own description.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.columns import Answer, Asked, DiaryFrames, sign
from diary.analytics.entries import LEANT_ON, age, changes_of, first_pains, hard_walks
from diary.analytics.observed import unique
from diary.evidence.red_flags import (
    COLLAPSE_CHANCE,
    COLLAPSE_CONDITIONS,
    COLLAPSE_EARLIER_ONSETS,
    COLLAPSE_LEAST_M,
    COLLAPSE_RATIO,
    COLLAPSE_WALKS,
    FLAGS,
    LATEST_DAYS,
    LIMB_SIGNS,
    MILD_FLAG,
    MILD_SIGNS,
    MILD_URGENCY,
    PERSISTENT_DAYS,
    PERSISTENT_SPAN_DAYS,
    RECENT_SURGERY_DAYS,
    SEVERE_PAIN,
    SIGN_DAYS,
    SIGN_RULES,
    URGENCIES,
    YOUNGER_THAN,
    YOUNGER_WALKS,
    SignRule,
)

FOOT = {"foot", "heel", "ankle"}
COLLAPSE = "distance_collapse"
REST_PAIN_DAYS = 14  # rest pain for longer than two weeks (CLTI definition)


@dataclass(frozen=True)
class Raised:
    """One reason to raise a flag, and the entries that give it."""

    flag: str
    urgency: str
    reason: str
    entries: tuple[str, ...]


def flags(frames: DiaryFrames, as_of: date, pattern: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The raised flags, most urgent first, each once with all its reasons and entries.

    Takes frames cut at `as_of`; of the assessment's pattern only `claudication` is read. Beyond the
    schema `latest` is the day of the newest entry behind a flag. An empty diary raises none.
    """
    raised = [
        *_by_signs(frames, as_of),
        *_collapse(frames, as_of),
        *_severe(frames),
        *_weak_on_walks(frames, as_of),
        *_foot_pain_at_rest(frames, as_of),
        *_younger(frames, as_of),
        *_pattern(frames, pattern),
        *_persistent(frames),
    ]
    raised += _mild(frames, as_of, {reason.reason for reason in raised})
    return _rows(raised, _days(frames))


def _days(frames: DiaryFrames) -> dict[str, date]:
    """The day of every entry that a flag may name."""
    changes = frames.changes
    return {
        **dict(zip(frames.walks["id"], frames.walks["day"], strict=True)),
        **{day.isoformat(): day for day in (*frames.check_ins["date"], *changes["date"])},
        **{str(row_id): day for row_id, day in zip(changes["id"], changes["date"], strict=True)},
    }


def _rows(raised: Iterable[Raised], days: Mapping[str, date]) -> list[dict[str, Any]]:
    by_flag: dict[str, list[Raised]] = {}
    for each in raised:
        by_flag.setdefault(each.flag, []).append(each)
    rows: list[dict[str, Any]] = []
    for flag in FLAGS:
        if flag in by_flag:
            reasons = sorted(by_flag[flag], key=lambda each: URGENCIES.index(each.urgency))
            entries = list(unique(entry for each in reasons for entry in each.entries))
            rows.append(
                {
                    "flag": flag,
                    "urgency": reasons[0].urgency,
                    "reasons": list(unique(each.reason for each in reasons)),
                    "entries": entries,
                    "latest": max((days[each] for each in entries if each in days), default=None),
                }
            )
    return sorted(rows, key=lambda row: URGENCIES.index(row["urgency"]))


def _by_signs(frames: DiaryFrames, as_of: date) -> Iterable[Raised]:
    """What the tables of signs raise."""
    for rule in SIGN_RULES:
        seen = {name: _seen(frames, name, as_of, rule) for name in rule.signs}
        ticked = {name: entries for name, entries in seen.items() if entries}
        if len(ticked) >= rule.at_least:
            for name, entries in ticked.items():
                yield Raised(rule.flag, rule.urgency, name, entries)


def _seen(frames: DiaryFrames, name: str, as_of: date, rule: SignRule) -> tuple[str, ...]:
    answer: Answer = sign(frames, name, as_of, SIGN_DAYS)
    if answer.state is not Asked.PRESENT:
        return ()
    if not rule.one_sided:
        return answer.entries
    both = _both_sided(frames)
    return tuple(day for day in answer.entries if day not in both)


def _both_sided(frames: DiaryFrames) -> set[str]:
    """The days whose check-in marks its signs on both sides."""
    rows = frames.check_ins
    return {
        day.isoformat()
        for day, side in zip(rows["date"], rows["side"], strict=True)
        if side == "both"
    }


def _collapse(frames: DiaryFrames, as_of: date) -> Iterable[Raised]:
    """A walking distance that fell to half the person's own within two weeks."""
    fallen = collapsed_walks(frames, as_of)
    if not fallen:
        return
    listed = frames.profile.get("conditions") or ()
    graver: dict[str, tuple[str, ...]] = {
        name: (f"profile:{name}",) for name in COLLAPSE_CONDITIONS if name in listed
    }
    surgery = changes_of(frames, "surgery", as_of, RECENT_SURGERY_DAYS)
    if surgery:
        graver["recent_surgery"] = surgery
    for name in LIMB_SIGNS:
        answer = sign(frames, name, as_of, SIGN_DAYS)
        if answer.state is Asked.PRESENT and not _known_before(frames, name, as_of):
            graver[name] = answer.entries
    urgency = "emergency" if graver else "same_day"
    yield Raised("acute_limb_ischaemia", urgency, COLLAPSE, fallen)
    for reason, entries in graver.items():
        yield Raised("acute_limb_ischaemia", urgency, reason, entries)


def _known_before(frames: DiaryFrames, name: str, as_of: date) -> bool:
    """Whether a sign was ticked before the days that count: an old one is not of this collapse."""
    first, rows = as_of - timedelta(days=SIGN_DAYS - 1), frames.check_ins
    return any(
        day < first and name in (signs or ())
        for day, signs in zip(rows["date"], rows["signs"], strict=True)
    )


def collapsed_walks(frames: DiaryFrames, as_of: date) -> tuple[str, ...]:
    """The walks of the last SIGN_DAYS whose distance is at or below half the earlier median.

    Compared like with like: the distance of the first pain with that of earlier walks as steep,
    fast and leant on, the distance of the first stop with that of earlier stops. Empty unless
    COLLAPSE_WALKS or more fell so far below a median of COLLAPSE_EARLIER_ONSETS or more, and either
    the latest walks are all among them or they are more than this person's scatter explains.
    """
    first = first_pains(frames)
    recent = (first["day"] > as_of - timedelta(days=SIGN_DAYS)).to_numpy(bool)
    groups = _comparable(frames)[first["walk"].to_numpy()]
    fallen: list[str] = []
    for column in ("onset_distance_m", "stopped_distance_m"):
        low = _fallen(first[column].to_numpy(float), recent, groups)
        if low.sum() >= COLLAPSE_WALKS:
            fallen += list(first["walk_id"].to_numpy()[low])
    return unique(fallen)


def _fallen(
    metres: NDArray[np.float64], recent: NDArray[np.bool_], groups: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The recent distances at or below half the earlier median of their group."""
    fallen = np.zeros(len(metres), bool)
    for group in np.unique(groups):
        same = np.flatnonzero((groups == group) & ~np.isnan(metres))
        of_group, now = metres[same], recent[same]
        earlier = of_group[~now]
        if len(earlier) >= COLLAPSE_EARLIER_ONSETS and np.median(earlier) >= COLLAPSE_LEAST_M:
            half = COLLAPSE_RATIO * np.median(earlier)
            low = now & (of_group <= half)
            lasting = bool((of_group[now][-COLLAPSE_WALKS:] <= half).all())
            before = float((earlier <= half).mean())
            if lasting or _chance(int(low.sum()), int(now.sum()), before) <= COLLAPSE_CHANCE:
                fallen[same[low]] = True
        fallen[same[len(same) - _latest_low(of_group, now) :]] = True
    return fallen


def _latest_low(metres: NDArray[np.float64], recent: NDArray[np.bool_]) -> int:
    """How many of the latest walks are all recent, and low against all the walks before them.

    A diary that began less than SIGN_DAYS before the fall has its earlier walks among the recent.
    """
    lowest = 0
    for count in range(COLLAPSE_WALKS, int(recent.sum()) + 1):
        earlier, latest = metres[:-count], metres[-count:]
        if len(earlier) < COLLAPSE_EARLIER_ONSETS or np.median(earlier) < COLLAPSE_LEAST_M:
            break
        if (latest <= COLLAPSE_RATIO * np.median(earlier)).all():
            lowest = count
    return lowest


def _chance(least: int, of: int, rate: float) -> float:
    """The probability of at least so many of `of` where each has the probability `rate`."""
    return math.fsum(
        math.comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(least, of + 1)
    )


def _comparable(frames: DiaryFrames) -> NDArray[np.int64]:
    """A number for each walk, the same for walks of one activity, effort and support."""
    walks = frames.walks
    running = (walks["activity"] == "run").to_numpy(np.int64)
    leant = walks["walking_aid"].isin(LEANT_ON).to_numpy(np.int64)
    if leant.sum() < COLLAPSE_EARLIER_ONSETS:  # too few to be a sort of their own
        leant = np.zeros_like(leant)
    return running * 4 + leant * 2 + hard_walks(walks).astype(np.int64)


def _severe(frames: DiaryFrames) -> Iterable[Raised]:
    """A worst pain of SEVERE_PAIN or more, on a walk or at rest."""
    episodes, rows = frames.episodes, frames.check_ins
    walking = episodes[(episodes["intensity"] >= SEVERE_PAIN).to_numpy(bool)]
    resting = rows[(rows["pain_at_rest"] >= SEVERE_PAIN).to_numpy(bool)]
    for reason, entries in (
        ("severe_pain_on_walk", list(walking["walk_id"])),
        ("severe_pain_at_rest", _iso(resting["date"])),
    ):
        if len(entries):
            yield Raised("severe_pain", "soon", reason, unique(entries))


def _iso(days: Iterable[date]) -> list[str]:
    return [day.isoformat() for day in days]


def _weak_on_walks(frames: DiaryFrames, as_of: date) -> Iterable[Raised]:
    """Weakness that a walk tells of: to be looked at as soon as one that a check-in tells of."""
    weak = _walks_that_felt(frames, as_of, "weakness")
    if weak:
        yield Raised("progressive_weakness", "soon", "weakness_on_walk", weak)


def _foot_pain_at_rest(frames: DiaryFrames, as_of: date) -> Iterable[Raised]:
    """Foot pain at rest or at night that has lasted for two weeks: arteries must be looked at."""
    rows = frames.check_ins
    sore = ((rows["pain_at_rest"] > 0) | (rows["night_pain"].fillna(False))).to_numpy(bool)
    days = [
        day
        for day, hurts, sites in zip(rows["date"], sore, rows["sites"], strict=True)
        if hurts and not FOOT.isdisjoint(sites or ())
    ]
    latest = as_of - timedelta(days=SIGN_DAYS)
    if days and days[-1] > latest and (days[-1] - days[0]).days >= REST_PAIN_DAYS:
        yield Raised(
            "chronic_limb_threatening_ischaemia",
            "soon",
            "rest_or_night_pain_in_foot",
            unique(_iso(days)),
        )


def _younger(frames: DiaryFrames, as_of: date) -> Iterable[Raised]:
    """Pain on walking in somebody too young for hardened arteries to be the first thought."""
    years = age(frames, as_of)
    hurt = painful_walks(frames)
    if years is not None and years < YOUNGER_THAN and len(hurt) >= YOUNGER_WALKS:
        flag = "exertional_pain_in_a_younger_person"
        yield Raised(flag, "soon", "exertional_pain", hurt)
        yield Raised(flag, "soon", "age_under_50", ("profile:birth_year",))


def painful_walks(frames: DiaryFrames) -> tuple[str, ...]:
    """The ids of the walks that hurt, in their order."""
    return tuple(frames.walks["id"][frames.walks["episodes"].to_numpy() > 0])


def _pattern(frames: DiaryFrames, pattern: Mapping[str, Any]) -> Iterable[Raised]:
    """A claudication-style pattern: soon where it is present, routine where it is possible."""
    urgency = {"present": "soon", "possible": "routine"}.get(pattern["claudication"])
    if urgency:
        reason = f"pattern_{pattern['claudication']}"
        yield Raised("claudication_pattern", urgency, reason, painful_walks(frames))


def _persistent(frames: DiaryFrames) -> Iterable[Raised]:
    """Pain on three or more days over more than five, and still there.

    Still there: on at least half of the last three days with an entry that tells. One short walk
    without pain does not end a pain that walking brings.
    """
    walks, rows = frames.walks, frames.check_ins
    told = [
        (day, row_id, episodes > 0)
        for day, row_id, recorded, episodes in zip(
            walks["day"], walks["id"], walks["pain_recorded"], walks["episodes"], strict=True
        )
        if recorded
    ] + _rest_answers(rows)
    told.sort(key=lambda entry: entry[0])
    days: dict[date, bool] = {}
    for day, _, hurt in told:
        days[day] = days.get(day, False) or hurt
    sore = [day for day, hurt in days.items() if hurt]
    latest = list(days.values())[-LATEST_DAYS:]
    if (
        len(sore) >= PERSISTENT_DAYS
        and (sore[-1] - sore[0]).days >= PERSISTENT_SPAN_DAYS
        and 2 * sum(latest) >= len(latest)
    ):
        entries = unique(entry for _, entry, hurt in told if hurt)
        yield Raised("persistent_pain", "soon", "painful_days", entries)


def _rest_answers(rows: pd.DataFrame) -> list[tuple[date, str, bool]]:
    """What check-ins say of pain apart from walking."""
    return [
        (day, day.isoformat(), bool(at_rest > 0 or night is True))
        for day, at_rest, night in zip(
            rows["date"], rows["pain_at_rest"], rows["night_pain"].astype(object), strict=True
        )
        if not np.isnan(at_rest) or night is True or night is False
    ]


def _mild(frames: DiaryFrames, as_of: date, covered: set[str]) -> Iterable[Raised]:
    """Swelling or numbness, however mild, where no graver flag has it as its reason."""
    for name in MILD_SIGNS:
        answer = sign(frames, name, as_of, SIGN_DAYS)
        if answer.state is Asked.PRESENT and name not in covered:
            yield Raised(MILD_FLAG, MILD_URGENCY, name, answer.entries)
    numb = () if "numbness" in covered else _walks_that_felt(frames, as_of, "numbness")
    if numb:
        yield Raised(MILD_FLAG, MILD_URGENCY, "numbness_on_walk", numb)


def _walks_that_felt(frames: DiaryFrames, as_of: date, name: str) -> tuple[str, ...]:
    episodes = frames.episodes
    since = as_of - timedelta(days=SIGN_DAYS)
    columns: Sequence[Iterable[Any]] = (
        episodes["walk_id"],
        episodes["day"],
        episodes["qualities"],
    )
    return unique(
        walk_id
        for walk_id, day, qualities in zip(*columns, strict=True)
        if day > since and name in (qualities or ())
    )
