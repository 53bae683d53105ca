"""Who signs in?"""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from diary import values
from diary.clock import zone_names
from diary.units import SYSTEMS

LONGEST_NAME = 100
# What people say of how they want to be spoken to, and how each is read.
SETTINGS = {
    "name": values.Text(LONGEST_NAME),
    "time_zone": values.Zone(),
    "units": values.Choice(tuple(SYSTEMS)),
    "language": values.Choice(tuple(code for code, _name in settings.LANGUAGES)),
}


class PersonManager(BaseUserManager["Person"]):
    """People are known by their e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=email, **fields)
        person.set_password(password)
        person.full_clean(exclude=["password"])
        person.save()
        return person

    def get(self, *args: Any, **named: Any) -> Person:
        """One person, and at once the diary that nearly every request of theirs reads."""
        return self.select_related("diary").get(*args, **named)

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


def known_zone(value: str) -> None:
    """Refuse a name that is not an IANA zone."""
    if value not in zone_names():
        raise ValidationError("unknown_zone", code="unknown_zone")


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: a walker, a clinician, or both."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_zone])
    language = models.CharField(max_length=10, default="en-gb")
    units = models.CharField(
        max_length=10, default="metric", choices=[(name, name) for name in SYSTEMS]
    )
    is_clinician = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = PersonManager()

    SETTINGS = SETTINGS
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_whatever_its_case"),
            models.CheckConstraint(
                condition=models.Q(units__in=list(SYSTEMS)), name="person_units_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def tag(self) -> str:
        """Whose rows a device keeps: says nothing of the person, and is theirs alone for ever."""
        made = f"{self.pk} {self.joined_at.astimezone(UTC).isoformat()}"
        return hashlib.sha256(made.encode()).hexdigest()[:32]

    def delete(self, *args: Any, **options: Any) -> Any:
        """What others shared with the person ends, and says so to them; then the account goes."""
        held = self.shares_held.filter(state__in=("accepted", "active"))
        for share in held.order_by("pk"):
            share.fall_away("account_deleted", timezone.now())
        return super().delete(*args, **options)

    def clean(self) -> None:
        self.email = self.email.strip().lower()
