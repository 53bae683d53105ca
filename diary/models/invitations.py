"""How does a share begin: by e-mail, or with a code that is read out?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction

from diary import rules
from diary.models.codes import HANDLE_LENGTH, SECRET_LENGTH, hashed, letters
from diary.models.sharing import Share
from diary.models.steps import ShareEvent, State

if TYPE_CHECKING:
    from diary.models.diary import Diary

INVITATION_LASTS = timedelta(days=7)
CODE_LASTS = timedelta(minutes=10)
CODE_SCOPE = "summary"


@dataclass(frozen=True)
class Invitation:
    """A new share and the secret that opens it, which is told once and kept nowhere."""

    share: Share
    secret: str
    again: bool = False  # an earlier one ended by it


def invited(diary: Diary, terms: rules.Row, now: datetime, with_code: bool = False) -> Invitation:
    """A new share of a diary on checked terms, and the token or the code that opens it."""
    share = Share(diary=diary, created_at=now)
    if with_code:
        secret = letters(SECRET_LENGTH)
        share.invitation_ends_at = now + CODE_LASTS
        terms = {**terms, "what": CODE_SCOPE}
    else:
        secret = secrets.token_urlsafe(32)
        share.email = terms["email"]
        share.invitation_ends_at = now + INVITATION_LASTS
    share.secret_hash = hashed(secret)
    share.set_terms(terms)
    with transaction.atomic():
        again = _renewed(diary, share.email, now)
        if with_code:
            share.handle = _free_handle()
        share.save()
        ShareEvent.note(share, "invited", diary.owner, now)
    return Invitation(share, f"{share.handle}{secret}" if with_code else secret, again)


def _renewed(diary: Diary, email: str, now: datetime) -> bool:
    """End the open invitation to an address, or the last code; whether it still worked.

    A code that has run out ends too: what it begins with is free again.
    """
    open_still = models.Q(invitation_ends_at__gt=now)
    earlier = diary.shares.filter(open_still if email else models.Q())
    worked = False
    for share in earlier.filter(state=State.INVITED, email=email):
        worked = worked or share.invitation_ends_at > now
        share.renew(now)
    return worked


def _free_handle() -> str:
    while Share.objects.filter(handle=(handle := letters(HANDLE_LENGTH))).exists():
        pass
    return handle
