"""What is said to somebody who was invited to look at a diary?"""

from __future__ import annotations

from math import ceil

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# One sentence for whatever is wrong with an invitation: which it was is for its owner to know.
UNUSABLE = _(
    "The invitation was used already, was withdrawn, has run out, or was sent to another e-mail "
    "address than that of your account. Ask the patient for a new one."
)
WRONG_CODE = _(
    "This code opens nothing. It may be mistyped, used, or older than ten minutes. Ask the patient "
    "to read it out again, or to make a new one."
)
OWN_DIARY = _("This is your own diary: there is nobody to ask.")
ACCEPTED = _(
    "Thank you. The patient sees your name and role when they next open their diary, and has to "
    "agree before you see anything. No e-mail tells you when they do: look here again."
)
OPENED = _("The summary is open to you until %(day)s. The patient can stop it at any time.")
LEFT = _("Access is given up. Only the patient can give it again.")


def too_many_tries(wait_s: int) -> str:
    """How long to wait before the next code can be tried."""
    minutes = ceil(wait_s / 60)
    return (
        ngettext(
            "Too many codes were tried. You can try again in %s minute. Or ask to be invited by "
            "e-mail.",
            "Too many codes were tried. You can try again in %s minutes. Or ask to be invited by "
            "e-mail.",
            minutes,
        )
        % minutes
    )
