"""What becomes of rows that are sent, and how are they written together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models

from diary import rules
from diary.models.entries import Change, CheckIn, Measurement, Route
from diary.models.profile import Profile
from diary.models.rows import ROWS_AT_ONCE, DiaryRow, some_at_once
from diary.models.walk import PainEpisode, Walk

if TYPE_CHECKING:
    from diary.models.diary import Diary

TABLES: dict[str, type[DiaryRow]] = {
    model.shape: model for model in (Walk, CheckIn, Change, Measurement, Route)
}
SHAPES: dict[str, type[DiaryRow]] = {Profile.shape: Profile, **TABLES}
# Which revisions of a row its writer has seen. NEW: none, so that a row that is there, or was
# deleted, is in conflict. STORED: whatever is there by now, but nothing that was deleted or never
# was. None: the writer writes over everything.
Seen = int | tuple[int, ...] | None
NEW, STORED = 0, -1


class Outcome(StrEnum):
    """What became of a row that was sent."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"


class Conflict(Exception):
    """The row was changed since the writer last saw it.

    `stored` is what it is now: deleted, perhaps, or None where nothing is there any more.
    """

    def __init__(self, stored: DiaryRow | None):
        self.stored = stored
        super().__init__(f"{stored} is at revision {stored.revision}" if stored else "it is gone")


class Batch:
    """Rows of one diary, read together, decided one by one, written together.

    Made within `Diary.writing`; the caller writes it there. A row can be decided more than once.
    """

    def __init__(self, diary: Diary, now: datetime, names: Mapping[str, Iterable[Any]]):
        self.diary, self.now = diary, now
        self.stored = {
            shape: {each.name: each for each in _stored(diary, shape, [*wanted])}
            for shape, wanted in names.items()
        }
        self.changed: dict[str, dict[Any, DiaryRow]] = {shape: {} for shape in self.stored}

    def row(self, shape: str, name: Any) -> DiaryRow | None:
        """The row of that name as it stands by now, deleted or not."""
        return self.stored[shape].get(name)

    def put(self, shape: str, checked: rules.Row, base_revision: Seen) -> tuple[Any, Outcome]:
        """Keep a checked row; the same row again changes nothing. Raises Conflict."""
        name = rules.name(shape, checked)
        stored = self.row(shape, name)
        checked = self.completed(shape, checked, stored)
        known = _is_there(stored)
        if known and stored.row() == checked:
            return stored, Outcome.UNCHANGED
        self._guard(stored, base_revision)
        outcome = Outcome.UPDATED if known and stored.revision else Outcome.CREATED
        row = stored or SHAPES[shape](diary=self.diary)
        row.fill(checked)
        row.deleted_at = None
        self._keep(shape, name, row)
        return row, outcome

    def patch(
        self, shape: str, name: Any, changes: rules.Row, base_revision: Seen
    ) -> tuple[Any, Outcome]:
        """Change some fields of a row; None takes one out, lists are replaced whole (RFC 7396).

        Raises Conflict as `put` does, and where there is nothing to change; rules.Refused.
        """
        stored = self.row(shape, name)
        if not _is_there(stored):
            raise Conflict(stored)
        merged = {**stored.row(), **changes}
        said = {name: value for name, value in merged.items() if value is not None}
        checked = rules.checked(shape, said, self.now)
        # Whether a clock was off is told of one start, and says nothing of another.
        moved = shape == "walk" and checked["started_at"] != stored.started_at
        if moved and "clock_suspect" not in changes:
            checked["clock_suspect"] = None
        return self.put(shape, checked, base_revision)

    def delete(self, shape: str, name: Any, base_revision: Seen) -> tuple[DiaryRow | None, Outcome]:
        """Mark a row deleted; what is not there stays so. Raises Conflict as `put` does."""
        stored = self.row(shape, name)
        if stored is None or stored.deleted_at is not None:
            return stored, Outcome.UNCHANGED
        self._guard(stored, base_revision)
        stored.deleted_at = self.now
        self._keep(shape, name, stored)
        return stored, Outcome.DELETED

    def restore(self, shape: str, row: DiaryRow) -> None:
        """Bring a deleted row back as it was."""
        row.deleted_at = None
        self._keep(shape, row.name, row)

    def _guard(self, stored: DiaryRow | None, base_revision: Seen) -> None:
        if base_revision is None:
            return
        seen = base_revision if isinstance(base_revision, tuple) else (base_revision,)
        revision = stored.revision if stored else NEW
        if not (_is_there(stored) if STORED in seen else revision in seen):
            raise Conflict(stored)

    def _keep(self, shape: str, name: Any, row: DiaryRow) -> None:
        self.diary.stamp(row)
        self.stored[shape][name] = self.changed[shape][name] = row

    def completed(self, shape: str, checked: rules.Row, stored: Any) -> rules.Row:
        """A checked row with what the diary adds: the owner's zone, and a doubt of the clock.

        What was added stays when the same walk is sent again later, or after the owner moved.
        """
        if shape != "walk":
            return checked
        row = dict(checked)
        if row["time_zone"] is None:
            row["time_zone"] = stored.time_zone if stored else self.diary.owner.time_zone
        if row["clock_suspect"] is None:
            if stored and stored.started_at == row["started_at"]:
                row["clock_suspect"] = stored.clock_suspect
            elif rules.clock_is_suspect(row["started_at"], self.now):
                row["clock_suspect"] = True
        return row

    def write(self) -> None:
        """Write every changed row, in a number of statements that hangs on the batch alone."""
        for shape, rows in self.changed.items():
            new = [row for row in rows.values() if row.pk is None]
            old = [row for row in rows.values() if row.pk is not None]
            model = SHAPES[shape]
            model.objects.bulk_create(new, batch_size=ROWS_AT_ONCE)
            if old:
                model.objects.bulk_create(
                    old,
                    batch_size=ROWS_AT_ONCE,
                    update_conflicts=True,
                    unique_fields=["id"],
                    update_fields=_changing(model),
                )
            if shape == "walk":
                _write_episodes(new, [walk for walk in old if walk.pain_filled is not None])


def _is_there(stored: DiaryRow | None) -> bool:
    return stored is not None and stored.deleted_at is None


def _stored(diary: Diary, shape: str, names: list[Any]) -> Iterator[Any]:
    model = SHAPES[shape]
    if model is Profile:
        yield diary.own_profile()
        return
    there = model.objects.filter(diary=diary).whole()
    for some in some_at_once(names):
        yield from there.filter(**{f"{model.key}__in": some})


def _changing(model: type[models.Model]) -> list[str]:
    fixed = ("id", "diary", "created_at")
    return [field.name for field in model._meta.concrete_fields if field.name not in fixed]


def _write_episodes(new: list[Walk], refilled: list[Walk]) -> None:
    for some in some_at_once(refilled):
        PainEpisode.objects.filter(walk__in=some).delete()
    PainEpisode.objects.bulk_create(
        [episode for walk in (*new, *refilled) for episode in walk.new_episodes()],
        batch_size=ROWS_AT_ONCE,
    )
