"""What is asked of both, and what must an answer say to count?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from benchmarks.api.timing import OURS, TWIN
from benchmarks.api.walks import Row, fresh

MANY, SEED = 1_000, 1
Body = Callable[[Iterator[Row], Row], Any]  # of new walks, and of the account's newest


def no_body(_new: Iterator[Row], _newest: Row) -> None:
    return None


def one(new: Iterator[Row], _newest: Row) -> Row:
    return next(new)


def known(_new: Iterator[Row], newest: Row) -> Row:
    return newest


def many(new: Iterator[Row], _newest: Row) -> list[Row]:
    return list(islice(new, MANY))


def batch(new: Iterator[Row], newest: Row) -> dict[str, Any]:
    items = [{"kind": "walk", "op": "put", "value": row} for row in many(new, newest)]
    return {"items": items}


class WrongAnswer(Exception):
    """An answer that may not be timed: it does not do what was asked."""


@dataclass(frozen=True)
class Call:
    """A request to one of the two, the status it must get, and how many rows its answer holds."""

    method: str
    path: str
    status: int
    held: Callable[[Any], int]
    body: Body = no_body

    def encoded(self, new: Iterator[Row], newest: Row) -> bytes:
        data = self.body(new, newest)
        return b"" if data is None else json.dumps(data).encode()


def pains(row: Any) -> int:
    return len(row["pain"])


def results(page: Any) -> int:
    return len(page["results"])


def items(page: Any) -> int:
    return len(page["items"])


def created(answer: Any) -> int:
    return sum(result["status"] == "created" for result in answer["results"])


@dataclass(frozen=True)
class Operation:
    """The same thing done by both: how often in a slice, and within which ratio."""

    name: str
    times: int
    rows: int  # how many an answer must hold
    calls: dict[str, Call]
    limit: float | None = None
    pains: int | None = None  # of each walk sent; None for one, two and none in turn

    def new_walks(self) -> Iterator[Row]:
        """Walks that neither store has; every slice sends the same ones."""
        return fresh(SEED, self.pains)

    def check(self, whose: str, status: int, body: bytes) -> None:
        """Raise WrongAnswer unless the status is right and every row is there."""
        call = self.calls[whose]
        held = call.held(json.loads(body)) if status == call.status else None
        if held != self.rows:
            raise WrongAnswer(f"{self.name}, {whose}: {status}, {held} rows, {body[:300]!r}")


WALKS, WALK = "/api/v1/walks/", "/api/v1/walks/{newest}/"
TWIN_WALKS, TWIN_WALK = "/twin/walks/", "/twin/walks/{newest}/"
FLAT = 1.2
OPERATIONS = (
    Operation(
        "create a walk with two pains", 40, 2, limit=1.5, pains=2,
        calls={
            OURS: Call("POST", WALKS, 201, pains, one),
            TWIN: Call("POST", TWIN_WALKS, 201, pains, one),
        },
    ),
    Operation(
        "list the newest 100", 10, 100, limit=1.0,
        calls={
            OURS: Call("GET", WALKS, 200, results),
            TWIN: Call("GET", TWIN_WALKS, 200, results),
        },
    ),
    Operation(
        "sync 1,000 new walks", 1, MANY, limit=2.0,
        calls={
            OURS: Call("POST", "/api/v1/sync/", 200, created, batch),
            TWIN: Call("POST", "/twin/walks/bulk/", 201, len, many),
        },
    ),
    Operation(
        "sync where nothing changed (twin: an empty answer)", 40, 0,
        calls={
            OURS: Call("GET", "/api/v1/sync/?since={cursor}", 200, items),
            TWIN: Call("GET", "/twin/hello/", 200, items),
        },
    ),
    Operation(
        "read one walk", 40, 1,
        calls={OURS: Call("GET", WALK, 200, pains), TWIN: Call("GET", TWIN_WALK, 200, pains)},
    ),
    Operation(
        "put a walk unchanged (twin: written again)", 40, 1,
        calls={
            OURS: Call("PUT", WALK, 200, pains, known),
            TWIN: Call("PUT", TWIN_WALK, 200, pains, known),
        },
    ),
)  # fmt: skip
