"""What does this diary show, finding by finding, and what was never recorded?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.circumstances import events, person, signs
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import (
    LEANT_ON,
    LEAST_COMPARED,
    NEVER_TICKED,
    TICKED,
    Values,
    at_least,
    dates,
    first_pains,
    hard_walks,
    includes,
    median_onset_m,
    rest_values,
    ticked,
    truths,
)
from diary.analytics.observed import (
    NOT_RECORDED,
    Finding,
    State,
    both_of,
    either,
    habit,
    share,
    unique,
)

# Judgement: pain within the first steps of a walk, and stiffness of more than a moment.
FIRST_STEPS_M, FIRST_STEPS_S, MORNING_STIFFNESS_S = 30, 30, 120
# Judgement: pain apart from walking that would be felt as pain.
PAIN_AT_REST = 2
# Two sorts of walk differ from about 15 % on (Gardner 1993: onset at +2 % slope comes at 0.85 of
# the level time); the other two are judgement.
SOONER, LATER, LESS_OFTEN = 0.85, 1.3, 0.25
UPPER = {"lower_back", "buttock", "hip", "front_of_thigh", "outer_thigh", "back_of_thigh"}
LOWER = {"calf", "shin", "ankle", "achilles", "heel", "foot"}
# How nearly a named site is the tendon.
TENDON = {"achilles": 1.0, "heel": 0.6, "ankle": 0.3}


def findings(
    frames: DiaryFrames,
    as_of: date,
    onset: Mapping[str, Any],
    relief: Mapping[str, Any],
    recurrence: Mapping[str, Any],
) -> dict[str, Finding]:
    """Every finding of the evidence table, by its code; an empty diary gives NOT_RECORDED each.

    Takes frames cut at `as_of`, and the parts of the assessment that are counted elsewhere.
    """
    return {
        **_rests(frames, relief),
        **_course(frames, onset, recurrence),
        **_sites(frames),
        **signs(frames),
        **events(frames, as_of),
        **person(frames, as_of),
    }


def findings_of_part(
    frames: DiaryFrames, whole: Mapping[str, Finding], relief: Mapping[str, Any]
) -> dict[str, Finding]:
    """The findings of a diary with those of rest, place and effort told by one part of the leg.

    Takes the frames and the relief of that part (see `parts`), and the findings of the whole diary.
    """
    effort = {"sooner_uphill_or_fast": _sooner_when_hard(frames)}
    return {**whole, **_rests(frames, relief), **_sites(frames), **effort}


def _rests(frames: DiaryFrames, relief: Mapping[str, Any]) -> dict[str, Finding]:
    """What rest does, by posture."""
    episodes = frames.episodes
    walk_ids = list(episodes["walk_id"])
    posture = episodes["rest_posture"]
    soon, ever = rest_values(episodes), rest_values(episodes, None)

    def rested(values: Values, *postures: str) -> Finding:
        return habit(np.where(posture.isin(postures).to_numpy(bool), values, np.nan), walk_ids)

    standing = rested(soon, "standing")
    seated = rested(ever, "sitting", "bending_forward")
    bending = rested(ever, "bending_forward")
    judged = relief["judged"]
    in_time = round(judged * (relief["share_within_10_min"] or 0))
    worse_standing = _worse_on_standing(frames)
    # Bending or sitting tells something only where standing still does not do as well.
    if standing.state is State.PRESENT:
        bending = seated = Finding(State.UNCLEAR, seated.n, seated.of) if seated.of else seated
    return {
        "relieved_by_standing": standing,
        "relieved_within_10_min": replace(
            share(in_time, judged), entries=unique(episodes["walk_id"][~np.isnan(ever)])
        ),
        "relief_needs_sitting_or_bending": _needs_a_seat(standing, seated, worse_standing),
        "eased_by_bending_forward": either(bending, ticked(frames, "better_on_bending_forward")),
        "eased_by_sitting": ticked(frames, "better_on_sitting"),
        "worse_on_sitting": ticked(frames, "worse_on_sitting"),
        "worse_on_bending_forward": ticked(frames, "worse_on_bending_forward"),
        "worse_on_standing": worse_standing,
        "easier_with_support": _easier_with_support(frames),
    }


def _needs_a_seat(standing: Finding, seated: Finding, worse_standing: Finding) -> Finding:
    """Relief that sitting or bending brings and standing still does not."""
    if standing.state is State.PRESENT:
        return Finding(State.ABSENT, 0, standing.of, standing.entries)
    against = [each for each in (standing, worse_standing) if each.recorded]
    if not seated.recorded or not against:
        return NOT_RECORDED
    standing_fails = standing.of > 0 and standing.n / standing.of <= 0.25
    if seated.state is State.PRESENT and (
        standing_fails or (not standing.recorded and worse_standing.state is State.PRESENT)
    ):
        return Finding(
            State.PRESENT, seated.n, seated.of, unique((*seated.entries, *standing.entries))
        )
    return Finding(State.UNCLEAR, seated.n, seated.of, seated.entries)


def _worse_on_standing(frames: DiaryFrames) -> Finding:
    """Pain that standing still brings: asked of each walk's day, and ticked in check-ins."""
    asked = habit(truths(frames.walks["pain_on_standing"]), list(frames.walks["id"]), mostly=1 / 3)
    ticks = ticked(frames, "worse_on_standing")
    if asked.recorded and ticks.state is State.ABSENT:
        return asked
    return either(asked, ticks)


def _easier_with_support(frames: DiaryFrames) -> Finding:
    """Walks that go better when leaning on a trolley or rollator than without."""
    walks = frames.walks
    told = (walks["pain_recorded"] & walks["walking_aid"].notna()).to_numpy(bool)
    leant = told & walks["walking_aid"].isin(LEANT_ON).to_numpy(bool)
    other = told & ~leant
    if min(leant.sum(), other.sum()) < LEAST_COMPARED:
        return NOT_RECORDED
    hurt = walks["episodes"].to_numpy() > 0
    rarer = hurt[other].mean() - hurt[leant].mean() >= LESS_OFTEN
    with_m, without_m = median_onset_m(frames, leant), median_onset_m(frames, other)
    later = with_m is not None and without_m is not None and with_m >= LATER * without_m
    state = State.PRESENT if rarer or later else State.UNCLEAR
    return Finding(state, int(leant.sum()), int(told.sum()), tuple(walks["id"][leant]))


def _course(
    frames: DiaryFrames, onset: Mapping[str, Any], recurrence: Mapping[str, Any]
) -> dict[str, Finding]:
    """What walking does to the pain."""
    episodes, first = frames.episodes, first_pains(frames)
    course = episodes["course_while_walking"]
    eased = np.where(course.isna().to_numpy(bool), np.nan, (course == "eased").to_numpy(float))
    early = _early(first)
    at_onset = tuple(first["walk_id"][~np.isnan(early)])
    status, count = onset["status"], int(onset["onsets"])
    consistent = {"consistent": State.PRESENT, "inconsistent": State.ABSENT}.get(
        status, State.UNCLEAR if count else State.NOT_RECORDED
    )
    again = (episodes["resumed"] == True).to_numpy(bool, na_value=False)  # noqa: E712
    return {
        "consistent_onset": Finding(
            consistent, count if status == "consistent" else 0, count, at_onset
        ),
        "suggestive_onset": Finding(State.PRESENT, count, count, at_onset)
        if status == "suggestive"
        else Finding(consistent if count == 0 else State.UNCLEAR, 0, count, at_onset),
        "returns_on_walking": replace(
            share(recurrence["returned"], recurrence["resumed"]),
            entries=unique(episodes["walk_id"][again]),
        ),
        "eases_while_walking": habit(eased, list(episodes["walk_id"])),
        "pain_from_first_step": habit(early, list(first["walk_id"])),
        "sooner_uphill_or_fast": _sooner_when_hard(frames),
        "morning_stiffness": habit(
            at_least(frames.check_ins["morning_stiffness_s"], MORNING_STIFFNESS_S),
            dates(frames),
            mostly=0.4,
            rarely=NEVER_TICKED,
        ),
        "pain_at_rest": habit(
            np.where(_in_the_foot(frames), np.nan, _at_rest(frames)), dates(frames)
        ),
        "worse_on_cough_or_sneeze": ticked(frames, "worse_on_cough_or_sneeze"),
    }


def _at_rest(frames: DiaryFrames) -> Values:
    return at_least(frames.check_ins["pain_at_rest"], PAIN_AT_REST)


def _in_the_foot(frames: DiaryFrames) -> NDArray[np.bool_]:
    """Check-ins whose pain was in the foot: at rest, far gone arteries hurt there too."""
    foot = includes(frames.check_ins["sites"], {"foot", "heel"})
    return np.asarray(foot == 1.0)


def _early(first: pd.DataFrame) -> Values:
    """Whether each first pain came with the first steps; by distance, else by time."""
    metres, seconds = first["onset_distance_m"].to_numpy(float), first["onset_s"].to_numpy(float)
    by_time = np.where(np.isnan(seconds), np.nan, seconds <= FIRST_STEPS_S)
    return np.where(np.isnan(metres), by_time, metres <= FIRST_STEPS_M)


def _sooner_when_hard(frames: DiaryFrames) -> Finding:
    """Whether the first pain comes sooner uphill or at a brisk pace."""
    hard = hard_walks(frames.walks)
    hard_m, easy_m = median_onset_m(frames, hard), median_onset_m(frames, ~hard)
    if hard_m is None or easy_m is None:
        return NOT_RECORDED
    first = first_pains(frames)
    steep = first[hard[first["walk"].to_numpy()]]
    entries = tuple(steep["walk_id"])
    state = State.PRESENT if hard_m <= SOONER * easy_m else State.UNCLEAR
    if hard_m >= easy_m:
        state = State.ABSENT
    return Finding(state, len(entries), len(first), entries)


def _sites(frames: DiaryFrames) -> dict[str, Finding]:
    """Where the pain is, and where it runs."""
    episodes = frames.episodes
    walk_ids = list(episodes["walk_id"])
    site = episodes["site"]
    told = site.notna().to_numpy(bool)

    def at(*sites: str) -> Values:
        return np.where(told, site.isin(sites).to_numpy(float), np.nan)

    tendon = np.where(told, site.map(TENDON).astype(float).fillna(0.0).to_numpy(float), np.nan)
    high, both = habit(at(*UPPER), walk_ids), _both_legs(frames)
    return {
        "calf_site": habit(at("calf"), walk_ids),
        "buttock_or_thigh_site": high,
        "both_buttocks_or_thighs": both_of(high, both),
        "back_of_thigh_site": habit(at("back_of_thigh"), walk_ids),
        "achilles_site": habit(tendon, walk_ids),
        "below_knee_radiation": either(
            habit(_runs_below_knee(episodes), walk_ids, mostly=0.4),
            habit(_sites_below_knee(frames.check_ins), dates(frames), mostly=TICKED, rarely=-1),
        ),
        "both_legs": both,
    }


def _runs_below_knee(episodes: pd.DataFrame) -> Values:
    """Whether each pain that has its course recorded starts above the knee and runs below it."""
    return np.array(
        [
            np.nan if spread is None else float(site in UPPER and not LOWER.isdisjoint(spread))
            for site, spread in zip(episodes["site"], episodes["spread_to"], strict=True)
        ],
        float,
    )


def _sites_below_knee(check_ins: pd.DataFrame) -> Values:
    """Whether pain apart from walking was both above and below the knee."""
    return np.array(
        [
            np.nan if not sites else float(not UPPER.isdisjoint(sites) and bool(LOWER & set(sites)))
            for sites in check_ins["sites"]
        ],
        float,
    )


def _both_legs(frames: DiaryFrames) -> Finding:
    """Pain in both legs: at once, or sometimes in one and sometimes in the other."""
    episodes = frames.episodes
    side = episodes["side"]
    told = side.notna().to_numpy(bool)
    both = habit(
        np.where(told, (side == "both").to_numpy(float), np.nan), list(episodes["walk_id"])
    )
    if both.state is not State.PRESENT and told.any():
        shares = [side.isin([leg, "both"])[told].mean() for leg in ("left", "right")]
        if min(shares) >= 0.4 and told.sum() >= 4:
            return Finding(State.PRESENT, int(told.sum()), int(told.sum()), both.entries)
    return both if both.recorded else ticked(frames, "both_legs_affected")
