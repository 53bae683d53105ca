"""Is what the phone could not measure asked for, and what is typed over it kept?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from diary import polyline
from diary.models import Person, Walk
from tests.browser.on_foot import Walker, kept, wait_until_sent
from tests.browser.phones import place
from tests.browser.test_offline import somebody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person() -> Person:
    return somebody("walker")


def test_a_position_that_is_forbidden_on_the_way_leaves_the_time_and_the_way_so_far(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    distance = walker.page.locator("#going [data-distance]")
    expect(distance).to_have_text(re.compile(r"^(9\d|10\d) m$"))
    walker.page.context.clear_permissions()
    walker.stand(60)
    expect(
        walker.page.get_by_text("Your position is not used. The time is measured")
    ).to_be_visible()
    expect(distance).to_have_text(re.compile(r"^(9\d|10\d) m$"))
    walker.press("It hurts now")
    walker.stand(30)
    walker.press("Finish the walk")
    measured = walker.page.locator("#summary [data-least]")
    expect(measured).to_be_visible()
    expect(measured).to_have_text(re.compile(r"measured (9\d|10\d) m of this walk"))
    expect(walker.page.get_by_text("Your phone could not tell how far")).to_be_visible()
    expect(walker.page.get_by_label("How far?")).to_have_value("")
    walker.page.get_by_label("How far?").fill("220")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert (walk.distance_m, walk.distance_source) == (220, "estimated")
    assert walk.duration_s == pytest.approx(170, abs=8)
    pain = walk.episodes.get()
    assert pain.onset_s == pytest.approx(140, abs=8)
    assert pain.onset_distance_m is None


def test_without_a_position_the_time_is_measured_and_the_distance_asked_for(opened, person):
    walker = Walker(opened, person, located=False)
    walker.begin()
    expect(walker.page.get_by_text("Your position is not used")).to_be_visible()
    walker.stand(240)
    walker.press("It hurts now")
    walker.stand(60)
    walker.press("Finish the walk")
    expect(walker.page.get_by_text("Your phone could not tell how far")).to_be_visible()
    far, problem = walker.page.get_by_label("How far?"), walker.page.locator("#summary .problem")
    far.fill("1,500")
    walker.press("Save this walk")
    expect(problem).to_contain_text("How far? (metres): Write this without a comma or point")
    far.fill("0,4 km")
    walker.page.get_by_label("After how far did it come?").fill("500 m")
    walker.press("Save this walk")
    expect(problem).to_have_text(
        "After how far did it come? (metres): The pain cannot come after the end of the walk."
    )
    walker.page.get_by_label("After how far did it come?").fill("")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert (walk.distance_m, walk.distance_source) == (400, "estimated")
    assert walk.duration_s == pytest.approx(300, abs=5)
    pain = walk.episodes.get()
    assert pain.onset_distance_m is None
    assert pain.onset_s == pytest.approx(240, abs=5)


def test_what_is_typed_stays_when_the_last_stand_is_counted_again(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(200)
    walker.stand(420)
    walker.press("Finish the walk")
    far, minutes = walker.page.get_by_label("How far?"), walker.page.get_by_label("How long?")
    short = float(minutes.input_value())
    far.fill("230")
    walker.page.get_by_label("Leave out the last").uncheck()
    expect(far).to_have_value("230")
    assert float(minutes.input_value()) == pytest.approx(short + 7, abs=0.5)
    walker.page.reload()
    walker.says("Your walk")
    expect(far).to_have_value("230")
    expect(walker.page.get_by_label("Leave out the last")).not_to_be_checked()
    assert float(minutes.input_value()) == pytest.approx(short + 7, abs=0.5)
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert Walk.objects.get().distance_m == 230


@pytest.mark.parametrize(("known", "unit", "shown"), [(True, "yards", 700), (False, "metres", 640)])
def test_yards_stay_yards_without_a_connection(opened, person, known, unit, shown):
    Person.objects.update(units="imperial")
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.page.get_by_label("How far? (yards)").fill("700")
    if not known:
        walker.page.evaluate("() => localStorage.removeItem('waymark.short_unit')")
    walker.page.context.set_offline(True)
    walker.page.reload()
    expect(walker.page.get_by_label(f"How far? ({unit})")).to_have_value(str(shown))
    walker.press("Save this walk")
    walker.says("Your walk is kept on this phone")
    walker.page.context.set_offline(False)
    wait_until_sent(walker.page)
    assert Walk.objects.get().distance_m == pytest.approx(640, abs=0.5)


def test_the_line_of_a_walk_is_kept_only_where_it_is_asked_for(opened, person):
    walker = Walker(opened, person)
    sent = []
    walker.page.on("request", lambda request: sent.append(request.post_data or ""))
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert not any("track" in body or "51.5" in body for body in sent)
    assert kept(walker.page) == []


def test_a_line_that_is_asked_for_is_where_the_walk_went(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.page.get_by_label("Keep the line of where I went").check()
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    line = polyline.decoded(Walk.objects.get().row()["track"])
    assert line[0] == pytest.approx(place(0, 0), abs=1e-4)
    assert line[-1] == pytest.approx(place(0, 100), abs=1e-4)


def test_nothing_pressed_and_nothing_answered_is_no_answer(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(100)
    walker.press("Finish the walk")
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    assert Walk.objects.get().row()["pain"] is None


def test_a_forgotten_walk_is_offered_and_can_be_finished_where_it_was(opened, person):
    walker = Walker(opened, person)
    walker.begin()
    walker.walk(200)
    walker.page.goto("/walks/")
    notice = walker.page.locator("#walk-going")
    expect(notice).to_contain_text("A walk is not finished on this phone.")
    walker.page.clock.run_for(3600_000)
    notice.get_by_role("link").click()
    walker.says("This walk is not finished")
    walker.press("Finish it there")
    walker.page.get_by_text("No leg pain").click()
    walker.press("Save this walk")
    walker.says("Your walk is in your diary")
    walk = Walk.objects.get()
    assert walk.duration_s == pytest.approx(160, abs=12)
    assert walk.distance_m == pytest.approx(200, rel=0.08)
