"""What do the diaries look like of people whose back is the likely cause?"""

from __future__ import annotations

from diary.demo.notebook import Notebook, Outing


def luka(book: Notebook) -> None:
    """Sciatica from a disc: below the knee, tingling, no steady distance, worse on sitting."""
    book.person(
        51, sex="male", height_cm=184, weight_kg=96, smoking="never",
        conditions=["back_problem"], symptoms_began=book.on(-18),
    )  # fmt: skip
    for day in book.walking_days(0.65, away=range(25, 29)):
        getting_better = day / book.days
        outing = Outing(book.between(400, 3200), speed_m_s=book.between(1.1, 1.35))
        if not book.chance(0.15 + 0.35 * getting_better):
            leg_pain(book, outing, getting_better)
        book.walk(
            day, outing,
            source=book.one_of("gps", "gps", "estimated", "pedometer"),
            terrain=book.one_of("flat", "hilly", None),
            pace=book.one_of("ordinary", "slow", None),
            pain_on_standing=book.one_of(False, None),
            notes=book.note({6: "After four hours in the van."}),
        )  # fmt: skip
    for day in range(1, book.days, 3):
        signs = [
            sign
            for sign, share in (
                ("back_pain", 0.8),
                ("tingling", 0.7),
                ("worse_on_sitting", 0.75),
                ("worse_on_bending_forward", 0.6),
                ("worse_on_cough_or_sneeze", 0.6),
            )
            if book.chance(share)
        ]
        book.check_in(
            day, pain_at_rest=round(book.between(2, 5) - 2 * day / book.days), side="left",
            sites=book.one_of(["lower_back", "calf"], ["lower_back"], None),
            night_pain=book.one_of(False, False, None), signs=signs,
        )  # fmt: skip
    book.change(-18, "other", "Lifted a washing machine, back went")
    book.change(22, "physiotherapy", "Every second week")


def leg_pain(book: Notebook, outing: Outing, getting_better: float) -> None:
    """One or two bouts from the buttock down into the foot, at no steady distance."""
    for _ in range(book.one_of(1, 1, 2)):
        if not outing.hurts(
            book.about(420, 0.85),
            site=book.one_of("buttock", "back_of_thigh", "calf", "buttock"),
            side="left",
            spread_to=book.one_of(["calf", "foot"], ["back_of_thigh", "calf"], ["calf"]),
            onset=book.one_of("sudden", "gradual"),
            intensity=round(book.between(4, 7) - 3 * getting_better),
            qualities=book.one_of(["shooting", "tingling"], ["burning", "tingling"], ["shooting"]),
            course_while_walking=book.one_of("same", "worsened", "eased"),
            response="kept_going",
        ):
            return
        if book.chance(0.5):
            posture = book.one_of("standing", "lying", "sitting")
            relief = {"standing": "partial", "lying": "partial", "sitting": "none"}[posture]
            outing.stops(
                book.between(0, 150), book.between(180, 900), rest_posture=posture, relief=relief
            )


def edith(book: Notebook) -> None:
    """A narrow spinal canal: standing brings it, sitting or leaning on the trolley ends it."""
    book.person(
        74, sex="female", height_cm=158, weight_kg=68, smoking="never",
        conditions=["hypertension", "back_problem"], symptoms_began=book.on(-500),
    )  # fmt: skip
    for day in book.walking_days(0.65, away=range(60, 66)):
        aid = book.one_of("trolley", "none", "none", "rollator")
        leans = aid != "none"
        outing = Outing(book.between(350, 1100), speed_m_s=book.between(0.75, 0.9))
        if not (leans and book.chance(0.45)):
            legs_give_way(book, outing, reach_m=420 if leans else 190)
        book.walk(
            day, outing,
            source=book.one_of("known_route", "estimated", "estimated", None),
            terrain=book.one_of("flat", "flat", None),
            pace=book.one_of("slow", None),
            walking_aid=aid,
            pain_on_standing=book.one_of(True, True, True, None),
            notes=book.note({
                7: "Pushing the trolley I can nearly go all the way.",
                26: "The queue at the chemist was worse than the walk.",
            }),
        )  # fmt: skip
    for day in range(0, book.days, 4):
        signs = [
            sign
            for sign, share in (
                ("worse_on_standing", 0.85),
                ("better_on_sitting", 0.85),
                ("better_on_bending_forward", 0.7),
                ("both_legs_affected", 0.7),
                ("back_pain", 0.5),
            )
            if book.chance(share)
        ]
        book.check_in(day, pain_at_rest=0, side="both", signs=None if book.chance(0.1) else signs)
    book.change(30, "physiotherapy", "Bending exercises, exercise bicycle")


def legs_give_way(book: Notebook, outing: Outing, reach_m: float) -> None:
    """Heavy legs that standing does not relieve, and sitting or bending does."""
    while outing.hurts(
        book.about(reach_m, 0.28),
        site=book.one_of("buttock", "buttock", "back_of_thigh"),
        side="both",
        spread_to=book.one_of(["back_of_thigh"], ["back_of_thigh", "calf"], None),
        onset="gradual",
        intensity=book.one_of(3, 4, 5, 5, 6),
        qualities=book.one_of(["heaviness"], ["heaviness", "tingling"], ["aching", "fatigue"]),
        course_while_walking="worsened",
    ):
        posture = book.one_of("sitting", "sitting", "bending_forward", "standing")
        if posture == "standing":
            rest = {"relief": book.one_of("none", "partial"), "rest_s": book.between(120, 300)}
        else:
            relief_s = book.between(120, 480)
            rest = {"relief": "complete", "relief_s": relief_s, "rest_s": relief_s + 60}
        outing.stops(book.between(10, 70), rest_posture=posture, **rest)
