"""Does the API's benchmark send walks that may be kept, and reckon and judge rightly?"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.api import table
from benchmarks.api.operations import FLAT, OPERATIONS, SEED, WrongAnswer
from benchmarks.api.timing import IN_TURN, LONG, OURS, SHORT, TWIN, Costs, in_turn
from benchmarks.api.walks import NOW, fresh, stored
from benchmarks.run import PAGE, marks, replaced
from diary.rules import checked

CREATE, LIST, SYNC = OPERATIONS[:3]


def test_walks_may_be_kept_are_never_the_same_and_new_ones_come_last():
    rows = [*stored(99, 99), *islice(fresh(SEED), 99)]
    starts = [checked("walk", row, NOW)["started_at"] for row in rows]
    assert starts == sorted(set(starts))
    assert len({row["id"] for row in rows}) == len(rows)
    assert Counter(len(row["pain"]) for row in rows) == {0: 66, 1: 66, 2: 66}
    assert {len(row["pain"]) for row in islice(CREATE.new_walks(), 9)} == {2}


def test_every_round_measures_every_slice_and_every_other_goes_backwards():
    seen = []
    costs = in_turn(3, lambda each: seen.append(each) or float(len(seen)))
    assert seen == [*IN_TURN, *IN_TURN[::-1], *IN_TURN]
    assert costs.rounds[OURS, SHORT] == [1.0, 8.0, 9.0]


def test_a_ratio_is_the_median_of_the_rounds_and_not_of_their_medians():
    costs = Costs()
    costs.rounds[OURS, SHORT] = [1.0, 20.0, 3.0]
    costs.rounds[TWIN, SHORT] = [2.0, 10.0, 1.0]
    costs.rounds[OURS, LONG] = [1.1, 22.0, 9.0]
    assert costs.beside_twin(SHORT) == 2.0
    assert costs.flatness(OURS) == pytest.approx(1.1)
    assert costs.median(OURS, SHORT) == 3.0


@pytest.mark.parametrize(
    ("ratio", "limit", "said"),
    [
        (1.0, 1.0, ["1.00", "1.0", "yes"]),
        (1.004, 1.0, ["1.00", "1.0", "yes"]),
        (1.006, 1.0, ["1.01", "1.0", "**no**"]),
        (9.0, None, ["9.00", "", ""]),
    ],
)
def test_a_limit_is_judged_by_the_figure_that_is_printed(ratio, limit, said):
    assert table.judged(ratio, limit) == said


def test_the_tables_have_every_request_and_only_the_limited_are_judged():
    costs = in_turn(1, lambda each: 1.0)
    measured = {each.name: costs for each in OPERATIONS}
    flat = table.flatness(measured)[1:]
    assert [row[0] for row in flat] == [each.name for each in OPERATIONS]
    assert [row[2] for row in flat] == [str(FLAT)] * 3 + [""] * 3
    assert len(table.beside(measured)) == 1 + 2 * len(OPERATIONS)


@pytest.mark.parametrize(
    ("operation", "whose", "status", "answer"),
    [
        (CREATE, OURS, 200, {"pain": [{}, {}]}),
        (CREATE, TWIN, 201, {"pain": [{}]}),
        (LIST, OURS, 200, {"results": [{}] * 99}),
        (SYNC, OURS, 200, {"results": [{"status": "created"}] * 999 + [{"status": "invalid"}]}),
        (SYNC, TWIN, 429, {"detail": "too many"}),
    ],
)
def test_an_answer_that_does_not_do_what_was_asked_is_not_timed(operation, whose, status, answer):
    with pytest.raises(WrongAnswer):
        operation.check(whose, status, json.dumps(answer).encode())


def test_an_answer_that_does_is():
    CREATE.check(OURS, 201, b'{"pain": [{}, {}]}')
    SYNC.check(TWIN, 201, json.dumps([{}] * 1000).encode())


def test_the_page_keeps_what_stands_around_the_marks(tmp_path: Path):
    page, (begin, end) = tmp_path / "page.md", marks("sqlite")
    page.write_text(f"before\n{begin}\nold\n{end}\nafter\n")
    replaced(page, "sqlite", "new")
    assert page.read_text() == f"before\n{begin}\n\nnew\n\n{end}\nafter\n"
    with pytest.raises(SystemExit):
        replaced(page, "postgresql", "new")


def test_every_benchmark_that_writes_its_figures_has_a_place_for_them():
    methods = PAGE.with_name("methods.md")
    places = [(PAGE, name) for name in ("api-sqlite", "api-postgresql", "clinic", "pages")]
    for page, name in [*places, (methods, "accuracy")]:
        assert all(page.read_text().count(mark) == 1 for mark in marks(name)), name
