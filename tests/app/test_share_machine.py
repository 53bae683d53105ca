"""Does anybody ever see more of a diary than its owner last agreed to, whatever everybody does?

Everybody of a small cast does anything at any time, and a few lines of plain Python keep what each
owner last agreed to. After every step the doors of `diary.access` must give exactly that.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from diary import access, rules
from diary.answers import READINGS, SCOPES
from diary.models import AccessRecord, Person, Share, ShareEvent
from diary.shared import NotShared, Shared, still_shared
from tests.app.agreements import DAYS, GRANTEE, NOTE, day, days_and_notes, diary_of, person

START = datetime(2026, 5, 4, 12, tzinfo=UTC)
OWNERS = {"ada": "Europe/London", "ben": "Pacific/Auckland"}
CLINICIANS = ("cora", "dev", "dora")
CAST = (*OWNERS, *CLINICIANS, "walt", "olga")
STRANGER = "somebody-else@example.org"
WRONG_TOKEN, WRONG_CODE = "A" * 43, "999999"
# Kinds of readings that between them need every scope.
NAMES = tuple(READINGS)
# What a share with entries shows: routes stay with their owner.
SHARED = [shape for shape in rules.LISTS.values() if shape not in rules.OWN_KINDS]

names = st.sampled_from(CAST)
owners = st.sampled_from(tuple(OWNERS))
# Where to look for a share: small numbers are the newest ones.
places = st.integers(0, 7)
since_days = st.one_of(st.none(), st.integers(-2, DAYS + 1))
lengths = st.one_of(st.integers(0, 5), st.sampled_from((30, 180, 700)))
passing = st.one_of(
    st.integers(1, 15).map(lambda minutes: timedelta(minutes=minutes)),
    st.integers(1, 9).map(lambda days: timedelta(days=days)),
    st.integers(1, 13).map(lambda months: timedelta(days=30 * months)),
)


@dataclass
class Terms:
    """What was agreed, for how long."""

    what: str
    since: date | None
    ends: datetime


@dataclass
class Known:
    """A share as the test knows it."""

    uid: UUID
    owner: str
    email: str  # empty for a code
    secret: str
    terms: Terms
    waits_until: datetime
    state: str = "invited"
    grantee: str | None = None
    tries: int = 5
    was_agreed: bool = False


class Sharing(RuleBasedStateMachine):
    """Everybody does anything; `grants` is what each owner last agreed to for each other person."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = START
        self.alive = list(CAST)
        self.known: list[Known] = []
        self.grants: dict[tuple[str, str], Known] = {}
        self.events: list[tuple[Any, ...]] = []
        self.records: Counter[tuple[UUID, str | None, str, bool]] = Counter()
        self.refused: set[tuple[UUID, str, datetime]] = set()
        self.given: list[tuple[Shared, str]] = []
        self.steps = 0

    def teardown(self) -> None:
        try:
            if self.steps:
                self.look(everything=True)
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.role = {name: name in CLINICIANS for name in CAST}
        self.active = {name: name != "dora" for name in CAST}
        self.pks = {each.name: each.pk for each in Person.objects.all()}
        self.names = {pk: name for name, pk in self.pks.items()}

    # Whom and what it is about.

    def person(self, name: str) -> Person:
        return Person.objects.get(email=f"{name}@example.org")

    def at(self, place: int) -> Known:
        return self.known[-1 - place % len(self.known)]

    def stored(self, known: Known) -> Share:
        return Share.objects.get(uid=known.uid)

    def ends(self, owner: str, days: int) -> tuple[str, datetime]:
        """The last day of a share and its end, by the owner's own calendar."""
        zone = ZoneInfo(OWNERS[owner])
        last = self.now.astimezone(zone).date() + timedelta(days=days)
        return last.isoformat(), datetime.combine(last + timedelta(days=1), time(), zone)

    def terms(self, owner: str, what: str, since: int | None, days: int) -> tuple[Any, Terms]:
        last, ends = self.ends(owner, days)
        begins = None if since is None else day(since)
        entered = {"what": what, "since": begins and begins.isoformat(), "until": last}
        return entered, Terms(what, begins, ends)

    def right(self, name: str, known: Known) -> Terms | None:
        """What somebody may see through a share now."""
        there = self.grants.get((known.owner, name))
        if there is not known or not (self.role[name] and self.active[name]):
            return None
        return known.terms if self.now < known.terms.ends else None

    def may(self, name: str, known: Known, reading: str) -> bool:
        terms = self.right(name, known)
        return terms is not None and SCOPES.index(terms.what) >= SCOPES.index(READINGS[reading])

    @contextmanager
    def step(self, known: Known | None, *events: tuple[Known, str, bool, Terms]):
        """Exactly these events are added, and then everything that anybody may see is right."""
        self.steps += 1
        yield
        self.events += [
            (share.uid, event, by_owner, terms.what, terms.since, terms.ends)
            for share, event, by_owner, terms in events
        ]
        self.look(known)

    # What they do.

    @rule(owner=owners, to=st.sampled_from((*CAST, None)), what=st.sampled_from(SCOPES),
          since=since_days, days=lengths)  # fmt: skip
    def invite_by_email(self, owner, to, what, since, days):
        email = f"{to}@example.org" if to else STRANGER
        self.invite(owner, email, what, since, days)

    @rule(owner=owners, what=st.sampled_from(SCOPES), since=since_days, days=lengths)
    def invite_by_code(self, owner, what, since, days):
        self.invite(owner, "", what, since, days)

    @rule(owner=owners, name=st.sampled_from((*CLINICIANS, "walt")), what=st.sampled_from(SCOPES),
          since=since_days, days=lengths)  # fmt: skip
    def agree_on_a_share(self, owner, name, what, since, days):
        """All the way, as it goes when nobody comes between."""
        if owner in self.alive and name in self.alive:
            self.invite(owner, f"{name}@example.org", what, since, days)
            self.accept(place=0, name=name, other=None)
            self.agree(place=0, name=owner)

    @rule(owner=owners, name=st.sampled_from((*CLINICIANS, "walt")), wrong=st.integers(0, 6),
          since=since_days, days=lengths)  # fmt: skip
    def read_a_code_out(self, owner, name, wrong, since, days):
        if owner in self.alive and name in self.alive:
            self.invite(owner, "", "summary", since, days)
            self.use_code(place=0, name=name, wrong=wrong, right=True)

    def invite(self, owner, email, what, since, days):
        if owner not in self.alive:
            return
        entered, agreed = self.terms(owner, what if email else "summary", since, days)
        # A code is for a summary, whatever else is asked for.
        asked = {**entered, "what": what} | ({"email": email.upper()} if email else {})
        diary = access.own_diary(self.person(owner))
        if email == f"{owner}@example.org":
            with self.step(None), pytest.raises(rules.Refused):
                access.invite(diary, asked, self.now)
            return
        ending = [
            each
            for each in self.known
            if each.owner == owner and each.email == email and each.state == "invited"
            and (not email or self.now < each.waits_until)
        ]  # fmt: skip
        stops = [(each, "renewed", True, each.terms) for each in ending]
        lasts = timedelta(days=7) if email else timedelta(minutes=10)
        made = access.invite(diary, asked, self.now, with_code=not email)
        new = Known(made.share.uid, owner, email, made.secret, agreed, self.now + lasts)
        with self.step(new, *stops, (new, "invited", True, agreed)):
            for each in ending:
                each.state = "stopped"
            self.known.append(new)

    @precondition(lambda self: self.known)
    @rule(place=places, name=names | st.none(), other=st.none() | places)
    def accept(self, place, name, other):
        known = self.at(place)
        name = name or known.email.partition("@")[0]
        if name not in self.alive:
            return
        secret = known.secret if other is None else self.at(other).secret
        known_secret = secret == known.secret
        waits = known.state == "invited" and self.now < min(known.waits_until, known.terms.ends)
        mine = known.email == f"{name}@example.org"
        right = waits and mine and known_secret and name != known.owner
        found = access.invitation(secret, self.person(name), self.now)
        if known_secret:  # the page opens for the invited person alone
            assert (found is not None) == (
                mine and known.state == "invited" and self.now < known.waits_until
            )
        share = self.stored(known)
        with self.step(known, *[(known, "accepted", False, known.terms)] * right):
            if right:
                share.accept(self.person(name), GRANTEE, secret, self.now)
                known.state, known.grantee, self.role[name] = "accepted", name, True
            else:
                with pytest.raises(access.NotPossible):
                    share.accept(self.person(name), GRANTEE, secret, self.now)

    @precondition(lambda self: self.known)
    @rule(place=places, name=names, wrong=st.integers(0, 6), right=st.booleans())
    def use_code(self, place, name, wrong, right):
        codes = [each for each in self.known if not each.email] or self.known
        known = codes[-1 - place % len(codes)]
        if name not in self.alive:
            return
        for _ in range(wrong if not known.email else 1):
            assert (
                access.use_code(self.person(name), known.secret[:4] + WRONG_CODE, GRANTEE, self.now)
                is None
            )
            known.tries = max(known.tries - 1, 0)
        if not right:
            with self.step(known):
                return
        waits = known.state == "invited" and self.now < min(known.waits_until, known.terms.ends)
        opens = not known.email and waits and known.tries > 0
        spaced = f"{known.secret[:3]} {known.secret[3:]}".lower()
        if opens and name == known.owner:
            with self.step(known), pytest.raises(access.NotPossible):
                access.use_code(self.person(name), spaced, GRANTEE, self.now)
            return
        happened = []
        if opens:
            happened = self.replaced(known, name)
            happened.append((known, "code_used", False, known.terms))
        with self.step(known, *happened):
            found = access.use_code(self.person(name), spaced, GRANTEE, self.now)
            assert (found is not None) == opens
            if opens:
                assert found.uid == known.uid
                self.begun(known, name)
            else:
                known.tries = max(known.tries - 1, 0)

    def replaced(self, known: Known, name: str) -> list[tuple[Known, str, bool, Terms]]:
        return [
            (each, "replaced", True, each.terms)
            for each in self.known
            if (each.owner, each.grantee, each.state) == (known.owner, name, "active")
        ]

    def begun(self, known: Known, name: str) -> None:
        for each, *_ in self.replaced(known, name):
            each.state = "stopped"
        known.state, known.grantee, known.was_agreed = "active", name, True
        self.grants[known.owner, name] = known

    def own(self, known: Known, name: str) -> Share | None:
        """The share as its owner finds it; nobody else does."""
        share = access.own_share(self.person(name), known.uid)
        assert (share is not None) == (name == known.owner)
        return share

    @precondition(lambda self: self.known)
    @rule(place=places, name=names | st.none())
    def agree(self, place, name):
        known = self.at(place)
        name = name or known.owner
        if name not in self.alive:
            return
        share = self.own(known, name)
        if share is None:
            with self.step(known):
                return
        waits = known.state == "accepted" and known.grantee is not None
        if not waits or self.now >= known.terms.ends:
            with self.step(known), pytest.raises(access.NotPossible):
                share.agree(self.now)
            return
        grantee = known.grantee
        happened = [*self.replaced(known, grantee), (known, "agreed", True, known.terms)]
        with self.step(known, *happened):
            share.agree(self.now)
            self.begun(known, grantee)

    @precondition(lambda self: self.known)
    @rule(place=places, name=names | st.none())
    def stop(self, place, name):
        known = self.at(place)
        name = name or known.owner
        if name not in self.alive:
            return
        share = self.own(known, name)
        if share is None:
            with self.step(known):
                return
        if known.state in ("stopped", "left"):
            with self.step(known), pytest.raises(access.NotPossible):
                share.stop(self.now)
            return
        with self.step(known, (known, "stopped", True, known.terms)):
            share.stop(self.now)
            self.over(known, "stopped")

    def over(self, known: Known, state: str) -> None:
        known.state = state
        if self.grants.get((known.owner, known.grantee)) is known:
            del self.grants[known.owner, known.grantee]

    @precondition(lambda self: self.known)
    @rule(place=places, name=names | st.none())
    def leave(self, place, name):
        known = self.at(place)
        name = name or known.grantee or "walt"
        if name not in self.alive:
            return
        holds = known.grantee == name and known.state in ("accepted", "active")
        found = access.held_share(self.person(name), known.uid, self.now)
        assert (found is not None) == (holds and self.now < known.terms.ends)
        share = self.stored(known)
        with self.step(known, *[(known, "left", False, known.terms)] * holds):
            if holds:
                share.leave(self.person(name), self.now)
                self.over(known, "left")
            else:
                with pytest.raises(access.NotPossible):
                    share.leave(self.person(name), self.now)

    @precondition(lambda self: self.known)
    @rule(place=places, name=names | st.none(), what=st.sampled_from(SCOPES), since=since_days,
          days=lengths)  # fmt: skip
    def change(self, place, name, what, since, days):
        known = self.at(place)
        name = name or known.owner
        if name not in self.alive:
            return
        share = self.own(known, name)
        if share is None:
            with self.step(known):
                return
        entered, agreed = self.terms(known.owner, what, since, days)
        if known.state != "active" or self.now >= known.terms.ends:
            with self.step(known), pytest.raises(access.NotPossible):
                access.change_terms(share, entered, self.now)
            return
        changed = agreed != known.terms  # what holds already is no step
        with self.step(known, *[(known, "changed", True, agreed)] * changed):
            access.change_terms(share, entered, self.now)
            known.terms = agreed

    @precondition(lambda self: self.known)
    @rule(how_long=passing)
    def time_passes(self, how_long):
        self.now += how_long
        with self.step(None):
            pass

    @precondition(lambda self: self.known)
    @rule(place=places, invitation=st.booleans(), early=st.booleans())
    def an_end_comes(self, place, invitation, early):
        """The very moment at which a share, or an invitation, is over, or just before it."""
        known = self.at(place)
        end = known.waits_until if invitation else known.terms.ends
        self.now = max(self.now, end - timedelta(microseconds=1) if early else end)
        with self.step(known):
            pass

    @precondition(lambda self: self.known)
    @rule(name=names)
    def role_is_given_or_taken(self, name):
        if name in self.alive:
            self.role[name] = not self.role[name]
            with self.step(None):
                Person.objects.filter(pk=self.pks[name]).update(is_clinician=self.role[name])

    @precondition(lambda self: self.known)
    @rule(name=names)
    def account_is_closed_or_opened(self, name):
        if name in self.alive:
            self.active[name] = not self.active[name]
            with self.step(None):
                Person.objects.filter(pk=self.pks[name]).update(is_active=self.active[name])

    @precondition(lambda self: self.steps > 8 and len(self.alive) > len(CAST) - 3)
    @rule(name=names)
    def account_is_deleted(self, name):
        if name not in self.alive:
            return
        self.alive.remove(name)
        gone = {each.uid for each in self.known if each.owner == name}
        self.person(name).delete()
        self.known = [each for each in self.known if each.owner != name]
        self.grants = {pair: known for pair, known in self.grants.items() if name not in pair}
        held = [each for each in self.known if each.grantee == name]
        ended = [each for each in held if each.state in ("accepted", "active")]
        for each in ended:
            each.state = "left"
        for each in held:
            each.grantee = None
        self.events = [each for each in self.events if each[0] not in gone]
        records, self.records = self.records, Counter()
        for (uid, who, reading, refused), count in records.items():
            if uid not in gone:
                self.records[uid, None if who == name else who, reading, refused] += count
        self.given = []
        with self.step(None, *[(each, "account_deleted", False, each.terms) for each in ended]):
            pass

    # What they see.

    def look(self, about: Known | None = None, everything: bool = False) -> None:
        """Everybody looks: at the share in question, and in turn at all others."""
        self.check_given()
        people = {each.name: each for each in Person.objects.filter(name__in=self.alive)}
        for number, known in enumerate(self.known):
            for name, who in people.items():
                if name == known.grantee and (everything or known is about):
                    readings = NAMES
                elif everything or known is about or name == known.grantee:
                    readings = (NAMES[(self.steps + number) % len(NAMES)],)
                else:
                    readings = ()
                for reading in readings:
                    self.read(known, name, who, reading)
        for name, who in people.items():
            mine = {each.uid for each in self.known if self.right(name, each)}
            if everything:
                listed = access.work_list(who, self.now)
                assert {share.uid for share in listed.shares} == mine
                for uid in mine:
                    self.records[uid, name, "work_list", False] += 1
            else:
                assert {share.uid for share in Share.objects.open_to(who, self.now)} == mine
        with pytest.raises(NotShared):
            access.reading(who, uuid4(), NAMES[self.steps % len(NAMES)], self.now)
        self.check_secrets(about, people)
        self.check_kept()

    def record(self, known: Known, name: str, reading: str, refused: bool) -> None:
        """Every look is written down, of refused ones the first of each minute."""
        minute = (known.uid, reading, self.now.replace(second=0, microsecond=0))
        if not refused or minute not in self.refused:
            self.records[known.uid, name, reading, refused] += 1
        if refused:
            self.refused.add(minute)

    def read(self, known: Known, name: str, who: Person, reading: str) -> None:
        if known.grantee == name and known.was_agreed:
            self.record(known, name, reading, refused=not self.may(name, known, reading))
        if not self.may(name, known, reading):
            with pytest.raises(NotShared):
                access.reading(who, known.uid, reading, self.now)
            return
        shared = access.reading(who, known.uid, reading, self.now)
        assert shared.share.uid == known.uid
        assert shared.diary.owner_id == self.pks[known.owner]
        if len(self.given) < 6:
            self.given.append((shared, reading))
        terms = known.terms
        for scope in SCOPES:
            assert shared.allows(scope) == (SCOPES.index(scope) <= SCOPES.index(terms.what))
        if terms.what == "summary":
            with pytest.raises(NotShared):
                shared.document()
            with pytest.raises(NotShared):
                shared.rows("walk")
            with pytest.raises(NotShared):
                shared.enter_measurement({}, self.now)
        elif reading in ("entries", "csv"):
            self.check_content(shared, terms, known.owner)

    def check_content(self, shared: Shared, terms: Terms, owner: str) -> None:
        """Every day that is shared and none before, every note or none."""
        told = [*days_and_notes(shared.document(), OWNERS[owner])]
        wanted = [day(number) for number in range(DAYS)]
        wanted = [each for each in wanted if terms.since is None or each >= terms.since]
        assert sorted(each for each, _note in told) == sorted(wanted * len(SHARED))
        for each, note in told:
            number = (each - day(0)).days
            assert note == (f"{NOTE} {number}" if terms.what == "notes" else "")
        for shape in SHARED:
            rows = shared.rows(shape)[:]
            assert len(rows) == len(shared.rows(shape)) == len(wanted)
            assert {row.notes for row in rows} == {note for _each, note in told}

    def check_given(self) -> None:
        """What was handed out goes out only while it is still just what is shared."""
        for shared, reading in self.given:
            name = self.names[shared.share.grantee_id]
            known = next(each for each in self.known if each.uid == shared.share.uid)
            terms = (shared.share.what, shared.share.since)
            same = terms == (known.terms.what, known.terms.since)
            if self.may(name, known, reading) and same:
                still_shared(shared, reading, self.now)
            else:
                with pytest.raises(NotShared):
                    still_shared(shared, reading, self.now)
        self.given = []

    def check_secrets(self, about: Known | None, people: dict[str, Person]) -> None:
        """A secret that was used, or whose time is over, opens nothing to anybody."""
        if about is None or (about.state == "invited" and self.now < about.waits_until):
            return
        guest = people.get(about.email.partition("@")[0])
        if guest:
            assert access.invitation(about.secret, guest, self.now) is None
        if not about.email:
            who = people.get("dev") or next(iter(people.values()))
            assert access.use_code(who, about.secret, GRANTEE, self.now) is None
            about.tries = max(about.tries - 1, 0)

    def check_kept(self) -> None:
        """Events and records are what happened, no more, no less; one active share a pair."""
        columns = ("share__uid", "event", "by_owner", "what", "since", "ends_at")
        events = [*ShareEvent.objects.order_by("pk").values_list(*columns)]
        assert events == self.events
        columns = ("share__uid", "person_id", "reading", "refused")
        kept = AccessRecord.objects.order_by().values_list(*columns)
        records = Counter(
            (uid, self.names.get(who), reading, refused) for uid, who, reading, refused in kept
        )
        assert records == self.records
        shares = {share.uid: share for share in Share.objects.all()}
        assert {uid: share.state for uid, share in shares.items()} == {
            known.uid: known.state for known in self.known
        }
        for known in self.known:
            if not known.email and known.state == "invited" and self.now < known.waits_until:
                assert shares[known.uid].tries_left == known.tries
        active = [
            (share.diary_id, share.grantee_id)
            for share in shares.values()
            if share.state == "active" and share.grantee_id
        ]
        assert len(active) == len({*active})


def machine(examples: int, steps: int, long: bool) -> None:
    """The short run tries the same each time and fails at once; the long one searches."""
    run_state_machine_as_test(
        Sharing,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=not long,
            phases=[Phase.generate, *[Phase.shrink] * long],
            suppress_health_check=[*HealthCheck],
        ),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("examples", "steps"), [(15, 20), pytest.param(500, 50, marks=pytest.mark.long, id="long")]
)
def test_nobody_sees_more_than_was_last_agreed_whatever_everybody_does(examples, steps):
    for name in CAST:
        made = person(
            name,
            OWNERS.get(name, "UTC"),
            is_clinician=name in CLINICIANS,
            is_staff=name == "olga",
            is_superuser=name == "olga",
            is_active=name != "dora",
        )
        if name in OWNERS:
            diary_of(made, START)
    machine(examples, steps, long=examples > 100)
