"""How does a report become a PDF that a clinician can file, print, search or have read out?"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

if TYPE_CHECKING:
    import typst

# A cell of a table: a text, or texts that each follow a label.
Cell = str | Sequence[tuple[str, str]]

TEMPLATE = Path(__file__).with_name("report.typ")
# Of the text; of letters it lacks; and of all others, as boxes: PDF/UA has no place for a gap.
FONTS = ("Libertinus Serif", "DejaVu Sans", "Last Resort High-Efficiency")
# Letters beside each other on a line of a table, about; and the longest word that is not broken.
LINE, LONGEST_WORD = 100, 26
# Letters of a text that stands on every page; a longer one, which nobody means, is cut there.
LONGEST_RUNNING = 500
# Marks that turn round what follows them, which on a shared line is another field; and the mark of
# a byte order, which PDF/UA refuses.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
UNPRINTABLE = "\N{REPLACEMENT CHARACTER}"
_PARSER = etree.XMLParser(resolve_entities=False)


@dataclass(frozen=True)
class Chart:
    """A picture as `charts.svg.svg` makes it, of size "page" and theme "light", and its words."""

    svg: str
    alternative: str


@dataclass(frozen=True)
class Table:
    """Rows, each as long as the head; of a first cell with several lines the first stands out.

    `numbers` are the columns, counted from 0, that are aligned at their end.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int] = ()


@dataclass(frozen=True)
class Section:
    """A part of a report; what it has is shown in this order."""

    heading: str
    paragraphs: Sequence[str] = ()
    chart: Chart | None = None
    bullets: Sequence[str] = ()
    table: Table | None = None


@dataclass(frozen=True)
class RedFlag:
    """What to do, and why."""

    action: str
    reasons: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a report says, in one language. Any text is shown as it is, never taken for code."""

    language: str  # BCP 47
    title: str
    who: Sequence[tuple[str, str]]  # names and values, on each page: patient, period, ...
    sentence: str
    figure: str = ""
    figure_words: str = ""
    warnings: Sequence[RedFlag] = ()
    sections: Sequence[Section] = ()
    footer: str  # on each page: self-reported, period, n, completeness
    method: str  # on each page, below the footer
    generated_on: date
    page_of: str  # with {page} and {pages}


def pdf(report: Report) -> bytes:
    """The report as a tagged file (PDF/UA-1) of A4 pages; the same report gives the same bytes."""
    import typst  # here, because only a report needs it

    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"report": json.dumps(_data(report))},
        pdf_standards=["ua-1"],
        timestamp=datetime.combine(report.generated_on, time(), UTC),
    )


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts and matplotlib's, found once."""
    import matplotlib
    import typst

    folder = Path(matplotlib.get_data_path(), "fonts", "ttf")
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _data(report: Report) -> dict[str, Any]:
    """What the template reads; nothing in it is empty where PDF/UA wants words."""
    said: dict[str, Any] = _plain({**asdict(report), "generated_on": str(report.generated_on)})
    said["title"] = _first(said["title"], said["generated_on"])
    said["running"] = {
        name: _running(said[name]) for name in ("who", "footer", "method", "page_of")
    }
    for flag in said["warnings"]:
        flag["action"] = _first(flag["action"])
    for section in said["sections"]:
        section["heading"] = _first(section["heading"])
        if section["chart"]:
            words = _first(section["chart"]["alternative"], section["heading"], said["title"])
            section["chart"] = {"svg": _on_paper(section["chart"]["svg"]), "alternative": words}
        section["table"] = _laid_out(section["table"]) if section["table"] else None
    return {**said, **_language(report.language), "fonts": FONTS, "longest_word": LONGEST_WORD}


def _plain(said: Any) -> Any:
    """The same with texts of characters that can be set, in lines that end alike."""
    if isinstance(said, str):
        lines = "\n".join(said.translate(UNSEEN).expandtabs(1).splitlines())
        return "".join(UNPRINTABLE if _is_unprintable(letter) else letter for letter in lines)
    if isinstance(said, dict):
        return {name: _plain(value) for name, value in said.items()}
    return [_plain(value) for value in said] if isinstance(said, list | tuple) else said


def _is_unprintable(letter: str) -> bool:
    is_no_character = ord(letter) & 0xFFFE == 0xFFFE
    return is_no_character or (unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n")


def _running(said: Any) -> Any:
    """The same, each text as one line that is not too long to stand on every page."""
    if isinstance(said, list):
        return [_running(each) for each in said]
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_RUNNING else f"{line[:LONGEST_RUNNING]}…"


def _first(*texts: str) -> str:
    """The first text that is not blank, or none."""
    return next((text for text in texts if text.strip()), "")


def _language(tag: str) -> dict[str, str | None]:
    """What Typst knows of a tag: its language and its country."""
    found = re.match(r"([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?![a-z])", tag, re.I | re.A)
    language, region = found.groups() if found else ("und", None)
    return {"language": language, "region": region}


def _on_paper(svg: str) -> str:
    """A chart in the letters of the text around it."""
    root = etree.fromstring(svg, _PARSER)
    root.set("font-family", FONTS[0])
    return etree.tostring(root, encoding="unicode")


def _laid_out(table: dict[str, Any]) -> dict[str, Any] | None:
    """The table with its columns' shares of the width, None where all of them have room."""
    rows = [[_letters(cell) for cell in row] for row in (table["head"], *table["rows"])]
    columns = list(zip(*rows, strict=True))
    if not columns:
        return None
    longest_word = min(LONGEST_WORD, max(LINE // len(columns), 1))
    shares: list[float | None] = [None] * len(columns)
    if sum(max(map(len, column)) for column in columns) > LINE:
        # About what makes the tallest rows least tall, but no column narrower than its words.
        says = [sum(len(cell) ** 2 for cell in column) ** (1 / 3) for column in columns]
        words = [max(map(len, " ".join(column).split()), default=0) for column in columns]
        shares = [
            round(max(LINE * share / sum(says), min(word, longest_word) + 3), 1)
            for share, word in zip(says, words, strict=True)
        ]
    return {**table, "shares": shares, "longest_word": longest_word}


def _letters(cell: Any) -> str:
    return cell if isinstance(cell, str) else " ".join(" ".join(labelled) for labelled in cell)
