"""Are the causes weighed by the published ratios, with their caps and conditions?"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diary.analytics.causes import causes, weighed
from diary.analytics.observed import NOT_RECORDED, Finding, State
from diary.evidence.likelihoods import FINDINGS, LIKELIHOODS
from diary.evidence.sources import SOURCES

NOTHING = dict.fromkeys(FINDINGS, NOT_RECORDED)
PAINFUL = ("w1", "w2", "w3", "w4")
FIVE = {
    "peripheral_artery_disease", "sciatica", "achilles_tendinopathy", "hamstring_strain",
    "muscle_imbalance",
}  # fmt: skip


def showing(*present: str, absent: tuple[str, ...] = ()) -> dict[str, Finding]:
    """Findings of which these are present, those absent and the rest never recorded."""
    yes = {code: Finding(State.PRESENT, 3, 4, ("w1",)) for code in present}
    no = {code: Finding(State.ABSENT, 0, 4, ("w1",)) for code in absent}
    assert yes.keys() | no.keys() <= NOTHING.keys()
    return NOTHING | yes | no


def rows(
    *present: str, absent: tuple[str, ...] = (), painful: tuple[str, ...] = PAINFUL
) -> dict[str, dict[str, Any]]:
    """The rows by cause, in their order."""
    found = causes(showing(*present, absent=absent), {"status": "insufficient_data"}, painful)
    return {row["cause"]: row for row in found}


def listed(row: dict[str, Any], side: str) -> dict[str, float]:
    return {each["finding"]: each["weight"] for each in row[side]}


PAD, SCIATICA = "peripheral_artery_disease", "sciatica"
ACHILLES, HAMSTRING = "achilles_tendinopathy", "hamstring_strain"
IMBALANCE = "muscle_imbalance"


def test_calf_pain_relieved_by_standing_adds_its_two_published_ratios() -> None:
    row = rows("calf_site", "relieved_by_standing")[PAD]
    assert listed(row, "for") == {"relieved_by_standing": 0.686, "calf_site": 0.489}
    assert row["weight"] == pytest.approx(math.log10(4.85 * 3.08), abs=1e-3)
    assert row["support"] == "strong"
    assert {each["source"] for each in row["for"]} == {"nadeau_2013"}


def test_one_fact_seen_three_ways_counts_once_by_its_strongest() -> None:
    row = rows(
        "relief_needs_sitting_or_bending", "eased_by_bending_forward", "eased_by_sitting",
        "buttock_or_thigh_site",
    )[SCIATICA]  # fmt: skip
    assert listed(row, "for") == {
        "relief_needs_sitting_or_bending": 0.806,
        "buttock_or_thigh_site": 0.322,
    }
    assert row["weight"] == pytest.approx(math.log10(6.4 * 2.1), abs=1e-3)


def test_no_factor_counts_for_more_than_a_ratio_of_eight() -> None:
    (only,) = weighed(SCIATICA, showing(absent=("worse_on_standing",)), "spinal_stenosis")
    assert only.weight == pytest.approx(-math.log10(8))  # Nadeau: 0.05, a ratio of 20


def test_no_row_counts_for_more_than_a_ratio_of_twenty() -> None:
    strong = rows("calf_site", "relieved_by_standing", "cold_foot", "low_ankle_pressure")[PAD]
    assert strong["weight"] == 1.301
    assert math.fsum(listed(strong, "for").values()) > 2


@pytest.mark.parametrize(
    ("present", "cause", "support"),
    [
        (("calf_site", "relieved_by_standing"), PAD, "strong"),
        (("calf_site", "relieved_within_10_min"), PAD, "moderate"),
        (("calf_site",), PAD, "weak"),
        (("cold_foot",), PAD, "weak"),  # 0.77, and one kind alone
        (("relieved_by_standing", "consistent_onset"), PAD, "weak"),  # 1.16 of behaviour alone
        (("achilles_site", "morning_stiffness", "eases_while_walking"), ACHILLES, "strong"),
        (("achilles_site", "morning_stiffness"), ACHILLES, "moderate"),
        (("back_of_thigh_site", "sudden_onset_event", "bruising"), HAMSTRING, "strong"),
        (("below_knee_radiation", "shooting_pain"), SCIATICA, "moderate"),
        (("pain_from_first_step",), PAD, "against"),
        (("smokes_now", "diabetes", "known_peripheral_artery_disease"), PAD, "weak"),
    ],
)
def test_support_follows_the_weight_and_two_kinds_of_finding(
    present: tuple[str, ...], cause: str, support: str
) -> None:
    assert rows(*present)[cause]["support"] == support


def test_risk_factors_together_count_for_a_ratio_of_three() -> None:
    risks = ("smokes_now", "diabetes", "age_65_or_more", "known_peripheral_artery_disease")
    row = rows(*risks)[PAD]
    assert row["weight"] == pytest.approx(math.log10(3), abs=2e-3)
    assert set(listed(row, "for")) == set(risks)


def test_arteries_are_no_default_below_fifty() -> None:
    pattern = ("calf_site", "relieved_by_standing", "consistent_onset", "age_under_50")
    assert rows(*pattern)[PAD]["support"] == "weak"
    assert rows(*pattern, "low_ankle_pressure")[PAD]["support"] == "strong"


def test_the_five_rows_are_always_there_and_an_empty_diary_weighs_none() -> None:
    found = rows(painful=())
    assert found.keys() == FIVE
    assert {row["support"] for row in found.values()} == {"insufficient_data"}
    assert {row["weight"] for row in found.values()} == {None}


def test_a_finding_that_says_neither_is_recorded_all_the_same() -> None:
    unclear = NOTHING | {"calf_site": Finding(State.UNCLEAR, 1, 3, ("w1",))}
    (row,) = [
        row
        for row in causes(unclear, {"status": "insufficient_data"}, PAINFUL)
        if row["cause"] == PAD
    ]
    assert (row["support"], row["weight"], row["for"], row["against"]) == ("none", 0.0, [], [])
    assert "calf_site" not in row["missing"]
    assert "relieved_by_standing" in row["missing"]


def test_muscle_imbalance_is_what_is_left_and_never_more_than_weak() -> None:
    left = rows(absent=("calf_site", "achilles_site", "back_of_thigh_site"))
    assert next(iter(left)) == IMBALANCE
    assert (left[IMBALANCE]["support"], left[IMBALANCE]["weight"]) == ("weak", 0.0)
    beside = rows("calf_site")
    assert next(iter(beside)) == PAD
    assert beside[IMBALANCE]["support"] == "none"
    assert rows(painful=("w1", "w2"))[IMBALANCE]["support"] == "none"


@pytest.mark.parametrize(
    ("present", "subtype"),
    [
        (("relief_needs_sitting_or_bending", "worse_on_standing"), "spinal_stenosis"),
        (("worse_on_sitting", "below_knee_radiation", "shooting_pain"), "disc_herniation"),
        (("worse_on_sitting", "below_knee_radiation", "pregnant"), "pregnancy"),
        (("numbness_or_tingling",), None),
        ((), None),
    ],
)
def test_sciatica_names_its_kind_where_the_diary_points_to_one(
    present: tuple[str, ...], subtype: str | None
) -> None:
    assert rows(*present)[SCIATICA]["subtype"] == subtype


def test_what_speaks_against_one_kind_of_sciatica_leaves_the_other() -> None:
    assert rows(absent=("worse_on_standing",))[SCIATICA]["support"] == "none"


def test_the_opposite_postures_of_disc_and_stenosis_are_not_set_against_each_other() -> None:
    disc = rows("worse_on_sitting", "below_knee_radiation", "numbness_or_tingling")[SCIATICA]
    assert disc["weight"] == pytest.approx(math.log10(2.0 * 2.0 * 1.6), abs=1e-3)
    assert disc["against"] == []


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(FINDINGS)), st.sampled_from(list(State)), max_size=25),
    st.sampled_from([(), PAINFUL]),
)
def test_the_rules_of_the_assessment_hold_for_any_findings(
    states: dict[str, State], painful: tuple[str, ...]
) -> None:
    found = NOTHING | {code: Finding(state, 1, 2, ("w1",)) for code, state in states.items()}
    ordered = causes(found, {"status": "inconsistent"}, painful)
    assert {row["cause"] for row in ordered} == FIVE
    weights = [row["weight"] for row in ordered if row["weight"] is not None]
    assert weights == sorted(weights, reverse=True)
    assert all(row["weight"] is None for row in ordered[len(weights) :])
    bounds = [("strong", 1.0), ("moderate", 0.5), ("weak", 0.1), ("none", -0.499), ("against", -2)]
    for row in ordered:
        kinds = {each["kind"] for each in row["for"]} - {"risk"}
        if row["support"] in ("strong", "moderate"):
            assert len(kinds) >= 2
        if row["cause"] == IMBALANCE:
            assert row["weight"] in (0.0, None)
            assert row["support"] in ("weak", "none", "insufficient_data")
        elif row["weight"] is not None:
            assert row["support"] == next(word for word, low in bounds if row["weight"] >= low)
        assert all(each["weight"] > 0 or row["cause"] == IMBALANCE for each in row["for"])
        assert all(each["weight"] < 0 for each in row["against"])
        assert {each["source"] for each in row["for"] + row["against"]} <= set(SOURCES)
        assert all(not found[code].recorded for code in row["missing"] if code in found)
    if ordered[0]["cause"] == IMBALANCE:
        assert not any((row["weight"] or 0) > 0 for row in ordered)


@pytest.mark.parametrize("cause", sorted(FIVE - {IMBALANCE}))
def test_what_speaks_for_a_cause_never_lowers_it(cause: str) -> None:
    for likelihood in LIKELIHOODS:
        if likelihood.cause == cause and (likelihood.present or 0) > 1:
            alone = weighed(cause, showing(likelihood.finding), likelihood.subtype)
            assert [each.weight > 0 for each in alone] == [True]


def test_every_row_of_the_evidence_has_a_source_a_known_finding_and_a_sane_ratio() -> None:
    for row in LIKELIHOODS:
        assert row.source in SOURCES
        assert row.finding in FINDINGS
        assert row.present or row.absent
        for ratio in (row.present, row.absent):
            assert ratio is None or 0.01 <= ratio <= 100
        if row.source == "judgement":
            small = [ratio for ratio in (row.present, row.absent) if ratio]
            assert all(0.2 <= ratio <= 3 for ratio in small)
    keys = [
        (row.cause, row.subtype, row.finding, bool(row.present), bool(row.absent))
        for row in LIKELIHOODS
    ]
    assert len(set(keys)) == len(keys)


def test_evidence_carries_its_n_and_its_entries() -> None:
    found = showing("calf_site")
    found["calf_site"] = replace(found["calf_site"], n=9, of=11, entries=("a", "b"))
    row = causes(found, {"status": "insufficient_data"}, PAINFUL)[0]
    assert row["for"][0]["entries"] == ["a", "b"]
    assert (row["for"][0]["n"], row["for"][0]["of"]) == (9, 11)
