"""Do the modules of a walk tell the truth about walks whose every metre and second is known?

They know nothing of a page: they are tried in Chromium, one call for many walks.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from diary import rules
from diary.exchange.places import Point
from diary.exchange.track import recording_of
from diary.polyline import decoded
from diary.questions import questions
from tests.browser.phones import Fix, Phone, Walk

WALKS = 16
STATIC = Path(__file__).resolve().parents[2] / "diary" / "static" / "diary"
GOOD, ORDINARY, POOR = Phone(2, 1, 5), Phone(4, 1.5, 8), Phone(8, 3, 15)


@pytest.fixture(scope="module")
def modules(browser: Browser) -> Iterator[Page]:
    """A page that can import the walk's modules, and has nothing else."""
    page = browser.new_page()
    page.route(
        "http://modules.test/**",
        lambda route: route.fulfill(path=STATIC / route.request.url.split("test/")[1]),
    )
    page.goto("http://modules.test/icon.svg")
    yield page
    page.close()


def random_walk(chance: Random) -> tuple[Walk, int]:
    """800 metres out and back with a rest of three minutes, and the second when pain comes."""
    pace = chance.uniform(0.7, 1.5)
    onset_s = round(300 / pace)
    legs = [(onset_s, pace), (30, pace), (180, 0), ((500 - 30 * pace) / pace, pace)]
    return Walk(legs, turn_m=400), onset_s


def series(phone: Phone, seed: int = 7) -> list[tuple[Walk, int, list[Fix]]]:
    chance = Random(seed)
    made = [random_walk(chance) for _ in range(WALKS)]
    return [(walk, onset_s, phone.heard(walk, chance)) for walk, onset_s in made]


def measured(page: Page, asked: list[Any]) -> list[Any]:
    """What the phone makes of [fixes, rests, seconds asked about], for many walks at once."""
    return page.evaluate(
        """async (text) => {
          const asked = JSON.parse(text);
          const { measured } = await import("http://modules.test/live/distance.js");
          return asked.map(([fixes, rests, seconds]) => {
            const way = measured(fixes, rests);
            return [seconds.map(way.distance_m), way.least_m(Infinity), way.still_since_s];
          });
        }""",
        json.dumps(asked),
    )


def errors(page: Page, phone: Phone) -> tuple[list[float], list[float]]:
    """How far the distance at the onset and of the whole walk is off, as shares of the truth."""
    made = series(phone)
    asked = [
        [fixes, [[onset_s + 30, onset_s + 210]], [onset_s, walk.seconds]]
        for walk, onset_s, fixes in made
    ]
    onset, whole = [], []
    for (walk, onset_s, _), ((at_onset, at_end), *_) in zip(
        made, measured(page, asked), strict=True
    ):
        onset.append(at_onset / walk.distances[onset_s] - 1)
        whole.append(at_end / walk.distances[-1] - 1)
    return onset, whole


@pytest.mark.parametrize(
    ("phone", "middle", "most"), [(GOOD, 0.02, 0.05), (ORDINARY, 0.03, 0.08), (POOR, 0.06, 0.15)]
)
def test_the_distance_of_an_onset_is_as_good_as_the_phone(modules, phone, middle, most):
    onset, whole = errors(modules, phone)
    for each in (onset, whole):
        assert statistics.median(map(abs, each)) < middle
        assert max(map(abs, each)) < most


def test_slips_of_the_receiver_are_no_way(modules):
    onset, whole = errors(modules, Phone(2, 1, 5, slips=0.03))
    assert max(map(abs, onset)) < 0.06
    assert max(map(abs, whole)) < 0.06


@pytest.mark.parametrize("phone", [GOOD, ORDINARY])
def test_a_leap_that_lasts_some_seconds_and_comes_back_is_no_way(modules, phone):
    walk, onset_s = random_walk(Random(3))
    fixes = phone.heard(walk, Random(4))
    for fix in fixes[100:108]:
        fix[1] += 0.0006
    [[[at_onset], *_]] = measured(modules, [[fixes, [], [onset_s]]])
    assert at_onset == pytest.approx(300, rel=0.08)


def test_the_walk_ends_where_the_walker_is_not_where_the_last_slip_was(modules):
    walk, _ = random_walk(Random(8))
    fixes = GOOD.heard(walk, Random(9))
    fixes[-1][1] += 0.0006
    [[[at_end], *_]] = measured(modules, [[fixes, [], [walk.seconds]]])
    assert at_end == pytest.approx(800, rel=0.05)


def test_who_stands_still_does_not_walk(modules):
    standing = Walk([(900, 0)])
    heard = [[ORDINARY.heard(standing, Random(seed)), [], [900]] for seed in range(20)]
    walked = [at_end for [[at_end], *_] in measured(modules, heard)]
    assert statistics.median(walked) < 15
    assert max(walked) < 40


def test_the_phone_and_the_server_measure_alike(modules):
    made = series(GOOD)
    asked = [[fixes, [], [walk.seconds]] for walk, _, fixes in made]
    for (_, _, fixes), [[at_end], *_] in zip(made, measured(modules, asked), strict=True):
        points = [Point(latitude, longitude, 1.7e9 + at) for at, latitude, longitude, _ in fixes]
        assert at_end == pytest.approx(recording_of([points]).distance_m, rel=0.01)


def test_the_seconds_before_the_first_position_are_not_lost(modules):
    onset, _ = errors(modules, Phone(2, 1, 5, first_s=25))
    assert abs(statistics.median(onset)) < 0.03
    assert max(map(abs, onset)) < 0.08


def test_what_is_seen_on_a_long_way_is_what_is_measured_at_its_end(modules):
    walk = Walk([(2700, 1.2), (300, 0), (2000, 0.9)])
    fixes = GOOD.heard(walk, Random(6))
    seen = modules.evaluate(
        """async (text) => {
          const { progress } = await import("http://modules.test/live/progress.js");
          const fixes = JSON.parse(text);
          const far = progress();
          const seen = [];
          for (let i = 1; i <= fixes.length; i += 20) seen.push(far(fixes.slice(0, i), i));
          return seen;
        }""",
        json.dumps(fixes),
    )
    [[whole, *_]] = measured(modules, [[fixes, [], [1000, 2000, walk.seconds]]])
    assert [seen[50], seen[100], seen[-1]] == pytest.approx(whole, rel=0.02)


def test_what_the_phone_could_not_hear_is_not_made_up(modules):
    walk, onset_s = Walk([(300, 1.2), (200, 0), (400, 1.2)]), 250
    chance = Random(5)
    never = Phone(20, 5, 90).heard(walk, chance)
    asleep = Phone(2, 1, 5, silences=[(60, 290)]).heard(walk, chance)
    resting = Phone(2, 1, 5, silences=[(305, 495)]).heard(walk, chance)
    gone = Phone(2, 1, 5, silences=[(500, 900)]).heard(walk, chance)
    seconds = [onset_s, walk.seconds]
    found = measured(modules, [
        [[], [], seconds], [never, [], seconds], [asleep, [], seconds],
        [resting, [[300, 500]], seconds], [gone, [], seconds],
    ])  # fmt: skip
    [nothing, vague, pocket, rested, lost] = [known for known, *_ in found]
    assert nothing == vague == [None, None]
    assert pocket[0] is None
    assert rested == pytest.approx([300, 840], rel=0.05)
    assert lost[0] == pytest.approx(300, rel=0.05)
    assert lost[1] is None


def test_a_walk_that_was_not_finished_shows_since_when_it_stood(modules):
    walk = Walk([(400, 1.2), (900, 0)])
    [[_, _, since]] = measured(modules, [[GOOD.heard(walk, Random(1)), [], [1]]])
    assert since == pytest.approx(400, abs=20)


def rows(page: Page, walks: list[Any]) -> list[rules.Row]:
    """The rows of walks of [presses], on a road that is walked at a metre a second."""
    return page.evaluate(
        """async (walks) => {
          const { walkOf } = await import("http://modules.test/live/grammar.js");
          const way = { distance_m: (second) => second };
          const about = {
            id: "aaaaaaaa-0000-4000-8000-000000000001",
            started_at: "2026-05-30T09:00:00.000Z",
            time_zone: "Europe/London",
          };
          return walks.map((presses) => walkOf({ ...about, presses }, way));
        }""",
        [
            [{"kind": kind, "at_s": at_s, **more} for kind, at_s, *rest in walk
             for more in [rest[0] if rest else {}]]
            for walk in walks
        ],
    )  # fmt: skip


def test_the_presses_of_a_walk_become_its_row(modules):
    place = {"site": "calf", "side": "left", "intensity": 6}
    [row] = rows(modules, [[
        ("hurt", 300, place), ("rest", 340, {"posture": "sitting"}), ("still", 400),
        ("gone", 460), ("on", 500), ("hurt", 700), ("finish", 800),
    ]])  # fmt: skip
    assert row == {
        "id": "aaaaaaaa-0000-4000-8000-000000000001",
        "started_at": "2026-05-30T09:00:00.000Z",
        "time_zone": "Europe/London",
        "duration_s": 800,
        "distance_m": 800,
        "distance_source": "gps",
        "pain": [
            {
                "onset_distance_m": 300, "onset_s": 300, "site": "calf", "side": "left",
                "intensity": 6, "response": "stopped", "stopped_distance_m": 340,
                "rest_posture": "sitting", "relief": "complete", "relief_s": 120, "rest_s": 160,
                "resumed": True,
            },
            {"onset_distance_m": 700, "onset_s": 700},
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("presses", "pain"),
    [
        ([("finish", 500)], []),
        ([("hurt", 0), ("finish", 500)], [{"onset_distance_m": 0, "onset_s": 0}]),
        (
            [("hurt", 100), ("gone", 160), ("finish", 500)],
            [{"onset_distance_m": 100, "onset_s": 100, "course_while_walking": "eased"}],
        ),
        (
            [("hurt", 100), ("rest", 110), ("eased", 130), ("finish", 150)],
            [{"onset_distance_m": 100, "onset_s": 100, "response": "stopped",
              "stopped_distance_m": 110, "relief": "partial", "relief_s": 20, "rest_s": 40,
              "resumed": False}],
        ),
        (  # a pain that never went is one pain; the seconds of its rests add up
            [("hurt", 100), ("rest", 110), ("still", 130), ("on", 150), ("rest", 200),
             ("gone", 230), ("on", 240), ("finish", 400)],
            [{"onset_distance_m": 100, "onset_s": 100, "response": "stopped",
              "stopped_distance_m": 110, "relief": "complete", "relief_s": 70, "rest_s": 80,
              "resumed": True}],
        ),
        (  # nothing was said of how the rest helped
            [("hurt", 100), ("rest", 110), ("finish", 150)],
            [{"onset_distance_m": 100, "onset_s": 100, "response": "stopped",
              "stopped_distance_m": 110, "rest_s": 40, "resumed": False}],
        ),
    ],
)  # fmt: skip
def test_what_was_not_said_is_left_out(modules, presses, pain):
    [row] = rows(modules, [presses])
    assert row["pain"] == pain


def test_whatever_is_pressed_the_diary_takes_the_walk(modules):
    walks = modules.evaluate(
        """async () => {
          const { possible, walkOf, stateOf } = await import("http://modules.test/live/grammar.js");
          let seed = 1;
          const chance = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
          const about = {
            id: "aaaaaaaa-0000-4000-8000-000000000001",
            started_at: "2026-05-30T09:00:00.000Z",
            time_zone: "Europe/London",
          };
          return Array.from({ length: 500 }, () => {
            const presses = [];
            while (stateOf(presses) !== "finished") {
              const may = possible(presses);
              const words = chance() < 0.1 ? may : may.filter((kind) => kind !== "finish");
              const kind = words[Math.floor(chance() * words.length)];
              const at_s = (presses.at(-1)?.at_s ?? 0) + chance() * 200;
              presses.push({ kind, at_s });
            }
            const way = chance() < 0.2 ? () => null : (second) => 1.3 * second;
            return [presses, walkOf({ ...about, presses }, { distance_m: way })];
          });
        }"""
    )
    assert len({tuple(press["kind"] for press in presses) for presses, _ in walks}) > 100
    for presses, row in walks:
        checked = rules.checked("walk", row)
        odd = {"odd_speed", "odd_distance", "odd_duration"}  # presses at random, far apart
        kinds = {fault.code for fault in questions(checked)} - odd
        assert kinds <= {"relief_without_rest"}, presses
        assert len(checked["pain"]) == sum(press["kind"] == "hurt" for press in presses)
        for pain in checked["pain"]:
            assert (pain["relief_s"] or 0) <= (pain["rest_s"] or 0) + 1
            assert (pain["onset_distance_m"] or 0) <= (row.get("distance_m") or 0)


def test_the_grammar_has_no_word_out_of_its_place(modules):
    allowed = modules.evaluate(
        """async (walks) => {
          const { possible } = await import("http://modules.test/live/grammar.js");
          return walks.map((walk) => possible(walk.map((kind) => ({ kind, at_s: 1 }))));
        }""",
        [
            [], ["hurt"], ["hurt", "rest"], ["hurt", "rest", "gone"], ["hurt", "rest", "still"],
            ["hurt", "rest", "still", "on"], ["hurt", "gone"], ["finish"],
        ],
    )  # fmt: skip
    assert allowed == [
        ["hurt", "finish"], ["rest", "gone", "finish"], ["gone", "eased", "still", "finish"],
        ["on", "finish"], ["gone", "on", "finish"], ["rest", "gone", "finish"],
        ["hurt", "finish"], [],
    ]  # fmt: skip


def elapsed(page: Page, readings: list[dict[str, Any]]) -> float:
    return page.evaluate(
        """async ([first, ...others]) => {
          const { begun, later } = await import("http://modules.test/live/clock.js");
          return others.reduce(
            (reading, { reload, ...each }) =>
              later(reload ? { ...reading, even_ms: null } : reading, each),
            begun(first),
          ).elapsed_ms;
        }""",
        readings,
    )


def read(wall_ms: float, even_ms: float, seen: bool = True, reload: bool = False) -> dict[str, Any]:
    return {"wall_ms": wall_ms, "even_ms": even_ms, "seen": seen, "reload": reload}


@pytest.mark.parametrize(
    ("case", "readings", "truth_ms"),
    [
        ("an even clock", [read(0, 0), read(60_000, 60_000)], 60_000),
        ("set forward in sight", [read(0, 0), read(3_660_000, 60_000)], 60_000),
        ("set back in sight", [read(9e9, 0), read(0, 60_000)], 60_000),
        ("asleep out of sight", [read(0, 0), read(600_000, 1_000, seen=False)], 600_000),
        ("set back out of sight", [read(9e9, 0), read(0, 60_000, seen=False)], 60_000),
        (
            "reloaded",
            [read(0, 5_000), read(60_000, 65_000), read(75_000, 100, reload=True)],
            75_000,
        ),
        ("reloaded, set back", [read(9e9, 0), read(9e9 + 5, 5), read(0, 1, reload=True)], 5),
    ],
)
def test_the_time_of_a_walk_is_sane_whatever_the_clock_does(modules, case, readings, truth_ms):
    assert elapsed(modules, readings) == truth_ms, case


def test_a_kept_line_has_few_points_and_the_shape_of_the_walk(modules):
    walk = Walk([(7200, 1.3)])
    fixes = ORDINARY.heard(walk, Random(2))
    [short, long] = modules.evaluate(
        """async (points) => {
          const { encoded } = await import("http://modules.test/live/line.js");
          return [encoded(points.slice(0, 3)), encoded(points)];
        }""",
        [fix[1:3] for fix in fixes],
    )
    assert decoded(short)[0] == pytest.approx(tuple(fixes[0][1:3]), abs=1e-5)
    points = decoded(long)
    assert 50 < len(points) <= 1000
    assert points[-1] == pytest.approx(tuple(fixes[-1][1:3]), abs=1e-5)
    assert (
        modules.evaluate(
            """async () => {
          const { encoded } = await import("http://modules.test/live/line.js");
          return encoded([[38.5, -120.2], [40.7, -120.95], [43.252, -126.453]]);
        }"""
        )
        == "_p~iF~ps|U_ulLnnqC_mqNvxq`@"
    )  # the example of the format's description
