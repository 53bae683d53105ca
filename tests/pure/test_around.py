"""Is the time before a change compared with the time after it, and nothing more?"""

from __future__ import annotations

from typing import Any

from diary.analytics.around import around_changes
from tests.pure.builders import Row, diary, on, painful, walk

EIGHT = [260, 280, 290, 300, 300, 310, 330, 350]


def change(day: int, kind: str = "physiotherapy") -> Row:
    return {"date": on(day).isoformat(), "kind": kind}


def around(walks: list[Row], *changes: Row, as_of: int = 200) -> list[dict[str, Any]]:
    return around_changes(diary(walks, changes=changes), on(as_of))


def pains(first: int, *metres: float) -> list[Row]:
    return [painful(far, first + day, distance_source="gps") for day, far in enumerate(metres)]


def test_the_onset_doubles_and_is_told_with_its_numbers() -> None:
    walks = [*pains(0, *EIGHT), *pains(20, *(2 * far for far in EIGHT))]
    (row,) = around(walks, change(20))
    assert (row["kind"], row["date"]) == ("physiotherapy", on(20))
    assert (row["before"]["onsets"], row["after"]["onsets"]) == (8, 8)
    assert 290 < row["before"]["median_m"] < 315
    assert 580 < row["after"]["median_m"] < 630
    for side in ("before", "after"):
        assert row[side]["low_m"] < row[side]["median_m"] < row[side]["high_m"]


def test_the_day_itself_is_after_and_days_beyond_sixty_do_not_count() -> None:
    walks = [*pains(0, *EIGHT), *pains(100, *EIGHT), *pains(200, *EIGHT)]
    (row,) = around(walks, change(100))
    assert (row["before"]["walks"], row["after"]["walks"]) == (0, 8)
    assert row["before"]["median_m"] is None


def test_pain_free_walks_are_censored_on_either_side() -> None:
    walks = [*pains(0, *EIGHT), *pains(20, *EIGHT)]
    free = [walk(30 + day, 900, [], distance_source="gps") for day in range(4)]
    (without,) = around(walks, change(20))
    (with_them,) = around([*walks, *free], change(20))
    assert with_them["after"]["walks"] == 12
    assert with_them["after"]["median_m"] > without["after"]["median_m"]
    assert with_them["before"] == without["before"]


def test_four_onsets_are_not_enough_on_a_side() -> None:
    (row,) = around([*pains(0, *EIGHT[:4]), *pains(20, *EIGHT)], change(20))
    assert (row["before"]["onsets"], row["before"]["median_m"]) == (4, None)
    assert row["after"]["median_m"] is not None


def test_a_diary_without_changes_or_without_walks_has_nothing_to_compare() -> None:
    assert around(pains(0, *EIGHT)) == []
    (row,) = around([], change(3))
    nothing = {"walks": 0, "onsets": 0, "median_m": None, "low_m": None, "high_m": None}
    assert row["before"] == row["after"] == nothing


def test_of_a_hundred_changes_the_latest_are_told() -> None:
    rows = around(pains(0, *EIGHT), *(change(day) for day in range(100)))
    assert [row["date"] for row in rows] == [on(day) for day in range(88, 100)]
