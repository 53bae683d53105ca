"""How is the drawn body made up, region by region?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _text
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


def places() -> list[View]:
    """The same drawing for a list of places without sides: each region is both legs at once."""
    return [
        View(str(heading), [Region(site, "", site, "", str(SHORT[site])) for site in sites])
        for heading, _sides, sites in VIEWS
    ]


def named(site: str | None, side: str | None) -> str:
    """A place in words, as in a line about a walk."""
    place = str(labels.SITES[site]) if site else ""
    of = {"left": _text("left"), "right": _text("right"), "both": _text("both sides")}
    if site and side:
        return f"{place} ({of[side]})"
    return place or of.get(side or "", "")


def chosen(site: str | None, side: str | None) -> tuple[str, bool]:
    """The answer that stands for a stored place, and whether it is in both legs."""
    if side == "both":
        return (f"{site}:{'' if site == 'lower_back' else 'left'}" if site else ""), True
    return (f"{site or ''}:{side or ''}" if site or side else ""), False


def place(where: str, both: bool) -> tuple[str | None, str | None]:
    """The site and the side that an answer stands for."""
    site, _sep, side = where.partition(":")
    return site or None, "both" if both else side or None


def is_a_place(where: str) -> bool:
    """Whether an answer names a site, a side, or both, and nothing else."""
    site, _sep, side = where.partition(":")
    return (not site or site in labels.SITES) and side in ("", "left", "right")


def unlisted(where: str) -> str:
    """In words an answer that no region of the drawing gives; '' where one does."""
    listed = {region.value for view in views() for region in view.regions}
    if not where or where in listed or not is_a_place(where):
        return ""
    site, side = place(where, False)
    if side is None:
        return _text("%s, side not recorded") % SHORT[str(site)]
    if site is None:
        return _text("%s leg, place not recorded") % SIDE[side]
    return f"{SHORT[site]}, {SIDE[side]}"
