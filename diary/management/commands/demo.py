"""Who are the demo people, and are they in this database?"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from diary import rules
from diary.clock import local_date, months_later
from diary.demo import DEMO
from diary.demo.story import Story
from diary.models import Diary, Person
from diary.models.invitations import invited
from diary.reports import bring_up_to_date

PASSWORD = "walk-a-while"  # of invented people, printed for everybody to see


class Command(BaseCommand):
    help = "Load the demo people, with diaries that end today, and print how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="only where nobody has an account yet"
        )

    def handle(self, *args: Any, if_empty: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo: set WAYMARK_DEMO=1 where no real diary is.")
        if not (if_empty and Person.objects.exists()):
            with transaction.atomic():
                for story in DEMO.values():
                    self._load(story)
                self._share()
        self._print_sign_ins()

    def _load(self, story: Story) -> None:
        """Make one demo person, or bring back the diary of one who is already there."""
        person = Person.objects.filter(email=story.email, is_demo=True).first()
        if person is None:
            person = Person.objects.create_user(
                story.email,
                PASSWORD,
                name=story.name.capitalize(),
                time_zone=story.time_zone,
                units=story.units,
                is_demo=True,
                is_clinician=story.role == "clinician",
            )
        now = timezone.now()
        document = story.document(local_date(now, story.time_zone))
        if document is not None:
            Diary.objects.filter(owner=person).delete()
            checked = rules.document_checked(document, now)
            Diary.objects.create(owner=person).take_in(checked, now)

    def _share(self) -> None:
        """Share every walker's diary with every clinician, as much of it as can be shared."""
        now = timezone.now()
        people = Person.objects.filter(is_demo=True)
        for clinician in people.filter(is_clinician=True):
            for walker in people.filter(is_clinician=False):
                until = months_later(local_date(now, walker.time_zone), rules.SHARED_MONTHS)
                terms = {"email": clinician.email, "what": "notes", "since": None, "until": until}
                invitation = invited(walker.diary, terms, now)
                share = invitation.share
                grantee = {"name": clinician.name, "role": "Vascular nurse"}
                share.accept(clinician, grantee, invitation.secret, now)
                share.agree(now)
                bring_up_to_date(share)

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"Demo people, all with the password {PASSWORD!r}:")
        for story in DEMO.values():
            self.stdout.write(f"  {story.email:<24} {story.headline}")
