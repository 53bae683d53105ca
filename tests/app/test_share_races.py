"""Does a share hold when its owner, its reader and the walker's phone come at the same moment?"""

from __future__ import annotations

from datetime import timedelta
from random import Random
from threading import Event
from time import monotonic, sleep
from uuid import UUID

import pytest
from django.db import transaction

from diary import access
from diary.models import AccessRecord, Diary, Person, Share
from diary.models.codes import CLEAR
from diary.reports import bring_up_to_date
from diary.shared import NotShared, still_shared
from tests.app.agreements import GRANTEE, accepted, agreed, diary_of, person, terms
from tests.app.conftest import NOW
from tests.app.test_races import a_walk, at_once

# One worker runs all of these: a PostgreSQL takes a hundred connections as it comes.
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("bursts"),
]
ROUNDS = 3


@pytest.fixture
def diary() -> Diary:
    return diary_of(person("ada"), NOW)


@pytest.fixture
def cora() -> Person:
    return person("cora", is_clinician=True)


def fresh(share: Share) -> Share:
    """The share as another request finds it."""
    return Share.objects.select_related("diary__owner").get(pk=share.pk)


def said_no(step, *arguments) -> bool:
    """Whether a step was not possible."""
    try:
        step(*arguments)
    except access.NotPossible:
        return True
    return False


def read(person_pk: int, uid: UUID) -> tuple[float, int]:
    """When a reading began and how many walks it gave; none where it was refused."""
    began = monotonic()
    try:
        reader = Person.objects.get(pk=person_pk)
        shared = access.reading(reader, uid, "entries", NOW)
        return began, len(shared.document()["walks"])
    except NotShared:
        return began, 0


def test_no_reading_that_begins_after_a_stop_returned_gives_anything(diary, cora):
    readers, each, given, refused = 4, 50, 0, 0
    for number in range(ROUNDS):
        share = agreed(diary, cora, NOW)
        pause = Random(number).uniform(0, 0.3)

        def work(job, share=share, pause=pause):
            if job < readers:
                return [read(cora.pk, share.uid) for _ in range(each)]
            sleep(pause)
            fresh(share).stop(NOW)
            return monotonic()

        *found, stopped = at_once(work, range(readers + 1))
        looks = [look for reader in found for look in reader]
        assert len(looks) == readers * each
        assert {walks for began, walks in looks if began > stopped} <= {0}
        assert {walks for _began, walks in looks} <= {0, 12}
        kept = AccessRecord.objects.filter(share=share)
        given_now = sum(walks > 0 for _began, walks in looks)
        assert kept.filter(refused=False).count() == given_now
        # Of refused tries the first of a minute; at the very same moment each reader is the first.
        tries = len(looks) - given_now
        assert min(tries, 1) <= kept.filter(refused=True).count() <= readers
        given, refused = given + given_now, refused + tries
        assert read(cora.pk, share.uid)[1] == 0
    assert given
    assert refused


def test_a_share_that_was_stopped_is_not_active_whatever_was_agreed_at_that_moment(diary, cora):
    for _ in range(ROUNDS * 2):
        share = accepted(diary, cora, NOW)
        agreed_not, stopped_not = at_once(
            lambda step, share=share: said_no(getattr(fresh(share), step), NOW), ("agree", "stop")
        )
        assert not stopped_not
        assert fresh(share).state == "stopped"
        events = [*share.events.order_by("pk").values_list("event", flat=True)]
        assert events == ["invited", "accepted", *["agreed"] * (not agreed_not), "stopped"]
        assert read(cora.pk, share.uid)[1] == 0


def test_agreeing_in_two_windows_at_once_is_agreeing_once(diary, cora):
    for _ in range(ROUNDS):
        share = accepted(diary, cora, NOW)
        refused = at_once(lambda _, share=share: said_no(fresh(share).agree, NOW), range(8))
        assert refused.count(False) == 1
        assert share.events.filter(event="agreed").count() == 1
        assert fresh(share).state == "active"


def test_of_two_shares_with_one_person_agreed_to_at_once_one_is_active(diary, cora):
    for _ in range(ROUNDS * 2):
        shares = [accepted(diary, cora, NOW) for _ in range(4)]
        refused = at_once(lambda share: said_no(fresh(share).agree, NOW), shares)
        assert refused == [False] * 4
        states = [fresh(share).state for share in shares]
        assert sorted(states) == ["active", "stopped", "stopped", "stopped"]
        assert diary.shares.filter(grantee=cora, state="active").count() == 1


def test_a_code_that_many_type_at_once_opens_for_one(diary):
    people = [person(f"clinician-{number}", is_clinician=True) for number in range(16)]
    for _ in range(ROUNDS):
        made = access.invite(diary, terms(NOW), NOW, with_code=True)
        found = at_once(
            lambda who, code=made.secret: access.use_code(who, code, GRANTEE, NOW), people
        )
        (winner,) = [who for who, share in zip(people, found, strict=True) if share]
        share = fresh(made.share)
        assert (share.state, share.grantee_id) == ("active", winner.pk)
        assert share.events.filter(event="code_used").count() == 1
        may = [who for who in people if Share.objects.open_to(who, NOW).filter(pk=share.pk)]
        assert may == [winner]


@pytest.mark.parametrize(("wrong", "left", "opens"), [(4, 1, True), (5, 0, False), (16, 0, False)])
def test_wrong_codes_at_once_are_all_counted(diary, cora, wrong, left, opens):
    for _ in range(ROUNDS):
        made = access.invite(diary, terms(NOW), NOW, with_code=True)
        right = made.secret[4:]
        other = [CLEAR[number] * 6 for number in range(wrong + 1) if CLEAR[number] * 6 != right]
        codes = [made.secret[:4] + secret for secret in other[:wrong]]
        found = at_once(lambda code: access.use_code(cora, code, GRANTEE, NOW), codes)
        assert found == [None] * wrong
        assert fresh(made.share).tries_left == left
        share = access.use_code(cora, made.secret, GRANTEE, NOW)
        assert (share is not None) == opens
        assert fresh(made.share).state == ("active" if opens else "invited")


def test_reading_and_writing_and_agreeing_at_once_keep_nobody_waiting_for_ever(diary, cora):
    """On PostgreSQL locks taken in another order end in an error of the database."""
    share, began = agreed(diary, cora, NOW), monotonic()
    others = [accepted(diary, person(f"other-{number}"), NOW) for number in range(10)]

    def work(job):
        for number in range(20):
            if job < 3:
                assert read(cora.pk, share.uid)[1] >= 12
            elif job < 5:
                Diary.objects.get(pk=diary.pk).put("walk", a_walk(), NOW)
            elif job == 5:
                what = ("entries", "notes")[number % 2]  # the same again would be no change
                access.change_terms(fresh(share), {**terms(NOW), "what": what}, NOW)
            elif job == 6:
                access.work_list(Person.objects.get(pk=cora.pk), NOW)
            elif job == 7:  # a share that is up to date is touched by the next write
                bring_up_to_date(fresh(share))
            elif number % 2:
                fresh(others[number // 2]).agree(NOW)
        return job

    assert at_once(work, range(9)) == [*range(9)]
    assert diary.walks.count() == 12 + 40
    assert share.events.filter(event="changed").count() == 20
    assert monotonic() - began < 60


def test_a_share_never_says_that_it_is_up_to_date_while_it_is_not(diary, cora):
    """Each write adds a walk, so what is shown tells which revision it was worked out of."""
    share, over, looked = agreed(diary, cora, NOW), Event(), []

    def work(job):
        if job == "write":
            for _ in range(20):
                Diary.objects.get(pk=diary.pk).put("walk", a_walk(), NOW)
                sleep(0.01)
            over.set()
        while not over.is_set():
            if job == "refresh":
                bring_up_to_date(fresh(share))
            else:
                with transaction.atomic():
                    Diary.objects.get(pk=diary.pk).newest_revision()  # nobody writes meanwhile
                    there = Share.objects.get(pk=share.pk)
                    walks = diary.walks.count()
                looked.append(there.behind_since is None)
                if there.behind_since is None:
                    assert there.standing["walks"] == walks
                sleep(0.01)

    at_once(work, ("write", "refresh", "refresh", "look"))
    while fresh(share).behind_since is not None:
        bring_up_to_date(fresh(share))
    assert fresh(share).standing["walks"] == diary.walks.count() == 32
    assert len(looked) > 10


def test_what_was_worked_out_under_wider_terms_is_not_shown_under_narrower_ones(diary, cora):
    """The owner narrows the terms just when a worker has read the days that were shared before."""
    share = agreed(diary, cora, NOW)
    assert bring_up_to_date(fresh(share))
    assert fresh(share).standing["walks"] == 12
    worker = fresh(share)
    access.change_terms(fresh(share), terms(NOW, since="2026-04-30"), NOW)
    assert not bring_up_to_date(worker)
    there = fresh(share)
    assert (there.standing, there.spark) == (None, "")
    assert there.behind_since is not None
    assert bring_up_to_date(fresh(share))
    there = fresh(share)
    assert there.standing["walks"] == 2
    assert there.behind_since is None


def test_what_was_read_before_the_terms_changed_does_not_go_out_after(diary, cora):
    for change in ({"since": "2026-04-30"}, {"what": "entries"}, {"what": "summary"}):
        share = agreed(diary, cora, NOW)
        shared = access.reading(cora, share.uid, "csv", NOW)
        still_shared(shared, "csv", NOW + timedelta(hours=1))
        access.change_terms(fresh(share), terms(NOW, **change), NOW)
        with pytest.raises(NotShared):
            still_shared(shared, "csv", NOW)


def test_what_was_read_does_not_go_out_to_somebody_who_is_gone(diary, cora):
    shared = access.reading(cora, agreed(diary, cora, NOW).uid, "csv", NOW)
    Person.objects.get(pk=cora.pk).delete()
    with pytest.raises(NotShared):
        still_shared(shared, "csv", NOW)
