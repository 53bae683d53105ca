"""What does a diary show on a question of the article, or that nothing was noted?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording import cards, labels, pattern
from diary.wording.lengths import about, day

Assessment = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One sentence about the diary, and the page where more of it is recorded or read."""

    text: str
    link: str = ""  # the name of an address
    link_text: str = ""


def shown(code: str, assessment: Assessment, system: str) -> list[Shown]:
    """What the diary shows on one subject; at least one sentence."""
    return SUBJECTS[code](assessment, system)


def _walks(text: str) -> Shown:
    return Shown(text, "walk-add", _("Log a walk"))


def _when(value: Any) -> str:
    return day(date.fromisoformat(str(value)))


def _stretching(assessment: Assessment, system: str) -> list[Shown]:
    habits = assessment["habits"]
    before, after = habits["stretched_before"], habits["stretched_after"]
    if not before["of"] and not after["of"]:
        return [_walks(_("Whether you stretched before or after a walk was not recorded yet."))]
    said = []
    for told, words in (
        (before, _("You stretched before %(n)s of the %(of)s walks that say so or not.")),
        (after, _("You stretched after %(n)s of the %(of)s walks that say so or not.")),
    ):
        if told["of"]:
            said.append(Shown(words % told))
    return said


def _footwear(assessment: Assessment, system: str) -> list[Shown]:
    worn, factor = assessment["habits"]["footwear"], _factor(assessment, "footwear")
    if not worn["of"]:
        said = [_walks(_("What you wore on your feet was not recorded yet."))]
    else:
        pairs = ngettext("%(pairs)s kind of shoe", "%(pairs)s kinds of shoe", worn["pairs"])
        said = [
            Shown(_("You named %(pairs)s on %(of)s walks.") % {"pairs": pairs % worn, **worn}),
        ]
    if "more_pain_in_one_footwear" in factor:
        said.append(Shown(_("In one of them it hurt on clearly more walks than in the others.")))
    return said + _changes(assessment, "footwear")


def _sudden_load(assessment: Assessment, system: str) -> list[Shown]:
    factor = _factor(assessment, "load_spike")
    said = []
    if "longer_than_30_days" in factor:
        said.append(
            Shown(
                _(
                    "At least one walk was more than a tenth longer than the longest of the 30 "
                    "days before it."
                )
            )
        )
    if "new_activity" in factor:
        said.append(Shown(_("You recorded a new activity.")))
    if said:
        return said
    if not assessment["walks"]["total"]:
        return [_walks(_("No walk was recorded yet."))]
    return [
        Shown(
            _(
                "Of the walks whose distance you recorded, none was more than a tenth longer than "
                "the longest of the 30 days before it. Other strains are not recorded here."
            )
        )
    ]


def _lasting(assessment: Assessment, system: str) -> list[Shown]:
    painful, began = assessment["habits"]["painful_days"], assessment["habits"]["symptoms_began"]
    said = []
    if began:
        said.append(Shown(_("The trouble began on %s, as you remember it.") % _when(began)))
    if not painful["n"]:
        return [*said, _walks(_("No day with pain was recorded. It may still have hurt."))]
    said.append(
        Shown(
            ngettext(
                "You recorded pain on %(n)s day, %(first)s.",
                "You recorded pain on %(n)s days, from %(first)s to %(last)s.",
                painful["n"],
            )
            % {
                "n": painful["n"],
                "first": _when(painful["first"]),
                "last": _when(painful["last"]),
            }
        )
    )
    if any(flag["flag"] == "persistent_pain" for flag in assessment["flags"]):
        said.append(
            Shown(_("It has lasted for more than a few days, and your latest entries hurt."))
        )
    return said


def _flags(assessment: Assessment, system: str) -> list[Shown]:
    raised = cards.of_flags(assessment["flags"])
    said = [Shown(f"{card.urgency_word}: {why}") for card in raised for why in card.why]
    nothing = _(
        "This diary cannot rule anything out, and only what was recorded counts here. Read the "
        "list of signs that ask for help yourself."
    )
    return said or [Shown(nothing, "help", _("When to get help"))]


def _weight(assessment: Assessment, system: str) -> list[Shown]:
    weight = assessment["habits"]["weight"]
    if weight["n"]:
        words = ngettext(
            "You recorded one weight: %(latest)s kg on %(latest_day)s.",
            "You recorded %(n)s weights: %(first)s kg on %(first_day)s, %(latest)s kg on "
            "%(latest_day)s.",
            weight["n"],
        ) % {
            "n": weight["n"],
            "first": number_format(weight["first_kg"], 1),
            "first_day": _when(weight["first_day"]),
            "latest": number_format(weight["latest_kg"], 1),
            "latest_day": _when(weight["latest_day"]),
        }
        return [Shown(words)]
    link = _("Record a weight")
    if weight["profile_kg"] is not None:
        kg = number_format(weight["profile_kg"], 1)
        words = _("Your profile says %s kg, without a date; no weight was measured since.") % kg
        return [Shown(words, "measurement-add", link)]
    return [Shown(_("No weight was recorded yet."), "measurement-add", link)]


def _smoking(assessment: Assessment, system: str) -> list[Shown]:
    said = assessment["habits"]["smoking"]
    if said is None:
        words = _("Whether you smoke was not recorded yet.")
        first = [Shown(words, "profile-edit", _("Say so in your profile"))]
    else:
        first = [Shown(_("Your profile says: %s.") % str(labels.SMOKING[said]).lower())]
    return first + _changes(assessment, "stopped_smoking", "started_smoking")


def _posture(assessment: Assessment, system: str) -> list[Shown]:
    found = assessment["findings"]
    words = {
        "relieved_by_standing": _("Standing still eased the pain after %(n)s of %(of)s rests."),
        "relief_needs_sitting_or_bending": _(
            "Sitting or bending forward eased the pain and standing did not: %(n)s of %(of)s rests."
        ),
        "eased_by_bending_forward": _("Bending forward eased it: %(n)s of %(of)s entries."),
        "eased_by_sitting": _("Sitting eased it: %(n)s of %(of)s check-ins."),
        "worse_on_standing": _("Standing brought it on: %(n)s of %(of)s entries."),
    }
    said = [Shown(text % found[code]) for code, text in words.items() if found[code]["n"]]
    if said:
        return said
    if any(found[code]["of"] for code in words):
        return [Shown(_("No posture that you recorded eased the pain or brought it on."))]
    return [_walks(_("In which posture the pain eases was not recorded yet."))]


def _breaks(assessment: Assessment, system: str) -> list[Shown]:
    breaks = assessment["habits"]["breaks"]
    if not breaks["of"]:
        return [_walks(_("Too few walks with a distance to tell your long ones from the others."))]
    words = ngettext(
        "On %(n)s of your %(of)s walk longer than %(length)s you recorded a rest.",
        "On %(n)s of your %(of)s walks longer than %(length)s you recorded a rest.",
        breaks["of"],
    )
    return [Shown(words % {**breaks, "length": about(breaks["longer_than_m"], system)})]


def _activity(assessment: Assessment, system: str) -> list[Shown]:
    count = assessment["habits"]["walks_lately"]
    if not count:
        return [_walks(_("No walk was recorded in the 28 days up to your last entry."))]
    words = ngettext(
        "You recorded %s walk in the 28 days up to your last entry.",
        "You recorded %s walks in the 28 days up to your last entry.",
        count,
    )
    return [Shown(words % count)]


def _pattern(assessment: Assessment, system: str) -> list[Shown]:
    return [Shown(pattern.sentence(assessment, system), "pattern", _("See your pattern"))]


def _factor(assessment: Assessment, code: str) -> list[str]:
    return next((row["reasons"] for row in assessment["factors"] if row["factor"] == code), [])


def _changes(assessment: Assessment, *kinds: str) -> list[Shown]:
    """One sentence for each kind of change that was recorded."""
    return [
        Shown(
            ngettext(
                "You recorded under changes: %(what)s, on %(day)s.",
                "You recorded under changes: %(what)s, %(n)s times, last on %(day)s.",
                row["n"],
            )
            % {"what": labels.CHANGE_KINDS[row["kind"]], "n": row["n"], "day": _when(row["latest"])}
        )
        for row in assessment["habits"]["changes"]
        if row["kind"] in kinds
    ]


def _of_changes(*kinds: str) -> Callable[[Assessment, str], list[Shown]]:
    """The subject that is told by changes alone."""

    def told(assessment: Assessment, system: str) -> list[Shown]:
        names = ", ".join(str(labels.CHANGE_KINDS[kind]).lower() for kind in kinds)
        nothing = _("Not recorded under changes yet: %s.") % names
        return _changes(assessment, *kinds) or [
            Shown(nothing, "change-add", _("Record a change")),
        ]

    return told


SUBJECTS: dict[str, Callable[[Assessment, str], list[Shown]]] = {
    "stretching": _stretching,
    "footwear": _footwear,
    "sudden_load": _sudden_load,
    "lasting": _lasting,
    "flags": _flags,
    "weight": _weight,
    "smoking": _smoking,
    "posture": _posture,
    "breaks": _breaks,
    "activity": _activity,
    "pattern": _pattern,
    "strengthening": _of_changes("strengthening", "stretching", "physiotherapy"),
    "physiotherapy": _of_changes("physiotherapy", "supervised_exercise", "strengthening"),
    "injury": _of_changes("injury"),
    "medication": _of_changes("medication"),
    "orthotics": _of_changes("orthotics"),
    "surgery": _of_changes("surgery"),
}
