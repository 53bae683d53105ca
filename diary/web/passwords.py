"""What may a password not be, in plain words?"""

from __future__ import annotations

from django.contrib.auth import password_validation as rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class Length(rules.MinimumLengthValidator):
    def get_help_text(self) -> str:
        least = self.min_length
        return ngettext("At least %s character.", "At least %s characters.", least) % least

    def get_error_message(self) -> str:
        least = self.min_length
        words = ngettext(
            "This is too short: it takes at least %s character.",
            "This is too short: it takes at least %s characters.",
            least,
        )
        return words % least


class OfYourOwn(rules.UserAttributeSimilarityValidator):
    def get_help_text(self) -> str:
        return _("Not your e-mail address or your name, nor much like one of them.")

    def get_error_message(self) -> str:
        return _("This is too much like your e-mail address or your name.")


class Uncommon(rules.CommonPasswordValidator):
    def get_help_text(self) -> str:
        return _("Not one that many people use.")

    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess.")


class NotDigitsAlone(rules.NumericPasswordValidator):
    def get_help_text(self) -> str:
        return _("Not digits alone.")

    def get_error_message(self) -> str:
        return _("This is digits alone. Add some letters.")
