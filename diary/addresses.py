"""Whose account is an e-mail address?

An address is its owner's who proved it, else the one's who signed up with it. Whoever only added it
to their account is nobody to it: a code or a link that goes there must not lead into their diary.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.http import HttpRequest

from diary.models import Person


def owner(email: str) -> Person | None:
    """The person whose address this is."""
    email = email.lower()
    proven = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    return proven.user if proven else Person.objects.filter(email=email).first()


def confirmed(person: Person) -> bool:
    """Whether the person has shown that the address they sign in with is theirs."""
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def _active_owner(email: str) -> Person | None:
    person = owner(email)
    return person if person and person.is_active else None


class CodeForm(forms.RequestLoginCodeForm):
    """Have a code e-mailed that signs the owner of the address in."""

    def clean_email(self) -> str:
        email = super().clean_email()
        self._user = _active_owner(email)
        return email


class ResetForm(forms.ResetPasswordForm):
    """Have a link e-mailed that gives the owner of the address a new password."""

    def clean_email(self) -> str:
        email = super().clean_email()
        person = _active_owner(email)
        self.users = [person] if person else []
        return email


class Claim:
    """Signing up with an address that others may have added, and none has proven."""

    def validate_unique_email(self, email: str) -> str:
        if owner(email):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> Any:
        EmailAddress.objects.filter(email=self.cleaned_data["email"]).delete()
        return super().save(request)


class SignupForm(Claim, forms.SignupForm):
    """The page's form."""
