"""Does the schema in docs/ say what a diary document is: no less, and no more?"""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest

from diary import polyline, rules
from diary.exchange import schema
from diary.exchange.document import dumped, loaded
from tests.pure.documents import document

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE = DOCS / "diary-document.schema.json"
WHOLE = document(Random(3), 8)


def errors(told: Any) -> list[Any]:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    known = jsonschema.Draft202012Validator(json.loads(FILE.read_text()), format_checker=checker)
    return list(known.iter_errors(told))


def test_the_file_in_docs_is_what_the_rules_say():
    text = json.dumps(schema.whole(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("WAYMARK_WRITE_DOCS"):
        FILE.write_text(text)
    assert FILE.read_text() == text, "WAYMARK_WRITE_DOCS=1 pytest tests/pure/test_schema.py"


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(json.loads(FILE.read_text()))


@pytest.mark.parametrize("seed", range(40))
def test_any_document_and_what_is_written_of_it_fit(seed):
    whole = document(Random(seed))
    written = dumped(loaded(json.dumps(whole).encode()))
    assert errors(whole) == []
    assert errors(json.loads(written)) == []
    assert dumped(loaded(written)) == written


def test_the_documents_that_are_tried_hold_lines_and_routes():
    made = [document(Random(seed)) for seed in range(40)]
    assert any(walk.get("track") for whole in made for walk in whole.get("walks", ()))
    assert any(whole.get("routes") for whole in made)


def test_a_document_without_the_new_parts_reads_as_before():
    old = {"format": "walking-diary", "version": 1, "walks": [{**WHOLE["walks"][0]}]}
    old["walks"][0].pop("track", None)
    assert errors(old) == []
    read = rules.document_checked(old)
    assert (read["routes"], read["walks"][0]["track"]) == ([], None)


ROUTE = {"name": "Home to the bench and back", "distance_m": 360}
LINE = polyline.encoded([(51.5, -0.12), (51.501, -0.12)])


@pytest.mark.parametrize(
    ("shape", "changes", "path", "code"),
    [
        ("route", {"name": None}, "name", "required"),
        ("route", {"name": ""}, "name", "required"),
        ("route", {"name": "x" * 101}, "name", "too_long"),
        ("route", {"distance_m": None}, "distance_m", "required"),
        ("route", {"distance_m": 0}, "distance_m", "too_small"),
        ("route", {"distance_m": 200_001}, "distance_m", "too_large"),
        ("route", {"id": "1"}, "id", "not_a_uuid"),
        ("route", {"length": 360}, "length", "unknown_field"),
        ("walk", {"track": ""}, "track", "not_a_track"),
        ("walk", {"track": "two words"}, "track", "not_a_track"),
        ("walk", {"track": 7}, "track", "not_text"),
        ("walk", {"track": "?" * 12_001}, "track", "too_long"),
    ],
)
def test_what_the_rules_refuse_of_routes_and_lines_the_schema_refuses(shape, changes, path, code):
    plural = {"route": "routes", "walk": "walks"}[shape]
    base = ROUTE if shape == "route" else WHOLE["walks"][0]
    whole = copy.deepcopy(WHOLE) | {plural: [base | changes]}
    assert errors(whole)
    with pytest.raises(rules.Refused) as refused:
        rules.document_checked(whole)
    assert [(each.path, each.code) for each in refused.value.faults] == [
        (f"{plural}[0].{path}", code)
    ]


def refused_line(text: str) -> list[tuple[str, str]]:
    try:
        rules.checked("walk", {**WHOLE["walks"][0], "track": text})
    except rules.Refused as refused:
        return [(each.path, each.code) for each in refused.faults]
    return []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (LINE, None),
        (polyline.encoded([(0, 0)] * 1_000), None),
        (polyline.encoded([(0, 0)] * 1_001), "track_too_long"),
        (polyline.encoded([(90, 180), (-90, -180)]), None),
        (polyline.encoded([(90.00001, 0), (90, 0)]), "not_a_track"),
        (polyline.encoded([(0, 180.00001), (0, 0)]), "not_a_track"),
        (polyline.encoded([(51.5, -0.12)]), "not_a_track"),
        (LINE[:-1], "not_a_track"),
        (LINE + "?", "not_a_track"),
        (LINE + "~", "not_a_track"),
        ("~~~~~~~~?", "not_a_track"),
        (LINE + "\u00e9", "not_a_track"),
        (LINE + "\x00", "bad_characters"),
    ],
)  # fmt: skip
def test_a_line_is_kept_only_where_it_can_be_drawn(text, code):
    assert refused_line(text) == ([("track", code)] if code else [])
