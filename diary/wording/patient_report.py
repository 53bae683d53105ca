"""What does the report of a shared diary say on paper, on one or two pages?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from diary.exchange.report_pdf import Cell, Chart, RedFlag, Report, Section, Table
from diary.wording import patient
from diary.wording.charts import Chart as Shown
from diary.wording.lengths import day
from diary.wording.weighing import Cause, Item


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
            Section(_("Leg by leg, and questionnaires"), bullets=_legs(page)),
            Section(
                _("Evidence for and against five causes"),
                paragraphs=[page.weighing.method],
                table=Table(
                    [_("Cause"), _("What was recorded")],
                    [[_named(cause), _cause(cause)] for cause in page.weighing.causes],
                ),
            ),
            Section(_("Check-ins and measurements"), bullets=_recorded(page)),
            *_more(page),
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
    counted = _(
        "%(walks)s walks, %(with_pain)s with pain; entries on %(days)s of %(span)s days."
    ) % {
        "walks": walks["total"],
        "with_pain": walks["with_pain"],
        "days": data["days_with_entries"],
        "span": data["span_days"],
    }
    return f"{page.limit} {page.period[0][1]}: {counted}"


def _chart(shown: Shown) -> Section:
    words = " ".join(shown.beside)
    return Section(
        shown.heading, paragraphs=[words], chart=Chart(str(shown.wide), f"{shown.heading}. {words}")
    )


def _legs(page: patient.Page) -> list[str]:
    return [*(f"{leg}: {words}" for leg, words in page.said.legs), page.edinburgh]


def _named(cause: Cause) -> str:
    return "\n".join(part for part in (cause.name, cause.support, cause.total) if part)


def _cause(cause: Cause) -> Cell:
    said = [
        (_("For:"), "; ".join(map(_item, cause.fits))),
        (_("Against:"), "; ".join(map(_item, cause.fits_not))),
        (_("Not recorded:"), "; ".join(cause.not_recorded)),
    ]
    return [(name, words) for name, words in said if words] or _("Nothing either way")


def _item(item: Item) -> str:
    weight = _("LR %(ratio)s, %(source)s") % {"ratio": item.ratio, "source": item.source}
    behind = [part for part in (item.entries, weight if item.ratio else item.source) if part]
    return f"{item.text} ({', '.join(behind)})"


def _recorded(page: patient.Page) -> list[str]:
    measured = [f"{kind}: {value}" for kind, value in page.measurements]
    return [
        " ".join(page.check_ins),
        "; ".join(page.signs),
        *(measured or [_("Nothing measured.")]),
    ]


def _more(page: patient.Page) -> list[Section]:
    said = page.said
    sections = []
    if said.changes:
        heading = _("Before and after what was changed")
        sections.append(Section(heading, paragraphs=[said.changes_limit], bullets=said.changes))
    if said.factors:
        heading = _("What was recorded that may play a part")
        sections.append(Section(heading, paragraphs=["; ".join(said.factors)]))
    return sections
