"""Does pain count as come back only where walking went on and it did?"""

from __future__ import annotations

from typing import Any

import pytest

from diary.analytics.recurrence import recurrence
from tests.pure.builders import Row, diary, episode, walk

ON, OVER, UNTOLD = episode(resumed=True), episode(resumed=False), episode(site="calf")


@pytest.mark.parametrize(
    ("walks", "resumed", "returned"),
    [
        ([], 0, 0),
        ([[]], 0, 0),
        ([[UNTOLD, UNTOLD]], 0, 0),
        ([[OVER]], 0, 0),
        ([[ON]], 1, 0),
        ([[ON, OVER]], 1, 1),
        ([[ON, ON, ON]], 3, 2),
        ([[OVER, ON, UNTOLD]], 1, 1),
        ([[ON], [UNTOLD]], 1, 0),  # the next walk is another walk
        ([[ON, UNTOLD], [ON], [UNTOLD, ON]], 3, 1),
    ],
)
def test_pain_comes_back_on_the_same_walk_or_not_at_all(
    walks: list[list[Row]], resumed: int, returned: int
) -> None:
    found: dict[str, Any] = recurrence(diary([walk(d, pain=p) for d, p in enumerate(walks)]))
    assert found == {"resumed": resumed, "returned": returned}
