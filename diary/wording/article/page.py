"""How is a part of the article put together for one reader?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from diary.evidence.article import CAUSES, INTRODUCTION, QUESTIONS, Topic
from diary.evidence.sources import SOURCES, Sureness
from diary.wording import pattern
from diary.wording.article import causes, questions
from diary.wording.article.shown import Shown
from diary.wording.article.shows import shown
from diary.wording.causes import NAMES


@dataclass(frozen=True)
class Part:
    """One part of the article; `shows` is empty for a reader without a diary."""

    code: str
    heading: str
    article: str
    evidence: str
    dated: str  # where the article is out of date or leaves something out
    sources: list[str]
    shows: list[Shown]
    urgent: bool  # whether the list of signs that ask for help stands beside it


def introduction(assessment: dict[str, Any] | None, system: str) -> Part:
    """What the article is about."""
    return _part(INTRODUCTION, ("", *causes.TEXTS["introduction"]), assessment, system)


def cause(code: str, assessment: dict[str, Any] | None, system: str) -> Part | None:
    """What is said of one cause; None for one that the article does not name."""
    for topic in CAUSES:
        if topic.code == code:
            return _part(topic, (NAMES[code], *causes.TEXTS[code]), assessment, system)
    return None


def answers(assessment: dict[str, Any] | None, system: str) -> list[Part]:
    """The fourteen questions with their answers."""
    return [_part(each, questions.TEXTS[each.code], assessment, system) for each in QUESTIONS]


def basis(assessment: dict[str, Any] | None, today: date) -> str:
    """How old the diary's entries are, and what they cannot tell; nothing without a diary."""
    if not assessment:
        return ""
    return f"{pattern.age(assessment, today)} {pattern.NOT_A_DIAGNOSIS}".strip()


def _part(
    topic: Topic, texts: tuple[Any, ...], assessment: dict[str, Any] | None, system: str
) -> Part:
    heading, article, evidence, dated = map(str, texts)
    said = (
        [each for code in topic.shows for each in shown(code, assessment, system)]
        if assessment
        else []
    )
    return Part(
        topic.code,
        heading,
        article,
        evidence,
        dated,
        [_cited(key) for key in topic.sources],
        said,
        topic.urgent,
    )


def _cited(key: str) -> str:
    """A publication, and whether its numbers still have to be checked."""
    source = SOURCES[key]
    if source.sureness is not Sureness.MEMORY:
        return source.citation
    unchecked = _("(Known from memory; not checked against the source yet.)")
    return f"{source.citation} {unchecked}"
