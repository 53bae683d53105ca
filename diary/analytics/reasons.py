"""Why should somebody look at this diary now?

One reason a diary, the first that holds. What a reader has seen at their last review no longer
counts as new: a pattern no stronger, a distance not much shorter still.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from diary.evidence.thresholds import OLD_DAYS

# In the order in which they are shown; the place is the rank.
REASONS = (
    "red_flag",
    "pattern",
    "shortening",
    "enough",
    "quiet",
    "no_clear_change",
    "not_enough",
)
# What leg pain on walking raises by itself, which is why everybody here keeps a diary. It is told
# as a pattern, and would hide the others among the red flags. Nor is what is routine one of them.
OWN_FLAGS = ("claudication_pattern", "persistent_pain", "exertional_pain_in_a_younger_person")
LEAST_URGENT = "routine"
# Of these a newer entry is a new reason; what is less urgent comes back only as another flag.
PRESSING = ("emergency", "same_day")
# What is less urgent is no reason for ever: so many days after its newest entry (judgement).
SOON_DAYS = 28
LEVELS = ("insufficient_data", "absent", "possible", "present")
# A middle distance shorter than this share of the one last seen is shorter still (as a trend is
# claimed from about 30 % on).
SHORTER = 0.7

Facts = dict[str, Any]


@dataclass(frozen=True)
class Reason:
    """A reason to look, and what tells it from the same reason another time."""

    code: str
    mark: str

    @property
    def rank(self) -> int:
        return REASONS.index(self.code)


def facts(assessment: Mapping[str, Any]) -> Facts:
    """What of an assessment a line of the work list is made of, as plain JSON types."""
    onset, data = assessment["onset"], assessment["data"]
    return {
        "as_of": assessment["as_of"],
        "last_day": data["last_day"],
        "days_with_entries": data["days_with_entries"],
        "span_days": data["span_days"],
        "measuring_changed": data["measuring_changed"],
        "walks": assessment["walks"]["total"],
        "with_pain": assessment["walks"]["with_pain"],
        "claudication": assessment["pattern"]["claudication"],
        "leaning": assessment["pattern"]["leaning"],
        "status": onset["status"],
        "onsets": onset["onsets"],
        "censored": onset["censored"],
        "median_m": onset["median_m"],
        "low_m": onset["low_m"],
        "high_m": onset["high_m"],
        "direction": onset["trend"]["direction"],
        "ratio_per_30_days": onset["trend"]["ratio_per_30_days"],
        "flags": [
            {
                **{name: flag[name] for name in ("flag", "urgency", "latest", "reasons")},
                "entries": len(flag["entries"]),
            }
            for flag in assessment["flags"]
            if _pressing(flag, date.fromisoformat(assessment["as_of"]))
        ],
    }


def reason(now: Facts, seen: Facts | None, today: date) -> Reason:
    """The first reason that holds; `seen` are the facts of the last review, None before any."""
    if now["flags"]:
        return Reason("red_flag", " ".join(sorted(map(_flag_mark, now["flags"]))))
    level = LEVELS.index(now["claudication"])
    if level >= LEVELS.index("possible") and level > _level(seen):
        return Reason("pattern", now["claudication"])
    if now["direction"] == "shortening" or _shorter_than_seen(now, seen):
        return Reason("shortening", "further" if _shorter_than_seen(now, seen) else "")
    if _enough(now) and not (seen and _enough(seen)):
        return Reason("enough", "")
    if now["last_day"] and (today - date.fromisoformat(now["last_day"])).days >= OLD_DAYS:
        return Reason("quiet", now["last_day"])
    return Reason("no_clear_change" if _enough(now) else "not_enough", "")


def _pressing(flag: Mapping[str, Any], as_of: date) -> bool:
    if flag["flag"] in OWN_FLAGS or flag["urgency"] == LEAST_URGENT:
        return False
    latest = flag["latest"] and date.fromisoformat(flag["latest"])
    lasts = flag["urgency"] in PRESSING or not latest
    return bool(lasts or (as_of - latest).days <= SOON_DAYS)


def _flag_mark(flag: Facts) -> str:
    return f"{flag['flag']}@{flag['latest'] if flag['urgency'] in PRESSING else flag['urgency']}"


def _level(seen: Facts | None) -> int:
    return LEVELS.index(seen["claudication"]) if seen else -1


def _enough(facts_of: Facts) -> bool:
    return bool(facts_of["status"] != "insufficient_data")


def _shorter_than_seen(now: Facts, seen: Facts | None) -> bool:
    if not seen or not seen["median_m"] or now["median_m"] is None:
        return False
    comparable = _enough(now) and _enough(seen) and not now["measuring_changed"]
    return bool(comparable and now["median_m"] <= SHORTER * seen["median_m"])
