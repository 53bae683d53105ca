"""What does a diary show, and how is it taken out or brought in whole?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from rest_framework.request import Request
from rest_framework.response import Response

from diary import values
from diary.api.parsing import BytesParser, is_known, sent
from diary.api.views.diary import DiaryView
from diary.clock import local_date
from diary.exchange import document
from diary.pictures import FORMS, PICTURES, SIZES, THEMES, picture
from diary.reports import edition, own_assessment, report_for
from diary.units import METRES_IN, SYSTEMS
from diary.wording import drawn as chart_words
from diary.wording import imports, pattern

LOOK = {
    "size": values.Choice(SIZES),
    "theme": values.Choice(THEMES),
    "unit": values.Choice(tuple(METRES_IN)),
    "language": values.Choice(tuple(code for code, _name in settings.LANGUAGES)),
}
DIFFERING = {"differing": values.Choice(("keep", "replace"))}


class ReadingView(DiaryView):
    """What follows from a whole diary, its revision, our methods, and how its owner reads."""

    def tag(self) -> str:
        person = self.request.user
        return f'"{self.diary.revision}-{edition()[:12]}-{person.units}-{person.language}"'

    def known(self) -> HttpResponse | None:
        """304 for a reader who has this answer already, before anything is worked out."""
        tag = self.tag()
        if is_known(self.request, tag):
            return HttpResponse(status=304, headers={"ETag": tag})
        return None


class AssessmentView(ReadingView):
    """What the analyses say of the diary as of its last day."""

    def tag(self) -> str:
        """Its words say how old the last entry is, which another day changes."""
        held_back = "-clinicians" if settings.CAUSES_FOR == "clinicians" else ""
        return f'{super().tag()[:-1]}-{self.today()}{held_back}"'

    def today(self) -> date:
        return local_date(timezone.now(), self.request.user.time_zone)

    def get(self, request: Request) -> Any:
        if known := self.known():
            return known
        assessment = own_assessment(report_for(self.diary))
        words = told(assessment, self.today(), request.user.units)
        return Response({**assessment, "words": words}, headers={"ETag": self.tag()})


def told(assessment: dict[str, Any], today: date, system: str) -> dict[str, Any]:
    """What the pages say of an assessment: an app shows these words, the cards before all."""
    page = pattern.page(assessment, today, system)
    return {
        "cards": [asdict(card) for card in page.said.cards],
        "sentence": page.said.sentence,
        "age": page.said.age,
        "basis": page.basis,
        "limit": page.limit,
    }


class ChartView(ReadingView):
    """One chart of the diary as a picture."""

    def readers(self) -> Mapping[str, Any]:
        return LOOK

    def get(self, request: Request, name: str, form: str) -> HttpResponse:
        if name not in PICTURES or form not in FORMS:
            raise Http404
        if known := self.known():
            return known
        data = drawn(report_for(self.diary), name, form, self.asked, request.user)
        return HttpResponse(data, content_type=FORMS[form], headers={"ETag": self.tag()})


def drawn(report: Any, name: str, form: str, asked: Mapping[str, Any], person: Any) -> bytes:
    """A chart as its reader asked for it, else as they read everything."""
    look = {**asked}
    with translation.override(look.pop("language") or person.language):
        chosen = {"size": SIZES[0], "theme": THEMES[0], "unit": SYSTEMS[person.units][0]}
        chosen |= {name: value for name, value in look.items() if value}
        return picture(report, name, form, chosen, chart_words.words(beside_table=False))


class DocumentView(ReadingView):
    """The whole diary as one diary document, and a document read into it."""

    parser_classes = [BytesParser]
    largest_bytes = document.LARGEST_BYTES

    def readers(self) -> Mapping[str, Any]:
        return DIFFERING if self.request.method == "POST" else {}

    def get(self, request: Request) -> HttpResponse:
        if known := self.known():
            return known
        tag = self.tag()
        data = document.dumped(self.diary.document())
        return HttpResponse(data, content_type="application/json", headers={"ETag": tag})

    def post(self, request: Request) -> Response:
        now = timezone.now()
        checked = document.loaded(sent(request), now)
        done = self.diary.take_in(checked, now, replace=self.asked["differing"] == "replace")
        return Response({**asdict(done), "told": imports.told(done)})
