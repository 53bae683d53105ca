"""Are rows refused for the right reason, and nothing refused that may be kept?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diary import rules
from diary.questions import questions

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WALK = {
    "id": "0b4a0a34-0000-4000-8000-000000000001",
    "started_at": "2026-05-30T09:00:00Z",
    "distance_m": 600,
}


def faults(kind: str, row: object) -> set[tuple[str, str]]:
    try:
        rules.checked(kind, row, NOW)
    except rules.Refused as refused:
        return {(fault.path, fault.code) for fault in refused.faults}
    return set()


@pytest.mark.parametrize(
    ("fields", "path", "code"),
    [
        ({"distance_m": -1}, "distance_m", "negative"),
        ({"distance_m": 200_001}, "distance_m", "too_large"),
        ({"distance_m": float("nan")}, "distance_m", "not_finite"),
        ({"distance_m": float("inf")}, "distance_m", "not_finite"),
        ({"distance_m": 10**400}, "distance_m", "out_of_range"),
        ({"distance_m": True}, "distance_m", "not_a_number"),
        ({"distance_m": "600"}, "distance_m", "not_a_number"),
        ({"distance_m": None}, "distance_m", "distance_or_duration"),
        ({"duration_s": 172_801}, "duration_s", "too_large"),
        ({"started_at": "2026-05-30T09:00:00"}, "started_at", "no_offset"),
        ({"started_at": "2026-05-30"}, "started_at", "not_a_time"),
        ({"started_at": "2026-02-30T09:00:00Z"}, "started_at", "not_a_time"),
        ({"started_at": "1960-05-30T09:00:00Z"}, "started_at", "date_out_of_range"),
        ({"started_at": "2026-06-04T09:00:00Z"}, "started_at", "too_far_ahead"),
        ({"started_at": None}, "started_at", "required"),
        ({"time_zone": "Mars/Olympus"}, "time_zone", "unknown_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone", "unknown_zone"),
        ({"notes": "x" * 4001}, "notes", "too_long"),
        ({"notes": "a\x00b"}, "notes", "bad_characters"),
        ({"notes": "\ud800"}, "notes", "bad_characters"),
        ({"notes": None}, "notes", "not_text"),
        ({"pace": "sprint"}, "pace", "not_a_choice"),
        ({"pace": ["slow"]}, "pace", "not_a_choice"),
        ({"stretched_before": 1}, "stretched_before", "not_yes_or_no"),
        ({"id": "1"}, "id", "not_a_uuid"),
        ({"pain": "calf"}, "pain", "not_a_list"),
        ({"pain": [{}] * 101}, "pain", "too_many"),
        ({"pain": ["calf"]}, "pain[0]", "not_an_object"),
        ({"pain": [{"onset_distance_m": 601}]}, "pain[0].onset_distance_m", "onset_after_end"),
        ({"pain": [{}, {"relief_s": 172_801}]}, "pain[1].relief_s", "too_large"),
        ({"pain": [{"intensity": 4.5}]}, "pain[0].intensity", "not_whole"),
        ({"pain": [{"intensity": 11}]}, "pain[0].intensity", "too_large"),
        ({"pain": [{"site": "elbow"}]}, "pain[0].site", "not_a_choice"),
        ({"pain": [{"qualities": "aching"}]}, "pain[0].qualities", "not_choices"),
        ({"colour": "red"}, "colour", "unknown_field"),
    ],
)
def test_a_bad_walk_is_refused_for_its_one_fault(fields, path, code):
    assert faults("walk", {**WALK, **fields}) == {(path, code)}


@pytest.mark.parametrize(
    "fields",
    [
        {"distance_m": 5, "duration_s": 7200},
        {"distance_m": 9000, "duration_s": 60},
        {"duration_s": 600, "pain": [{"onset_s": 601}]},
        {"pain": [{"relief_s": 120}]},
        {"pain": [{"relief_s": 300, "rest_s": 200}]},
        {"pain": [{"stopped_distance_m": 700}]},
        {"pain": [{"onset_distance_m": 600}]},
        {"pain": [{"onset_distance_m": 0}]},
        {"pain": []},
        {"distance_m": None, "duration_s": 0},
        {"started_at": "2026-06-03T11:59:00Z"},
        {"notes": "x" * 4000},
    ],
)
def test_odd_walks_are_kept(fields):
    assert faults("walk", {**WALK, **fields}) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"distance_m": 1.2}, "odd_distance"),
        ({"distance_m": 30_000}, "odd_distance"),
        ({"distance_m": None, "duration_s": 36_000}, "odd_duration"),
        ({"pain": [{"onset_distance_m": 0.25}]}, "odd_onset"),
        ({"pain": [{"relief_s": 5400, "rest_posture": "lying"}]}, "odd_relief"),
        ({"distance_m": 5, "duration_s": 7200}, "odd_speed"),
        ({"distance_m": 9000, "duration_s": 60}, "odd_speed"),
        ({"duration_s": 600, "pain": [{"onset_s": 601}]}, "onset_time_after_end"),
        ({"pain": [{"relief_s": 120}]}, "relief_without_rest"),
        ({"pain": [{"relief_s": 300, "rest_s": 200}]}, "relief_longer_than_rest"),
        ({"duration_s": 900, "pain": [{"rest_s": 901}]}, "rest_longer_than_walk"),
        ({"pain": [{"stopped_distance_m": 700}]}, "stop_after_end"),
        ({"pain": [{"stopped_distance_m": 7, "onset_distance_m": 9}]}, "stop_before_onset"),
    ],
)
def test_odd_walks_are_questioned(fields, code):
    walk = rules.checked("walk", {**WALK, **fields}, NOW)
    assert [fault.code for fault in questions(walk)] == [code]


def test_an_ordinary_walk_is_not_questioned():
    walk = {**WALK, "duration_s": 540, "pain": [{"onset_s": 240, "relief_s": 90, "rest_s": 120}]}
    assert questions(rules.checked("walk", walk, NOW)) == []


def test_every_fault_of_a_row_is_told_at_once():
    row = {**WALK, "distance_m": -1, "pace": "sprint", "pain": [{"intensity": 11}, {"relief": 3}]}
    assert faults("walk", row) == {
        ("distance_m", "negative"),
        ("pace", "not_a_choice"),
        ("pain[0].intensity", "too_large"),
        ("pain[1].relief", "not_a_choice"),
    }


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("check_in", {"date": "2026-06-10"}, {("date", "too_far_ahead")}),
        ("check_in", {"date": "2026-13-01"}, {("date", "not_a_date")}),
        ("check_in", {"date": "2026-05-01", "signs": None}, set()),
        ("check_in", {"date": "2026-05-01", "signs": ["fever", "fever"]}, set()),
        ("change", {"date": "2026-05-01", "kind": "injury"}, set()),
        ("change", {"date": "2026-05-01"}, {("kind", "required")}),
        (
            "change",
            {"date": "2026-05-01", "until": "2026-04-01", "kind": "injury"},
            {("until", "ends_before_it_begins")},
        ),
        (
            "measurement",
            {"date": "2026-05-01", "kind": "ankle_brachial_index_left", "value": 85},
            {("value", "out_of_range")},
        ),
        ("profile", {"birth_year": 2031}, {("birth_year", "too_far_ahead")}),
        ("profile", {"birth_year": 1950.5}, {("birth_year", "not_whole")}),
        ("profile", {"conditions": []}, set()),
    ],
)
def test_other_rows(kind, row, expected):
    assert faults(kind, row) == expected


SHARE = {"what": "summary", "until": "2026-12-01"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, set()),
        ({"email": "Dr@Clinic.Example"}, set()),
        ({"email": "dr@clinic"}, {("email", "not_an_email")}),
        ({"email": "a@example.org, b@example.org"}, {("email", "not_an_email")}),
        ({"email": "a@example.org\nBcc: b@example.org"}, {("email", "not_an_email")}),
        ({"what": "everything"}, {("what", "not_a_choice")}),
        ({"what": None}, {("what", "required")}),
        ({"until": None}, {("until", "required")}),
        ({"until": "2026-06-01"}, set()),
        ({"until": "2026-05-31"}, {("until", "over_already")}),
        ({"until": "2028-06-02"}, set()),
        ({"until": "2028-06-03"}, {("until", "shared_too_long")}),
        ({"until": "9999-12-31"}, {("until", "date_out_of_range")}),
        ({"since": "1990-01-01"}, set()),
        ({"since": "2026-06-02"}, set()),
        ({"since": "2026-06-03"}, {("since", "too_far_ahead")}),
        ({"since": "2026-06-31"}, {("since", "not_a_date")}),
        ({"state": "active"}, {("state", "unknown_field")}),
        ({"grantee": 1}, {("grantee", "unknown_field")}),
        ({"agreed_at": "2026-06-01"}, {("agreed_at", "unknown_field")}),
    ],
)
def test_the_terms_of_a_share(fields, expected):
    assert faults("share", {**SHARE, **fields}) == expected


def test_the_terms_of_a_share_are_read_once_for_all():
    read = rules.checked("share", {**SHARE, "email": " Dr@Clinic.Example "}, NOW)
    assert read == {
        "email": "dr@clinic.example",
        "what": "summary",
        "since": None,
        "until": date(2026, 12, 1),
    }


@pytest.mark.parametrize(
    ("kind", "row", "expected"),
    [
        ("grantee", {"name": "Dr Cora Lind", "role": "vascular surgeon"}, set()),
        ("grantee", {}, {("name", "required"), ("role", "required")}),
        ("grantee", {"name": " ", "role": "\t"}, {("name", "required"), ("role", "required")}),
        ("grantee", {"name": "x" * 101, "role": "nurse"}, {("name", "too_long")}),
        ("grantee", {"name": "a\x00b", "role": "nurse"}, {("name", "bad_characters")}),
        ("grantee", {"name": "A", "role": "b", "what": "notes"}, {("what", "unknown_field")}),
        ("clinic_note", {"text": "ABI next time"}, set()),
        ("clinic_note", {"text": "ABI", "shown": True}, set()),
        ("clinic_note", {}, {("text", "required")}),
        ("clinic_note", {"text": " \n "}, {("text", "required")}),
        ("clinic_note", {"text": "x" * 4001}, {("text", "too_long")}),
        ("clinic_note", {"text": "ABI", "shown": "yes"}, {("shown", "not_yes_or_no")}),
        ("clinic_note", {"text": "ABI", "author": 1}, {("author", "unknown_field")}),
    ],
)
def test_who_somebody_says_they_are_and_what_they_note(kind, row, expected):
    assert faults(kind, row) == expected


def test_ids_and_days_that_stand_twice_in_a_document_are_refused():
    document = {
        "format": "walking-diary",
        "version": 1,
        "walks": [WALK, {**WALK, "id": WALK["id"].upper()}],
        "check_ins": [{"date": "2026-05-01"}, {"date": "2026-05-01"}],
    }
    with pytest.raises(rules.Refused) as refused:
        rules.document_checked(document, NOW)
    assert {(fault.path, fault.code) for fault in refused.value.faults} == {
        ("walks[1].id", "repeated_id"),
        ("check_ins[1].date", "repeated_date"),
    }


def outcome(work):
    """What the work gives, or the refusal that it ends in."""
    try:
        return work()
    except rules.Refused as refused:
        return refused


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "started_at", "pain", "date", "kind", "value", "signs", "x"])
            | st.sampled_from(["format", "version", "walks", "check_ins", "changes", "profile"]),
            inner,
            max_size=6,
        )
    ),
    max_leaves=30,
)


@given(JSON)
def test_whatever_is_sent_is_kept_or_refused_and_never_crashes(value):
    told = outcome(lambda: rules.document_checked(value, NOW))
    assert told.faults if isinstance(told, rules.Refused) else told["version"] == 1


@given(st.dictionaries(st.sampled_from([*rules.FIELDS["walk"]]), JSON))
def test_whatever_a_walk_says_it_is_kept_or_refused(fields):
    told = outcome(lambda: rules.checked("walk", {**WALK, **fields}, NOW))
    if isinstance(told, rules.Refused):
        assert told.faults
    else:
        assert told["started_at"] <= NOW + timedelta(hours=48)
        assert rules.checked("walk", told, NOW) == told
