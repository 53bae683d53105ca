"""What will the first walks show, one after another, before they are enough for a pattern?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diary.evidence.thresholds import LEAST_CONSISTENT, LEAST_ONSETS

STEPS = {
    1: gettext_lazy("The first point on your chart: how far you got before it hurt."),
    2: gettext_lazy("Two points side by side: did it come after the same distance?"),
    LEAST_ONSETS: gettext_lazy("The middle distance before the pain, and how sure that is."),
    LEAST_CONSISTENT: gettext_lazy("Whether the pain keeps to a distance, and what that fits."),
}


@dataclass(frozen=True)
class Step:
    """What so many walks show, whether they are there, and whether it is the next to come."""

    walks: str
    text: str
    reached: bool
    is_next: bool


@dataclass(frozen=True)
class Ahead:
    """How many walks are there of those that a pattern takes, and what each step shows."""

    heading: str
    n: int
    wanted: int
    steps: list[Step]


def ahead(state: str, onsets: int) -> Ahead | None:
    """What is still to come; None once a pattern can be told, or enough walks are there."""
    if state != "insufficient_data" or onsets >= LEAST_CONSISTENT:
        return None
    following = min(walks for walks in STEPS if walks > onsets)
    steps = [
        Step(_walks(walks), str(text), walks <= onsets, walks == following)
        for walks, text in STEPS.items()
    ]
    heading = _("%(n)s of %(wanted)s walks: here is what you will see")
    return Ahead(
        heading % {"n": onsets, "wanted": LEAST_CONSISTENT}, onsets, LEAST_CONSISTENT, steps
    )


def _walks(walks: int) -> str:
    return ngettext("%s walk", "%s walks", walks) % walks
