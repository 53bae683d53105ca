"""How are the onset, its course and the relief told, in a sentence and beside their charts?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording.lengths import about, duration
from diary.wording.readings import EDINBURGH, LEANINGS


def onset_about(onset: dict[str, Any], system: str) -> str:
    if onset["median_m"] is None:
        return _("at distances that cannot be summed up yet")
    if onset["median_m"] == 0:
        return _("mostly from the first steps")
    if onset["low_m"] is None or onset["high_m"] is None:
        return _("with about %s as the middle distance before it") % about(
            onset["median_m"], system
        )
    return _(
        "with about %(median)s (likely %(low)s to %(high)s) as the middle distance before it"
    ) % {
        "median": about(onset["median_m"], system),
        "low": about(onset["low_m"], system),
        "high": about(onset["high_m"], system),
    }


def onset_told(assessment: dict[str, Any], system: str) -> list[str]:
    """After how far the pain came, where it did; pain at no known distance is not without pain."""
    onset = assessment["onset"]
    counts = ngettext(
        "%(onsets)s walk on which it came, %(censored)s pain-free and counted as lasting at least "
        "as long as they were.",
        "%(onsets)s walks on which it came, %(censored)s pain-free and counted as lasting at least "
        "as long as they were.",
        onset["onsets"],
    ) % {"onsets": onset["onsets"], "censored": onset["censored"]}
    besides = _without_distance(onset["without_distance"])
    if onset["median_m"] is not None:
        found = _("The pain came %s:") % onset_about(onset, system)
        return [f"{found} {counts}", *besides, _course(assessment)]
    if onset["censored"] and not (onset["onsets"] or besides):
        return [
            ngettext(
                "%s walk without pain was recorded: the distance before pain was not reached.",
                "%s walks without pain were recorded: the distance before pain was not reached.",
                onset["censored"],
            )
            % onset["censored"]
        ]
    if onset["estimate"] == "not_reached":
        found = _("No middle distance before pain can be given:")
        return [f"{found} {counts}", *besides]
    return [_("Not enough yet to say after how far the pain comes."), *besides]


def _without_distance(walks: int) -> list[str]:
    """That some walks hurt and do not say after how far; of none nothing is said."""
    words = ngettext(
        "On %s walk it hurt, and after how far was not recorded.",
        "On %s walks it hurt, and after how far was not recorded.",
        walks,
    )
    return [words % walks] if walks else []


def _course(assessment: dict[str, Any]) -> str:
    """How the distance went over time; measured in different ways, that cannot be said."""
    if assessment["standing"] == "not_enough":
        return _(
            "That is not enough yet to say how the distance changes. It does not mean that it "
            "stays the same."
        )
    if assessment["data"]["measuring_changed"]:
        return _(
            "These walks were measured in different ways (typed in, counted, by satellite), so the "
            "earlier ones are not compared with the later ones."
        )
    return _trend(assessment["onset"]["trend"])


def _trend(trend: dict[str, Any]) -> str:
    if trend["direction"] == "unknown":
        return _(
            "No clear change over time can be shown from these entries. That is not the same as "
            "no change."
        )
    numbers = {
        name: f"{abs(trend[key] - 1) * 100:.0f}"
        for name, key in (("change", "ratio_per_30_days"),)
        if trend[key] is not None
    }
    words = {
        "shortening": _(
            "The distance before pain grew shorter, by about %(change)s %% in 30 days. Pace, hills "
            "and weather can do this too. If it fits how you feel, tell the people treating you."
        ),
        "lengthening": _(
            "The distance before pain grew longer, by about %(change)s %% in 30 days. Pace, ground "
            "and shorter walks can do this too."
        ),
        "steady": _(
            "The distances you recorded show no change as large as 30 %%. A smaller one would not "
            "show, and neither would anything that is not a distance."
        ),
    }
    return words[trend["direction"]] % numbers


def rests_told(relief: dict[str, Any]) -> str:
    """How many rests eased the pain, how many of them soon, and after how long."""
    told = [
        ngettext(
            "Of %(episodes)s rest, %(relieved)s eased the pain and %(not_relieved)s did not.",
            "Of %(episodes)s rests, %(relieved)s eased the pain and %(not_relieved)s did not.",
            relief["episodes"],
        )
        % relief
    ]
    if relief["partly"]:
        told.append(
            ngettext(
                "On %s of those that eased it, it only eased a bit.",
                "On %s of those that eased it, it only eased a bit.",
                relief["partly"],
            )
            % relief["partly"]
        )
    if relief["judged"]:
        words = ngettext(
            "%(within_10_min)s of the %(judged)s that tells how soon eased it within ten minutes.",
            "%(within_10_min)s of the %(judged)s that tell how soon eased it within ten minutes.",
            relief["judged"],
        )
        told.append(words % relief)
    if relief["median_s"] is not None:
        words = ngettext(
            "The one recorded time was %(time)s.",
            "The middle of %(timed)s recorded times was %(time)s.",
            relief["timed"],
        )
        told.append(words % {**relief, "time": duration(relief["median_s"])})
    return " ".join(told)


def relief_told(assessment: dict[str, Any]) -> list[str]:
    relief, recurrence = assessment["relief"], assessment["recurrence"]
    said = (
        [rests_told(relief)]
        if relief["episodes"]
        else [_("How the pain eases was not recorded yet.")]
    )
    if recurrence["resumed"]:
        said.append(
            ngettext(
                "After %(resumed)s rest you walked on; the pain came back after %(returned)s.",
                "After %(resumed)s rests you walked on; the pain came back after %(returned)s.",
                recurrence["resumed"],
            )
            % recurrence
        )
    said.append(str(LEANINGS[assessment["pattern"]["leaning"]]))
    said.append(str(EDINBURGH[assessment["pattern"]["edinburgh"]["result"]]))
    return said
