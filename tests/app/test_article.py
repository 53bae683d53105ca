"""Does the article answer each question with its source, and show only the reader's own diary?"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from diary import rules
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.demo import documents
from diary.evidence.article import CAUSES, INTRODUCTION, QUESTIONS
from diary.evidence.sources import SOURCES
from diary.wording.article import causes, questions, shows
from tests.app.conftest import CANARY, NOW
from tests.app.test_wording import ALLOWED, FORBIDDEN

PAGES = ["/article/", "/article/questions/", *(f"/article/{topic.code}/" for topic in CAUSES)]
TOPICS = (INTRODUCTION, *CAUSES, *QUESTIONS)
SUBJECTS = (*shows.SUBJECTS, *shows.CHANGES)
EMPTY = {"format": "walking-diary", "version": 1}
PARTS = (
    "What the article says",
    "What the evidence says",
    "Where the article is out of date or falls short",
    "Sources",
    "What your diary shows on this",
)
UNFINISHED = re.compile(r"%\(|%s|\bNone\b(?! of)|\bnan\b")


def plain(markup: str) -> str:
    page = re.sub(r"<[^>]+>", " ", markup)
    return re.sub(r"\s+", " ", page).replace("&#x27;", "'")


def soothing(page: str) -> list[str]:
    """The words of ours that soothe; published titles are not ours."""
    for source in SOURCES.values():
        page = page.replace(source.citation, "")
    return FORBIDDEN.findall(ALLOWED.sub("", page))


def text(response) -> str:
    assert response.status_code == 200
    return plain(response.content.decode())


def section(page: str, code: str) -> str:
    """The markup of one question."""
    return page.partition(f'id="{code}"')[2].partition("</section>")[0]


def assessed(document: rules.Row) -> rules.Row:
    return assess(frames_of_document(rules.document_checked(document)))


def told(code: str, document: rules.Row) -> str:
    return " ".join(each.text for each in shows.shown(code, assessed(document), "metric"))


def test_all_five_causes_and_all_fourteen_questions_have_their_words_sources_and_subjects():
    assert len(CAUSES) == 5
    assert len(QUESTIONS) == 14
    assert {topic.code for topic in (INTRODUCTION, *CAUSES)} == set(causes.TEXTS)
    assert {topic.code for topic in QUESTIONS} == set(questions.TEXTS)
    assert not any(each == "" for texts in causes.TEXTS.values() for each in texts)
    assert not any(each == "" for texts in questions.TEXTS.values() for each in texts)
    for topic in TOPICS:
        assert topic.sources
        assert set(topic.sources) <= set(SOURCES)
        assert topic.shows
        assert set(topic.shows) <= set(SUBJECTS)
    assert set(SUBJECTS) == {code for topic in TOPICS for code in topic.shows}


def test_the_questions_page_links_to_every_question_and_gives_it_every_part(signed_in):
    page = signed_in.get("/article/questions/").content.decode()
    for topic in QUESTIONS:
        assert f'href="#{topic.code}"' in page
        own = section(page, topic.code)
        for part in PARTS:
            assert own.count(part) >= 1, (topic.code, part)
        assert plain(own).count(SOURCES[topic.sources[0]].citation[:20]) == 1


@pytest.mark.parametrize("path", PAGES)
def test_everybody_may_read_it_and_nobodys_diary_is_in_it(client, victim, path):
    page = text(client.get(path))
    for part in PARTS:
        assert part in page
    assert "Sign in to see what your diary shows." in page
    assert "You recorded" not in page
    assert "80.0 kg" not in page


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_diary_says_what_was_not_recorded(signed_in, path):
    page = text(signed_in.get(path))
    assert "yet" in page
    assert "it cannot rule anything out" in page
    assert soothing(page) == []


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_read(signed_in, path, method):
    assert getattr(signed_in, method)(path).status_code == 405


def test_a_cause_that_the_article_does_not_name_is_not_found(client):
    assert client.get("/article/gout/").status_code == 404


def test_a_persons_numbers_are_on_their_own_page_and_on_nobody_elses(signed_in, victim):
    own = Client()
    own.force_login(victim.owner)
    theirs = text(own.get("/article/questions/"))
    for number in ("one weight: 80.0 kg on 1 May 2026", "Injury, on 1 May 2026", "30 May 2026"):
        assert number in theirs
        assert number not in text(signed_in.get("/article/questions/"))
    assert CANARY not in theirs


@pytest.mark.parametrize("name", [*documents(date(2026, 4, 20))])
def test_every_page_reads_well_for_every_demo_diary(signed_in, diary, name):
    diary.take_in(rules.document_checked(documents(date(2026, 4, 20))[name]), NOW)
    for path in PAGES:
        page = text(signed_in.get(path))
        assert "Sign in to see" not in page
        assert soothing(page) == []
        assert not UNFINISHED.search(page)


@pytest.mark.parametrize("system", ["metric", "imperial"])
@pytest.mark.parametrize("name", [*documents(date(2026, 4, 20))])
def test_every_demo_diary_answers_every_question_without_a_word_that_soothes(name, system):
    assessment = assessed(documents(date(2026, 4, 20))[name])
    for code in SUBJECTS:
        said = shows.shown(code, assessment, system)
        assert said, code
        for each in said:
            assert FORBIDDEN.findall(ALLOWED.sub("", each.text)) == []
            assert not UNFINISHED.search(each.text)


@pytest.mark.parametrize(("days", "old"), [(2, False), (30, True)])
def test_an_old_diary_says_that_it_does_not_show_how_things_are_now(signed_in, diary, days, old):
    now = timezone.now()
    day = (now - timedelta(days=days)).date().isoformat()
    diary.take_in(rules.document_checked({**EMPTY, "check_ins": [{"date": day}]}), now)
    for path in PAGES:
        page = text(signed_in.get(path))
        assert ("This page does not show how things are now." in page) is old
        assert f"{days} days ago" in page


WALK = {"id": "0b4a0a34-0000-4000-8000-00000000000", "distance_m": 600}
REST = {"rest_s": 120, "rest_posture": "sitting", "relief": "complete"}


def walks(*said: rules.Row) -> rules.Row:
    rows = [
        {**WALK, "id": f"{WALK['id']}{n}", "started_at": f"2026-03-0{n + 1}T09:00:00Z", **each}
        for n, each in enumerate(said)
    ]
    return {**EMPTY, "walks": rows}


def changed(*kinds: str) -> rules.Row:
    return {**EMPTY, "changes": [{"date": f"2026-03-0{n + 1}", "kind": kind}
                                 for n, kind in enumerate(kinds)]}  # fmt: skip


def weighed(*weights: float) -> rules.Row:
    rows = [
        {"date": f"2026-03-0{n + 1}", "kind": "weight_kg", "value": kg}
        for n, kg in enumerate(weights)
    ]
    return {**EMPTY, "measurements": rows}


def profile(**said: object) -> rules.Row:
    return {**EMPTY, "profile": said}


def signs(*listed: str) -> rules.Row:
    return {**EMPTY, "check_ins": [{"date": "2026-03-01", "signs": list(listed)}]}


# Subject: each state of a diary, and the words that tell it from the others.
STATES = {
    "stretching": [
        (EMPTY, "stretched before a walk was not recorded yet"),
        (EMPTY, "stretched after a walk was not recorded yet"),
        (walks(*[{"stretched_before": False}] * 2), "before 0 of 2 walks"),
        (walks(*[{"stretched_before": False}] * 2), "stretched after a walk was not recorded yet"),
        (walks({"stretched_before": True}, {"stretched_before": False}), "before 1 of 2 walks"),
    ],
    "footwear": [
        (EMPTY, "was not recorded yet"),
        (walks({"footwear": "boots"}, {"footwear": "Boots"}), "1 kind of shoe on 2 walks"),
        (changed("footwear"), "1 March 2026"),
        (walks(*[{"footwear": "boots", "pain": [{}]}] * 3,
               *[{"footwear": "clogs", "pain": []}] * 3), "on clearly more walks"),
    ],
    "sudden_load": [
        (EMPTY, "cannot be compared yet"),
        (walks({}), "cannot be compared yet"),
        (walks({}, {}), "0 of 1 walk was"),
        (walks({}, {"distance_m": 700}, {}), "1 of 2 walks were more than a tenth longer"),
        (walks({}, {"distance_m": 700}, {}), "last one was on 2 March 2026"),
        (changed("new_activity"), "on 1 March 2026"),
    ],
    "lasting": [
        (EMPTY, "was recorded yet"),
        (profile(symptoms_began="2026-01-02"), "began on 2 January 2026"),
        (walks({"pain": []}), "You recorded no day with pain"),
        (walks({"pain": [{}]}), "pain on 1 day, 1 March 2026"),
        (walks(*[{"pain": [{}]}] * 7), "7 days, from 1 March 2026 to 7 March 2026: 6 days apart"),
        (walks(*[{"pain": [{}]}] * 7), "It has lasted"),
    ],
    "flags": [
        (EMPTY, "cannot rule anything out"),
        (signs("chest_pain"), "Emergency. Get emergency help now."),
        (signs("chest_pain"), "last on 1 March 2026"),
    ],
    "weight": [
        (EMPTY, "No weight was recorded yet"),
        (profile(weight_kg=90), "90.0 kg, without a date"),
        (weighed(82), "one weight: 82.0 kg on 1 March 2026"),
        (weighed(82, 80.5), "2 weights: 82.0 kg on 1 March 2026, 80.5 kg on 2 March 2026"),
    ],
    "smoking": [
        (EMPTY, "was not recorded yet"),
        (profile(smoking="never"), "“I never smoked”"),
        (profile(smoking="current"), "“I smoke”"),
        (changed("stopped_smoking", "stopped_smoking"), "2 times, last on 2 March 2026"),
    ],
    "posture": [
        (EMPTY, "was not recorded yet"),
        (walks({"pain": [REST]}, {"pain": [{**REST, "relief": "none"}]}), "Sitting eased the pain "
         "at 1 of 2 rests"),
        (walks({"pain_on_standing": False}), "day of 0 of 1 walk"),
        (signs("better_on_sitting"), "Better on sitting: ticked in 1 of 1"),
        (signs(), "Better on sitting: ticked in 0 of 1"),
    ],
    "breaks": [
        (EMPTY, "distance of a walk was not recorded yet"),
        (walks({}, {}), "distance of 2 walks. From 4 on"),
        (walks({}, {}, {}, {}), "none is longer than their middle length, 600 m"),
        (walks({"distance_m": 300, "pain": [REST]}, {"distance_m": 400},
               {"distance_m": 900, "pain": [REST]}, {"distance_m": 1000}),
         "4 walks is about 650 m. You recorded a rest on 1 of the 2 longer ones"),
    ],
    "activity": [
        (EMPTY, "No walk was recorded yet"),
        (walks({}, {}), "2 walks in the 28 days up to 2 March 2026"),
        ({**walks({}), "check_ins": [{"date": "2026-05-01"}]},
         "0 walks in the 28 days up to 1 May"),
    ],
    "pattern": [
        (EMPTY, "You recorded 0 walks"),
        (walks({}), "You recorded 1 walk."),
    ],
    **{
        code: [(EMPTY, "Not recorded under changes yet"), (changed(kinds[0]), "on 1 March 2026"),
               (changed(kinds[0], kinds[0]), "2 times, last on 2 March 2026")]
        for code, kinds in shows.CHANGES.items()
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("code", "document", "words"),
    [(code, document, words) for code, states in STATES.items() for document, words in states],
)
def test_each_state_of_a_diary_has_its_own_sentence(code, document, words):
    assert words in told(code, document)


def test_every_subject_is_tried_empty_and_filled():
    assert set(STATES) == set(SUBJECTS)
    for code, states in STATES.items():
        assert EMPTY in [document for document, _words in states]
        assert len({told(code, document) for document, _words in states}) > 1, code


def test_what_was_not_recorded_comes_with_the_page_where_it_is():
    for code in SUBJECTS:
        for each in shows.shown(code, assessed(EMPTY), "metric"):
            assert each.link, each.text


@pytest.mark.parametrize("entries", [EMPTY, signs("chest_pain"), walks(*[{"pain": [{}]}] * 7)])
def test_the_list_of_signs_stands_beside_every_answer_that_needs_it(signed_in, diary, entries):
    diary.take_in(rules.document_checked(entries), NOW)
    page = signed_in.get("/article/questions/").content.decode()
    nobodys = Client().get("/article/questions/").content.decode()
    for code in ("see_a_doctor", "serious", "treating_a_strain", "is_sciatica_chronic", "surgery"):
        assert 'href="/help/"' in section(page, code)
        assert 'href="/help/"' in section(nobodys, code)
    for topic in TOPICS:
        assert topic.urgent or "flags" not in topic.shows
    for path in PAGES:
        assert 'href="/help/"' in signed_in.get(path).content.decode().partition("<main")[2]


def test_the_warnings_that_must_be_there_are_there(client):
    page = client.get("/article/questions/").content.decode()
    assert "Diclofenac must not be used by people with arterial disease" in section(
        page, "medicines"
    )
    assert "Compression stockings do not help arteries and can harm" in section(page, "lifestyle")
    assert "tight bandage or ice can harm" in section(page, "treating_a_strain")
    assert "never to pain that nobody has looked at" in plain(section(page, "exercises"))
    achilles = text(client.get("/article/achilles_tendinopathy/"))
    assert "Achilles tendinopathy (often called tendonitis)" in achilles
    assert "only a name for what remains" in text(client.get("/article/muscle_imbalance/"))
