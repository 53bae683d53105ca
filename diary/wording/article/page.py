"""How is a part of the article put together for one reader?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from diary.evidence.article import CAUSES, INTRODUCTION, QUESTIONS, Topic
from diary.evidence.sources import SOURCES
from diary.wording.article import causes, questions
from diary.wording.article.shows import Shown, shown
from diary.wording.causes import NAMES


@dataclass(frozen=True)
class Part:
    """One part of the article; `shows` is empty for a reader without a diary."""

    code: str
    heading: str
    article: str
    evidence: str
    sources: list[str]
    shows: list[Shown]


def introduction(assessment: dict[str, Any] | None, system: str) -> Part:
    """What the article is about."""
    return _part(INTRODUCTION, "", *causes.TEXTS["introduction"], assessment, system)


def cause(code: str, assessment: dict[str, Any] | None, system: str) -> Part | None:
    """What is said of one cause; None for one that the article does not name."""
    for topic in CAUSES:
        if topic.code == code:
            return _part(topic, NAMES[code], *causes.TEXTS[code], assessment, system)
    return None


def answers(assessment: dict[str, Any] | None, system: str) -> list[Part]:
    """The fourteen questions with their answers."""
    return [_part(each, *questions.TEXTS[each.code], assessment, system) for each in QUESTIONS]


def _part(
    topic: Topic,
    heading: Any,
    article: Any,
    evidence: Any,
    assessment: dict[str, Any] | None,
    system: str,
) -> Part:
    return Part(
        topic.code,
        str(heading),
        str(article),
        str(evidence),
        [SOURCES[key].citation for key in topic.sources],
        [each for code in topic.shows for each in shown(code, assessment, system)]
        if assessment
        else [],
    )
