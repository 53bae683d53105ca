"""How do walks stand along a distance: with pain or without, measured or estimated?

Filled: pain came there. Open: no pain, at the walk's full length. Round: the distance was
measured. Diamond: it was estimated. So neither is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from diary.charts import labels
from diary.charts.labels import Words
from diary.charts.look import Look
from diary.charts.sheet import Entry, Style, from_zero, marker
from diary.units import in_unit, metres

Row = dict[str, Any]
# The shortest distance axis, in metres: a chart of pains from the first step still has room beyond.
SHORTEST_M = 100.0
# A pain-free walk says only 'not before its end'. One that is this many times longer than anything
# else the chart is about stands at the far edge, as a triangle, so that it does not flatten the
# rest.
FURTHEST = 2.0
ROUND, DIAMOND = "o", "D"


@dataclass(frozen=True)
class Group:
    """The walks that share a marker: their name in the picture, their rows, how they are drawn."""

    name: str
    rows: list[Row]
    style: Style


class Marks:
    """The walks of a chart, and the distance axis that they need.

    `rows` have a `kind`, 'pain' or 'pain_free', a `day`, a `distance_m` and `measured`; `about_m`
    is what else the chart shows. A walk beyond the axis points to it with a triangle of this shape.
    """

    def __init__(
        self, rows: Sequence[Row], look: Look, words: Words, edge: str, about_m: float = 0.0
    ):
        self.look, self.words, self.edge = look, words, edge
        self.crowded = len(rows) > look.lengths.crowd
        self.pains = [row for row in rows if row["kind"] == "pain"]
        free = [row for row in rows if row["kind"] == "pain_free"]
        self.ticks = from_zero(in_unit(self._reach_m(free, about_m), look.unit), words)
        self.end: float = self.ticks[-1][0]
        end_m = metres(self.end, look.unit)
        self.beyond = [row for row in free if row["distance_m"] > end_m]
        self.free = [row for row in free if row["distance_m"] <= end_m]

    def _reach_m(self, free: Sequence[Row], about_m: float) -> float:
        """How far the axis reaches: every pain, and the pain-free walks not far beyond them."""
        about = max([about_m, *(row["distance_m"] for row in self.pains)])
        walked = max((row["distance_m"] for row in free), default=0.0)
        return max(min(walked, FURTHEST * about) if about else walked, about, SHORTEST_M)

    def amount(self, length_m: float) -> float:
        """A distance on the axis: in its unit, and no further than it reaches."""
        return min(in_unit(length_m, self.look.unit), self.end)

    def distance(self, length_m: float) -> str:
        return labels.distance(length_m, self.look.unit, self.words)

    def groups(self) -> Iterator[Group]:
        """Every sort of walk with its marker, also those that the chart has none of."""
        pain, accent = self.look.palette.pain, self.look.palette.accent
        for name, rows, colour in (("pain", self.pains, pain), ("pain_free", self.free, accent)):
            for ending, shape, measured in (("", ROUND, True), ("_estimated", DIAMOND, False)):
                chosen = [row for row in rows if row["measured"] == measured]
                style = self._marker(shape, colour, filled=name == "pain")
                yield Group(f"{name}{ending}", chosen, style)
        yield Group("beyond", self.beyond, self._marker(self.edge, accent, filled=False))

    def _marker(self, shape: str, colour: str, filled: bool) -> dict[str, Any]:
        style = marker(shape, colour, filled, self.crowded)
        return {**style, "markersize": style["markersize"] - 1.5} if shape == DIAMOND else style

    def legend(self) -> list[Entry]:
        """The axis, each sort of walk with its n, and how many distances are known in which way."""
        palette, rows = self.look.palette, [*self.pains, *self.free, *self.beyond]
        kinds = {
            "pain": (self.pains, marker(ROUND, palette.pain, True, self.crowded)),
            "pain_free": (self.free, marker(ROUND, palette.accent, False, self.crowded)),
            "beyond": (self.beyond, marker(self.edge, palette.accent, False, self.crowded)),
        }
        entries = [
            Entry(self.words[kind] % {"n": len(of_kind)}, style)
            for kind, (of_kind, style) in kinds.items()
            if of_kind or kind != "beyond"
        ]
        for name, shape, measured in (("measured", ROUND, True), ("estimated", DIAMOND, False)):
            known = sum(row["measured"] == measured for row in rows)
            if known:
                style = self._marker(shape, palette.muted, filled=False)
                entries.append(Entry(self.words[name] % {"n": known}, style))
        return entries

    def says(self, row: Row, template: str = "", **named: str) -> str:
        """What a walk says when it is pointed at; an estimated distance says so."""
        said = self.words[f"{template}{row['kind']}_says"] % {
            "day": labels.day(date.fromisoformat(row["day"]), self.words),
            "distance": self.distance(row["distance_m"]),
            **named,
        }
        return said if row["measured"] else self.words["says_estimated"] % {"says": said}
