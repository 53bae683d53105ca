"""Where does it hurt, and how often? A drawn body, from behind and from the front."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as File
from typing import Any

import numpy as np
from lxml import etree
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from diary.analytics.columns import DiaryFrames
from diary.charts.apart import apart
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import (
    EDGE,
    Entry,
    Points,
    Shapes,
    Sheet,
    flowed,
    line_height,
    marker,
    words_alone,
    wrapped,
)
from diary.charts.table import Row, body_rows

NAME = "body"
# The same pieces as in the form's body map: one drawing of the body.
DRAWING = File(__file__).parents[1] / "static" / "diary" / "body.svg"
CODES = {"M": Path.MOVETO, "L": Path.LINETO, "C": Path.CURVE4}
PIECE = 64  # pixels across one leg
# From the waist down, with the height of each row; what shares a row stands in it side by side.
VIEWS: Mapping[str, tuple[tuple[int, tuple[str, ...]], ...]] = {
    "behind": (
        (44, ("lower_back",)), (54, ("buttock",)), (74, ("back_of_thigh",)),
        (42, ("back_of_knee",)), (76, ("calf",)), (42, ("achilles",)), (38, ("heel",)),
    ),
    "front": (
        (54, ("hip",)), (90, ("outer_thigh", "front_of_thigh")), (42, ("knee",)), (76, ("shin",)),
        (40, ("ankle",)), (48, ("foot",)),
    ),
}  # fmt: skip
# Seen from behind, the walker's left is on the reader's left.
SEEN = {"behind": ("left", "right"), "front": ("right", "left")}
# Where a piece's number stands, as a share of its width from the outside and of its row.
NUMBER = {"outer_thigh": (0.24, 0.25), "front_of_thigh": (0.66, 0.62)}
MIDDLE = (0.58, 0.5)
# How much of its colour the place has that hurt least and most often; the number says how often.
FAINT, FULL = 0.12, 0.45
BOTH = 24  # pixels across the mark between the legs
BACK = "lower_back"  # drawn across both legs, with the count of each side on it
# Where they stand, as a share of a piece's width from the middle; above the mark for both sides.
ON_BACK = {"left": -0.42, "not_recorded": 0.0, "right": 0.42}
ABOVE, BELOW = 0.25, 0.73  # of its row
NAME_GAP = 8  # pixels between two names
TWO_VIEWS = 600  # pixels that both views need side by side


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """The body with a number on every place that hurt; where none is named, words that say so."""
    drawn = body_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_places"], look)
    return _Drawing(drawn, look, words).figure()


@cache
def pieces() -> Mapping[str, Path]:
    """The outline of each place of the reader's left leg, and of the back, in a square of one."""
    root = etree.parse(DRAWING).getroot()
    found = {}
    for symbol in root.iter("{*}symbol"):
        _, _, width, height = map(float, symbol.attrib["viewBox"].split())
        (outline,) = symbol.iter("{*}path")
        found[str(symbol.attrib["id"])] = _path(str(outline.attrib["d"]), width, height)
    return found


def _path(outline: str, width: float, height: float) -> Path:
    """An outline in the letters M, L, C and Z, scaled to a square of one."""
    corners, codes = [], []
    for letter, numbers in re.findall(r"([MLC])([^MLCZ]*)", outline):
        points = np.array(re.findall(r"-?[\d.]+", numbers), float).reshape(-1, 2)
        corners.append(points / (width, height))
        codes += [CODES[letter]] * len(points)
    return Path(np.concatenate([*corners, corners[0]]), [*codes, Path.CLOSEPOLY])


@dataclass(frozen=True)
class _Place:
    """One place in pixels: its outline, the numbers on it and their height, and what it says."""

    site: str
    outline: Path
    numbers: list[tuple[float, int]]  # from the left edge; more than one on the back alone
    y: float
    names: list[tuple[int, str]]  # beside it, each with -1 for the left of the legs or 1
    says: str

    @property
    def most(self) -> int:
        """The highest of its counts, none of which is added to another."""
        return max((n for _, n in self.numbers), default=0)


class _Drawing:
    """Both views, the places with their numbers, and what cannot be drawn in words."""

    def __init__(self, drawn: Sequence[Row], look: Look, words: Words):
        self.look, self.words, self.palette = look, words, look.palette
        self.rows = {(r["site"], r["side"]): r for r in drawn if r["kind"] == "place"}
        self.unplaced = next((r for r in drawn if r["kind"] == "unplaced"), None)
        self.most = max(row["n"] for row in self.rows.values())
        self.stacked = look.lengths.width < TWO_VIEWS
        across = look.lengths.width / (1 if self.stacked else 2)
        beside = 0 if self.stacked else across
        self.centres = {"behind": across / 2, "front": across / 2 + beside}
        self.room = across / 2 - PIECE - 2 * EDGE

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        legend = flowed(self._legend(), look)
        below = [text for said in self._said_below() for text in self._lines(said)]
        tall = {view: sum(height for height, _ in rows) for view, rows in VIEWS.items()}
        top = line * (len(legend) + 1.6)
        tops = {"behind": top, "front": top}
        bottom = top + max(tall.values())
        if self.stacked:
            tops["front"] = top + tall["behind"] + line * 2
            bottom = tops["front"] + tall["front"]
        sheet = Sheet(NAME, look, bottom + line * (len(below) + 0.8))
        sheet.legend(legend, 0)
        axes = sheet.axes(0, 0, sheet.width, sheet.height)
        axes.set_xlim(0, sheet.width)
        axes.set_ylim(sheet.height, 0)  # places are in pixels of the sheet
        for view in VIEWS:
            self._show_view(sheet, axes, view, tops[view])
        for row, text in enumerate(below):
            sheet.text(0, bottom + line * (row + 0.9), text)
        return sheet.figure

    def _lines(self, said: str) -> list[str]:
        return wrapped(said, self.look.lengths.width - EDGE, self.look.lengths.text)

    def _legend(self) -> list[Entry]:
        both = any(side == "both" for _, side in self.rows)
        return [Entry(self.words["body_both"], self._both_style(9))] if both else []

    def _both_style(self, size: int) -> dict[str, Any]:
        style = marker("o", self.palette.surface, True)
        return {**style, "markersize": size, "markeredgecolor": self.palette.pain}

    def _said_below(self) -> list[str]:
        """The pains of no recorded side, and those of no recorded place."""
        unsided = [
            self.words["body_count"] % {"place": self.words[f"site_{site}"], "n": row["n"]}
            for (site, side), row in self.rows.items()
            if side == "not_recorded" and (site != BACK or self._sides_of_back())
        ]
        said = [self.words["body_unsided"] % {"places": ", ".join(unsided)}] if unsided else []
        if self.unplaced:
            said.append(self.words["body_unplaced"] % self.unplaced)
        return said

    def _show_view(self, sheet: Sheet, axes: Axes, view: str, top: float) -> None:
        centre = self.centres[view]
        middle = top - line_height(self.look) * 0.7
        sheet.text(centre, middle, self.words[f"body_{view}"], "center", self.palette.muted)
        found = [*self._places(view, top)]
        style = {"edgecolors": self.palette.muted, "linewidths": 1.2, "zorder": 1}
        for name, chosen in ((view, [p for p in found if p.numbers]),
                             (f"{view}_free", [p for p in found if not p.numbers])):  # fmt: skip
            if chosen:
                shapes = Shapes(
                    name,
                    [place.outline for place in chosen],
                    [place.says for place in chosen if place.numbers],
                    facecolors=[self._face(place.most) for place in chosen],
                    **style,
                )
                axes.add_collection(shapes, autolim=False)
        for place in found:
            for x, n in place.numbers:
                sheet.text(x, place.y, str(n), "center")
        named = {place.site for place in found if place.numbers}
        of_both = self._show_both(sheet, axes, view, top, named)
        self._show_names(sheet, [*found, *of_both], centre)

    def _face(self, n: int) -> tuple[str, float] | str:
        share = n / self.most
        return (self.palette.pain, FAINT + (FULL - FAINT) * share) if n else "none"

    def _places(self, view: str, top: float) -> Iterator[_Place]:
        """Every place of a view, that of the reader's left leg before its mirror image."""
        for height, sites in VIEWS[view]:
            for site in sites:
                if site == BACK:
                    yield self._back(view, top, height)
                    continue
                for outward, side in zip((-1, 1), SEEN[view], strict=True):
                    yield self._place(view, top, height, site, side, outward)
            top += height

    def _back(self, view: str, top: float, height: int) -> _Place:
        """The lower back is one piece; the count of each side stands on it by itself."""
        centre = self.centres[view]
        outline = pieces()[BACK].transformed(
            Affine2D().translate(-0.5, 0).scale(2 * PIECE, height).translate(centre, top)
        )
        rows = {side: self.rows[BACK, side] for side in ON_BACK if (BACK, side) in self.rows}
        numbers = [(centre + ON_BACK[side] * PIECE, row["n"]) for side, row in rows.items()]
        down = ABOVE if (BACK, "both") in self.rows else MIDDLE[1]
        says = "; ".join(self._says(row) for row in rows.values())
        names = [
            (outward, self._name(BACK, side))
            for outward, side in zip((-1, 1), SEEN[view], strict=True)
            if side in self._sides_of_back()
        ]
        if numbers and not names:
            names = [(-1, self._name(BACK))]
        return _Place(BACK, outline, numbers, top + down * height, names, says)

    def _sides_of_back(self) -> list[str]:
        return [side for side in ("left", "right") if (BACK, side) in self.rows]

    def _name(self, site: str, side: str = "") -> str:
        place = self.words[f"site_{site}"]
        if not side:
            return place
        return self.words["body_name"] % {"side": self.words[f"body_leg_{side}"], "place": place}

    def _place(
        self, view: str, top: float, height: int, site: str, side: str, outward: int
    ) -> _Place:
        centre = self.centres[view]
        outline = pieces()[site].transformed(
            Affine2D().translate(-1, 0).scale(-outward * PIECE, height).translate(centre, top)
        )
        along, down = NUMBER.get(site, MIDDLE)
        row = self.rows.get((site, side))
        numbers = [(centre + outward * (1 - along) * PIECE, row["n"])] if row else []
        names = [(outward, self._name(site, side))] if row else []
        says = self._says(row) if row else ""
        return _Place(site, outline, numbers, top + down * height, names, says)

    def _says(self, row: Row) -> str:
        said = self.words["body_says"] % {
            "place": self.words[f"site_{row['site']}"],
            "side": self.words[f"body_side_{row['side']}"],
            "n": row["n"],
            "of": row["of"],
        }
        if row["worst"] is None:
            return said
        return self.words["body_worst"] % {"says": said, "worst": f"{row['worst']:g}"}

    def _show_names(self, sheet: Sheet, places: Sequence[_Place], centre: float) -> None:
        """The names on the outside of their legs, moved where they would cover each other."""
        line, size = line_height(self.look) * 0.8, self.look.lengths.text
        for outward, align in ((-1, "right"), (1, "left")):
            named = sorted(
                (place.y, wrapped(name, self.room, size))
                for place in places
                for side, name in place.names
                if side == outward
            )
            heights = [line * len(lines) + NAME_GAP for _, lines in named]
            middles = apart([y for y, _ in named], heights, 0, sheet.height)
            for middle, (_, lines) in zip(middles, named, strict=True):
                for row, text in enumerate(lines):
                    y = middle + line * (row - (len(lines) - 1) / 2)
                    sheet.text(centre + outward * (PIECE + EDGE), y, text, align)

    def _show_both(
        self, sheet: Sheet, axes: Axes, view: str, top: float, named: Collection[str]
    ) -> list[_Place]:
        """Pains of both sides at once stand between the legs: they are added to neither.

        It gives the places that are so marked alone, and have no name yet.
        """
        centre, y, says, alone = self.centres[view], [], [], []
        for height, sites in VIEWS[view]:
            for site in sites:
                row = self.rows.get((site, "both"))
                if row:
                    shared = site == BACK and site in named
                    y.append(top + (BELOW if shared else NUMBER.get(site, MIDDLE)[1]) * height)
                    says.append(self._says(row))
                    sheet.text(centre, y[-1], str(row["n"]), "center")
                    if site not in named:
                        names = [(-1, self._name(site))]
                        alone.append(_Place(site, Path([(0, 0)]), [], y[-1], names, ""))
            top += height
        if y:
            style = self._both_style(BOTH)
            axes.add_line(Points(f"{view}_both", [centre] * len(y), y, says, style))
        return alone
