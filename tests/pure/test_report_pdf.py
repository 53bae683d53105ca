"""Does a report say all it was given, on paper and to a screen reader, and nothing else?"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, StreamObject

from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.charts.drawings import CHARTS
from diary.charts.look import Look
from diary.charts.svg import svg
from diary.demo import document
from diary.exchange.report_pdf import TEMPLATE, Chart, RedFlag, Report, Section, Table, pdf
from diary.rules import document_checked
from tests.pure.figures import WORDS

ROOT = Path(__file__).parents[2]
TOKENS = ROOT / "diary/static/diary/tokens.css"
LAST_DAY = date(2026, 4, 20)
PEOPLE = ("vera", "walter", "edith", "nina")
# No text of more than a few letters is narrower than this for each of them, in ems.
NARROW = 0.35
LABELS = (("for", "Fits:"), ("against", "Does not fit:"), ("missing", "Not recorded:"))

STRANGE = {
    "code": '#read("/etc/passwd") #let x = 1; #{panic("no")} #pagebreak() #sys.inputs',
    "markup": "= a $x^2$ *b* _c_ `d` <e> @f \\ // g /* h */ - i + j / k: l ~ -- --- [m] 'n' \"o\"",
    "a web address": "https://example.org/" + "a" * 60 + "?b=1&c=#d",
    "lines": "first\nsecond\r\nthird",
    "braces": "{page} {pages} %s %(n)s {0}",
    "accents": "Žižek naïve ﬁancé Ångström e\u0301 İ ß — … ‘q’ “r” ½ ≥ 3 × 4 µ",
    "Greek and Cyrillic": "Ασθενής Пациент",
}


def section(**said: Any) -> Section:
    return Section(**{"heading": "A heading", "paragraphs": ["A paragraph."], **said})


def report(**said: Any) -> Report:
    """A report of one page on which nothing is out of the ordinary but what is said."""
    usual = {
        "language": "en-GB",
        "title": "Walking and leg-pain diary: report",
        "who": [("Patient", "Vera Lind"), ("Period", "13 Jan to 20 Apr 2026")],
        "sentence": "The pain came on 9 of 12 walks.",
        "footer": "Self-reported, 12 walks, entries on 20 of 98 days.",
        "method": "Middle distance by a censored fit.",
        "generated_on": LAST_DAY,
        "page_of": "Page {page} of {pages}",
    }
    return Report(**{**usual, **said})


@cache
def drawn(name: str) -> tuple[dict[str, Any], dict[str, Chart]]:
    """The assessment of somebody in the demo, and the charts of it."""
    frames = frames_of_document(document_checked(document(name, LAST_DAY)))
    assessment = assess(frames, LAST_DAY, name)
    pictures = {}
    for chart in ("onset", "relief"):
        figure = CHARTS[chart](assessment, frames, Look(), WORDS)
        figure.set_gid(chart)
        pictures[chart] = Chart(svg(figure, "A title", "A description"), f"Points: {chart}.")
    return assessment, pictures


def worded(code: str) -> str:
    return f"You recorded {code.replace('_', ' ')} on most walks (12 of 14)"


def evidence(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What fits a cause, what does not and what is missing, about as long as it is in words."""
    codes = {name: [each if isinstance(each, str) else each["finding"] for each in row[name]]
             for name, _ in LABELS}  # fmt: skip
    return [
        (label, "; ".join(map(worded, codes[name][:8]))) for name, label in LABELS if codes[name]
    ]


@cache
def demo_report(name: str) -> Report:
    """What a clinician gets of somebody in the demo, about as long as it is in words."""
    assessment, pictures = drawn(name)
    causes = [
        [f"{row['cause'].replace('_', ' ').capitalize()}\n{row['support']}", evidence(row)]
        for row in assessment["causes"]
    ]
    flags = [
        RedFlag(
            f"Speak to somebody: {flag['urgency']}.", [worded(flag["flag"]) + ": " + "why " * 9]
        )
        for flag in assessment["flags"]
    ]
    return report(
        who=[
            ("Patient", f"{name.title()} Lindqvist-Hargreaves"),
            ("Period", "13 January to 20 April 2026"),
            ("Prepared", "20 April 2026"),
            ("For", "Ingrid, vascular nurse"),
        ],
        sentence="Your diary shows a pattern: the pain came on 38 of 62 walks, with about 290 m "
        "(likely 260 m to 320 m) as the middle distance before it, and rest eased it in 3 minutes.",
        figure="290 m",
        figure_words="is the middle distance before pain: 38 walks on which it came, 20 without.",
        warnings=flags,
        sections=[
            section(
                heading="Distance before the pain came, walk by walk",
                paragraphs=[worded("distances") + ". " + "Not so far. " * 8] * 2,
                chart=pictures["onset"],
            ),
            section(
                heading="How rest eases it",
                paragraphs=[worded("rests") + ". " + "It took 3 min. " * 8, worded("walking on")],
                chart=pictures["relief"],
            ),
            Section("What fits each cause", table=Table(["Cause", "What was recorded"], causes)),
            Section(
                "What this rests on",
                ["62 walks counted.", "Entries on 71 of 98 days.", "It is no diagnosis."],
                bullets=["Left: 38", "Right: 0"],
            ),
        ],
    )


@cache
def demo_pdf(name: str) -> bytes:
    return pdf(demo_report(name))


def opened(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(file))


def squeezed(text: str) -> str:
    """The letters alone: where lines end, and how an accent is put together, is no matter."""
    return unicodedata.normalize("NFC", "".join(text.split()))


def shown(page: pypdf.PageObject) -> str:
    """What a page says; at its end, what is noted behind shapes that several letters share."""
    behind = re.findall(rb"/ActualText<FEFF([0-9A-F]*)>", page.get_contents().get_data())
    hidden = [bytes.fromhex(code.decode()).decode("utf-16-be") for code in behind]
    return squeezed(page.extract_text() + "".join(hidden))


def all_shown(file: bytes) -> str:
    return "".join(map(shown, opened(file).pages))


def texts(value: Any) -> Iterator[str]:
    """Every text of a report that is to be read on its pages."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts(each)
    elif isinstance(value, Report | Section | Table | RedFlag):
        unread = ("language", "page_of", "numbers")
        for name, each in vars(value).items():
            yield from texts(each) if name not in unread else ()


def objects(file: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary of a file, those inside others too."""
    reader = opened(file)
    pending: list[Any] = [reader.get_object(nth) for nth in range(1, reader.trailer["/Size"])]
    while pending:
        each = pending.pop()
        if isinstance(each, DictionaryObject):
            yield each
            pending += each.values()
        elif isinstance(each, ArrayObject):
            pending += each


def elements(file: bytes) -> list[DictionaryObject]:
    """The elements that a screen reader goes through, in its order."""
    pending, found = [opened(file).root_object["/StructTreeRoot"]["/K"]], []
    while pending:
        each = pending.pop(0).get_object()
        if isinstance(each, ArrayObject):
            pending[:0] = each
        elif isinstance(each, DictionaryObject) and "/S" in each:
            found.append(each)
            pending[:0] = [each["/K"]] if "/K" in each else []
    return found


def kinds(file: bytes) -> list[str]:
    return [str(each["/S"]) for each in elements(file)]


def pieces(file: bytes) -> list[tuple[str, float, float, float]]:
    """Each piece of text that is drawn at once: its words, its left edge, its height, its size."""
    found: list[tuple[str, float, float, float]] = []

    def visit(text: str, matrix: Any, line: Any, font: Any, size: float) -> None:
        if text.strip():
            found.append((text, matrix[4] + line[4], matrix[5] + line[5], size))

    for page in opened(file).pages:
        page.extract_text(visitor_text=visit)
    return found


# ---- What is on the pages


@pytest.mark.parametrize("name", PEOPLE)
def test_every_text_of_a_report_is_in_the_file(name):
    said = all_shown(demo_pdf(name))

    assert [text for text in texts(demo_report(name)) if squeezed(text) not in said] == []


@pytest.mark.parametrize("name", PEOPLE)
def test_a_report_of_the_demo_has_at_most_two_pages(name):
    assert len(opened(demo_pdf(name)).pages) <= 2


def test_every_page_bears_who_it_is_about_and_what_it_rests_on():
    notes = [f"Note {nth}. " + "It rained. " * 60 for nth in range(42)]
    who = [("Patient", "Vera Lind"), ("Period", "13 Jan to 20 Apr 2026")]
    usual = report(who=who, sections=[Section("Notes", notes)])
    pages = [shown(page) for page in opened(pdf(usual)).pages]

    assert len(pages) == 5
    for nth, page in enumerate(pages, 1):
        for text in (*texts(who), usual.footer, usual.method, f"Page {nth} of 5"):
            assert page.count(squeezed(text)) == 1, (nth, text)


def test_what_needs_help_comes_first_then_the_sentence_then_the_sections():
    usual = report(
        warnings=[RedFlag("Call today.", ["A sore that does not heal."])],
        figure="290 m",
        sections=[section(heading="Rest")],
    )
    said = all_shown(pdf(usual))
    order = ["Vera Lind", "Call today.", "A sore that", "The pain came on", "290 m", "Rest"]

    assert [said.index(squeezed(text)) for text in order] == sorted(
        said.index(squeezed(text)) for text in order
    )


def test_a_table_that_goes_on_repeats_its_head():
    table = Table(["Day", "Metres"], [[f"day {nth}", str(nth)] for nth in range(120)], [1])
    pages = [shown(page) for page in opened(pdf(report(sections=[section(table=table)]))).pages]

    assert len(pages) == 3
    assert all("DayMetres" in page for page in pages)


def test_a_column_of_numbers_is_aligned_at_its_end():
    table = Table(["Day", "Metres"], [["a", "8"], ["b", "1,250"]], numbers=[1])
    left = {text.strip(): x for text, x, *_ in pieces(pdf(report(sections=[section(table=table)])))}

    assert left["a"] == left["b"]
    assert left["8"] > left["1,250"]


def test_a_row_that_is_not_as_long_as_the_head_is_refused():
    with pytest.raises(ValueError, match="shorter"):
        pdf(report(sections=[section(table=Table(["Day", "Metres"], [["Monday"]]))]))


def test_no_text_is_small_or_pale():
    sizes = {text.strip(): size for text, _, _, size in pieces(demo_pdf("vera"))}
    template = TEMPLATE.read_text()
    colours = dict(re.findall(r'^#let (\w+) = rgb\("(#\w{6})"\)', template, re.MULTILINE))

    assert min(sizes.values()) >= 8.5
    assert sizes["62 walks counted."] >= 10
    assert sizes["Left: 38"] >= 10
    assert sizes["Fits:"] >= 10
    assert "luma" not in template
    assert set(colours.values()) <= set(re.findall(r"#\w{6}", TOKENS.read_text()))
    assert {name for name in colours if contrast(colours[name]) < 4.5} == {"rule"}
    assert min(contrast(colours["ink"]), contrast(colours["accent"])) >= 7


def contrast(colour: str) -> float:
    """Of a colour on white (WCAG 2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    light = sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 1.05 / (light + 0.05)


# ---- For those who have it read out


def test_the_file_says_that_it_is_tagged_and_what_it_is():
    root = opened(demo_pdf("vera")).root_object
    about = root["/Metadata"].get_object().get_data().decode()

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert opened(demo_pdf("vera")).metadata.title == "Walking and leg-pain diary: report"
    assert re.search(r"<pdfuaid:part>\s*1\s*</pdfuaid:part>", about)
    assert "Walking and leg-pain diary: report" in about


def test_headings_lists_tables_and_pictures_are_tagged_as_what_they_are():
    read = kinds(demo_pdf("vera"))

    assert read.count("/H1") == len(demo_report("vera").warnings) + 4
    assert read.count("/Figure") == 2
    assert read.count("/TH") == 2
    assert read.count("/TD") == 2 * 5
    assert read.count("/LI") == len(demo_report("vera").warnings) + 2


def test_a_screen_reader_is_told_what_each_page_bears_once():
    """What lies in a header or a footer is skipped."""
    page = opened(pdf(report())).pages[0]
    said = tagged_text(page)

    for text in ("Vera Lind", "13 Jan to 20 Apr 2026", *(report().footer, report().method)):
        assert said.count(squeezed(text)) == 1


def tagged_text(page: pypdf.PageObject) -> str:
    """What a page says without what is marked as no part of its text."""
    stream = StreamObject()
    data = page.get_contents().get_data()
    stream.set_data(re.sub(rb"/Artifact.*?\bEMC\b", b"", data, flags=re.DOTALL))
    page[NameObject("/Contents")] = stream
    return squeezed(page.extract_text())


def test_charts_are_drawn_in_lines_and_letters_and_told_in_words():
    for name in ("vera", "walter", "edith"):
        file = demo_pdf(name)
        told = [each["/Alt"] for each in elements(file) if each["/S"] == "/Figure"]

        assert [each for each in objects(file) if each.get("/Subtype") == "/Image"] == []
        assert told == ["Points: onset.", "Points: relief."]
        assert squeezed("Distance walked, in metres") in all_shown(file)


def test_a_chart_without_words_is_told_by_its_heading():
    chart = replace(drawn("nina")[1]["onset"], alternative=" ")
    file = pdf(report(sections=[section(heading="Distances", chart=chart)]))

    assert [each["/Alt"] for each in elements(file) if each["/S"] == "/Figure"] == ["Distances"]


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("en-GB", "en-GB"),
        ("zh-Hant-TW", "zh-TW"),
        ("de-DE-1996", "de-DE"),
        ("sl-rozaj", "sl"),
        ("", "und"),
        ("English!", "und"),
    ],
)
def test_the_file_is_in_the_language_of_its_words(tag, language):
    assert opened(pdf(report(language=tag))).root_object["/Lang"] == language


# ---- A file that does nothing


def test_a_file_reaches_for_nothing_and_runs_nothing():
    barred = {"/URI", "/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/AF", "/AA", "/OpenAction"}
    barred |= {"/Launch", "/GoToR", "/SubmitForm", "/Annots", "/AcroForm"}
    link = report(sentence="https://example.org/ mailto:a@example.org", sections=[section()])
    for file in (demo_pdf("walter"), pdf(link)):
        found = list(objects(file))

        assert len(found) > 50
        assert [each for each in found if barred & ({*each} | {str(each.get("/S"))})] == []


def test_its_letters_come_along_and_none_are_the_machines_own():
    for name in PEOPLE:
        fonts = [each for each in objects(demo_pdf(name)) if each.get("/Type") == "/FontDescriptor"]
        families = {str(font["/FontName"]).partition("+")[2].partition("-")[0] for font in fonts}

        assert families == {"LibertinusSerif"}
        assert all({"/FontFile2", "/FontFile3"} & {*font} for font in fonts)


def test_the_same_report_gives_the_same_bytes_in_another_process_too():
    again = "import sys; from datetime import date; from diary.exchange.report_pdf import *; "
    again += f"import datetime; sys.stdout.buffer.write(pdf({report(sections=[section()])!r}))"
    files = {
        subprocess.run(
            [sys.executable, "-c", again],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Auckland"))
    }

    assert files == {pdf(report(sections=[section()]))}
    assert pdf(demo_report("walter")) == demo_pdf("walter")


def test_the_date_of_the_file_is_the_date_of_the_report():
    about = opened(pdf(report(generated_on=date(2024, 2, 29)))).metadata

    assert (about["/CreationDate"], about["/ModDate"]) == ("D:20240229000000Z",) * 2


def test_no_file_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pdf(report())

    assert list(tmp_path.iterdir()) == []


def test_typst_is_loaded_only_for_a_report():
    look = "import sys, diary.exchange.report_pdf; print({'typst', 'matplotlib'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, check=True)

    assert done.stdout.strip() == b"set()"


# ---- Any text is text


def everywhere(text: str) -> Report:
    """A report of which every text is this one, each between two marks of its own."""
    marks = iter(range(1000))

    def marked() -> str:
        mark = next(marks)
        return f"({mark}){text}({mark})"

    return report(
        title=marked(),
        who=[(marked(), marked()), (marked(), marked())],
        sentence=marked(),
        figure=marked(),
        figure_words=marked(),
        footer=marked(),
        method=marked(),
        page_of=marked(),
        warnings=[RedFlag(marked(), [marked()])],
        sections=[
            Section(
                marked(),
                [marked()],
                replace(drawn("nina")[1]["relief"], alternative=marked()),
                [marked()],
                Table([marked(), marked()], [[marked(), [(marked(), marked())]]], [1]),
            )
        ],
    )


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE.keys())
def test_a_text_is_shown_as_it_is(text):
    strange = everywhere(text)
    said = all_shown(pdf(strange))

    assert [each for each in texts(strange) if squeezed(each) not in said] == []


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40))
def test_whatever_can_be_typed_is_shown_as_it_is(text):
    strange = everywhere(text)
    said = all_shown(pdf(strange))

    assert [each for each in texts(strange) if squeezed(each) not in said] == []


@settings(max_examples=60, deadline=None)
@example("a\ufeffb\ufffec\ud800d\x1be\x00f")
@given(st.text(st.characters(), max_size=60))
def test_no_text_at_all_is_too_strange_for_a_report(text):
    said = all_shown(pdf(replace(everywhere(text), language=text)))

    assert {letter for letter in text if letter.isalnum()} <= {*said}


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f9b5 \U0001f469\u200d\u2695\ufe0f \U0001f600",
        "跛行 三百米",
        "שלום עולם",
        "السلام عليكم",
    ],
    ids=["emoji", "Chinese", "Hebrew", "Arabic"],
)
def test_letters_that_the_font_lacks_are_still_the_same_letters(text):
    usual = report(sections=[section(bullets=[text])], who=[("Patient", text)])
    said = all_shown(pdf(usual))

    assert {*squeezed(text)} <= {*said}


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "\u200b", "\x00", "\ufeff", "\ud800", "\U0001ffff"]
)
def test_a_text_that_says_nothing_leaves_a_gap_and_no_fault(text):
    empty = report(
        language=text,
        title=text,
        who=[(text, text)],
        sentence=text,
        figure=text,
        figure_words=text,
        footer=text,
        method=text,
        page_of=text,
        warnings=[RedFlag(text, [text])],
        sections=[section(heading=text, bullets=[text], table=Table([text], [[text]]))],
    )
    nothing = report(who=[], sections=[Section(text), Section(text, table=Table([], []))])

    assert len(opened(pdf(empty)).pages) == 1
    assert len(opened(pdf(nothing)).pages) == 1
    assert opened(pdf(empty)).metadata.title.strip()


def test_a_long_note_is_shown_whole_and_stays_on_the_paper():
    note = "It hurt at the church. " * 174 + "The end."
    word = "ab" * 400
    table = Table([*"abcdefgh"], [[word[:24]] * 8])
    usual = report(sections=[section(paragraphs=[note, word], bullets=[word], table=table)])
    file = pdf(usual)
    said = all_shown(file)

    assert len(note) > 4000
    assert squeezed(note) in said
    assert said.count("ab") >= 2 * 400 + 8 * 12
    assert max(x + len(text) * size * NARROW for text, x, _, size in pieces(file)) < 595 - 40


def test_a_name_that_turns_the_line_round_turns_nothing_else_round():
    usual = report(who=[("Patient", "\u202eareV\u2067"), ("Period", "April 2026")])
    said = all_shown(pdf(usual))

    assert "areV" in said
    assert "April2026" in said


def test_what_stands_on_every_page_is_cut_where_it_would_leave_no_room():
    long = "word " * 800
    file = pdf(report(who=[("Patient", long)], footer=long, sections=[section(paragraphs=[long])]))

    assert len(opened(file).pages) <= 4
    assert all(height > 0 for _, _, height, _ in pieces(file))
