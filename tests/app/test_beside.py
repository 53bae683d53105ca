"""Do the sentences beside the charts say what was recorded, and never more comfort than that?"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from diary.analytics.assess import assess
from diary.analytics.charted import beside as counted
from diary.wording import beside
from tests.pure.builders import diary, episode, on, painful, walk


def told(frames, name: str, first=None, last=None) -> str:
    """What stands beside one chart of a diary."""
    counts = counted(frames, first and first.isoformat(), last or frames.last_day)
    return " ".join(beside.told(counts, [], [])[name])


def hurting(*sides: str | None):
    """A walk for each side, with a pain of that side; None where none was named."""
    return diary([walk(n, 900, [episode(side=s) if s else episode()]) for n, s in enumerate(sides)])


def test_a_leg_without_pain_is_told_so_where_every_pain_has_its_leg():
    said = told(hurting("left", "left"), "legs")
    assert "Left leg: pain on 2 walks." in said
    assert "Right leg: no pain was recorded on a walk." in said


@pytest.mark.parametrize(
    ("sides", "other"),
    [(("both",), "Both legs at once: pain on 1 walk."), ((None,), "Leg not recorded: pain on 1")],
)
def test_a_leg_is_not_called_free_of_pain_where_both_or_an_unnamed_one_hurt(sides, other):
    said = told(hurting(*sides), "legs")
    for leg in ("Left", "Right"):
        assert f"{leg} leg: on no walk was pain recorded of it alone." in said
    assert other in said
    assert "no pain was recorded" not in said
    assert ("may have been in either" in said) == (sides == (None,))


def test_a_leg_is_told_with_its_worst_score_where_it_has_one():
    frames = diary([walk(0, 900, [episode(side="left", intensity=7)]), walk(1)])
    assert "Left leg: pain on 1 walk, at worst 7 of 10." in told(frames, "legs")


def avoiding():
    """Four painful weeks of walks, then four without pain and a quarter as long."""
    rows = [painful(200, day, 1000, distance_source="gps") for day in range(28)]
    return diary([*rows, *(walk(day, 250, distance_source="gps") for day in range(28, 56))])


@pytest.mark.parametrize("first", [None, on(0)])
def test_less_pain_with_less_walking_names_the_days_that_it_is_about(first):
    said = told(avoiding(), "weeks", first, on(55))
    assert (
        "On your walks from 30 March 2026 to 26 April 2026 you recorded less pain and also" in said
    )
    assert "last four weeks" not in said


def test_of_a_whole_diary_no_week_is_said_to_have_something_left_out():
    frames = diary([walk(2), walk(9)])
    assert "not shown here" not in told(frames, "weeks")
    assert "not shown here" in told(frames, "weeks", on(2), on(8))


def test_a_week_of_runs_is_not_told_as_one_without_an_entry():
    frames = diary([walk(0), walk(8, 3000, activity="run"), walk(15)])
    assert "3 weeks: 2 with a walk, 0 without any entry." in told(frames, "weeks")


def test_every_sentence_beside_a_chart_ends_with_one_stop():
    diaries = [diary(), hurting("left", "both", None), avoiding()]
    for frames in diaries:
        last = frames.last_day or on(0)
        counts, assessment = counted(frames, None, last), assess(frames, last)
        for sentences in beside.of_days(counts, assessment, "metric").values():
            assert all(re.search(r"[^.]\.$", each) for each in sentences), sentences
            assert ".." not in " ".join(sentences)


def test_days_without_an_entry_have_no_walk_and_no_pain_to_tell_of():
    frames = avoiding().between(on(60), on(60) + timedelta(days=7))
    counts = counted(frames, None, on(67))
    said = beside.told(counts, [], [])
    assert said["weeks"] == said["legs"] == ["No walks were recorded."]
    assert said["body"] == ["No pain was recorded."]


def onset_of(*walks) -> str:
    frames = diary(walks)
    assessment = assess(frames, frames.last_day)
    return " ".join(
        beside.of_days(counted(frames, None, frames.last_day), assessment, "metric")["onset"]
    )


def test_walks_without_pain_alone_did_not_reach_a_distance():
    said = onset_of(walk(0), walk(1), walk(2, 600, None))
    assert said == "2 walks without pain were recorded: the distance before pain was not reached."


def test_pain_at_no_known_distance_is_told_beside_the_walks_without_pain():
    said = onset_of(walk(0), walk(1), walk(2, 600, [episode(site="calf")]))
    assert said == (
        "Not enough yet to say after how far the pain comes. On 1 walk it hurt, and after how far "
        "was not recorded."
    )


def test_pain_at_no_known_distance_is_told_beside_a_middle_too():
    hurt = [painful(300, day) for day in range(9)]
    said = onset_of(*hurt, walk(9, 900, [episode()]), walk(10, 900, [episode()]))
    assert "9 walks on which it came" in said
    assert "On 2 walks it hurt, and after how far was not recorded." in said
