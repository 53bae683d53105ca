"""Vera, whose diary is shared, and Ingrid, a nurse, with whom it is."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils import timezone

from diary.demo import document
from diary.models import Diary, Person
from diary.rules import document_checked

PASSWORD = "a-long-walk-to-the-sea"
OWNER, NURSE = "vera@example.org", "ingrid@clinic.example"


def person(email: str, name: str) -> Person:
    """Somebody with a confirmed address."""
    made = Person.objects.create_user(email, PASSWORD, name=name, time_zone="Europe/London")
    EmailAddress.objects.create(user=made, email=email, verified=True, primary=True)
    return made


def veras_diary() -> Diary:
    """Hers, with a calf that cramps at the church."""
    made = Diary.objects.create(owner=person(OWNER, "Vera"))
    now = timezone.now()
    made.take_in(document_checked(document("vera", now.date()), now), now)
    return made
