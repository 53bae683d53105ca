"""How does the work list look to a clinician with very many patients?"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from diary import rules
from diary.demo import DEMO
from diary.models import Diary, PainEpisode, Person, Share, State, Walk
from diary.models.rows import ROWS_AT_ONCE
from diary.reports import bring_up_to_date

FIRST = (
    "Ada", "Ben", "Cora", "Dan", "Elsie", "Fred", "Grace", "Hugh", "Iris", "Jack", "Kitty", "Leo",
    "Mabel", "Ned", "Olive", "Percy", "Queenie", "Rosa", "Sam", "Tilda", "Ursula", "Vic", "Wilf",
)  # fmt: skip
LAST = (
    "Abbott", "Birch", "Cole", "Dale", "Ellis", "Frost", "Green", "Hale", "Ingram", "Jones",
    "Kerr", "Lowe", "Moss", "Nash", "Orr", "Price", "Quinn", "Reed", "Shaw", "Todd", "Voss",
)  # fmt: skip
LAST_WALKS = 6  # of a demo diary: enough for a line, few enough for ten thousand of them


class Command(BaseCommand):
    help = "Invent patients who share their diaries with a demo clinician; in a demo only."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("count", type=int, help="how many")
        parser.add_argument("--of", default="ingrid@demo.example", help="the clinician's e-mail")

    def handle(self, *args: Any, count: int, of: str, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demo: set WAYMARK_DEMO=1 where no real diary is.")
        clinician = Person.objects.filter(email=of, is_demo=True, is_clinician=True).first()
        if clinician is None:
            raise CommandError(f"There is no demo clinician {of}: load the demo first.")
        now = timezone.now()
        models = [self._model(story, clinician, now) for story in DEMO.values() if story.write]
        with transaction.atomic():
            for start in range(0, count, ROWS_AT_ONCE):
                self._invent(models, clinician, start, min(ROWS_AT_ONCE, count - start), now)
        self.stdout.write(f"{count} invented patients share their diaries with {of}.")

    def _model(self, story: Any, clinician: Person, now: datetime) -> dict[str, Any]:
        """The newest walks of a demo diary, and what the work list says of it, worked out once."""
        walker = Person.objects.get(email=story.email, is_demo=True)
        share = Share.objects.open_to(clinician, now).get(diary__owner=walker)
        bring_up_to_date(share)
        share.refresh_from_db()
        walks = share.diary.walks.kept().newest_first().whole()[:LAST_WALKS]
        return {"share": share, "walks": list(walks)}

    def _invent(
        self, models: list[dict[str, Any]], clinician: Person, start: int, count: int, now: datetime
    ) -> None:
        run = uuid.uuid4().hex[:8]
        numbers = range(start, start + count)
        people = Person.objects.bulk_create(
            Person(
                email=f"patient-{run}-{number}@demo.example",
                name=f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST) % len(LAST)]}",
                password="!",  # nobody signs in as one of these
                is_demo=True,
            )
            for number in numbers
        )
        diaries = Diary.objects.bulk_create(Diary(owner=person) for person in people)
        chosen = [models[number % len(models)] for number in numbers]
        for model, diary in zip(chosen, diaries, strict=True):
            model.setdefault("diaries", []).append(diary)
        self._share(chosen, diaries, clinician, now)
        for model in models:
            _copy_walks(model["walks"], model.pop("diaries", []))

    def _share(
        self, chosen: list[dict[str, Any]], diaries: list[Diary], clinician: Person, now: datetime
    ) -> None:
        ends = datetime.combine(date(now.year + 1, 1, 1), time(), now.tzinfo)
        shown = ("standing", "spark", "rank", "reason", "last_entry_on", "edition")
        Share.objects.bulk_create(
            Share(
                diary=diary, grantee=clinician, name=clinician.name, role="Vascular nurse",
                what="notes", ends_at=ends, state=State.ACTIVE, email=clinician.email,
                invitation_ends_at=now, created_at=now, agreed_at=now,
                **{name: getattr(model["share"], name) for name in shown},
            )
            for model, diary in zip(chosen, diaries, strict=True)
        )  # fmt: skip


def _copy_walks(walks: list[Walk], diaries: list[Diary]) -> None:
    """The same walks in every diary, each under an id of its own."""
    fields = [*rules.FIELDS["pain"]]
    copies, episodes = [], []
    for diary in diaries:
        for revision, walk in enumerate(walks, 1):
            kept = {
                field.attname: getattr(walk, field.attname)
                for field in Walk._meta.concrete_fields
                if field.name not in ("id", "diary", "uid", "revision")
            }
            copy = Walk(diary=diary, uid=uuid.uuid4(), revision=revision, **kept)
            copies.append(copy)
            episodes += [
                PainEpisode(
                    diary=diary, walk=copy, position=each.position,
                    **{name: getattr(each, name) for name in fields},
                )
                for each in walk.episodes.all()
            ]  # fmt: skip
        diary.revision = len(walks)
    Walk.objects.bulk_create(copies, batch_size=ROWS_AT_ONCE)
    PainEpisode.objects.bulk_create(episodes, batch_size=ROWS_AT_ONCE)
    Diary.objects.bulk_update(diaries, ["revision"], batch_size=ROWS_AT_ONCE)
