"""Do the probes of the access table find the mistakes that others have made?"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from diary import exports
from diary.api.authentication import signed_in
from diary.api.views.clinic import exports as files
from diary.api.views.clinic import patient
from diary.exchange.document import dumped
from diary.models import ClinicNote, Diary, Person, Share, Walk
from tests.app.api.access import TABLE, made_world
from tests.app.api.probes import (
    World,
    addresses,
    elsewhere,
    probe,
    probe_held,
    revoked,
    stopped_meanwhile,
)
from tests.app.conftest import NOW
from tracker_site.urls import urlpatterns as real

REAL = "tracker_site.urls"
Defect = Callable[[HttpRequest, Person | None, str], HttpResponse | None]
kept: dict[str, Any] = {}


class Urls:
    """The addresses of the site, with a mistake planted before them."""

    def __init__(self, *planted: Any):
        self.urlpatterns = [*planted, *real]


def planted(defect: Defect) -> Urls:
    """The API with a mistake: what the defect answers, or else what the site does."""

    @csrf_exempt
    def view(request: HttpRequest, rest: str) -> HttpResponse:
        person, _session = signed_in(request.headers.get("X-Session-Token", ""))
        answer = defect(request, person, rest)
        if answer is not None:
            return answer
        found = resolve(request.path, REAL)
        request.resolver_match = found
        return found.func(request, *found.args, **found.kwargs)

    return Urls(re_path(r"^api/v1/(?P<rest>.*)$", view))


def key_of(rest: str) -> str:
    found = re.fullmatch(r"walks/([^/]+)/", rest)
    return found[1].lower() if found and len(found[1]) == 36 else ""


def anybodys(key: str) -> Walk | None:
    """The mistake behind most leaks: a row by its id alone."""
    return (
        Walk.objects.filter(uid=key, deleted_at=None).order_by("diary_id").first() if key else None
    )


def told(row: Walk) -> dict[str, Any]:
    return {"id": str(row.uid), "footwear": row.footwear, "notes": row.notes}


def data_of(request: HttpRequest) -> dict[str, Any]:
    sent = json.loads(request.body) if request.body else {}
    return sent if isinstance(sent, dict) else {}


def everybodys_list(request, person, rest):
    if person and rest == "walks/" and request.method == "GET":
        return JsonResponse({"results": [str(row.distance_m) for row in Walk.objects.all()]})
    return None


def everybodys_count(request, person, rest):
    if person and rest == "walks/" and request.method == "GET":
        return JsonResponse({"count": Walk.objects.count(), "results": []})
    return None


def detail_by_id_alone(request, person, rest):
    if person and request.method == "GET" and (row := anybodys(key_of(rest))):
        return JsonResponse(told(row))
    return None


def upsert_by_id_alone(request, person, rest):
    if person and request.method == "PUT" and (row := anybodys(key_of(rest))):
        row.distance_m = data_of(request).get("distance_m", 1)
        row.save()
        return JsonResponse({})
    return None


def forbidden_for_what_is_there(request, person, rest):
    row = anybodys(key_of(rest))
    if person and row and row.diary.owner_id != person.pk:
        return HttpResponse(status=403)
    return None


def kept_by_row_id(request, person, rest):
    key = key_of(rest)
    if not (person and key and request.method == "GET"):
        return None
    if key not in kept and (row := anybodys(key)) and row.diary.owner_id == person.pk:
        kept[key] = told(row)
    return JsonResponse(kept[key]) if key in kept else None


def owner_from_the_body(request, person, rest):
    if person and rest == "walks/" and request.method == "POST":
        sent = data_of(request)
        diary = Diary.objects.filter(pk=sent.pop("diary_id", None)).first()
        if diary:
            row = {"id": str(uuid4()), "started_at": sent["started_at"], "distance_m": 1}
            diary.put("walk", row, timezone.now())
            return JsonResponse({}, status=201)
    return None


def precondition_before_ownership(request, person, rest):
    row = anybodys(key_of(rest))
    if person and row and request.headers.get("If-Match") == '"0"':
        return HttpResponse(status=412)
    if person and row and "If-Match" in request.headers and request.method == "DELETE":
        return HttpResponse(status=412)
    return None


def tag_of_anybodys_row(request, person, rest):
    if person and request.method == "HEAD" and (row := anybodys(key_of(rest))):
        return HttpResponse(status=404, headers={"ETag": f'"{row.revision}"'})
    return None


def conflict_with_anybodys_row(request, person, rest):
    if person and rest == "sync/" and request.method == "POST":
        items = data_of(request).get("items") or []
        ids = [each["value"].get("id") for each in items if each["kind"] == "walk"]
        rows = Walk.objects.filter(uid__in=[each for each in ids if each])
        return JsonResponse({"results": [told(row) for row in rows]})
    return None


def conflict_behind_escapes(request, person, rest):
    if person and request.method == "PATCH" and (row := anybodys(key_of(rest))):
        notes = "".join(f"\\u{ord(letter):04x}" for letter in row.notes or "")
        return HttpResponse(f'{{"stored": "{notes}"}}', "application/json")
    return None


def device_by_number_alone(request, person, rest):
    number = re.fullmatch(r"devices/(\d+)/", rest)
    if person and number and request.method == "DELETE":
        UserSession.objects.filter(pk=number[1]).delete()
        return HttpResponse(status=204)
    return None


def clinicians_see_all(request, person, rest):
    if person and person.is_clinician:
        return detail_by_id_alone(request, person, rest)
    return None


def half_a_sign_in_is_enough(request, person, rest):
    session = SessionStore(request.headers.get("X-Session-Token"))
    login = session.get("account_login") or {}
    diary = Diary.objects.filter(owner_id=login.get("user_pk")).first()
    if not person and diary and rest == "walks/":
        return JsonResponse({"count": diary.walks.count()})
    return None


def ended_is_forgotten(request, person, rest):
    token = request.headers.get("X-Session-Token", "")
    if person:
        kept[token] = person.pk
    diary = Diary.objects.filter(owner_id=kept.get(token)).first()
    if not person and diary and rest == "profile/":
        return JsonResponse({"revision": diary.revision})
    return None


def token_of_the_address(request, person, rest):
    person, _session = signed_in(request.GET.get("token", ""))
    if person and rest == "profile/":
        return JsonResponse({"revision": 0})
    return None


def cookie_of_the_browser(request, person, rest):
    if not person and request.session.get(SESSION_KEY) and rest == "profile/":
        return JsonResponse({"revision": 0})
    return None


def more_than_it_should(request, person, rest):
    if person and rest == "assessment/" and request.method == "DELETE":
        return HttpResponse(status=204)
    return None


def fails_for_what_is_there(request, person, rest):
    row = anybodys(key_of(rest))
    if person and row and row.diary.owner_id != person.pk:
        return HttpResponse(status=500)
    return None


def name_in_a_header(request, person, rest):
    if rest == "causes/":
        victim = Person.objects.filter(name__startswith="canary").first()
        return JsonResponse({}, headers={"X-Seen-By": victim.name if victim else "nobody"})
    return None


def a_note_in_the_log(request, person, rest):
    if person and (row := anybodys(key_of(rest))):
        logging.getLogger("django.request").error("Looked at %s", row.notes)


# At the clinic


def shared_at(rest: str, where: str = "") -> Share | None:
    """The mistake behind the others: a share by its uid alone, whoever asks, however it stands."""
    found = re.fullmatch(r"clinic/patients/([0-9a-f-]{36})/(.*)", rest)
    return Share.objects.filter(uid=found[1]).first() if found and found[2] == where else None


def summary_of(share: Share) -> JsonResponse:
    return JsonResponse({"patient": share.diary.owner.name})


def document_of(share: Share, since: date | None, notes: bool) -> HttpResponse:
    return HttpResponse(dumped(share.diary.document_shared(since, notes)), "application/json")


def everybodys_patients(request, person, rest):
    if person and person.is_clinician and rest == "clinic/patients/" and request.method == "GET":
        names = [share.diary.owner.name for share in Share.objects.filter(state="active")]
        return JsonResponse({"results": names})
    return None


def given_up_by_uid_alone(request, person, rest):
    if person and request.method == "DELETE" and (share := shared_at(rest)):
        share.leave(share.grantee or person, timezone.now())
        return HttpResponse(status=204)
    return None


def measured_by_uid_alone(request, person, rest):
    if person and request.method == "POST" and (share := shared_at(rest, "measurements/")):
        row = {name: value for name, value in data_of(request).items() if name in MEASURED}
        share.diary.put("measurement", row, timezone.now())
        return JsonResponse({}, status=201)
    return None


def diary_of_a_note_from_the_body(request, person, rest):
    diary = Diary.objects.filter(pk=data_of(request).get("diary_id")).first()
    if person and diary and rest.endswith("/notes/"):
        share = Share.objects.filter(diary=diary).first()
        ClinicNote.objects.create(share=share, diary=diary, text="mine", made_at=timezone.now())
        return JsonResponse({}, status=201)
    return None


def kept_by_uid(request, person, rest):
    share = shared_at(rest)
    if share is None or person is None or request.method != "GET":
        return None
    if share.grantee_id == person.pk and share.state == "active":
        kept[rest] = share.diary.owner.name
    return JsonResponse({"patient": kept[rest]}) if rest in kept else None


def stopped_is_still_used(request, person, rest):
    share = shared_at(rest)
    if share and person and share.grantee_id == person.pk and request.method == "GET":
        return summary_of(share)
    return None


def none_is_none(request, person, rest):
    share = shared_at(rest)
    if share and request.method == "GET" and share.grantee_id == (person.pk if person else None):
        return summary_of(share) if share.state == "invited" else None
    return None


def time_is_not_asked(request, person, rest):
    share = shared_at(rest)
    if share and person and share.grantee_id == person.pk and share.state == "active":
        return summary_of(share) if request.method == "GET" else None
    return None


def scope_is_not_asked(request, person, rest):
    share = shared_at(rest, "document/")
    if share and person and share.grantee_id == person.pk and request.method == "GET":
        return document_of(share, share.since, notes=share.what == "notes")
    return None


def notes_go_with_the_entries(request, person, rest):
    share = shared_at(rest, "document/")
    if share and person and share.grantee_id == person.pk and share.what == "entries":
        return document_of(share, share.since, notes=True) if request.method == "GET" else None
    return None


def days_before_are_told(request, person, rest):
    share = shared_at(rest, "document/")
    if share and person and share.grantee_id == person.pk and share.what == "notes":
        return document_of(share, None, notes=True) if request.method == "GET" else None
    return None


def lines_go_with_the_notes(request, person, rest):
    share = shared_at(rest, "document/")
    if share and person and share.grantee_id == person.pk and share.what == "notes":
        told = share.diary.document_shared(share.since, True)
        walks = {walk["id"]: walk for walk in share.diary.document()["walks"]}
        told["walks"] = [walks[walk["id"]] for walk in told["walks"]]
        return HttpResponse(dumped(told), "application/json") if request.method == "GET" else None
    return None


def routes_go_with_the_notes(request, person, rest):
    share = shared_at(rest, "document/")
    if share and person and share.grantee_id == person.pk and share.what == "notes":
        told = share.diary.document_shared(share.since, True)
        told["routes"] = share.diary.document()["routes"]
        return HttpResponse(dumped(told), "application/json") if request.method == "GET" else None
    return None


def everybodys_clinic_notes(request, person, rest):
    share = shared_at(rest, "notes/")
    if share and person and share.grantee_id == person.pk and request.method == "GET":
        notes = share.diary.clinic_notes.values_list("text", flat=True)
        return JsonResponse({"results": [*notes]})
    return None


def refused_for_what_is_there(request, person, rest):
    share = shared_at(rest)
    if share and person and share.grantee_id == person.pk and share.state != "active":
        return HttpResponse(status=403)
    return None


# Each with the kind of its finding, and whose share is asked for; '' for anybody's at all.
AT_CLINICS: dict[Defect, tuple[str, str, str]] = {
    everybodys_patients: ("", "shown", ""),
    given_up_by_uid_alone: ("patients/{uid}/", "changed", ""),
    measured_by_uid_alone: ("patients/{uid}/measurements/", "changed", ""),
    diary_of_a_note_from_the_body: ("patients/{uid}/notes/", "changed", ""),
    kept_by_uid: ("patients/{uid}/", "shown", ""),
    stopped_is_still_used: ("patients/{uid}/", "shown", "stopped"),
    none_is_none: ("patients/{uid}/", "let in", "invited"),
    time_is_not_asked: ("patients/{uid}/", "shown", "expired"),
    scope_is_not_asked: ("patients/{uid}/document/", "shown", "summary"),
    notes_go_with_the_entries: ("patients/{uid}/document/", "shown", "entries"),
    days_before_are_told: ("patients/{uid}/document/", "shown", "notes"),
    lines_go_with_the_notes: ("patients/{uid}/document/", "shown", "notes"),
    routes_go_with_the_notes: ("patients/{uid}/document/", "shown", "notes"),
    everybodys_clinic_notes: ("patients/{uid}/notes/", "shown", "entries"),
    refused_for_what_is_there: ("patients/{uid}/", "tells apart", "unconfirmed"),
}
MEASURED = ("id", "date", "kind", "value")


DEFECTS: dict[Defect, tuple[str, str]] = {
    everybodys_list: ("v1/walks/", "shown"),
    everybodys_count: ("v1/walks/", "tells of the victim"),
    detail_by_id_alone: ("v1/walks/{key}/", "shown"),
    upsert_by_id_alone: ("v1/walks/{key}/", "changed"),
    forbidden_for_what_is_there: ("v1/walks/{key}/", "tells apart"),
    kept_by_row_id: ("v1/walks/{key}/", "shown"),
    owner_from_the_body: ("v1/walks/", "changed"),
    precondition_before_ownership: ("v1/walks/{key}/", "tells apart"),
    tag_of_anybodys_row: ("v1/walks/{key}/", "tells apart"),
    conflict_with_anybodys_row: ("v1/sync/", "shown"),
    conflict_behind_escapes: ("v1/walks/{key}/", "shown"),
    device_by_number_alone: ("v1/devices/{pk}/", "changed"),
    clinicians_see_all: ("v1/walks/{key}/", "shown"),
    half_a_sign_in_is_enough: ("v1/walks/", "let in"),
    more_than_it_should: ("v1/assessment/", "takes more"),
    fails_for_what_is_there: ("v1/walks/{key}/", "broke"),
    name_in_a_header: ("v1/causes/", "shown"),
}


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    kept.clear()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def made(module_db) -> World:
    with time_machine.travel(NOW, tick=False):
        return made_world()


@pytest.fixture
def world(made, db) -> World:
    return made.anew()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.__name__)
def test_the_table_finds_a_mistake_that_was_planted(world, settings, defect):
    address, kind = DEFECTS[defect]
    settings.ROOT_URLCONF = planted(defect)
    found = probe(world, address, TABLE[address], ("owner", "walker", "clinician", "half"))
    assert kind in {each.kind for each in found}
    assert "owner" not in {each.actor for each in found}


@pytest.mark.parametrize("defect", AT_CLINICS, ids=lambda defect: defect.__name__)
def test_the_table_finds_a_mistake_that_was_planted_at_the_clinic(world, settings, defect):
    where, kind, role = AT_CLINICS[defect]
    address = f"v1/clinic/{where or 'patients/'}"
    settings.ROOT_URLCONF = planted(defect)
    if role:
        found = probe_held(world, address, TABLE[address], role)
    else:
        found = probe(world, address, TABLE[address], ("notes", "colleague", "nobody"))
    assert kind in {each.kind for each in found}


def test_a_file_that_is_not_asked_for_again_before_it_is_sent_is_found(world, monkeypatch):
    for where in ("report.pdf", "entries.zip", "bundle.json", "document/"):
        address = f"v1/clinic/patients/{{uid}}/{where}"
        assert stopped_meanwhile(world, address, TABLE[address]) == (True, False)
    for face in (exports, files, patient):
        monkeypatch.setattr(face, "still_shared", lambda *_said: None)
    for where in ("report.pdf", "entries.zip", "bundle.json", "document/"):
        address = f"v1/clinic/patients/{{uid}}/{where}"
        assert stopped_meanwhile(world, address, TABLE[address]) == (True, True)


@pytest.mark.parametrize("defect", [token_of_the_address, cookie_of_the_browser])
def test_a_token_that_is_taken_from_elsewhere_is_found(world, settings, defect):
    address, token = "v1/profile/", world.tokens["owner"]
    assert elsewhere(world, address, TABLE[address], token) == []
    settings.ROOT_URLCONF = planted(defect)
    assert {each.kind for each in elsewhere(world, address, TABLE[address], token)} == {"let in"}


def test_a_token_that_is_remembered_after_its_end_is_found(world, settings):
    settings.ROOT_URLCONF = planted(ended_is_forgotten)
    world.phone("owner").get("profile/")
    world.phone("owner").delete("auth/session")
    world.remember()
    found = revoked(world, "v1/profile/", TABLE["v1/profile/"])
    assert {each.kind for each in found} == {"let in"}


def test_a_note_in_the_log_is_found(world, settings, caplog):
    logging.getLogger("django.request").addHandler(caplog.handler)
    settings.ROOT_URLCONF = planted(a_note_in_the_log)
    assert probe(world, "v1/walks/{key}/", TABLE["v1/walks/{key}/"], ("walker",)) == []
    logging.getLogger("django.request").removeHandler(caplog.handler)
    assert "canary" in caplog.text


def test_an_address_without_a_row_in_the_table_is_found():
    new = Urls(path("api/v1/walks/<uuid:key>/photos/", everybodys_list))
    assert set(addresses(new)) - set(addresses(Urls())) == {"v1/walks/{key}/photos/"}
