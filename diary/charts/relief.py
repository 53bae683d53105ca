"""How long did the pain take to go after stopping, posture by posture?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import ceil
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.charts import labels
from diary.charts.apart import CROWDED_STEP, STEP, lane_height, seats
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import (
    EDGE,
    Entry,
    Points,
    Sheet,
    Style,
    flowed,
    from_zero,
    line_height,
    marker,
    words_alone,
)
from diary.charts.table import Row, relief_rows

NAME = "relief"
# Every published definition of claudication asks for relief within ten minutes (Rose, Edinburgh).
WITHIN_MIN = 10.0
# The axis always shows the ten minutes. Reliefs beyond its furthest end stand at the edge as
# triangles: compartment syndrome, the slowest of the exertional pains, settles within 30 minutes.
SHORTEST_MIN, LONGEST_MIN = 12.0, 30.0
STEPS = (1, 2, 5, 10)
LANE_GAP = 6  # pixels above the name of a posture
# Pixels at the right end for rests after which the pain was still there, in columns of so many or
# more.
ASIDE, COLUMN = 70, 5


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """The chart, minutes from zero to the right; where no rest was recorded, words that say so."""
    drawn = relief_rows(assessment, frames)
    if not drawn:
        return words_alone(NAME, words["no_rests"], look)
    return _Drawing(drawn, look, words).figure()


class _Drawing:
    """One drawing of the rows: a lane for each posture, minutes from left to right."""

    def __init__(self, drawn: Sequence[Row], look: Look, words: Words):
        self.look, self.words, self.palette = look, words, look.palette
        self.rests = [row for row in drawn if row["kind"] != "median"]
        self.medians = {
            row["posture"]: row["relief_s"] / 60 for row in drawn if row["kind"] == "median"
        }
        self.lanes = list(dict.fromkeys(row["posture"] for row in self.rests))
        timed = [row["relief_s"] / 60 for row in self.rests if row["relief_s"] is not None]
        reach = min(max([SHORTEST_MIN, *timed, *self.medians.values()]), LONGEST_MIN)
        self.ticks = from_zero(reach, words, STEPS)
        self.end = self.ticks[-1][0]
        self.labels = {posture: flowed(self._label(posture), look, EDGE) for posture in self.lanes}
        self.crowded = len(self.rests) > look.lengths.crowd
        self.step = CROWDED_STEP if self.crowded else STEP
        self.shown = {
            posture: [row for row in self.rests if row["posture"] == posture and not _untimed(row)]
            for posture in self.lanes
        }
        self.along = {posture: self._along(rows) for posture, rows in self.shown.items()}
        most = look.lengths.seats
        self.seats = {
            posture: seats(along, self.step, most) for posture, along in self.along.items()
        }

    def _label(self, posture: str | None) -> list[Entry]:
        """What stands above a lane: the posture, its n, how many have no time, the median."""
        of_lane = [row for row in self.rests if row["posture"] == posture]
        untimed = sum(_untimed(row) for row in of_lane)
        name = self.words[f"posture_{posture or 'not_recorded'}"]
        entries = [Entry(self.words["relief_lane"] % {"posture": name, "n": len(of_lane)})]
        if posture in self.medians:
            median = labels.minutes(self.medians[posture] * 60, self.words)
            style = {"color": self.palette.ink, "linewidth": 3, "linestyle": "-"}
            entries.append(Entry(self.words["relief_median"] % {"minutes": median}, style))
        if untimed:
            entries.append(Entry(self.words["relief_untimed"] % {"n": untimed}))
        return entries

    def figure(self) -> Figure:
        look, line = self.look, line_height(self.look)
        legend = flowed(self._legend(), look)
        top = line * (len(legend) + 0.4)
        bottom = top + sum(self._lane_height(posture) for posture in self.lanes)
        sheet = Sheet(NAME, look, bottom + line * 1.4)
        sheet.legend(legend, 0)
        axes = sheet.axes(EDGE, top, self._x(self.end), bottom)
        axes.set_xlim(0, self.end)
        axes.set_ylim(bottom, top)  # heights are pixels of the sheet
        self._scale(sheet, bottom)
        self._show_within(sheet, top + self._above(self.lanes[0]))
        middles: dict[str | None, float] = {}
        for posture in self.lanes:
            sheet.legend(self.labels[posture], top + LANE_GAP, EDGE)
            top += self._lane_height(posture)
            self._show_lane(axes, posture, top)
            middles[posture] = top - self._points_height(posture) / 2
        self._show_rests(axes, middles)
        return sheet.figure

    def _lane_height(self, posture: str | None) -> float:
        return self._above(posture) + self._points_height(posture)

    def _above(self, posture: str | None) -> float:
        """What a lane needs above its points: its name, and the first the label of ten minutes."""
        lines = len(self.labels[posture]) + (posture == self.lanes[0])
        return LANE_GAP + line_height(self.look) * lines

    def _points_height(self, posture: str | None) -> float:
        return lane_height(self.seats[posture], self.step)

    def _styles(self) -> dict[str, Style]:
        accent = self.palette.accent
        return {
            "gone": marker("o", accent, True, self.crowded),
            "eased": marker("o", accent, False, self.crowded),
            "beyond": marker(">", accent, False, self.crowded),
            "stayed": marker("x", self.palette.pain, False, self.crowded),
        }

    def _kind(self, row: Row) -> str:
        if row["kind"] != "stayed" and row["relief_s"] / 60 > self.end:
            return "beyond"
        return str(row["kind"])

    def _legend(self) -> list[Entry]:
        kinds = [self._kind(row) for rows in self.shown.values() for row in rows]
        return [Entry(self.words["relief_axis"])] + [
            Entry(self.words[f"relief_{kind}"] % {"n": kinds.count(kind)}, style)
            for kind, style in self._styles().items()
            if kind in kinds
        ]

    def _scale(self, sheet: Sheet, bottom: float) -> None:
        for value, label in self.ticks:
            middle = bottom + line_height(self.look) * 0.7
            sheet.text(self._x(value), middle, label, "center", self.palette.muted)

    def _show_within(self, sheet: Sheet, bottom: float) -> None:
        """What the line of ten minutes is, at its upper end."""
        x = self._x(WITHIN_MIN)
        align = "right" if x > sheet.width / 2 else "left"
        sheet.text(x, bottom - line_height(self.look) * 0.5, self.words["relief_within"], align)

    def _x(self, minutes: float) -> float:
        """Minutes in pixels."""
        return EDGE + minutes / self.end * (self.look.lengths.width - 2 * EDGE - ASIDE)

    def _show_lane(self, axes: Axes, posture: str | None, bottom: float) -> None:
        """The lines of one lane; its label stands above them."""
        palette, top = self.palette, bottom - self._points_height(posture)
        grid = [value for value, _ in self.ticks[1:]]
        axes.vlines(grid, top, bottom, colors=palette.grid, linewidth=1, zorder=0)
        axes.vlines([0], top, bottom, colors=palette.muted, linewidth=1, zorder=1)
        axes.vlines([WITHIN_MIN], top, bottom, colors=palette.ink, linewidth=1.2, zorder=1)
        if posture in self.medians:
            x = min(self.medians[posture], self.end)
            axes.vlines([x], top + 1, bottom - 1, colors=palette.ink, linewidth=3, zorder=4)

    def _show_rests(self, axes: Axes, middles: Mapping[str | None, float]) -> None:
        for kind, style in self._styles().items():
            x, y, says = [], [], []
            for posture, rows in self.shown.items():
                seated = zip(rows, self.along[posture], self.seats[posture], strict=True)
                for row, along, down in seated:
                    if self._kind(row) == kind:
                        x.append((along - EDGE) / (self._x(self.end) - EDGE) * self.end)
                        y.append(middles[posture] + down)
                        says.append(self._says(row))
            if says:
                axes.add_line(Points(kind, x, y, says, style))

    def _along(self, rows: Sequence[Row]) -> list[float]:
        """Where each rest of a lane stands, in pixels; pains that stayed stand aside in columns."""
        columns = ASIDE // self.step - 1
        stayed = sum(row["kind"] == "stayed" for row in rows)
        column = max(COLUMN, ceil(stayed / columns))
        along, nth = [], 0
        for row in rows:
            if row["kind"] == "stayed":
                along.append(self._x(self.end) + (nth // column % columns + 1.5) * self.step)
                nth += 1
            else:
                along.append(self._x(min(row["relief_s"] / 60, self.end)))
        return along

    def _says(self, row: Row) -> str:
        says: dict[str, Any] = {
            "day": labels.day(date.fromisoformat(row["day"]), self.words),
            "posture": self.words[f"posture_{row['posture'] or 'not_recorded'}"],
        }
        if row["kind"] != "stayed":
            says["minutes"] = labels.minutes(row["relief_s"], self.words)
        return self.words[f"relief_{row['kind']}_says"] % says


def _untimed(row: Row) -> bool:
    """Whether the pain went or eased, but nobody noted after how long."""
    return row["kind"] != "stayed" and row["relief_s"] is None
