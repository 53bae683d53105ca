"""Is there a sentence for everything, and none that soothes?"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.template.loader import render_to_string

from diary import answers, rules, values
from diary.analytics.assess import assess
from diary.analytics.columns import frames_of_document
from diary.demo import documents
from diary.evidence import likelihoods, red_flags
from diary.reports import flags_of_day
from diary.wording import cards, drawn, findings, labels, pattern, refusals

ROOT = Path(__file__).resolve().parents[2]
FORBIDDEN = re.compile(
    r"\b(normal|fine|okay|all clear|no cause for concern|nothing to worry|reassuring|stable"
    r"|good news|low risk|no red flags|you have|your condition|we recommend|well done|great job"
    r"|improving|getting better|recovered|don't worry|ok|safe|healthy|you should|monitored"
    r"|alert sent|your doctor will|diagnos(?:is|ed|es))\b",
    re.IGNORECASE,
)
# Words that stand in a sentence which says the opposite, or in a button.
ALLOWED = re.compile(
    r"It does not mean that nothing is wrong|(?:not a|never makes a|makes no) diagnosis"
    r"|is not monitored"
)


def test_every_finding_can_be_said_in_each_of_its_states():
    assert set(likelihoods.FINDINGS) <= set(findings.PRESENT)
    assert set(likelihoods.FINDINGS) <= set(findings.MISSING)
    spoken_absent = {row.finding for row in likelihoods.LIKELIHOODS if row.absent not in (None, 1)}
    assert spoken_absent <= set(findings.ABSENT)


def test_every_answer_has_a_label():
    named = {
        "sex": labels.SEXES, "smoking": labels.SMOKING, "conditions": labels.CONDITIONS,
        "activity": labels.ACTIVITIES, "distance_source": labels.DISTANCE_SOURCES,
        "terrain": labels.TERRAINS, "pace": labels.PACES, "walking_aid": labels.WALKING_AIDS,
        "onset": labels.ONSETS, "site": labels.SITES, "side": labels.SIDES,
        "spread_to": labels.SITES, "qualities": labels.QUALITIES, "response": labels.RESPONSES,
        "course_while_walking": labels.COURSES, "rest_posture": labels.POSTURES,
        "relief": labels.RELIEFS, "signs": labels.SIGNS, "sites": labels.SITES,
        "what": labels.SCOPES,
    }  # fmt: skip
    for kind, fields in rules.FIELDS.items():
        for name, reader in fields.items():
            if name != "kind" and isinstance(reader, values.Choice | values.Choices):
                assert set(named[name]) == set(reader.values), (kind, name)
    assert set(labels.CHANGE_KINDS) == set(answers.CHANGE_KINDS)
    assert set(labels.MEASUREMENT_KINDS) == set(answers.MEASUREMENT_RANGES)


def test_every_refusal_and_question_of_the_rules_has_its_words():
    source = "".join((ROOT / "diary" / f"{name}.py").read_text() for name in ("rules", "values"))
    source += "".join(path.read_text() for path in (ROOT / "diary" / "exchange").glob("*.py"))
    codes = set(re.findall(r'(?:Fail|Fault|refusal)\([^"]*?(?:"[\w.]*", )?"([a-z_]+)"', source))
    codes -= {name for fields in rules.FIELDS.values() for name in fields} | set(rules.FIELDS)
    codes -= {"file", "format", "version"}
    assert len(codes) > 25
    assert codes <= set(refusals.REFUSALS) | set(refusals.QUESTIONS)


def test_every_flag_has_its_meaning_and_every_sign_its_place_on_the_help_page():
    assert set(cards.MEANINGS) == set(red_flags.FLAGS)
    assert {level.urgency for level in cards.by_level()} == {"emergency", "same_day", "soon"}


@pytest.mark.parametrize("sign", [sign for sign in red_flags.LIMB_SIGNS if sign != "pale_or_blue"])
def test_a_limb_sign_by_itself_says_when_it_cannot_wait(sign):
    day = date(2026, 6, 1)
    row = rules.checked("check_in", {"date": day, "signs": [sign], "side": "left"})
    (card,) = cards.of_flags(flags_of_day(row, day))
    assert card.urgency == "soon"
    (why,) = card.why
    assert why.endswith("If it is new and came suddenly, do not wait: get emergency help now.")


def test_foot_pain_at_night_says_when_it_is_for_today():
    raised = {"flag": "chronic_limb_threatening_ischaemia", "urgency": "soon", "latest": None}
    (card,) = cards.of_flags([{**raised, "reasons": ["rest_or_night_pain_in_foot"]}])
    assert card.why[0].endswith("speak to a doctor today.")


def test_what_is_urgent_anyway_is_not_hurried_again():
    day = date(2026, 6, 1)
    row = rules.checked("check_in", {"date": day, "signs": ["cold_foot", "weakness"]})
    first, *_others = cards.of_flags(flags_of_day(row, day))
    assert first.urgency == "emergency"
    assert "If it is new" not in " ".join(first.why)


@pytest.mark.parametrize("system", ["metric", "imperial"])
@pytest.mark.parametrize("name", [*documents(date(2026, 4, 20))])
def test_every_demo_diary_is_said_without_a_word_that_soothes(name, system):
    whole = rules.document_checked(documents(date(2026, 4, 20))[name])
    assessment = assess(frames_of_document(whole), source=name)
    said = pattern.page(assessment, date(2026, 4, 21), system)
    page = render_to_string("diary/pattern.html", {"said": said, "charts": []})
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    assert said.said.sentence in text.replace("&#x27;", "'")
    assert FORBIDDEN.findall(ALLOWED.sub("", text)) == []
    assert not re.search(r"%\(|%s|\bNone\b(?! of)|\bnan\b", text)


def test_no_template_and_no_catalogue_has_a_word_that_soothes():
    found = {}
    for path in [*ROOT.glob("templates/**/*.html"), *ROOT.glob("diary/wording/**/*.py")]:
        text = ALLOWED.sub("", re.sub(r"{%.*?(?=['\"])", "", path.read_text()))
        words = FORBIDDEN.findall(text)
        if words:
            found[path.name] = words
    assert found == {}


def test_the_lint_finds_what_it_is_for():
    assert FORBIDDEN.search("Everything looks fine")
    assert FORBIDDEN.search("Your walking is Stable")
    assert FORBIDDEN.search("It is safe to walk on, and your doctor will call")
    assert not FORBIDDEN.search(ALLOWED.sub("", "It is not a diagnosis. It is not monitored."))


def test_the_chart_words_cover_every_change_and_posture():
    words = drawn.words()
    assert {f"change_{kind}" for kind in answers.CHANGE_KINDS} <= set(words)
    assert {f"posture_{posture}" for posture in answers.POSTURES} <= set(words)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (rules.Fault("base_revision", "out_of_range", {"low": 0, "high": 2**53}),
         "This should be between 0 and 9,007,199,254,740,992."),
        (rules.Fault("profile.birth_year", "too_far_ahead"), "This year has not come yet."),
        (rules.Fault("date", "too_far_ahead"), "This lies more than two days ahead."),
    ],
)  # fmt: skip
def test_a_refusal_is_said_of_what_was_refused(fault, said):
    assert refusals.sentence(fault) == said


def test_of_no_walks_nothing_is_said_that_walks_would_say():
    empty = rules.document_checked({"format": "walking-diary", "version": 1})
    day = date(2026, 6, 1)
    said = pattern.page(assess(frames_of_document(empty), day), day, "metric")
    assert said.said.sentence == (
        "You recorded 0 walks. That is not enough yet to see a pattern: about 8 walks are needed "
        "on which you note after how far the pain came. It does not mean that nothing is wrong."
    )
