"""What does an account hold, and how does all of it go for good?

What others wrote down stays theirs: that somebody looked at their diary, under the name that person
gave, and a note that was shown to them. None of it leads to the account any more.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django_q.models import OrmQ, Task

from diary.models import ClinicNote, Diary, Person, Review
from diary.models.batch import TABLES

log = logging.getLogger(__name__)
Counts = dict[str, int]
# Each kind of thing that an account can hold, in the order in which it is told.
HELD = (
    *TABLES, "deleted", "profile", "share", "invitation", "look", "patient", "note", "shown_note",
    "device", "address", "factor",
)  # fmt: skip


class DemoStays(Exception):
    """A demo person is everybody's: nobody can delete them from within."""


def held(person: Person, now: datetime) -> Counts:
    """How many of each of `HELD` the account holds."""
    diary = Diary.objects.filter(owner=person).first()
    own = _in_diary(diary, now) if diary else {}
    notes = ClinicNote.objects.filter(author=person)
    counts = {
        **own,
        "patient": person.shares_held.all().open(now).count(),
        "note": notes.filter(shown=False).count(),
        "shown_note": notes.filter(shown=True).count(),
        "device": person.usersession_set.count(),
        "address": len(addresses(person)),
        "factor": Authenticator.objects.filter(user=person).count(),
    }
    return {name: counts.get(name, 0) for name in HELD}


def _in_diary(diary: Diary, now: datetime) -> Counts:
    rows = {shape: diary.rows(shape) for shape in TABLES}
    return {
        **{shape: there.kept().count() for shape, there in rows.items()},
        "deleted": sum(there.exclude(deleted_at=None).count() for there in rows.values()),
        "profile": int(diary.own_profile().says_something),
        "share": diary.shares.all().open(now).count(),
        "invitation": diary.shares.all().waiting(now).count(),
        "look": diary.access_records.count(),
    }


def addresses(person: Person) -> set[str]:
    """Every e-mail address of the account, in small letters."""
    added = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    return {person.email.lower(), *(email.lower() for email in added)}


def delete_account(person: Person, now: datetime) -> Counts:
    """Remove the account and all that it holds, at once and for good; says what there was.

    Raises DemoStays. A clinician's own notes and ticks go; what they showed a patient is the
    patient's. Whoever signs in meanwhile waits, and finds no account.
    """
    if person.is_demo:
        raise DemoStays
    pk = person.pk
    with transaction.atomic():
        if not _held_still(person):
            return dict.fromkeys(HELD, 0)  # it was deleted at the same time, by another window
        counts = held(person, now)
        known = addresses(person)
        diaries = set(Diary.objects.filter(owner=person).values_list("pk", flat=True))
        ClinicNote.objects.filter(author=person, shown=False).delete()
        Review.objects.filter(share__grantee=person).delete()
        person.delete()
        _forget_sessions(pk, known)
        _forget_tries(pk, known)
        queued = [each.pk for each in OrmQ.objects.iterator() if diaries & {*(each.args() or ())}]
        OrmQ.objects.filter(pk__in=queued).delete()
        _forget_results(lambda named: bool(diaries & named))
    wipe()
    return counts


def _held_still(person: Person) -> bool:
    """Lock the diaries and shares that the account has to do with, and it; False where it is gone.

    In the order in which everybody else takes them, so that nobody waits for ever, and before
    anything is counted or deleted, so that nothing comes in between.
    """
    diaries = Diary.objects.filter(Q(owner=person) | Q(shares__grantee=person))
    pks = set(diaries.values_list("pk", flat=True))
    list(Diary.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))
    list(person.shares_held.select_for_update(no_key=True).order_by("pk"))
    return Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first() is not None


def tidy() -> None:
    """Take away what a worker noted of a diary while it was deleted, and what a log still holds."""
    there = set(Diary.objects.values_list("pk", flat=True))
    _forget_results(lambda named: bool(named - there))
    wipe()


def wipe() -> bool:
    """Have SQLite write its file anew and empty its log; False where it could not just now.

    `secure_delete` overwrites rows, but pages that were split keep pieces of them in their gaps,
    and earlier pages stand in the log.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, _pages, _moved) = cursor.fetchone()
    except OperationalError as error:  # the disk is full, or somebody writes for long
        log.error("The file could not be written anew: %s", error)
        return False
    return not busy


def _forget_sessions(pk: int, known: set[str]) -> None:
    """End every session that names the person: signed in, half-way in, or asking for a code."""
    keys = [
        session.session_key
        for session in Session.objects.iterator()
        if _names(session.get_decoded(), pk, known)
    ]
    Session.objects.filter(session_key__in=keys).delete()


def _names(told: Any, pk: int, known: set[str], key: str = "") -> bool:
    if isinstance(told, Mapping):
        return any(_names(value, pk, known, str(name)) for name, value in told.items())
    if isinstance(told, list | tuple):
        return any(_names(value, pk, known, key) for value in told)
    return str(told).lower() in known or ("user" in key and str(told) == str(pk))


def _forget_tries(pk: int, known: set[str]) -> None:
    """Forget how often the person tried codes: allauth counts by number and by hashed address."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    hashes = [hashlib.sha256(email.encode()).hexdigest() for email in known]
    like = [f"%:user:{pk}", f"%:user:{pk}:%", f"%user={pk}&%", *(f"%{each}%" for each in hashes)]
    with connection.cursor() as cursor:
        for pattern in like:
            cursor.execute(f"DELETE FROM {table} WHERE cache_key LIKE %s", [pattern])


def _forget_results(chosen: Callable[[set[int]], bool]) -> None:
    """Remove the results of tasks, chosen by the diaries that they name."""
    results = Task.objects.order_by().values_list("pk", "args")
    done = [pk for pk, args in results.iterator() if chosen({*(args or ())})]
    Task.objects.filter(pk__in=done).delete()
