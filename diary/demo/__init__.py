"""Which invented people, and which diaries, does the demo show?"""

from __future__ import annotations

from datetime import date

from diary.demo.arteries import vera, walter
from diary.demo.soft_tissue import amara, june, nina, tom
from diary.demo.spine import edith, luka
from diary.demo.story import Story
from diary.rules import Row

DEMO = {
    story.name: story
    for story in (
        Story("vera", "Vera, 67: her calf cramps at the church every time, and lets go when she "
              "stands still.", vera, days=98),
        Story("tom", "Tom, 53: joined a hill walking club, and now the first steps hurt at the "
              "heel.", tom, days=84),
        Story("amara", "Amara, 41: ran for a bus a month ago and pulled the back of her thigh.",
              amara, days=63),
        Story("luka", "Luka, 51: pain and tingling from his back down to his foot, worst in the "
              "van.", luka, days=70, time_zone="Europe/Ljubljana"),
        Story("edith", "Edith, 74: standing is worst; leaning on the trolley she can walk all the "
              "way.", edith, days=91),
        Story("june", "June, 58: an ache that is never in the same place twice.", june, days=77),
        Story("walter", "Walter, 72: two different pains, and a sore toe that does not heal.",
              walter, days=112, time_zone="America/New_York", units="imperial"),
        Story("nina", "Nina, 63: has just begun, three walks so far.", nina, days=9),
        Story("ingrid", "Ingrid, vascular nurse: looks at the diaries of all of them.",
              role="clinician"),
    )
}  # fmt: skip


def document(name: str, last_day: date) -> Row:
    """The diary document of one walker of the demo, up to a day; KeyError for anybody else."""
    diary = DEMO[name].document(last_day)
    if diary is None:
        raise KeyError(name)
    return diary


def documents(last_day: date) -> dict[str, Row]:
    """Every walker's diary document by name, up to a day; a clinician has none."""
    return {name: document(name, last_day) for name, story in DEMO.items() if story.write}
