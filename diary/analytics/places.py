"""Where does it hurt, on which side, and how often?

Left, right, both and not recorded are four answers: none is added to another.
"""

from __future__ import annotations

from typing import Any

from diary.analytics.columns import DiaryFrames
from diary.analytics.recorded import worst
from diary.answers import SITES

SIDES = ("left", "right", "both", "not_recorded")


def places(frames: DiaryFrames) -> dict[str, Any]:
    """How many pains there are (`of`), how many name their place (`told`), and the places.

    Of each place that was named, by how often: `site`, `n` by side, and the `worst` score by side,
    None where no pain there has one. Where a pain spread to is not counted.
    """
    pains = frames.episodes
    named = pains[pains["site"].notna().to_numpy(bool)]
    side = named["side"].fillna("not_recorded")
    found: list[dict[str, Any]] = []
    for site in SITES:
        here = (named["site"] == site).to_numpy(bool)
        if here.any():
            sides = {each: here & (side == each).to_numpy(bool) for each in SIDES}
            scores = named["intensity"].to_numpy(float)
            found.append({
                "site": site,
                "n": {each: int(chosen.sum()) for each, chosen in sides.items()},
                "worst": {each: worst(scores[chosen]) for each, chosen in sides.items()},
            })  # fmt: skip
    found.sort(key=lambda place: -sum(place["n"].values()))
    return {"of": len(pains), "told": len(named), "places": found}
