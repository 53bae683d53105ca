"""A language for tests: English in which every sentence stands between « and ».

It is made of the catalogues that `manage.py messages` extracts, of Django's and of allauth's. What
is shown and stands in no such brackets is in no catalogue, or not looked up there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import allauth
import django
from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from lxml import html

from diary.management.commands.messages import KEYWORDS, ORDINARY, catalogues

CODE, LOCALE = "en-xa", "en_XA"
SHOWN = ("aria-label", "title", "alt", "placeholder")
OTHERS = (Path(django.__file__).parent, Path(allauth.__file__).parent)


extracted = cache(catalogues)


@cache
def compiled(domain: str) -> bytes:
    """The catalogue of a domain in the language of the tests."""
    made = Catalog(locale="en", fuzzy=False)
    found = [extracted()[domain]]
    if domain == ORDINARY:
        found += [
            pofile.read_po(BytesIO(path.read_bytes()))
            for folder in OTHERS
            for path in folder.rglob("locale/en/LC_MESSAGES/django.po")
        ]
    for message in (each for one in found for each in one if each.id):
        said = message.id if isinstance(message.id, tuple) else (message.id,)
        bracketed = tuple(f"«{each}»" for each in said)
        made.add(message.id, bracketed if len(said) > 1 else bracketed[0], context=message.context)
    target = BytesIO()
    mofile.write_mo(target, made)
    return target.getvalue()


def write(folder: Path) -> None:
    """Lay the language's catalogues down where Django looks for them."""
    where = folder / LOCALE / "LC_MESSAGES"
    where.mkdir(parents=True)
    for domain in KEYWORDS:
        (where / f"{domain}.mo").write_bytes(compiled(domain))


def outside(text: str) -> str:
    """What of a text stands in no brackets."""
    depth, kept = 0, []
    for letter in text:
        depth += (letter == "«") - (letter == "»")
        kept.append(letter if depth == 0 and letter != "»" else " " if letter == "»" else "")
    assert depth == 0, text
    return "".join(kept)


def shown(page: str) -> Iterator[str]:
    """Each text of a page that somebody reads or hears."""
    tree = html.fromstring(page)
    for each in tree.xpath("//script | //style"):
        each.drop_tree()
    yield " ".join(tree.itertext())
    yield from tree.xpath("//meta[@name='description']/@content")
    for element in tree.iter():
        if isinstance(element.tag, str):
            yield from (element.get(name) for name in SHOWN if element.get(name))
            if element.tag == "input" and element.get("type") in ("submit", "button"):
                yield element.get("value", "")


def untranslated(text: str, data: Iterable[str]) -> list[str]:
    """The words of a text that stand in no brackets, and are none of these data."""
    said = outside(text)
    for each in sorted(data, key=len, reverse=True):
        said = said.replace(each, " ")
    return re.findall(r"[^\W\d_]{2,}(?:[ ',]+[^\W\d_]+)*", said)
