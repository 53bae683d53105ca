"""After how far does the pain come in each leg, at each pace, and on each ground?

Each walk is told as it was recorded: nothing is averaged, and what was not said is a sort of its
own.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from diary.analytics import ways
from diary.analytics.columns import DiaryFrames
from diary.analytics.onset import first_onsets, on_foot
from diary.analytics.recorded import is_measured


def legs(frames: DiaryFrames) -> pd.DataFrame:
    """The first pain of each leg on each walk, and the walks without pain.

    Columns: `walk_id`, `day`, `side` (None for a walk without pain), `distance_m`, NaN where not
    recorded, `measured`, and the `worst` score of that leg on that walk, NaN where it has none.
    """
    walks, chosen = frames.walks, on_foot(frames)
    pains = frames.episodes.assign(side=frames.episodes["side"].fillna("not_recorded"))
    pains = pains[chosen[pains["walk"].to_numpy()]]
    by_leg = pains.groupby(["walk", "side"], sort=True)
    hurt = by_leg.agg(distance_m=("onset_distance_m", "min"), worst=("intensity", "max"))
    free = chosen & walks["pain_recorded"].to_numpy(bool) & (walks["episodes"] == 0).to_numpy(bool)
    rows = pd.concat([
        hurt.reset_index(),
        pd.DataFrame({
            "walk": np.flatnonzero(free),
            "side": None,
            "distance_m": walks["distance_m"].to_numpy(float)[free],
            "worst": np.nan,
        }),
    ], ignore_index=True)  # fmt: skip
    return _of_walks(rows.sort_values("walk", kind="stable"), frames)


def paces(frames: DiaryFrames) -> pd.DataFrame:
    """Each walk on foot whose pain was recorded: its `pace`, its `ground`, and how far it went.

    Columns besides: `walk_id`, `day`, `pain_free`, `distance_m` to the first pain, or of the whole
    walk without one, NaN where not recorded, and `measured`.
    """
    found = first_onsets(frames)
    rows = frames.walks.iloc[found["walk"]]
    walked = found["walked_m"].to_numpy(float)
    pace = ways.paces(rows["pace"].to_numpy(), walked / found["moving_s"].to_numpy(float))
    ground = ways.grounds(rows["terrain"].to_numpy(), rows["ascent_m"].to_numpy(float), walked)
    painful = found["painful"].to_numpy(bool)
    return _of_walks(
        pd.DataFrame({
            "walk": found["walk"],
            "pace": pace,
            "ground": ground,
            "pain_free": ~painful,
            "distance_m": np.where(painful, found["onset_m"], walked),
        }),
        frames,
    )  # fmt: skip


def _of_walks(rows: pd.DataFrame, frames: DiaryFrames) -> pd.DataFrame:
    walks = frames.walks.iloc[rows["walk"]]
    return rows.assign(
        walk_id=walks["id"].to_numpy(),
        day=walks["day"].to_numpy(),
        measured=is_measured(walks["distance_source"]),
    ).reset_index(drop=True)
