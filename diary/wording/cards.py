"""What is said at once when a sign needs help, action first?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from diary.evidence import red_flags
from diary.wording import labels
from diary.wording.lengths import day
from diary.wording.red_flags import language, red_flag, red_flag_lazy

# What to do, by urgency; numbers differ by country, so 112 stands beside the local ones.
ACTIONS = {
    "emergency": red_flag_lazy(
        "Get emergency help now. Call 999 (UK), 112 (Europe) or 911 (USA), or go to an emergency "
        "department. Do not wait for this diary."
    ),
    "same_day": red_flag_lazy(
        "Speak to a doctor today. Call your practice and say it is urgent, or the out-of-hours "
        "line where you live (111 in the UK)."
    ),
    "soon": red_flag_lazy("Make an appointment with your doctor within the next days."),
    "routine": red_flag_lazy("Tell your doctor or nurse about this at your next appointment."),
}
URGENCIES = {
    "emergency": red_flag_lazy("Emergency"),
    "same_day": red_flag_lazy("Same day"),
    "soon": red_flag_lazy("In the next days"),
    "routine": red_flag_lazy("At your next appointment"),
}
# Why: what such signs can mean, never that they do.
MEANINGS = {
    "acute_limb_ischaemia": red_flag_lazy(
        "These can be signs that blood no longer reaches the leg. Hours matter, even if it does "
        "not hurt much."
    ),
    "chronic_limb_threatening_ischaemia": red_flag_lazy(
        "These can be signs that the foot gets too little blood to heal or to rest."
    ),
    "deep_vein_thrombosis": red_flag_lazy(
        "These can be signs of a blood clot in a deep vein of the leg."
    ),
    "pulmonary_embolism": red_flag_lazy(
        "With or without a sore leg, these can be signs of a blood clot in the lung."
    ),
    "cauda_equina": red_flag_lazy(
        "These can be signs that the nerves at the end of the spine are being squeezed. Treatment "
        "within hours can prevent lasting harm."
    ),
    "progressive_weakness": red_flag_lazy(
        "New weakness can be a sign of a nerve in trouble that needs looking at."
    ),
    "tendon_or_muscle_rupture": red_flag_lazy("These can be signs of a torn tendon or muscle."),
    "infection_or_fracture": red_flag_lazy(
        "These can be signs of an infection, a broken bone or another illness that needs looking "
        "at."
    ),
    "cardiac_symptoms": red_flag_lazy("These can be signs of trouble with the heart."),
    "claudication_pattern": red_flag_lazy(
        "Pain that comes with walking and goes with rest is worth a check of the pulses in the "
        "feet and of the pressure at the ankle."
    ),
    "exertional_pain_in_a_younger_person": red_flag_lazy(
        "Leg pain that comes with effort before the age of 50 has causes of its own, in the "
        "vessels and in the muscles, that a clinician should look for."
    ),
    "severe_pain": red_flag_lazy("Pain this strong deserves a clinician's eye."),
    "persistent_pain": red_flag_lazy(
        "Leg pain that keeps coming back for more than a few days is worth an appointment."
    ),
    "swelling_or_numbness": red_flag_lazy(
        "Swelling or numbness together with leg pain is worth an appointment, however mild."
    ),
}
# Reasons of flags that are not signs of a check-in.
REASONS = {
    "distance_collapse": red_flag_lazy(
        "the distance before pain has fallen to half of what it was, or less"
    ),
    "atrial_fibrillation": red_flag_lazy("atrial fibrillation in your profile"),
    "aneurysm": red_flag_lazy("an aneurysm in your profile"),
    "recent_surgery_or_immobility": red_flag_lazy("surgery or bed rest lately"),
    "recent_surgery": red_flag_lazy("surgery lately"),
    "severe_pain_on_walk": red_flag_lazy("pain of 7 or more on a walk"),
    "severe_pain_at_rest": red_flag_lazy("pain of 7 or more at rest"),
    "painful_days": red_flag_lazy("pain on several days, over more than five days"),
    "age_under_50": red_flag_lazy("an age under 50"),
    "exertional_pain": red_flag_lazy("pain brought on by walking, on several walks"),
    "pattern_present": red_flag_lazy("pain at a consistent distance, eased by rest"),
    "pattern_possible": red_flag_lazy("pain that may come with distance and ease with rest"),
    "numbness_on_walk": red_flag_lazy("numbness on a walk"),
    "weakness_on_walk": red_flag_lazy("weakness of the leg on a walk"),
    "rest_or_night_pain_in_foot": red_flag_lazy("pain in the foot at rest or at night"),
}

# What only the person knows would make more haste of a reason that is no emergency by itself.
SUDDEN = red_flag_lazy("If it is new and came suddenly, do not wait: get emergency help now.")
HASTE = {
    **dict.fromkeys((*red_flags.LIMB_SIGNS, "severe_pain_at_rest"), SUDDEN),
    **dict.fromkeys(("numbness_on_walk", "weakness_on_walk"), SUDDEN),
    "rest_or_night_pain_in_foot": red_flag_lazy(
        "If it wakes you at night, or the foot has a wound, speak to a doctor today."
    ),
}


# What the page of all of them says besides, and every card.
PAGE = {
    "title": red_flag_lazy("When to get help"),
    "lead": red_flag_lazy(
        "Do not wait for this diary. It tells nobody, and it cannot tell whether something is "
        "serious."
    ),
    "end": red_flag_lazy(
        "A sign that is not on this list can need help too. If something worries you, ask."
    ),
}
TOLD_NOBODY = red_flag_lazy("This app has told nobody, and it cannot tell whether it is serious.")


@dataclass(frozen=True)
class Card:
    """What to do, and everything recorded that asks for it: what it was, and what it can mean."""

    urgency: str
    urgency_word: str
    action: str
    why: list[str]

    @property
    def told(self) -> str:
        return str(TOLD_NOBODY)

    @property
    def language(self) -> str:
        """The language of the card, which may be another than that of its page."""
        return language()


def of_flags(flags: Iterable[dict[str, Any]]) -> list[Card]:
    """The flags of an assessment as cards, one for each urgency, most urgent first."""
    by_urgency: dict[str, list[str]] = {}
    with translation.override(language()):
        for flag in flags:
            by_urgency.setdefault(flag["urgency"], []).append(_why(flag))
    return [
        Card(urgency, str(URGENCIES[urgency]), str(ACTIONS[urgency]), by_urgency[urgency])
        for urgency in red_flags.URGENCIES
        if urgency in by_urgency
    ]


def _why(flag: dict[str, Any]) -> str:
    what = listed(reason(code) for code in flag["reasons"])
    if flag["latest"]:
        latest = day(date.fromisoformat(str(flag["latest"])))
        recorded = red_flag("You recorded: %(what)s (last on %(day)s).") % {
            "what": what,
            "day": latest,
        }
    else:
        recorded = red_flag("You recorded: %s.") % what
    return f"{recorded} {_meaning(flag['flag'], flag['urgency'], flag['reasons'])}"


def _meaning(flag: str, urgency: str, reasons: Iterable[str]) -> str:
    """What it can mean; and, of what can wait for some days, when it cannot."""
    haste = dict.fromkeys(str(HASTE[each]) for each in reasons if each in HASTE)
    return " ".join([str(MEANINGS[flag]), *(haste if urgency == "soon" else ())])


def reason(code: str) -> str:
    """One reason of a flag, as it stands within a sentence."""
    text = str(REASONS.get(code) or labels.SIGNS[code])
    return text[0].lower() + text[1:] if code not in REASONS and not text.startswith("I ") else text


def listed(words: Iterable[str]) -> str:
    """Words in a row, as in a sentence."""
    parts = list(words)
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s and %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


@dataclass(frozen=True)
class Level:
    """All that is listed under one urgency on the help page."""

    urgency: str
    word: str
    action: str
    entries: list[dict[str, str]]  # the signs, and what they can mean


def by_level() -> list[Level]:
    """Every sign that asks for help, by urgency, for the page that is always there."""
    levels = []
    with translation.override(language()):
        told = [
            (
                rule.urgency,
                {
                    "signs": _signs(rule),
                    "meaning": _meaning(rule.flag, rule.urgency, rule.signs),
                },
            )
            for rule in red_flags.SIGN_RULES
        ]
    for urgency in red_flags.URGENCIES:
        entries = [entry for rule_urgency, entry in told if rule_urgency == urgency]
        if entries:
            levels.append(Level(urgency, str(URGENCIES[urgency]), str(ACTIONS[urgency]), entries))
    return levels


def help_page() -> dict[str, Any]:
    """What the list of all signs holds, wherever it is shown."""
    return {"levels": by_level(), "page": PAGE, "language": language()}


def _signs(rule: red_flags.SignRule) -> str:
    signs = [reason(sign) for sign in rule.signs]
    if rule.at_least > 1:
        return capfirst(red_flag("two of these: %s") % ", ".join(signs)) + "."
    if rule.one_sided:
        return capfirst(red_flag("%s, more on one side than the other") % listed(signs)) + "."
    either = (
        red_flag(" or ").join([", ".join(signs[:-1]), signs[-1]]) if len(signs) > 1 else signs[0]
    )
    return capfirst(either) + "."


def table() -> dict[str, Any]:
    """From signs to cards as data, so that a device applies it without a connection.

    A rule holds where `at_least` of its signs are there; `one_sided`: none counts that is on both
    sides. The mild signs raise theirs where no rule has them as a reason. `haste` is said besides
    of a sign that is to be looked at soon.
    """
    rules = [asdict(rule) for rule in red_flags.SIGN_RULES]
    signs = {sign for rule in red_flags.SIGN_RULES for sign in rule.signs}
    told = {rule["flag"] for rule in rules} | {red_flags.MILD_FLAG}
    return {
        "rules": rules,
        "mild": {
            "flag": red_flags.MILD_FLAG,
            "urgency": red_flags.MILD_URGENCY,
            "signs": red_flags.MILD_SIGNS,
        },
        "flags": [flag for flag in red_flags.FLAGS if flag in told],
        "urgencies": [
            {"urgency": each, "word": str(URGENCIES[each]), "action": str(ACTIONS[each])}
            for each in red_flags.URGENCIES
        ],
        "meanings": {flag: str(MEANINGS[flag]) for flag in red_flags.FLAGS if flag in told},
        "haste": {sign: str(HASTE[sign]) for sign in red_flags.LIMB_SIGNS},
        "reasons": {sign: reason(sign) for sign in sorted(signs | {*red_flags.MILD_SIGNS})},
        "recorded": _("You recorded: %s."),
        "listed": _("%(first)s and %(last)s"),
    }


# A card that says nothing yet, which a script fills in.
BLANK = Card("", "-", "-", ["-"])
