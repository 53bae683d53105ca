"""How is one sentence about the diary put, with the page where more of it is recorded?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diary.wording import labels
from diary.wording.lengths import day

Assessment = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """One sentence about the diary, and the page where more of it is recorded or read."""

    text: str
    link: str = ""  # the name of an address
    link_text: str = ""


def log_a_walk(text: str) -> Shown:
    """A sentence on something that walks would tell."""
    return Shown(text, "walk-add", _("Log a walk"))


def when(value: Any) -> str:
    """A date of an assessment, in words."""
    return day(date.fromisoformat(str(value)))


def changes(assessment: Assessment, *kinds: str) -> list[Shown]:
    """One sentence for each kind of change that was recorded; none for the others."""
    return [
        Shown(
            ngettext(
                "You recorded under changes: %(what)s, on %(day)s.",
                "You recorded under changes: %(what)s, %(n)s times, last on %(day)s.",
                row["n"],
            )
            % {"what": labels.CHANGE_KINDS[row["kind"]], "n": row["n"], "day": when(row["latest"])}
        )
        for row in assessment["habits"]["changes"]
        if row["kind"] in kinds
    ]


def changes_or_none(assessment: Assessment, *kinds: str) -> list[Shown]:
    """The same, or that none of these changes was recorded."""
    names = ", ".join(str(labels.CHANGE_KINDS[kind]).lower() for kind in kinds)
    nothing = _("Not recorded under changes yet: %s.") % names
    return changes(assessment, *kinds) or [Shown(nothing, "change-add", _("Record a change"))]


def factor(assessment: Assessment, code: str) -> list[str]:
    """Why something may contribute; empty where it was not found."""
    return next((row["reasons"] for row in assessment["factors"] if row["factor"] == code), [])
