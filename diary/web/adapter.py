"""What happens when an account's e-mail cannot be sent, and how is a second factor kept?"""

from __future__ import annotations

import base64
import hashlib
import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts that stand even when the mail server does not answer."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _lazy("This is not the code that we sent. Look again at the e-mail."),
        "too_many_login_attempts": _lazy("Too many tries. Wait a few minutes, and try again."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that it could not be sent; the log names no address."""
        person = context.get("user")
        language = getattr(person, "language", None) or translation.get_language()
        try:
            with translation.override(language):
                super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.error("An e-mail could not be sent: %s", type(error).__name__)
            messages.warning(
                self.request, _("The e-mail could not be sent just now. Please try again later.")
            )


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors, unreadable in the database without the deployment's key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy(
            "That was not accepted. Digits of an app work once and for half a minute: wait for the "
            "next ones. A recovery code works once."
        ),
        "unverified_email": _lazy("First confirm your e-mail address."),
        "add_email_blocked": _lazy(
            "Before you add an address, remove your passkeys and switch off the authenticator app."
        ),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        number = user.authenticator_set.filter(type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Waymark"}

    def encrypt(self, text: str) -> str:
        return _locks().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _locks().decrypt(encrypted_text.encode()).decode()


def _locks() -> MultiFernet:
    """The first key locks; all of them open, so that SECRET_KEY can be exchanged."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"second factor:{key}".encode()).digest()))
        for key in keys
    )
