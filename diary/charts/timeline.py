"""How do days, and the changes that were made on them, stand along a chart?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes

from diary.charts import labels
from diary.charts.changes import GAP, Flag, placed
from diary.charts.dates import Days, ticks
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import EDGE, Points, Sheet, line_height, marker, text_width

Row = dict[str, Any]


class Timeline:
    """The days of a chart from left to right, and the flags of its changes above them."""

    def __init__(self, days: Days, changes: Sequence[Row], look: Look, words: Words):
        self.days, self.look, self.words = days, look, words
        self.flags = placed([self._flag(row) for row in changes], look)

    @property
    def height(self) -> float:
        """What the names of the changes need above the plot."""
        rows = [flag.row + 1 for flag in self.flags if flag.row is not None]
        return line_height(self.look) * (max(rows, default=0) + 1)

    def _flag(self, row: Row) -> Flag:
        name = self.words[f"change_{row['change']}"]
        when, until = date.fromisoformat(row["day"]), row["until"]
        x = self.days.x(when)
        says = {"name": name, "day": labels.day(when, self.words)}
        if not until:
            return Flag(x, x, name, self.words["change_says"] % says)
        until = date.fromisoformat(until)
        says["until"] = labels.day(until, self.words)
        return Flag(x, self.days.x(until), name, self.words["change_says_until"] % says)

    def show_dates(self, sheet: Sheet, bottom: float) -> None:
        """The dates below the plot, the last of them inside the picture."""
        most, muted = self.look.lengths.most_dates, self.look.palette.muted
        for when, label in ticks(self.days.first, self.days.last, most, self.words):
            x = self.days.x(when)
            sheet.line([x, x], [bottom, bottom + 5], color=muted, linewidth=1)
            for row, text in enumerate(label.split("\n")):
                height = bottom + line_height(self.look) * (row + 0.85)
                half = text_width(text, self.look.lengths.text) / 2
                middle = min(max(x, half), sheet.width - EDGE / 2 - half)
                sheet.text(middle, height, text, "center", muted)

    def show_changes(self, sheet: Sheet, axes: Axes, top: float, bottom: float) -> None:
        """The changes: their names above the plot, and a line from each down through it."""
        line, muted = line_height(self.look), self.look.palette.muted
        for flag in self.flags:
            if flag.row is None:
                foot = top - line * 0.35
            else:
                middle = top - line * (flag.row + 0.9)
                foot = middle + line * 0.45
                gap = -GAP if flag.align == "right" else GAP
                sheet.text(flag.x + gap, middle, flag.name, flag.align, self.look.palette.ink)
                sheet.line([flag.x, flag.x], [middle - line * 0.4, foot], color=muted, linewidth=1)
            self.show_line(sheet, flag, foot, bottom)
            if flag.until > flag.x:
                sheet.line([flag.x, flag.until], [foot, foot], color=muted, linewidth=3)
        style = {**marker("v", self.look.palette.ink, True), "markersize": 7}
        start, end = self.days.limits
        width = self.days.right - self.days.left
        x = [start + (flag.x - self.days.left) / width * (end - start) for flag in self.flags]
        says = [flag.says for flag in self.flags]
        across = axes.get_xaxis_transform()
        axes.add_line(Points("changes", x, [1] * len(x), says, style, across))

    def show_line(self, sheet: Sheet, flag: Flag, top: float, bottom: float) -> None:
        """The line of a change through one plot."""
        muted = self.look.palette.muted
        sheet.line([flag.x, flag.x], [top, bottom], color=muted, linewidth=1, dashes=(3, 3))
