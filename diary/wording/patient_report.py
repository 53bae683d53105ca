"""What does the report of a shared diary say on paper, on one or two pages?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diary.exchange.report_pdf import Cell, Chart, RedFlag, Report, Section, Table
from diary.wording import patient
from diary.wording.charts import Chart as Shown
from diary.wording.lengths import day
from diary.wording.weighing import Cause, Item

# What two pages hold; the rest is on the screen, and the report says how much that is.
MOST_FOR, MOST_AGAINST, MOST_SIGNS, MOST_CHANGES = 2, 2, 2, 1


def report(
    page: patient.Page,
    assessment: dict[str, Any],
    shown: list[Shown],
    reader: tuple[str, str],
    today: date,
    system: str,
) -> Report:
    """The report for the person of a share, by their name and role."""
    said = page.said
    return Report(
        language=get_language() or "en-gb",
        title=_("Walking and leg-pain diary: what the patient recorded"),
        who=_who(page, reader, today),
        sentence=said.said.sentence,
        figure=said.said.figure,
        figure_words=said.said.figure_words,
        warnings=[RedFlag(card.action, card.why) for card in said.said.cards],
        sections=[
            *(_chart(chart) for chart in shown),
            Section(
                _("Evidence for and against five causes"),
                table=Table(
                    [
                        _("Cause"),
                        _("What was recorded (LR: likelihood ratio, capped; no probability)"),
                    ],
                    [[_named(cause), _cause(cause)] for cause in page.weighing.causes],
                ),
            ),
            Section(
                _("Legs, check-ins, measurements, changes"),
                bullets=[*_legs(page), *_recorded(page, assessment)],
            ),
        ],
        footer=_footer(page, assessment),
        method=_(
            "Distances: censored lognormal fit of first onsets, 95 % interval. Relief: middle of "
            "timed rests. Sentences with “you” are those that the patient reads."
        ),
        generated_on=today,
        page_of=_("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    )


def _who(page: patient.Page, reader: tuple[str, str], today: date) -> list[tuple[str, str]]:
    return [
        (_("Patient"), page.banner.title),
        page.period[0],
        (_("For"), ", ".join(part for part in reader if part)),
        (_("Made on"), day(today)),
    ]


def _footer(page: patient.Page, assessment: Mapping[str, Any]) -> str:
    """What a loose page must still say: self-reported, the period, n and completeness."""
    walks, data = assessment["walks"], assessment["data"]
    words = ngettext(
        "%(walks)s walk, %(with_pain)s with pain; entries on %(days)s of %(span)s days.",
        "%(walks)s walks, %(with_pain)s with pain; entries on %(days)s of %(span)s days.",
        walks["total"],
    )
    counted = words % {
        "walks": walks["total"],
        "with_pain": walks["with_pain"],
        "days": data["days_with_entries"],
        "span": data["span_days"],
    }
    if page.left_out:
        counted += " " + _("Left out: %s.") % page.left_out
    return f"{page.limit} {page.period[0][1]}: {counted}"


def _chart(shown: Shown) -> Section:
    words = " ".join(shown.beside)
    beside = shown.beside[-1] if shown.name == "onset" else words  # the rest stands on top
    return Section(
        shown.heading,
        paragraphs=[beside],
        chart=Chart(str(shown.wide), f"{shown.heading}. {words}"),
    )


def _legs(page: patient.Page) -> list[str]:
    said = {words for _leg, words in page.said.legs}
    if len(said) == 1:
        return [_("Both legs: %s.") % said.pop(), page.edinburgh]
    return [". ".join(f"{leg}: {words}" for leg, words in page.said.legs) + ".", page.edinburgh]


def _named(cause: Cause) -> str:
    support = f"{cause.support} ({cause.total})" if cause.total else cause.support
    return f"{cause.name}\n{support}"


def _cause(cause: Cause) -> Cell:
    said = [
        (_("For:"), _shortened([_item(each) for each in cause.fits], MOST_FOR)),
        (_("Against:"), _shortened([_item(each) for each in cause.fits_not], MOST_AGAINST)),
    ]
    return [(name, words) for name, words in said if words] or _("Nothing either way")


def _shortened(said: list[str], most: int) -> str:
    """The first of these, which weigh most, and how many more there are on the screen."""
    more = len(said) - most
    shown = "; ".join(said[:most])
    if more > 0:
        return _("%(shown)s; and %(more)s more.") % {"shown": shown, "more": more}
    return f"{shown}." if shown else ""


def _sentences(said: list[str], most: int) -> str:
    """The first of these sentences, and how many more there are on the screen."""
    more = len(said) - most
    return " ".join([*said[:most], *([_("And %s more on the screen.") % more] if more > 0 else [])])


def _item(item: Item) -> str:
    weight = _("LR %(ratio)s, %(source)s") % {"ratio": item.ratio, "source": item.source}
    behind = [part for part in (item.entries, weight if item.ratio else item.source) if part]
    return f"{item.text} ({', '.join(behind)})"


def _recorded(page: patient.Page, assessment: Mapping[str, Any]) -> list[str]:
    said = page.said
    measured = "; ".join(f"{kind}: {value}" for kind, value in page.measurements)
    told = [
        " ".join(page.check_ins),
        _signs(page.signs, assessment["check_ins"]["signs"]["ticked"]),
        f"{measured}." if measured else _("Nothing measured."),
    ]
    if said.changes:
        told.append(_sentences(said.changes, MOST_CHANGES))
    if said.factors:
        told.append(_("May play a part: %s.") % "; ".join(said.factors))
    return told


def _signs(said: list[str], ticked: list[dict[str, Any]]) -> str:
    """In how many check-ins they were answered, then every sign that wants help, and some more."""
    urgent = sum(row["urgency"] is not None for row in ticked)
    return _sentences([said[0], *(f"{sign}." for sign in said[1:])], 1 + max(urgent, MOST_SIGNS))
