"""Do a thousand generated diaries get sentences with their numbers, and never one that soothes?"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import get_template

from benchmarks.accuracy import diaries as simulated
from diary import rules
from diary.analytics import charted
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.clock import local_date
from diary.wording import beside, charts, pattern, rows, week
from tests.app.test_wording import ALLOWED, FORBIDDEN
from tests.pure import builders
from tests.pure.documents import document

CHUNKS, EACH = 4, 250
# How long after its last entry a diary is looked at: mostly soon, sometimes when it has grown old.
DAYS_LATER = (0, 0, 1, 3, 9, 10, 40)
SIZES = (3, 6, 10, 18, 25)
STANDINGS = {"not_enough", "old", "mixed_sources", "no_clear_change", "change"}
# What each standing must say in so many words, somewhere on the Pattern page.
SAYS = {
    "not_enough": r"not enough|cannot be said yet|was not reached|can be given|summed up yet",
    "old": r"This page does not show how things are now\.",
    "mixed_sources": r"measured in different ways .* not compared",
    "no_clear_change": r"No clear change over time can be shown .* That is not the same as no "
    r"change|show no change as large as 30 %",
    "change": r"The distance before pain grew (shorter|longer), by about \d+ % in 30 days",
}
LENGTH = r"[\d,.]+ (?:m|km|yd|miles)\b"
TIME = r"\d+ (?:seconds?|minutes|h \d+ min)"
MIDDLE = rf"about {LENGTH}(?: \(likely {LENGTH} to {LENGTH}\))?"

chunks = pytest.mark.parametrize(
    "chunk",
    [pytest.param(n, marks=pytest.mark.xdist_group(f"diaries-{n}")) for n in range(CHUNKS)],
)


@dataclass(frozen=True)
class Shown:
    """What one diary's pages say, and of what."""

    name: str  # how to make the document again
    assessment: dict[str, Any]
    said: pattern.Page
    pattern: str
    home: str


def generated(number: int) -> tuple[str, rules.Row]:
    """The document of a number and its recipe; every fourth is a simulated person's."""
    if number % 4 == 3:
        size = SIZES[number // 4 % len(SIZES)]
        return f"simulated.diary({number}, {size})", simulated.diary(number, size)[0]
    return f"document(Random({number}))", document(Random(number))


def words(page: str) -> str:
    """The text of a page as a reader sees it."""
    page = re.sub(r"<(head|script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def stored(walk: rules.Row) -> SimpleNamespace:
    """A checked walk with the names that a stored one has."""
    pains = [SimpleNamespace(**pain) for pain in walk["pain"] or ()]
    return SimpleNamespace(
        **walk,
        shape="walk",
        key="id",
        day=local_date(walk["started_at"], walk["time_zone"]),
        pain_recorded=walk["pain"] is not None,
        episodes=SimpleNamespace(all=lambda: pains),
    )


@cache
def chunk_of(chunk: int) -> list[Shown]:
    """A quarter of the thousand diaries, each assessed and rendered once."""
    return [shown(number) for number in range(chunk * EACH, (chunk + 1) * EACH)]


def shown(number: int) -> Shown:
    name, raw = generated(number)
    whole = rules.document_checked(raw)
    frames = frames_of_document(whole)
    system = ("metric", "imperial")[number % 2]
    last = frames.last_day or date(2026, 3, 2)
    today = last + timedelta(days=DAYS_LATER[number % len(DAYS_LATER)])
    assessment = assess(frames, today, source=name)
    said = pattern.page(assessment, today, system)
    counts = charted.beside(frames.until(today), None, today)
    told = beside.told(counts, said.onset, said.relief)
    of_days = beside.of_days(counts, assessment, system)
    told |= {name: [*told[name], *sentences] for name, sentences in of_days.items()}
    drawn = charts.shown({name: {"rows": []} for name in told}, told, system)
    walks = sorted(map(stored, whole["walks"]), key=lambda walk: walk.started_at)[::-1]
    lately = [walk for walk in walks if today - timedelta(days=7) < walk.day <= today]
    home = {
        "today": today,
        "walks": [rows.line(walk, system) for walk in walks[:5]],
        "week": week.of(lately, today, system),
        "checked_in": False,
        "said": said.said,
    }
    return Shown(
        name,
        assessment,
        said,
        words(get_template("diary/pattern.html").render({"said": said, "charts": drawn})),
        words(get_template("diary/home.html").render(home)),
    )


@chunks
def test_no_generated_diary_is_told_a_word_that_soothes(chunk):
    found = {
        each.name: words
        for each in chunk_of(chunk)
        if (words := FORBIDDEN.findall(ALLOWED.sub("", f"{each.pattern} {each.home}")))
    }
    assert found == {}


@chunks
def test_no_placeholder_shows_in_the_words_of_a_generated_diary(chunk):
    leak = re.compile(
        r"%\(|%[sd]|\{[{%]|\bNone\b(?! of)|\b(?:nan|inf|NaT|True|False)\b|<NA>|\b\w+_\w+\b"
    )
    found = {
        each.name: leaks
        for each in chunk_of(chunk)
        if (leaks := leak.findall(f"{each.pattern} {each.home}"))
    }
    assert found == {}


@chunks
def test_every_page_ends_with_the_line_that_is_always_there(chunk):
    line = "If something new or sudden worries you, do not wait for this diary."
    for each in chunk_of(chunk):
        assert line in each.pattern
        assert line in each.home
        assert each.said.limit in each.pattern
        assert each.said.said.sentence in each.pattern
        assert each.said.said.sentence in each.home


@chunks
def test_every_number_of_the_sentence_comes_with_what_it_is_counted_from(chunk):
    """Take away what is told with its n, and no figure is left."""
    wrong = {each.name: said for each in chunk_of(chunk) if (said := _unfounded(each))}
    assert wrong == {}


def _unfounded(shown: Shown) -> str:
    """What of the sentence does not follow from the assessment's own counts; '' where all does."""
    found, said = shown.assessment, shown.said.said
    walks, onset, relief = found["walks"], found["onset"], found["relief"]
    rest = said.sentence
    rest = rest.replace(f"the pain came on {walks['with_pain']} of {walks['total']} walks", "")
    rest = rest.replace(f"The pain came on {walks['with_pain']} of {walks['total']} walks", "")
    rest = re.sub(rf"[Yy]ou recorded {walks['total']} walks?\b", "", rest)
    rest = rest.replace(f"{walks['with_pain']} of them with pain", "")
    rest = re.sub(rf"On {onset['onsets']} walks? you noted", "", rest)
    rest = rest.replace(f"so far there are {onset['onsets']}.", "")
    rest = re.sub(rf"about {said.walks_wanted} (such )?walks are needed", "", rest)
    rest = re.sub(rf"eased it in {TIME} \(the middle of {relief['timed']} rests?\)", "", rest)
    if f"{onset['onsets']} walks on which it came" in said.figure_words:
        rest = re.sub(rf"with {MIDDLE} as the middle distance", "", rest)
    return rest if re.search(r"\d", rest) else ""


@chunks
def test_every_middle_beside_a_chart_comes_with_what_it_is_counted_from(chunk):
    for each in chunk_of(chunk):
        onset, relief = each.assessment["onset"], each.assessment["relief"]
        walks = "walk" if onset["onsets"] == 1 else "walks"
        counted = f"{onset['onsets']} {walks} on which it came, {onset['censored']} pain-free"
        for sentence in each.said.onset:
            if re.search(LENGTH, sentence):
                assert counted in sentence, each.name
        for sentence in each.said.relief:
            if re.search(TIME, sentence):
                assert f"Of {relief['episodes']} rest" in sentence, each.name
                assert f"of the {relief['judged']} that tell" in sentence, each.name
            if "The middle of" in sentence:
                assert f"The middle of {relief['timed']} recorded times" in sentence, each.name


@chunks
def test_all_five_standings_occur_and_each_says_so(chunk):
    silent = {
        each.name: (each.assessment["standing"], [each.said.said.sentence, *each.said.onset])
        for each in chunk_of(chunk)
        if not re.search(SAYS[each.assessment["standing"]], f"{each.pattern}", re.IGNORECASE)
    }
    assert silent == {}
    assert {each.assessment["standing"] for each in chunk_of(chunk)} == STANDINGS


@chunks
def test_no_course_is_told_where_none_is_known(chunk):
    told = re.compile(r"grew (shorter|longer)|no change as large")
    for each in chunk_of(chunk):
        if told.search(" ".join(each.said.onset)):
            assert each.assessment["onset"]["trend"]["direction"] != "unknown", each.name


def course_of(onsets, days_later=0, sources=None):
    """What is said of the course of walks that hurt after so many metres, each on its day."""
    walks = [
        builders.painful(far, day, distance_source=sources and sources[number])
        for number, (day, far) in enumerate(onsets)
    ]
    frames = builders.diary(walks)
    today = frames.last_day + timedelta(days=days_later)
    return assess(frames, today), pattern.page(assess(frames, today), today, "metric")


def test_an_old_diary_does_not_compare_walks_measured_in_different_ways():
    onsets = [(3 * number, 600 * 0.9**number) for number in range(12)]
    sources = ["gps"] * 6 + ["estimated"] * 6
    fresh, now = course_of(onsets, 0, sources)
    _, later = course_of(onsets, 10, sources)
    assert fresh["standing"] == "mixed_sources"
    assert "not compared" in now.onset[-1]
    assert "grew" not in later.onset[-1]


# document(Random(654)) made smaller: the day, the onset in metres and the minutes of each walk.
EIGHT = (
    (4, 300, 10), (5, 950, 23), (8, 450, 8), (20, 1000, 53), (21, 1450, 31), (29, 750, 20),
    (29, 1950, 50), (59, 2800, 36),
)  # fmt: skip


def of_eight():
    walks = [
        builders.walk(day, None, [{"onset_distance_m": far}], duration_s=60 * minutes)
        for day, far, minutes in EIGHT
    ]
    frames = builders.diary(walks)
    assessment = assess(frames)
    return assessment, pattern.page(assessment, frames.last_day, "metric")


def test_no_change_is_claimed_where_the_standing_is_not_enough():
    assessment, said = of_eight()
    assert assessment["standing"] != "not_enough" or "grew" not in said.onset[-1]


def test_the_walks_that_are_wanted_are_more_than_those_that_are_there():
    assessment, said = of_eight()
    enough = assessment["onset"]["onsets"] >= said.said.walks_wanted
    assert not (enough and "not enough yet to see a pattern" in said.said.sentence)
