"""How does a share begin: by e-mail, or with a code that is read out?"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

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
        if with_code:
            for old in diary.shares.filter(state=State.INVITED, email=""):
                old.stop(now)  # one code at a time
            share.handle = _free_handle()
        share.save()
        ShareEvent.note(share, "invited", diary.owner, now)
    return Invitation(share, f"{share.handle}{secret}" if with_code else secret)


def _free_handle() -> str:
    while Share.objects.filter(handle=(handle := letters(HANDLE_LENGTH))).exists():
        pass
    return handle
