"""What do the diaries look like of people whose tendon or muscle is the likely cause?"""

from __future__ import annotations

from diary.demo.notebook import Notebook, Outing


def tom(book: Notebook) -> None:
    """Achilles tendinopathy after taking up hill walks: first steps hurt, then it eases."""
    book.person(
        53, sex="male", height_cm=176, weight_kg=84, smoking="never", conditions=[],
        symptoms_began=book.on(24),
    )  # fmt: skip
    for day in book.walking_days(0.6, stop=20):
        book.walk(
            day, Outing(book.between(2200, 4600), 1.35), source=book.one_of("gps", "known_route"),
            footwear="Old trainers", terrain="flat",
        )  # fmt: skip
    book.change(20, "new_activity", "Joined the hill walking club")
    book.walk(
        21, Outing(12_400, 1.2), source="gps", activity="hike", terrain="hilly", ascent_m=540,
        footwear="Old trainers", stretched_before=False, notes="First day with the club. Grand.",
    )  # fmt: skip
    for day in book.walking_days(0.6, start=24, away=range(44, 48)):
        first_steps(book, day)
    for day in range(22, book.days, 3):
        book.check_in(
            day, pain_at_rest=book.one_of(0, 1), side="right", sites=["achilles"],
            morning_stiffness_s=60 * round(book.between(10, 30) * (1 - 0.5 * day / book.days)),
            signs=[] if book.chance(0.3) else ["tendon_swelling"],
        )  # fmt: skip
    book.change(50, "strengthening", "Heel drops on the stairs, morning and evening")
    book.change(35, "footwear", "Walking shoes with a firmer heel")


def first_steps(book: Notebook, day: int) -> None:
    """A walk that starts stiff at the heel and warms up; now and then it comes back at the end."""
    healing = max(0.0, (day - 50) / (book.days - 50))
    outing = Outing(book.between(1200, 5200), speed_m_s=book.between(1.15, 1.35))
    if not book.chance(0.45 * healing):
        outing.hurts(
            book.one_of(0, 0, 0, 10, 30),
            site="achilles",
            side="right",
            onset="gradual",
            intensity=round(book.between(3, 6) - 2 * healing),
            qualities=book.one_of(["stiffness"], ["stiffness", "aching"], ["burning"]),
            response=book.one_of("kept_going", "kept_going", "slowed"),
            course_while_walking="eased",
        )
    book.walk(
        day, outing, source=book.one_of("gps", "gps", "known_route"),
        terrain=book.one_of("flat", "hilly", None), pain_on_standing=book.one_of(False, None),
        stretched_before=book.one_of(True, False, None),
        footwear="Old trainers" if day < 35 else "Walking shoes",
        notes=book.note({19: "Out of the door like an old man, fine after the first bend."}),
    )  # fmt: skip


def amara(book: Notebook) -> None:
    """Hamstring strain: a sudden stab at the back of the thigh, mending over five weeks."""
    book.person(
        41, sex="female", height_cm=170, weight_kg=66, smoking="never",
        conditions=["previous_hamstring_injury"],
    )  # fmt: skip
    hurt = book.days - 32
    book.profile["symptoms_began"] = book.on(hurt)
    for day in book.walking_days(0.6, stop=hurt):
        book.walk(
            day, Outing(book.between(1800, 5200), 1.4), source="gps", pace="brisk",
            stretched_before=book.one_of(False, None),
        )  # fmt: skip
    sprint = Outing(900, 1.4)
    sprint.hurts(
        640, site="back_of_thigh", side="right", onset="sudden", intensity=6,
        qualities=["stabbing"], course_while_walking="worsened",
    )  # fmt: skip
    sprint.stops(5, 600, rest_posture="standing", relief="partial")
    book.walk(hurt, sprint, source="gps", vivid=True, notes="Ran for the bus. Something pulled.")
    book.change(hurt, "injury", "Ran for the bus, pulled the back of my right thigh")
    for day in book.walking_days(0.65, start=hurt + 3):
        mending_walk(book, day, (day - hurt) / 32)
    for day in range(hurt + 1, book.days, 3):
        healed = (day - hurt) / 32
        signs = ["thigh_tenderness"] if healed < 0.85 else []
        book.check_in(
            day, pain_at_rest=round(3 * (1 - healed)), night_pain=False, side="right",
            sites=["back_of_thigh"] if signs else [],
            signs=[*signs, "bruising"] if 0.05 < healed < 0.35 else signs,
        )  # fmt: skip
    book.change(hurt + 9, "physiotherapy", "Gentle strengthening")


def mending_walk(book: Notebook, day: int, healed: float) -> None:
    """A walk with a sore thigh: tight from early on, longer and milder week by week."""
    outing = Outing(book.between(300, 700) + 2600 * healed, speed_m_s=0.9 + 0.4 * healed)
    if not book.chance(0.6 * healed):
        outing.hurts(
            book.between(0, 120) + book.between(0, 600) * healed,
            site="back_of_thigh",
            side="right",
            onset="gradual",
            intensity=max(1, round(5 - 4 * healed)),
            qualities=book.one_of(["tightness"], ["tightness", "aching"], ["stabbing"]),
            response=book.one_of("slowed", "kept_going"),
            course_while_walking=book.one_of("same", "worsened"),
        )
    book.walk(
        day, outing, source=book.one_of("gps", "estimated"), pace=book.one_of("slow", None),
        terrain=book.one_of("flat", None), pain_on_standing=book.one_of(False, None),
    )  # fmt: skip


def june(book: Notebook) -> None:
    """A vague ache here and there that keeps to no distance: no pattern that has a name."""
    book.person(
        58, sex="female", height_cm=168, weight_kg=70, smoking="never", conditions=[],
        symptoms_began=book.on(-60),
    )  # fmt: skip
    for day in book.walking_days(0.6, away=range(38, 45)):
        outing = Outing(book.between(900, 5200), speed_m_s=book.between(1.15, 1.35))
        if book.chance(0.45):
            outing.hurts(
                book.between(100, 3800),
                site=book.one_of("knee", "shin", "knee", "outer_thigh", "hip", "front_of_thigh"),
                side=book.one_of("left", "right", "both", "left"),
                onset="gradual",
                intensity=book.one_of(1, 2, 2, 3),
                qualities=book.one_of(["aching"], ["tightness"], ["fatigue"], ["aching"]),
                response="kept_going",
                course_while_walking=book.one_of("same", "same", "worsened"),
            )
        book.walk(
            day, outing, source=book.one_of("gps", "pedometer", "known_route", "estimated"),
            terrain=book.one_of("flat", "hilly", None), pace=book.one_of("ordinary", None),
            stretched_after=book.one_of(True, False, None),
            pain_on_standing=book.one_of(False, None),
            notes=book.note({14: "Never in the same place twice."}),
            left_open=book.chance(0.05),
        )  # fmt: skip
    for day in range(2, book.days, 5):
        book.check_in(day, pain_at_rest=book.one_of(0, 0, 1), night_pain=False, signs=[])
    book.change(40, "stretching", "Ten minutes from a video")
    book.change(15, "orthotics", "Insoles from the chemist")


def nina(book: Notebook) -> None:
    """Three walks: too little to say anything of."""
    book.person(63, sex="female", smoking="former")
    first, third = Outing(800, 1.1), Outing(600, 1.1)
    first.hurts(500, site="calf", side="left", intensity=4)
    book.walk(
        1, first, source="estimated", vivid=True,
        notes="Starting this because my daughter asked me to.",
    )  # fmt: skip
    book.walk(4, Outing(350, 1.1), source="estimated")
    book.walk(7, third, source=None, left_open=True)
