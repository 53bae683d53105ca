"""What does a diary show of the pain itself: how long, in which posture, with which signs?"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, ngettext_lazy

from diary.wording import cards, pattern
from diary.wording.article.shown import Assessment, Shown, log_a_walk, when

RESTS = {
    "standing": ngettext_lazy(
        "Standing still eased the pain at %(n)s of %(of)s rest.",
        "Standing still eased the pain at %(n)s of %(of)s rests.",
        "of",
    ),
    "sitting": ngettext_lazy(
        "Sitting eased the pain at %(n)s of %(of)s rest.",
        "Sitting eased the pain at %(n)s of %(of)s rests.",
        "of",
    ),
    "bending_forward": ngettext_lazy(
        "Bending forward eased the pain at %(n)s of %(of)s rest.",
        "Bending forward eased the pain at %(n)s of %(of)s rests.",
        "of",
    ),
    "lying": ngettext_lazy(
        "Lying down eased the pain at %(n)s of %(of)s rest.",
        "Lying down eased the pain at %(n)s of %(of)s rests.",
        "of",
    ),
}
TICKS = {
    "better_on_sitting": ngettext_lazy(
        "Better on sitting: ticked in %(n)s of %(of)s check-in.",
        "Better on sitting: ticked in %(n)s of %(of)s check-ins.",
        "of",
    ),
    "better_on_bending_forward": ngettext_lazy(
        "Better on bending forward: ticked in %(n)s of %(of)s check-in.",
        "Better on bending forward: ticked in %(n)s of %(of)s check-ins.",
        "of",
    ),
    "worse_on_standing": ngettext_lazy(
        "Worse on standing still: ticked in %(n)s of %(of)s check-in.",
        "Worse on standing still: ticked in %(n)s of %(of)s check-ins.",
        "of",
    ),
    "worse_on_sitting": ngettext_lazy(
        "Worse on sitting: ticked in %(n)s of %(of)s check-in.",
        "Worse on sitting: ticked in %(n)s of %(of)s check-ins.",
        "of",
    ),
    "worse_on_bending_forward": ngettext_lazy(
        "Worse on bending forward: ticked in %(n)s of %(of)s check-in.",
        "Worse on bending forward: ticked in %(n)s of %(of)s check-ins.",
        "of",
    ),
}


def overall(assessment: Assessment, system: str) -> list[Shown]:
    """What the whole diary shows, in its one sentence."""
    return [Shown(pattern.sentence(assessment, system), "pattern", _("See your pattern"))]


def lasting(assessment: Assessment, system: str) -> list[Shown]:
    """Since when there is pain, on how many days it was recorded, and whether it lasted."""
    habits = assessment["habits"]
    days, began = habits["painful_days"], habits["symptoms_began"]
    said = []
    if began:
        said.append(Shown(_("Your profile says that the trouble began on %s.") % when(began)))
    if not days["n"]:
        return [*said, _no_painful_day(assessment)]
    said.append(Shown(_painful_days(days)))
    if any(flag["flag"] == "persistent_pain" for flag in assessment["flags"]):
        said.append(
            Shown(
                _(
                    "It has lasted: pain on three days or more, at least five days apart, and on "
                    "at least half of your last three days with an answer on pain. It is worth "
                    "an appointment."
                )
            )
        )
    return said


def _no_painful_day(assessment: Assessment) -> Shown:
    if not assessment["walks"]["total"] and not assessment["data"]["check_ins"]:
        return log_a_walk(_("Nothing that could tell how long it hurts was recorded yet."))
    return log_a_walk(
        _("You recorded no day with pain. It may have hurt on days that were not recorded.")
    )


def _painful_days(days: dict[str, Any]) -> str:
    words = ngettext(
        "You recorded pain on %(n)s day, %(first)s.",
        "You recorded pain on %(n)s days, from %(first)s to %(last)s: %(days_between)s days apart.",
        days["n"],
    )
    return words % {**days, "first": when(days["first"]), "last": when(days["last"])}


def flags(assessment: Assessment, system: str) -> list[Shown]:
    """What recorded entries ask for help, action first; without any, that this rules nothing out.

    The list of signs stands beside it on the page, flags or none.
    """
    raised = cards.of_flags(assessment["flags"])
    said = [Shown(f"{card.urgency_word}. {card.action} {' '.join(card.why)}") for card in raised]
    nothing = _(
        "This diary cannot rule anything out: it knows only what was recorded. Read the list of "
        "signs yourself."
    )
    return said or [Shown(nothing, "help", _("When to get help"))]


def posture(assessment: Assessment, system: str) -> list[Shown]:
    """How the pain went in each posture that was recorded, with how often."""
    habits = assessment["habits"]
    rests = assessment["relief"]["by_posture"]
    said = [
        Shown(text % {"n": rests[code]["relieved"], "of": rests[code]["episodes"]})
        for code, text in RESTS.items()
        if code in rests
    ]
    standing = habits["pain_on_standing"]
    if standing["of"]:
        said.append(
            Shown(
                ngettext(
                    "Standing still brought pain on the day of %(n)s of %(of)s walk that says so "
                    "or not.",
                    "Standing still brought pain on the day of %(n)s of %(of)s walks that say so "
                    "or not.",
                    standing["of"],
                )
                % standing
            )
        )
    ticks = habits["posture_signs"]
    said += [Shown(text % ticks[code]) for code, text in TICKS.items() if ticks[code]["of"]]
    return said or [log_a_walk(_("In which posture the pain eases was not recorded yet."))]
