"""Who are the people of the demo?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from diary.demo.notebook import Notebook
from diary.rules import Row


@dataclass(frozen=True)
class Story:
    """One person of the demo, and how their diary came about; a clinician keeps none."""

    name: str
    headline: str
    write: Callable[[Notebook], None] | None = None
    days: int = 0
    role: str = "walker"
    time_zone: str = "Europe/London"
    units: str = "metric"

    @property
    def email(self) -> str:
        return f"{self.name}@demo.example"

    def document(self, last_day: date) -> Row | None:
        """The diary up to a day: the last walk on the day before it, at most a check-in on it."""
        if self.write is None:
            return None
        book = Notebook(self.name, self.time_zone, self.days, last_day)
        self.write(book)
        return book.document()
