"""What share of the walks was still free of pain after each distance?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.analytics.survival import at_risk
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.marks import Marks
from diary.charts.sheet import (
    EDGE,
    LABEL_GAP,
    Entry,
    Points,
    Sheet,
    flowed,
    line_height,
    text_width,
    words_alone,
    wrapped,
)
from diary.charts.table import GROUPS, Row, pain_free_rows
from diary.units import metres

NAME = "pain_free"
BAND = 0.14  # how much of its colour the interval has
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
STRIP = 30  # pixels of the walks that have no line
TWO = 0.6  # of a plot's height, for each where there are two
AXIS_ROOM = 8  # pixels between a plot and the numbers below it


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """The lines with their walks; where no walk has a distance, words that say so."""
    drawn = pain_free_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_entries"], look)
    return _Drawing(drawn, look, words).figure()


class _Drawing:
    """For each way of measuring a plot with its line, or a strip of walks too few for one."""

    def __init__(self, drawn: Sequence[Row], look: Look, words: Words):
        self.look, self.words, self.palette = look, words, look.palette
        walks = [row for row in drawn if row["kind"] != "step"]
        self.marks = Marks(walks, look, words, ">")
        self.walks = {group: [w for w in walks if w["group"] == group] for group in GROUPS}
        self.steps = {
            group: [row for row in drawn if row["kind"] == "step" and row["group"] == group]
            for group in GROUPS
        }
        self.groups = [group for group in GROUPS if self.walks[group]]
        self.shares = [(share, words["share"] % {"n": f"{share * 100:.0f}"}) for share in SHARES]
        widest = max(text_width(label, look.lengths.text) for _, label in self.shares)
        self.left = widest + LABEL_GAP
        self.right = look.lengths.width - EDGE - 2 * LABEL_GAP

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        legend = flowed(self._legend(), look)
        top = line * len(legend)
        sheet = Sheet(NAME, look, top + sum(self._height(group) for group in self.groups))
        sheet.legend(legend, 0)
        for group in self.groups:
            self._show_group(sheet, group, top)
            top += self._height(group)
        return sheet.figure

    def _legend(self) -> list[Entry]:
        entries = [Entry(self.words[f"distance_axis_{self.look.unit}"]), *self.marks.legend()]
        if any(self.steps.values()):
            style = {"color": self.palette.ink, "linewidth": 2, "linestyle": "-"}
            entries.append(Entry(self.words["share_axis"], style))
        return entries

    def _label(self, group: str) -> list[str]:
        """What stands above a group: how many walks, or why they have no line."""
        pains = sum(row["kind"] == "pain" for row in self.walks[group])
        name = f"share_{group}" if self.steps[group] else f"share_few_{group}"
        said = self.words[name] % {"n": len(self.walks[group]), "pains": pains}
        return wrapped(said, self.look.lengths.width - 2 * EDGE, self.look.lengths.text)

    def _plot(self, group: str) -> float:
        if not self.steps[group]:
            return STRIP
        return self.look.lengths.plot_height * (1 if len(self.groups) == 1 else TWO)

    def _height(self, group: str) -> float:
        """Of a group: its label, its plot, the distances, and how many walks got as far."""
        below = 3.2 if self.steps[group] else 1.4
        lines = len(self._label(group)) + 1.1 + below
        return line_height(self.look) * lines + self._plot(group) + AXIS_ROOM

    def _show_group(self, sheet: Sheet, group: str, top: float) -> None:
        line, plot = line_height(self.look), self._plot(group)
        for row, text in enumerate(self._label(group)):
            sheet.text(0, top + line * (row + 1), text)
        top += line * (len(self._label(group)) + 1.1)
        axes = sheet.axes(self.left, top, self.right, top + plot)
        axes.set_xlim(0, self.marks.end)
        axes.set_ylim(0, 1)
        self._show_distances(sheet, top + plot)
        if self.steps[group]:
            sheet.heights(axes, self.shares, self.left, top, top + plot)
            self._show_line(axes, group)
            self._show_at_risk(sheet, group, top + plot + AXIS_ROOM + line * 1.1)
        else:
            axes.hlines([0.5], 0, self.marks.end, colors=self.palette.grid, linewidth=1, zorder=0)
        self._show_walks(axes, group)

    def _show_distances(self, sheet: Sheet, bottom: float) -> None:
        for value, label in self.marks.ticks:
            x, middle = self._x(value), bottom + AXIS_ROOM + line_height(self.look) * 0.5
            sheet.line([x, x], [bottom, bottom + 5], color=self.palette.muted, linewidth=1)
            sheet.text(x, middle, label, "center", self.palette.muted)

    def _x(self, amount: float) -> float:
        return self.left + amount / self.marks.end * (self.right - self.left)

    def _show_line(self, axes: Axes, group: str) -> None:
        """Steps down where pain came; it ends with the longest walk, or at the end of the axis."""
        steps = self.steps[group]
        longest = self.marks.amount(max(row["distance_m"] for row in self.walks[group]))
        x = [0.0, *(self.marks.amount(step["distance_m"]) for step in steps), longest]
        shares, low, high = (
            np.array([1.0, *(step[name] for step in steps), steps[-1][name]], float)
            for name in ("share", "low", "high")
        )
        ink: dict[str, Any] = {"color": self.palette.ink, "zorder": 2}
        axes.step(x, shares, where="post", linewidth=2, clip_on=False, **ink)
        axes.fill_between(x, low, high, step="post", alpha=BAND, linewidth=0, **ink)

    def _left_at(self, row: Row) -> float:
        """The share that is left at a walk's distance, after the pains that came at it."""
        steps = self.steps[row["group"]]
        at = bisect_right([step["distance_m"] for step in steps], row["distance_m"])
        return float(steps[at - 1]["share"]) if at else 1.0

    def _show_walks(self, axes: Axes, group: str) -> None:
        for sort in self.marks.groups():
            rows = [row for row in sort.rows if row["group"] == group]
            x = [self.marks.amount(row["distance_m"]) for row in rows]
            y = [self._left_at(row) if self.steps[group] else 0.5 for row in rows]
            says = [self.marks.says(row) for row in rows]
            if rows:
                axes.add_line(Points(f"{sort.name}-{group}", x, y, says, sort.style))

    def _show_at_risk(self, sheet: Sheet, group: str, top: float) -> None:
        """How many walks got as far as each number of the axis."""
        line = line_height(self.look)
        lengths = np.array([row["distance_m"] for row in self.walks[group]])
        values = [value for value, _ in self.marks.ticks]
        counts = at_risk(lengths, np.array([metres(value, self.look.unit) for value in values]))
        sheet.text(0, top + line * 0.6, self.words["share_at_risk"], "left", self.palette.muted)
        for value, n in zip(values, counts, strict=True):
            sheet.text(self._x(value), top + line * 1.6, str(n), "center")
