"""Does what people type become the row they meant, and does a second look leave it alone?"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict
from lxml import html

from diary import rules
from diary.models import Person
from diary.web.forms.amounts import Amount, Length, Minutes
from diary.web.forms.entries import CheckInForm, ProfileForm
from diary.web.forms.episodes import episodes
from diary.web.forms.walk import WalkForm, filled

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WALK_ID = "0b4a0a34-0000-4000-8000-000000000001"


def walker(**fields: str) -> Person:
    return Person(email="walker@example.org", time_zone="Europe/London", **fields)


def typed(person: Person | None = None, row: rules.Row | None = None, **answers: object):
    """The row that the walk form makes of answers."""
    return read(person, row, **answers)[0]


def read(person: Person | None = None, row: rules.Row | None = None, **answers: object):
    """The row that the walk form makes of answers, and what it asks first."""
    data = filled(
        {
            "id": WALK_ID, "distance_unit": "m", "hurt": "no", "when": "just_now",
            "pain-TOTAL_FORMS": "1", "pain-INITIAL_FORMS": "0", **answers,
        }
    )  # fmt: skip
    form = WalkForm(data, person=person or walker(), now=NOW, row=row)
    pain = episodes(data, (row or {}).get("pain") or [], extra=1, unit=form.first_unit)
    assert form.is_valid(), form.errors
    assert pain.is_valid(), pain.errors
    cleaned = form.cleaned_data
    told, reread = pain.pain(cleaned["hurt"], cleaned["distance_unit"], form.walked_m)
    made = form.row(told)
    return made, [fault.code for fault in form.asks(made, reread)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("600", 600), ("0", 0), ("1.5", 1.5), ("1,5", 1.5), (" 12 ", 12), ("", None), (",5", 0.5)],
)
def test_a_number_is_read_as_people_type_it(text, value):
    assert Amount().clean(text) == value


@pytest.mark.parametrize(
    "text", ["nan", "inf", "1e5", "1_000", "twelve", "1,200", "1.000.000", "--1", "٣", "0x10"]
)
def test_a_number_that_could_be_read_in_two_ways_or_none_is_asked_about(text):
    with pytest.raises(Exception, match=r"number|thousands"):
        Amount().clean(text)


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("600", 600), ("600 m", 600), ("600m", 600), ("600 Metres", 600), ("1,2 km", 1200),
        ("1.2 kilometers", 1200), ("300 yd", 274.32), ("2 miles", 3218.688), ("0.5 mi.", 804.672),
    ],
)  # fmt: skip
def test_a_length_is_read_with_the_unit_that_is_typed_behind_it(text, metres):
    assert Length().clean(text).metres("m") == metres


@pytest.mark.parametrize(
    ("text", "said"),
    [("600 x", "digits"), ("m", "digits"), ("6 0 m", "digits"), ("1,200 m", "thousands")],
)
def test_a_length_that_cannot_be_read_in_one_way_is_asked_about(text, said):
    with pytest.raises(Exception, match=said):
        Length().clean(text)


def test_m_is_asked_about_where_it_could_be_miles():
    person = walker(units="imperial")
    data = {"id": WALK_ID, "distance": "2 m", "distance_unit": "mi", "hurt": "no"}
    form = WalkForm(data, person=person, now=NOW)
    assert "letter m" in str(form.errors["distance"])
    assert typed(person, distance="2 metres", distance_unit="mi")["distance_m"] == 2


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("20", 20), ("20 min", 20), ("20min", 20), ("1 h 20", 80), ("1 h 20 min", 80),
        ("1,5 h", 90), ("90 s", 1.5), ("2 hours", 120), ("20 m", None), ("min", None),
        ("20 min 1 h", None), ("1 20", None), ("1:20", None),
    ],
)  # fmt: skip
def test_minutes_are_read_as_people_type_them(text, minutes):
    if minutes is None:
        with pytest.raises(Exception, match="digits"):
            Minutes().clean(text)
    else:
        assert Minutes().clean(text) == minutes


def test_a_length_is_said_in_the_other_system_beside_its_field():
    row = rules.checked(
        "walk",
        {"id": WALK_ID, "started_at": "2026-05-30T09:00:00Z", "distance_m": 457.2, "ascent_m": 30},
    )
    shown = WalkForm(person=walker(units="imperial"), now=NOW, row=row)
    assert shown["distance"].echo == "500 yd = 457 m"
    assert shown["ascent"].echo == "30 m = 33 yd"
    data = {"distance": "1,5", "distance_unit": "km"}
    assert WalkForm(data, person=walker(), now=NOW)["distance"].echo == "1.5 km = 0.9 miles"
    assert WalkForm({"distance": "far"}, person=walker(), now=NOW)["distance"].echo == ""


def test_an_onset_beyond_the_end_is_read_in_the_smaller_unit_and_asked_about():
    answers = {"hurt": "yes", "distance": "2", "distance_unit": "km"}
    row, asked = read(**answers, **{"pain-0-onset_distance": "250"})
    assert row["pain"][0]["onset_distance_m"] == 250
    assert asked == ["read_in_short_unit"]
    row, asked = read(**answers, **{"pain-0-onset_distance": "0,25"})
    assert (row["pain"][0]["onset_distance_m"], asked) == (250, [])


def test_an_onset_that_no_unit_brings_before_the_end_stays_as_it_was_typed():
    answers = {"hurt": "yes", "distance": "0.2", "distance_unit": "km"}
    for text in ("250", "250 km"):
        row, asked = read(**answers, **{"pain-0-onset_distance": text})
        assert (row["pain"][0]["onset_distance_m"], asked) == (250_000, [])


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"distance": "30", "distance_unit": "km"}, "odd_distance"),
        ({"distance": "1.2"}, "odd_distance"),
        ({"duration": "600"}, "odd_duration"),
        ({"distance": "600", "hurt": ""}, "pain_not_said"),
        ({"distance": "600", "hurt": "yes", "pain-0-onset_distance": "0.25"}, "odd_onset"),
        (
            {"distance": "600", "hurt": "yes", "pain-0-relief_minutes": "90",
             "pain-0-rest_posture": "sitting"},
            "odd_relief",
        ),
    ],
)  # fmt: skip
def test_what_is_odd_is_asked_before_it_is_saved(answers, asked):
    assert read(**answers)[1] == [asked]


def test_a_walk_of_which_nobody_said_whether_it_hurt_says_so():
    assert typed(distance="600", hurt="")["pain"] is None


def test_the_place_may_be_in_both_legs():
    answers = {"hurt": "yes", "distance": "600", "pain-0-where": "calf:left"}
    (pain,) = typed(**answers, **{"pain-0-both": "on"})["pain"]
    assert (pain["site"], pain["side"]) == ("calf", "both")
    (pain,) = typed(**answers)["pain"]
    assert (pain["site"], pain["side"]) == ("calf", "left")


def test_the_rest_as_last_time_fills_only_what_is_left_open():
    same = "terrain=flat&pace=slow&footwear=old+boots&pain-0-where=calf%3Aleft&pain-0-both=on"
    row = typed(distance="600", hurt="yes", pace="brisk", same=same)
    assert (row["terrain"], row["pace"], row["footwear"]) == ("flat", "brisk", "old boots")
    assert (row["pain"][0]["site"], row["pain"][0]["side"]) == ("calf", "both")
    row = typed(distance="600", hurt="yes", same=same, **{"pain-0-where": "knee:right"})
    assert (row["pain"][0]["site"], row["pain"][0]["side"]) == ("knee", "right")
    assert typed(distance="600", hurt="no", same=same)["pain"] == []


def test_as_last_time_never_makes_up_how_far_or_how_bad():
    same = "distance=600&hurt=yes&pain-0-onset_distance=250&pain-0-intensity=7&notes=x"
    row = typed(duration="10", hurt="", same=same)
    assert (row["distance_m"], row["pain"], row["notes"]) == (None, None, "")


BENCH = {"id": "0b4a0a34-0000-4000-8000-00000000000b", "name": "To the bench", "distance_m": 360.4}


def on_a_route(person: Person | None = None, **answers: object) -> WalkForm:
    data = {
        "id": WALK_ID, "distance_unit": "m", "hurt": "no", "when": "just_now",
        "route": BENCH["id"], **answers,
    }  # fmt: skip
    return WalkForm(data, person=person or walker(), now=NOW, routes=[BENCH])


@pytest.mark.parametrize("answers", [{}, {"distance": "360"}, {"distance": "0.36 km"}])
def test_a_known_route_says_how_far_and_how_that_is_known(answers):
    form = on_a_route(**answers, distance_source="estimated")
    assert form.is_valid(), form.errors
    row = form.row([])
    assert (row["distance_m"], row["distance_source"]) == (360.4, "known_route")


def test_a_route_is_offered_with_its_length_in_the_walkers_units():
    form = on_a_route(walker(units="imperial"))
    assert [str(text) for _value, text in form.fields["route"].choices] == [
        "Another way", "To the bench, 394 yd",
    ]  # fmt: skip


def test_another_length_than_the_chosen_route_has_is_asked_about():
    form = on_a_route(distance="500")
    assert "360 m long. Which is right?" in str(form.errors["distance"])


def test_a_route_that_nobody_knows_is_refused():
    assert "route" in on_a_route(route=WALK_ID).errors


def test_three_answers_make_a_walk():
    row = typed(
        distance="600",
        hurt="yes",
        **{"pain-0-where": "calf:left", "pain-0-onset_distance": "250"},
    )
    walk = rules.checked("walk", row, NOW)
    assert walk["distance_m"] == 600
    assert walk["started_at"] == NOW
    assert walk["time_zone"] == "Europe/London"
    (pain,) = walk["pain"]
    assert (pain["site"], pain["side"], pain["onset_distance_m"]) == ("calf", "left", 250)
    assert pain["intensity"] is None
    assert pain["qualities"] is None


@pytest.mark.parametrize(("hurt", "pain"), [("no", []), ("unknown", None), ("yes", [{}])])
def test_no_pain_and_no_answer_are_told_apart(hurt, pain):
    assert typed(distance="600", hurt=hurt)["pain"] == pain


def test_pain_from_the_first_step_is_zero_and_not_missing():
    row = typed(distance="600", hurt="yes", **{"pain-0-onset_distance": "0"})
    assert row["pain"][0]["onset_distance_m"] == 0


def test_yards_and_miles_become_metres():
    person = walker(units="imperial")
    assert typed(person, distance="2", distance_unit="mi")["distance_m"] == 3218.688
    assert typed(person, distance="300", distance_unit="yd")["distance_m"] == 274.32


PLACES = [
    (None, None), ("calf", "left"), ("calf", None), (None, "right"), (None, "both"),
    ("calf", "both"), ("lower_back", None), ("lower_back", "both"), ("lower_back", "left"),
]  # fmt: skip


@pytest.mark.parametrize(("site", "side"), PLACES)
@pytest.mark.parametrize("unit_system", ["metric", "imperial"])
def test_saving_a_walk_again_unchanged_changes_nothing(unit_system, site, side):
    person = walker(units=unit_system)
    stored = rules.checked(
        "walk",
        {
            "id": WALK_ID,
            "started_at": "2026-05-30T09:07:31.250000Z",
            "time_zone": "Asia/Kolkata",
            "distance_m": 1234.567,
            "duration_s": 1001,
            "ascent_m": 12.345,
            "pain": [
                {
                    "site": site,
                    "side": side,
                    "onset_distance_m": 333.333,
                    "relief_s": 95,
                    "spread_to": ["foot", "calf"],
                    "qualities": [],
                    "intensity": 0,
                    "resumed": False,
                }
            ],
            "notes": "as it was",
            "stretched_before": False,
        },
        NOW,
    )
    shown_form = WalkForm(person=person, now=NOW, row=stored)
    shown_pain = episodes(None, stored["pain"], extra=0, unit=shown_form.first_unit)
    data = posted(shown_form, shown_pain.management_form, *shown_pain.forms)
    form = WalkForm(data, person=person, now=NOW + timedelta(days=3), row=stored)
    pain = episodes(data, stored["pain"], extra=0, unit=form.first_unit)
    assert form.is_valid(), form.errors
    assert pain.is_valid(), pain.errors
    again = form.row(pain.pain("yes", form.cleaned_data["distance_unit"])[0])
    assert rules.checked("walk", again, NOW) == stored


def posted(*forms) -> QueryDict:
    """What a browser sends of forms that nobody touched, read from their HTML."""
    page = html.fromstring("<form>" + "".join(form.as_p() for form in forms) + "</form>")
    boxes = {box.get("name") for box in page.xpath("//input[@type='checkbox']")}
    sent: dict[str, list[str]] = {}
    for name, value in page.form_values():
        # lxml says 'on' for a ticked radio button whose value is empty.
        empty = value == "on" and name not in boxes
        sent.setdefault(name, []).append("" if empty else value)
    return as_query(sent)


def as_query(sent: dict[str, object]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in sent.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("just_now", "2026-06-01T11:50:00+00:00"),
        ("hour_ago", "2026-06-01T11:00:00+00:00"),
        ("this_morning", "2026-06-01T08:00:00+00:00"),
        ("yesterday", "2026-05-31T11:00:00+00:00"),
    ],
)
def test_a_time_chip_is_read_on_the_walkers_clock(when, expected):
    row = typed(distance="600", duration="10", when=when)
    assert row["started_at"] == datetime.fromisoformat(expected)


def test_measured_minutes_are_shown_in_tenths_and_kept_exact():
    row = {
        **rules.checked(
            "walk", {"id": WALK_ID, "started_at": "2026-05-30T09:00:00Z", "duration_s": 1477.2}
        ),
        "pain": None,
    }
    form = WalkForm(person=walker(), now=NOW, row=row)
    assert form["duration"].value() == "24.6"
    assert Minutes().prepare_value(2 / 60) == "0.03"
    assert typed(row=row, duration="24.6", hurt="")["duration_s"] == 1477.2
    assert typed(row=row, duration="24.7", hurt="")["duration_s"] == 1482


def test_a_typed_time_is_the_walkers_wall_time():
    row = typed(distance="600", when="at", date="2026-05-30", time="07:15")
    assert row["started_at"] == datetime(2026, 5, 30, 6, 15, tzinfo=UTC)


def test_signs_not_asked_and_none_of_them_are_told_apart():
    for asked, expected in (("", None), ("none", [])):
        form = CheckInForm({"date": "2026-05-30", "signs_asked": asked})
        assert form.is_valid(), form.errors
        assert form.values()["signs"] == expected


def test_ticked_signs_count_without_the_answer_above_them():
    form = CheckInForm(as_query({"date": "2026-05-30", "signs": ["fever", "swelling"]}))
    assert form.is_valid(), form.errors
    assert form.values()["signs"] == ["fever", "swelling"]
    assert form.values()["date"] == date(2026, 5, 30)


def test_none_of_these_with_a_tick_is_asked_about():
    form = CheckInForm(as_query({"date": "2026-05-30", "signs_asked": "none", "signs": ["fever"]}))
    assert not form.is_valid()
    assert "signs_asked" in form.errors


def test_a_profile_keeps_what_was_not_touched():
    stored = rules.checked("profile", {"height_cm": 171.456, "conditions": []}, NOW)
    data = as_query({"height_cm": "171.46", "conditions_asked": "none", "weight_kg": "80,5"})
    form = ProfileForm(data, row=stored)
    assert form.is_valid(), form.errors
    row = rules.checked("profile", form.values(), NOW)
    assert (row["height_cm"], row["weight_kg"], row["conditions"]) == (171.456, 80.5, [])
