"""After what distance did the pain come, walk by walk over the calendar?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.charts.dates import Days
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
)
from diary.charts.table import Row, charted_from, onset_rows
from diary.charts.timeline import Timeline

NAME = "onset"
BAND = 0.14  # how much of its colour the interval has
# Trends with which one median speaks for the whole time; with the others it is the last day's.
SETTLED = ("steady", "unknown")
NOW_ROOM = 16  # pixels right of the last day for the median as of that day


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """The chart; where no walk has a distance to draw, words that say so."""
    drawn = onset_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_entries"], look)
    return _Drawing(drawn, assessment, look, words).figure()


class _Drawing:
    """One drawing of the rows: the scales, and the parts that share them."""

    def __init__(self, drawn: Sequence[Row], told: Mapping[str, Any], look: Look, words: Words):
        self.look, self.words, self.palette = look, words, look.palette
        self.changes = [row for row in drawn if row["kind"] == "change"]
        self.median = next((row for row in drawn if row["kind"] == "median"), None)
        about_m = self.median["distance_m"] if self.median else 0.0
        walks = [row for row in drawn if row["kind"] in ("pain", "pain_free")]
        self.marks = Marks(walks, look, words, "^", about_m)
        widest = max(text_width(label, look.lengths.text) for _, label in self.marks.ticks)
        first = charted_from(told, min(row["day"] for row in walks))
        last = date.fromisoformat(told["as_of"])
        right = look.lengths.width - EDGE - (0 if self.settled else NOW_ROOM)
        self.days = Days(first, last, widest + LABEL_GAP, right)

    @property
    def settled(self) -> bool:
        return not self.median or self.median["trend"] in SETTLED

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        legend = flowed(self._legend(), look)
        time = Timeline(self.days, self.changes, look, self.words)
        top = line * len(legend) + time.height
        bottom = top + look.lengths.plot_height
        sheet = Sheet(NAME, look, bottom + time.below)
        sheet.legend(legend, 0)
        axes = sheet.axes(self.days.left, top, self.days.right, bottom)
        axes.set_xlim(*self.days.limits)
        axes.set_ylim(0, self.marks.end)
        sheet.heights(axes, self.marks.ticks, self.days.left, top, bottom)
        time.show_below(sheet, bottom)
        time.show_changes(sheet, axes, top, bottom)
        self._show_median(axes)
        self._show_walks(axes)
        return sheet.figure

    def _legend(self) -> list[Entry]:
        entries = [Entry(self.words[f"distance_axis_{self.look.unit}"]), *self.marks.legend()]
        if self.median:
            style = {"color": self.palette.pain, "linewidth": 2, "linestyle": "-"}
            entries.append(Entry(self._median_says(self.median), style))
        return entries

    def _median_says(self, median: Row) -> str:
        now = "" if self.settled else "_now"
        bounded = "_interval" if None not in (median["low_m"], median["high_m"]) else ""
        return self.words[f"onset_median{now}{bounded}"] % {
            "median": self.marks.distance(median["distance_m"]),
            "low": self.marks.distance(median["low_m"] or 0),
            "high": self.marks.distance(median["high_m"] or 0),
        }

    def _show_median(self, axes: Axes) -> None:
        """A line and a band over all days; where there is a trend, only beside the last day."""
        if not self.median:
            return
        start, end = self.days.limits
        if not self.settled:
            a_pixel = (end - start) / (self.days.right - self.days.left)
            start, end = end + 4 * a_pixel, end + NOW_ROOM * a_pixel
        style: dict[str, Any] = {"color": self.palette.pain, "clip_on": False}
        low, middle, high = (self.median[name] for name in ("low_m", "distance_m", "high_m"))
        if None not in (low, high):
            bounds = self.marks.amount(low), self.marks.amount(high)
            axes.fill_between([start, end], *bounds, alpha=BAND, linewidth=0, **style)
        axes.hlines([self.marks.amount(middle)], start, end, linewidth=2, **style)

    def _show_walks(self, axes: Axes) -> None:
        for group in self.marks.groups():
            x = [date.fromisoformat(row["day"]).toordinal() for row in group.rows]
            y = [self.marks.amount(row["distance_m"]) for row in group.rows]
            says = [self.marks.says(row) for row in group.rows]
            axes.add_line(Points(group.name, x, y, says, group.style))
