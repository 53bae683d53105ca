"""What does a diary look like to somebody who opens it in a spreadsheet?

One row a walk, with its first pain, so that nothing counts twice in a sum; every pain of every walk
is a row of `pains`, with the id of its walk. In a cell: nothing means not recorded, 'none' means
asked and none, and 0 is a zero. UTF-8 with a byte order mark, or Excel reads another alphabet.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from diary.clock import local_time
from diary.exchange.document import identified
from diary.rules import FIELDS, OWN_FIELDS, Row, first_onset, utc

NAMES = ("walks", "pains", "check_ins", "changes", "measurements")
NONE, NOTES, FIRST = "none", "notes", "first_pain_"
AND = " / "  # between the words of a list: no country's spreadsheet splits there
WHEN = ("started_at_local", "time_zone", "started_at_utc")
# What a field's own name does not say.
HEADERS = {"intensity": "intensity_0_to_10", "pain_at_rest": "pain_at_rest_0_to_10"}
UNITS = {
    "ankle_brachial_index_left": "ratio", "ankle_brachial_index_right": "ratio",
    "six_minute_walk_m": "m", "treadmill_onset_m": "m", "treadmill_maximum_m": "m",
    "weight_kg": "kg", "calf_circumference_left_cm": "cm", "calf_circumference_right_cm": "cm",
}  # fmt: skip
# The first day that a zip file can tell: the same diary gives the same bytes on every day.
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
# What makes a cell a formula, also as a wide or small letter (by its compatibility form) or as a
# true minus, and the quotes that a spreadsheet may skip before it.
FORMULA, QUOTES = "=+-@\u2212", "\"'`´‘’‚“”„«»‹›＂＇"
# Where a cell may begin anew: at a line's end or a tab, and at a semicolon in countries that write
# 1,5 for one and a half, where the quotes around a cell of this file do not hold.
NEW_CELL, BLANKS = ";\t\r\n", "\t\r\n"


def csv_of(name: str, document: Mapping[str, Any], zone: str, *, notes: bool = False) -> bytes:
    """One of NAMES as a CSV file, rows in the order of their time; without rows the header alone.

    `document` holds checked rows. Walks are told by their own zone's clock, by that of `zone` where
    they have none. Without `notes` there is no column for them.
    """
    headers = [header for header in COLUMNS[name] if notes or header != NOTES]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headers)
    for row in TABLES[name](document, zone):
        writer.writerow([_cell(row.get(header)) for header in headers])
    return out.getvalue().encode("utf-8-sig")


def archive(document: Mapping[str, Any], zone: str, about: str, *, notes: bool = False) -> bytes:
    """Every list as a CSV file in a zip, with `about` as its README.txt; the same bytes again."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as files:
        _put(files, "README.txt", about.encode("utf-8", "replace"))
        for name in NAMES:
            _put(files, f"{name}.csv", csv_of(name, document, zone, notes=notes))
    return out.getvalue()


def _put(files: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, ZIP_TIME)
    # Of every machine the same: a file of Unix that everybody may read.
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    files.writestr(entry, data, zipfile.ZIP_DEFLATED)


def _walks(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    for walk in _in_order("walk", document["walks"]):
        pains = walk["pain"] or [{}]
        first = pains[first_onset([pain.get("onset_distance_m") for pain in pains])]
        yield {
            **walk,
            **_when(walk, zone),
            "pains": len(walk["pain"]) or NONE if walk["pain"] is not None else None,
            **{f"{FIRST}{_header(field)}": value for field, value in first.items()},
        }


def _pains(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    for walk in _in_order("walk", document["walks"]):
        for number, pain in enumerate(walk["pain"] or (), 1):
            told = {_header(field): value for field, value in pain.items()}
            yield {"walk_id": walk["id"], **_when(walk, zone), "pain": number, **told}


def _check_ins(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    for row in _in_order("check_in", document["check_ins"]):
        yield {_header(field): value for field, value in row.items()}


def _changes(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    yield from _in_order("change", document["changes"])


def _measurements(document: Mapping[str, Any], zone: str) -> Iterator[Row]:
    for row in _in_order("measurement", document["measurements"]):
        yield {**row, "unit": UNITS[row["kind"]]}


def _in_order(shape: str, rows: Iterable[Row]) -> list[Row]:
    """Rows by their time, changes and measurements with an id even where they came without."""
    time = "started_at" if shape == "walk" else "date"
    return sorted(
        (identified(shape, row) for row in rows), key=lambda row: (row[time], str(row.get("id")))
    )


def _when(walk: Row, zone: str) -> Row:
    """The start by the walker's clock, whose clock that is, and the same in UTC."""
    name = walk["time_zone"] or zone
    local = local_time(walk["started_at"], name).replace(tzinfo=None)
    return dict(
        zip(WHEN, (local.isoformat(" ", "seconds"), name, utc(walk["started_at"])), strict=True)
    )


def _header(field: str) -> str:
    return HEADERS.get(field, field)


def _columns(shape: str, *left_out: str) -> list[str]:
    left_out = (*left_out, *OWN_FIELDS.get(shape, ()))
    return [_header(field) for field in FIELDS[shape] if field not in left_out]


COLUMNS = {
    "walks": [
        "id",
        *WHEN,
        *_columns("walk", "id", "started_at", "time_zone", "pain", NOTES),
        "pains",
        *(FIRST + header for header in _columns("pain")),
        NOTES,
    ],
    "pains": ["walk_id", *WHEN, "pain", *_columns("pain")],
    "check_ins": [*_columns("check_in", NOTES), NOTES],
    "changes": [*_columns("change", NOTES), NOTES],
    "measurements": [*_columns("measurement", NOTES), "unit", NOTES],
}
TABLES = {
    "walks": _walks,
    "pains": _pains,
    "check_ins": _check_ins,
    "changes": _changes,
    "measurements": _measurements,
}


def _cell(value: Any) -> str | int | float | None:
    """A value as a cell holds it: a number stays one, text is kept from being run."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return int(value) if float(value).is_integer() else value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return AND.join(value) or NONE
    return harmless(value)


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, without characters that none can show.

    An apostrophe comes before whatever would be run. What already has one gets another, so that
    the text can be told from what was done to it.
    """
    kept = "".join(letter for letter in text if _shown(letter))
    out = ["'"] if _runs(kept, 0, blanks_run=True) else []
    for place, letter in enumerate(kept, 1):
        out.append(letter)
        if letter in NEW_CELL and _runs(kept, place):
            out.append("'")
    return "".join(out)


def _shown(letter: str) -> bool:
    return letter in BLANKS or unicodedata.category(letter) not in ("Cc", "Cs")


def _runs(text: str, start: int, blanks_run: bool = False) -> bool:
    """Whether a cell that began here might be a formula, past what a spreadsheet may skip."""
    for place in range(start, len(text)):
        letter = text[place]
        if letter in NEW_CELL:
            return blanks_run and letter in BLANKS
        if unicodedata.normalize("NFKC", letter)[0] in FORMULA:
            return True
        skipped = letter in QUOTES or letter.isspace() or unicodedata.category(letter) == "Cf"
        if not skipped:
            return False
    return False
