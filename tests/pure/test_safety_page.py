"""Does docs/safety.md name only tests that exist, and leave no hazard without a word?"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/safety.md").read_text()
HAZARDS = [f"H{number}" for number in range(1, 23)]
NAMED = re.compile(r"([\w./-]+\.py)::(\w+)")
SOOTHING = re.compile(
    r"\b(safe|safely|fine|ok|okay|normal|stable|healthy|all clear|good news|reassur\w+"
    r"|nothing to worry|no cause for concern|don't worry|low risk|improving|getting better"
    r"|recovered|guarantee\w*)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"`[^`\n]*`|\"[^\"\n]*\"|“[^”\n]*”")
# What the page says of the software's own words, and where they are: in each as often as this.
LINES = (
    ("templates/base.html", "This diary is not monitored: nobody is alerted by what you write.", 1),
    ("templates/base.html", "{% url 'help' %}", 2),
    ("diary/wording/cards.py", "This app has told nobody", 1),
    ("templates/_cards_blank.html", "There is no connection, so this cannot", 1),
    ("diary/web/views/walks.py", "Your walk is saved. Nobody is alerted by what you write.", 1),
    ("diary/web/views/check_ins.py", "Your day is saved. Nobody is alerted by what you write.", 1),
    ("diary/web/forms/walk.py", "Nobody is watching these notes.", 1),
    ("diary/web/forms/entries.py", "Nobody is watching these notes.", 1),
    ("diary/wording/cards.py", "Call 999 (UK), 112 (Europe) or 911 (USA)", 1),
)


@cache
def defined_in(path: str) -> set[str]:
    """The tests that a file defines, in classes too; none where there is no such file."""
    if not (ROOT / path).is_file():
        return set()
    tree = ast.parse((ROOT / path).read_text())
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, functions)}


def sections() -> dict[str, str]:
    """What stands below each hazard's heading."""
    parts = re.split(r"^### (H\d+) .*$", PAGE.partition("\n## Known limits")[0], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def ratings() -> dict[str, list[tuple[str, str, int]]]:
    """Harm, likelihood and risk of each hazard's line in the table: at first, and now."""
    rated = re.compile(r"\| (\w+) × ([\w ]+): (\d) (?=\|)")
    return {
        name: [(harm, likely, int(risk)) for harm, likely, risk in rated.findall(rest)]
        for name, rest in re.findall(r"^\| (H\d+) (\|.*)$", PAGE, re.MULTILINE)
    }


def matrix() -> dict[tuple[str, str], int]:
    """The risk of each harm and likelihood, as the page's own table has it."""
    table = PAGE.partition("\n## How risks are rated")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (\w.*) \|$", table, re.MULTILINE)
    (_, *likely), *rows = [line.split(" | ") for line in lines]
    return {
        (harm, word): int(risk)
        for harm, *risks in rows
        for word, risk in zip(likely, risks, strict=True)
    }


def outermost(page: Path) -> str:
    """The template at the end of what a page extends: the page itself where it extends none."""
    frame = re.match(r'{% extends "([^"]+)" %}', page.read_text())
    here = ROOT / "templates"
    return outermost(here / frame[1]) if frame else page.relative_to(here).as_posix()


def test_every_test_that_is_named_exists():
    named = NAMED.findall(PAGE)
    assert len(set(named)) > 60
    assert [f"{path}::{test}" for path, test in named if test not in defined_in(path)] == []
    assert [test for _path, test in named if not test.startswith("test_")] == []
    assert PAGE.count("::") == len(named)


def test_every_hazard_has_a_control_with_its_test_or_says_that_there_is_none():
    found = sections()
    assert list(found) == HAZARDS
    silent = [name for name, text in found.items() if not NAMED.search(text)]
    assert [name for name in silent if "No control yet" not in found[name]] == []


def test_every_control_has_a_test():
    """A line that names none says what is missing."""
    missing = re.compile(r"- (\*\*Not yet:\*\*|No control yet)|$")
    lines = [line for text in sections().values() for line in text.splitlines()]
    assert [line for line in lines if not NAMED.search(line) and not missing.match(line)] == []


def test_every_rating_is_that_of_the_matrix_and_no_control_makes_it_worse():
    risks = matrix()
    assert len(risks) == 25
    assert list(ratings()) == HAZARDS
    for name, rated in ratings().items():
        first, now = rated
        assert all(risks[harm, likely] == risk for harm, likely, risk in rated), name
        assert now[2] <= first[2], name


def test_no_word_that_soothes_stands_there():
    assert SOOTHING.findall(QUOTED.sub("", PAGE)) == []
    assert SOOTHING.findall("It is safe, and most are fine.") == ["safe", "fine"]


def test_the_officers_place_is_there_and_the_page_stays_short():
    assert re.search(r"^Clinical safety officer: \S", PAGE, re.MULTILINE)
    assert len(PAGE.splitlines()) <= 250


@pytest.mark.parametrize(("path", "words", "times"), LINES)
def test_the_lines_that_this_page_leans_on_stand_in_the_software(path, words, times):
    assert (ROOT / path).read_text().count(words) == times


def test_every_page_has_the_foot_that_says_nobody_watches():
    pages = [
        path
        for folder in ("diary", "clinic")
        for path in (ROOT / "templates" / folder).glob("*.html")
        if not path.name.startswith("_")
    ]
    assert len(pages) > 25
    assert [path.name for path in pages if outermost(path) != "base.html"] == []
    foot = (ROOT / "templates/base.html").read_text().partition("<footer")[2]
    assert "not monitored" in foot
    assert "{% block" not in foot
