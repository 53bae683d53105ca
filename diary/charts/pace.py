"""After how far did the pain come at each pace, and on each slope?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matplotlib.figure import Figure

from diary.analytics.columns import DiaryFrames
from diary.analytics.ways import GROUNDS, PACES
from diary.charts.labels import Words
from diary.charts.lanes import Lane, Lanes, label
from diary.charts.look import Look
from diary.charts.sheet import words_alone
from diary.charts.table import pace_rows

NAME = "pace"
SORTS = {"pace": PACES, "ground": GROUNDS}


def figure(assessment: Mapping[str, Any], frames: DiaryFrames, look: Look, words: Words) -> Figure:
    """A lane for each pace and then for each slope; where no walk tells, words that say so."""
    drawn = pace_rows(assessment, frames)
    if not any(row["distance_m"] is not None for row in drawn):
        return words_alone(NAME, words["no_entries"], look)
    lanes = []
    for kind, sorts in SORTS.items():
        heading = words[f"{kind}_heading"]
        for sort in sorts:
            rows = [row for row in drawn if row[kind] == sort]
            if rows:
                name = words[f"{kind}_{sort}"]
                known = [row for row in rows if row["distance_m"] is not None]
                lanes.append(Lane(label(name, rows, words), known, name, heading))
                heading = ""
    return Lanes(NAME, lanes, look, words).figure()
