"""What does the API cost beside a minimal twin? Run `python -m benchmarks.api`."""

from __future__ import annotations

import os
import platform

from benchmarks.run import PAGE, options, replaced, site


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
    asked = options("benchmarks.api", __doc__, rounds=12).parse_args()
    with site(asked.database):
        vendor, plain, marked = measured(asked.rounds)
    print(plain)  # noqa: T201
    if asked.write:
        replaced(PAGE, f"api-{vendor}", marked)


if __name__ == "__main__":
    main()
