"""Who may look at diaries that patients share?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from diary.access import set_clinician
from diary.models import Person


class Command(BaseCommand):
    help = "Give the role of a clinician, or take it away with all that is shared with them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of the person's account")
        parser.add_argument(
            "--remove", action="store_true", help="take it away: nothing is open to them any more"
        )

    def handle(self, *args: Any, email: str, remove: bool, **options: Any) -> None:
        person = Person.objects.filter(email__iexact=email.strip()).first()
        if person is None:
            raise CommandError("There is no account with this e-mail address.")
        set_clinician(person, not remove, timezone.now())
        said = (
            "is no clinician any more" if remove else "is a clinician, once a second factor is set"
        )
        self.stdout.write(f"{person.email} {said}.")
