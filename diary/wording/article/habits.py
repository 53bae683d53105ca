"""What does a diary show of habits and circumstances: shoes, weight, smoking, long walks?"""

from __future__ import annotations

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording import labels
from diary.wording.article.shown import Assessment, Shown, changes, factor, log_a_walk, when
from diary.wording.lengths import about


def stretching(assessment: Assessment, system: str) -> list[Shown]:
    """On how many walks there was stretching before and after, of those that say so or not."""
    habits = assessment["habits"]
    before, after = habits["stretched_before"], habits["stretched_after"]
    return [
        Shown(
            ngettext(
                "You stretched before %(n)s of %(of)s walk that says so or not.",
                "You stretched before %(n)s of %(of)s walks that say so or not.",
                before["of"],
            )
            % before
        )
        if before["of"]
        else log_a_walk(_("Whether you stretched before a walk was not recorded yet.")),
        Shown(
            ngettext(
                "You stretched after %(n)s of %(of)s walk that says so or not.",
                "You stretched after %(n)s of %(of)s walks that say so or not.",
                after["of"],
            )
            % after
        )
        if after["of"]
        else log_a_walk(_("Whether you stretched after a walk was not recorded yet.")),
    ]


def footwear(assessment: Assessment, system: str) -> list[Shown]:
    """How many kinds of shoe were named, whether one goes with more pain, and new ones."""
    worn = assessment["habits"]["footwear"]
    if not worn["of"]:
        said = [log_a_walk(_("What you wore on your feet was not recorded yet."))]
    else:
        pairs = ngettext("%(pairs)s kind of shoe", "%(pairs)s kinds of shoe", worn["pairs"])
        walks = ngettext("%(of)s walk", "%(of)s walks", worn["of"])
        named = {"pairs": pairs % worn, "walks": walks % worn}
        said = [Shown(_("You named %(pairs)s on %(walks)s.") % named)]
    if "more_pain_in_one_footwear" in factor(assessment, "footwear"):
        said.append(Shown(_("In one of them it hurt on clearly more walks than in the others.")))
    return said + changes(assessment, "footwear")


def sudden_load(assessment: Assessment, system: str) -> list[Shown]:
    """How many walks were suddenly longer, and new activities."""
    spikes = assessment["habits"]["sudden_load"]
    if not spikes["of"]:
        said = [
            log_a_walk(
                _(
                    "Walks cannot be compared yet: that needs two walks with a distance within 30 "
                    "days."
                )
            )
        ]
    else:
        words = ngettext(
            "%(n)s of %(of)s walk was more than a tenth longer than the longest of the 30 days "
            "before it.",
            "%(n)s of %(of)s walks were more than a tenth longer than the longest of the 30 days "
            "before.",
            spikes["of"],
        )
        last = _("The last one was on %s.") % when(spikes["latest"]) if spikes["n"] else ""
        said = [Shown(f"{words % spikes} {last}".strip())]
    return said + changes(assessment, "new_activity")


def weight(assessment: Assessment, system: str) -> list[Shown]:
    """The first and the latest weight that were recorded."""
    known, link = assessment["habits"]["weight"], _("Record a weight")
    if known["n"]:
        words = ngettext(
            "You recorded one weight: %(latest)s kg on %(latest_day)s.",
            "You recorded %(n)s weights: %(first)s kg on %(first_day)s, %(latest)s kg on "
            "%(latest_day)s.",
            known["n"],
        ) % {
            "n": known["n"],
            "first": number_format(known["first_kg"], 1),
            "first_day": when(known["first_day"]),
            "latest": number_format(known["latest_kg"], 1),
            "latest_day": when(known["latest_day"]),
        }
        return [Shown(words)]
    if known["profile_kg"] is not None:
        kg = number_format(known["profile_kg"], 1)
        words = _("Your profile says %s kg, without a date. No other weight was recorded yet.") % kg
        return [Shown(words, "measurement-add", link)]
    return [Shown(_("No weight was recorded yet."), "measurement-add", link)]


def smoking(assessment: Assessment, system: str) -> list[Shown]:
    """What the profile says of smoking, and when it was stopped or started."""
    said = assessment["habits"]["smoking"]
    if said is None:
        words = _("Whether you smoke was not recorded yet.")
        first = Shown(words, "profile-edit", _("Say so in your profile"))
    else:
        first = Shown(_("Your profile says: “%s”.") % labels.SMOKING[said])
    return [first, *changes(assessment, "stopped_smoking", "started_smoking")]


def breaks(assessment: Assessment, system: str) -> list[Shown]:
    """On how many of the longer walks a rest was recorded."""
    known = assessment["habits"]["breaks"]
    if not known["lengths"]:
        return [log_a_walk(_("The distance of a walk was not recorded yet."))]
    if known["longer_than_m"] is None:
        words = ngettext(
            "You recorded the distance of %(lengths)s walk. From %(wanted)s on, this page tells "
            "your long ones from the others.",
            "You recorded the distance of %(lengths)s walks. From %(wanted)s on, this page tells "
            "your long ones from the others.",
            known["lengths"],
        )
        return [log_a_walk(words % known)]
    middle = {**known, "length": about(known["longer_than_m"], system)}
    if not known["of"]:
        words = _("Of your %(lengths)s walks none is longer than their middle length, %(length)s.")
        return [Shown(words % middle)]
    words = _(
        "The middle length of your %(lengths)s walks is about %(length)s. You recorded a rest on "
        "%(n)s of the %(of)s longer ones. Rests are asked about only where it hurt."
    )
    return [Shown(words % middle)]


def activity(assessment: Assessment, system: str) -> list[Shown]:
    """How many walks were recorded lately, up to the last entry."""
    if not assessment["walks"]["total"]:
        return [log_a_walk(_("No walk was recorded yet."))]
    count = assessment["habits"]["walks_lately"]
    words = ngettext(
        "You recorded %(n)s walk in the 28 days up to %(day)s.",
        "You recorded %(n)s walks in the 28 days up to %(day)s.",
        count,
    )
    return [Shown(words % {"n": count, "day": when(assessment["as_of"])})]
