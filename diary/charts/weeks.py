"""How much was walked, and how much did it hurt, week by week?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from diary.analytics.columns import DiaryFrames
from diary.analytics.weeks import span_days
from diary.charts import labels
from diary.charts.dates import Days
from diary.charts.labels import Words
from diary.charts.look import Look, Unit
from diary.charts.sheet import (
    EDGE,
    LABEL_GAP,
    Entry,
    Points,
    Shapes,
    Sheet,
    Style,
    flowed,
    from_zero,
    line_height,
    marker,
    text_width,
    words_alone,
)
from diary.charts.table import Row, weeks_rows
from diary.charts.timeline import Timeline
from diary.units import in_unit

NAME = "weeks"
# A week comes to kilometres or miles, whatever single walks are told in.
LONG: Mapping[str, Unit] = {"m": "km", "km": "km", "yd": "mi", "mi": "mi"}
SCORES = [(float(score), str(score)) for score in (0, 2, 4, 6, 8, 10)]
PLOT = 0.5  # of a plot's height, for each of the two
UNSCORED = 22  # pixels below the scores for pains without one
SHORTEST = 1.0  # of the long unit
# The numbers of walks stand below their bars, where no line comes: in turn in so many rows, so that
# each has its width and this many pixels.
MOST_COUNT_ROWS, COUNT_GAP = 2, 4


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """Walking above pain, on the same days; where there is no walk, words that say so."""
    drawn = weeks_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_weeks"], look)
    return _Drawing(drawn, date.fromisoformat(assessment["as_of"]), look, words).figure()


class _Drawing:
    """Two plots of the same weeks: what was walked, and below it the worst pain of each walk."""

    def __init__(self, drawn: Sequence[Row], as_of: date, look: Look, words: Words):
        self.look, self.words, self.palette = (
            replace(look, unit=LONG[look.unit]),
            words,
            look.palette,
        )
        self.weeks = [row for row in drawn if row["kind"] == "week"]
        self.walks = [row for row in drawn if row["kind"] in ("scored", "free", "unscored")]
        longest = max(row["measured_m"] + row["estimated_m"] for row in self.weeks)
        reach = max(in_unit(longest, self.look.unit), SHORTEST)
        self.ticks = from_zero(reach, words)
        widest = max(text_width(label, look.lengths.text) for _, label in [*self.ticks, *SCORES])
        first = date.fromisoformat(self.weeks[0]["first"])
        right = look.lengths.width - EDGE
        self.days = Days(first, as_of, widest + LABEL_GAP, right)
        changes = [row for row in drawn if row["kind"] == "change"]
        self.time = Timeline(self.days, changes, look, words)
        self.count_rows = self._count_rows()

    def _count_rows(self) -> int:
        """In how many rows no number of walks touches another; 0 where it takes too many."""
        size = self.look.lengths.text
        widest = max(text_width(str(row["walks"]), size) for row in self.weeks)
        middles = [self._middle(row) for row in self.weeks]
        for rows in range(1, MOST_COUNT_ROWS + 1):
            beside = zip(middles, middles[rows:], strict=False)
            if all(right - left >= widest + COUNT_GAP for left, right in beside):
                return rows
        return 0

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        walked, pains = flowed(self._walked_legend(), look), flowed(self._pain_legend(), look)
        plot = look.lengths.plot_height * PLOT
        top = line * len(walked) + self.time.height
        middle = top + plot
        counts = middle + line * self.count_rows
        begins = counts + line * (len(pains) + 1.4)
        ends = begins + plot
        unscored = any(row["kind"] == "unscored" for row in self.walks)
        bottom = ends + (UNSCORED if unscored else 0)
        sheet = Sheet(NAME, look, bottom + self.time.below)
        sheet.legend(walked, 0)
        sheet.legend(pains, counts + line * 0.7)
        axes = self._axes(sheet, self.ticks, top, middle)
        self.time.show_changes(sheet, axes, top, middle)
        self._show_weeks(sheet, axes, middle)
        axes = self._axes(sheet, SCORES, begins, ends)
        for flag in self.time.flags:
            self.time.show_line(sheet, flag, begins, ends)
        self._show_walks(axes, plot)
        self.time.show_below(sheet, bottom)
        return sheet.figure

    def _axes(
        self, sheet: Sheet, ticks: Sequence[tuple[float, str]], top: float, bottom: float
    ) -> Axes:
        axes = sheet.axes(self.days.left, top, self.days.right, bottom)
        axes.set_xlim(*self.days.limits)
        axes.set_ylim(0, ticks[-1][0])
        sheet.heights(axes, ticks, self.days.left, top, bottom)
        return axes

    def _styles(self) -> dict[str, Style]:
        crowded = len(self.walks) > self.look.lengths.crowd
        return {
            "scored": marker("o", self.palette.pain, True, crowded),
            "free": marker("o", self.palette.accent, False, crowded),
            "unscored": marker("x", self.palette.pain, False, crowded),
        }

    def _walked_legend(self) -> list[Entry]:
        days = span_days(self.weeks[0])
        entries = [Entry(self.words[f"weeks_axis_{days}_{self.look.unit}"])]
        for name, filled in (("measured", True), ("estimated", False)):
            if any(row[f"{name}_m"] for row in self.weeks):
                style = marker("s", self.palette.accent, filled)
                entries.append(Entry(self.words[f"weeks_{name}"], style))
        entries.append(Entry(self._counts(days)))
        without = sum(row["unmeasured"] for row in self.weeks)
        if without:
            entries.append(Entry(self.words["weeks_without"] % {"n": without}))
        return entries

    def _counts(self, days: int) -> str:
        """What the numbers below the bars are; where there is no room for them, their range."""
        if self.count_rows:
            return self.words["weeks_counts"]
        walks = [row["walks"] for row in self.weeks if row["entries"]]
        return self.words[f"weeks_range_{days}"] % {"least": min(walks), "most": max(walks)}

    def _pain_legend(self) -> list[Entry]:
        kinds = [row["kind"] for row in self.walks]
        entries = [Entry(self.words["weeks_pain_axis"])] + [
            Entry(self.words[f"weeks_{kind}"] % {"n": kinds.count(kind)}, style)
            for kind, style in self._styles().items()
            if kind != "unscored" or kind in kinds
        ]
        unknown = sum(row["not_recorded"] for row in self.weeks)
        if unknown:
            entries.append(Entry(self.words["weeks_not_recorded"] % {"n": unknown}))
        return entries

    def _show_weeks(self, sheet: Sheet, axes: Axes, bottom: float) -> None:
        """A bar a week, the estimated part open on top; a week without entries is marked so."""
        filled, opened = [], []
        for nth, row in enumerate(self.weeks):
            said = self._week_says(row)
            measured, estimated = (
                in_unit(row[f"{name}_m"], self.look.unit) for name in ("measured", "estimated")
            )
            if measured:
                filled.append((self._bar(row, 0, measured), said))
            if estimated:
                opened.append((self._bar(row, measured, estimated), said))
            if not row["entries"]:
                self._show_gap(sheet, row, bottom)
            elif self.count_rows:
                height = bottom + line_height(self.look) * (nth % self.count_rows + 0.55)
                sheet.text(self._middle(row), height, str(row["walks"]), "center")
        colour = self.palette.accent
        for name, bars, face in (("measured", filled, colour), ("estimated", opened, "none")):
            if bars:
                paths, says = zip(*bars, strict=True)
                style = {"facecolors": face, "edgecolors": colour, "linewidths": 1.5, "zorder": 2}
                axes.add_collection(Shapes(name, paths, says, **style), autolim=False)

    def _across(self, row: Row) -> tuple[float, float]:
        """From where to where the bar of a week goes, in days, no further than the axis."""
        first, last = (date.fromisoformat(row[name]).toordinal() for name in ("first", "last"))
        start, end = self.days.limits
        days = last - first + 1
        left = max(first - 0.5 + 0.12 * days, start)
        right = min(last + 0.5 - 0.12 * days, end)
        return left, max(right, left + 0.2)

    def _bar(self, row: Row, bottom: float, height: float) -> Path:
        left, right = self._across(row)
        corners = [(left, bottom), (left, bottom + height), (right, bottom + height),
                   (right, bottom), (left, bottom)]  # fmt: skip
        return Path(corners, closed=True)

    def _middle(self, row: Row) -> float:
        """The middle of a week's bar, in pixels."""
        start, end = self.days.limits
        along = (sum(self._across(row)) / 2 - start) / (end - start)
        return self.days.left + along * (self.days.right - self.days.left)

    def _show_gap(self, sheet: Sheet, row: Row, bottom: float) -> None:
        """A dotted line where nothing was recorded: no bar of no height."""
        first, last = (date.fromisoformat(row[name]) for name in ("first", "last"))
        x = [self.days.x(first), self.days.x(last + timedelta(days=1))]
        style = {"color": self.palette.muted, "linewidth": 2, "dashes": (1, 3)}
        sheet.line(x, [bottom - 8, bottom - 8], **style)

    def _week_says(self, row: Row) -> str:
        first, last = (
            labels.day(date.fromisoformat(row[name]), self.words) for name in ("first", "last")
        )
        walked_m = row["measured_m"] + row["estimated_m"]
        said = self.words["weeks_says"] % {
            "first": first,
            "last": last,
            "walks": row["walks"],
            "distance": labels.distance(walked_m, self.look.unit, self.words),
            "pain": row["with_pain"],
        }
        if row["worst"] is not None:
            said = self.words["weeks_worst"] % {"says": said, "worst": f"{row['worst']:g}"}
        if row["unmeasured"]:
            said = self.words["weeks_unmeasured"] % {"says": said, "n": row["unmeasured"]}
        return said

    def _show_walks(self, axes: Axes, plot: float) -> None:
        below = -(UNSCORED - 6) / plot * SCORES[-1][0]
        for kind, style in self._styles().items():
            rows = [row for row in self.walks if row["kind"] == kind]
            x = [date.fromisoformat(row["day"]).toordinal() for row in rows]
            heights = {"free": 0.0, "unscored": below}
            y = [float(heights.get(kind, row["score"] or 0)) for row in rows]
            axes.add_line(Points(kind, x, y, [self._walk_says(row) for row in rows], style))

    def _walk_says(self, row: Row) -> str:
        score = "" if row["score"] is None else f"{row['score']:g}"
        day = labels.day(date.fromisoformat(row["day"]), self.words)
        return self.words[f"weeks_{row['kind']}_says"] % {"day": day, "score": score}
