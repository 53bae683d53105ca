"""Whose rows may this person see? The only door to a diary that is not one's own.

Whoever reads another's diary comes through `reading`: it asks the one predicate, and writes down
who looked before it hands anything out. What it hands out can tell no more than was shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction

from diary import rules
from diary.clock import local_time
from diary.models import (
    NEW,
    STORED,
    AccessRecord,
    Conflict,
    Diary,
    NotPossible,
    Outcome,
    Person,
    Reminder,
    Share,
    StartAgain,
    State,
)
from diary.models.codes import code_parts, hashed
from diary.models.invitations import CODE_SCOPE, Invitation, invited
from diary.models.sharing import share_end
from diary.shared import NotShared, Shared
from diary.values import Fail

# A share that somebody holds, whether or not it opens anything yet.
HELD = (State.ACCEPTED, State.ACTIVE)
# A diary's invitations: open at one time, and made within a day. They bound what one account can
# have e-mailed to strangers.
MOST_OPEN, MOST_A_DAY = 20, 40

__all__ = [
    "NEW",
    "STORED",
    "Conflict",
    "Diary",
    "Invitation",
    "NotPossible",
    "Outcome",
    "Share",
    "StartAgain",
    "State",
    "invited",
    "share_end",
]


def own_diary(person: Person) -> Diary:
    """The diary of the person who is signed in, made at its first use."""
    try:
        return person.diary
    except Diary.DoesNotExist:
        return Diary.objects.get_or_create(owner=person)[0]


def reading(person: Person, uid: Any, what: str, now: datetime) -> Shared:
    """A diary that is shared with this person, for one kind of reading of `answers.READINGS`.

    The record of it is written before anything is handed out. Raises NotShared; where something was
    shared with this person once, that attempt is recorded too, the first of each minute.
    """
    with transaction.atomic():
        held = Share.objects.select_for_update(of=("self",), no_key=True)
        held = held.filter(grantee=person, uid=uid)
        share = held.select_related("diary__owner").first()
        if share is None or share.agreed_at is None:
            raise NotShared
        there = Share.objects.open_to(person, now).filter(pk=share.pk).exists()
        allowed = there and share.allows(what, now)
        if allowed or not AccessRecord.objects.refused_just_now(share, what, now):
            AccessRecord.of(share, what, now, refused=not allowed).save()
    if not allowed:
        raise NotShared
    return Shared(share)


@dataclass(frozen=True)
class WorkList:
    """A page of the diaries that are shared with somebody, and how many there are."""

    shares: list[Share]
    counts: dict[str, int]  # by reason to look, and `reviewed`
    behind_since: datetime | None  # since when a diary has moved on and its line has not
    more: bool


def work_list(
    person: Person, now: datetime, group: str = "", name: str = "", sort: str = "reason",
    skip: int = 0, most: int = 50,
) -> WorkList:  # fmt: skip
    """Whom to look at, most pressing first; that each was shown is written down first."""
    there = Share.objects.open_to(person, now)
    chosen = there.because_of(group) if group else there
    chosen = chosen.named(name) if name else chosen
    chosen = chosen.in_order(sort).annotate(behind=models.Subquery(there.longest_behind()))
    shares = list(chosen[skip : skip + most + 1])
    shown = shares[:most]
    AccessRecord.objects.bulk_create([AccessRecord.of(each, "work_list", now) for each in shown])
    behind_since = shares[0].behind if shares else there.longest_behind().first()
    return WorkList(shown, there.counted(), behind_since, more=len(shares) > most)


def invitation(token: str, person: Person, now: datetime) -> Share | None:
    """The share that an e-mailed token opens to this person; None for any other."""
    there = Share.objects.waiting(now).filter(secret_hash=hashed(token), email__iexact=person.email)
    return there.exclude(email="").select_related("diary__owner").first()


def use_code(person: Person, code: str, grantee: rules.Row, now: datetime) -> Share | None:
    """The share that a code read out loud opens; None where it opens nothing, whatever the reason.

    Raises NotPossible for the owner's own code.
    """
    parts = code_parts(code)
    share = Share.objects.filter(handle=parts[0]).first() if parts else None
    if share is None or parts is None or not share.use_code(person, grantee, parts[1], now):
        return None
    return share


def own_share(person: Person, uid: Any) -> Share | None:
    """A share of the person's own diary; None for anybody else's."""
    return Share.objects.filter(diary__owner=person, uid=uid).select_related("diary__owner").first()


def invite(
    diary: Diary, terms: rules.Row, now: datetime, with_code: bool = False, name: str = ""
) -> Invitation:
    """Check an owner's terms, and make an invitation by e-mail, or a code, that opens a share.

    An open invitation to the same address, or the last code, ends. A `name` becomes the owner's:
    who is invited reads whose diary it is. Raises rules.Refused.
    """
    owner = diary.owner
    faults = [] if with_code or terms.get("email") else [rules.Fault("email", "required")]
    faults += _unreadable(name)
    asked = {**terms, "what": CODE_SCOPE} if with_code else terms
    try:
        checked = rules.checked("share", asked, local_time(now, owner.time_zone))
    except rules.Refused as refused:
        raise rules.Refused([*faults, *refused.faults]) from None
    if checked["email"] == owner.email.lower():
        faults.append(rules.Fault("email", "own_address"))
    if faults:
        raise rules.Refused(faults)
    with transaction.atomic():
        diary.newest_revision()  # holds the diary: two tabs are counted together
        _need_room(diary, checked["email"], now)
        if name and not owner.name:
            owner.name = name
            owner.save(update_fields=["name"])
        return invited(diary, checked, now, with_code)


def _unreadable(name: str) -> list[rules.Fault]:
    """Why something cannot be a person's name."""
    try:
        Person.SETTINGS["name"].read(name)
    except Fail as fail:
        return [rules.Fault("name", fail.code, fail.params)]
    return []


def _need_room(diary: Diary, email: str | None, now: datetime) -> None:
    """Raise rules.Refused where too many others are invited, or too much was sent in a day."""
    still_open = diary.shares.filter(state=State.INVITED, invitation_ends_at__gt=now)
    if still_open.exclude(email__in=("", email or "")).count() >= MOST_OPEN:
        raise rules.Refused([rules.Fault("", "too_many_invitations", {"most": MOST_OPEN})])
    if diary.shares.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise rules.Refused([rules.Fault("", "too_many_in_a_day", {"most": MOST_A_DAY})])


def change_terms(share: Share, terms: rules.Row, now: datetime) -> None:
    """Check an owner's new terms of a share, and set them; those not named stay as they are.

    Terms that say what holds already change nothing. Raises rules.Refused, NotPossible.
    """
    with transaction.atomic():
        share.diary.newest_revision()  # holds the diary: what stays is what stands by now
        share.refresh_from_db()
        if share.ended(now):
            raise NotPossible("over")
        stood = {"what": share.what, "since": share.since, "until": share_end(share)}
        zone = share.diary.owner.time_zone
        checked = rules.checked("share", {**stood, **terms}, local_time(now, zone))
        if share.state == State.ACTIVE and all(checked[name] == stood[name] for name in stood):
            return
        share.change(checked, now)


def sharing_history(diary: Diary) -> tuple[list[rules.Row], list[rules.Row]]:
    """Every step of every share, and every look or refused try, oldest first, as plain rows."""
    steps = diary.share_events.order_by("at", "pk").values(
        "at", "event", "by_owner", "what", "since", "ends_at", "email", "name", "role",
        share_uid=models.F("share__uid"),
    )  # fmt: skip
    looks = diary.access_records.order_by("at", "pk").values(
        "at", "reading", "refused", "name", "role", share_uid=models.F("share__uid")
    )
    return list(steps), list(looks)


def set_clinician(person: Person, is_clinician: bool, now: datetime) -> None:
    """Give somebody the role, or take it away with everything that is shared with them."""
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_clinician=is_clinician)
        held = () if is_clinician else person.shares_held.filter(state__in=HELD)
        for share in held:
            share.fall_away("role_removed", now)


def held_share(person: Person, uid: Any, now: datetime) -> Share | None:
    """A share that the person holds and can give up; None for any other."""
    held = Share.objects.filter(grantee=person, uid=uid, ends_at__gt=now)
    return held.filter(state__in=HELD).first()


def waiting_for(person: Person, now: datetime) -> list[Share]:
    """The shares that a person has accepted and whose owners have not agreed to them yet."""
    accepted = Share.objects.filter(grantee=person, state=State.ACCEPTED, ends_at__gt=now)
    return list(accepted.select_related("diary__owner").order_by("-created_at"))


def own_reminder(person: Person) -> Reminder | None:
    """The person's reminder, on or off; None where they never chose one."""
    return Reminder.objects.filter(person=person).first()


def remind(person: Person, at: time, weekdays: list[int], now: datetime) -> None:
    """Remind the person at a time of day on some days from now on."""
    with transaction.atomic():
        chosen = {"at": at, "weekdays": weekdays}
        Reminder.objects.get_or_create(person=person, defaults=chosen)
        reminder = Reminder.objects.select_for_update().get(person=person)
        reminder.at, reminder.weekdays, reminder.person = at, weekdays, person
        reminder.switch_on(now)


def stop_reminder(token: str) -> None:
    """Stop the reminder that a link of an e-mail names; raises BadSignature for no such link."""
    if reminder := Reminder.objects.all().named(token):
        reminder.switch_off()


def demo_person(email: str) -> Person | None:
    """A demo person by e-mail; None for anybody else."""
    return Person.objects.filter(is_demo=True, email=email).first()


def demo_people_are_here() -> bool:
    """Whether a visitor can sign in as a demo person."""
    return Person.objects.filter(is_demo=True).exists()
