"""How does a clinician come to see a diary, and how do they give it up?"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from diary import rules, values
from diary.access import NotPossible, invitation, share_end, use_code, waiting_for
from diary.api.fields import fields_sent
from diary.api.problems import Refusal
from diary.api.views.clinic.guards import ClinicView
from diary.api.views.diary import PersonalView
from diary.door import code_wait_s, has_second_factor, second_factor_given
from diary.wording import invitations as words
from diary.wording.lengths import day

GRANTEE = rules.FIELDS["grantee"]
TOKEN, CODE = values.Text(200), values.Text(40)


def held(share: Any) -> dict[str, Any]:
    """A share as the person sees it who holds it."""
    return {
        "uid": str(share.uid),
        "patient": share.diary.owner.name or share.diary.owner.email,
        "what": share.what,
        "since": share.since,
        "until": share_end(share),
        "name": share.name,
        "role": share.role,
    }


class WaitingView(ClinicView):
    """Whose word the clinician still waits for."""

    def get(self, request: Request) -> Response:
        waiting = waiting_for(request.user, timezone.now())
        return Response({"results": [held(share) for share in waiting]})


class InvitationsView(PersonalView):
    """Accept an e-mailed invitation: the owner then agrees to the name and role given here."""

    def admit(self) -> None:
        person, session, now = self.request.user, self.request.auth, timezone.now()
        if not second_factor_given(person, session, now):
            again = has_second_factor(person)
            raise Refusal("second_factor_again" if again else "second_factor_needed")

    def post(self, request: Request) -> Response:
        token, grantee = _opens(request, "token", TOKEN)
        now = timezone.now()
        share = invitation(token, request.user, now)
        if share is None:
            raise _unusable()
        try:
            share.accept(request.user, grantee, token, now)
        except NotPossible as why:
            if why.code == "own_diary":
                raise _said("refused", "token", "own_diary", words.OWN_DIARY) from None
            raise _unusable() from None
        told = {**held(share), "words": str(words.ACCEPTED)}
        return Response(told, status=201)


def _opens(request: Request, name: str, reader: Any) -> tuple[str, rules.Row]:
    """What opens a share, and name and role of whoever opens it; raises rules.Refused."""
    sent = fields_sent(request, {name: reader, **GRANTEE})
    secret = sent.pop(name, "")
    faults = [] if secret else [rules.Fault(name, "required")]
    try:
        grantee = rules.checked("grantee", sent)
    except rules.Refused as refused:
        raise rules.Refused([*faults, *refused.faults]) from None
    if faults:
        raise rules.Refused(faults)
    return secret, grantee


def _said(code: str, attr: str, error: str, detail: Any, wait_s: int = 0) -> Refusal:
    """A problem with the sentence that the pages have for it."""
    told = {"attr": attr, "code": error, "detail": str(detail)}
    return Refusal(code, wait_s, errors=[told])


def _unusable() -> Refusal:
    return _said("not_found", "token", "unusable", words.UNUSABLE)


class CodesView(ClinicView):
    """Open a summary with a code that the patient reads out."""

    def post(self, request: Request) -> Response:
        code, grantee = _opens(request, "code", CODE)
        if wait_s := code_wait_s(request._request, request.user):
            told = words.too_many_tries(wait_s)
            raise _said("too_many_requests", "code", "too_many_tries", told, wait_s)
        try:
            share = use_code(request.user, code, grantee, timezone.now())
        except NotPossible:
            raise _said("refused", "code", "own_diary", words.OWN_DIARY) from None
        if share is None:
            raise _said("refused", "code", "wrong_code", words.WRONG_CODE)
        said = words.OPENED % {"day": day(share_end(share))}
        return Response({**held(share), "words": said}, status=201)
