"""What is said of the line of a walk, beside its drawing?"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from diary.plan import Plan, plan
from diary.polyline import decoded
from diary.wording.lengths import about, length


@dataclass(frozen=True)
class Drawn:
    """A line to be drawn, what its bar stands for, and the line in words."""

    plan: Plan
    bar: str
    sentence: str


def drawn(track: str, system: str) -> Drawn:
    """The kept line of a walk, in the reader's units."""
    told = plan(decoded(track), system)
    said = {"length": about(told.length_m, system), "apart": about(told.apart_m, system)}
    if told.came_back:
        sentence = _("The line is %(length)s long. It comes back to where it began.") % said
    else:
        sentence = _("The line is %(length)s long. It ends %(apart)s from where it began.") % said
    return Drawn(told, length(told.bar_m, system), sentence)
