"""What may everybody read: when to get help, and an article on leg pain?

What one's own diary shows on the article is only for its owner.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404
from django.utils import timezone
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from diary.access import own_diary
from diary.api.authentication import TokenIfAny
from diary.api.views.diary import PersonalView
from diary.clock import local_date
from diary.evidence.likelihoods import CAUSES
from diary.reports import own_assessment, report_for
from diary.wording import cards
from diary.wording.article import page
from diary.wording.article.page import Part
from diary.wording.causes import cause_card


class HelpView(PersonalView):
    """Every sign that asks for help, by urgency: a phone keeps it for when there is no signal."""

    authentication_classes = [TokenIfAny]
    permission_classes = [AllowAny]

    def get(self, request: Request) -> Response:
        levels = [asdict(level) for level in cards.by_level()]
        return Response({"results": levels, "table": cards.table()})


class ArticleView(PersonalView):
    """A part of the article; what a diary shows is only for its owner."""

    authentication_classes = [TokenIfAny]
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args: Any, **named: Any) -> None:
        super().initial(request, *args, **named)
        self.assessment, self.system = None, "metric"
        if request.user.is_authenticated:
            self.assessment = own_assessment(report_for(own_diary(request.user)))
            self.system = request.user.units

    def basis(self) -> str:
        """How old the diary's entries are, and what they cannot tell; empty for nobody."""
        zone = getattr(self.request.user, "time_zone", "UTC")
        return page.basis(self.assessment, local_date(timezone.now(), zone))

    def cause(self, code: str) -> dict[str, Any]:
        part = page.cause(code, self.assessment, self.system)
        if part is None:
            raise Http404
        rows = [row for row in (self.assessment or {}).get("causes", ()) if row["cause"] == code]
        weighed = asdict(cause_card(rows[0])) if rows else None
        return {**told(part), "weighed": weighed}


def told(part: Part) -> dict[str, Any]:
    """A part as plain values; the links of its sentences lead to pages, and are left out."""
    return {**asdict(part), "shows": [each.text for each in part.shows]}


class CausesView(ArticleView):
    """The five causes."""

    def get(self, request: Request) -> Response:
        return Response({"basis": self.basis(), "results": [self.cause(code) for code in CAUSES]})


class CauseView(ArticleView):
    """One of the five causes."""

    def get(self, request: Request, code: str) -> Response:
        return Response({"basis": self.basis(), **self.cause(code)})


class QuestionsView(ArticleView):
    """The fourteen questions and answers."""

    def get(self, request: Request) -> Response:
        parts = page.answers(self.assessment, self.system)
        return Response({"basis": self.basis(), "results": [told(part) for part in parts]})
