"""Rows of every kind, the doors through which an app sends them, and an app's copy of a diary."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from diary import rules
from diary.exchange.document import dumped, identified
from diary.models import Diary
from tests.app import TRACK
from tests.app.api.conftest import Phone

Row = dict[str, Any]
ADDRESSES = {
    "walk": "walks/", "check_in": "check-ins/", "change": "changes/",
    "measurement": "measurements/", "route": "routes/", "profile": "profile/",
}  # fmt: skip
ID = "0b4a0a34-0000-4000-8000-00000000000a"
ANY = {"If-Match": "*"}


def a_walk(**said: Any) -> Row:
    """A walk on which it hurt, under a new id."""
    return {
        "id": str(uuid4()),
        "started_at": "2026-05-30T09:00:00Z",
        "time_zone": "Europe/London",
        "distance_m": 600,
        "pain": [{"onset_distance_m": 300, "site": "calf", "side": "left", "qualities": []}],
        **said,
    }


@dataclass(frozen=True)
class Kind:
    """A kind of row: one of it, and what another version of the same row says."""

    shape: str
    row: Row
    said: Row

    @property
    def where(self) -> str:
        return ADDRESSES[self.shape]

    @property
    def address(self) -> str:
        return address(self.shape, self.row)

    @property
    def other(self) -> Row:
        return {**self.row, **self.said}


KINDS = {
    each.shape: each
    for each in (
        Kind("walk", a_walk(id=ID, track=TRACK), {"distance_m": 700, "notes": "by the river"}),
        Kind("check_in", {"date": "2026-05-30", "signs": [], "notes": "well"}, {"pain_at_rest": 0}),
        Kind(
            "change",
            {"id": ID, "date": "2026-05-01", "kind": "injury", "notes": "the step"},
            {"until": "2026-05-09"},
        ),
        Kind(
            "measurement",
            {"id": ID, "date": "2026-05-01", "kind": "weight_kg", "value": 80},
            {"value": 81.5},
        ),
        Kind(
            "route",
            {"id": ID, "name": "Home to the bench and back", "distance_m": 360},
            {"distance_m": 380},
        ),
        Kind("profile", {"weight_kg": 80, "conditions": []}, {"smoking": "former"}),
    )
}
NAMED = [kind for kind in KINDS.values() if kind.shape != "profile"]


def address(shape: str, row: Row) -> str:
    """Where a row is, under /api/v1/."""
    if shape == "profile":
        return ADDRESSES[shape]
    return f"{ADDRESSES[shape]}{row[rules.KEYS[shape]]}/"


def match(revision: int | Mapping[str, Any]) -> dict[str, str]:
    """The header that says which revision was seen: a number, or that of a row."""
    seen = revision if isinstance(revision, int) else revision["revision"]
    return {"If-Match": f'"{seen}"'}


def item(shape: str, row: Row, base_revision: int | None = None, op: str = "put") -> Row:
    """One item of a batch."""
    return {"kind": shape, "op": op, "base_revision": base_revision, "value": row}


def name_of(shape: str, row: Row) -> Row:
    """What is left of a row to delete it by."""
    return {rules.KEYS[shape]: row[rules.KEYS[shape]]}


def gone(shape: str, row: Row, base_revision: int | None = None) -> Row:
    """An item that deletes a row."""
    return item(shape, name_of(shape, row), base_revision, "delete")


def synced(phone: Phone, *items: Row) -> list[Row]:
    """What became of each item of a batch."""
    answer = phone.post("sync/", {"items": [*items]})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def with_id(shape: str, row: Row) -> Row:
    """A row with the id that it gets where it comes without one."""
    if "id" not in rules.FIELDS[shape]:
        return row
    return {**row, "id": identified(shape, rules.checked(shape, row))["id"]}


def is_problem(answer: Any, status: int, code: str) -> bool:
    """Whether an answer is a problem in the API's one shape, of this status and code."""
    assert answer["Content-Type"] == "application/problem+json"
    told = strict(answer)
    assert told["type"].endswith(f"/problems/#{told['code']}")
    assert told["status"] == answer.status_code
    assert told["title"]
    assert told["errors"]
    for error in told["errors"]:
        assert set(error) == {"attr", "code", "detail"}
        assert error["detail"].endswith(".")
    return (answer.status_code, told["code"]) == (status, code)


def strict(answer: Any) -> Any:
    """An answer's JSON as a reader who keeps to the standard takes it: no NaN, no half letters."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    told = json.loads(answer.content, parse_constant=refuse)
    json.dumps(told, ensure_ascii=False).encode()
    return told


def contents(document: Mapping[str, Any]) -> dict[tuple[str, Any], Row]:
    """The rows of a plain document by kind and name."""
    rows = {
        (shape, row[rules.KEYS[shape]]): row
        for plural, shape in rules.LISTS.items()
        for row in document.get(plural, ())
    }
    if document.get("profile"):
        rows["profile", None] = document["profile"]
    return rows


def stored(diary: Diary) -> dict[tuple[str, Any], Row]:
    """The rows of a diary by kind and name, as its document has them."""
    return contents(json.loads(dumped(Diary.objects.get(pk=diary.pk).document())))


class Copy:
    """A device's copy of a diary: what the feed said, and nothing else."""

    def __init__(self, phone: Phone):
        self.phone = phone
        self.rows: dict[tuple[str, Any], Row] = {}
        self.heard: list[tuple[str, Any, int]] = []
        self.cursor: str | None = None

    def page(self, limit: int) -> Any:
        """The next page of the feed as it was answered; the copy is as before."""
        since = "" if self.cursor is None else f"&since={self.cursor}"
        return self.phone.get(f"sync/?limit={limit}{since}")

    def take(self, page: Row) -> bool:
        """Do as a page says; whether more is to be read."""
        for each in page["items"]:
            shape, value = each["kind"], each["value"]
            name = value[rules.KEYS[shape]] if shape in rules.KEYS else None
            self.heard.append((shape, name, each["revision"]))
            self.rows.pop((shape, name), None)
            if each["op"] == "put" and value:
                self.rows[shape, name] = value
        self.cursor = page["cursor"]
        return page["more"]

    def read(self, limit: int = 1000, between: Callable[[], Any] = lambda: None) -> int:
        """Read until nothing more is there, begin again where told to; returns how many pages."""
        pages = 0
        while True:
            answer = self.page(limit)
            pages += 1
            assert pages < 2_000, "the feed does not end"
            if answer.status_code == 410:
                self.rows, self.cursor = {}, None
                continue
            assert answer.status_code == 200, answer.content
            if not self.take(answer.json()):
                return pages
            between()


def send(phone: Phone, door: str, rows: Iterable[tuple[str, Row]]) -> list[str]:
    """Send rows through a door, one by one or (`sync`) together; what became of each."""
    if door == "sync":
        return [told["status"] for told in synced(phone, *(item(*each) for each in rows))]
    became = []
    for shape, row in rows:
        if door == "post" and shape != "profile":
            answer = phone.post(ADDRESSES[shape], row)
        else:
            answer = phone.put(address(shape, with_id(shape, row)), row)
        became.append(
            {200: "unchanged", 201: "created"}.get(answer.status_code, str(answer.content))
        )
    return became
