"""How is a long list read in parts that stay whole while rows come and go?

A cursor says after which row a page begins: its time and its name, whatever became of the row.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from diary import rules, values
from diary.api.parsing import Count

PAGE_SIZE = 100
# Pages by their number, of lists to which rows come only at the front: none is missed.
NUMBERED_SIZE = 50
NUMBERED = {"page": Count(1, 1_000_000), "limit": Count(1, 100)}


@dataclass(frozen=True)
class Place:
    """A place between two rows of a list, newest first, and whether one reads back from it."""

    when: Any = None
    name: Any = None
    back: bool = False

    def __str__(self) -> str:
        text = f"{'before' if self.back else 'after'} {self.when.isoformat()} {self.name}"
        return base64.urlsafe_b64encode(text.encode()).decode()


@dataclass(frozen=True)
class Cursor:
    """Reads the cursors of a list of one shape, as `values` read a row's fields."""

    shape: str

    def read(self, text: str) -> Place:
        try:
            decoded = base64.urlsafe_b64decode(text.encode("ascii")).decode("ascii")
        except ValueError:
            raise values.Fail("not_a_cursor") from None
        found = re.fullmatch(r"(before|after) (\S+) (\S+)", decoded)
        fields = rules.FIELDS[self.shape]
        # What has no time of its own is in the order in which it came.
        when = fields.get("started_at") or fields.get("date") or values.Instant()
        try:
            if found is None:
                raise values.Fail("not_a_cursor")
            name = fields[rules.KEYS[self.shape]].read(found[3])
            return Place(when.read(found[2]), name, found[1] == "before")
        except values.Fail:
            raise values.Fail("not_a_cursor") from None


def page(request: Request, rows: Any, place: Place | None, limit: int | None) -> dict[str, Any]:
    """The rows of one page, and the addresses of the next and the previous."""
    place, limit = place or Place(), limit or PAGE_SIZE
    model = rows.model
    some = [*rows.beyond(place.when, place.name, place.back).plain()[: limit + 1]]
    more, some = len(some) > limit, some[:limit]
    if place.back:
        some.reverse()

    def beside(row: dict[str, Any], back: bool) -> str:
        there = Place(row[model.when], row[model.key], back)
        return replace_query_param(request.build_absolute_uri(), "cursor", str(there))

    follows, precedes = (True, more) if place.back else (more, place.when is not None)
    return {
        "next": beside(some[-1], back=False) if some and follows else None,
        "previous": beside(some[0], back=True) if some and precedes else None,
        "results": model.stored(some),
    }


def numbered(rows: Any, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The rows of a page by its number, and whether there are more behind it."""
    number, limit = asked["page"] or 1, asked["limit"] or NUMBERED_SIZE
    first = (number - 1) * limit
    some = [*rows[first : first + limit + 1]]
    return {"page": number, "more": len(some) > limit, "results": some[:limit]}
