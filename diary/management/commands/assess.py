"""What do these diary files show?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from diary import rules, values
from diary.exchange import document
from diary.wording.refusals import located


class Command(BaseCommand):
    help = "Assess diary documents without a database: one assessment a line, in JSON."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a diary document (JSON)")
        parser.add_argument("--as-of", help="the last day that counts, YYYY-MM-DD")

    def handle(self, *args: Any, files: list[str], as_of: str | None, **options: Any) -> None:
        day = self._day(as_of)
        failed = [name for name in files if not self._assessed(Path(name), day)]
        if failed:
            sys.exit(1)

    def _day(self, as_of: str | None) -> Any:
        try:
            return values.Day().read(as_of) if as_of else None
        except values.Fail as fail:
            self.stderr.write(located(rules.Fault("--as-of", fail.code, fail.params)))
            sys.exit(1)

    def _assessed(self, path: Path, day: Any) -> bool:
        """Print one file's assessment; False where it cannot be read, said on standard error."""
        from diary.analytics.assess import assess
        from diary.analytics.columns import frames_of_document

        try:
            rows = frames_of_document(document.loaded(path.read_bytes()))
        except OSError as error:
            self.stderr.write(f"{path.name}: {error.strerror}")
            return False
        except rules.Refused as refused:
            for fault in refused.faults:
                self.stderr.write(f"{path.name}: {located(fault)}")
            return False
        self.stdout.write(json.dumps(assess(rows, day, source=path.name)))
        return True
