"""What does the diary show, in sentences with their numbers?"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.evidence.thresholds import LEAST_CONSISTENT, LEAST_ONSETS, OLD_DAYS
from diary.wording import around, cards, causes, labels, observation
from diary.wording.lengths import about, day, days_ago, duration
from diary.wording.onset_relief import onset_about, onset_told, relief_told
from diary.wording.readings import FACTORS, LEGS, PARTS

NOT_A_DIAGNOSIS = gettext_lazy(
    "This describes what you recorded. It is not a diagnosis, and it cannot rule anything out."
)


MEANING = gettext_lazy(
    "A claudication-style pattern is pain that comes after about the same distance of walking and "
    "eases with rest."
)


@dataclass(frozen=True)
class Said:
    """The sentence of a diary, and what always stands beside it."""

    state: str
    sentence: str
    meaning: str = ""  # of the name that the sentence gives the pattern
    figure: str = ""  # the key figure, set big
    figure_words: str = ""
    age: str = ""
    is_old: bool = False  # so that the page does not show how things are now
    walks_wanted: int = 0
    onsets: int = 0
    next_walk: str = ""
    next_why: str = ""
    cards: list[cards.Card] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """Everything that the Pattern page says."""

    said: Said
    basis: list[str]
    onset: list[str]
    relief: list[str]
    legs: list[tuple[str, str]]
    causes: list[causes.CauseCard]
    factors: list[str]
    changes: list[str]
    changes_limit: str
    limit: str

    @property
    def weighed(self) -> bool:
        """Whether anything that bears on a cause is recorded."""
        return any(cause.fits or cause.fits_not for cause in self.causes)


def summary(assessment: dict[str, Any], today: date, system: str) -> Said:
    """The sentence, the key figure and the next useful walk."""
    pattern, onset = assessment["pattern"], assessment["onset"]
    figure, figure_words = _figure(onset, system)
    next_walk, next_why = observation.next_walk(assessment["next_observation"])
    return Said(
        pattern["claudication"],
        sentence(assessment, system),
        str(MEANING) if pattern["claudication"] in ("present", "possible") else "",
        figure,
        figure_words,
        age(assessment, today),
        is_old(assessment, today),
        LEAST_CONSISTENT,
        onset["onsets"],
        next_walk,
        next_why,
        cards.of_flags(assessment["flags"]),
    )


def page(assessment: dict[str, Any], today: date, system: str) -> Page:
    """Everything the diary shows, in words."""
    return Page(
        summary(assessment, today, system),
        _basis(assessment),
        onset_told(assessment, system),
        relief_told(assessment),
        [
            (str(labels.SIDES[leg]), str(LEGS[assessment["pattern"]["legs"][leg]]))
            for leg in ("left", "right")
        ],
        [causes.cause_card(row) for row in assessment["causes"]],
        [str(FACTORS[factor["factor"]]) for factor in assessment["factors"]],
        around.before_and_after(assessment["changes"], system),
        around.limit(),
        str(NOT_A_DIAGNOSIS),
    )


def sentence(assessment: dict[str, Any], system: str) -> str:
    """What the diary shows, in one sentence with its numbers."""
    walks, onset = assessment["walks"], assessment["onset"]
    numbers = {
        "walks": walks["total"],
        "pain": walks["with_pain"],
        "onsets": onset["onsets"],
        "wanted": LEAST_CONSISTENT,
        "about": onset_about(onset, system),
        "relief": _eased(assessment["relief"]),
        "status": onset["status"],
        "more": _("More walks would make this clearer.")
        if onset["onsets"] < 2 * LEAST_CONSISTENT
        else _("Walks like these do not settle it."),
        "part": PARTS.get(onset["part_in_step"]),
    }
    return {"present": _present, "possible": _possible, "absent": _absent}.get(
        assessment["pattern"]["claudication"], _not_enough
    )(numbers)


def _present(numbers: dict[str, Any]) -> str:
    return (
        _(
            "Your diary shows a claudication-style pattern: the pain came on %(pain)s of %(walks)s "
            "walks, %(about)s, and %(relief)s."
        )
        % numbers
    )


def _possible(numbers: dict[str, Any]) -> str:
    if numbers["part"]:
        return (
            _(
                "Your diary may be showing a claudication-style pattern in one place: taken "
                "together your pains keep to no distance, but those of the %(part)s do. The pain "
                "came on %(pain)s of %(walks)s walks, and %(relief)s. %(more)s"
            )
            % numbers
        )
    if numbers["status"] == "insufficient_data":
        return (
            _(
                "Your diary may be showing a claudication-style pattern: the pain came on "
                "%(pain)s of %(walks)s walks, and %(relief)s. Whether it keeps to a distance "
                "cannot be said yet: about %(wanted)s walks are needed on which you note after how "
                "far it came; so far there are %(onsets)s."
            )
            % numbers
        )
    return (
        _(
            "Your diary may be showing a claudication-style pattern: the pain came on %(pain)s of "
            "%(walks)s walks, %(about)s, and %(relief)s. %(more)s"
        )
        % numbers
    )


def _absent(numbers: dict[str, Any]) -> str:
    return (
        _(
            "Your diary does not show a claudication-style pattern (pain at a consistent distance "
            "that rest eases): you recorded %(walks)s walks, %(pain)s of them with pain. That does "
            "not rule out any cause."
        )
        % numbers
    )


def _not_enough(numbers: dict[str, Any]) -> str:
    recorded = ngettext(
        "You recorded %(n)s walk.", "You recorded %(n)s walks.", numbers["walks"]
    ) % {"n": numbers["walks"]}
    told = (
        ngettext(
            "On %(n)s walk you noted after how far the pain came.",
            "On %(n)s walks you noted after how far the pain came.",
            numbers["onsets"],
        )
        % {"n": numbers["onsets"]}
        if numbers["onsets"]
        else _("On no walk yet did you note after how far the pain came.")
    )
    if not numbers["walks"]:
        told = _(
            "That is not enough yet to see a pattern: about %(wanted)s walks are needed on which "
            "you note after how far the pain came. It does not mean that nothing is wrong."
        )
        return f"{recorded} {told % numbers}"
    if numbers["onsets"] < numbers["wanted"]:
        enough = (
            _(
                "That is not enough yet to see a pattern: about %(wanted)s such walks are needed. "
                "It does not mean that nothing is wrong."
            )
            % numbers
        )
    else:
        enough = _(
            "Whether the pain keeps to a distance and rest eases it cannot be told from them yet. "
            "It does not mean that nothing is wrong."
        )
    return f"{recorded} {told} {enough}"


def _eased(relief: dict[str, Any]) -> str:
    if not relief["episodes"]:
        return _("how it eased was not recorded")
    if relief["median_s"] is None:
        return _("how long a rest took to ease it was not recorded")
    words = ngettext(
        "rest eased it in %(time)s (the middle of %(n)s rest)",
        "rest eased it in %(time)s (the middle of %(n)s rests)",
        relief["timed"],
    )
    return words % {
        "time": duration(relief["median_s"]),
        "n": relief["timed"],
    }


def _figure(onset: dict[str, Any], system: str) -> tuple[str, str]:
    """The middle distance with its interval; none where the pain keeps to no distance."""
    bounds = [onset["low_m"], onset["high_m"]]
    keeps = onset["status"] in ("consistent", "suggestive")
    if not onset["median_m"] or not keeps or None in bounds or onset["onsets"] < LEAST_ONSETS:
        return "", ""
    low, high = (about(bound, system) for bound in bounds)
    words = _(
        "is the middle distance before pain (likely %(low)s to %(high)s): %(onsets)s walks on "
        "which it came, %(censored)s without pain counted as lasting at least as long as they were"
    )
    return about(onset["median_m"], system), words % {**onset, "low": low, "high": high}


def is_old(assessment: dict[str, Any], today: date) -> bool:
    """Whether the last entry is too long ago to show how things are."""
    last = assessment["data"]["last_day"]
    return bool(last) and (today - date.fromisoformat(last)).days >= OLD_DAYS


def age(assessment: dict[str, Any], today: date) -> str:
    """When the last entry was, and whether that is too long ago to show how things are."""
    if not assessment["data"]["last_day"]:
        return ""
    last = date.fromisoformat(assessment["data"]["last_day"])
    if is_old(assessment, today):
        return _(
            "Your last entry was %(ago)s, on %(day)s. This page does not show how things are now."
        ) % {"ago": days_ago(last, today), "day": day(last)}
    return _("Last entry: %s.") % days_ago(last, today)


def _basis(assessment: dict[str, Any]) -> list[str]:
    walks, data = assessment["walks"], assessment["data"]
    said = [
        ngettext(
            "%(total)s walk counted: %(with_pain)s with pain, %(pain_free)s without, "
            "%(not_recorded)s where pain was not recorded.",
            "%(total)s walks counted: %(with_pain)s with pain, %(pain_free)s without, "
            "%(not_recorded)s where pain was not recorded.",
            walks["total"],
        )
        % walks
    ]
    if data["days_with_entries"]:
        said.append(
            ngettext(
                "Entries on %(days)s of %(span)s day.",
                "Entries on %(days)s of %(span)s days.",
                data["span_days"],
            )
            % {"days": data["days_with_entries"], "span": data["span_days"]}
        )
    if assessment["onset"]["since"]:
        said.append(
            _("The distances are told from the injury of %s on; walks before it are not counted.")
            % day(date.fromisoformat(assessment["onset"]["since"]))
        )
    return said
