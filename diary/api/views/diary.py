"""What do all views of one's own diary share?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone, translation
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.views import APIView

from diary.access import Diary, own_diary
from diary.api.parsing import MergePatchParser, parameters
from diary.exchange.document import written
from diary.rules import KEYS, Row


class PersonalView(APIView):
    """A view that speaks to the person of the token, in their language and time zone.

    `asked` has the parameters of the query, read; one that is not among `readers` is refused.
    """

    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    def readers(self) -> Mapping[str, Any]:
        """What the query of this request may say, and how each value is read."""
        return {}

    def get_parsers(self) -> list[Any]:
        more = [MergePatchParser()] if self.request.method == "PATCH" else []
        return [*super().get_parsers(), *more]

    def admit(self) -> None:
        """Refuse whoever has no business here, before what they ask is looked at."""

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        if request.method not in self.allowed_methods:  # tells nothing, whoever asks
            raise MethodNotAllowed(str(request.method))
        self.admit()
        self.asked = parameters(request, self.readers())
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            timezone.activate(request.user.time_zone)


class DiaryView(PersonalView):
    """A view of the diary of the person of the token; nobody else's can be named."""

    @property
    def diary(self) -> Diary:
        return own_diary(self.request.user)


def shown(row: Row, revision: int) -> dict[str, Any]:
    """A row as an answer has it: the document's fields that say something, and its revision."""
    return {**written(row), "revision": revision}


def stood(stored: Any) -> dict[str, Any] | None:
    """What is stored, for somebody whose version is another: deleted, perhaps, or nothing."""
    if stored is None:
        return None
    if stored.deleted_at is None:
        return shown(stored.row(), stored.revision)
    return {**shown(named(stored.shape, stored.row()), stored.revision), "deleted": True}


def named(shape: str, row: Row) -> Row:
    """What is left to say of a deleted row."""
    return {KEYS[shape]: row[KEYS[shape]]}


def fed(shape: str, row: Row, revision: int, deleted: bool) -> dict[str, Any]:
    """A row in the feed: what it says by now, or only its name where it was deleted."""
    value = written(named(shape, row) if deleted else row)
    op = "delete" if deleted else "put"
    return {"kind": shape, "op": op, "revision": revision, "value": value}
