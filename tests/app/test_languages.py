"""Is the site ready for other languages: its sentences, numbers and dates, and its cards?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from babel.messages import pofile
from django.conf import settings as deployed
from django.core import mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation
from pypdf import PdfReader

from diary import rules
from diary.access import remind
from diary.demo import documents
from diary.evidence.sources import SOURCES
from diary.letters import send_reminder
from diary.models import Person
from diary.reports import flags_of_day
from diary.wording import cards, drawn, labels, lengths, problems, refusals
from diary.wording.weighing import short
from tests.app import pseudo
from tests.app.api.conftest import Phone, token_of
from tests.app.sharing import clinician, give_second_factor, shared_with

UID = "aaaaaaaa-0000-4000-8000-000000000009"
TYPED = ("notes", "footwear", "name")
WEIGHED = {"id": UID, "date": "2026-05-01", "kind": "weight_kg"}
ROOT = Path(__file__).resolve().parents[2]
# What is nobody's sentence: names, of publications too, and the names of formats.
NAMES = [
    *(source.citation for source in SOURCES.values()), *map(short, SOURCES), "Waymark", "GPX",
    "JSON", "FHIR", "CSV", "PDF", "British English", "English", "Pseudo",
]  # fmt: skip


@pytest.fixture
def bracketed(settings, tmp_path) -> Iterator[None]:
    """The site in the language of the tests, its red-flag texts reviewed."""
    pseudo.write(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [*deployed.LANGUAGES, (pseudo.CODE, "Pseudo")]
    settings.LANGUAGE_CODE = pseudo.CODE
    settings.RED_FLAGS_REVIEWED = [pseudo.CODE]
    with translation.override(pseudo.CODE):
        yield


@pytest.fixture
def cast(new_diary) -> SimpleNamespace:
    """A walker with a full diary, a nurse who may read all of it, and their browsers."""
    diary, now = new_diary("vera"), timezone.now()
    diary.take_in(rules.document_checked(documents(now.date())["vera"]), now)
    nurse = clinician("nora")
    share = shared_with(diary, nurse, now=now, until=(now + timedelta(days=90)).date())
    Person.objects.update(language=pseudo.CODE)
    walker, hers = Client(), Client()
    walker.force_login(diary.owner)
    hers.force_login(nurse)
    give_second_factor(hers)
    typed = [*_typed(diary.document()), "Vascular nurse", "Dr nora", "vera", "nora"]
    typed += [diary.owner.email, nurse.email, diary.owner.time_zone]
    return SimpleNamespace(
        diary=diary, share=share, walker=walker, nurse=hers, nobody=Client(), typed=typed
    )


def _typed(told: Any) -> Iterator[str]:
    """What a walker typed into a diary."""
    if isinstance(told, dict):
        yield from (told[name] for name in TYPED if told.get(name))
        for value in told.values():
            yield from _typed(value)
    elif isinstance(told, list | tuple):
        for each in told:
            yield from _typed(each)


def untranslated(text: str, typed: list[str] = ()) -> list[str]:
    return pseudo.untranslated(text, [*typed, *NAMES])


def addresses(cast: SimpleNamespace) -> Iterator[str]:
    """Every page of the site, filled in for the walker's rows and the nurse's patient."""
    first = {name: getattr(cast.diary, name).first() for name in ("walks", "check_ins")}
    uids = {
        "walks": first["walks"].uid, "changes": cast.diary.changes.first().uid,
        "measurements": cast.diary.measurements.first().uid, "sharing": cast.share.uid,
        "clinic": cast.share.uid,
    }  # fmt: skip
    filled = {
        "<slug:code>": "sciatica", "<str:day>": str(first["check_ins"].date),
        "<str:shape>/<str:key>": f"walk/{first['walks'].uid}",
    }  # fmt: skip

    def walk(patterns: Any, prefix: str) -> Iterator[str]:
        for each in patterns:
            where = prefix + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, where)
            elif isinstance(each, URLPattern) and not where.startswith("api/v1"):
                yield where

    for where in walk(get_resolver().url_patterns, "/"):
        path = where.replace("<uuid:uid>", str(uids.get(where.split("/")[1], "")))
        for pattern, value in filled.items():
            path = path.replace(pattern, value)
        if "<" not in path and "(?P" not in path:
            yield path


def left(client: Client, paths: list[str], typed: list[str]) -> dict[str, list[str]]:
    """By address, the words of its page that are in no catalogue."""
    found = {}
    for path in paths:
        answer = client.get(path)
        if "html" in answer.headers.get("Content-Type", "") and answer.content:
            texts = pseudo.shown(answer.content.decode())
            words = [word for text in texts for word in untranslated(text, typed)]
            if words:
                found[path] = words
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["walker", "nurse", "nobody"])
def test_no_page_has_a_sentence_that_is_in_no_catalogue(bracketed, cast, who):
    chosen = {
        "walker": lambda path: not path.startswith(("/clinic", "/api", "/article")),
        "nurse": lambda path: path.startswith("/clinic") or path in ("/", "/settings/"),
        "nobody": lambda path: path.startswith(("/article", "/account", "/help")) or path == "/",
    }
    paths = [path for path in addresses(cast) if chosen[who](path)]
    assert len(paths) > 8
    assert left(getattr(cast, who), paths, cast.typed) == {}


FORMS = (
    "walks/add", "check-ins/add", "changes/add", "measurements/add", "profile", "settings",
    "sharing/invite", "sharing/code", "diary-file", "settings/reminder", "walks/recording",
)  # fmt: skip


@pytest.mark.django_db
def test_no_form_that_is_refused_says_a_sentence_that_is_in_no_catalogue(bracketed, cast):
    sent = {
        "distance": "x", "weight_kg": "1,200", "units": "x", "time_zone": "x", "date": "x",
        "email": "x", "value": "x", "birth_year": "1", "at": "x", "what": "x", "hurt": "x",
        "id": UID, "pain-TOTAL_FORMS": "0", "pain-INITIAL_FORMS": "0",
    }  # fmt: skip
    found = {}
    for form in FORMS:
        answer = cast.walker.post(f"/{form}/", sent)
        assert answer.status_code == 422, form
        texts = pseudo.shown(answer.content.decode())
        if words := [w for text in texts for w in untranslated(text, [*cast.typed, "1,200"])]:
            found[form] = words
    assert found == {}


@pytest.mark.django_db
def test_no_e_mail_has_a_sentence_that_is_in_no_catalogue(bracketed, cast):
    names = sorted((ROOT / "templates").rglob("email/*_*.txt"))
    assert len(names) > 20
    context = {"user": cast.diary.owner, "email": "x@example.org", "sender": "x@example.org"}
    found = {}
    for path in names:
        name = path.relative_to(ROOT / "templates").as_posix()
        text = render_to_string(name, {**context, "deleted_email": "x@example.org"})
        if words := untranslated(text, [*cast.typed, "x@example.org"]):
            found[name] = words
    assert found == {}


def test_no_refusal_and_no_problem_is_in_no_catalogue(bracketed):
    told = [*refusals.REFUSALS.values(), *refusals.QUESTIONS.values()]
    told += [said for each in problems.PROBLEMS.values() for said in (each.title, each.remedy)]
    assert len(told) > 60
    assert [str(each) for each in told if untranslated(str(each))] == []


def test_no_word_in_a_chart_is_in_no_catalogue(bracketed):
    words = drawn.words()
    assert [word for word in words.values() if untranslated(word)] == []


def test_no_card_has_a_word_that_is_in_no_catalogue(bracketed):
    told = json.dumps([asdict(level) for level in cards.by_level()], ensure_ascii=False)
    said = re.sub(r'"(urgency|word|action|entries|signs|meaning)":|"\w+"', "", told)
    assert untranslated(said) == []


@pytest.mark.django_db
def test_the_report_on_paper_has_no_sentence_that_is_in_no_catalogue(bracketed, cast):
    answer = cast.nurse.get(f"/clinic/patients/{cast.share.uid}/report.pdf")
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert data.startswith(b"%PDF")
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    assert text.count("«") > 50
    assert untranslated(text, cast.typed) == []


CODES = re.compile(r"[a-z0-9_.:/#?=&+-]*|[A-Z0-9-]+|[\w.-]+/[\w/.-]+")


@pytest.mark.django_db
def test_no_sentence_of_the_api_is_in_no_catalogue(bracketed, cast):
    phone = Phone(token_of(cast.diary.owner))
    found = {}
    for where in (
        "assessment/", "help/", "questions/", "causes/", "causes/sciatica/", "settings/",
        "shares/", "shares/accesses/", "walks/?limit=0", "walks/nothing/",
    ):  # fmt: skip
        for text in _texts(phone.get(where).json()):
            if words := [] if CODES.fullmatch(text) else untranslated(text, cast.typed):
                found.setdefault(where, []).extend(words)
    assert found == {}


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _texts(each)


def test_a_sentence_that_is_not_marked_is_found():
    page = "<p>«Marked.»</p><p>Not marked</p><img alt='nor this'><p>«of %s» Waymark</p>"
    found = [word for text in pseudo.shown(page) for word in pseudo.untranslated(text, NAMES)]
    assert found == ["Not marked", "nor this"]


SENTENCE = re.compile(r"""["'`]([A-Z][a-z]+ [a-z]+[^"'`]*)["'`]""")


def test_no_script_says_a_sentence_of_its_own():
    """What a script says stands in its page, where it is translated; errors are for developers."""
    found = {}
    for path in (ROOT / "diary" / "static" / "diary").rglob("*.js"):
        lines = path.read_text().splitlines()
        told = [line for line in lines if not line.strip().startswith(("//", "*", "/*"))]
        told = [SENTENCE.search(line) for line in told if "throw new" not in line]
        if said := [each[1] for each in told if each]:
            found[path.name] = said
    assert found == {}
    assert SENTENCE.search('say("Nothing was sent.")')


# A real language, for its numbers and dates alone: no sentence is translated.
@pytest.fixture
def german(settings) -> Iterator[None]:
    settings.LANGUAGES = [*deployed.LANGUAGES, ("de", "German")]
    with translation.override("de"):
        yield


def test_numbers_lengths_and_dates_are_written_as_the_language_does(german):
    assert lengths.length(1234, "metric") == "1,2 km"
    assert lengths.day(date(2026, 3, 1)) == "1. März 2026"
    assert lengths.weekday(date(2026, 3, 1)) == "So 1 Mär 2026"
    assert drawn.words()["decimal_mark"] == ","


@pytest.mark.django_db
def test_a_form_shows_and_reads_the_decimal_sign_of_the_language(german, diary, signed_in):
    Person.objects.update(language="de")
    row = {**WEIGHED, "value": "80,5"}
    assert signed_in.post("/measurements/add/", row).status_code == 302
    stored = diary.measurements.get()
    assert stored.value == 80.5
    assert 'value="80,5"' in signed_in.get(f"/measurements/{stored.uid}/").content.decode()
    for asked_again in ("1.200", "1,200"):
        answer = signed_in.post("/measurements/add/", {**row, "value": asked_again})
        assert answer.status_code == 422, asked_again


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("where", "sent", "field", "value"),
    [
        (
            "/measurements/add/",
            {"id": UID, "date": "2026-05-01", "kind": "weight_kg"},
            "value",
            80.5,
        ),
        ("/profile/", {}, "weight_kg", 80.5),
    ],
)
def test_a_comma_is_a_decimal_sign_in_english_too(diary, signed_in, where, sent, field, value):
    assert signed_in.post(where, {**sent, field: "80,5"}).status_code == 302
    kept = diary.measurements.first() or diary.own_profile()
    assert getattr(kept, field) == value


@pytest.mark.django_db
def test_who_chose_a_language_gets_pages_mails_and_answers_in_it(bracketed, settings, cast):
    settings.LANGUAGE_CODE = "en-gb"
    Person.objects.update(language="en-gb")
    person, now = cast.diary.owner, timezone.now()
    chosen = {"name": "vera", "units": "metric", "time_zone": "Europe/London"}
    cast.walker.post("/settings/", {**chosen, "language": pseudo.CODE})
    person.refresh_from_db()
    assert "«Settings»" in cast.walker.get("/settings/").content.decode()
    assert "«" in Phone(token_of(person)).get("walks/nothing/").json()["title"]
    remind(person, time(18), [0], now)
    with translation.override("en-gb"):
        send_reminder(person.reminder)
    assert "«" in mail.outbox[-1].subject
    mail.outbox.clear()
    Client().post("/account/password/reset/", {"email": person.email})
    assert "«" in mail.outbox[-1].body


def flagged() -> list[cards.Card]:
    day = date(2026, 6, 1)
    row = rules.checked("check_in", {"date": day, "signs": ["chest_pain"]})
    return cards.of_flags(flags_of_day(row, day))


def test_a_card_stays_english_until_its_language_is_reviewed(bracketed, settings):
    assert "«" in flagged()[0].action
    settings.RED_FLAGS_REVIEWED = []
    (card,) = flagged()
    assert card.language == "en-gb"
    said = " ".join([card.urgency_word, card.action, card.told, *card.why])
    assert "«" not in said
    assert "chest pain" in said
    assert "«" not in " ".join(map(str, [*labels.SIGNS.values(), *cards.PAGE.values()]))
    assert "«" in str(labels.SIDES["left"])


@pytest.mark.django_db
def test_an_unreviewed_page_of_signs_says_that_it_is_english(bracketed, settings, cast):
    settings.RED_FLAGS_REVIEWED = []
    page = cast.walker.get("/help/").content.decode()
    assert 'lang="en-gb"' in page
    assert "Get emergency help now" in page
    assert "«Get emergency help now" not in page


def test_the_catalogues_are_written_by_one_command(settings, tmp_path):
    settings.LOCALE_PATHS = [tmp_path]
    call_command("messages", "--add", "de", stdout=StringIO())
    folder = tmp_path / "de" / "LC_MESSAGES"
    path = folder / "django.po"
    kept = pofile.read_po(BytesIO(path.read_bytes()), locale="de")
    assert kept.get("Settings")
    assert kept.get(("%(n)s walk", "%(n)s walks")).pluralizable
    assert kept.get("Left", context="leg")
    assert "Get emergency help now." not in path.read_text()
    assert "Get emergency help now." in (folder / "red_flags.po").read_text()
    empty, said = (f'msgid "Settings"\nmsgstr "{word}"' for word in ("", "Einstellungen"))
    path.write_text(path.read_text().replace(empty, said))
    call_command("messages", stdout=StringIO())
    assert 'msgstr "Einstellungen"' in path.read_text()
    with translation.override("de"):
        assert translation.gettext("Settings") == "Einstellungen"
