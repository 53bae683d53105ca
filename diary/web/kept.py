"""Which pages and files does a device keep, so that they open without a connection?"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable
from functools import cache

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.translation import get_language

from diary.wording import cards

WORKER = "diary/offline/worker.js"
TABLE = "/api/v1/help/"  # from signs to the cards of what wants help at once
# What a module needs besides itself; style sheets and drawings of ours need nothing.
IMPORT = re.compile(r'^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)"|^import "(\.[^"]+)"', re.M)
NAMED = re.compile(r'(?:href|src)="([^"#]+)')

OURS = ("diary/", "vendor/")

made: dict[str | None, str] = {}

Page = Callable[[HttpRequest], HttpResponse]


def worker(request: HttpRequest, pages: dict[str, Page]) -> str:
    """The service worker, made once for each language.

    It is two lines, which change whenever anything changes of what it keeps.

    `pages` has, by the address that a page replaces, the view that makes it as for nobody.
    """
    language = get_language()
    if language not in made or settings.DEBUG:
        made[language] = _worker({address: page(request) for address, page in pages.items()})
    return made[language]


def _worker(pages: dict[str, HttpResponse]) -> str:
    content = b"".join(page.content for page in pages.values())
    table = json.dumps(cards.table()).encode()
    names = sorted(needed(_files(content.decode())))
    seen = hashlib.sha256(content + table)
    for name in names:
        seen.update(_content(name))
    told = {
        "version": seen.hexdigest()[:16],
        "pages": {address: f"/offline{address}" for address in pages if address != "/"},
        "files": [TABLE, *[static(name) for name in names]],
    }
    return f'import {{ work }} from "{static(WORKER)}";\nwork({json.dumps(told)});\n'


def _files(html: str) -> set[str]:
    """The names of our static files that some pages name."""
    by_address = {static(name): name for name in _all_names()}
    return {by_address[each] for each in NAMED.findall(html) if each in by_address}


@cache
def _all_names() -> tuple[str, ...]:
    found = []
    for finder in finders.get_finders():
        found += [path for path, _storage in finder.list([]) if path.startswith(OURS)]
    return tuple(found)


def needed(names: Iterable[str]) -> set[str]:
    """The files, and every module that one of them imports."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _imports(name) if name.endswith(".js") else ()
    return found


def _imports(name: str) -> list[str]:
    folder = posixpath.dirname(name)
    found = IMPORT.findall(_content(name).decode())
    return [posixpath.normpath(posixpath.join(folder, one or other)) for one, other in found]


def _content(name: str) -> bytes:
    path = finders.find(name)
    with open(str(path), "rb") as file:
        return file.read()
