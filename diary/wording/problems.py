"""In which words does the API say that it did not do what was asked?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Problem:
    """One kind of problem: its HTTP status, what it is, and what a client does about it."""

    status: int
    title: Any
    remedy: Any


PROBLEMS = {
    "malformed": Problem(
        400,
        _("What was sent cannot be read as JSON."),
        _("Mend the request; sending it again will not help."),
    ),
    "not_authenticated": Problem(
        401,
        _("Sign in first."),
        _("Sign in, and send the token as X-Session-Token. Keep what waits to be sent."),
    ),
    "session_ended": Problem(
        401,
        _("This device is signed out."),
        _(
            "The token ran out, or the device was signed out elsewhere. Keep what waits to be "
            "sent, sign in again, and send it then."
        ),
    ),
    "sign_in_unfinished": Problem(
        401,
        _("Signing in is not finished."),
        _(
            "`data.flows` says which step comes next; send it with the token in "
            "`meta.session_token`."
        ),
    ),
    "forbidden": Problem(403, _("This is not allowed."), _("Do not send it again as it is.")),
    "second_factor_needed": Problem(
        403,
        _("A second factor is needed to look at other people's diaries."),
        _(
            "Set one up at account/authenticators/totp (or with a passkey at "
            "account/authenticators/webauthn) where there is none, give it at "
            "auth/2fa/reauthenticate (auth/webauthn/reauthenticate), and send the request again."
        ),
    ),
    "second_factor_again": Problem(
        403,
        _("Give your second factor once more."),
        _(
            "It was given too long ago, or this takes something out of the clinic. Send a code to "
            "auth/2fa/reauthenticate (a passkey to auth/webauthn/reauthenticate), then the request "
            "again."
        ),
    ),
    "proof_needed": Problem(
        403,
        _("Say once more who you are."),
        _(
            "Send the password to auth/reauthenticate (a code to auth/2fa/reauthenticate, a "
            "passkey to auth/webauthn/reauthenticate), then the request again within five minutes."
        ),
    ),
    "demo_stays": Problem(
        403,
        _("This is a demo person: all visitors share this account, so nobody can delete it."),
        _("Do not send it again."),
    ),
    "https_needed": Problem(
        403,
        _("This site answers over https only."),
        _("Use https; what was sent in the open should be taken as seen by others."),
    ),
    "not_found": Problem(
        404,
        _("There is nothing here."),
        _("It does not exist, it was deleted, or it is not yours; the answer is the same."),
    ),
    "method_not_allowed": Problem(
        405, _("This address does not take this method."), _("`Allow` lists those that it takes.")
    ),
    "conflict": Problem(
        409,
        _("There is another entry under this name already."),
        _(
            "`current` is what is stored. To replace it, send yours with PUT and the revision of "
            "`current` in If-Match."
        ),
    ),
    "deleted": Problem(
        409,
        _("This entry was deleted."),
        _("To bring it back, send it with PUT and the revision of `current` in If-Match."),
    ),
    "not_possible": Problem(
        409,
        _("This share cannot take that step any more."),
        _("`errors` says why; `current` is the share as it stands. Show both."),
    ),
    "new_reason": Problem(
        409,
        _("Not ticked off: something new was recorded since the line was read."),
        _("Read the work list again, and send the `reason` that it has then. Nothing was kept."),
    ),
    "entered_already": Problem(
        409,
        _("Another measurement was entered under this id already."),
        _("Give each measurement an id of its own."),
    ),
    "not_now": Problem(
        409, _("This cannot be done at this point."), _("Look at auth/session for what can be.")
    ),
    "start_again": Problem(
        410,
        _("This device cannot be told any more what changed since it last read."),
        _(
            "Forget the copy of the diary, never what waits to be sent, and read from the "
            "beginning: /sync/ without `since`."
        ),
    ),
    "stale": Problem(
        412,
        _("The entry was changed since you last saw it."),
        _(
            "`current` is what is stored; null where nothing is. Show both versions, and send the "
            "chosen one with the revision of `current`."
        ),
    ),
    "too_large": Problem(
        413, _("This is more than can be taken at once."), _("Send it in smaller parts.")
    ),
    "unsupported_media_type": Problem(
        415, _("Only JSON is read here."), _("Send it as application/json.")
    ),
    "refused": Problem(
        422,
        _("What was sent cannot be kept as it is."),
        _("`errors` says what is wrong, field by field. Nothing was changed."),
    ),
    "unseen": Problem(
        428,
        _("Say which version of the entry you are changing."),
        _("Send its revision, in quotes, as If-Match. `current` is what is stored."),
    ),
    "too_many_requests": Problem(
        429,
        _("Too many requests."),
        _("Keep what waits to be sent, and wait for as many seconds as Retry-After says."),
    ),
    "server_error": Problem(
        500,
        _("Something went wrong here. Nothing was changed."),
        _("Keep what waits to be sent, and try again later."),
    ),
    "unavailable": Problem(
        503,
        _("The diary cannot be written or read just now. Nothing was changed."),
        _("Keep what waits to be sent, and wait for as many seconds as Retry-After says."),
    ),
}
