"""Does a device that reads the feed know in the end what the diary says, and nothing else?"""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from diary.models import Diary
from tests.app.api.doors import (
    ANY,
    KINDS,
    NAMED,
    Copy,
    a_walk,
    gone,
    is_problem,
    item,
    match,
    stored,
    synced,
)  # fmt: skip
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db
LONGER_THAN_UNDOING = timedelta(days=31)


@pytest.fixture(autouse=True)
def clock():
    """Diaries forget by the clock; a token that is not used for as long ends."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def copy(phone) -> Copy:
    return Copy(phone)


EACH = len(KINDS)


def one_of_each() -> list[dict]:
    return [item(kind.shape, kind.row) for kind in KINDS.values()]


def purge(diary: Diary) -> None:
    """What the daily command does, once nothing that was deleted by now can be undone."""
    Diary.objects.get(pk=diary.pk).purge(timezone.now() + LONGER_THAN_UNDOING)


def test_an_empty_diary_has_an_empty_feed(phone):
    answer = phone.get("sync/")
    assert answer.json() == {"cursor": "0", "more": False, "items": []}
    assert phone.get("sync/?since=0").json() == answer.json()


def test_the_feed_has_every_kind_in_the_order_of_its_changes(phone):
    synced(phone, *one_of_each())
    feed = phone.get("sync/").json()
    assert [each["kind"] for each in feed["items"]] == [*KINDS]
    assert [each["revision"] for each in feed["items"]] == [*range(1, EACH + 1)]
    assert [each["value"] for each in feed["items"]] == [kind.row for kind in KINDS.values()]
    assert {each["op"] for each in feed["items"]} == {"put"}
    assert not feed["more"]
    assert phone.get(f"sync/?since={feed['cursor']}").json() == {**feed, "items": []}


@pytest.mark.parametrize("kind", NAMED, ids=[kind.shape for kind in NAMED])
def test_a_deleted_row_says_only_its_name(phone, copy, kind):
    synced(phone, item(kind.shape, kind.row))
    copy.read()
    phone.delete(kind.address, **match(1))
    (told,) = phone.get(f"sync/?since={copy.cursor}").json()["items"]
    assert told["op"] == "delete"
    assert told["revision"] == 2
    assert len(told["value"]) == 1
    copy.read()
    assert copy.rows == {}
    synced(phone, item(kind.shape, kind.other, 2))
    copy.read()
    assert [*copy.rows.values()] == [kind.other]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_small_pages_together_are_the_one_large_page(phone, limit):
    walks = [a_walk() for _ in range(4)]
    synced(phone, *one_of_each(), *(item("walk", walk) for walk in walks))
    synced(phone, gone("walk", walks[1], EACH + 2), item("profile", {"sex": "male"}, EACH))
    whole, paged = phone.get("sync/").json(), []
    cursor, more = "0", True
    while more:
        page = phone.get(f"sync/?since={cursor}&limit={limit}").json()
        assert len(page["items"]) == limit or not page["more"]
        paged += page["items"]
        cursor, more = page["cursor"], page["more"]
    assert paged == whole["items"]
    assert cursor == whole["cursor"]
    assert [each["revision"] for each in paged] == sorted({each["revision"] for each in paged})


def test_a_full_last_page_says_that_nothing_more_is_there(phone):
    synced(phone, *one_of_each())
    assert phone.get(f"sync/?limit={EACH}").json()["more"] is False
    assert phone.get(f"sync/?limit={EACH - 1}").json()["more"] is True


@pytest.mark.parametrize("limit", [1, 2, 3, 1000])
def test_a_device_that_begins_after_much_was_forgotten_comes_to_an_end(phone, diary, copy, limit):
    walks = [a_walk() for _ in range(6)]
    synced(phone, *one_of_each(), *(item("walk", walk) for walk in walks))
    synced(phone, gone("walk", walks[0], EACH + 1), gone("walk", walks[5], EACH + 6))
    purge(diary)
    assert diary.walks.filter(uid=walks[5]["id"]).count() == 0
    pages = copy.read(limit)
    assert pages <= (EACH + 5) // limit + 1
    assert copy.rows == stored(diary)
    assert len(copy.heard) == len(stored(diary)) == EACH + 4
    synced(phone, item("walk", walks[0]))
    assert copy.read(limit) == 1
    assert copy.rows == stored(diary)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_what_is_forgotten_while_a_device_reads_is_not_kept_by_it(phone, diary, limit):
    """The row that goes was on the first page; its tombstone is never seen."""
    walks = [a_walk() for _ in range(6)]
    synced(phone, *(item("walk", walk) for walk in walks))
    copy, forgot = Copy(phone), []

    def forget():
        if not forgot:
            forgot.append(synced(phone, gone("walk", walks[0], 1)))
            purge(diary)

    copy.read(limit, forget)
    assert forgot
    assert copy.rows == stored(diary)
    assert len(copy.rows) == 5


def test_a_device_that_missed_what_was_forgotten_begins_again(phone, diary, copy):
    walks = [a_walk(), a_walk()]
    synced(phone, *(item("walk", walk) for walk in walks))
    copy.read()
    cursor = copy.cursor
    synced(phone, gone("walk", walks[0], 1))
    assert phone.get(f"sync/?since={cursor}").status_code == 200
    purge(diary)
    for limit in (1, 1000):
        answer = phone.get(f"sync/?since={cursor}&limit={limit}")
        assert is_problem(answer, 410, "start_again")
    copy.read()
    assert copy.rows == stored(diary)
    assert [*copy.rows] == [("walk", walks[1]["id"])]


def test_a_device_that_saw_the_tombstone_reads_on(phone, diary, copy):
    walk = a_walk()
    synced(phone, item("walk", walk), gone("walk", walk, 1))
    copy.read()
    purge(diary)
    new = a_walk()
    synced(phone, item("walk", new))
    answer = phone.get(f"sync/?since={copy.cursor}")
    assert [each["value"] for each in answer.json()["items"]] == [new]


def test_a_device_that_is_ahead_of_the_diary_begins_again(phone, diary, copy):
    """The diary was restored from a backup: the device knows of revisions that are not."""
    synced(phone, *one_of_each())
    ahead = str(EACH + 1)
    for cursor in (ahead, "999999", "999999999999999", f"{ahead}.{ahead}"):
        assert is_problem(phone.get(f"sync/?since={cursor}"), 410, "start_again")
    copy.cursor = ahead
    copy.rows = {("walk", "of another time"): {}}
    copy.read(2)
    assert copy.rows == stored(diary)


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_nothing_is_skipped_while_others_write_between_two_pages(phone, diary, new_phone, limit):
    walks = [a_walk() for _ in range(8)]
    synced(phone, *(item("walk", walk) for walk in walks), *one_of_each()[1:])
    copy, browser, late = Copy(phone), new_phone(diary), []
    written = iter(
        [
            item("walk", {**walks[0], "notes": "read already"}, 1),
            item("walk", {**walks[7], "notes": "not read yet"}, 8),
            gone("walk", walks[1], 2),
            item("walk", a_walk()),
        ]
    )

    def write():
        if each := next(written, None):
            late.extend(synced(browser, each))

    copy.read(limit, write)
    for each in written:
        late.extend(synced(browser, each))
    copy.read(limit)
    assert [each["status"] for each in late] == ["updated", "updated", "deleted", "created"]
    assert copy.rows == stored(diary)
    heard = [revision for _, _, revision in copy.heard]
    assert heard == sorted({*heard})
    times = [name for _, name, _ in copy.heard].count
    assert times(walks[0]["id"]) == 2
    assert times(walks[3]["id"]) == times(walks[7]["id"]) == 1


def test_a_row_changed_between_two_pages_comes_once_more_with_its_new_revision(phone, copy):
    walks = [a_walk() for _ in range(4)]
    synced(phone, *(item("walk", walk) for walk in walks))
    assert copy.take(copy.page(2).json())
    phone.patch(f"walks/{walks[0]['id']}/", {"notes": "read already"}, **match(1))
    phone.patch(f"walks/{walks[3]['id']}/", {"notes": "to be read"}, **match(4))
    copy.read(2)
    heard = [(name, revision) for _, name, revision in copy.heard]
    ids = [walk["id"] for walk in walks]
    assert heard == [(ids[0], 1), (ids[1], 2), (ids[2], 3), (ids[0], 5), (ids[3], 6)]


def test_ones_own_writes_come_back(phone, copy):
    walk = a_walk()
    phone.post("walks/", walk)
    phone.put("profile/", {"sex": "female"})
    copy.read()
    assert copy.rows == {("walk", walk["id"]): walk, ("profile", None): {"sex": "female"}}
    phone.put("profile/", {}, **ANY)
    copy.read()
    assert [*copy.rows] == [("walk", walk["id"])]


def test_what_is_done_on_a_page_is_in_the_feed(phone, signed_in, diary, copy):
    walk = a_walk()
    synced(phone, item("walk", walk))
    copy.read()
    signed_in.post(f"/delete/walk/{walk['id']}/")
    copy.read()
    assert copy.rows == stored(diary) == {}
    signed_in.post(f"/deleted/walk/{walk['id']}/")
    copy.read()
    assert copy.rows == stored(diary) == {("walk", walk["id"]): walk}


def test_another_persons_rows_are_never_in_the_feed(phone, stranger, victim):
    synced(stranger, *one_of_each())
    assert phone.get("sync/").json()["items"] == []
    assert is_problem(phone.get("sync/?since=5"), 410, "start_again")


@pytest.mark.parametrize(
    "cursor",
    ["", "-1", "x", "1.", ".1", "1.2.3", "1e3", "1,2", " 1", "1 ", "٣", "0x1", "null", "9" * 16],
)
def test_what_is_no_cursor_is_refused_in_words(phone, cursor):
    answer = phone.get(f"sync/?since={cursor}")
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"][0]["attr"] == "since"


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "all", "", "1.5"])
def test_a_page_of_the_feed_has_its_bounds(phone, limit):
    answer = phone.get(f"sync/?limit={limit}")
    assert is_problem(answer, 422, "refused")
    assert answer.json()["errors"][0]["attr"] == "limit"
    assert is_problem(phone.get("sync/?until=4"), 422, "refused")
