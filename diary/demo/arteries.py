"""What do the diaries look like of people whose arteries are the likely cause?"""

from __future__ import annotations

from diary.demo.notebook import Notebook, Outing
from diary.rules import Row

# The spread of the onset within one person (CV 0.15 on a treadmill), and shorter later bouts after
# short rests: clinical evidence base, 4.2.
SPREAD, LATER_BOUTS = 0.14, 0.8


def claudication(book: Notebook, length_m: float, reach_m: float, side: str) -> Outing:
    """A walk with cramp in one calf at a steady distance that standing still relieves."""
    outing = Outing(length_m, speed_m_s=book.between(0.8, 1.25))
    share = 1.0
    while outing.hurts(
        book.about(reach_m * share, SPREAD),
        site="calf",
        side=side,
        onset="gradual",
        intensity=book.one_of(3, 4, 4, 5, 5, 6),
        qualities=book.one_of(["cramping"], ["cramping", "tightness"], ["aching"], ["cramping"]),
        course_while_walking="worsened",
    ):
        relief_s = book.between(110, 245)
        outing.stops(
            book.between(40, 110),
            rest_s=relief_s + book.between(0, 60),
            rest_posture="standing",
            relief="complete",
            relief_s=relief_s,
        )
        share = LATER_BOUTS
    return outing


def vera(book: Notebook) -> None:
    """Peripheral artery disease: calf pain at 250 to 350 m, gone after standing 2 to 4 minutes."""
    book.person(
        67, sex="female", height_cm=163, weight_kg=71, smoking="current", pack_years=38,
        conditions=["hypertension", "high_cholesterol"], symptoms_began=book.on(-240),
    )  # fmt: skip
    start_of_class = 56
    notes = {
        3: "To the post office and back. Looked in the shop windows until it went.",
        17: "Cold wind. Same place by the church as always.",
        33: "Stopped to talk to Mary as well.",
        52: "Got past the church for once.",
    }
    for day in book.walking_days(0.7, away=range(33, 40)):
        # The class begins to tell after some weeks.
        reach_m = 290 + 30 * max(0, day - start_of_class - 7) / 35
        if book.chance(0.28):
            outing = Outing(book.between(110, 215), speed_m_s=1.0)
        else:
            outing = claudication(book, book.between(480, 1150), reach_m, "left")
        book.walk(
            day, outing,
            source=book.one_of("known_route", "known_route", "gps", "gps", "gps", "estimated"),
            terrain=book.one_of("flat", "flat", None),
            pace=book.one_of("ordinary", "ordinary", None),
            pain_on_standing=book.one_of(False, False, False, None),
            walking_aid=book.one_of("none", None, None),
            notes=book.note(notes),
            left_open=book.chance(0.05),
        )  # fmt: skip
    for day in range(1, book.days, 4):
        book.check_in(
            day, pain_at_rest=0, night_pain=book.one_of(False, False, None),
            signs=book.one_of([], [], [], None),
        )  # fmt: skip
    book.change(start_of_class, "supervised_exercise", "Walking class at the hospital, Tuesdays")
    book.change(12, "footwear", "Softer shoes. No difference so far.")
    book.measurement(52, "ankle_brachial_index_left", 0.68)
    book.measurement(52, "ankle_brachial_index_right", 0.97)
    book.measurement(52, "six_minute_walk_m", 335, "Stopped once")
    book.measurement(95, "six_minute_walk_m", 368, "Stopped once")
    book.route("Home to the bench and back", 360)
    book.route("To the post office and back", 900)


def stenotic_walk(book: Notebook, length_m: float) -> Outing:
    """A walk that the back ends: both buttocks and thighs; standing does not help, sitting does."""
    outing = Outing(length_m, speed_m_s=book.between(0.85, 1.0))
    while outing.hurts(
        book.about(210, 0.3),
        site="buttock",
        side="both",
        spread_to=["back_of_thigh"],
        onset="gradual",
        intensity=book.one_of(3, 4, 5),
        qualities=book.one_of(["heaviness"], ["aching", "tingling"], ["heaviness", "tingling"]),
    ):
        if book.chance(0.3):
            rest: Row = {"rest_posture": "standing", "relief": "none"}
            rest["rest_s"] = book.between(60, 180)
        else:
            relief_s = book.between(180, 420)
            rest = {
                "rest_posture": book.one_of("sitting", "sitting", "bending_forward"),
                "relief": "complete",
                "relief_s": relief_s,
                "rest_s": relief_s + 60,
            }
        outing.stops(book.between(10, 60), **rest)
    return outing


def walter(book: Notebook) -> None:
    """Artery disease and a narrow spinal canal together; at the end a sore toe that does not heal.

    The sore is the one same-day sign of the demo.
    """
    book.person(
        72, sex="male", height_cm=178, weight_kg=93, smoking="former", pack_years=30,
        conditions=["diabetes", "hypertension", "peripheral_artery_disease", "back_problem"],
        symptoms_began=book.on(-700),
    )  # fmt: skip
    for day in book.walking_days(0.7, away=range(50, 56)):
        bad_back = book.chance(0.45)
        if book.chance(0.2):
            outing = Outing(book.between(90, 150), speed_m_s=0.9)
        elif bad_back:
            outing = stenotic_walk(book, book.between(400, 800))
        else:
            outing = claudication(book, book.between(400, 800), 235, "right")
        book.walk(
            day, outing,
            source=book.one_of("pedometer", "known_route", "estimated"),
            terrain=book.one_of("flat", None),
            walking_aid=book.one_of("stick", "stick", None),
            pain_on_standing=book.one_of(True, True, None) if bad_back else False,
            notes=book.note({14: "Two different pains, I think."}),
        )  # fmt: skip
    for day in range(2, book.days - 5, 5):
        signs = book.one_of(
            [],
            ["worse_on_standing", "better_on_sitting"],
            ["back_pain", "better_on_sitting", "better_on_bending_forward"],
            ["worse_on_standing", "both_legs_affected", "better_on_bending_forward"],
        )
        book.check_in(day, pain_at_rest=book.one_of(0, 1, 2), signs=signs)
    book.check_in(
        book.days - 2, pain_at_rest=1, night_pain=False, side="right",
        sites=["foot"], signs=["wound_not_healing"], signs_began=book.on(book.days - 20),
        notes="The sore on my little toe, from the new shoes.",
    )  # fmt: skip
    book.change(book.days - 25, "footwear", "New shoes, a little tight")
    book.change(20, "physiotherapy", "Back exercises")
    book.measurement(30, "ankle_brachial_index_right", 0.71)
    book.measurement(30, "ankle_brachial_index_left", 0.9)
