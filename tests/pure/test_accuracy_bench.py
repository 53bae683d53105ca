"""Does the benchmark's simulator repeat itself, and write what a diary may hold?"""

from __future__ import annotations

import pytest

from benchmarks.accuracy.diaries import diary
from diary.rules import document_checked


@pytest.mark.parametrize("size", [8, 20])
@pytest.mark.parametrize("seed", range(500_000, 500_012))
def test_a_simulated_diary_is_read_like_any_other_and_is_the_same_each_time(
    seed: int, size: int
) -> None:
    document, truth = diary(seed, size)
    assert diary(seed, size) == (document, truth)
    assert len(document_checked(document)["walks"]) == size
    assert (truth.seed, truth.size) == (seed, size)
