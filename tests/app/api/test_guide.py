"""Does the guide to the API show what is really asked and answered?

After a change of the API, `WAYMARK_WRITE_DOCS=1 .venv/bin/python -m pytest
tests/app/api/test_guide.py` writes the answers and tables of docs/api.md anew from its commands, as
the site now answers them. Read the difference before you commit it: it is what apps will see.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse

from diary import polyline, rules, values
from diary.answers import MEASUREMENT_RANGES
from diary.api import parsing
from diary.api.authentication import IDLE
from diary.api.pages import PAGE_SIZE
from diary.api.views.rows import LIST
from diary.exchange import document, sync
from diary.exchange.schema import MEANINGS
from diary.models.rows import UNDO_FOR
from diary.wording.problems import PROBLEMS
from tests.app.api import guide
from tests.app.api.guide import GUIDE
from tests.app.conftest import NOW

UNITS = {"_m": "m", "_s": "s", "_cm": "cm", "_kg": "kg"}
MEGABYTE = 1024 * 1024


def table(*rows: tuple[str, ...]) -> str:
    """A table of Markdown; the first row is its head."""
    head, *rest = [f"| {' | '.join(cells)} |\n" for cells in rows]
    return head + "|" + "---|" * len(rows[0]) + "\n" + "".join(rest)


def ticked(words: tuple[str, ...]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def between(low: float, high: float) -> str:
    return " to ".join(f"{end:,}" if end >= 10_000 else f"{end:g}" for end in (low, high))


def bounds(reader: Any) -> str:
    """Which values a field takes."""
    match reader:
        case values.Number(low, high, whole):
            return between(low, high) + (", whole" if whole else "")
        case values.Choice(words):
            return f"one of {ticked(words)}"
        case values.Choices(words):
            return f"a list of {ticked(words)}"
        case values.Text(longest):
            return f"text, at most {longest:,} characters"
        case values.Track():
            return f"an encoded polyline of 2 to {polyline.MOST_POINTS:,} points"
        case rules.Episodes():
            return f"a list, at most {rules.MOST_EPISODES} long"
        case values.Day():
            return "YYYY-MM-DD"
        case values.Instant():
            return "RFC 3339 with its offset"
        case values.Zone():
            return "such as Europe/London"
        case values.Truth():
            return "true or false"
        case values.Identifier():
            return "a UUID"
    raise TypeError(f"{reader} has no words")


def unit(name: str) -> str:
    return next((unit for end, unit in UNITS.items() if name.endswith(end)), "")


def fields(kind: str) -> str:
    """Every field of a kind of row; lists of words that stood before are not told twice."""
    rows, told = [("field", "meaning", "unit", "value")], {}
    for name, reader in rules.FIELDS[kind].items():
        words = getattr(reader, "values", None)
        value = f"a list of words of `{told[words]}`" if words in told else bounds(reader)
        if words:
            told.setdefault(words, name)
        if name in rules.REQUIRED[kind]:
            value += " (needed)"
        rows.append((f"`{name}`", MEANINGS[kind][name], unit(name), value))
    return table(*rows)


def briefly(kind: str, name: str) -> str:
    """A field's name, with its bounds where they are numbers."""
    reader = rules.FIELDS[kind][name]
    needed = " (needed)" if name in rules.REQUIRED[kind] else ""
    if isinstance(reader, values.Number) and kind != "measurement":
        return f"`{name}` {bounds(reader)}{needed}"
    return f"`{name}`{needed}"


def other_rows() -> str:
    """The rows that are not walks, each in a line."""
    rows = [("row", "address", "fields; their words stand in openapi.yaml")]
    for kind in ("check_in", "change", "measurement", "route", "profile"):
        whole = kind == "profile"
        where = reverse("api-profile" if whole else f"api-{kind.replace('_', '-')}-list")
        where += "" if whole else f"{{{rules.KEYS[kind]}}}/"
        said = "; ".join(briefly(kind, name) for name in rules.FIELDS[kind])
        rows.append((kind, f"`{where}`", said))
    kinds = "; ".join(f"`{kind}` {between(*ends)}" for kind, ends in MEASUREMENT_RANGES.items())
    return table(*rows) + f"\nA measurement's `kind` says its unit and bounds: {kinds}.\n"


def errors() -> str:
    rows = [("status", "code", "what it says", "what a client does")]
    for code, problem in PROBLEMS.items():
        rows.append((str(problem.status), f"`{code}`", str(problem.title), str(problem.remedy)))
    return table(*rows)


def limits() -> str:
    """Every number here is the one that is applied."""
    rates = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]
    person, stranger = (rates[who].removesuffix("/minute") for who in ("user", "anon"))
    tolerated = rules.CLOCK_TOLERANCE.seconds // 60
    furthest = rules.FURTHEST_AHEAD.total_seconds() / 3600
    page = f"{PAGE_SIZE}, or `limit` of at most {LIST['limit'].high}"
    asked = f"{person} of one person, {stranger} of one address without a token"
    clock = f"over {tolerated} minutes: kept as `clock_suspect`; over {furthest:g} hours: refused"
    return table(
        ("what", "how much"),
        ("items of a batch, rows of a page of the feed", f"{sync.MOST_ITEMS:,}"),
        ("rows of a page of a list", page),
        ("the body of a request", f"{parsing.LARGEST_BYTES / MEGABYTE:g} MB"),
        ("a diary document", f"{document.LARGEST_BYTES / MEGABYTE:g} MB"),
        ("requests a minute", asked),
        ("a tombstone, and undoing a deletion on the pages", f"{UNDO_FOR.days} days"),
        ("a token that is not used", f"ends after {IDLE.days} days"),
        ("a walk ahead of the server's clock", clock),
    )


TABLES: dict[str, Callable[[], str]] = {
    "fields of a walk": lambda: fields("walk"),
    "fields of a pain": lambda: fields("pain"),
    "other rows": other_rows,
    "errors": errors,
    "limits": limits,
}


def told_now(text: str) -> None:
    """Hold the guide against what it should say, or write that."""
    if os.environ.get("WAYMARK_WRITE_DOCS"):
        GUIDE.write_text(text)
    assert GUIDE.read_text() == text


@pytest.mark.django_db
def test_every_request_of_the_guide_is_answered_as_it_says(tmp_path):
    """The commands are sent one after another, as by a newcomer who pastes them."""
    text, shell = GUIDE.read_text(), guide.Shell(tmp_path)
    with time_machine.travel(NOW, tick=False):
        answers = [shell.answer_to(exchange) for exchange in guide.exchanges(text)]
        again = [guide.Shell(tmp_path).answer_to(each) for each in [*guide.exchanges(text)][:1]]
    assert again == answers[:1]
    told_now(guide.answered(text, answers))


def test_the_tables_of_the_guide_are_those_of_the_code():
    """Fields, problems and limits come from where they are applied."""
    text = GUIDE.read_text()
    told_now(guide.made(text, TABLES))
    assert {found["name"] for found in guide.MADE.finditer(text)} == set(TABLES)


def test_no_command_of_the_guide_is_left_untried():
    """Whatever is fenced is part of an exchange, and whatever is marked is a table."""
    text = GUIDE.read_text()
    assert "```" not in guide.outside(text)
    assert text.count("<!-- made") == len([*guide.MADE.finditer(text)])
