"""What is a chart drawn on? A figure measured in CSS pixels from its top left corner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Affine2D, Transform

from diary.charts.labels import Words, number
from diary.charts.look import Look

# One pixel is one point of a figure at 72 dots an inch, which is what its SVG is written in.
PIXELS_PER_INCH = 72
LINE_HEIGHT = 1.45
# Pixels between legend entries, and before a text that follows a marker, a line or a number.
ENTRY_GAP, MARKER_ROOM, LINE_ROOM, NUMBER_ROOM = 24, 20, 34, 24
# Pixels between an axis and its labels, and between the plot and the right edge.
LABEL_GAP, EDGE = 16, 8
Style = Mapping[str, Any]


class Points(Line2D):
    """Markers of one kind, in a `marker` style, and what each one says when pointed at."""

    def __init__(
        self,
        name: str,
        x: Sequence[float],
        y: Sequence[float],
        says: Sequence[str],
        style: Style,
        transform: Transform | None = None,
    ):
        super().__init__(x, y, clip_on=False, zorder=3, **style)
        self.set_gid(name)
        if transform is not None:
            self.set_transform(transform)
        self.says = list(says)


class Shapes(PathCollection):
    """Filled shapes of one kind, and what each one says when pointed at."""

    def __init__(self, name: str, paths: Sequence[Path], says: Sequence[str], **style: Any):
        super().__init__(paths, clip_on=False, **style)
        self.set_gid(name)
        self.says = list(says)


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: a marker, a line or a number (or none), and what it stands for."""

    text: str
    style: Style | None = None
    indent: int = 0
    number: int | None = None

    @property
    def text_starts(self) -> int:
        if self.number is not None:
            return NUMBER_ROOM
        if self.style is None:
            return self.indent
        return MARKER_ROOM if self.style.get("linestyle", "none") == "none" else LINE_ROOM

    def width(self, size: int) -> float:
        return self.text_starts + text_width(self.text, size) + ENTRY_GAP


class Sheet:
    """A figure of a given height, and texts and marks placed on it in pixels, y downwards."""

    def __init__(self, name: str, look: Look, height: float):
        self.look, self.width, self.height = look, look.lengths.width, ceil(height)
        self.figure = Figure(
            figsize=(self.width / PIXELS_PER_INCH, self.height / PIXELS_PER_INCH),
            dpi=PIXELS_PER_INCH,
            facecolor=look.palette.surface,
        )
        self.figure.set_gid(f"{name}-{look.size}")
        scale = 1 / PIXELS_PER_INCH
        self.pixels: Transform = (
            Affine2D().scale(scale, -scale).translate(0, self.height * scale)
            + self.figure.dpi_scale_trans
        )

    def axes(self, left: float, top: float, right: float, bottom: float) -> Axes:
        """A bare plot between these edges: no frame, no ticks."""
        axes = self.figure.add_axes(
            (
                left / self.width,
                1 - bottom / self.height,
                (right - left) / self.width,
                (bottom - top) / self.height,
            )
        )
        axes.set_axis_off()
        axes.patch.set_visible(False)
        return axes

    def text(self, x: float, y: float, text: str, align: str = "left", colour: str = "") -> None:
        """One line of text, its middle at this height."""
        self.figure.text(
            x,
            y + self.look.lengths.text * 0.35,  # from the middle of a line to its baseline
            text,
            transform=self.pixels,
            fontsize=self.look.lengths.text,
            color=colour or self.look.palette.ink,
            ha=align,
            va="baseline",
        )

    def line(self, x: Sequence[float], y: Sequence[float], **style: Any) -> None:
        """A line, or a marker, that is no data."""
        self.figure.add_artist(Line2D(x, y, transform=self.pixels, **style))

    def heights(
        self,
        axes: Axes,
        ticks: Sequence[tuple[float, str]],
        left: float,
        top: float,
        bottom: float,
    ) -> None:
        """The lines of a scale that begins with zero at the bottom, and its numbers on the left."""
        across, muted = axes.get_xlim(), self.look.palette.muted
        style: dict[str, Any] = {"linewidth": 1, "clip_on": False}
        of_grid = [value for value, _ in ticks[1:]]
        axes.hlines(of_grid, *across, colors=self.look.palette.grid, zorder=0, **style)
        axes.hlines([0], *across, colors=muted, zorder=1, **style)
        end = axes.get_ylim()[1]
        for value, label in ticks:
            height = bottom - value / end * (bottom - top)
            self.text(left - LABEL_GAP / 2, height, label, "right", muted)

    def legend(self, lines: Sequence[Sequence[Entry]], top: float, left: float = 0.0) -> None:
        """Lines of legend entries as `flowed` made them, from this height down."""
        for row, entries in enumerate(lines):
            x, y = left, top + (row + 0.5) * line_height(self.look)
            for entry in entries:
                if entry.style:
                    middle = x + (entry.text_starts - 8) / 2
                    ends = [middle] if entry.text_starts == MARKER_ROOM else [x, 2 * middle - x]
                    self.line(ends, [y] * len(ends), **entry.style)
                if entry.number is not None:
                    self.text(x, y, str(entry.number))
                self.text(x + entry.text_starts, y, entry.text)
                x += entry.width(self.look.lengths.text)


def line_height(look: Look) -> float:
    """The height of one line of text, in pixels."""
    return look.lengths.text * LINE_HEIGHT


@lru_cache(maxsize=1024)
def text_width(text: str, size: int) -> float:
    """The width of a text, in pixels."""
    return float(TextPath((0, 0), text, size=size).get_extents().width) if text.strip() else 0.0


def wrapped(text: str, width: float, size: int) -> list[str]:
    """A text in lines no wider than this, broken between words."""
    lines: list[str] = []
    for word in text.split(" "):  # a non-breaking space holds a number to its unit
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def flowed(entries: Sequence[Entry], look: Look, left: float = 0.0) -> list[list[Entry]]:
    """Legend entries in lines that fit the width; one that is too long goes on, indented."""
    lines: list[list[Entry]] = []
    size, full = look.lengths.text, look.lengths.width - EDGE - left + ENTRY_GAP
    room = 0.0
    for entry in entries:
        width = entry.width(size)
        if width > full:
            first, *rest = wrapped(entry.text, full - ENTRY_GAP - entry.text_starts, size)
            lines.append([replace(entry, text=first)])
            lines += [[Entry(text, indent=entry.text_starts)] for text in rest]
            room = 0.0
        elif width > room:
            lines.append([entry])
            room = full - width
        else:
            lines[-1].append(entry)
            room -= width
    return lines


def from_zero(
    reach: float, words: Words, steps: Sequence[float] = (1, 2, 2.5, 5, 10)
) -> list[tuple[float, str]]:
    """Round numbers from zero to the first at or above `reach`, with their labels."""
    values = MaxNLocator(nbins=5, steps=steps).tick_values(0, reach)
    return [(float(value), number(value, 3, words)) for value in values]


def marker(shape: str, colour: str, filled: bool, crowded: bool = False) -> dict[str, Any]:
    """The style of a marker; of a smaller, see-through one in a crowd."""
    return {
        "linestyle": "none",
        "marker": shape,
        "markersize": 7 if crowded else 9,
        "markerfacecolor": colour if filled else "none",
        "markeredgecolor": colour,
        "markeredgewidth": 1.2 if crowded else 1.8,
        "alpha": 0.6 if crowded else None,
    }


def words_alone(name: str, text: str, look: Look) -> Figure:
    """A figure that only says something, where there is nothing to draw."""
    lines = wrapped(text, look.lengths.width, look.lengths.text)
    sheet = Sheet(name, look, height=line_height(look) * (len(lines) + 2))
    for row, line in enumerate(lines):
        middle = (row + 1.5) * line_height(look)
        sheet.text(sheet.width / 2, middle, line, "center", look.palette.muted)
    return sheet.figure
