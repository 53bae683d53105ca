"""What does a chart show, in sentences that stand beside it?

Walking and pain are always told together, and what was not recorded is told beside what was.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.evidence.thresholds import LEAST_ONSETS
from diary.wording import body
from diary.wording.drawn import LEGS
from diary.wording.lengths import day
from diary.wording.onset_relief import onset_told, rests_told

WEEK = 7  # days
Counts = Mapping[str, Any]


def told(counts: Counts, onset: list[str], relief: list[str]) -> dict[str, list[str]]:
    """The sentences beside each chart, in the order of the charts."""
    return {
        "onset": onset,
        "pain_free": _pain_free(counts["pain_free"]),
        "weeks": _weeks(counts["weeks"]),
        "body": _body(counts["body"]),
        "legs": _legs(counts["legs"], counts["walks"]),
        "relief": relief,
        "pace": _pace(counts["pace"]),
    }


def of_days(counts: Counts, assessment: dict[str, Any], system: str) -> dict[str, list[str]]:
    """The sentences beside the charts of some days, from these days alone."""
    rests = (
        [rests_told(assessment["relief"])]
        if assessment["relief"]["episodes"]
        else [_("In these days no rest was recorded that says whether it eased the pain.")]
    )
    return told(counts, onset_told(assessment, system), rests)


def _pain_free(counts: Counts) -> list[str]:
    said = []
    for group, words in (
        (
            "measured",
            _("Measured walks: %(pains)s with pain, %(pain_free)s without."),
        ),
        (
            "estimated",
            _("Estimated walks: %(pains)s with pain, %(pain_free)s without."),
        ),
    ):
        of_group = counts[group]
        if of_group["pains"] or of_group["pain_free"]:
            line = "" if of_group["line"] else f" {_too_few()}"
            said.append(words % of_group + line)
    if not said:
        return [_("No walk yet tells how far you got without pain.")]
    said.append(
        _(
            "A walk without pain counts as far as it went and no further. Measured and estimated "
            "distances are not mixed."
        )
    )
    if counts["left_out"]:
        said.append(
            ngettext(
                "%s walk is left out: how far it was, or where the pain came, was not recorded.",
                "%s walks are left out: how far they were, or where the pain came, was not "
                "recorded.",
                counts["left_out"],
            )
            % counts["left_out"]
        )
    return said


def _too_few() -> str:
    return _("A line needs at least %s walks with pain at a known distance.") % LEAST_ONSETS


def _weeks(counts: Counts) -> list[str]:
    if not counts["weeks"]:
        return [_("No walks were recorded.")]
    words = (
        ngettext(
            "%(weeks)s week: %(walked)s with a walk, %(empty)s without any entry.",
            "%(weeks)s weeks: %(walked)s with a walk, %(empty)s without any entry.",
            counts["weeks"],
        )
        if counts["days"] == WEEK
        else _("%(weeks)s times four weeks: %(walked)s with a walk, %(empty)s without any entry.")
    )
    said = [words % counts + " " + _("Days without an entry are not days without pain.")]
    if counts["cut"]:
        said[0] += " " + _("The first or the last of them has entries that are not shown here.")
    if counts["unmeasured"]:
        said.append(
            ngettext(
                "%s walk has no distance and is missing from the bars.",
                "%s walks have no distance and are missing from the bars.",
                counts["unmeasured"],
            )
            % counts["unmeasured"]
        )
    said.append(_less(counts))
    return said


def _less(counts: Counts) -> str:
    if counts["less_of_both"]:
        first, last = (day(date.fromisoformat(each)) for each in counts["lately"])
        return _(
            "On your walks from %(first)s to %(last)s you recorded less pain and also less walking "
            "than in the four weeks before. Less pain alone does not show improvement."
        ) % {"first": first, "last": last}
    return _(
        "Look at both together: less pain in a week with less walking does not show improvement."
    )


def _body(counts: Counts) -> list[str]:
    if not counts["of"]:
        return [_("No pain was recorded.")]
    if not counts["told"]:
        return [_("Where the pain was has not been recorded.")]
    said = [
        ngettext(
            "The one pain that was recorded says where it was.",
            "%(told)s of %(of)s pains say where they were.",
            counts["of"],
        )
        % counts
    ]
    if counts["most"]:
        said[0] += " " + _("Most often: %(place)s, %(side)s (%(n)s).") % {
            "place": body.SHORT[counts["most"]["site"]],
            "side": _sides()[counts["most"]["side"]],
            "n": counts["most"]["n"],
        }
    said.append(
        _(
            "Left, right and both sides at once are counted each by itself. A place without a "
            "number was not named; that does not say that it never hurt."
        )
    )
    return said


def _sides() -> dict[str, str]:
    return {
        "left": _("left"),
        "right": _("right"),
        "both": _("both sides at once"),
        "not_recorded": _("side not recorded"),
    }


def _legs(counts: Counts, walks: int) -> list[str]:
    if not walks:
        return [_("No walks were recorded.")]
    hurt = {side for side in LEGS if side in counts and counts[side]["walks"]}
    said = [
        _leg(side, counts[side], hurt)
        for side in ("left", "right", "both", "not_recorded")
        if side in hurt or side in ("left", "right")
    ]
    if "not_recorded" in hurt:
        said.append(_("A pain of which no leg was recorded may have been in either."))
    return [
        " ".join(said),
        _(
            "Each point is the first pain of that leg on a walk. A pain of both legs at once "
            "stands by itself and is counted to neither."
        ),
    ]


def _leg(side: str, counts: Counts, hurt: set[str]) -> str:
    """What was recorded of one leg, or of both at once; none of its own is not none at all."""
    if not counts["walks"]:
        alone = _("%s: on no walk was pain recorded of it alone.")
        none = _("%s: no pain was recorded on a walk.")
        return (alone if hurt & {"both", "not_recorded"} else none) % LEGS[side]
    if counts["worst"] is None:
        words = ngettext(
            "%(leg)s: pain on %(walks)s walk.",
            "%(leg)s: pain on %(walks)s walks.",
            counts["walks"],
        )
        return words % {"leg": LEGS[side], "walks": counts["walks"]}
    words = ngettext(
        "%(leg)s: pain on %(walks)s walk, at worst %(worst)s of 10.",
        "%(leg)s: pain on %(walks)s walks, at worst %(worst)s of 10.",
        counts["walks"],
    )
    return words % {
        "leg": LEGS[side],
        "walks": counts["walks"],
        "worst": f"{counts['worst']:g}",
    }


def _pace(counts: Counts) -> list[str]:
    if not counts["walks"]:
        return [_("No walk yet tells whether it hurt.")]
    return [
        ngettext(
            "The pace is known of %(pace)s of %(walks)s walk, the slope of %(ground)s.",
            "The pace is known of %(pace)s of %(walks)s walks, the slope of %(ground)s.",
            counts["walks"],
        )
        % counts
        + " "
        + _("Where you gave no word, your pace is told by the clock and the slope by the climb."),
        _(
            "Pain mostly comes sooner on a faster walk and uphill. Compare walks of one kind with "
            "each other: a change of pace or way can look like a change of the leg."
        ),
    ]
