"""Whose rows may this person see?"""

from __future__ import annotations

from diary.models import NEW, Conflict, Diary, Outcome, Person, StartAgain

__all__ = [
    "NEW",
    "Conflict",
    "Diary",
    "Outcome",
    "StartAgain",
    "demo_people_are_here",
    "demo_person",
    "own_diary",
]


def own_diary(person: Person) -> Diary:
    """The diary of the person who is signed in, made at its first use."""
    try:
        return person.diary
    except Diary.DoesNotExist:
        return Diary.objects.get_or_create(owner=person)[0]


def demo_person(email: str) -> Person | None:
    """A demo person by e-mail; None for anybody else."""
    return Person.objects.filter(is_demo=True, email=email).first()


def demo_people_are_here() -> bool:
    """Whether a visitor can sign in as a demo person."""
    return Person.objects.filter(is_demo=True).exists()
