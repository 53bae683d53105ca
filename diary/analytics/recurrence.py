"""When walking went on after a rest, did the pain come back?"""

from __future__ import annotations

from diary.analytics.columns import DiaryFrames


def recurrence(frames: DiaryFrames) -> dict[str, int]:
    """The assessment's `recurrence`: recorded rests walked on from, and those pain came back after.

    Pain came back where a later episode of the same walk follows. An empty diary gives zeros.
    """
    episodes = frames.episodes
    resumed = episodes["resumed"].fillna(False).to_numpy(bool)
    last = episodes.groupby("walk")["position"].transform("max")
    followed = (episodes["position"] < last).to_numpy(bool)
    return {"resumed": int(resumed.sum()), "returned": int((resumed & followed).sum())}
