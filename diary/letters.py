"""Which e-mails does the diary send of itself, apart from those about an account?"""

from __future__ import annotations

import logging
import re
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from diary.models import Person, Reminder
from diary.models.sharing import Share

log = logging.getLogger(__name__)

# What a mail program makes a link of: a name must lead nobody anywhere.
LIKE_A_LINK = re.compile(r"[/\\@:]|\w\.\w")


def send_invitation(share: Share, link: str) -> bool:
    """E-mail an invitation, which tells nothing of the diary; False where it could not be sent.

    The log names no address.
    """
    context = {"sender": sender(share.diary.owner), "email": share.email, "link": link}
    return _sent("invitation", share.email, context)


def send_goodbye(email: str, language: str) -> bool:
    """Tell an address that its account is deleted: it may have been somebody else who did it."""
    with translation.override(language):
        return _sent("goodbye", email, {})


def send_reminder(reminder: Reminder) -> bool:
    """The short e-mail that somebody asked for, with a link that stops it in any mail program."""
    stop = settings.SITE_URL + reverse("reminder-stop", args=[reminder.token])
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    with translation.override(reminder.person.language):
        context = {"site": f"{settings.SITE_URL}/", "stop": stop}
        return _sent("reminder", reminder.person.email, context, headers)


def _sent(name: str, email: str, context: dict[str, Any], headers: Any = None) -> bool:
    subject = render_to_string(f"email/{name}_subject.txt", context).strip()
    message = render_to_string(f"email/{name}_message.txt", context)
    try:
        return EmailMultiAlternatives(subject, message, None, [email], headers=headers).send() == 1
    except (OSError, SMTPException, ValueError) as error:  # ValueError: no such address can be
        log.error("An e-mail could not be sent (%s): %s", name, type(error).__name__)
        return False


def sender(person: Person) -> str:
    """Who invites, as an e-mail says it: the address always, the name where it is only a name."""
    name = " ".join(person.name.split())
    if not name or LIKE_A_LINK.search(name):
        return person.email
    return f"{name} ({person.email})"
