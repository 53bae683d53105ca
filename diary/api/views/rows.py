"""How are the rows of a diary created, read, replaced, changed and deleted over HTTP?"""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.viewsets import ViewSetMixin

from diary import rules, values
from diary.access import NEW, Conflict, Outcome
from diary.api.pages import Cursor, page
from diary.api.parsing import Count, is_known, row_sent, seen_revisions
from diary.api.problems import Refusal, faults_told
from diary.api.views.diary import DiaryView, shown, stood
from diary.exchange.sync import name_of

LIST = {"limit": Count(1, 500)}
DAYS = {"from": values.Day(), "until": values.Day()}


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
        if is_known(self.request, tag):
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
        return self.row_answer(row)

    def replaced(self, shape: str, row: rules.Row) -> Response:
        """Keep a whole row under If-Match, and answer it."""
        try:
            kept, outcome = self.diary.put(shape, row, timezone.now(), seen_revisions(self.request))
        except Conflict as conflict:
            raise self.against(conflict.stored, sent=self.request.data) from None
        created = outcome is Outcome.CREATED
        return self.row_answer(kept, status.HTTP_201_CREATED if created else status.HTTP_200_OK)

    def patched(self, shape: str, name: Any, changes: rules.Row) -> Response:
        """Change some fields of a row under If-Match, and answer it."""
        seen = seen_revisions(self.request)
        try:
            row, _outcome = self.diary.patch(shape, name, changes, timezone.now(), seen)
        except Conflict as conflict:
            if is_gone(conflict.stored):
                raise Http404 from None
            raise self.against(conflict.stored, sent=self.request.data) from None
        return self.row_answer(row)

    def against(self, stored: Any, **sent: Any) -> Refusal:
        """Why a change was not made: If-Match is missing, or says another revision.

        What is told to have been `sent` was checked before: it can be said in JSON.
        """
        current = stood(stored)
        if "If-Match" not in self.request.headers:
            deleted = stored is not None and is_gone(stored)
            return Refusal("deleted" if deleted else "unseen", current=current, **sent)
        if seen_revisions(self.request) == ():
            fault = rules.Fault("If-Match", "not_a_revision")
            return Refusal("stale", errors=faults_told([fault]), current=current, **sent)
        return Refusal("stale", current=current, **sent)


def is_gone(stored: Any) -> bool:
    """Whether a row was deleted, or never was."""
    return stored is None or stored.deleted_at is not None


def placed(row: rules.Row, shape: str, name: Any) -> rules.Row:
    """A row that was sent to an address; raises rules.Refused where it names itself otherwise."""
    key = rules.KEYS[shape]
    if row.get(key) is not None and str(row[key]).lower() != str(name):
        raise rules.Refused([rules.Fault(key, "other_name")])
    return row if key in rules.REQUIRED[shape] else {**row, key: str(name)}


class RowViewSet(ViewSetMixin, RowView):
    """The rows of one shape."""

    shape: ClassVar[str]
    days: ClassVar[dict[str, Any]] = DAYS  # how a list is asked for the rows of some days
    lookup_field = "key"
    lookup_value_regex = "[^/]+"

    def readers(self) -> dict[str, Any]:
        if self.action != "list":
            return {}
        return {**LIST, **self.days, "cursor": Cursor(self.shape)}

    def list(self, request: Request) -> Response:
        asked = self.asked
        rows = self.diary.rows(self.shape).kept().of_days(asked.get("from"), asked.get("until"))
        told = page(request, rows, asked["cursor"], asked["limit"])
        results = [shown(each.row, each.revision) for each in told["results"]]
        return Response({**told, "results": results})

    def create(self, request: Request) -> Response:
        try:
            row, outcome = self.diary.put(self.shape, row_sent(request), timezone.now(), NEW)
        except Conflict as conflict:
            code = "deleted" if is_gone(conflict.stored) else "conflict"
            raise Refusal(code, current=stood(conflict.stored), sent=request.data) from None
        if outcome is Outcome.UNCHANGED:
            return self.row_answer(row)
        where = reverse(f"{self.basename}-detail", [str(row.name)], request=request)
        return self.row_answer(row, status.HTTP_201_CREATED, Location=where)

    def retrieve(self, request: Request, key: str) -> Response:
        row = self.diary.row_named(self.shape, key)
        if is_gone(row):
            raise Http404
        return self.unless_known(row)

    def update(self, request: Request, key: str) -> Response:
        try:
            name = rules.FIELDS[self.shape][rules.KEYS[self.shape]].read(key)
        except values.Fail as fail:
            fault = rules.Fault(rules.KEYS[self.shape], fail.code, fail.params)
            raise rules.Refused([fault]) from None
        return self.replaced(self.shape, placed(row_sent(request), self.shape, name))

    def partial_update(self, request: Request, key: str) -> Response:
        name = self._name(key)
        return self.patched(self.shape, name, placed(row_sent(request), self.shape, name))

    def destroy(self, request: Request, key: str) -> Response:
        seen = seen_revisions(request)
        try:
            outcome = self.diary.delete(self.shape, self._name(key), timezone.now(), seen)
        except Conflict as conflict:
            raise self.against(conflict.stored) from None
        if outcome is Outcome.UNCHANGED:
            raise Http404
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _name(self, key: str) -> Any:
        name = name_of(self.shape, key)
        if name is None:
            raise Http404
        return name


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


class RouteViewSet(RowViewSet):
    """Ways that the walker knows the length of; they have no day."""

    shape = "route"
    days: ClassVar[dict[str, Any]] = {}


class ProfileView(RowView):
    """What about the walker bears on leg pain; revision 0 until something was entered."""

    def get(self, request: Request) -> Response:
        return self.unless_known(self.diary.own_profile())

    def put(self, request: Request) -> Response:
        return self.replaced("profile", row_sent(request))

    def patch(self, request: Request) -> Response:
        return self.patched("profile", None, row_sent(request))
