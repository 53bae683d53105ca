"""Which sentences are there to translate? They are written into the catalogues of `locale/`.

Needs Babel, which comes with what the tests need; GNU gettext need not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from diary.wording import red_flags

ORDINARY = "django"
# By function, where its context and its sentences stand among its arguments.
ONE, TWO = ((), (0,)), ((), (0, 1))
PLAIN = {
    "_": ONE, "_lazy": ONE, "_text": ONE, "gettext": ONE, "gettext_lazy": ONE, "ngettext": TWO,
    "ngettext_lazy": TWO, "pgettext": ((0,), (1,)), "pgettext_lazy": ((0,), (1,)),
    "npgettext": ((0,), (1, 2)),
}  # fmt: skip
KEYWORDS = {ORDINARY: PLAIN, red_flags.DOMAIN: {"red_flag": ONE, "red_flag_lazy": ONE}}
SOURCES = {"diary": "*.py", "tracker_site": "*.py", "templates": "*.*"}


class Command(BaseCommand):
    help = "Bring the catalogues of all languages up to date with the sentences, and compile them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", metavar="LANGUAGE", help="begin a language, such as de")

    def handle(self, *args: Any, add: str | None, **options: Any) -> None:
        root = Path(settings.LOCALE_PATHS[0])
        if add:
            (root / to_locale(add) / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        for domain, wanted in catalogues().items():
            for folder in sorted(root.glob("*/LC_MESSAGES")):
                _bring_up_to_date(folder / f"{domain}.po", wanted, folder.parent.name)
            self.stdout.write(f"{domain}: {len(wanted)} sentences")


def catalogues() -> dict[str, Catalog]:
    """Every sentence by domain, with where it stands."""
    made = {domain: Catalog(project="Waymark", fuzzy=False) for domain in KEYWORDS}
    domains = {function: domain for domain, places in KEYWORDS.items() for function in places}
    for path in _sources():
        where = path.relative_to(settings.BASE_DIR).as_posix()
        calls = extract_python(BytesIO(_as_python(path).encode()), [*domains], ["Translators:"], {})
        for line, function, given, comments in calls:
            domain = domains[function]
            context, said = _said(KEYWORDS[domain][function], given)
            if said:
                made[domain].add(
                    said, None, [(where, line)], context=context, auto_comments=comments
                )
    return made


def _sources() -> Iterator[Path]:
    for folder, pattern in SOURCES.items():
        yield from sorted(p for p in (settings.BASE_DIR / folder).rglob(pattern) if p.is_file())


def _as_python(path: Path) -> str:
    """A source for Python's tokens: what Django makes of a template, without its indentation."""
    text = path.read_text()
    if path.suffix == ".py":
        return text
    return re.sub(r"^[ \t]+", "", templatize(text, origin=str(path)), flags=re.MULTILINE)


def _said(places: Any, given: Any) -> tuple[str | None, Any]:
    """The context and the sentence, or its two forms; nothing of a call with a variable."""
    arguments = given if isinstance(given, tuple) else (given,)
    context, sentences = ([arguments[n] for n in each] for each in places)
    if not all(isinstance(each, str) for each in (*context, *sentences)):
        return None, None
    return (context or [None])[0], sentences[0] if len(sentences) == 1 else tuple(sentences)


def _bring_up_to_date(path: Path, wanted: Catalog, locale: str) -> None:
    if path.exists():
        kept = pofile.read_po(BytesIO(path.read_bytes()), locale=locale)
    else:
        kept = Catalog(locale=locale, project="Waymark", fuzzy=False)
    kept.update(wanted, no_fuzzy_matching=True)
    text, compiled = BytesIO(), BytesIO()
    pofile.write_po(text, kept, width=96, sort_by_file=True)
    mofile.write_mo(compiled, kept)
    path.write_bytes(text.getvalue())
    path.with_suffix(".mo").write_bytes(compiled.getvalue())
