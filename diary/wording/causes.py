"""How does a page speak of each of the five causes?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.evidence.sources import SOURCES
from diary.wording import findings

NAMES = {
    "peripheral_artery_disease": gettext_lazy("Peripheral artery disease"),
    "sciatica": gettext_lazy("Sciatica"),
    "achilles_tendinopathy": gettext_lazy("Achilles tendinopathy (tendonitis)"),
    "hamstring_strain": gettext_lazy("Hamstring strain"),
    "muscle_imbalance": gettext_lazy("Muscle imbalance"),
}
ABOUT = {
    "peripheral_artery_disease": gettext_lazy(
        "Narrowed arteries bring too little blood to the muscles. They ache or cramp with walking "
        "and settle with rest. Many people with it feel something else, or nothing."
    ),
    "sciatica": gettext_lazy(
        "A nerve from the lower back is pressed or irritated, by a slipped disc, a narrowed spine "
        "or in pregnancy. Pain, numbness or tingling can run down the leg."
    ),
    "achilles_tendinopathy": gettext_lazy(
        "The tendon above the heel is overloaded. The first steps hurt most, it often warms up, "
        "and it can be stiff in the morning."
    ),
    "hamstring_strain": gettext_lazy(
        "A muscle at the back of the thigh is pulled, most often in one moment that people "
        "remember."
    ),
    "muscle_imbalance": gettext_lazy(
        "Some muscles weaker or tighter than others are said to load the leg unevenly. A diary "
        "cannot show this: it is what remains when nothing else stands out."
    ),
}
SUBTYPES = {
    "spinal_stenosis": gettext_lazy("nearer to a narrowed spine (spinal stenosis)"),
    "disc_herniation": gettext_lazy("nearer to a slipped disc"),
    "pregnancy": gettext_lazy("in pregnancy"),
}
# What all onsets show together, and no single one of them.
JUDGED_TOGETHER = ("consistent_onset", "suggestive_onset", "inconsistent_onset")
SUPPORT = {
    "strong": gettext_lazy("Much in your diary fits"),
    "moderate": gettext_lazy("Several things in your diary fit"),
    "weak": gettext_lazy("A little in your diary fits"),
    "none": gettext_lazy("Your diary says little either way"),
    "against": gettext_lazy("More in your diary speaks against it than for it"),
    "insufficient_data": gettext_lazy("Not enough recorded yet"),
}


@dataclass(frozen=True)
class Point:
    """One finding in words, and how many entries stand behind it."""

    text: str
    entries: str


@dataclass(frozen=True)
class CauseCard:
    """One cause: what fits, what does not, what was not recorded."""

    code: str
    name: str
    about: str
    support: str
    support_word: str
    fits: list[Point]
    fits_not: list[Point]
    not_recorded: list[str]
    sources: list[str]


def cause_card(row: dict[str, Any]) -> CauseCard:
    """The card of one row of an assessment's causes."""
    word = str(SUPPORT[row["support"]])
    subtype = row.get("subtype")
    return CauseCard(
        row["cause"],
        str(NAMES[row["cause"]]),
        str(ABOUT[row["cause"]]),
        row["support"],
        f"{word}: {SUBTYPES[subtype]}" if subtype in SUBTYPES else word,
        [_point(evidence) for evidence in row["for"]],
        [_point(evidence) for evidence in row["against"]],
        findings.wanted(row["missing"]),
        list(dict.fromkeys(cited(each["source"]) for each in [*row["for"], *row["against"]])),
    )


def _point(evidence: dict[str, Any]) -> Point:
    n, of = evidence.get("n"), evidence.get("of")
    if evidence["finding"] in JUDGED_TOGETHER:
        count = len(evidence["entries"])
        return Point(
            findings.said(evidence),
            ngettext("judged over %s walk", "judged over %s walks", count) % count,
        )
    if n is not None and of is not None and evidence.get("state") == "absent":
        n = of - n  # how many say what the sentence says
    if n is not None and of is not None and of > 1:
        behind = _("%(n)s of %(of)s") % {"n": n, "of": of}
    else:
        count = len(evidence["entries"])
        behind = ngettext("%s entry", "%s entries", count) % count if count else ""
    return Point(findings.said(evidence), behind)


def cited(key: str) -> str:
    """The publication behind a weight."""
    if key == "judgement":
        return _("Some small weights are our judgement, because no study was found.")
    return SOURCES[key].citation
