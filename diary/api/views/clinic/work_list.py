"""Whom should a clinician look at, and why?"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import rules, values
from diary.access import NotPossible, work_list
from diary.analytics.reasons import REASONS
from diary.api.fields import fields_sent
from diary.api.pages import NUMBERED, NUMBERED_SIZE
from diary.api.problems import Refusal
from diary.api.views.clinic.guards import ClinicView, PatientView
from diary.wording import clinic as words

LIST = {
    "group": values.Choice((*words.GROUPS, "reviewed")),
    "sort": values.Choice(tuple(words.SORTS)),
    **NUMBERED,
}
SEARCH = {"q": values.Text(rules.LONGEST_NAME)}
REVIEW = {"note": values.Text(rules.LONGEST_NOTE), "reason": values.Text(64)}


class PatientsView(ClinicView):
    """The work list: whom to look at, and why, most pressing first.

    POST searches it: a name is sent, and never a part of an address.
    """

    def readers(self) -> Mapping[str, Any]:
        return LIST

    def get(self, request: Request) -> Response:
        return self.told("")

    def post(self, request: Request) -> Response:
        return self.told(fields_sent(request, SEARCH).get("q", "").strip())

    def told(self, name: str) -> Response:
        asked, person, now = self.asked, self.request.user, timezone.now()
        page, limit = asked["page"] or 1, asked["limit"] or NUMBERED_SIZE
        there = work_list(
            person, now, asked["group"] or "", name, asked["sort"] or "reason",
            (page - 1) * limit, limit,
        )  # fmt: skip
        counts = {each.code: each.count for each in words.tallies(there.counts, "")}
        return Response({
            "page": page,
            "more": there.more,
            "counts": counts,
            "behind_since": there.behind_since,
            "words": {
                "behind": words.behind(there.behind_since, now),
                "limit": words.LIMIT,
            },
            "results": [_line(share, now, person.units) for share in there.shares],
        })  # fmt: skip


def _line(share: Any, now: datetime, system: str) -> dict[str, Any]:
    line = words.line(share, now, system)
    return {
        "uid": str(share.uid),
        "patient": line.name,
        "reason": line.reason,
        "group": "reviewed" if share.reviewed else REASONS[share.rank],
        "last_entry_on": share.last_entry_on,
        "sentence": line.sentence,
        "last_entry": line.last_entry,
        "behind": line.behind,
        "chart": line.spark,
    }


class ReviewView(PatientView):
    """Tick a diary off until there is a new reason to look; DELETE takes the last tick back."""

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        patient, sent = self.shared(uid, "review"), fields_sent(request, REVIEW)
        if "reason" not in sent:
            raise rules.Refused([rules.Fault("reason", "required")])
        try:
            patient.review(sent.get("note", "").strip(), sent["reason"], timezone.now())
        except NotPossible:
            raise Refusal("new_reason") from None
        return Response({"reviewed": True})

    def delete(self, request: Request, uid: uuid.UUID) -> Response:
        self.shared(uid, "review").undo_review(timezone.now())
        return Response(status=204)
