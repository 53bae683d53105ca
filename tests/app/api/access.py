"""Every address of the API, who may ask what of it, and a world in which to try the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession

from diary.models import Diary, Person
from tests.app import CANARY, NOW, OF_TRACK
from tests.app.api.conftest import token_of
from tests.app.api.probes import (
    ACCOUNT,
    ANYBODY,
    CLINIC,
    OWN,
    Route,
    Target,
    World,
    phone_with,
)
from tests.app.api.signing_in import Passkey
from tests.app.conftest import diary_named, diary_of_victim
from tests.app.grantees import (
    ACTIVE,
    EARLY_M,
    colleague_has_a_patient,
    draw,
    note_of,
    shared_by,
    uid_of,
)
from tests.app.sharing import factor_given

ACTORS = (
    "owner", "walker", "twin", "clinician", "demo", "nobody", "ended", "half", "notes", "operator",
)  # fmt: skip
# Who comes to the clinic's addresses besides: with a second factor, and no share of the victim's;
# before them somebody who may read there.
AT_THE_CLINIC = ("notes", "owner", "walker", "nobody", "ended", "half", "colleague", "operator")
PASSWORD, THEIR_PASSWORD = "a-long-password", "quite-another-one"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NUMBER = 7777.25  # a distance that only the victim walked
OWN_WALK = "cccccccc-0000-4000-8000-000000000001"


def target(name: str, letter: str, day: int, number: int, email: str) -> Target:
    ids = [f"{letter * 8}-0000-4000-8000-00000000000{n}" for n in (1, 2, 3, 5)]
    numbers = (7_000_000 + number, 7_100_000 + number)
    share = f"{letter * 8}-0000-4000-8000-000000000004"
    return Target(name, *ids, f"2026-05-{day}", *numbers, email, share, 7_200_000 + number)


THEIRS = replace(
    target("theirs", "a", 30, 1, f"{CANARY}-name@example.org"),
    share=uid_of("notes"),
    note=note_of("notes"),
)
GONE = target("gone", "d", 29, 2, THEIRS.email)
NOBODYS = target("nobodys", "b", 28, 3, "nobody-7f3a-name@example.org")


def walk(of: Target) -> dict[str, Any]:
    return {"id": of.walk, "started_at": "2026-05-20T09:00:00Z", "distance_m": 500}


def check_in(of: Target) -> dict[str, Any]:
    return {"date": of.check_in, "notes": "mine"}


def change(of: Target) -> dict[str, Any]:
    return {"id": of.change, "date": "2026-05-01", "kind": "injury"}


def measurement(of: Target) -> dict[str, Any]:
    return {"id": of.measurement, "date": "2026-05-01", "kind": "weight_kg", "value": 70}


def route(of: Target) -> dict[str, Any]:
    return {"id": of.route, "name": "mine", "distance_m": 360}


ROWS = {
    "walk": walk, "check_in": check_in, "change": change, "measurement": measurement,
    "route": route,
}  # fmt: skip


def document(of: Target) -> dict[str, Any]:
    return {
        "format": "walking-diary",
        "version": 1,
        "profile": {"birth_year": 1960},
        "walks": [walk(of)],
        "check_ins": [check_in(of)],
        "changes": [change(of)],
        "measurements": [measurement(of)],
        "routes": [route(of)],
    }


def items(of: Target) -> dict[str, Any]:
    rows = {kind: row(of) for kind, row in ROWS.items()}
    puts = [{"kind": kind, "op": "put", "value": row} for kind, row in rows.items()]
    seen = [{**put, "base_revision": 1} for put in puts]
    names = {kind: "date" if kind == "check_in" else "id" for kind in rows}
    deletes = [
        {"kind": kind, "op": "delete", "base_revision": base, "value": {names[kind]: key}}
        for kind, key in ((kind, rows[kind][names[kind]]) for kind in rows)
        for base in (None, 1)
    ]
    return {"items": [*deletes, *seen, *puts, *deletes, *puts]}


def answers(of: Target) -> dict[str, Any]:
    """All that the forms of signing in may ask, with the target's address and wrong secrets."""
    return {
        "email": of.email, "password": "not-their-password", "current_password": PASSWORD,
        "new_password": "one-more-long-password", "code": "000000", "key": "MQ-abc-def",
        "name": "mine", "id": of.factor, "authenticators": [of.factor], "primary": True,
        "credential": {"id": "AAAA", "type": "public-key"},
    }  # fmt: skip


def own_answers(of: Target) -> dict[str, Any]:
    return {**answers(of), "password": PASSWORD}


def invite(of: Target) -> dict[str, Any]:
    return {"email": of.email, "what": "summary", "until": "2026-11-30"}


def grantee(of: Target) -> dict[str, Any]:
    return {"name": "Dr Nobody", "role": "surgeon"}


def note(of: Target) -> dict[str, Any]:
    return {"text": "mine"}


def patient(route: str, takes: str, body: Any = None, key: str = "share", **more: Any) -> Any:
    """A row of the table for an address of one patient."""
    return {f"v1/clinic/patients/{{uid}}/{route}": Route(CLINIC, takes, key, body, **more)}


SHARING = {
    "v1/shares/": Route(OWN, "GET POST", body=invite, queries=("?limit=1&page=2",)),
    "v1/shares/code/": Route(OWN, "POST", body=lambda of: {"until": "2026-11-30"}),
    "v1/shares/accesses/": Route(OWN, "GET", queries=("?limit=1&page=2",)),
    "v1/shares/history/": Route(OWN, "GET"),
    "v1/shares/{uid}/": Route(OWN, "GET PATCH", "share", lambda of: {"what": "notes"}),
    "v1/shares/{uid}/agree/": Route(OWN, "POST", "share"),
    "v1/shares/{uid}/stop/": Route(OWN, "POST", "share"),
    "v1/clinic/patients/": Route(
        CLINIC, "GET POST", body=lambda of: {"q": CANARY[:6]}, queries=("?group=red_flag",)
    ),
    "v1/clinic/waiting/": Route(CLINIC, "GET"),
    "v1/clinic/invitations/": Route(CLINIC, "POST", body=lambda of: grantee(of) | {"token": "x"}),
    "v1/clinic/codes/": Route(CLINIC, "POST", body=lambda of: grantee(of) | {"code": "ABCDEFGHJK"}),
    **patient("", "GET DELETE"),
    **patient("charts/{name}.{form}", "GET", named={"name": "onset", "form": "svg"}),
    **patient("document/", "GET"),
    **patient("comparison/", "GET", queries=("?earlier_from=2026-03-01",)),
    **patient("review/", "POST DELETE", lambda of: {"note": "mine", "reason": ""}),
    **patient("notes/", "GET POST", note),
    **patient("notes/{pk}/", "PATCH", lambda of: {"shown": True}, "note"),
    **patient("measurements/", "POST", lambda of: {**measurement(of), "id": NEW_MEASUREMENT}),
    **patient("text/", "GET"),
    **patient("report.pdf", "GET"),
    **patient("entries.zip", "GET"),
    **patient("bundle.json", "GET"),
}  # fmt: skip
NEW_MEASUREMENT = "ffffffff-0000-4000-8000-000000000009"

DETAIL = "GET PUT PATCH DELETE"
PAGES = ("?limit=1", "?from=2026-05-01&until=2026-06-30", "?cursor=cD0yMDI2LTA1LTMw")
TABLE = {
    "v1/walks/": Route(OWN, "GET POST", body=walk, queries=PAGES),
    "v1/walks/{key}/": Route(OWN, DETAIL, "walk", walk, versioned=True),
    "v1/check-ins/": Route(OWN, "GET POST", body=check_in, queries=PAGES),
    "v1/check-ins/{key}/": Route(OWN, DETAIL, "check_in", check_in, versioned=True),
    "v1/changes/": Route(OWN, "GET POST", body=change, queries=PAGES),
    "v1/changes/{key}/": Route(OWN, DETAIL, "change", change, versioned=True),
    "v1/measurements/": Route(OWN, "GET POST", body=measurement, queries=PAGES),
    "v1/measurements/{key}/": Route(OWN, DETAIL, "measurement", measurement, versioned=True),
    "v1/routes/": Route(OWN, "GET POST", body=route, queries=(PAGES[0], PAGES[2])),
    "v1/routes/{key}/": Route(OWN, DETAIL, "route", route, versioned=True),
    "v1/profile/": Route(OWN, "GET PUT PATCH", body=lambda of: {"birth_year": 1960}),
    "v1/sync/": Route(OWN, "GET POST", body=items, queries=("?since=0", "?since=3&limit=1")),
    "v1/assessment/": Route(OWN, "GET"),
    "v1/charts/{name}.{form}": Route(OWN, "GET", named={"name": "onset", "form": "svg"}),
    "v1/document/": Route(OWN, "GET POST", body=document),
    "v1/help/": Route(ANYBODY, "GET"),
    "v1/questions/": Route(ANYBODY, "GET"),
    "v1/causes/": Route(ANYBODY, "GET"),
    "v1/causes/{code}/": Route(ANYBODY, "GET", named={"code": "sciatica"}),
    "v1/settings/": Route(OWN, "GET PATCH", body=lambda of: {"name": "mine"}),
    # Who holds a share of the victim's counts it among their patients.
    "v1/account/": Route(
        OWN, "GET DELETE", queries=("?confirm=everything",), excused=("tells of the victim",)
    ),
    "v1/devices/": Route(OWN, "GET"),
    "v1/devices/{pk}/": Route(OWN, "PATCH DELETE", "device", lambda of: {"name": "mine"}),
    **SHARING,
    "v1/config": Route(ANYBODY, "GET"),
    "v1/auth/session": Route(ANYBODY, "GET DELETE"),
    "v1/auth/login": Route(ANYBODY, "POST", body=answers),
    # Signing up with an address that has an account says so: without a confirmed address first,
    # there is no other way.
    "v1/auth/signup": Route(
        ANYBODY, "POST", body=answers, excused=("tells apart", "tells of the victim")
    ),
    "v1/auth/code/request": Route(ANYBODY, "POST", body=answers),
    "v1/auth/code/resend": Route(ANYBODY, "POST", body=answers),
    "v1/auth/code/confirm": Route(ANYBODY, "POST", body=answers),
    "v1/auth/password/request": Route(ANYBODY, "POST", body=answers),
    "v1/auth/password/reset": Route(ANYBODY, "GET POST", body=answers),
    "v1/auth/email/verify": Route(ANYBODY, "GET POST", body=answers),
    "v1/auth/email/verify/resend": Route(ANYBODY, "POST", body=answers),
    "v1/auth/2fa/authenticate": Route(ANYBODY, "POST", body=answers),
    "v1/auth/webauthn/authenticate": Route(ANYBODY, "GET POST", body=answers),
    "v1/auth/webauthn/login": Route(ANYBODY, "GET POST", body=answers),
    "v1/auth/reauthenticate": Route(ANYBODY, "POST", body=own_answers),
    "v1/auth/2fa/reauthenticate": Route(ACCOUNT, "POST", body=answers),
    "v1/auth/webauthn/reauthenticate": Route(ACCOUNT, "GET POST", body=answers),
    "v1/account/password/change": Route(ACCOUNT, "POST", body=answers),
    "v1/account/email": Route(ACCOUNT, "GET POST PUT PATCH DELETE", body=answers),
    "v1/account/authenticators": Route(ACCOUNT, "GET"),
    "v1/account/authenticators/totp": Route(ACCOUNT, "GET POST DELETE", body=answers),
    "v1/account/authenticators/recovery-codes": Route(ACCOUNT, "GET POST", body=answers),
    "v1/account/authenticators/webauthn": Route(ACCOUNT, "GET POST PUT DELETE", body=answers),
    "schema/": Route(ANYBODY, "GET"),
    "docs/": Route(ANYBODY, "GET"),
    "problems/": Route(ANYBODY, "GET"),
}


def with_account(diary: Diary) -> Diary:
    """The diary, whose owner's address is confirmed."""
    owner = diary.owner
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    return diary


def with_canaries(victim: Diary) -> Diary:
    """The victim, with a password and deleted rows of their own, and a number nobody else has."""
    victim.owner.set_password(THEIR_PASSWORD)
    victim.owner.save()
    EmailAddress.objects.create(user=victim.owner, email=f"{CANARY}-other@example.org")
    told = {"notes": f"{CANARY}-gone"}
    for shape, row in ROWS.items():
        victim.delete_row(victim.put(shape, {**row(GONE), **told}, NOW)[0], NOW)
    victim.put("walk", {**walk(THEIRS), "id": f"{THEIRS.walk[:-1]}9", "distance_m": NUMBER}, NOW)
    return with_account(victim)


def signed_in(email: str, password: str = PASSWORD) -> str:
    """The token that signing in with a password gives, of half a sign-in perhaps."""
    phone = phone_with(None)
    sent = phone.post("auth/login", {"email": email, "password": password})
    phone.token = sent.json()["meta"]["session_token"]
    phone.post("auth/reauthenticate", {"password": password})
    return phone.token


def made_world() -> World:
    """Somebody with everything to hide, and everybody who may want to see it."""
    victim = with_canaries(diary_of_victim())
    owner, spare, ended = (signed_in(THEIRS.email, THEIR_PASSWORD) for _ in range(3))
    UserSession.objects.get(session_key=ended).end()
    UserSession.objects.filter(session_key=owner).update(
        id=THEIRS.device, user_agent=f"{CANARY}-agent", data={"name": f"{CANARY}-device"}
    )
    TOTP.activate(victim.owner, SECRET)
    asked = {"user": {"id": "MQ"}, "challenge": "AAAA"}
    key = {"name": f"{CANARY}-key", "credential": Passkey().made({"publicKey": asked})}
    Authenticator.objects.create(pk=THEIRS.factor, user=victim.owner, type="webauthn", data=key)

    diaries = {name: diary_named(name) for name in ("walker", "twin", "clinician", "demo")}
    tokens = {"owner": owner, "spare": spare, "nobody": None, "ended": ended}
    tokens["half"] = signed_in(THEIRS.email, THEIR_PASSWORD)
    for name, diary in diaries.items():
        with_account(diary).put("walk", {**walk(THEIRS), "id": OWN_WALK}, NOW)
        tokens[name] = signed_in(diary.owner.email)
    for shape, row in ROWS.items():
        diaries["twin"].put(shape, row(THEIRS), NOW)
    Person.objects.filter(pk=diaries["clinician"].owner_id).update(is_clinician=True)
    Person.objects.filter(pk=diaries["demo"].owner_id).update(is_demo=True)

    people = shared_by(victim)
    colleague_has_a_patient(diaries["walker"], people)
    tokens |= {role: token_of(each) for role, each in people.items()}
    for role in (*people, "clinician"):
        factor_given(tokens[role])

    person = Person.objects.get(pk=victim.owner_id)
    mass = dict.fromkeys(("diary", "diary_id", "pk"), victim.pk)
    mass |= dict.fromkeys(("owner", "owner_id", "user", "user_id", "person"), person.pk)
    world = World(
        victim, tokens, THEIRS, GONE, NOBODYS, mass={**mass, "revision": 1},
        needles=[
            CANARY, owner, ended, person.password, SECRET, str(NUMBER), str(EARLY_M),
            THEIRS.walk[:13], THEIRS.email, *OF_TRACK, *(f"thoughts of {role}" for role in ACTIVE),
        ],
        known={
            "twin": (THEIRS.walk[:13],),
            "summary": (str(NUMBER), "thoughts of summary"),
            **{role: (str(NUMBER), THEIRS.walk[:13], f"thoughts of {role}")
               for role in ("entries", "notes")},
        },
    )  # fmt: skip
    draw(victim)
    for actor in tokens:  # the first use of a device is noted
        world.phone(actor).get("profile/")
    world.remember()
    return world
