"""What do check-ins, events and the profile say, apart from what the walks do?"""

from __future__ import annotations

from datetime import date

import numpy as np

from diary.analytics.columns import DiaryFrames
from diary.analytics.entries import (
    age,
    changes_of,
    condition,
    dates,
    felt,
    includes,
    ticked,
)
from diary.analytics.factors import load_spikes
from diary.analytics.observed import (
    NOT_RECORDED,
    Finding,
    State,
    either,
    fact,
    habit,
)

# Resting ankle index: low, and clearly not low; above 1.4 the arteries are too stiff to tell.
LOW_INDEX, CLEAR_INDEX, STIFF_INDEX = 0.90, 1.00, 1.40
# An injury or a spike in load counts while it is recent (judgement); a spike of a doubled longest
# walk carried the clearest risk (Frandsen 2025).
RECENT_EVENT_DAYS, DOUBLED = 180, 2.0

VESSEL_RISKS = ("heart_disease", "stroke", "hypertension", "high_cholesterol", "kidney_disease")


def signs(frames: DiaryFrames) -> dict[str, Finding]:
    """What was ticked in check-ins, and what the pain feels like."""
    seen = {
        name: ticked(frames, *signs, share=0.0)
        for name, signs in {
            "cold_foot": ("cold_foot",),
            "wound_not_healing": ("wound_not_healing",),
            "discoloured_foot": ("pale_or_blue", "black_or_blue_toe"),
            "relieved_by_hanging_leg_down": ("relieved_by_hanging_leg_down",),
            "tendon_swelling": ("tendon_swelling",),
            "bruising": ("bruising",),
            "thigh_tenderness": ("thigh_tenderness",),
            "pop_felt": ("pop_felt",),
        }.items()
    }
    return seen | {
        "numbness_or_tingling": either(
            felt(frames, "numbness", "tingling"), ticked(frames, "numbness", "tingling")
        ),
        "leg_weakness": ticked(frames, "weakness", "foot_drop"),
        "shooting_pain": felt(frames, "shooting"),
        "cramping_pain": felt(frames, "cramping", "tightness"),
        "back_pain": either(
            ticked(frames, "back_pain"),
            habit(includes(frames.check_ins["sites"], {"lower_back"}), dates(frames), rarely=-1),
        ),
        "low_ankle_pressure": _ankle_pressure(frames),
    }


def _ankle_pressure(frames: DiaryFrames) -> Finding:
    """The lower of the two legs' latest ankle-brachial indices."""
    measured = frames.measurements
    index = measured[measured["kind"].isin(_INDICES).to_numpy(bool)]
    latest = index.groupby("kind").tail(1).sort_values("value")
    if latest.empty:
        return NOT_RECORDED
    lowest = float(latest["value"].iloc[0])
    entries = tuple(
        f"measurement:{row_id or day.isoformat()}"
        for row_id, day in zip(latest["id"], latest["date"], strict=True)
    )
    if lowest <= LOW_INDEX:
        return Finding(State.PRESENT, 1, len(entries), entries[:1])
    clear = CLEAR_INDEX <= lowest <= STIFF_INDEX and len(entries) == len(_INDICES)
    return Finding(State.ABSENT if clear else State.UNCLEAR, 0, len(entries), entries)


_INDICES = ("ankle_brachial_index_left", "ankle_brachial_index_right")


def events(frames: DiaryFrames, as_of: date) -> dict[str, Finding]:
    """What happened: an injury or a sudden start, and a jump in what the legs were asked to do."""
    episodes = frames.episodes
    onset = episodes["onset"]
    told = onset.notna().to_numpy(bool)
    sudden = np.where(told, (onset == "sudden").to_numpy(float), np.nan)
    walk_ids = list(episodes["walk_id"])
    start = habit(sudden, walk_ids, mostly=0.6, rarely=0.1, least_absent=3)
    if told.any() and sudden[told][0] == 1:
        # How it began says more than how later walks felt.
        start = Finding(State.PRESENT, start.n, start.of, (walk_ids[int(np.argmax(told))],))
    injuries = changes_of(frames, "injury", as_of, RECENT_EVENT_DAYS)
    if injuries:
        start = Finding(State.PRESENT, len(injuries), len(injuries), injuries)
    spikes = load_spikes(frames)
    jumps = tuple(spikes["id"][(spikes["ratio"] > DOUBLED).to_numpy(bool)])
    new = changes_of(frames, "new_activity", as_of, RECENT_EVENT_DAYS)
    walked = int(frames.walks["distance_m"].notna().sum())
    load = Finding(State.ABSENT if walked else State.NOT_RECORDED, 0, walked)
    if new or jumps:
        count = len(new) + len(jumps)
        load = Finding(State.PRESENT, count, walked + len(new), (*new, *jumps))
    return {"sudden_onset_event": start, "load_spike": load}


def person(frames: DiaryFrames, as_of: date) -> dict[str, Finding]:
    """Who the walker is: what the profile says."""
    profile = frames.profile
    years = age(frames, as_of)
    smoking = profile.get("smoking")

    def aged(so: bool) -> Finding:
        return fact(so if years is not None else None, "profile:birth_year")

    def smokes(word: str) -> Finding:
        return fact(None if smoking is None else smoking == word, "profile:smoking")

    return {
        "age_under_50": aged(years is not None and years < 50),
        "age_under_60": aged(years is not None and years < 60),
        "age_65_or_more": aged(years is not None and years >= 65),
        "age_over_70": aged(years is not None and years > 70),
        "smokes_now": smokes("current"),
        "smoked_before": smokes("former"),
        "never_smoked": smokes("never"),
        "diabetes": condition(profile, "diabetes"),
        "vessel_disease_or_its_risks": either(*(condition(profile, name) for name in VESSEL_RISKS)),
        "known_peripheral_artery_disease": condition(profile, "peripheral_artery_disease"),
        "known_spinal_stenosis": condition(profile, "spinal_stenosis"),
        "known_disc_herniation": condition(profile, "disc_herniation"),
        "known_back_problem": condition(profile, "back_problem"),
        "pregnant": condition(profile, "pregnancy"),
        "previous_hamstring_injury": condition(profile, "previous_hamstring_injury"),
        "fluoroquinolone": condition(profile, "fluoroquinolone_use"),
    }
