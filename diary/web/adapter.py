"""What happens when an account's e-mail cannot be sent?"""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts that stand even when the mail server does not answer."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, or say on the page that it could not be sent; the log names no address."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException) as error:
            log.error("An e-mail could not be sent: %s", type(error).__name__)
            messages.warning(
                self.request, _("The e-mail could not be sent just now. Please try again later.")
            )
