"""Does the description of the API say what there is, and does the committed one say the same?"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from diary import rules
from diary.api.openapi.document import description, text
from diary.demo import documents
from diary.exchange.document import dumped
from tests.app.conftest import NOW

WRITTEN = Path(__file__).resolve().parents[3] / "docs" / "openapi.yaml"
PREFIX = "api/v1/"
TODAY = NOW.date()


def plain(document: Any) -> Any:
    """A document as a file has it."""
    return json.loads(dumped(document))


def test_the_committed_description_is_the_one_that_is_served(client):
    """WAYMARK_WRITE_DOCS=1 writes it anew."""
    if os.environ.get("WAYMARK_WRITE_DOCS"):
        WRITTEN.write_text(text())
    assert WRITTEN.read_text() == text()
    assert client.get("/api/schema/").content.decode() == text()


def routes(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Every address under the API's prefix, in the form that OpenAPI gives it."""
    for pattern in patterns:
        where = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, where)
        elif isinstance(pattern, URLPattern) and where.startswith(PREFIX):
            address = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", where.removeprefix("api/v1"))
            yield re.sub(r"<\w+:(\w+)>", r"{\1}", address).replace("{pk}", "{id}")


def test_every_address_is_described_and_every_description_has_an_address():
    assert set(routes(get_resolver().url_patterns)) == set(description()["paths"])


def operations() -> Iterator[Any]:
    for where, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield pytest.param(where, method, operation, id=f"{method} {where}")


@pytest.mark.parametrize(("where", "method", "operation"), [*operations()])
def test_an_operation_is_described_wholly(where, method, operation):
    assert operation["summary"]
    assert {"401", "429", "500", "503"} <= set(operation["responses"]) or "auth" in where
    in_path = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}
    assert in_path == set(re.findall(r"{(\w+)}", where))


def test_operations_have_names_of_their_own():
    names = [
        each["operationId"] for path in description()["paths"].values() for each in path.values()
    ]
    assert len(names) == len(set(names))


@cache
def registry() -> Registry:
    whole = Resource.from_contents(description(), default_specification=DRAFT202012)
    return Registry().with_resource("urn:api", whole)


def validator_of(schema: Any) -> Draft202012Validator:
    """A validator of a schema as it stands within the description."""
    placed = json.loads(json.dumps(schema).replace('"#/', '"urn:api#/'))
    return Draft202012Validator(placed, registry=registry(), format_checker=FormatChecker())


def validator(name: str) -> Draft202012Validator:
    return validator_of({"$ref": f"#/components/schemas/{name}"})


def contents(operation: Any) -> Iterator[Any]:
    """All JSON that an operation takes and answers."""
    named = description()["components"]["responses"]
    for part in (operation.get("requestBody", {}), *operation["responses"].values()):
        whole = named[part["$ref"].rpartition("/")[2]] if "$ref" in part else part
        yield from (each for media, each in whole.get("content", {}).items() if "json" in media)


@pytest.mark.parametrize(("where", "method", "operation"), [*operations()])
def test_whatever_is_sent_and_answered_has_an_example_that_fits(where, method, operation):
    for content in contents(operation):
        assert content.get("examples"), content
        for example in content["examples"].values():
            errors = validator_of(content["schema"]).iter_errors(example["value"])
            assert [error.message for error in errors] == []
    in_path = [each for each in operation.get("parameters", ()) if each["in"] == "path"]
    assert all("example" in each for each in in_path)


@pytest.mark.parametrize("name", [*documents(TODAY)])
def test_a_demo_diary_fits_the_schema_of_the_document(name):
    assert [*validator("Document").iter_errors(plain(documents(TODAY)[name]))] == []


@pytest.mark.parametrize(
    "walk",
    [
        {"distance_m": -1},
        {"other": 1},
        {"pain": [{"site": "elbow"}]},
        {"pain": [{"intensity": 11}]},
        {"id": None},
        {"notes": None},
        {"time_zone": 3},
    ],
)
def test_what_is_refused_does_not_fit_the_schema(walk):
    row = {
        "id": "0b4a0a34-0000-4000-8000-000000000001",
        "started_at": "2026-05-30T09:00:00Z",
        "distance_m": 600,
    }
    assert [*validator("Walk").iter_errors(row)] == []
    assert [*validator("Walk").iter_errors({**row, **walk})] != []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("walks/", "WalkPage"),
        ("check-ins/", "CheckInPage"),
        ("changes/", "ChangePage"),
        ("measurements/", "MeasurementPage"),
        ("profile/", "StoredProfile"),
        ("sync/", "Feed"),
        ("assessment/", "Assessment"),
        ("document/", "Document"),
        ("help/", "Help"),
        ("questions/", "Questions"),
        ("causes/", "Causes"),
        ("causes/sciatica/", "CauseAlone"),
        ("settings/", "Settings"),
        ("devices/", "Devices"),
        ("auth/session", "SignedIn"),
        ("nowhere/", "Problem"),
    ],
)
def test_what_is_answered_of_a_whole_diary_fits_its_schema(diary, phone, where, name):
    checked = rules.document_checked(plain(documents(TODAY)["walter"]))
    diary.take_in(checked, NOW)
    told = phone.get(where).json()
    assert told
    assert [error.message for error in validator(name).iter_errors(told)] == []


def test_the_description_begins_with_what_an_app_needs_first():
    document = description()
    assert [each["name"] for each in document["tags"]][:3] == ["signing in", "sync", "walks"]
    described = [each for path in document["paths"].values() for each in path.values()]
    used = {tag for each in described for tag in each["tags"]}
    assert used == {each["name"] for each in document["tags"]}
    names = [each["operationId"] for each in described]
    assert names.index("sign_in") < names.index("send_batch") < names.index("create_walk")
