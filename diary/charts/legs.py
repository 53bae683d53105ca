"""After how far did each leg hurt, left against right?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.charts.labels import Words
from diary.charts.lanes import Lane, Lanes, label
from diary.charts.look import Look
from diary.charts.sheet import Entry, words_alone
from diary.charts.table import SIDES, Row, legs_rows

NAME = "legs"
# Left and right always stand there, also where nothing was recorded of one of them.
ALWAYS = ("left", "right")


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """A lane for each leg; where no walk tells of pain, words that say so."""
    drawn = legs_rows(assessment, frames)
    if not any(row["distance_m"] is not None for row in drawn):
        return words_alone(NAME, words["no_entries"], look)
    lanes = []
    for side in (*SIDES, "pain_free"):
        rows = [row for row in drawn if row["lane"] == side]
        if rows or side in ALWAYS:
            name = words[f"legs_{side}"]
            known = [row for row in rows if row["distance_m"] is not None]
            above = label(name, rows, words) if rows else _none(name, drawn, words)
            lanes.append(Lane(above, known, name))
    return Lanes(NAME, lanes, look, words).figure()


def _none(name: str, drawn: Sequence[Row], words: Words) -> list[Entry]:
    """What stands above a leg of which no pain was recorded, or none of that leg alone."""
    alone = any(row["lane"] in ("both", "not_recorded") for row in drawn)
    return [Entry(words["legs_none_alone" if alone else "legs_none"] % {"leg": name})]
