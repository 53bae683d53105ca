"""What does the API cost beside a minimal twin? Run `python -m benchmarks.api`."""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.api", description=__doc__)
    parser.add_argument("--rounds", type=int, default=12, help="slices of each kind")
    parser.add_argument("--database", help="a PostgreSQL that may make databases; DATABASE_URL")
    parser.add_argument("--write", action="store_true", help="put the tables into the page")
    return parser.parse_args()


def set_up(database: str | None, folder: str) -> None:
    """Django with the benchmark's settings, its files in a folder that goes away."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.api.settings"
    os.environ["WAYMARK_DATA"] = folder
    if database:
        os.environ["DATABASE_URL"] = database
    django.setup()


def machine() -> str:
    """What the milliseconds hang on; the ratios hardly do."""
    import django
    import rest_framework
    from django.db import connection

    version = connection.get_database_version()
    database = f"{connection.display_name} {'.'.join(map(str, version))}"
    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {database}, "
        f"Django {django.get_version()}, DRF {rest_framework.VERSION}"
    )


def measured(rounds: int) -> tuple[str, str, str]:
    """The database's vendor, the tables as text, and as Markdown."""
    from django.db import connection

    from benchmarks.accuracy.table import aligned, markdown
    from benchmarks.api import accounts, table
    from benchmarks.api.operations import OPERATIONS
    from benchmarks.api.serving import Server
    from benchmarks.api.timing import LONG, SHORT

    with accounts.scratch_database():
        server = Server({walks: accounts.account(walks) for walks in (SHORT, LONG)})
        costs = {each.name: server.costs(each, rounds) for each in OPERATIONS}
        said = f"Medians of {rounds} pairs. {machine()}."
    tables = [table.beside(costs), table.flatness(costs)]
    plain, marked = ("\n\n".join(map(lay, tables)) for lay in (aligned, markdown))
    return connection.vendor, f"{plain}\n\n{said}", f"{said}\n\n{marked}"


def main() -> None:
    options = asked()
    folder = tempfile.mkdtemp(prefix="waymark-benchmark-")
    try:
        set_up(options.database, folder)
        vendor, plain, marked = measured(options.rounds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(plain)  # noqa: T201
    if options.write:
        from benchmarks.api import table

        table.replaced(PAGE, vendor, marked)


if __name__ == "__main__":
    main()
