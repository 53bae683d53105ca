"""How far does the diary fit each of the article's five causes?

Likelihood ratios are added as logarithms. Findings of one factor count once, by their strongest;
factors, risk factors together and the whole row are capped (see `evidence.likelihoods`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from diary.analytics.observed import Finding, State
from diary.evidence.likelihoods import (
    ACHILLES,
    AGAINST,
    CAUSES,
    DISC,
    FACTOR_CAP,
    FINDINGS,
    HAMSTRING,
    IMBALANCE,
    LIKELIHOODS,
    MODERATE,
    PAD,
    PREGNANCY,
    RISK_CAP,
    ROW_CAP,
    SCIATICA,
    STENOSIS,
    STRONG,
    WEAK,
    Kind,
    Likelihood,
)

# Just below 'moderate': as far as one kind of finding carries a cause.
MOST_OF_ONE_KIND = 0.49
KINDS_NEEDED = 2
# A subtype is named when it leads the other by a ratio of about 1.6 (judgement).
SUBTYPE_LEAD = 0.2
# Painful walks before 'no recognised pattern' is said of them (judgement).
LEAST_RESIDUAL = 3
# What makes arterial disease thinkable below 50 (clinical rule, judged): else it stays weak.
YOUNG_EXCEPTIONS = (
    "smokes_now", "diabetes", "known_peripheral_artery_disease", "low_ankle_pressure",
    "wound_not_healing",
)  # fmt: skip
SUBTYPES: Mapping[str, tuple[str | None, ...]] = {SCIATICA: (STENOSIS, DISC)}
SUPPORTS = ("strong", "moderate", "weak", "none", "against", "insufficient_data")
# Codes of which one stands for its factor when none was recorded.
ONE_OF_A_FACTOR = ("age", "smoking")
NOT_ASKED_FOR = ("suggestive_onset",)


@dataclass(frozen=True)
class Weighed:
    """What one finding added to a cause, in log10."""

    likelihood: Likelihood
    finding: Finding
    weight: float

    @property
    def factor(self) -> str:
        return FINDINGS[self.likelihood.finding].factor

    @property
    def kind(self) -> Kind:
        return FINDINGS[self.likelihood.finding].kind


def causes(
    findings: Mapping[str, Finding],
    onset: Mapping[str, Any],
    painful: tuple[str, ...],
    apart: Mapping[str, Mapping[str, Finding]] | None = None,
) -> list[dict[str, Any]]:
    """The five rows of the assessment, most supported first; `painful` are the walks that hurt.

    `apart` has the findings by which a cause is weighed where those of the whole leg mix two
    troubles. An empty diary gives five times 'insufficient_data'.
    """
    rows = [
        _row(cause, (apart or {}).get(cause, findings))
        for cause in (PAD, SCIATICA, ACHILLES, HAMSTRING)
    ]
    rows.append(_residual(rows, onset, painful))
    return sorted(rows, key=_rank)


def weighed(
    cause: str, findings: Mapping[str, Finding], subtype: str | None = None
) -> list[Weighed]:
    """What counts for and against a cause: one finding a factor, capped, the largest first."""
    strongest: dict[str, Weighed] = {}
    for likelihood in _likelihoods(cause, subtype):
        each = _weighed(likelihood, findings[likelihood.finding])
        if each and abs(each.weight) > abs(_weight_of(strongest.get(each.factor))):
            strongest[each.factor] = each
    return sorted(_risk_capped(strongest.values()), key=lambda each: -abs(each.weight))


def support(weight: float | None) -> str:
    """The word for a weight."""
    if weight is None:
        return "insufficient_data"
    if weight <= AGAINST:
        return "against"
    for word, least in (("strong", STRONG), ("moderate", MODERATE), ("weak", WEAK)):
        if weight >= least:
            return word
    return "none"


def _likelihoods(cause: str, subtype: str | None) -> list[Likelihood]:
    return [row for row in LIKELIHOODS if row.cause == cause and row.subtype in (None, subtype)]


def _weight_of(each: Weighed | None) -> float:
    return each.weight if each else 0.0


def _weighed(likelihood: Likelihood, finding: Finding) -> Weighed | None:
    ratio = {State.PRESENT: likelihood.present, State.ABSENT: likelihood.absent}.get(finding.state)
    if not ratio:
        return None
    return Weighed(likelihood, finding, max(-FACTOR_CAP, min(FACTOR_CAP, math.log10(ratio))))


def _risk_capped(rows: Iterable[Weighed]) -> list[Weighed]:
    """The rows with those of risk factors scaled so that together they stay within RISK_CAP."""
    rows = list(rows)
    together = abs(sum(each.weight for each in rows if each.kind is Kind.RISK))
    scale = min(1.0, RISK_CAP / together) if together else 1.0
    return [
        Weighed(each.likelihood, each.finding, each.weight * scale)
        if each.kind is Kind.RISK
        else each
        for each in rows
    ]


def _total(cause: str, rows: list[Weighed], findings: Mapping[str, Finding]) -> float:
    total = max(-ROW_CAP, min(ROW_CAP, math.fsum(each.weight for each in rows)))
    kinds = {each.kind for each in rows if each.weight > 0} - {Kind.RISK}
    if len(kinds) < KINDS_NEEDED or (cause == PAD and _young_without_cause(findings)):
        return min(total, MOST_OF_ONE_KIND)
    return total


def _young_without_cause(findings: Mapping[str, Finding]) -> bool:
    return findings["age_under_50"].state is State.PRESENT and not any(
        findings[code].state is State.PRESENT for code in YOUNG_EXCEPTIONS
    )


def _row(cause: str, findings: Mapping[str, Finding]) -> dict[str, Any]:
    """One cause; of sciatica's kinds the better supported one speaks for it."""
    kinds = [
        (_total(cause, rows, findings), subtype, rows)
        for subtype in SUBTYPES.get(cause, (None,))
        for rows in [weighed(cause, findings, subtype)]
    ]
    kinds.sort(key=lambda kind: -kind[0])
    total, subtype, rows = kinds[0]
    bearing = [row for row in LIKELIHOODS if row.cause == cause]
    weight = round(total, 3) if any(findings[row.finding].recorded for row in bearing) else None
    named = len(kinds) > 1 and total >= WEAK and total - kinds[1][0] >= SUBTYPE_LEAD
    if subtype == DISC and findings["pregnant"].state is State.PRESENT:
        subtype = PREGNANCY
    return {
        "cause": cause,
        "support": support(weight),
        "weight": weight,
        "subtype": subtype if named else None,
        "for": [_evidence(each) for each in rows if each.weight > 0],
        "against": [_evidence(each) for each in rows if each.weight < 0],
        "missing": _missing(bearing, findings),
    }


def _evidence(each: Weighed) -> dict[str, Any]:
    return {
        "finding": each.likelihood.finding,
        "state": str(each.finding.state),
        "weight": round(each.weight, 3),
        "entries": list(each.finding.entries),
        "source": each.likelihood.source,
        "n": each.finding.n,
        "of": each.finding.of,
        "kind": str(each.kind),
    }


def _missing(bearing: list[Likelihood], findings: Mapping[str, Finding]) -> list[str]:
    """The findings that were never recorded, one of each that a single answer would settle."""
    missing: dict[str, str] = {}
    for code in dict.fromkeys(row.finding for row in bearing):
        factor = FINDINGS[code].factor
        if not findings[code].recorded and code not in NOT_ASKED_FOR:
            missing.setdefault(factor if factor in ONE_OF_A_FACTOR else code, code)
    return list(missing.values())


def _residual(
    others: list[dict[str, Any]], onset: Mapping[str, Any], painful: tuple[str, ...]
) -> dict[str, Any]:
    """Muscle imbalance: what is left where nothing else is above 0, never a positive finding."""
    unexplained = not any((row["weight"] or 0) > 0 for row in others)
    said = [("no_recognised_pattern", painful)] if painful and unexplained else []
    if painful and onset["status"] == "inconsistent":
        said.append(("inconsistent_onset", painful))
    weak = unexplained and len(painful) >= LEAST_RESIDUAL
    return {
        "cause": IMBALANCE,
        "support": ("weak" if weak else "none") if painful else "insufficient_data",
        "weight": 0.0 if painful else None,
        "subtype": None,
        "for": [
            {
                "finding": finding,
                "state": str(State.PRESENT),
                "weight": 0.0,
                "entries": list(entries),
                "source": "judgement",
                "n": len(entries),
                "of": len(entries),
                "kind": str(Kind.BEHAVIOUR),
            }
            for finding, entries in said
        ],
        "against": [],
        "missing": [] if painful else ["no_recognised_pattern"],
    }


def _rank(row: Mapping[str, Any]) -> tuple[float, int, int]:
    weight = -math.inf if row["weight"] is None else row["weight"]
    return -weight, SUPPORTS.index(row["support"]), CAUSES.index(row["cause"])
