"""Does every module import only from the rows below its own?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DJANGO = {"django", "rest_framework", "drf_spectacular", "allauth", "csp"}

# A part may import from parts with a smaller number, and within itself.
ROWS = {
    "diary.clock": 0,
    "diary.units": 0,
    "diary.answers": 0,
    "diary.polyline": 0,
    "diary.plan": 1,
    "diary.evidence": 0,
    "diary.values": 1,
    "diary.rules": 2,
    "diary.questions": 3,
    "diary.together": 3,
    "diary.analytics": 3,
    "diary.demo": 3,
    "diary.later": 4,
    "diary.charts": 4,
    "diary.exchange": 4,
    "diary.models": 5,
    "diary.frames": 6,
    "diary.shared": 6,
    "diary.access": 7,
    "diary.addresses": 7,
    "diary.devices": 7,
    "diary.door": 7,
    "diary.leaving": 7,
    "diary.letters": 7,
    "diary.pictures": 7,
    "diary.reports": 7,
    "diary.wording": 7,
    "diary.tasks": 8,
    "diary.exports": 8,
    "diary.web": 9,
    "diary.clinic": 10,
    "diary.api": 9,
    "diary.management": 10,
    "diary.apps": 9,
    "diary.migrations": 9,
    "tracker_site": 11,
}
PURE = (
    "clock",
    "units",
    "answers",
    "polyline",
    "plan",
    "evidence",
    "values",
    "rules",
    "questions",
    "together",
    "analytics",
    "demo",
    "charts",
    "exchange",
)


def part(module: str) -> str | None:
    """The row of the table that a module of ours belongs to."""
    found = [name for name in ROWS if module == name or module.startswith(f"{name}.")]
    return max(found, key=len, default=None)


def imported(source: str, module: str) -> Iterator[str]:
    """Every module that a source imports, inside functions too."""
    package = module.rpartition(".")[0]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                base = ".".join([*package.split(".")[: -(node.level - 1) or None], base]).strip(".")
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def faults(source: str, module: str) -> list[str]:
    """What a module imports that its row may not."""
    own = part(module)
    if own is None:
        return [f"{module} has no row in the table"]
    wrong = []
    for name in imported(source, module):
        top = name.split(".")[0]
        if top in DJANGO and own.removeprefix("diary.") in PURE:
            wrong.append(f"{module} is pure and imports {name}")
        if ".views" in module and name.startswith("diary.models"):
            wrong.append(f"{module} is a view and imports {name}")
        if top not in ("diary", "tracker_site"):
            continue
        other = part(name)
        if other and other != own and ROWS[other] >= ROWS[own]:
            wrong.append(f"{module} imports {name}, which is not below it")
    return sorted(set(wrong))


def modules() -> Iterator[tuple[str, Path]]:
    for folder in ("diary", "tracker_site"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            yield name.removesuffix(".__init__"), path


@pytest.mark.parametrize(
    ("module", "path"), [pytest.param(*each, id=each[0]) for each in modules()]
)
def test_a_module_imports_only_from_below(module, path):
    if module == "diary":
        assert path.read_text() == ""
    else:
        assert faults(path.read_text(), module) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("diary.analytics.onset", "from django.db import models"),
        ("diary.analytics.onset", "def f():\n    import diary.models.walk"),
        ("diary.analytics.onset", "from diary import wording"),
        ("diary.evidence.sources", "from diary.rules import SITES"),
        ("diary.charts.onset", "from diary.exchange import document"),
        ("diary.web.views.walks", "from diary.models import Walk"),
        ("diary.web.views.walks", "from diary.management.commands import demo"),
        ("diary.models.walk", "from diary.access import own_diary"),
        ("diary.reports", "from diary.wording import pattern"),
        ("diary.helpers", "import os"),
    ],
)
def test_the_table_catches_a_wrong_import(module, source):
    assert faults(source, module)


def test_django_cannot_be_imported_here():
    with pytest.raises(ModuleNotFoundError, match="barred"):
        import django  # noqa: F401
