"""How is the drawn body made up, region by region?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diary.wording import labels

# Seen from the front, the walker's right leg is on the reader's left; from behind, the left one is.
FRONT = ("right", "left")
BACK = ("left", "right")
# From the waist down. The lower back has no sides.
VIEWS: tuple[tuple[Any, tuple[str, str], tuple[str, ...]], ...] = (
    (
        _("From behind"),
        BACK,
        (
            "lower_back",
            "buttock",
            "back_of_thigh",
            "back_of_knee",
            "calf",
            "achilles",
            "heel",
        ),
    ),
    (
        _("From the front"),
        FRONT,
        ("hip", "outer_thigh", "front_of_thigh", "knee", "shin", "ankle", "foot"),
    ),
)
SIDE = {
    "left": pgettext_lazy("leg", "Left"),
    "right": pgettext_lazy("leg", "Right"),
    "": "",
}
SHORT = {**labels.SITES, "achilles": _("Achilles tendon")}


@dataclass(frozen=True)
class Region:
    """One region of the drawing, and the answer that choosing it gives."""

    site: str
    side: str
    value: str
    side_name: str
    name: str


@dataclass(frozen=True)
class View:
    """The body from one side: a heading, and its regions from the waist down."""

    heading: str
    regions: list[Region]


def views() -> list[View]:
    """The body from behind, where leg pain on walking is most often, and from the front."""
    return [
        View(
            str(heading),
            [
                Region(site, side, f"{site}:{side}", str(SIDE[side]), str(SHORT[site]))
                for site in sites
                for side in (sides if site != "lower_back" else ("",))
            ],
        )
        for heading, sides, sites in VIEWS
    ]
