"""Which sentences about the diary belong to each subject of the article?"""

from __future__ import annotations

from collections.abc import Callable

from diary.wording.article import habits, pains
from diary.wording.article.shown import Assessment, Shown, changes_or_none

# Subjects that are told by recorded changes alone: the kinds of change.
CHANGES = {
    "strengthening": ("strengthening", "stretching", "physiotherapy"),
    "physiotherapy": ("physiotherapy", "supervised_exercise", "strengthening"),
    "injury": ("injury",),
    "medication": ("medication",),
    "orthotics": ("orthotics",),
    "surgery": ("surgery",),
}
SUBJECTS: dict[str, Callable[[Assessment, str], list[Shown]]] = {
    "pattern": pains.overall,
    "lasting": pains.lasting,
    "flags": pains.flags,
    "posture": pains.posture,
    "stretching": habits.stretching,
    "footwear": habits.footwear,
    "sudden_load": habits.sudden_load,
    "weight": habits.weight,
    "smoking": habits.smoking,
    "breaks": habits.breaks,
    "activity": habits.activity,
}


def shown(code: str, assessment: Assessment, system: str) -> list[Shown]:
    """What the diary shows on one subject; at least one sentence."""
    if code in CHANGES:
        return changes_or_none(assessment, *CHANGES[code])
    return SUBJECTS[code](assessment, system)
