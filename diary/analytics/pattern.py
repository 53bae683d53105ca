"""Is this claudication-style pain, which kind does it lean to, and how do the questionnaires read?

Claudication-style is pain at a consistent distance or time that rest relieves, whatever causes it:
arteries and a narrow spinal canal both do (see `leaning`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from diary.analytics.causes import weighed
from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import RELIEF_LIMIT_S, hard_walks, rest_values
from diary.analytics.observed import Finding, State, habit, share
from diary.evidence.likelihoods import PAD, SCIATICA, STENOSIS

# The assessment's own rule: 'absent' takes five onsets, or five walks of which none hurt.
LEAST_ONSETS = LEAST_PAIN_FREE = 5
# Rests before they can contradict the pattern, and painful walks before a questionnaire is read
# from them (judgement).
LEAST_RESTS, LEAST_PAINFUL = 3, 2
# Of people with claudication one in a hundred or so first hurts beyond this (onset 290 m in the
# middle, log sd 0.56 to 0.73: clinical evidence base 4.1); what only may keep to such a distance
# must fit otherwise.
LATE_M = 1500
# A site is marked when at least one episode in five names it (judgement: a slip is not a mark).
MARKED = 0.2
# Judgement: a leaning takes a ratio of 4, and three times the other's.
LEAN, LEAD, BOTH = 0.6, 0.5, 0.3
LEANINGS = ("vascular", "neurogenic")
OF_VESSELS, OF_NERVES = ("relieved_by_standing",), ("relief_needs_sitting_or_bending",)
LEANING_FACTORS = ("posture", "standing", "site", "effort")
# The Edinburgh questionnaire's 'thigh' is its front and outside; the hamstring does not count.
THIGH_OR_BUTTOCK = ("front_of_thigh", "outer_thigh", "buttock")
LEGS = ("left", "right")


@dataclass(frozen=True)
class Answers:
    """The questionnaires' answers as the diary gives them; None where it does not."""

    hurts_on_walking: bool | None
    begins_at_rest: bool | None
    uphill_or_hurrying: bool | None
    ordinary_pace_on_level: bool | None
    gone_within_10_min: bool | None
    makes_stop_or_slow: bool | None
    goes_while_walking: bool | None
    calf: bool | None
    thigh_or_buttock: bool | None


def pattern(
    frames: DiaryFrames,
    onset: Mapping[str, Any],
    relief: Mapping[str, Any],
    findings: Mapping[str, Finding],
    by_part: Mapping[str, Mapping[str, Finding]],
) -> dict[str, Any]:
    """The assessment's `pattern`; an empty diary is 'insufficient_data' throughout.

    `by_part` are the findings of each part of the leg, where two or more hurt.
    """
    leaning = "both" if len(leaning_parts(by_part)) > 1 else _leaning(findings)
    questionnaire = edinburgh(_answers(frames, frames.episodes, findings))
    fits = leaning in LEANINGS or questionnaire["result"] == "definite"
    return {
        "claudication": _claudication(frames, onset, relief, findings, fits),
        "leaning": leaning,
        "edinburgh": questionnaire,
        "legs": {leg: _leg(frames, leg, findings) for leg in LEGS},
    }


def _claudication(
    frames: DiaryFrames,
    onset: Mapping[str, Any],
    relief: Mapping[str, Any],
    findings: Mapping[str, Finding],
    fits: bool,
) -> str:
    """Pain that keeps to a distance or time and that rest relieves; `fits` is a known kind of it.

    Below five onsets nothing is said of their consistency: what the questions of a published
    definition answer, or a leaning, is then possible at most.
    """
    recorded = frames.walks["pain_recorded"].to_numpy(bool)
    hurt = frames.walks["episodes"].to_numpy() > 0
    if not hurt.any():
        return "absent" if recorded.sum() >= LEAST_PAIN_FREE else "insufficient_data"
    soon, ever = findings["relieved_within_10_min"], _ever_relieved(relief)
    relieved = soon.state is State.PRESENT or (not soon.recorded and ever.state is State.PRESENT)
    relieved |= _present(findings, "relieved_by_standing", "relief_needs_sitting_or_bending")
    if not relieved and ever.state is State.ABSENT and ever.of >= LEAST_RESTS:
        return "absent"
    walked_off = _present(findings, "eases_while_walking")
    at_once = _present(findings, "pain_from_first_step")
    if onset["part_in_step"]:
        return "possible" if ever.state is not State.ABSENT else "insufficient_data"
    if onset["onsets"] >= LEAST_ONSETS and (onset["status"] == "inconsistent" or at_once):
        return "absent"
    if onset["status"] == "consistent":
        return "present" if relieved and not walked_off else "possible"
    if onset["status"] == "suggestive":
        late = (onset["median_m"] or 0) > LATE_M and not fits
        eased = relieved or ever.state is State.PRESENT
        return "possible" if eased and not late else "insufficient_data"
    few = hurt.sum() >= LEAST_RESTS and fits and not (walked_off or at_once)
    return "possible" if relieved and few else "insufficient_data"


def _ever_relieved(relief: Mapping[str, Any]) -> Finding:
    """Whether rests relieve, however long it takes."""
    told = [(row["relieved"], row["episodes"]) for row in relief["by_posture"].values()]
    return share(sum(n for n, _ in told), sum(of for _, of in told))


def _present(findings: Mapping[str, Finding], *codes: str) -> bool:
    return any(findings[code].state is State.PRESENT for code in codes)


def leaning_parts(by_part: Mapping[str, Mapping[str, Finding]]) -> dict[str, str]:
    """The part of the leg that leans to the vessels and the one that leans to the nerves.

    By 'vascular' and 'neurogenic'; either may be missing. Where a part is says too little: what
    rest did to its own pain must be known.
    """
    return {
        _leaning(findings): part
        for part, findings in by_part.items()
        if _present(findings, *OF_VESSELS, *OF_NERVES) and _leaning(findings) in LEANINGS
    }


def _leaning(findings: Mapping[str, Finding]) -> str:
    """Arteries against stenosis, by the findings of posture, site and trigger alone."""
    vascular, neurogenic = (
        sum(each.weight for each in rows if each.factor in LEANING_FACTORS)
        for rows in (weighed(PAD, findings), weighed(SCIATICA, findings, STENOSIS))
    )
    if vascular >= LEAN and vascular - neurogenic >= LEAD:
        return "vascular"
    if neurogenic >= LEAN and neurogenic - vascular >= LEAD:
        return "neurogenic"
    return "both" if min(vascular, neurogenic) >= BOTH else "undetermined"


def edinburgh(answers: Answers) -> dict[str, Any]:
    """The rule of the Edinburgh Claudication Questionnaire (Leng and Fowkes 1992).

    One answer that fails the rule makes it negative, whatever else is missing.
    """
    needed = (
        answers.hurts_on_walking,
        None if answers.begins_at_rest is None else not answers.begins_at_rest,
        answers.uphill_or_hurrying,
        answers.gone_within_10_min,
        _either(answers.calf, answers.thigh_or_buttock),
    )
    if False in needed:
        return {"result": "negative", "grade": None}
    if None in needed:
        return {"result": "insufficient_data", "grade": None}
    grade = {True: 2, False: 1, None: None}[answers.ordinary_pace_on_level]
    return {"result": "definite" if answers.calf else "atypical", "grade": grade}


def _either(first: bool | None, second: bool | None) -> bool | None:
    if first or second:
        return True
    return None if first is None or second is None else False


def san_diego(answers: Answers) -> str:
    """The San Diego category of a leg that hurts (Rose's criteria, leg by leg)."""
    if answers.begins_at_rest:
        return "pain_on_exertion_and_rest"
    if answers.calf is False:
        return "non_calf"
    if answers.calf is None or answers.begins_at_rest is None:
        return "insufficient_data"
    rose = (
        answers.uphill_or_hurrying,
        answers.gone_within_10_min,
        answers.makes_stop_or_slow,
        not answers.goes_while_walking,
    )
    if False in rose:
        return "atypical_calf"
    return "insufficient_data" if None in rose else "classic_claudication"


def _leg(frames: DiaryFrames, leg: str, findings: Mapping[str, Finding]) -> str:
    episodes = frames.episodes
    own = episodes[episodes["side"].isin([leg, "both"]).to_numpy(bool)]
    if own.empty:
        recorded = int(frames.walks["pain_recorded"].to_numpy(bool).sum())
        sided = not episodes["side"].isna().any()
        return "no_pain" if sided and recorded >= LEAST_PAIN_FREE else "insufficient_data"
    if own["walk"].nunique() < LEAST_PAINFUL:
        return "insufficient_data"
    return san_diego(_answers(frames, own, findings, leg))


def _answers(
    frames: DiaryFrames,
    episodes: pd.DataFrame,
    findings: Mapping[str, Finding],
    leg: str | None = None,
) -> Answers:
    """The answers that these episodes give; `leg` narrows the check-ins to its own pain."""
    walks = frames.walks
    recorded = walks["pain_recorded"].to_numpy(bool)
    hurt = np.zeros(len(walks), bool)
    hurt[episodes["walk"].to_numpy()] = True
    hard = hard_walks(walks)
    on_level = _some(hurt[recorded & ~hard])
    walk_ids = list(episodes["walk_id"])
    site = episodes["site"]
    course = episodes["course_while_walking"]
    told = course.notna().to_numpy(bool)
    return Answers(
        hurts_on_walking=True
        if hurt.sum() >= LEAST_PAINFUL
        else (False if recorded.sum() >= LEAST_PAIN_FREE and not hurt.any() else None),
        begins_at_rest=_begins_at_rest(frames, findings, leg),
        # Pain at an ordinary pace on the level comes uphill or in a hurry all the more.
        uphill_or_hurrying=True if on_level else _some(hurt[recorded & hard]),
        ordinary_pace_on_level=on_level,
        gone_within_10_min=_gone(episodes),
        makes_stop_or_slow=_mostly(habit(_stops(episodes), walk_ids)),
        goes_while_walking=_mostly(
            habit(np.where(told, (course == "eased").to_numpy(float), np.nan), walk_ids)
        ),
        calf=_marked(site, "calf"),
        thigh_or_buttock=_marked(site, *THIGH_OR_BUTTOCK),
    )


def _some(hurt: NDArray[np.bool_]) -> bool | None:
    """Whether any of these walks hurt; None where there are too few to say that none did."""
    if hurt.any():
        return True
    return False if len(hurt) >= LEAST_PAINFUL else None


def _mostly(finding: Finding) -> bool | None:
    return None if not finding.recorded else finding.state is State.PRESENT


def _gone(episodes: pd.DataFrame) -> bool | None:
    """Whether standing still usually ends the pain within ten minutes; other postures do not tell.

    A rest whose posture nobody recorded counts as standing: it is what stopping means.
    """
    stood = (episodes["rest_posture"].isna() | (episodes["rest_posture"] == "standing")).to_numpy()
    values = rest_values(episodes, RELIEF_LIMIT_S, RELIEF_LIMIT_S)
    values = np.where(stood, values, np.nan)
    return _mostly(habit(values, list(episodes["walk_id"]), least=1))


def _stops(episodes: pd.DataFrame) -> NDArray[np.float64]:
    """1 where the pain made the walker stop or slow down, 0 where not, NaN where not told."""
    response = episodes["response"]
    rested = (
        episodes[["stopped_distance_m", "rest_s", "rest_posture", "relief_s"]].notna().any(axis=1)
    ).to_numpy(bool)
    told = response.notna().to_numpy(bool)
    gave_way = response.isin(["stopped", "slowed"]).to_numpy(float)
    return np.where(told, gave_way, np.where(rested, 1.0, np.nan))


def _marked(site: pd.Series, *sites: str) -> bool | None:
    told = site.notna().to_numpy(bool)
    if not told.any():
        return None
    return bool(site[told].isin(sites).mean() >= MARKED)


def _begins_at_rest(
    frames: DiaryFrames, findings: Mapping[str, Finding], leg: str | None
) -> bool | None:
    """Whether the pain ever begins on standing still or sitting.

    Pain that goes while standing still is not begun by it, where nobody asked.
    """
    standing, resting = findings["worse_on_standing"], findings["pain_at_rest"]
    here = leg is None or _rest_pain_in(frames, leg)
    sometimes = standing.state is not State.ABSENT and standing.n > 0
    if sometimes or (here and resting.state is State.PRESENT):
        return True
    if standing.state is State.ABSENT or _present(findings, "relieved_by_standing"):
        return False
    return None


def _rest_pain_in(frames: DiaryFrames, leg: str) -> bool:
    """Whether the pain that check-ins record at rest was in this leg, or in no named one."""
    sore = frames.check_ins[(frames.check_ins["pain_at_rest"] > 0).to_numpy(bool)]
    return bool((sore["side"].isin([leg, "both"]) | sore["side"].isna()).any())
