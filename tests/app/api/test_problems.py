"""Is everything that goes wrong told in one shape, that an app can act on?"""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from diary.api.problems import RETRY_AFTER_S
from diary.wording.problems import PROBLEMS
from tests.app.api.conftest import Phone, token_of
from tests.app.api.doors import ANY, KINDS, a_walk, is_problem, stored
from tracker_site.urls import urlpatterns as site

pytestmark = pytest.mark.django_db
WALK = KINDS["walk"]
CANARY = "canary-of-a-traceback"

ROW_WRITES = [
    ("POST", "walks/"), ("PUT", WALK.address), ("PATCH", WALK.address), ("PUT", "profile/"),
    ("PATCH", "profile/"),
]  # fmt: skip
writes_of_rows = pytest.mark.parametrize(("method", "where"), ROW_WRITES)
writes = pytest.mark.parametrize(("method", "where"), [*ROW_WRITES, ("POST", "sync/")])


class Broken(APIView):
    """A view in which something fails that nobody thought of."""

    permission_classes = []

    def get(self, request: Any) -> HttpResponse:
        raise RuntimeError(CANARY)


def refuse(error: Exception) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


broken = [
    path("broken/", Broken.as_view()),
    path("failing/", refuse(RuntimeError(CANARY))),
    path("forbidden/", refuse(PermissionDenied(CANARY))),
    path("suspicious/", refuse(SuspiciousOperation(CANARY))),
]
urlpatterns = [path("api/v1/", include(broken)), *site]


@pytest.mark.parametrize(
    "where",
    ["nowhere/", "walks/x/y/", "Walks/", "causes/vertigo/", "charts/onset.gif", "walks/1/"],
)
def test_an_address_of_nothing_is_not_found(phone, where):
    answer = phone.get(where)
    assert is_problem(answer, 404, "not_found")
    assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("debug", [False, True])
@pytest.mark.parametrize("where", ["walks", "profile", WALK.address[:-1], "auth/session/"])
def test_an_address_leads_to_none_that_differs_by_a_slash(phone, settings, where, debug):
    settings.DEBUG = debug
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = phone.send(method, where, {})
        assert is_problem(answer, 404, "not_found")
        assert answer["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("where", ["/api/", "/api/v2/walks/", "/api/v1/nowhere", "/api/v1/"])
def test_an_address_without_a_view_is_not_found_either(phone, where, method):
    assert is_problem(phone.send(method, where), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "where", "allowed"),
    [
        ("DELETE", "walks/", "GET, POST, HEAD"),
        ("PUT", "check-ins/", "GET, POST, HEAD"),
        ("POST", WALK.address, "GET, PUT, PATCH, DELETE, HEAD"),
        ("DELETE", "profile/", "GET, PUT, PATCH, HEAD"),
        ("PUT", "sync/", "GET, POST, HEAD"),
        ("POST", "assessment/", "GET, HEAD"),
        ("OPTIONS", "walks/", "GET, POST, HEAD"),
        ("TRACE", "walks/", "GET, POST, HEAD"),
        ("TRACE", "walks/?no=parameter", "GET, POST, HEAD"),
        ("POST", "/api/schema/", "GET, HEAD"),
    ],
)
def test_a_method_that_an_address_does_not_take_is_told_with_those_that_it_does(
    phone, method, where, allowed
):
    answer = phone.send(method, where)
    assert is_problem(answer, 405, "method_not_allowed")
    assert {*answer["Allow"].split(", ")} - {"OPTIONS"} == {*allowed.split(", ")}


@pytest.mark.parametrize(
    "media",
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/xml", "",
    ],
)  # fmt: skip
@writes
def test_another_form_than_json_is_not_read(phone, diary, method, where, media):
    phone.put(WALK.address, WALK.row)
    answer = phone.client.generic(
        method, f"/api/v1/{where}", b'{"items": []}', media,
        headers={"X-Session-Token": phone.token},
    )  # fmt: skip
    assert is_problem(answer, 415, "unsupported_media_type")
    assert [*stored(diary).values()] == [WALK.row]


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "application/json"])
def test_json_is_read_with_or_without_its_charset(phone, media):
    answer = phone.client.generic(
        "POST", "/api/v1/sync/", b'{"items": []}', media, headers={"X-Session-Token": phone.token}
    )
    assert answer.status_code == 200


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "nonsense", ""])
def test_answers_are_json_whatever_is_accepted(phone, accept):
    answer = phone.get("walks/", Accept=accept)
    assert answer["Content-Type"] == "application/json"
    assert is_problem(phone.get("nowhere/", Accept=accept), 404, "not_found")


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"id": NaN}', b"[" * 100_000])
@writes
def test_what_is_no_json_is_malformed(phone, diary, method, where, body):
    phone.put(WALK.address, WALK.row)
    assert is_problem(phone.send(method, where, body, **ANY), 400, "malformed")
    assert [*stored(diary).values()] == [WALK.row]


@writes
def test_what_is_too_large_is_not_read(phone, method, where):
    phone.put(WALK.address, WALK.row)
    body = b'{"notes": "' + b"x" * 3_000_000 + b'"}'
    assert is_problem(phone.send(method, where, body), 413, "too_large")


@pytest.mark.parametrize("body", [b"[]", b"7", b'"x"', b"null", b"true"])
@writes_of_rows
def test_what_is_no_row_is_refused(phone, method, where, body):
    phone.put(WALK.address, WALK.row)
    answer = phone.send(method, where, body)
    assert is_problem(answer, 422, "refused")
    (error,) = answer.json()["errors"]
    assert (error["attr"], error["code"]) == (None, "not_an_object")


def test_every_fault_of_a_row_is_told_by_its_place(phone):
    row = a_walk(distance_m=-1, notes=4, pain=[{"intensity": 11, "speed": 1}, 7], mood="good")
    answer = phone.post("walks/", row)
    assert is_problem(answer, 422, "refused")
    assert {each["attr"] for each in answer.json()["errors"]} == {
        "distance_m", "notes", "pain[0].intensity", "pain[0].speed", "pain[1]", "mood",
    }  # fmt: skip


@pytest.fixture
def few(monkeypatch):
    """Three requests a minute of a person, two of a stranger."""
    rates = {"user": "3/minute", "anon": "2/minute"}
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", rates)


def test_a_phone_in_a_loop_is_told_to_wait_and_for_how_long(few, phone, stranger, nobody):
    for _ in range(3):
        assert phone.get("profile/").status_code == 200
    for answer in (phone.get("profile/"), phone.put(WALK.address, WALK.row), phone.get("sync/")):
        assert is_problem(answer, 429, "too_many_requests")
        assert 1 <= int(answer["Retry-After"]) <= 60
    assert stranger.get("profile/").status_code == 200
    assert [nobody.get("causes/").status_code for _ in range(4)] == [200, 200, 429, 429]
    answer = nobody.get("causes/")
    assert is_problem(answer, 429, "too_many_requests")
    assert 1 <= int(answer["Retry-After"]) <= 60


def test_two_phones_of_one_person_share_their_share(few, diary, phone):
    other = Phone(token_of(diary.owner))
    statuses = [each.get("profile/").status_code for each in (phone, other, phone, other)]
    assert statuses == [200, 200, 200, 429]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("where", "status", "code"),
    [
        ("broken/", 500, "server_error"),
        ("failing/", 500, "server_error"),
        ("forbidden/", 403, "forbidden"),
        ("suspicious/", 400, "malformed"),
    ],
)
def test_a_failure_of_ours_says_nothing_of_its_cause(phone, nobody, where, status, code):
    for each in (phone, nobody):
        answer = each.get(where)
        assert is_problem(answer, status, code)
        assert CANARY not in answer.content.decode()
        assert answer["Cache-Control"] == "no-store, private"


def failing(at: str = "") -> Any:
    """Let the database fail with every statement that has these words."""

    def execute(go: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if at in sql:
            raise OperationalError(CANARY)
        return go(sql, params, many, context)

    return connection.execute_wrapper(execute)


@pytest.mark.parametrize("at", ["", "django_session", "diary_person", "diary_diary", "diary_walk"])
def test_a_database_that_does_not_answer_is_told_with_when_to_ask_again(phone, caplog, at):
    phone.put(WALK.address, WALK.row)
    caplog.set_level(logging.DEBUG)
    asks = [
        lambda: phone.get("walks/"),
        lambda: phone.get(WALK.address),
        lambda: phone.put(WALK.address, WALK.other, **ANY),
        lambda: phone.post("walks/", a_walk()),
        lambda: phone.patch(WALK.address, WALK.said, **ANY),
        lambda: phone.delete(WALK.address, **ANY),
        lambda: phone.post("sync/", {"items": [{"kind": "walk", "op": "put", "value": a_walk()}]}),
        lambda: phone.get("sync/"),
    ]
    for ask in asks:
        with failing(at):
            answer = ask()
        assert is_problem(answer, 503, "unavailable")
        assert int(answer["Retry-After"]) == RETRY_AFTER_S
        assert CANARY not in answer.content.decode()
    assert CANARY not in caplog.text
    assert phone.get(WALK.address).json() == {**WALK.row, "revision": 1}


def test_what_fails_halfway_through_a_batch_keeps_nothing_of_it(phone, diary):
    items = [{"kind": "walk", "op": "put", "value": a_walk()} for _ in range(3)]
    with failing('INSERT INTO "diary_painepisode"'):
        answer = phone.post("sync/", {"items": items})
    assert is_problem(answer, 503, "unavailable")
    assert stored(diary) == {}
    told = phone.post("sync/", {"items": items}).json()
    assert [each["status"] for each in told["results"]] == ["created"] * 3
    assert told["revision"] == 3


def test_every_problem_has_a_title_and_a_remedy_and_a_place_on_its_page(client):
    page = client.get("/api/problems/").content.decode()
    for code, problem in PROBLEMS.items():
        assert problem.title
        assert problem.remedy
        assert f'id="{code}"' in page
