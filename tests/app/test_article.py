"""Does the article answer each question with its source, and show only the reader's own diary?"""

from __future__ import annotations

import re
from datetime import date

import pytest

from diary import rules
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.demo import documents
from diary.evidence.article import CAUSES, INTRODUCTION, QUESTIONS
from diary.evidence.sources import SOURCES
from diary.wording.article import causes, questions, shows
from tests.app.conftest import CANARY
from tests.app.test_wording import ALLOWED, FORBIDDEN

PAGES = ["/article/", "/article/questions/", *(f"/article/{topic.code}/" for topic in CAUSES)]
TOPICS = (INTRODUCTION, *CAUSES, *QUESTIONS)
EMPTY = {"format": "walking-diary", "version": 1}


def text(response) -> str:
    page = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", page).replace("&#x27;", "'")


def assessed(document: rules.Row) -> rules.Row:
    return assess(frames_of_document(rules.document_checked(document)))


def told(code: str, document: rules.Row) -> str:
    return " ".join(each.text for each in shows.shown(code, assessed(document), "metric"))


def test_all_five_causes_and_all_fourteen_questions_have_their_words_sources_and_subjects():
    assert len(CAUSES) == 5
    assert len(QUESTIONS) == 14
    assert {topic.code for topic in (INTRODUCTION, *CAUSES)} == set(causes.TEXTS)
    assert {topic.code for topic in QUESTIONS} == set(questions.TEXTS)
    for topic in TOPICS:
        assert topic.sources
        assert set(topic.sources) <= set(SOURCES)
        assert topic.shows
        assert set(topic.shows) <= set(shows.SUBJECTS)
    assert set(shows.SUBJECTS) == {code for topic in TOPICS for code in topic.shows}


@pytest.mark.parametrize("path", PAGES)
def test_everybody_may_read_it_and_nobodys_diary_is_in_it(client, victim, path):
    page = text(client.get(path))
    assert "What the evidence says" in page
    assert "Sign in to see what your diary shows." in page
    assert CANARY not in page


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_diary_says_what_was_not_recorded(signed_in, victim, path):
    page = text(signed_in.get(path))
    assert "yet" in page
    assert CANARY not in page
    assert FORBIDDEN.findall(ALLOWED.sub("", page)) == []


def test_a_cause_that_the_article_does_not_name_is_not_found(client):
    assert client.get("/article/gout/").status_code == 404


@pytest.mark.parametrize("system", ["metric", "imperial"])
@pytest.mark.parametrize("name", [*documents(date(2026, 4, 20))])
def test_every_demo_diary_answers_every_question_without_a_word_that_soothes(name, system):
    assessment = assessed(documents(date(2026, 4, 20))[name])
    for code in shows.SUBJECTS:
        said = shows.shown(code, assessment, system)
        assert said, code
        for each in said:
            assert FORBIDDEN.findall(ALLOWED.sub("", each.text)) == []
            assert not re.search(r"%\(|%s|\bNone\b|\bnan\b", each.text)


WALK = {"id": "0b4a0a34-0000-4000-8000-00000000000", "distance_m": 600}


def walks(*said: rules.Row) -> rules.Row:
    rows = [
        {**WALK, "id": f"{WALK['id']}{n}", "started_at": f"2026-03-0{n + 1}T09:00:00Z", **each}
        for n, each in enumerate(said)
    ]
    return {**EMPTY, "walks": rows}


def test_missing_none_and_some_are_different_sentences():
    assert "not recorded yet" in told("stretching", EMPTY)
    assert "before 0 of the 2 walks" in told(
        "stretching", walks(*[{"stretched_before": False}] * 2)
    )
    assert "before 1 of the 2 walks" in told(
        "stretching", walks({"stretched_before": True}, {"stretched_before": False})
    )
    assert "not recorded yet" in told("smoking", EMPTY)
    assert "never" in told("smoking", {**EMPTY, "profile": {"smoking": "never"}}).lower()
    assert "No weight was recorded yet" in told("weight", EMPTY)
    weights = [
        {"date": f"2026-03-0{n}", "kind": "weight_kg", "value": kg}
        for n, kg in ((1, 82), (5, 80.5))
    ]
    assert "2 weights: 82.0 kg on 1 March 2026, 80.5 kg on 5 March 2026" in told(
        "weight", {**EMPTY, "measurements": weights}
    )


def test_breaks_are_told_of_the_longer_walks_alone():
    rest = {"rest_s": 120, "rest_posture": "sitting"}
    said = told(
        "breaks",
        walks(
            {"distance_m": 300, "pain": [rest]},
            {"distance_m": 400},
            {"distance_m": 900, "pain": [rest]},
            {"distance_m": 1000},
        ),
    )
    assert "On 1 of your 2 walks longer than 650 m you recorded a rest" in said
    assert "Too few walks" in told("breaks", walks({}))


def test_a_diary_without_flags_is_not_called_free_of_anything():
    assert "cannot rule anything out" in told("flags", EMPTY)
    flagged = {**EMPTY, "check_ins": [{"date": "2026-03-01", "signs": ["chest_pain"]}]}
    assert "1 March 2026" in told("flags", flagged)


def test_pain_that_lasts_is_told_with_its_days():
    pain = walks(*[{"pain": [{}]}] * 7)
    assert "7 days, from 1 March 2026 to 7 March 2026" in told("lasting", pain)
    assert "more than a few days" in told("lasting", pain)
    assert "No day with pain was recorded" in told("lasting", EMPTY)
