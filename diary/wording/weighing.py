"""How is each cause's evidence told to a clinician, with its weight and its source?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.evidence.sources import SOURCES
from diary.wording import causes, findings

JUDGED = "judgement"
METHOD = gettext_lazy(
    "LR: likelihood ratio as counted here. Of findings that share one fact the strongest counts; "
    "each is capped at 8, risk factors together at 3, a cause at 20. Studies are small and their "
    "patients chosen: the numbers order what was recorded, and are no probability."
)


@dataclass(frozen=True)
class Item:
    """One finding, how many entries stand behind it, its likelihood ratio and its source."""

    text: str
    entries: str
    ratio: str
    source: str


@dataclass(frozen=True)
class Cause:
    """One cause: how far the diary fits, what is for it, against it, and not recorded."""

    code: str
    name: str
    support_code: str
    support: str
    total: str
    fits: list[Item]
    fits_not: list[Item]
    not_recorded: list[str]


@dataclass(frozen=True)
class Weighing:
    """All five causes, most supported first, and the publications behind the weights."""

    causes: list[Cause]
    sources: list[tuple[str, str]]
    method: str


def weighing(rows: Iterable[Mapping[str, Any]]) -> Weighing:
    """The five causes of an assessment."""
    rows = list(rows)
    used = dict.fromkeys(each["source"] for row in rows for each in [*row["for"], *row["against"]])
    return Weighing(
        [_cause(dict(row)) for row in rows],
        [(short(key), causes.cited(key)) for key in sorted(used)],
        str(METHOD),
    )


def _cause(row: dict[str, Any]) -> Cause:
    card = causes.cause_card(row)
    return Cause(
        card.code,
        card.name,
        card.support,
        card.support_word,
        total(row),
        [_item(evidence, point) for evidence, point in zip(row["for"], card.fits, strict=True)],
        [
            _item(evidence, point)
            for evidence, point in zip(row["against"], card.fits_not, strict=True)
        ],
        card.not_recorded,
    )


def _item(evidence: Mapping[str, Any], point: causes.Point) -> Item:
    told = ratio(evidence["weight"]) if evidence["weight"] else ""
    return Item(findings.said(dict(evidence)), point.entries, told, short(evidence["source"]))


def total(row: Mapping[str, Any]) -> str:
    """All findings of a cause together; nothing where none weighs."""
    n = len(row["for"]) + len(row["against"])
    if row["weight"] is None or not any(each["weight"] for each in [*row["for"], *row["against"]]):
        return ""
    words = ngettext("LR %(ratio)s, n = %(n)s finding", "LR %(ratio)s, n = %(n)s findings", n)
    return words % {"ratio": ratio(row["weight"]), "n": n}


def ratio(weight: float) -> str:
    """A weight, which is kept as a logarithm, as the likelihood ratio that clinicians know."""
    value = 10**weight
    digits = 0 if value >= 10 else 1 if value >= 1 else 2
    return formats.number_format(round(value, digits), digits)  # which by itself cuts off


def short(key: str) -> str:
    """A source as it stands beside a number: 'Khan 2006'."""
    if key == JUDGED:
        return _("judgement")
    first = SOURCES[key].citation.replace(",", " ").replace(".", " ").split()
    author = list(takewhile(lambda word: not word.isupper(), first)) or first[:1]
    year = key.rpartition("_")[2]
    return f"{' '.join(author[:2])} {year}" if year.isdigit() else " ".join(author[:2])
