"""Does the assessment hold still under everything that says nothing new?"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from diary import rules
from diary.analytics.assess import assess
from diary.analytics.columns import DiaryFrames, frames_of_document
from diary.demo import documents as demo_documents
from diary.evidence.red_flags import SIGN_RULES, URGENCIES
from diary.exchange import document as diary_file
from diary.rules import Row
from diary.units import METRES_IN, in_unit, metres
from tests.pure.builders import diary, painful
from tests.pure.documents import MOST_WALKS, NOTES, document

# A number on the way that is none must not be passed over with a warning.
pytestmark = pytest.mark.filterwarnings("error::RuntimeWarning")

SHARED = Path(__file__).resolve().parents[3] / "shared/design"
LAST_DAY = date(2026, 4, 20)
DEMO = demo_documents(LAST_DAY)
LISTS = ("walks", "check_ins", "changes", "measurements")
SEEDED = st.builds(
    lambda seed, walks: document(Random(seed), walks),
    st.integers(0, 2**32),
    st.integers(0, MOST_WALKS),
)
DOCUMENTS = SEEDED | SEEDED | SEEDED | st.sampled_from(list(DEMO.values()))
RED_SIGNS = sorted({sign for rule in SIGN_RULES for sign in rule.signs})

some = settings(
    max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def frames(whole: Row) -> DiaryFrames:
    return frames_of_document(rules.document_checked(whole))


def assessed(whole: Row, as_of: date | None = None) -> dict[str, Any]:
    return assess(frames(whole), as_of)


def changed(whole: Row, change: Callable[[str, Row], Row]) -> Row:
    """A copy of a document with every row replaced by what `change` makes of its list and it."""
    out = copy.deepcopy(whole)
    for name in LISTS:
        if name in out:
            out[name] = [change(name, row) for row in out[name]]
    return out


def validator(name: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((SHARED / f"{name}.schema.json").read_text())
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, format_checker=checker)


contract = pytest.mark.skipif(
    not SHARED.exists(), reason="the shared contract is not beside this clone"
)


# What the tests of this file stand on.


@contract
@some
@given(DOCUMENTS)
def test_every_document_made_here_is_one_that_the_contract_allows(whole: Row) -> None:
    """Without what came later: known routes, and lines that were walked."""
    first = {name: rows for name, rows in whole.items() if name != "routes"}
    first["walks"] = [
        {name: value for name, value in row.items() if name != "track"}
        for row in whole.get("walks", ())
    ]
    assert list(validator("diary-document").iter_errors(first)) == []


# Left and right.


def other_side(side: Any) -> Any:
    return {"left": "right", "right": "left"}.get(side, side)


def mirrored(name: str, row: Row) -> Row:
    """A row with left and right exchanged, in its pains and in what was measured."""
    out = dict(row)
    if "side" in out:
        out["side"] = other_side(out["side"])
    if out.get("pain"):
        out["pain"] = [mirrored("pain", pain) for pain in out["pain"]]
    if name == "measurements":
        out["kind"] = "_".join(other_side(word) for word in out["kind"].split("_"))
    return out


@some
@given(DOCUMENTS)
def test_left_for_right_changes_the_legs_and_nothing_else(whole: Row) -> None:
    found, other = assessed(whole), assessed(changed(whole, mirrored))
    legs, other_legs = found["pattern"].pop("legs"), other["pattern"].pop("legs")
    measured, others = found.pop("measurements"), other.pop("measurements")
    assert other == found
    assert other_legs == {"left": legs["right"], "right": legs["left"]}
    swapped = [mirrored("measurements", row) for row in measured]
    assert sorted(others, key=str) == sorted(swapped, key=str)


# Units.

LENGTHS = ("distance_m", "onset_distance_m", "stopped_distance_m", "ascent_m")


def with_lengths(row: Row, change: Callable[[float], float]) -> Row:
    """A row of the diary with every length of it changed."""
    out = {
        name: change(value) if name in LENGTHS and value is not None else value
        for name, value in row.items()
    }
    if out.get("pain"):
        out["pain"] = [with_lengths(pain, change) for pain in out["pain"]]
    return out


@settings(some, max_examples=300)
@given(st.integers(0, rules.LONGEST_DISTANCE_M * 1000), st.sampled_from(list(METRES_IN)))
def test_a_length_comes_back_from_any_unit_to_the_millimetre(millimetres: int, unit: str) -> None:
    length_m = millimetres / 1000
    assert metres(in_unit(length_m, unit), unit) == length_m


@pytest.mark.parametrize(
    ("amount", "unit", "length_m"),
    [(1, "m", 1), (1.5, "km", 1500), (1, "yd", 0.914), (220, "yd", 201.168), (1, "mi", 1609.344)],
)
def test_units_are_as_long_as_their_definitions_say(
    amount: float, unit: str, length_m: float
) -> None:
    assert metres(amount, unit) == length_m


@some
@given(DOCUMENTS, st.sampled_from(["yd", "mi", "km"]))
def test_metres_that_came_through_another_unit_and_back_change_nothing(
    whole: Row, unit: str
) -> None:
    through = changed(
        whole, lambda _name, row: with_lengths(row, lambda far: metres(in_unit(far, unit), unit))
    )
    assert assessed(through) == assessed(whole)


@some
@given(DOCUMENTS, st.sampled_from(["yd", "mi", "km"]))
def test_entry_to_the_centimetre_moves_no_median_by_more_than_entry_can(
    whole: Row, unit: str
) -> None:
    """Of lengths that are no round numbers: how round they are tells how well they are known."""

    def odd(length_m: float) -> float:
        return length_m + 0.37

    def typed(length_m: float) -> float:
        return metres(round(in_unit(odd(length_m), unit), 2 if unit == "yd" else 5), unit)

    before = assessed(changed(whole, lambda _name, row: with_lengths(row, odd)))["onset"]
    after = assessed(changed(whole, lambda _name, row: with_lengths(row, typed)))["onset"]
    assert (before["onsets"], before["censored"]) == (after["onsets"], after["censored"])
    assert (before["median_m"] is None) == (after["median_m"] is None)
    if before["median_m"] is not None:
        assert after["median_m"] == pytest.approx(before["median_m"], abs=0.3, rel=0.005)


def test_hundreds_of_yards_are_as_rough_as_hundreds_of_metres() -> None:
    onsets = (200, 300, 300, 400, 300, 200, 300, 400, 300, 200)

    def middle(unit: str) -> float:
        walks = [
            painful(metres(far, unit), day, distance_source="gps") for day, far in enumerate(onsets)
        ]
        return in_unit(assess(diary(walks))["onset"]["median_m"], unit)

    assert middle("yd") == pytest.approx(middle("m"), rel=0.01)


# Order, and what is left unsaid.


def shuffled(whole: Row, rng: random.Random) -> Row:
    """The same rows and fields in another order; the order of a walk's pains means something."""

    def keys(row: Any) -> Any:
        if isinstance(row, list):
            return [keys(each) for each in row]
        if not isinstance(row, dict):
            return row
        return {name: keys(row[name]) for name in rng.sample(list(row), len(row))}

    return keys(
        {
            name: rng.sample(rows, len(rows)) if name in LISTS else rows
            for name, rows in whole.items()
        }
    )


@some
@given(DOCUMENTS, st.integers(0, 1000))
def test_the_order_of_rows_and_of_fields_changes_nothing(whole: Row, seed: int) -> None:
    assert assessed(shuffled(whole, Random(seed))) == assessed(whole)


@some
@given(DOCUMENTS)
def test_null_is_as_good_as_absent(whole: Row) -> None:
    def plainly(row: Row) -> Row:
        out = {name: value for name, value in row.items() if value is not None}
        if out.get("pain"):
            out["pain"] = [plainly(pain) for pain in out["pain"]]
        return out

    spoken = changed(whole, lambda _name, row: plainly(row))
    if "profile" in spoken:
        spoken["profile"] = plainly(spoken["profile"])
    assert assessed(spoken) == assessed(whole)


# Notes.


@some
@given(DOCUMENTS, st.sampled_from(NOTES) | st.text(st.characters(codec="utf-8"), max_size=40))
def test_no_note_changes_anything(whole: Row, note: str) -> None:
    note = note.replace("\x00", "")
    noted = changed(whole, lambda _name, row: row | {"notes": note})
    bare = changed(
        whole, lambda _name, row: {name: value for name, value in row.items() if name != "notes"}
    )
    assert assessed(noted) == assessed(whole) == assessed(bare)


# Files.


@some
@given(DOCUMENTS)
def test_a_diary_written_to_a_file_and_read_back_twice_says_the_same(whole: Row) -> None:
    clean = rules.document_checked(whole)
    data = diary_file.dumped(clean)
    again = diary_file.loaded(data)
    assert diary_file.dumped(again) == data
    assert assess(frames_of_document(again)) == assess(frames_of_document(clean))


@some
@given(DOCUMENTS)
def test_a_document_that_holds_every_row_twice_is_refused_row_by_row(whole: Row) -> None:
    doubled = {
        name: [*rows, *copy.deepcopy(rows)] if name in LISTS else rows
        for name, rows in whole.items()
    }
    expected = set()
    for name in LISTS:
        key = "date" if name == "check_ins" else "id"
        rows = whole.get(name, [])
        expected |= {
            (f"{name}[{len(rows) + index}].{key}", f"repeated_{key}")
            for index, row in enumerate(rows)
            if row.get(key) is not None
        }
    try:
        rules.document_checked(doubled)
        faults = set()
    except rules.Refused as refused:
        faults = {(fault.path, fault.code) for fault in refused.faults}
    assert faults == expected


# Red flags.


def last_day_of(whole: Row) -> date:
    last = frames(whole).last_day
    assume(last is not None)
    assert last is not None
    return last


def with_check_in(whole: Row, day: date, **said: Any) -> Row:
    """The diary with more said in the check-in of a day, or with one that says it."""
    out = copy.deepcopy(whole)
    rows = out.setdefault("check_ins", [])
    row = next((row for row in rows if row["date"] == day.isoformat()), None)
    if row is None:
        row = {"date": day.isoformat()}
        rows.append(row)
    signs = [*(row.get("signs") or []), *said.pop("signs", [])]
    row.update(said)
    if signs:
        row["signs"] = list(dict.fromkeys(signs))
    return out


def urgency_of(flags: Iterable[Row]) -> int:
    """How urgent the most urgent is: the lower, the sooner."""
    return min((URGENCIES.index(row["urgency"]) for row in flags), default=len(URGENCIES))


# The mild flag gives way to a graver one that has the same sign, on a walk or in a check-in.
GIVES_WAY = {"swelling_or_numbness"}
SAME_SIGN = {"numbness_on_walk": "numbness"}


def nothing_is_silenced(before: Row, after: Row) -> None:
    """No flag has gone or is less urgent, none has lost a reason or an entry."""
    assert urgency_of(after["flags"]) <= urgency_of(before["flags"])
    left = {row["flag"]: row for row in after["flags"]}
    reasons = {reason for row in after["flags"] for reason in row["reasons"]}
    for row in before["flags"]:
        if row["flag"] in GIVES_WAY and row["flag"] not in left:
            assert {SAME_SIGN.get(reason, reason) for reason in row["reasons"]} <= reasons
            continue
        now = left[row["flag"]]
        assert URGENCIES.index(now["urgency"]) <= URGENCIES.index(row["urgency"])
        if row["flag"] not in GIVES_WAY:
            assert set(row["reasons"]) <= set(now["reasons"])
            assert set(row["entries"]) <= set(now["entries"])


@settings(some, max_examples=25)
@given(DOCUMENTS, st.lists(st.sampled_from(RED_SIGNS), min_size=1, max_size=3, unique=True))
def test_one_more_red_sign_silences_nothing(whole: Row, signs: list[str]) -> None:
    day = last_day_of(whole)
    before, after = assessed(whole, day), assessed(with_check_in(whole, day, signs=signs), day)
    nothing_is_silenced(before, after)


@pytest.mark.parametrize("sign", RED_SIGNS)
def test_no_single_red_sign_silences_anything_in_the_diaries_of_the_demo(sign: str) -> None:
    for whole in DEMO.values():
        before = assessed(whole, LAST_DAY)
        nothing_is_silenced(
            before, assessed(with_check_in(whole, LAST_DAY, signs=[sign]), LAST_DAY)
        )


@some
@given(DOCUMENTS, st.integers(7, 10))
def test_severe_pain_at_rest_silences_nothing(whole: Row, worst: int) -> None:
    day = last_day_of(whole)
    after = assessed(with_check_in(whole, day, pain_at_rest=worst), day)
    nothing_is_silenced(assessed(whole, day), after)
    assert "severe_pain" in {row["flag"] for row in after["flags"]}


@some
@given(DOCUMENTS, st.integers(7, 10))
def test_severe_pain_on_a_walk_silences_nothing(whole: Row, worst: int) -> None:
    day = last_day_of(whole)
    worse = copy.deepcopy(whole)
    hurting = [row for row in worse.get("walks", ()) if row.get("pain")]
    assume(hurting and not hurting[-1].get("clock_suspect"))
    hurting[-1]["pain"][-1]["intensity"] = worst
    after = assessed(worse, day)
    nothing_is_silenced(assessed(whole, day), after)
    assert "severe_pain" in {row["flag"] for row in after["flags"]}


# One more long walk without pain.


def longer(onset: Row, than: Row) -> bool:
    """Whether a median is at least another; one that was not reached is longer than any."""
    if onset["median_m"] is None:
        return onset["estimate"] == "not_reached"
    if than["median_m"] is None:
        return than["estimate"] != "not_reached"
    return onset["median_m"] >= than["median_m"]


@settings(some, max_examples=40)
@given(DOCUMENTS, st.sampled_from([1, 100, 1000]))
def test_a_longer_walk_without_pain_never_shortens_the_median(whole: Row, more_m: int) -> None:
    day = last_day_of(whole)
    before = assessed(whole, day)["onset"]
    assume(before["estimate"] != "none" and before["trend"]["ratio_per_30_days"] is None)
    walks = whole["walks"]
    furthest_m = max(
        (far or 0 for row in walks for far in _lengths_of(row)),
        default=0,
    )
    free = {
        "id": "ffffffff-0000-4000-8000-000000000000",
        "started_at": f"{day.isoformat()}T12:00:00Z",
        "time_zone": "UTC",
        "distance_m": min(furthest_m + more_m, rules.LONGEST_DISTANCE_M),
        "distance_source": walks[-1].get("distance_source"),
        "terrain": "flat",
        "pace": "ordinary",
        "walking_aid": "none",
        "pain": [],
    }
    after = assessed(whole | {"walks": [*walks, free]}, day)["onset"]
    assume(after["trend"]["ratio_per_30_days"] is None)
    assert after["censored"] == before["censored"] + 1
    assert longer(after, before)


def _lengths_of(row: Row) -> list[float | None]:
    pains = row.get("pain") or ()
    return [row.get("distance_m"), *(pain.get("onset_distance_m") for pain in pains)]


# The contract, and numbers with what they rest on.


@contract
@settings(some, max_examples=25)
@given(DOCUMENTS)
def test_every_assessment_is_plain_json_and_keeps_the_contract(whole: Row) -> None:
    found = assessed(whole)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert [error.message for error in validator("assessment").iter_errors(found)] == []


def in_order(*numbers: float | None) -> bool:
    """Whether numbers rise or stay, those that are not known left out."""
    known = [number for number in numbers if number is not None]
    return known == sorted(known)


@settings(some, max_examples=25)
@given(DOCUMENTS)
def test_numbers_agree_with_one_another_and_with_what_they_are_counted_from(whole: Row) -> None:
    found = assessed(whole)
    walks, onset, relief = found["walks"], found["onset"], found["relief"]
    trend, recurrence = onset["trend"], found["recurrence"]
    told = [row for row in whole.get("walks", ()) if not row.get("clock_suspect")]
    assert walks == {
        "total": len(told),
        "with_pain": sum(bool(row.get("pain")) for row in told),
        "pain_free": sum(row.get("pain") == [] for row in told),
        "not_recorded": sum(row.get("pain") is None for row in told),
    }
    assert walks["total"] == walks["with_pain"] + walks["pain_free"] + walks["not_recorded"]
    assert onset["onsets"] <= walks["with_pain"]
    assert onset["censored"] <= walks["pain_free"]
    assert in_order(0, onset["low_m"], onset["median_m"], onset["high_m"])
    assert in_order(0, trend["low"], trend["ratio_per_30_days"], trend["high"])
    assert (onset["median_m"] is not None) == (onset["estimate"] == "reached")
    assert onset["variation"] is None or onset["variation"] >= 0
    assert recurrence["returned"] <= recurrence["resumed"]
    pains = sum(len(row.get("pain") or ()) for row in told)
    assert max(relief["judged"], relief["timed"], relief["relieved"]) <= relief["episodes"] <= pains
    assert (relief["share_within_10_min"] is None) == (relief["judged"] == 0)
    assert 0 <= (relief["share_within_10_min"] or 0) <= 1
    assert relief["median_s"] is None or relief["timed"] > 0
    by_posture = relief["by_posture"].values()
    assert sum(row["episodes"] for row in by_posture) == relief["episodes"]
    assert sum(row["relieved"] for row in by_posture) == relief["relieved"]
    for row in found["findings"].values():
        assert 0 <= row["n"] <= row["of"]
    for row in found["changes"]:
        for side in (row["before"], row["after"]):
            assert 0 <= side["onsets"] <= side["walks"]
            assert in_order(0, side["low_m"], side["median_m"], side["high_m"])


def test_a_spike_in_load_is_not_found_more_often_than_it_was_looked_for() -> None:
    change = {"date": LAST_DAY.isoformat(), "kind": "new_activity"}
    row = assess(diary(changes=[change]))["findings"]["load_spike"]
    assert row["n"] <= row["of"]


@settings(some, max_examples=25)
@given(DOCUMENTS)
def test_whatever_an_assessment_names_stands_in_the_diary(whole: Row) -> None:
    found = assessed(whole)
    keys = {
        name: {str(row.get("id") or row["date"]) for row in whole.get(name, ())}
        for name in LISTS[1:]
    }
    known = {row["id"] for row in whole.get("walks", ())} | keys["check_ins"] | keys["changes"]
    known |= {f"measurement:{key}" for key in keys["measurements"]}
    rows = [*found["flags"], *found["factors"]]
    rows += [each for cause in found["causes"] for each in cause["for"] + cause["against"]]
    named = {entry for row in rows for entry in row["entries"] if not entry.startswith("profile:")}
    assert named <= known
