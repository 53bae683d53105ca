"""Which parts of the leg hurt, each told for itself?

One leg may have two troubles: what the pains of the calf do says nothing of those of the heel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from diary.analytics.columns import DiaryFrames

PARTS: Mapping[str, tuple[str, ...]] = {
    "calf_or_shin": ("calf", "shin"),
    "buttock_or_thigh": (
        "lower_back", "buttock", "hip", "front_of_thigh", "outer_thigh", "back_of_thigh",
    ),
    "ankle_or_foot": ("ankle", "achilles", "heel", "foot"),
}  # fmt: skip
# A part that hurt on fewer walks is told with the rest (judgement: one or two are a slip).
LEAST_WALKS = 3


def by_part(frames: DiaryFrames) -> dict[str, DiaryFrames]:
    """The diary as each part of the leg would tell it; none unless two parts or more hurt.

    A walk that hurt elsewhere is free of pain for this part; one that hurt in a place that nobody
    named does not tell.
    """
    site = frames.episodes["site"]
    walks = frames.episodes["walk"]
    hurting = [
        part
        for part, sites in PARTS.items()
        if walks[site.isin(sites).to_numpy(bool)].nunique() >= LEAST_WALKS
    ]
    return {part: _of_part(frames, PARTS[part]) for part in hurting} if len(hurting) > 1 else {}


def _of_part(frames: DiaryFrames, sites: tuple[str, ...]) -> DiaryFrames:
    episodes, count = frames.episodes, len(frames.walks)
    told = frames.walks["pain_recorded"].to_numpy(bool, copy=True)
    told[episodes["walk"].to_numpy()[episodes["site"].isna().to_numpy(bool)]] = False
    own = episodes[episodes["site"].isin(sites).to_numpy(bool)].reset_index(drop=True)
    own = own.assign(position=own.groupby("walk").cumcount())
    hurt = np.bincount(own["walk"].to_numpy(), minlength=count)
    return replace(
        frames, walks=frames.walks.assign(pain_recorded=told, episodes=hurt), episodes=own
    )
