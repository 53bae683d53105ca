"""What does a form say when its row is refused, or was changed elsewhere meanwhile?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from diary import rules
from diary.access import NEW, Conflict, Diary


def opened(request: HttpRequest, rows: Any) -> Any:
    """The rows that a form can be about: what is sent may be about one that was deleted meanwhile.

    Saving then says so, instead of losing what was typed.
    """
    return rows if request.method == "POST" else rows.kept()


def saved(
    diary: Diary,
    shape: str,
    row: rules.Row,
    form: Any,
    say: Callable[[rules.Fault], Any] | None = None,
    system: str = "metric",
) -> Any:
    """The saved row; None where it was refused or in conflict, which the form then says.

    A form that was opened as new carries no revision, and has seen nothing: sent once more it
    changes nothing, and what another device made of its row by then is not written over.
    """
    seen = form.cleaned_data["revision"] or NEW
    try:
        return diary.put(shape, row, timezone.now(), seen)[0]
    except rules.Refused as refused:
        for fault in refused.faults:
            (say or form.say)(fault)
    except Conflict as conflict:
        if conflict.stored is None:
            raise Http404 from None
        if seen == NEW and is_the_same(form, row, conflict.stored):
            return conflict.stored
        form.warn_of(conflict.stored, system)
    return None


def is_the_same(form: Any, row: rules.Row, stored: Any) -> bool:
    """Whether a form was sent once more that says 'just now': its row says a later time by now."""
    if not getattr(form, "counts_from_now", False) or stored.deleted_at is not None:
        return False
    later = ("started_at", "clock_suspect")
    try:
        checked = rules.checked(stored.shape, row)
    except rules.Refused:
        return False
    return all(stored.told(name) == said for name, said in checked.items() if name not in later)
