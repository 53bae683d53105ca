"""In which colours, sizes and type are charts drawn?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import matplotlib

Theme = Literal["light", "dark"]
Unit = Literal["m", "yd", "km", "mi"]
SizeName = Literal["page", "phone"]

# Set once for the process: rc_context changes the same global table and is not safe in threads.
# Text stays text in SVG, a `$` in it is a dollar sign, and equal charts give equal bytes.
matplotlib.rcParams.update(
    {
        "font.family": ["DejaVu Sans"],  # what texts are measured in; wider than most system fonts
        "svg.fonttype": "none",
        "svg.hashsalt": "waymark",
        "text.parse_math": False,
    }
)
# What texts are shown in: the font of the pages.
FONT_FAMILY = "system-ui, sans-serif"


@dataclass(frozen=True)
class Palette:
    """The colours of one theme, the same as in the pages' style sheet."""

    ink: str
    muted: str
    grid: str
    accent: str
    pain: str
    surface: str


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        ink="#1b2430",
        muted="#55606e",
        grid="#d9dee5",
        accent="#0b5f7a",
        pain="#b5402a",
        surface="#ffffff",
    ),
    "dark": Palette(
        ink="#eef2f6",
        muted="#aab4c0",
        grid="#38424e",
        accent="#6cc3de",
        pain="#ff9d80",
        surface="#14191f",
    ),
}


@dataclass(frozen=True)
class Size:
    """Lengths in CSS pixels; the height of a chart follows from what it has to say."""

    width: int
    plot_height: int
    text: int
    most_dates: int  # labels that fit side by side under the time axis
    crowd: int  # points past which they are drawn smaller
    seats: int  # in a lane one above the other; a point that finds none stands on another


# Two sizes, because one drawing scaled down to a phone has text of six pixels. The phone's is shown
# a little larger than drawn at 390 px, and a little smaller at 320 px.
SIZES: dict[SizeName, Size] = {
    "page": Size(width=720, plot_height=300, text=15, most_dates=9, crowd=100, seats=14),
    "phone": Size(width=300, plot_height=240, text=15, most_dates=4, crowd=60, seats=21),
}


@dataclass(frozen=True)
class Look:
    """How one reader wants charts: theme, unit of distance, and the screen they are for."""

    theme: Theme = "light"
    unit: Unit = "m"
    size: SizeName = "page"

    @property
    def palette(self) -> Palette:
        return PALETTES[self.theme]

    @property
    def lengths(self) -> Size:
        return SIZES[self.size]
