"""Which days do the charts show, and of how many entries are they made?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.wording.lengths import day

PERIODS = {
    "all": gettext_lazy("Everything"),
    "quarter": gettext_lazy("Last 3 months"),
    "month": gettext_lazy("Last month"),
}


@dataclass(frozen=True)
class Period:
    """What the page says of the days that its charts show."""

    chosen: str
    choices: list[tuple[str, str]]
    sentence: str
    limit: str


def period(chosen: str, span: tuple[date, date] | None, assessment: Mapping[str, Any]) -> Period:
    """The choice, the days and the number of their entries; a limit where they are not all."""
    return Period(
        chosen,
        [(name, str(label)) for name, label in PERIODS.items()],
        _sentence(span, assessment),
        _(
            "The sentence above, what asks for help, the causes and everything else on this page "
            "are about your whole diary, not only about these days."
        )
        if span
        else "",
    )


def _sentence(span: tuple[date, date] | None, assessment: Mapping[str, Any]) -> str:
    walks, check_ins = assessment["walks"]["total"], assessment["check_ins"]["days"]
    made_of = _("%(walks)s and %(check_ins)s") % {
        "walks": ngettext("%s walk", "%s walks", walks) % walks,
        "check_ins": ngettext("%s check-in", "%s check-ins", check_ins) % check_ins,
    }
    if span is None:
        return _("The charts show your whole diary: %s.") % made_of
    return _("The charts show %(first)s to %(last)s: %(made_of)s.") % {
        "first": day(span[0]),
        "last": day(span[1]),
        "made_of": made_of,
    }
