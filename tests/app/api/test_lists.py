"""Do lists show every row once, of the days that were asked for, and refuse the rest in words?"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.app.api.conftest import Phone
from tests.app.api.doors import ID, KINDS, NAMED, a_walk, address, is_problem, item, match, synced

pytestmark = pytest.mark.django_db
LISTS = [kind.where for kind in NAMED]


def pages(phone: Phone, where: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of each page from the first on, as the links lead."""
    seen = 0
    link = where
    while link:
        answer = phone.get(link.removeprefix("http://testserver"))
        assert answer.status_code == 200, answer.content
        yield answer.json()["results"]
        link = answer.json()["next"]
        seen += 1
        assert seen < 200, "the pages do not end"


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_a_list_is_newest_first_and_says_each_row_as_it_is_by_itself(phone):
    walks = [a_walk(started_at=f"2026-05-{day:02}T09:00:00Z") for day in (3, 1, 30)]
    synced(phone, *(item("walk", walk) for walk in walks))
    listed = phone.get("walks/").json()
    assert ids(listed["results"]) == ids([walks[2], walks[0], walks[1]])
    assert (listed["next"], listed["previous"]) == (None, None)
    for row in listed["results"]:
        assert phone.get(address("walk", row)).json() == row


def test_a_day_is_the_walkers_own(phone):
    """Half past eleven in the evening by UTC is the next day in a London summer, not in winter."""
    summer = a_walk(started_at="2026-05-30T23:30:00Z", time_zone=None)
    winter = a_walk(started_at="2026-01-30T23:30:00Z", time_zone=None)
    away = a_walk(started_at="2026-05-30T23:30:00Z", time_zone="America/New_York")
    synced(phone, *(item("walk", walk) for walk in (summer, winter, away)))

    def on(day: str) -> set[str]:
        return {*ids(phone.get(f"walks/?from={day}&until={day}").json()["results"])}

    assert on("2026-05-31") == {summer["id"]}
    assert on("2026-05-30") == {away["id"]}
    assert on("2026-01-30") == {winter["id"]}
    assert on("2026-01-31") == set()


@pytest.mark.parametrize("shape", ["check_in", "change", "measurement"])
def test_from_and_until_hold_their_own_days_too(phone, shape):
    kind = KINDS[shape]
    days = [f"2026-05-{day:02}" for day in range(1, 8)]
    rows = [
        {**kind.row, "date": day} | ({"id": str(uuid4())} if "id" in kind.row else {})
        for day in days
    ]
    if shape == "change":
        rows = [{**row, "until": row["date"]} for row in rows]
    synced(phone, *(item(shape, row) for row in rows))

    def found(asked: str) -> list[str]:
        return [row["date"] for row in phone.get(f"{kind.where}?{asked}").json()["results"]]

    assert found("") == days[::-1]
    assert found("from=2026-05-03&until=2026-05-05") == days[4:1:-1]
    assert found("from=2026-05-06") == days[:4:-1]
    assert found("until=2026-05-02") == days[1::-1]
    assert found("from=2026-05-05&until=2026-05-03") == []


def test_pages_keep_to_the_days_that_were_asked_for(phone):
    walks = [a_walk(started_at=f"2026-05-{day:02}T09:00:00Z") for day in range(1, 29)]
    synced(phone, *(item("walk", walk) for walk in walks))
    read = [
        row
        for page in pages(phone, "walks/?from=2026-05-05&until=2026-05-20&limit=5")
        for row in page
    ]
    assert ids(read) == ids(walks[19:3:-1])


def test_the_link_back_leads_to_the_page_before(phone):
    synced(
        phone,
        *(item("walk", a_walk(started_at=f"2026-05-{day:02}T09:00:00Z")) for day in range(1, 10)),
    )
    first = phone.get("walks/?limit=4").json()
    second = phone.get(first["next"].removeprefix("http://testserver")).json()
    back = phone.get(second["previous"].removeprefix("http://testserver")).json()
    assert back["results"] == first["results"]


@pytest.mark.parametrize("limit", [7, 100])
@pytest.mark.parametrize("shape", ["walk", "change", "route"])
def test_no_row_is_missed_or_doubled_while_rows_are_added(phone, shape, limit):
    """All began at the same moment, as those that are added while the pages are read."""

    def new_row() -> dict[str, Any]:
        return {**KINDS[shape].row, "id": str(uuid4())}

    there = [new_row() for _ in range(250)]
    synced(phone, *(item(shape, row) for row in there))
    read: list[str] = []
    for page in pages(phone, f"{KINDS[shape].where}?limit={limit}"):
        read += ids(page)
        assert phone.post(KINDS[shape].where, new_row()).status_code == 201
    assert len(read) == len({*read})
    assert {*ids(there)} <= {*read}


def test_no_row_is_missed_while_rows_are_deleted(phone):
    there = [a_walk() for _ in range(60)]
    synced(phone, *(item("walk", walk) for walk in there))
    read: list[str] = []
    for page in pages(phone, "walks/?limit=10"):
        read += ids(page)
        first = page[0]
        assert phone.delete(address("walk", first), **match(first)).status_code == 204
    assert sorted(read) == sorted(ids(there))


def test_pages_end_however_many_rows_are_of_one_day(phone):
    rows = [{**KINDS["measurement"].row, "id": str(uuid4())} for _ in range(1_300)]
    for some in (rows[:1_000], rows[1_000:]):
        synced(phone, *(item("measurement", row) for row in some))
    read = [key for page in pages(phone, "measurements/?limit=100") for key in ids(page)]
    assert sorted(read) == sorted(ids(rows))


def cursor(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize(
    ("asked", "attr", "said"),
    [
        ("limit=0", "limit", "This cannot be less than 1."),
        ("limit=501", "limit", "This cannot be more than 500."),
        ("limit=-1", "limit", "This should be a whole number from 1 to 500."),
        ("limit=ten", "limit", "This should be a whole number from 1 to 500."),
        ("limit=", "limit", "This should be a whole number from 1 to 500."),
        ("limit=٣", "limit", "This should be a whole number from 1 to 500."),
        ("from=yesterday", "from", "This is not a date of the calendar."),
        ("until=2026-02-30", "until", "This is not a date of the calendar."),
        ("from=2026-05-01T00:00:00Z", "from", "This is not a date of the calendar."),
        ("from=", "from", "This is not a date of the calendar."),
        ("until=9999-01-01", "until", "This is before 1970-01-01 or too far ahead."),
        ("since=1", "since", "This is not a parameter here."),
        ("page=2", "page", "This is not a parameter here."),
        ("cursor=nonsense", "cursor", "This is not a cursor that an earlier answer gave."),
        ("cursor=%C3%A9", "cursor", "This is not a cursor that an earlier answer gave."),
        (
            f"cursor={cursor('p=never')}",
            "cursor",
            "This is not a cursor that an earlier answer gave.",
        ),
        (f"cursor={cursor('o=-1')}", "cursor", "This is not a cursor that an earlier answer gave."),
    ],
)
def test_a_bad_parameter_gets_a_sentence(phone, where, asked, attr, said):
    if where == "routes/" and attr in ("from", "until"):  # a known route has no day
        said = "This is not a parameter here."
    answer = phone.get(f"{where}?{asked}")
    assert is_problem(answer, 422, "refused")
    assert [(each["attr"], each["detail"]) for each in answer.json()["errors"]] == [(attr, said)]


def test_every_bad_parameter_is_told_at_once(phone):
    answer = phone.get("walks/?limit=0&from=x&until=y&other=1")
    assert {each["attr"] for each in answer.json()["errors"]} == {"limit", "from", "until", "other"}


@pytest.mark.parametrize("where", LISTS)
@pytest.mark.parametrize(
    "position", ["2026-05-30 09:00:00+00:00", "2026-05-30", "2026-05-30t09:00:00z"]
)
def test_a_cursor_of_another_list_breaks_nothing(phone, where, position):
    phone.put(KINDS["walk"].address, KINDS["walk"].row)
    answer = phone.get(f"{where}?cursor={cursor(f'p={position}')}")
    assert answer.status_code == 200 or is_problem(answer, 422, "refused")


# The same fault typed into a page and sent by an app: where, what is sent, what is typed.
LONG = "y" * 4_001
TYPED = {
    "id": ID, "distance": "600", "distance_unit": "m", "hurt": "yes", "when": "just_now",
    "pain-TOTAL_FORMS": "1", "pain-INITIAL_FORMS": "0", "pain-0-where": "calf:left",
    "pain-0-onset_distance": "250",
}  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "sent", "at", "typed"),
    [
        ("walk", {"distance_m": -5}, "/walks/add/", {"distance": "-5"}),
        ("walk", {"distance_m": 999_999}, "/walks/add/", {"distance": "999999"}),
        ("walk", {"distance_m": None}, "/walks/add/", {"distance": "", "duration": ""}),
        ("walk", {"distance_m": 200}, "/walks/add/", {"distance": "200"}),
        ("walk", {"time_zone": "Mars/Olympus"}, "/walks/add/", {"time_zone": "Mars/Olympus"}),
        ("walk", {"notes": "x" * 10_000}, "/walks/add/", {"notes": "x" * 10_000}),
        ("walk", {"ascent_m": -1}, "/walks/add/", {"ascent": "-1"}),
        (
            "walk",
            {"pain": [{"relief_s": 172_860}]},
            "/walks/add/",
            {"pain-0-relief_minutes": "2881"},
        ),
        (
            "change",
            {"until": "2026-04-01"},
            "/changes/add/",
            {"kind": "injury", "date": "2026-05-01", "until": "2026-04-01"},
        ),
        (
            "change",
            {"date": "2150-01-01"},
            "/changes/add/",
            {"kind": "injury", "date": "2150-01-01"},
        ),
        (
            "measurement",
            {"value": 1},
            "/measurements/add/",
            {"kind": "weight_kg", "date": "2026-05-01", "value": "1"},
        ),
        ("route", {"name": " "}, "/routes/add/", {"name": " ", "distance": "360"}),
        (
            "route",
            {"name": "y" * 101},
            "/routes/add/",
            {"name": "y" * 101, "distance": "360"},
        ),
        ("route", {"distance_m": 0}, "/routes/add/", {"name": "the park", "distance": "0"}),
        (
            "route",
            {"distance_m": 200_001},
            "/routes/add/",
            {"name": "the park", "distance": "200001"},
        ),
        ("check_in", {"notes": LONG}, "/check-ins/add/", {"date": "2026-05-30", "notes": LONG}),
        ("check_in", {"date": "2150-01-01"}, "/check-ins/add/", {"date": "2150-01-01"}),
        ("profile", {"height_cm": 5}, "/profile/", {"height_cm": "5"}),
        ("profile", {"birth_year": 1700}, "/profile/", {"birth_year": "1700"}),
    ],
)  # fmt: skip
def test_an_app_is_told_what_the_page_says(phone, signed_in, diary, shape, sent, at, typed):
    kind = KINDS[shape]
    row = {**kind.row, **sent}
    answer = phone.put(address(shape, row), row)
    assert is_problem(answer, 422, "refused")
    (error,) = answer.json()["errors"]
    answers = {**(TYPED if shape == "walk" else {"id": ID, "distance_unit": "m"}), **typed}
    form = signed_in.post(at, answers)
    assert form.status_code == 422
    assert error["detail"] in form.content.decode()
    (told,) = phone.post("sync/", {"items": [item(shape, row)]}).json()["results"]
    assert told["errors"] == [{**error, "attr": f"value.{error['attr']}"}]
