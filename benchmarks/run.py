"""How is a benchmark of the site asked for, where does it run, and where do its figures go?"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


def options(prog: str, about: str | None, rounds: int) -> argparse.ArgumentParser:
    """What every benchmark of the site can be asked."""
    parser = argparse.ArgumentParser(prog=prog, description=about)
    parser.add_argument("--rounds", type=int, default=rounds, help="slices of each kind")
    parser.add_argument("--database", help="a PostgreSQL that may make databases; DATABASE_URL")
    parser.add_argument("--write", action="store_true", help="put the figures into the page")
    return parser


@contextmanager
def site(database: str | None) -> Iterator[None]:
    """Django with the benchmarks' settings, its files in a folder that goes away."""
    folder = tempfile.mkdtemp(prefix="waymark-benchmark-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.api.settings"
    os.environ["WAYMARK_DATA"] = folder
    if database:
        os.environ["DATABASE_URL"] = database
    try:
        import django

        django.setup()
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def cpu_ms(work: Callable[[], object], times: int) -> float:
    """The CPU time of one of so many runs."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times * 1000


def marks(name: str) -> tuple[str, str]:
    """Between which lines of a page the figures of a name stand."""
    return f"<!-- {name}:begin -->", f"<!-- {name}:end -->"


def replaced(page: Path, name: str, text: str) -> None:
    """The page with the text between the two marks of a name exchanged."""
    whole, (begin, end) = page.read_text(encoding="utf-8"), marks(name)
    if whole.count(begin) != 1 or whole.count(end) != 1:
        raise SystemExit(f"{page} needs one line {begin} and one line {end}")
    before, rest = whole.split(begin)
    after = rest.split(end)[1]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")
