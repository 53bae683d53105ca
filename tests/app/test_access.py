"""Can anybody reach what is not theirs?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from diary.models import AccessRecord, ClinicNote, Diary, Share, ShareEvent
from diary.web import urls
from tests.app import CANARY, NOW, OF_TRACK
from tests.app.conftest import diary_of_victim

WALK, CHANGE, MEASURED, WAY = (f"aaaaaaaa-0000-4000-8000-00000000000{n}" for n in (1, 2, 3, 5))
ABSENT = "bbbbbbbb-0000-4000-8000-000000000009"
DEVICE, NO_DEVICE = 7_000_001, 6_999_999
SHARE = "aaaaaaaa-0000-4000-8000-000000000004"
LATER = NOW + timedelta(days=3650)  # the clock of these tests runs

# Every address of the site: how it is filled in for the victim's row and for a row that is
# nobody's, and who may open it. A new address without a row here fails the test below.
PUBLIC, OWN = "public", "own"
TABLE = {
    "home": (PUBLIC, None, None),
    "help": (PUBLIC, None, None),
    "demo-sign-in": (PUBLIC, ("vera",), ("nobody",)),
    "settings-edit": (OWN, None, None),
    "account-delete": (OWN, None, None),
    "reminder-edit": (OWN, None, None),
    "reminder-stop": (PUBLIC, ("bm90LW9uZS1vZi1vdXJz",), None),
    "profile-edit": (OWN, None, None),
    "device-list": (OWN, None, None),
    "device-rename": (OWN, (DEVICE,), (NO_DEVICE,)),
    "device-sign-out": (OWN, (DEVICE,), (NO_DEVICE,)),
    "device-sign-out-others": (OWN, None, None),
    "worker": (PUBLIC, None, None),
    "manifest": (PUBLIC, None, None),
    "offline": (PUBLIC, None, None),
    "kept-page": (PUBLIC, ("walks/add/",), ("walks/none/",)),
    "waiting": (PUBLIC, None, None),
    "waiting-session": (PUBLIC, None, None),
    "waiting-read": (OWN, None, None),
    "waiting-filled": (OWN, None, None),
    "walk-list": (OWN, None, None),
    "walk-add": (OWN, None, None),
    "walk-live": (OWN, None, None),
    "recording-add": (OWN, None, None),
    "walk-edit": (OWN, (WALK,), (ABSENT,)),
    "route-from-walk": (OWN, (WALK,), (ABSENT,)),
    "walk-line-delete": (OWN, (WALK,), (ABSENT,)),
    "check-in-list": (OWN, None, None),
    "check-in-add": (OWN, None, None),
    "check-in-edit": (OWN, ("2026-05-30",), ("2026-05-29",)),
    "change-list": (OWN, None, None),
    "change-add": (OWN, None, None),
    "change-edit": (OWN, (CHANGE,), (ABSENT,)),
    "measurement-list": (OWN, None, None),
    "measurement-add": (OWN, None, None),
    "measurement-edit": (OWN, (MEASURED,), (ABSENT,)),
    "route-list": (OWN, None, None),
    "route-add": (OWN, None, None),
    "route-edit": (OWN, (WAY,), (ABSENT,)),
    "row-delete": (OWN, ("walk", WALK), ("walk", ABSENT)),
    "deleted-list": (OWN, None, None),
    "row-restore": (OWN, ("walk", WALK), ("walk", ABSENT)),
    "pattern": (OWN, None, None),
    "pattern-chart": (OWN, ("onset",), None),
    "article": (PUBLIC, None, None),
    "article-questions": (PUBLIC, None, None),
    "article-cause": (PUBLIC, ("sciatica",), ("gout",)),
    "share-list": (OWN, None, None),
    "share-invite": (OWN, None, None),
    "share-code": (OWN, None, None),
    "access-list": (OWN, None, None),
    "share-history": (OWN, None, None),
    "share-history-export": (OWN, None, None),
    "share-detail": (OWN, (SHARE,), (ABSENT,)),
    "share-agree": (OWN, (SHARE,), (ABSENT,)),
    "share-stop": (OWN, (SHARE,), (ABSENT,)),
    "document-import": (OWN, None, None),
    "document-export": (OWN, None, None),
}
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
ROWS = {name: row for name, row in TABLE.items() if row[0] is OWN and row[2]}


@pytest.fixture(scope="module")
def made(module_db) -> Diary:
    """The victim, who is signed in somewhere, and shares with somebody who waits for their word."""
    victim, browser = diary_of_victim(), Client()
    browser.force_login(victim.owner)
    UserSession.objects.create(
        pk=DEVICE,
        user=victim.owner,
        session_key=browser.session.session_key,
        ip="203.0.113.7",
        user_agent=CANARY,
    )
    named = {"name": f"{CANARY}-nurse", "role": f"{CANARY}-role"}
    share = Share.objects.create(
        uid=SHARE, diary=victim, what="notes", state="accepted", email=f"{CANARY}@example.org",
        ends_at=LATER, invitation_ends_at=LATER, created_at=NOW, **named,
    )  # fmt: skip
    ShareEvent.note(share, "accepted", None, NOW)
    AccessRecord.of(share, "summary", NOW).save()
    ClinicNote.objects.create(share=share, diary=victim, text=CANARY, shown=True, made_at=NOW)
    return victim


@pytest.fixture
def victim(made, db) -> Diary:
    return Diary.objects.get(pk=made.pk)


def body(response) -> bytes:
    """What came back, headers too, without the form token that is new in every answer."""
    content = b"".join(response) if response.streaming else response.content
    content = re.sub(rb'(csrfmiddlewaretoken" value=")\w+', rb"\1", content)
    return content + str(sorted(response.items())).encode()


def everything(diary: Diary) -> object:
    rows = Diary.objects.get(pk=diary.pk)
    devices = UserSession.objects.filter(user=rows.owner_id).order_by("pk")
    shared = (rows.shares, rows.share_events, rows.access_records, rows.clinic_notes)
    kept = [list(each.order_by("pk").values()) for each in shared]
    return rows.document(), rows.revision, list(devices.values()), kept


def test_every_address_has_a_row_in_the_table():
    names = {pattern.name for pattern in urls.urlpatterns if isinstance(pattern, URLPattern)}
    assert names == set(TABLE)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", TABLE)
def test_nothing_of_a_victim_reaches_another_walker(signed_in, victim, name, method):
    before = everything(victim)
    url = reverse(name, args=TABLE[name][1])
    response = getattr(signed_in, method)(url)
    for hidden in (CANARY, *OF_TRACK):
        assert hidden.encode() not in body(response)
    assert response.status_code < 500
    assert everything(victim) == before


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", ROWS)
def test_a_strangers_row_looks_like_one_that_does_not_exist(signed_in, victim, name, method):
    _, theirs, nobodys = TABLE[name]
    found = getattr(signed_in, method)(reverse(name, args=theirs))
    missing = getattr(signed_in, method)(reverse(name, args=nobodys))
    assert found.status_code == missing.status_code
    if method in ("get", "head", "post") and found.status_code != 405:
        assert found.status_code == 404
    assert body(found) == body(missing)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row[0] is OWN])
def test_nobody_is_asked_to_sign_in(client, victim, name):
    response = client.get(reverse(name, args=TABLE[name][1]))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if row[0] is OWN])
def test_what_nobody_sends_is_not_saved_and_not_lost_by_being_sent_elsewhere(client, victim, name):
    before = everything(victim)
    response = client.post(reverse(name, args=TABLE[name][1]), {"signs": "chest_pain", "card": "1"})
    assert response.status_code == 401
    assert "nothing was saved" in response.content.decode()
    assert everything(victim) == before


@pytest.mark.parametrize(
    "name", ["walk-add", "check-in-add", "change-add", "measurement-add", "route-add"]
)
def test_sending_a_victims_id_never_touches_their_row(signed_in, diary, victim, name):
    before = everything(victim)
    ids = {"walk-add": WALK, "change-add": CHANGE, "measurement-add": MEASURED, "route-add": WAY}
    signed_in.post(
        reverse(name),
        {
            "id": ids.get(name, ""), "date": "2026-05-30", "distance": "90", "distance_unit": "m",
            "hurt": "no", "kind": "injury" if name == "change-add" else "weight_kg", "value": "70",
            "name": "mine",
            "pain-TOTAL_FORMS": "0", "pain-INITIAL_FORMS": "0", "owner": victim.owner_id,
            "diary": victim.pk, "diary_id": victim.pk,
        },
    )  # fmt: skip
    assert everything(victim) == before
    shape = name.removesuffix("-add").replace("-", "_")
    assert diary.rows(shape).count() == 1


def test_signed_in_pages_stay_out_of_caches(signed_in):
    for name, row in TABLE.items():
        response = signed_in.get(reverse(name, args=row[1]))
        assert "no-store" in response["Cache-Control"], name


def test_every_answer_carries_the_content_policy(signed_in, client):
    for response in (
        signed_in.get("/"), client.get("/"), client.get("/nowhere/"), client.post("/help/"),
        signed_in.get("/diary-file/export/"),
    ):  # fmt: skip
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        allowed = response["Permissions-Policy"]
        assert allowed == "camera=(), geolocation=(self), microphone=(), payment=()"


def test_a_demo_person_can_be_entered_only_where_the_demo_is(client, settings, new_diary):
    settings.DEMO = False
    person = new_diary("vera").owner
    person.email, person.is_demo = "vera@demo.example", True
    person.save()
    assert client.post("/demo/vera/").status_code == 404
    settings.DEMO = True
    assert client.post("/demo/vera/").status_code == 302
    assert client.get("/walks/").status_code == 200


def test_somebody_with_a_demo_address_but_no_demo_person_cannot_be_entered(client, new_diary):
    person = new_diary("vera").owner
    person.email = "vera@demo.example"
    person.save()
    assert client.post("/demo/vera/").status_code == 404


def test_no_admin_site_is_open():
    prefixes = {str(pattern.pattern) for pattern in get_resolver().url_patterns}
    assert prefixes == {"account/", "account/2fa/", "api/", "clinic/", ""}


def test_a_form_from_another_site_is_refused_with_a_way_back(diary):
    client = Client(enforce_csrf_checks=True)
    client.force_login(diary.owner)
    response = client.post("/walks/add/", {"distance": "600"})
    assert response.status_code == 403
    assert b"Nothing" in response.content
    assert not diary.walks.exists()
