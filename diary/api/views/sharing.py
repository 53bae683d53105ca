"""With whom does an owner share the diary, and who has looked? What the pages of sharing do."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import rules
from diary.access import (
    Invitation,
    NotPossible,
    Share,
    change_terms,
    invite,
    own_share,
    share_end,
    sharing_history,
)
from diary.api.pages import NUMBERED, numbered
from diary.api.parsing import object_sent
from diary.api.problems import Refusal
from diary.api.views.diary import DiaryView
from diary.exchange import consents
from diary.letters import send_invitation
from diary.wording import sharing as words
from diary.wording.looks import look_of

STATES = {"open": "active"}  # by another word than on the pages
OF_A_CODE = ("since", "until")
TERMS = ("what", *OF_A_CODE)


class SharingView(DiaryView):
    """A view of what the owner shares."""

    def own(self, uid: uuid.UUID) -> Share:
        """A share of the owner's own diary; anybody else's is not there."""
        share = own_share(self.request.user, uid)
        if share is None:
            raise Http404
        return share

    def told(self, shares: Iterable[Share]) -> list[dict[str, Any]]:
        """Shares as their owner sees them, with their steps."""
        shares, now = [*shares], timezone.now()
        steps: dict[int, list[Any]] = {share.pk: [] for share in shares}
        for event in self.diary.share_events.filter(share__in=steps).order_by("at", "pk"):
            steps[event.share_id].append(event)
        return [told(share, steps[share.pk], now) for share in shares]

    def stands(self, uid: uuid.UUID) -> dict[str, Any]:
        """One share, read anew."""
        return self.told([self.own(uid)])[0]

    def not_possible(self, uid: uuid.UUID) -> Refusal:
        """Why a step could not be taken: how the share stands by now, as on the pages."""
        said = words.not_possible(self.own(uid), timezone.now())
        error = {"attr": None, "code": "not_possible", "detail": said}
        return Refusal("not_possible", errors=[error], current=self.stands(uid))


def told(share: Share, events: Iterable[Any], now: datetime) -> dict[str, Any]:
    """A share and its steps as plain values, with the words of the pages."""
    card, events = words.card(share, now), [*events]
    state = STATES.get(card.state, card.state)
    return {
        "uid": str(share.uid),
        "state": state,
        "what": share.what,
        "since": share.since,
        "until": share_end(share),
        "email": share.email,
        "name": share.name,
        "role": share.role,
        "created_at": share.created_at,
        "invitation_until": share.invitation_ends_at if state == "invited" else None,
        "agreed_at": share.agreed_at,
        "ended_at": share.ended_at,
        "steps": [
            {
                "at": event.at,
                "event": event.event,
                "by_owner": event.by_owner,
                "what": event.what,
                "since": event.since,
                "until": share_end(event),
                "words": step.text,
            }
            for event, step in zip(events, words.steps(events), strict=True)
        ],
        "words": {"who": card.who, "what": card.what, "days": card.days, "stands": card.standing},
    }


def terms_sent(request: Request, names: Iterable[str]) -> dict[str, Any]:
    """What was sent; raises rules.Refused where it says more than `names`."""
    sent, names = object_sent(request), {*names}
    faults = [
        rules.Fault(rules.printable(name), "unknown_field") for name in sent if name not in names
    ]
    if faults:
        raise rules.Refused(faults)
    return sent


class SharesView(SharingView):
    """Every share that there is or was, newest first; POST invites somebody by e-mail."""

    def readers(self) -> Mapping[str, Any]:
        return {} if self.request.method == "POST" else NUMBERED

    def get(self, request: Request) -> Response:
        page = numbered(self.diary.shares.newest_first(), self.asked)
        return Response({**page, "results": self.told(page["results"])})

    def post(self, request: Request) -> Response:
        made = invite(self.diary, terms_sent(request, ("email", *TERMS)), timezone.now())
        link = request.build_absolute_uri(reverse("invitation-accept", args=[made.secret]))
        if not request.user.is_demo and not send_invitation(made.share, link):
            raise _withdrawn(made)
        shown = link if request.user.is_demo else None
        return Response({**self.stands(made.share.uid), "link": shown}, status=201)


def _withdrawn(made: Invitation) -> Refusal:
    """Withdraw an invitation that could not be sent, and say so."""
    with suppress(NotPossible):
        made.share.stop(timezone.now())
    error = {"attr": None, "code": "not_sent", "detail": words.not_sent()}
    return Refusal("refused", errors=[error])


class CodeView(SharingView):
    """A code to read out: the answer says it, and nothing says it again."""

    def post(self, request: Request) -> Response:
        made = invite(self.diary, terms_sent(request, OF_A_CODE), timezone.now(), with_code=True)
        answer = {
            "code": words.grouped(made.secret),
            "spoken": [said for _letter, said in words.spoken(made.secret)],
            "until": made.share.invitation_ends_at,
            "share": self.stands(made.share.uid),
        }
        return Response(answer, status=201)


class ShareView(SharingView):
    """One share, with the notes of the other that they show; PATCH gives it new terms."""

    def get(self, request: Request, uid: uuid.UUID) -> Response:
        notes = self.own(uid).notes.order_by("-made_at", "-pk")
        kept = [{"at": note.made_at, "text": note.text if note.shown else None} for note in notes]
        return Response({**self.stands(uid), "notes": kept})

    def patch(self, request: Request, uid: uuid.UUID) -> Response:
        share, terms = self.own(uid), terms_sent(request, TERMS)
        try:
            change_terms(share, terms, timezone.now())
        except NotPossible:
            raise self.not_possible(uid) from None
        return Response(self.stands(uid))


class StepView(SharingView):
    """A step of the owner's that can be sent again: it then finds what it wanted."""

    def taken(self, uid: uuid.UUID, step: Callable[[], None], wanted: str) -> Response:
        """The share after a step; what was so already is no failure."""
        try:
            step()
        except NotPossible:
            if self.stands(uid)["state"] != wanted:
                raise self.not_possible(uid) from None
        return Response(self.stands(uid))


class AgreeView(StepView):
    """The owner agrees to the person who accepted."""

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        share = self.own(uid)
        return self.taken(uid, lambda: share.agree(timezone.now()), "active")


class StopView(StepView):
    """The owner ends a share, says no to somebody, or withdraws an invitation: at once."""

    def post(self, request: Request, uid: uuid.UUID) -> Response:
        share = self.own(uid)
        return self.taken(uid, lambda: share.stop(timezone.now()), "ended")


class AccessesView(SharingView):
    """Who has looked, newest first; tries that were refused are there too."""

    def readers(self) -> Mapping[str, Any]:
        return NUMBERED

    def get(self, request: Request) -> Response:
        page = numbered(self.diary.access_records.newest_first(), self.asked)
        return Response({**page, "results": [_look(record) for record in page["results"]]})


def _look(record: Any) -> dict[str, Any]:
    look = look_of(record)
    return {
        "at": record.at,
        "share": str(record.share.uid),
        "name": record.name,
        "role": record.role,
        "reading": record.reading,
        "refused": record.refused,
        "words": {"who": look.who, "what": look.what, "refused": look.refused},
    }


class HistoryView(SharingView):
    """Every consent and every look, as the file of the pages."""

    def get(self, request: Request) -> Response:
        whole = consents.dumped(*sharing_history(self.diary), timezone.now())
        return Response(json.loads(whole))
