"""Whose account does the operator delete, because its owner asked them to?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from diary.addresses import owner
from diary.leaving import DemoStays, delete_account, held
from diary.wording import leaving


class Command(BaseCommand):
    help = "Say what an account holds; with --yes, delete all of it at once and for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="of the person's account")
        parser.add_argument("--yes", action="store_true", help="delete it; there is no way back")

    def handle(self, *args: Any, email: str, yes: bool, **options: Any) -> None:
        person = owner(email.strip())
        if person is None:
            raise CommandError("There is no account with this e-mail address.")
        now = timezone.now()
        try:
            counts = delete_account(person, now) if yes else held(person, now)
        except DemoStays:
            raise CommandError("This is a demo person: visitors share it.") from None
        self.stdout.write("Deleted:" if yes else "With --yes this is deleted for good:")
        for line in leaving.goes(counts):
            self.stdout.write(f"  {line}")
