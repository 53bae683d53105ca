"""How do walks of several sorts stand below each other, a lane for each?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diary.analytics.recorded import worst
from diary.charts.apart import CROWDED_STEP, STEP, lane_height, seats
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.marks import Marks
from diary.charts.sheet import EDGE, Entry, Points, Sheet, flowed, line_height

Row = dict[str, Any]
LANE_GAP = 6  # pixels above the name of a lane
# Room on the left for a pain with the first step, and on the right for the last number.
START, ASIDE = 14, 26


@dataclass(frozen=True)
class Lane:
    """One sort of walk: what stands above its points, and its rows (see `marks.Marks`)."""

    label: list[Entry]
    rows: list[Row]
    name: str  # as the points say it
    heading: str = ""  # above the first lane of a kind


class Lanes:
    """Distances from zero to the right, one lane below the other; rows without one are counted."""

    def __init__(self, name: str, lanes: Sequence[Lane], look: Look, words: Words):
        self.name, self.lanes, self.look, self.words = name, lanes, look, words
        # A walk that stands in two lanes of different kinds is one walk in the legend.
        walks = {(row["walk_id"], row.get("lane")): row for lane in lanes for row in lane.rows}
        known = [row for row in walks.values() if row["distance_m"] is not None]
        self.marks = Marks(known, look, words, ">")
        self.labels = [flowed(lane.label, look, EDGE) for lane in lanes]
        step = CROWDED_STEP if self.marks.crowded else STEP
        most = look.lengths.seats
        self.seats = [seats([self._along(row) for row in lane.rows], step, most) for lane in lanes]
        self.heights = [lane_height(down, step) for down in self.seats]

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        axis = Entry(self.words[f"distance_axis_{look.unit}"])
        legend = flowed([axis, *self.marks.legend()], look)
        top = line * (len(legend) + 0.5)
        bottom = top + sum(self._height(at) for at in range(len(self.lanes)))
        sheet = Sheet(self.name, look, bottom + line * 1.4)
        sheet.legend(legend, 0)
        axes = sheet.axes(EDGE + START, top, self._x(self.marks.end), bottom)
        axes.set_xlim(0, self.marks.end)
        axes.set_ylim(bottom, top)  # heights are pixels of the sheet
        middles = []
        for at in range(len(self.lanes)):
            top = self._show_lane(sheet, axes, at, top)
            middles.append(top - self.heights[at] / 2)
        for value, label in self.marks.ticks:
            muted = look.palette.muted
            sheet.text(self._x(value), bottom + line * 0.7, label, "center", muted)
        self._show_walks(axes, middles)
        return sheet.figure

    def _height(self, at: int) -> float:
        """Of one lane: a heading, if it has one, its label, and its points."""
        line = line_height(self.look)
        heading = line * 1.3 if self.lanes[at].heading else 0
        return heading + LANE_GAP + line * len(self.labels[at]) + self.heights[at]

    def _x(self, amount: float) -> float:
        width = self.look.lengths.width - EDGE - START - ASIDE
        return EDGE + START + amount / self.marks.end * width

    def _along(self, row: Row) -> float:
        return self._x(self.marks.amount(row["distance_m"]))

    def _show_lane(self, sheet: Sheet, axes: Axes, at: int, top: float) -> float:
        """Draw a lane from this height down, and give the height at which it ends."""
        bottom = top + self._height(at)
        if self.lanes[at].heading:
            line = line_height(self.look)
            sheet.text(0, top + line * 0.9, self.lanes[at].heading, "left", self.look.palette.muted)
            top += line * 1.3
        sheet.legend(self.labels[at], top + LANE_GAP, EDGE)
        grid = [value for value, _ in self.marks.ticks[1:]]
        palette, start = self.look.palette, bottom - self.heights[at]
        axes.vlines(grid, start, bottom, colors=palette.grid, linewidth=1, zorder=0)
        axes.vlines([0], start, bottom, colors=palette.muted, linewidth=1, zorder=1)
        return bottom

    def _show_walks(self, axes: Axes, middles: Sequence[float]) -> None:
        for group in self.marks.groups():
            x, y, says = [], [], []
            # The group has each walk once; the lanes have it as often as it stands in them.
            chosen = {(row["walk_id"], row.get("lane")) for row in group.rows}
            for at, lane in enumerate(self.lanes):
                for row, down in zip(lane.rows, self.seats[at], strict=True):
                    if (row["walk_id"], row.get("lane")) in chosen:
                        x.append(self.marks.amount(row["distance_m"]))
                        y.append(middles[at] + down)
                        says.append(self.marks.says(row, "lane_", lane=lane.name))
            axes.add_line(Points(group.name, x, y, says, group.style))


def label(name: str, rows: Sequence[Row], words: Words) -> list[Entry]:
    """What stands above a lane: its name and n, the worst score, how many have no distance."""
    entries = [Entry(words["lane"] % {"lane": name, "n": len(rows)})]
    score = worst(np.array([row.get("worst") for row in rows], float))
    if score is not None:
        entries.append(Entry(words["lane_worst"] % {"worst": f"{score:g}"}))
    unknown = sum(row["distance_m"] is None for row in rows)
    if unknown:
        entries.append(Entry(words["lane_unmeasured"] % {"n": unknown}))
    return entries
