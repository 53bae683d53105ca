"""What does a clinician read of a diary that is shared with them, on one screen?

Sentences with 'you' are the patient's own page, word for word, and are marked so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.models.sharing import Share, share_end
from diary.wording import cards, labels, pattern, recorded
from diary.wording.clinic import FLAGS, named
from diary.wording.lengths import day, days_ago
from diary.wording.readings import EDINBURGH
from diary.wording.weighing import Weighing, weighing

LIMIT = gettext_lazy(
    "Self-reported. It describes a diary and makes no diagnosis. Nobody is alerted by what is "
    "written in it, and a day without an entry says nothing of that day."
)
PATIENTS_WORDS = gettext_lazy("Sentences with “you” are those that the patient reads.")
SHARED = {
    "summary": gettext_lazy("summary: what the diary shows, without its entries"),
    "entries": gettext_lazy("entries: every row, without notes"),
    "notes": gettext_lazy("entries with notes"),
}
# What the work list tells as a pattern, by its own name.
ALL_FLAGS = {
    **FLAGS,
    "claudication_pattern": gettext_lazy("claudication-style pattern"),
    "persistent_pain": gettext_lazy("persistent pain"),
    "exertional_pain_in_a_younger_person": gettext_lazy("exertional leg pain before 50"),
}
MIXED = gettext_lazy("measured in different ways over time, so not compared")


@dataclass(frozen=True)
class Banner:
    """Whose diary this is, and what of it may be seen: the same on every page and file."""

    uid: str
    name: str
    born: str
    title: str
    shared: str
    zone: str
    entries: bool  # whether rows may be seen
    notes: bool


@dataclass(frozen=True)
class Behind:
    """What stands behind a red flag: how many entries, and where the newest is among the rows."""

    text: str
    shape: str
    day: str


@dataclass(frozen=True)
class Page:
    """Everything that one screen says of a patient, rows and notes apart."""

    banner: Banner
    said: pattern.Page
    period: list[tuple[str, str]]
    behind: list[Behind]
    weighing: Weighing
    edinburgh: str
    left_out: str
    check_ins: list[str]
    signs: list[str]
    measurements: list[tuple[str, str]]
    limit: str


def banner(share: Share, birth_year: int | None) -> Banner:
    """The identity of a share's patient."""
    name = named(share)
    born = _("born %s") % birth_year if birth_year else _("year of birth not given")
    return Banner(
        str(share.uid),
        name,
        born,
        f"{name}, {born}",
        terms(share),
        share.diary.owner.time_zone,
        share.what in ("entries", "notes"),
        share.what == "notes",
    )


def terms(share: Share) -> str:
    """What the patient shares, with whom, from which day, until when."""
    said = {
        "who": share.name,
        "role": share.role,
        "what": SHARED[share.what],
        "until": day(share_end(share)),
    }
    if share.since is None:
        return _("Shared by the patient with %(who)s, %(role)s: %(what)s; every day; until "
                 "%(until)s.") % said  # fmt: skip
    return _("Shared by the patient with %(who)s, %(role)s: %(what)s; from %(since)s on; until "
             "%(until)s.") % {**said, "since": day(share.since)}  # fmt: skip


def page(
    share: Share,
    birth_year: int | None,
    assessment: dict[str, Any],
    by: Mapping[str, str],
    today: date,
    system: str,
) -> Page:
    """What an assessment of the shared days says, as of the patient's today.

    `by` tells of measurements that somebody else entered who that was.
    """
    said = pattern.page(assessment, today, system)
    return Page(
        banner(share, birth_year),
        said,
        period(assessment, today),
        [_behind(flag) for flag in assessment["flags"]],
        weighing(assessment["causes"]),
        edinburgh(assessment["pattern"]["edinburgh"]),
        left_out(assessment["data"]),
        recorded.check_ins(assessment["check_ins"]),
        recorded.signs(assessment["check_ins"]),
        [recorded.measured(row, by) for row in assessment["measurements"]],
        str(LIMIT),
    )


def period(assessment: Mapping[str, Any], today: date) -> list[tuple[str, str]]:
    """From when to when, how complete, how old, and how measured."""
    data = assessment["data"]
    doubtful = left_out(data)
    not_counted = [(_("Left out"), doubtful)] if doubtful else []
    if not data["first_day"]:
        nothing = _("No walks and no check-ins in the days that are shared")
        return [(_("Period"), nothing), *not_counted]
    first, last = (date.fromisoformat(data[name]) for name in ("first_day", "last_day"))
    return [
        (_("Period"), _("%(first)s to %(last)s") % {"first": day(first), "last": day(last)}),
        (_("Days with entries"), completeness(data)),
        (_("Last entry"), f"{days_ago(last, today)}, {day(last)}"),
        (_("Walks"), walks(assessment["walks"])),
        (_("Distances"), sources(data["distance_sources"], data["measuring_changed"])),
        *not_counted,
    ]


def left_out(data: Mapping[str, Any]) -> str:
    """The walks that count for nothing because nobody knows when they were; none says nothing."""
    count = data["clock_suspect"]
    words = ngettext(
        "%s walk, because its time is in doubt", "%s walks, because their time is in doubt", count
    )
    return words % count if count else ""


def edinburgh(read: Mapping[str, Any]) -> str:
    """What the Edinburgh questionnaire's rule makes of the entries."""
    said = str(EDINBURGH[read["result"]])
    if read["grade"] is None:
        return said
    grade = _("Grade %s.") % read["grade"]
    return f"{said} {grade}"


def completeness(data: Mapping[str, Any]) -> str:
    """On how many of how many days something was recorded."""
    return _("%(n)s of %(of)s") % {"n": data["days_with_entries"], "of": data["span_days"]}


def walks(counts: Mapping[str, int]) -> str:
    """How many walks, and what they say of pain."""
    words = _("%(total)s: %(with_pain)s with pain, %(pain_free)s without, %(not_recorded)s where "
              "pain was not recorded")  # fmt: skip
    return words % counts


def sources(counts: Mapping[str, int], mixed: bool) -> str:
    """How the distances were obtained, with the number of walks each."""
    told = ", ".join(
        f"{_in_sentence(labels.DISTANCE_SOURCES[source])} {n}" for source, n in counts.items()
    )
    return f"{told} ({MIXED})" if mixed else told or _("no walks")


def _in_sentence(label: Any) -> str:
    told = {
        str(labels.DISTANCE_SOURCES["known_route"]): _("route of known length"),
        str(labels.DISTANCE_SOURCES["estimated"]): _("patient's estimate"),
    }
    text = told.get(str(label), str(label))
    return text if text.startswith("GPS") else text[0].lower() + text[1:]


def _behind(flag: Mapping[str, Any]) -> Behind:
    """A flag's name, its entries and its newest day."""
    name = str(ALL_FLAGS[flag["flag"]])
    count = len(flag["entries"])
    said = ngettext("%(flag)s: %(n)s entry", "%(flag)s: %(n)s entries", count) % {
        "flag": name[0].upper() + name[1:],
        "n": count,
    }
    latest = str(flag["latest"] or "")
    if latest:
        said += ", " + _("last on %s") % day(date.fromisoformat(latest))
    return Behind(said, "check_in" if latest in flag["entries"] else "walk", latest)


def flags_in_words(flags: Iterable[Mapping[str, Any]]) -> str:
    """The raised flags in one line, the most urgent first, each with its newest day."""
    said = []
    for flag in flags:
        reasons = cards.listed(cards.reason(code) for code in flag["reasons"])
        latest = day(date.fromisoformat(str(flag["latest"]))) if flag["latest"] else _("no day")
        said.append(f"{cards.URGENCIES[flag['urgency']]}: {reasons} ({latest})")
    return "; ".join(said)
