"""What would be the same as last time, in words, and as the answers of a form?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diary.wording import body, labels

WORDS = {
    "terrain": labels.TERRAINS,
    "pace": labels.PACES,
    "walking_aid": labels.WALKING_AIDS,
    "activity": labels.ACTIVITIES,
    "distance_source": labels.DISTANCE_SOURCES,
}
HEADINGS = {
    "terrain": gettext_lazy("Ground: %s"),
    "pace": gettext_lazy("Pace: %s"),
    "walking_aid": gettext_lazy("Leaning on: %s"),
    "footwear": gettext_lazy("On your feet: %s"),
    "activity": gettext_lazy("Kind: %s"),
    "distance_source": gettext_lazy("Length from: %s"),
}


@dataclass(frozen=True)
class Same:
    """One box that answers much: what it says, what it stands for, and whether it is ticked."""

    text: str
    answers: str
    chosen: bool


def same(answers: Mapping[str, str], where: str, both: str, chosen: bool) -> Same:
    """The box for some answers by field; `where` and `both` name the fields of the first pain."""
    said = [
        str(HEADINGS[name]) % WORDS.get(name, {}).get(value, value)
        for name, value in answers.items()
        if name in HEADINGS
    ]
    if where in answers:
        place = body.named(*body.place(answers[where], both in answers))
        said.append(_("If it hurt: %s") % place)
    return Same(" · ".join(said), urlencode(answers), chosen)
