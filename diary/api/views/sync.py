"""How does a device hand in what waited on it, and learn what changed elsewhere?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import rules, values
from diary.access import Conflict, StartAgain
from diary.api.authentication import BrowserAuthentication, TokenAuthentication
from diary.api.parsing import Count, sent
from diary.api.problems import Refusal, faults_told
from diary.api.views.diary import DiaryView, fed
from diary.exchange import sync

FEED = {"since": values.Text(40), "limit": Count(1, sync.MOST_ITEMS)}


class SyncView(DiaryView):
    """A batch of writes in, each decided on its own; everything changed since a cursor out."""

    authentication_classes = [TokenAuthentication, BrowserAuthentication]

    def readers(self) -> Mapping[str, Any]:
        return {} if self.request.method == "POST" else FEED

    def get(self, request: Request) -> Response:
        since, limit = self.asked["since"], self.asked["limit"]
        cursor = sync.cursor("0" if since is None else since)
        try:
            feed = self.diary.changed_since(cursor, limit or sync.MOST_ITEMS)
        except StartAgain:
            raise Refusal("start_again") from None
        items = [
            fed(each.shape, each.row, each.revision, each.deleted_at is not None)
            for each in feed.rows
        ]
        return Response({"cursor": str(feed.cursor), "more": feed.more, "items": items})

    def post(self, request: Request) -> Response:
        now = timezone.now()
        items = _batch(sent(request))
        diary = self.diary
        decided = diary.sync([_read(item, now) for item in items], now)
        results = [_result(*pair) for pair in zip(items, decided, strict=True)]
        return Response({"revision": diary.revision, "results": results})


def _batch(data: Any) -> list[Any]:
    if not isinstance(data, Mapping):
        raise rules.Refused([rules.Fault("", "not_an_object")])
    faults = [
        rules.Fault(rules.printable(name), "unknown_field") for name in data if name != "items"
    ]
    items = data.get("items")
    if not isinstance(items, list):
        faults.append(rules.Fault("items", "not_a_list" if "items" in data else "required"))
    elif len(items) > sync.MOST_ITEMS:
        faults.append(rules.Fault("items", "too_many", {"most": sync.MOST_ITEMS}))
    if faults:
        raise rules.Refused(faults)
    return items


def _read(item: Any, now: datetime) -> sync.Item | rules.Refused:
    try:
        return sync.item(item, now)
    except rules.Refused as refused:
        return refused


def _result(item: Any, decided: Any) -> dict[str, Any]:
    """What became of one item."""
    if isinstance(decided, rules.Refused):
        return {"status": "invalid", "errors": faults_told(decided.faults)}
    if isinstance(decided, Conflict):
        return {"status": "conflict", "stored": _stored(decided.stored), "sent": _sent(item)}
    outcome, revision = decided
    return {"status": str(outcome), "revision": revision}


def _sent(item: Any) -> Any:
    """What was checked of an item, so that it can be said in JSON: of a deletion only the name."""
    if item["op"] == "put":
        return item["value"]
    key = rules.KEYS[item["kind"]]
    return {key: item["value"][key]}


def _stored(row: Any) -> dict[str, Any] | None:
    if row is None:
        return None
    return fed(row.shape, row.row(), row.revision, row.deleted_at is not None)
