"""How do days, and the changes that were made on them, stand along a chart?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes

from diary.charts import labels
from diary.charts.changes import Flag, numbered
from diary.charts.dates import Days, ticks
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import EDGE, Entry, Points, Sheet, flowed, line_height, marker, text_width

Row = dict[str, Any]
# Pixels from a plot up to the lowest bar of a change that lasts, from bar to bar, and from there
# up to the numbers.
ABOVE, BAR, FALL = 10, 6, 9
DATES = 2.6  # lines of text below a plot for its dates


class Timeline:
    """The days of a chart from left to right; numbers of changes above, what they are below."""

    def __init__(self, days: Days, changes: Sequence[Row], look: Look, words: Words):
        self.days, self.look, self.words = days, look, words
        self.flags = numbered([self._flag(row) for row in changes], look, days.left)
        self.bars = max((flag.level + 1 for flag in self.flags if flag.until > flag.x), default=0)
        self.named = flowed([Entry(flag.says, number=flag.number) for flag in self.flags], look)

    @property
    def height(self) -> float:
        """What the numbers of the changes need above the plot."""
        line = line_height(self.look)
        if not self.flags:
            return line
        rows = max(flag.row + 1 for flag in self.flags)
        return line * (rows + 0.4) + FALL + self.bars * BAR + ABOVE

    @property
    def below(self) -> float:
        """What the dates and the names of the changes need below the last plot."""
        return line_height(self.look) * (DATES + (len(self.named) + 0.4 if self.named else 0))

    def _flag(self, row: Row) -> Flag:
        when, until = date.fromisoformat(row["day"]), row["until"]
        x = self.days.x(when)
        says = {
            "name": self.words[f"change_{row['change']}"],
            "day": labels.day(when, self.words),
        }
        if not until:
            return Flag(x, x, self.words["change_says"] % says)
        until = date.fromisoformat(until)
        says["until"] = labels.day(until, self.words)
        return Flag(x, self.days.x(until), self.words["change_says_until"] % says)

    def show_below(self, sheet: Sheet, bottom: float) -> None:
        """The dates below the plot, the last of them inside the picture, and what was changed."""
        most, muted = self.look.lengths.most_dates, self.look.palette.muted
        for when, label in ticks(self.days.first, self.days.last, most, self.words):
            x = self.days.x(when)
            sheet.line([x, x], [bottom, bottom + 5], color=muted, linewidth=1)
            for row, text in enumerate(label.split("\n")):
                height = bottom + line_height(self.look) * (row + 0.85)
                half = text_width(text, self.look.lengths.text) / 2
                middle = min(max(x, half), sheet.width - EDGE / 2 - half)
                sheet.text(middle, height, text, "center", muted)
        sheet.legend(self.named, bottom + line_height(self.look) * DATES)

    def show_changes(self, sheet: Sheet, axes: Axes, top: float, bottom: float) -> None:
        """The changes: their numbers above the plot, and a line from each down through it."""
        line, muted = line_height(self.look), self.look.palette.muted
        foot = top - ABOVE - self.bars * BAR
        for flag in self.flags:
            middle = foot - FALL - line * (flag.row + 0.5)
            sheet.text(flag.at, middle, str(flag.number), "center")
            aside = [flag.at, flag.at, flag.x, flag.x]
            down = [middle + line * 0.4, foot - FALL, foot, top]
            sheet.line(aside, down, color=muted, linewidth=1)
            self.show_line(sheet, flag, top, bottom)
            if flag.until > flag.x:
                height = top - ABOVE - flag.level * BAR
                sheet.line([flag.x, flag.until], [height] * 2, color=muted, linewidth=3)
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
