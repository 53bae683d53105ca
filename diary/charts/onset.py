"""After what distance did the pain come, walk by walk over the calendar?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.charts import labels
from diary.charts.changes import GAP, Flag, placed
from diary.charts.dates import Days, ticks
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import (
    EDGE,
    LABEL_GAP,
    Entry,
    Points,
    Sheet,
    Style,
    flowed,
    from_zero,
    line_height,
    marker,
    text_width,
    words_alone,
)
from diary.charts.table import Row, onset_rows
from diary.units import in_unit, metres

NAME = "onset"
# The shortest distance axis, in metres: a chart of pains from the first step still has room above.
SHORTEST_M = 100.0
# A pain-free walk says only 'not before its end'. One that is this many times longer than anything
# else the chart is about stands at the upper edge, as a triangle, so that it does not flatten the
# rest.
FURTHEST = 2.0
BAND = 0.14  # how much of its colour the interval has
# Trends with which one median speaks for the whole time; with the others it is the last day's.
SETTLED = ("steady", "unknown")
NOW_ROOM = 16  # pixels right of the last day for the median as of that day


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """The chart; where no walk has a distance to draw, words that say so."""
    drawn = onset_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_entries"], look)
    return _Drawing(drawn, date.fromisoformat(assessment["as_of"]), look, words).figure()


class _Drawing:
    """One drawing of the rows: the scales, and the parts that share them."""

    def __init__(self, drawn: Sequence[Row], as_of: date, look: Look, words: Words):
        self.look, self.words, self.palette = look, words, look.palette
        self.pains = [row for row in drawn if row["kind"] == "pain"]
        self.free = [row for row in drawn if row["kind"] == "pain_free"]
        self.changes = [row for row in drawn if row["kind"] == "change"]
        self.median = next((row for row in drawn if row["kind"] == "median"), None)
        self.ticks = from_zero(in_unit(self._reach_m(), look.unit), words)
        self.top = self.ticks[-1][0]
        top_m = metres(self.top, look.unit)
        self.beyond = [row for row in self.free if row["distance_m"] > top_m]
        self.free = [row for row in self.free if row["distance_m"] <= top_m]
        widest = max(text_width(label, look.lengths.text) for _, label in self.ticks)
        first = min(row["day"] for row in self.pains + self.free + self.beyond)
        right = look.lengths.width - EDGE - (0 if self.settled else NOW_ROOM)
        self.days = Days(date.fromisoformat(first), as_of, widest + LABEL_GAP, right)

    @property
    def settled(self) -> bool:
        return not self.median or self.median["trend"] in SETTLED

    def _reach_m(self) -> float:
        """How far the chart reaches: every pain, and the pain-free walks not far beyond them."""
        about = max(
            (row["distance_m"] for row in (*self.pains, self.median) if row is not None),
            default=0.0,
        )
        walked = max((row["distance_m"] for row in self.free), default=0.0)
        return max(min(walked, FURTHEST * about) if about else walked, about, SHORTEST_M)

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        legend = flowed(self._legend(), look)
        flags = placed(self._flags(), look)
        rows_of_flags = max((flag.row + 1 for flag in flags if flag.row is not None), default=0)
        top = line * (len(legend) + rows_of_flags + 1)
        bottom = top + look.lengths.plot_height
        sheet = Sheet(NAME, look, bottom + line * 2.6)
        sheet.legend(legend, 0)
        axes = sheet.axes(self.days.left, top, self.days.right, bottom)
        axes.set_xlim(*self.days.limits)
        axes.set_ylim(0, self.top)
        self._scales(sheet, axes, top, bottom)
        self._show_changes(sheet, axes, flags, top, bottom)
        self._show_median(axes)
        self._show_walks(axes)
        return sheet.figure

    def _styles(self) -> dict[str, Style]:
        crowd = len(self.pains) + len(self.free) + len(self.beyond)
        return {
            "pain": marker("o", self.palette.pain, True, crowd),
            "pain_free": marker("o", self.palette.accent, False, crowd),
            "beyond": marker("^", self.palette.accent, False, crowd),
        }

    def _legend(self) -> list[Entry]:
        walks = {"pain": self.pains, "pain_free": self.free, "beyond": self.beyond}
        entries = [Entry(self.words[f"onset_axis_{self.look.unit}"])]
        entries += [
            Entry(self.words[f"onset_{kind}"] % {"n": len(of_kind)}, self._styles()[kind])
            for kind, of_kind in walks.items()
            if of_kind or kind != "beyond"
        ]
        if self.median:
            style = {"color": self.palette.pain, "linewidth": 2, "linestyle": "-"}
            entries.append(Entry(self._median_says(self.median), style))
        return entries

    def _median_says(self, median: Row) -> str:
        now = "" if self.settled else "_now"
        bounded = "_interval" if None not in (median["low_m"], median["high_m"]) else ""
        return self.words[f"onset_median{now}{bounded}"] % {
            "median": self._distance(median["distance_m"]),
            "low": self._distance(median["low_m"] or 0),
            "high": self._distance(median["high_m"] or 0),
        }

    def _distance(self, length_m: float) -> str:
        return labels.distance(length_m, self.look.unit, self.words)

    def _scales(self, sheet: Sheet, axes: Axes, top: float, bottom: float) -> None:
        axes.hlines(
            [value for value, _ in self.ticks[1:]],
            *self.days.limits,
            colors=self.palette.grid,
            linewidth=1,
            zorder=0,
        )
        axes.hlines([0], *self.days.limits, colors=self.palette.muted, linewidth=1, zorder=1)
        for value, label in self.ticks:
            height = bottom - value / self.top * (bottom - top)
            sheet.text(self.days.left - LABEL_GAP / 2, height, label, "right", self.palette.muted)
        most = self.look.lengths.most_dates
        for when, label in ticks(self.days.first, self.days.last, most, self.words):
            x = self.days.x(when)
            sheet.line([x, x], [bottom, bottom + 5], color=self.palette.muted, linewidth=1)
            for row, text in enumerate(label.split("\n")):
                height = bottom + line_height(self.look) * (row + 0.85)
                sheet.text(x, height, text, "center", self.palette.muted)

    def _flags(self) -> list[Flag]:
        flags = []
        for row in self.changes:
            name = self.words[f"change_{row['change']}"]
            when, until = date.fromisoformat(row["day"]), row["until"]
            x = self.days.x(when)
            says = {"name": name, "day": labels.day(when, self.words)}
            template = "change_says"
            if until:
                until = date.fromisoformat(until)
                says["until"] = labels.day(until, self.words)
                template = "change_says_until"
            ends = self.days.x(until) if until else x
            flags.append(Flag(x, ends, name, self.words[template] % says))
        return flags

    def _show_changes(
        self, sheet: Sheet, axes: Axes, flags: Sequence[Flag], top: float, bottom: float
    ) -> None:
        line, muted = line_height(self.look), self.palette.muted
        for flag in flags:
            if flag.row is None:
                foot = top - line * 0.35
            else:
                middle = top - line * (flag.row + 0.9)
                foot = middle + line * 0.45
                gap = -GAP if flag.align == "right" else GAP
                sheet.text(flag.x + gap, middle, flag.name, flag.align, self.palette.ink)
                sheet.line([flag.x, flag.x], [middle - line * 0.4, foot], color=muted, linewidth=1)
            sheet.line([flag.x, flag.x], [foot, bottom], color=muted, linewidth=1, dashes=(3, 3))
            if flag.until > flag.x:
                sheet.line([flag.x, flag.until], [foot, foot], color=muted, linewidth=3)
        style = {**marker("v", self.palette.ink, True), "markersize": 7}
        across = axes.get_xaxis_transform()
        start, end = self.days.limits
        width = self.days.right - self.days.left
        x = [start + (flag.x - self.days.left) / width * (end - start) for flag in flags]
        axes.add_line(
            Points("changes", x, [1] * len(x), [flag.says for flag in flags], style, across)
        )

    def _show_median(self, axes: Axes) -> None:
        """A line and a band over all days; where there is a trend, only beside the last day."""
        if not self.median:
            return
        start, end = self.days.limits
        if not self.settled:
            a_pixel = (end - start) / (self.days.right - self.days.left)
            start, end = end + 4 * a_pixel, end + NOW_ROOM * a_pixel
        style: dict[str, Any] = {"color": self.palette.pain, "clip_on": False}
        if None not in (self.median["low_m"], self.median["high_m"]):
            low, high = self._amount(self.median["low_m"]), self._amount(self.median["high_m"])
            axes.fill_between([start, end], low, high, alpha=BAND, linewidth=0, **style)
        axes.hlines([self._amount(self.median["distance_m"])], start, end, linewidth=2, **style)

    def _amount(self, length_m: float) -> float:
        """A distance on the axis: in its unit, and no further than it reaches."""
        return min(in_unit(length_m, self.look.unit), self.top)

    def _show_walks(self, axes: Axes) -> None:
        kinds = {"pain": self.pains, "pain_free": self.free, "beyond": self.beyond}
        for kind, of_kind in kinds.items():
            x = [date.fromisoformat(row["day"]).toordinal() for row in of_kind]
            y = [self._amount(row["distance_m"]) for row in of_kind]
            says = [self._says(row) for row in of_kind]
            axes.add_line(Points(kind, x, y, says, self._styles()[kind]))

    def _says(self, row: Row) -> str:
        return self.words[f"onset_{row['kind']}_says"] % {
            "day": labels.day(date.fromisoformat(row["day"]), self.words),
            "distance": self._distance(row["distance_m"]),
        }
