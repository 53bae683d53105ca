"""What can go wrong between two people at an address, asked of any table of addresses."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import Any, NamedTuple
from unittest.mock import patch
from urllib.parse import unquote

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.urls import URLResolver, get_resolver

from diary import exports
from diary.api.views.clinic import patient
from diary.models import Diary, Person, Share
from diary.shared import Shared
from tests.app.api.conftest import Phone
from tests.app.grantees import ACTIVE, ENDED, HELD, may_read, note_of, readable, uid_of

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
OWN, ACCOUNT, ANYBODY, CLINIC = "own", "account", "anybody", "clinic"
# Nobody's, although they hold a token: of a device that was signed out, of half a sign-in.
NOBODIES = ("nobody", "ended", "half")
# Values that are new in each answer, and say nothing of anybody.
FRESH = re.compile(
    rb'"(session_token|secret|totp_url|challenge)": "[^"]*"'
    rb'|"(uid|spoken|link)":("[^"]*"|\[[^\]]*\])|"code":"[A-Z0-9]{4}-[A-Z0-9]{6}"'
    rb'|"user": \{"id": \d+'
    rb'|"unused_codes": \[[^]]*'
)


@dataclass(frozen=True)
class Target:
    """Which rows a request names: the victim's, deleted ones of theirs, or none that exist."""

    name: str
    walk: str
    change: str
    measurement: str
    route: str
    check_in: str
    device: int
    factor: int
    email: str
    share: str
    note: int

    def hidden(self, text: str, sent: str | None = None) -> str:
        """A text without the target's names, or without those that were sent: an echo is none."""
        for value in (getattr(self, each.name) for each in fields(self)[1:]):
            if sent is None or str(value) in sent:
                text = text.replace(str(value), "*")
        return text


class Route(NamedTuple):
    """An address: whose it is, what it takes, which row it names and what can be sent to it."""

    access: str
    takes: str
    key: str = ""
    body: Callable[[Target], Any] | None = None
    queries: tuple[str, ...] = ()
    versioned: bool = False
    excused: tuple[str, ...] = ()
    named: dict[str, str] = {}


class Ask(NamedTuple):
    """One request."""

    method: str
    where: str
    data: Any = None
    headers: dict[str, str] = {}

    def __str__(self) -> str:
        sent = json.dumps(self.data)[:60] if self.data is not None else ""
        return f"{self.method} {self.where} {sent} {self.headers or ''}".strip()


class Answer(NamedTuple):
    """What came back, to the byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def code(self) -> str:
        """The code of a problem; empty for anything else."""
        kind = dict(self.headers).get("Content-Type", "")
        problem = kind == "application/problem+json" and self.body
        return json.loads(self.body).get("code", "") if problem else ""

    def same(self, other: Answer) -> bool:
        """Whether another answer says the same, whatever its headers."""
        bodies = [FRESH.sub(b"", each.body) for each in (self, other)]
        return self.status == other.status and bodies[0] == bodies[1]

    def hidden(self, target: Target) -> tuple[int, str, str]:
        """The answer without what the request named and without what is new each time."""
        headers = [pair for pair in self.headers if pair[0] != "Content-Length"]
        body = target.hidden(FRESH.sub(b"", self.body).decode("latin-1"))
        if '"data": [' in body:  # addresses and second factors are listed in no order
            rows = re.compile(r"\{[^{}]*\}")
            body = rows.sub("", body) + str(sorted(rows.findall(body)))
        return self.status, target.hidden(str(headers)), body


class Finding(NamedTuple):
    """Something that must not be."""

    kind: str
    actor: str
    asked: str
    detail: str = ""


@cache
def _phone() -> Phone:
    return Phone()


def phone_with(token: str | None) -> Phone:
    """The one phone that all use in turn: to make another takes longer than a request."""
    phone = _phone()
    phone.token = token
    phone.client.cookies.clear()
    return phone


@dataclass
class World:
    """The victim, everybody's token, and what must never be seen of the victim."""

    victim: Diary
    tokens: dict[str, str | None]
    theirs: Target
    gone: Target
    nobodys: Target
    needles: list[str]
    asked: int = 0
    wrote: bool = False
    # Which rows a role may write, as a row of which table; nobody any by themselves.
    may_write: Callable[[str, tuple[Any, ...]], bool] = lambda _table, _row: False
    mass: dict[str, Any] = field(default_factory=dict)
    # What would tell of the victim, were it not that this actor has it too.
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def anew(self) -> World:
        """The world as it was made, for a test of its own."""
        victim = Diary.objects.select_related("owner").get(pk=self.victim.pk)
        fresh = replace(self, victim=victim, tokens={**self.tokens})
        fresh.before = self.before
        return fresh

    def phone(self, actor: str) -> Phone:
        """The actor's phone."""
        return phone_with(self.tokens[actor])

    def ask(self, actor: str, ask: Ask) -> tuple[Answer, bool]:
        """What an actor is answered, and whether the victim is as before; then it never was."""
        caches["throttle"].clear()
        self.asked += 1
        phone = self.phone(actor)
        with transaction.atomic(), _writes_seen(self):
            response = phone.send(ask.method, ask.where, ask.data, **ask.headers)
            unchanged = not self.wrote or self.unchanged(self.tokens[actor])
            transaction.set_rollback(True)
        body = b"".join(response) if response.streaming else response.content
        headers = [pair for pair in response.items() if pair[0] != "Date"]
        headers += [("Set-Cookie", str(cookie)) for cookie in response.cookies.values()]
        return Answer(response.status_code, tuple(sorted(headers)), body), unchanged

    def unchanged(self, token: str | None) -> bool:
        """Whether the victim is as before, but for the session of whoever asked."""
        before, now = (
            {**each, "sessions": [row for row in each["sessions"] if row[0] != token]}
            for each in (self.before, belongings(self.victim))
        )
        return all(
            now[table] == rows
            or [row for row in now[table] if not self.may_write(table, row)]
            == [row for row in rows if not self.may_write(table, row)]
            for table, rows in before.items()
        )

    def remember(self) -> None:
        """Take down the victim as they are now."""
        self.before = belongings(self.victim)

    @contextmanager
    def without_victim(self) -> Iterator[None]:
        """The same world, in which the victim never was."""
        with transaction.atomic():
            Person.objects.get(pk=self.victim.owner_id).delete()
            Session.objects.filter(session_key__in=self.needles).delete()
            before, self.before = self.before, belongings(self.victim)
            yield
            self.before = before
            transaction.set_rollback(True)


@contextmanager
def _writes_seen(world: World) -> Iterator[None]:
    world.wrote = False

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        world.wrote = world.wrote or sql.startswith(("INSERT", "UPDATE", "DELETE"))
        return execute(sql, *rest)

    with connection.execute_wrapper(watch):
        yield


def belongings(diary: Diary) -> dict[str, list[Any]]:
    """Every row of every table that leads to a diary's owner, and the owner's sessions."""
    kept = {}
    for model, path in _personal_tables():
        rows = model._base_manager.filter(**{path: diary.owner_id}).order_by("pk")
        kept[model._meta.label] = list(rows.values_list())
    devices = UserSession.objects.filter(user=diary.owner_id).values("session_key")
    sessions = Session.objects.filter(session_key__in=devices).order_by("session_key")
    return {**kept, "sessions": list(sessions.values_list())}


@cache
def _personal_tables() -> list[tuple[type[Model], str]]:
    paths = [
        (model, _path_to_person(model)) for model in apps.get_models(include_auto_created=True)
    ]
    return [(model, path) for model, path in paths if path]


def _path_to_person(model: type[Model], seen: tuple[Any, ...] = ()) -> str:
    """How a filter gets from a table to the person that its rows belong to."""
    if model is Person:
        return "pk"
    for each in model._meta.get_fields():
        if isinstance(each, ForeignKey) and each.related_model not in (model, *seen):
            if each.related_model is Person:
                return each.name
            if path := _path_to_person(each.related_model, (*seen, model)):
                return f"{each.name}__{path}"
    return ""


def addresses(urlconf: Any = None) -> list[str]:
    """Every address below /api/, in one form whoever wrote it: v1/walks/{key}/."""
    found = []

    def walk(patterns: Iterable[Any], prefix: str) -> None:
        for each in patterns:
            where = prefix + str(each.pattern).removeprefix("^").removesuffix("$")
            if isinstance(each, URLResolver):
                walk(each.url_patterns, where)
            elif where.startswith("api/"):
                where = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", where.removeprefix("api/"))
                found.append(re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", where))

    walk(get_resolver(urlconf).url_patterns, "")
    return found


def asks(address: str, route: Route, target: Target, world: World) -> list[Ask]:
    """Every request that is made of an address, naming a target's rows."""
    key = {"key": getattr(target, route.key)} if route.key else {}
    where = "/api/" + address.format(**key, pk=key.get("key"), uid=target.share, **route.named)
    tag = f'"{world.victim.revision}"'
    tags = [{}, {"If-Match": tag}, {"If-Match": "*"}] if route.versioned else [{}]
    body = route.body(target) if route.body else {}
    made = [Ask(method, where) for method in METHODS[:3]]
    made += [Ask("GET", where + query) for query in route.queries]
    made.append(Ask("GET", where, headers={"If-None-Match": tag, "If-Match": tag}))
    made.append(Ask("GET", f"{where}?diary={world.victim.pk}&owner={world.victim.owner_id}"))
    for method in METHODS[3:]:
        made += [Ask(method, where, body, headers) for headers in tags]
        if method in route.takes:
            made += [Ask(method, where), Ask(method, where, {**body, **world.mass}, tags[-1])]
    return made


def plainly(made: list[Ask]) -> list[Ask]:
    """Of all requests of an address the first of each method."""
    return [*{ask.method: ask for ask in reversed(made)}.values()]


def probe(world: World, address: str, route: Route, actors: Iterable[str]) -> list[Finding]:
    """Everything that an address does wrong to the victim, whoever asks."""
    asked = asks(address, route, world.theirs, world)
    if route.access not in (OWN, CLINIC):
        actors = [each for each in actors if each != "twin"]  # there they are a walker like others
    for actor in actors:  # whatever is kept for the next reader is kept by now
        world.phone(actor).get(asked[0].where)
    world.remember()
    if route.access == CLINIC:  # whoever may read there has come before the others
        actors = [each for each in actors if each not in HELD]
    found: list[Finding] = []
    told: dict[str, list[Answer]] = {}
    for actor in actors:
        both = [world.ask(actor, ask) for ask in asked]
        told[actor] = [answer for answer, _unchanged in both]
        for ask, (answer, unchanged) in zip(asked, both, strict=True):
            found += judged(world, route, actor, ask, answer, unchanged)
        if actor not in ("owner", "twin") and (route.body or route.key):
            found += _told_apart(world, address, route, actor, told[actor])
    with world.without_victim():
        for actor in [each for each in actors if each not in ("owner", "half", "ended")]:
            for ask, before in zip(asked, told[actor], strict=True):
                answer, _unchanged = world.ask(actor, ask)
                if answer.hidden(world.theirs) != before.hidden(world.theirs):
                    detail = difference(before, answer)
                    found.append(Finding("tells of the victim", actor, str(ask), detail))
    return [each for each in found if each.kind not in route.excused]


def _told_apart(
    world: World, address: str, route: Route, actor: str, theirs: list[Answer]
) -> Iterator[Finding]:
    """Where a row of the victim's is answered otherwise than one that does not exist."""
    missing = asks(address, route, world.nobodys, world)
    none = [world.ask(actor, ask)[0] for ask in missing]
    compared = [(world.theirs, theirs)]
    if route.versioned:
        deleted = asks(address, route, world.gone, world)
        compared.append((world.gone, [world.ask(actor, ask)[0] for ask in deleted]))
    for target, answers in compared:
        for ask, answer, nothing in zip(missing, answers, none, strict=True):
            if answer.hidden(target) != nothing.hidden(world.nobodys):
                detail = f"{target.name}: {difference(answer, nothing)}"
                yield Finding("tells apart", actor, str(ask), detail)


def probe_held(world: World, address: str, route: Route, role: str) -> list[Finding]:
    """What an address does wrong to the victim where the share of one role is named.

    The role itself asks, and so do nobody and a colleague, who have no part in that share.
    """
    target = replace(world.theirs, share=uid_of(role), note=note_of(role))
    if role in ACTIVE and "GET" in route.takes:  # what is worked out once is worked out by now
        world.phone(role).get(asks(address, route, target, world)[0].where)
    world.may_write = of_share(Share.objects.get(uid=target.share), role)
    world.remember()
    asked, missing = (
        [
            ask
            for ask in asks(address, route, each, world)
            if ask.method in route.takes and ask.headers == {}
        ]
        for each in (target, world.nobodys)
    )
    found: list[Finding] = []
    for ask, none in zip(asked, missing, strict=True):
        answer, unchanged = world.ask(role, ask)
        found += judged(world, route, role, ask, answer, unchanged, may_read(role))
        gives_up = role == "unconfirmed" and ask.method == "DELETE"  # what they accepted
        if role not in ACTIVE and route.key and not gives_up:
            nothing = world.ask(role, none)[0]
            if answer.hidden(target) != nothing.hidden(world.nobodys):
                detail = difference(answer, nothing)
                found.append(Finding("tells apart", role, str(ask), detail))
    world.may_write = _nothing
    for actor in ("nobody", "colleague") if route.key else ():
        for ask in plainly(asked):
            found += judged(world, route, actor, ask, *world.ask(actor, ask))
    return found


# What takes long to make, so that its share may be stopped meanwhile.
LONG = (
    (exports, "report_for"),
    (patient, "report_for"),
    (patient, "compared"),
    (Shared, "document"),
)


def stopped_meanwhile(world: World, address: str, route: Route) -> tuple[bool, bool]:
    """Whether a share was stopped while an answer was made, and whether that went out."""
    share = Share.objects.get(uid=world.theirs.share)
    stopped = []

    def stopping(made: Callable[..., Any]) -> Callable[..., Any]:
        def made_then_stopped(*given: Any, **named: Any) -> Any:
            answer = made(*given, **named)
            stopped.append(Share.objects.filter(pk=share.pk).update(state="stopped"))
            return answer

        return made_then_stopped

    with ExitStack() as patched:
        for holder, name in LONG:
            change = patch.object(holder, name, stopping(getattr(holder, name)))
            patched.enter_context(change)
        answer, _unchanged = world.ask("notes", asks(address, route, world.theirs, world)[0])
    return bool(stopped), answer.status < 400


def _nothing(_table: str, _row: tuple[Any, ...]) -> bool:
    return False


def of_share(share: Share, role: str) -> Callable[[str, tuple[Any, ...]], bool]:
    """The rows that a role may write: of its own share, with what follows from them."""
    follows = ("diary.StoredReport", "diary.Diary")

    def may_write(table: str, row: tuple[Any, ...]) -> bool:
        if table == "sessions":
            return False
        fields = [field.attname for field in apps.get_model(table)._meta.concrete_fields]
        told = dict(zip(fields, row, strict=True))
        if table == "diary.AccessRecord" and role in (*ACTIVE, *ENDED):
            return told["share_id"] == share.pk
        if role not in (*ACTIVE, "unconfirmed"):
            return False
        if table == "diary.Share":
            return bool(told["id"] == share.pk)
        own = told.get("share_id", told.get("entered_through_id"))
        return own == share.pk or table in follows

    return may_write


def judged(
    world: World,
    route: Route,
    actor: str,
    ask: Ask,
    answer: Answer,
    unchanged: bool,
    allowed: Iterable[str] = (),
) -> Iterator[Finding]:
    """What is wrong with one answer; `allowed` are texts that the actor may read."""
    if answer.status >= 500:
        yield Finding("broke", actor, str(ask), str(answer.status))
    if actor == "owner":
        return
    if not unchanged:
        yield Finding("changed", actor, str(ask))
    needles = [each for each in world.needles if each not in world.known.get(actor, ())]
    if seen := shown(answer, needles, world.theirs, f"{ask.where} {ask.data}", allowed):
        yield Finding("shown", actor, str(ask), seen)
    if route.access != ANYBODY and actor in NOBODIES:
        if not kept_out(route, actor, ask, answer):
            yield Finding("let in", actor, str(ask), f"{answer.status} {answer.code}")
    elif ask.method not in (*route.takes.split(), "HEAD", "OPTIONS") and answer.status < 400:
        yield Finding("takes more", actor, str(ask), str(answer.status))


def kept_out(route: Route, actor: str, ask: Ask, answer: Answer) -> bool:
    """Whether somebody without rights was told to sign in, and why; a HEAD tells no code."""
    if route.access == ACCOUNT and ask.method not in route.takes and answer.status == 405:
        return True
    if route.access == ACCOUNT and answer.code == "not_now":  # a step that nobody has begun
        return answer.status == 409
    code = {"nobody": "not_authenticated", "ended": "session_ended", "half": "session_ended"}[actor]
    if actor == "half" and route.access == ACCOUNT:
        code = "sign_in_unfinished"
    return answer.status == 401 and (answer.code == code or ask.method == "HEAD")


def elsewhere(world: World, address: str, route: Route, token: str) -> list[Finding]:
    """What a token opens where it does not belong: in the address, a cookie, another header."""
    names = ("X-Session-Token", "session_token", "token", "access_token", "sessionid")
    queries = "&".join(f"{name}={token}" for name in names)
    cookies = "; ".join(f"{name}={token}" for name in (*names, settings.SESSION_COOKIE_NAME))
    headers = {"Cookie": cookies, "Authorization": f"Bearer {token}"}
    found: list[Finding] = []
    for ask in plainly(asks(address, route, world.theirs, world)):
        query = f"{'&' if '?' in ask.where else '?'}{queries}"
        for there in (
            ask._replace(headers={**ask.headers, **headers}),
            ask._replace(where=ask.where + query),
        ):
            answer, unchanged = world.ask("nobody", there)
            found += judged(world, route, "nobody", there, answer, unchanged)
            plain = ask._replace(where=there.where)
            if route.access == ANYBODY and not answer.same(world.ask("nobody", plain)[0]):
                found.append(Finding("let in", "nobody", str(there)))
    return found


def revoked(world: World, address: str, route: Route) -> list[Finding]:
    """What the owner's token still opens; it must be revoked by now."""
    found: list[Finding] = []
    world.tokens["ended"] = world.tokens["owner"]
    for ask in plainly(asks(address, route, world.theirs, world)):
        found += judged(world, route, "ended", ask, *world.ask("ended", ask))
    return found


def shown(
    answer: Answer, needles: list[str], target: Target, sent: str, allowed: Iterable[str] = ()
) -> str:
    """The first needle that an answer has in any form that a reader would see through."""
    text = readable(answer.body, dict(answer.headers).get("Content-Type", ""))
    forms = [str(answer.headers), text, html.unescape(text), unquote(text)]
    with suppress(ValueError):
        forms.append(json.dumps(json.loads(answer.body), ensure_ascii=False))
    whole = target.hidden("\n".join(forms), sent).lower()
    if target.email.lower() in whole and target.email in needles:
        return target.email  # which begins with the victim's name
    for text in allowed:
        whole = whole.replace(text.lower(), "")
    return next((needle for needle in needles if needle.lower() in whole), "")


def difference(one: Answer, other: Answer) -> str:
    """In what two answers differ, for the reader of a failed test."""
    if one.status != other.status:
        return f"status {one.status}, {other.status}"
    headers = set(one.headers) ^ set(other.headers)
    return f"headers {headers}" if headers else f"{one.body[:300]!r}, {other.body[:300]!r}"
