"""How are the rows of a diary created, read, replaced, changed and deleted over HTTP?"""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from django.utils.http import parse_etags
from rest_framework import status
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ViewSetMixin

from diary import rules, values
from diary.access import NEW, Conflict, Outcome
from diary.api.parsing import Count, parameters, row_sent, seen_revision
from diary.api.problems import Refusal
from diary.api.views.diary import DiaryView, shown, stood
from diary.exchange.sync import name_of

PARAMETERS = {
    "from": values.Day(),
    "until": values.Day(),
    "limit": Count(1, 500),
    "cursor": values.Text(500),
}


class Pages(CursorPagination):
    """Pages whose cursors hold while rows are added."""

    page_size = 100

    def decode_cursor(self, request: Request) -> Any:
        cursor = super().decode_cursor(request)
        if cursor and cursor.position is not None:
            for reader in (values.Day(), values.Instant()):
                try:
                    reader.read(cursor.position)
                    return cursor
                except values.Fail:
                    continue
            raise rules.Refused([rules.Fault("cursor", "not_a_cursor")])
        return cursor


class RowView(DiaryView):
    """Answers that carry a row: its revision is its ETag."""

    def row_answer(self, row: Any, status: int = 200, **headers: str) -> Response:
        tag = f'"{row.revision}"'
        return Response(
            shown(row.row(), row.revision), status=status, headers={"ETag": tag, **headers}
        )

    def unless_known(self, row: Any) -> Response:
        """The row, or 304 for a reader who has this revision of it already."""
        tag = f'"{row.revision}"'
        if tag in parse_etags(self.request.headers.get("If-None-Match", "")):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return self.row_answer(row)

    def kept(self, shape: str, row: rules.Row) -> tuple[Any, Outcome]:
        """Keep a row under If-Match, or raise what stands against it."""
        try:
            return self.diary.put(shape, row, timezone.now(), seen_revision(self.request))
        except Conflict as conflict:
            raise self.against(conflict.stored) from None

    def against(self, stored: Any) -> Refusal:
        """Why a change was not made: If-Match is missing, or says another revision."""
        deleted = stored is not None and stored.deleted_at is not None
        code = "deleted" if deleted else "unseen"
        if "If-Match" in self.request.headers:
            code = "stale"
        return Refusal(code, current=stood(stored), sent=self.request.data or None)


def placed(row: rules.Row, shape: str, name: Any) -> rules.Row:
    """A row that was sent to an address; raises rules.Refused where it names itself otherwise."""
    key = rules.KEYS[shape]
    if row.get(key) is not None and str(row[key]).lower() != str(name):
        raise rules.Refused([rules.Fault(key, "other_name")])
    return row if key in rules.REQUIRED[shape] else {**row, key: str(name)}


class RowViewSet(ViewSetMixin, RowView):
    """The rows of one shape."""

    shape: ClassVar[str]
    lookup_field = "key"
    lookup_value_regex = "[^/]+"

    def list(self, request: Request) -> Response:
        asked = parameters(request, PARAMETERS)
        rows = self.diary.rows(self.shape).kept().of_days(asked["from"], asked["until"])
        pages = Pages()
        pages.page_size = asked["limit"] or pages.page_size
        pages.ordering = rows.newest_first().query.order_by
        page = rows.model.stored(pages.paginate_queryset(rows.plain(), request, view=self))
        return pages.get_paginated_response([shown(each.row, each.revision) for each in page])

    def create(self, request: Request) -> Response:
        try:
            row, outcome = self.diary.put(self.shape, row_sent(request), timezone.now(), NEW)
        except Conflict as conflict:
            deleted = conflict.stored.deleted_at is not None
            code = "deleted" if deleted else "conflict"
            raise Refusal(code, current=stood(conflict.stored), sent=request.data) from None
        if outcome is Outcome.UNCHANGED:
            return self.row_answer(row)
        where = reverse(f"{self.basename}-detail", [str(row.name)], request=request)
        return self.row_answer(row, status.HTTP_201_CREATED, Location=where)

    def retrieve(self, request: Request, key: str) -> Response:
        return self.unless_known(self._stored(key))

    def update(self, request: Request, key: str) -> Response:
        name = name_of(self.shape, key)
        if name is None:
            raise Http404
        if seen_revision(request) is None and self._there(key) is None:
            raise Refusal("stale", current=None, sent=request.data)
        row = placed(row_sent(request), self.shape, name)
        stored, outcome = self.kept(self.shape, row)
        created = outcome is Outcome.CREATED
        return self.row_answer(stored, status.HTTP_201_CREATED if created else status.HTTP_200_OK)

    def partial_update(self, request: Request, key: str) -> Response:
        stored = self._stored(key)
        row = placed(row_sent(request), self.shape, stored.name)
        return self.row_answer(self.kept(self.shape, merged(stored.row(), row))[0])

    def destroy(self, request: Request, key: str) -> Response:
        stored = self._stored(key)
        try:
            self.diary.delete(self.shape, stored.name, timezone.now(), seen_revision(request))
        except Conflict as conflict:
            raise self.against(conflict.stored) from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _there(self, key: str) -> Any:
        row = self.diary.row_named(self.shape, key)
        return row if row is not None and row.deleted_at is None else None

    def _stored(self, key: str) -> Any:
        row = self._there(key)
        if row is None:
            raise Http404
        return row


def merged(stored: rules.Row, changes: rules.Row) -> rules.Row:
    """A row with some fields changed; null takes one out (RFC 7396), lists are replaced whole."""
    row = {**stored, **changes}
    return {name: value for name, value in row.items() if value is not None}


class WalkViewSet(RowViewSet):
    """Walks with their pain."""

    shape = "walk"


class CheckInViewSet(RowViewSet):
    """How single days were, apart from the walks; a day has one."""

    shape = "check_in"


class ChangeViewSet(RowViewSet):
    """What may change the pain: treatments, habits, events."""

    shape = "change"


class MeasurementViewSet(RowViewSet):
    """What was measured in clinic or at home."""

    shape = "measurement"


class ProfileView(RowView):
    """What about the walker bears on leg pain; revision 0 until something was entered."""

    def get(self, request: Request) -> Response:
        return self.unless_known(self.diary.own_profile())

    def put(self, request: Request) -> Response:
        stored, outcome = self.kept("profile", row_sent(request))
        created = outcome is Outcome.CREATED
        return self.row_answer(stored, status.HTTP_201_CREATED if created else status.HTTP_200_OK)

    def patch(self, request: Request) -> Response:
        row = merged(self.diary.own_profile().row(), row_sent(request))
        return self.row_answer(self.kept("profile", row)[0])
