"""Whose diary is it, which version of it, and how is it written?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from diary import rules
from diary.exchange import document, sync
from diary.later import later
from diary.models.batch import NEW, SHAPES, TABLES, Batch, Conflict, Outcome, Seen
from diary.models.person import Person
from diary.models.profile import Profile
from diary.models.report import StoredReport
from diary.models.rows import UNDO_FOR, DiaryRow, Stored


@dataclass
class Import:
    """What an import did: rows by outcome, and rows that differed and were left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    # Deleted rows, counted as created, that came back as they were: the file says otherwise.
    brought_back: int = 0
    profile: bool = False  # whether it changed
    # Whether the file says something else of the walker, and whether that was taken over.
    profile_kept: bool = False
    profile_replaced: bool = False


@dataclass(frozen=True)
class Feed:
    """Rows in the order of their last change, the cursor that they lead to, and whether more is."""

    rows: list[Stored]
    cursor: sync.Cursor
    more: bool


class StartAgain(Exception):
    """A device cannot be told any more what was deleted since it last synced."""


# What became of an item and the revision that its row then had, or why nothing became of it.
Result = tuple[Outcome, int] | Conflict | rules.Refused


class DiaryQuerySet(models.QuerySet["Diary"]):
    """Diaries, and which of them hold deleted rows that may go."""

    def with_rows_past_undoing(self, now: datetime) -> models.QuerySet[Diary]:
        pks = {
            pk
            for model in TABLES.values()
            for pk in model.objects.past_undoing(now).values_list("diary_id", flat=True).distinct()
        }
        return self.filter(pk__in=pks)


class Diary(models.Model):
    """One person's diary.

    Every write takes the diary's row lock, adds one to `revision` and stamps the changed row with
    it: the row's version, the sync cursor, and what tells a stored assessment from a stale one.
    """

    owner = models.OneToOneField(Person, models.CASCADE, related_name="diary")
    revision = models.BigIntegerField(default=0)
    # The highest revision of a deleted row that is gone for good: a device that has not synced
    # since then cannot be told of it.
    forgotten_revision = models.BigIntegerField(default=0)

    objects = DiaryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"diary {self.pk}"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that holds the diary's lock and keeps the revision that was reached."""
        with transaction.atomic():
            before = self.revision = self.newest_revision()
            yield
            if self.revision != before:
                Diary.objects.filter(pk=self.pk).update(revision=self.revision)
                if self.shares.all().fall_behind(timezone.now()):
                    self.refresh_later()

    def newest_revision(self) -> int:
        """The revision, once every write that has begun is kept; to be asked in a transaction.

        The lock leaves the key free: a record of who looked, which names the diary, does not wait.
        """
        there = Diary.objects.select_for_update(no_key=True).filter(pk=self.pk)
        return there.values_list("revision", flat=True).get()

    def refresh_later(self) -> None:
        """Have a worker bring what others are shown of the diary up to date."""
        later("refresh_shares", self.pk)

    def stamp(self, row: DiaryRow) -> DiaryRow:
        """Give a row that is about to be saved the next revision."""
        self.revision += 1
        row.revision = self.revision
        return row

    def rows(self, shape: str) -> models.QuerySet[Any]:
        """All rows of one shape, deleted ones too."""
        return TABLES[shape].objects.filter(diary=self)

    def row_named(self, shape: str, key: str) -> Any | None:
        """The row of a shape by its id or its date as text, deleted or not; None where none is."""
        name = sync.name_of(shape, key)
        if name is None:
            return None
        return self.rows(shape).filter(**{TABLES[shape].key: name}).first()

    @contextmanager
    def batch(self, now: datetime, names: Mapping[str, Iterable[Any]]) -> Iterator[Batch]:
        """Rows by shape and name, read and decided under the diary's lock, written at the end."""
        with self.writing():
            batch = Batch(self, now, names)
            yield batch
            batch.write()

    def put(
        self, shape: str, row: rules.Row, now: datetime, base_revision: Seen = None
    ) -> tuple[Any, Outcome]:
        """Keep one row in the document's shape; the same row again changes nothing.

        A row that was deleted comes back. With `base_revision` (NEW: none was seen), a row that
        has moved on since raises Conflict. Raises rules.Refused with every fault.
        """
        checked = document.identified(shape, rules.checked(shape, row, now))
        with self.batch(now, {shape: [rules.name(shape, checked)]}) as batch:
            return batch.put(shape, checked, base_revision)

    def patch(
        self, shape: str, name: Any, changes: rules.Row, now: datetime, base_revision: Seen
    ) -> tuple[Any, Outcome]:
        """Change some fields of a row; raises Conflict and rules.Refused as `Batch.patch` does."""
        with self.batch(now, {shape: [name]}) as batch:
            return batch.patch(shape, name, changes, base_revision)

    def delete(self, shape: str, name: Any, now: datetime, base_revision: Seen) -> Outcome:
        """Mark a row deleted, as `put` keeps one; it can be restored for thirty days."""
        with self.batch(now, {shape: [name]}) as batch:
            return batch.delete(shape, name, base_revision)[1]

    def sync(self, items: Iterable[sync.Item | rules.Refused], now: datetime) -> list[Result]:
        """Decide every item of a batch in its order, each on its own, and write them together.

        Raises nothing of an item: a Refused is passed through, a Conflict stands for its item.
        """
        sent = [*items]
        names: dict[str, list[Any]] = {}
        for item in sent:
            if isinstance(item, sync.Item):
                names.setdefault(item.kind, []).append(item.name)
        with self.batch(now, names) as batch:
            return [_decided(batch, item) for item in sent]

    def changed_since(self, cursor: sync.Cursor, most: int) -> Feed:
        """The next `most` rows that changed after a cursor, deleted ones too, and the new cursor.

        Raises StartAgain where rows deleted since then are gone, or the cursor is of another
        diary's or an undone future.
        """
        upto, forgotten = self._read_revisions()
        begun = cursor.begun if cursor.since else forgotten
        rows: list[Stored] = []
        if cursor.since < upto:
            for model in SHAPES.values():
                there = model.objects.filter(diary=self).changed_between(cursor.since, upto)
                rows += model.stored(there.plain()[: most + 1])
            # Read after the rows: a purge in between may have taken tombstones out of them.
            _upto, forgotten = self._read_revisions()
        if cursor.since > upto or (cursor.since and max(cursor.since, begun) < forgotten):
            raise StartAgain
        rows.sort(key=lambda row: row.revision)
        if len(rows) <= most:
            return Feed(rows, sync.Cursor(upto), more=False)
        return Feed(rows[:most], sync.Cursor(rows[most - 1].revision, begun), more=True)

    def _read_revisions(self) -> tuple[int, int]:
        there = Diary.objects.values_list("revision", "forgotten_revision")
        revision, forgotten = there.get(pk=self.pk)
        return revision, forgotten

    def own_profile(self) -> Profile:
        """The diary's profile; not saved where nothing was ever entered."""
        return Profile.objects.filter(diary=self).first() or Profile(diary=self)

    def delete_row(self, row: DiaryRow, now: datetime) -> None:
        """Mark a row deleted, whatever it says by now."""
        self.delete(row.shape, row.name, now, None)

    def restore_row(self, row: DiaryRow, now: datetime) -> bool:
        """Bring a deleted row back as it was; False where it is gone, or past undoing."""
        with self.batch(now, {row.shape: [row.name]}) as batch:
            there = batch.row(row.shape, row.name)
            if there is None or there.pk != row.pk:
                return False
            if there.deleted_at is not None and there.deleted_at > now - UNDO_FOR:
                batch.restore(row.shape, there)
            return there.deleted_at is None

    def document(self) -> rules.Row:
        """The diary as a diary document, deleted rows left out, in the document's order."""
        lists = {plural: self._told(shape) for plural, shape in rules.LISTS.items()}
        return {"profile": self._told_profile(), **lists}

    def document_shared(self, since: date | None, notes: bool) -> rules.Row:
        """What others may see of it: rows of a day and later ones, and nothing of the owner's own.

        Without `notes` those are empty. The profile comes along, which has no day.
        """
        hidden = {} if notes else {"notes": ""}
        told = {}
        for plural, shape in rules.LISTS.items():
            if shape not in rules.OWN_KINDS:
                left_out = {**hidden, **dict.fromkeys(rules.OWN_FIELDS.get(shape, ()))}
                told[plural] = [{**row, **left_out} for row in self._told(shape, since)]
        return {"profile": self._told_profile(), **told}

    def _told_profile(self) -> rules.Row | None:
        profile = self.own_profile()
        return profile.row() if profile.says_something else None

    def _told(self, shape: str, since: date | None = None) -> list[rules.Row]:
        kept = self.rows(shape).kept().of_days(since, None)
        return [each.row for each in TABLES[shape].stored(kept.plain())]

    def take_in(self, checked: rules.Row, now: datetime, replace: bool = False) -> Import:
        """Add a checked document to the diary, all of it or nothing.

        A row that the diary has in another form is left as it is, unless `replace`. Profile fields
        follow the same rule one by one. Deleted rows come back, as they were unless `replace`.
        """
        rows = {
            shape: [document.identified(shape, row) for row in checked.get(plural, ())]
            for plural, shape in rules.LISTS.items()
        }
        names = {shape: [rules.name(shape, row) for row in some] for shape, some in rows.items()}
        done = Import()
        with self.batch(now, {"profile": [None], **names}) as batch:
            if checked["profile"] is not None:
                _take_in_profile(batch, checked["profile"], replace, done)
            for shape, some in rows.items():
                for row in some:
                    _take_in(batch, shape, row, replace, done)
        return done

    def purge(self, now: datetime) -> int:
        """Remove for good what was deleted more than thirty days ago; returns how many rows.

        The stored report goes too, which may still tell of them.
        """
        with self.writing():
            gone = 0
            for shape in TABLES:
                past = self.rows(shape).past_undoing(now)
                last = past.aggregate(last=models.Max("revision"))["last"]
                if last is not None:
                    self.forgotten_revision = max(self.forgotten_revision, last)
                    gone += past.delete()[1][TABLES[shape]._meta.label]
            if gone:
                self.save(update_fields=["forgotten_revision"])
                StoredReport.objects.filter(diary=self).delete()
            return gone


def _decided(batch: Batch, item: sync.Item | rules.Refused) -> Result:
    if isinstance(item, rules.Refused):
        return item
    try:
        if item.op == "delete":
            row, outcome = batch.delete(item.kind, item.name, item.base_revision)
        else:
            row, outcome = batch.put(item.kind, item.row, item.base_revision)
    except Conflict as conflict:
        return Conflict(copy(conflict.stored))  # as it stands now: a later item may change it
    return outcome, row.revision if row else NEW


def _take_in_profile(batch: Batch, offered: rules.Row, replace: bool, done: Import) -> None:
    mine = batch.stored["profile"][None].row()
    said = {name: value for name, value in offered.items() if value is not None}
    differs = any(mine[name] not in (None, value) for name, value in said.items())
    entered = {name: value for name, value in mine.items() if value is not None}
    _row, outcome = batch.put("profile", {**mine, **said, **({} if replace else entered)}, None)
    done.profile = outcome is not Outcome.UNCHANGED
    done.profile_kept, done.profile_replaced = differs and not replace, differs and replace


def _take_in(batch: Batch, shape: str, row: rules.Row, replace: bool, done: Import) -> None:
    mine = batch.row(shape, rules.name(shape, row))
    if mine is not None and mine.deleted_at is not None and not replace:
        batch.restore(shape, mine)
        done.created += 1
        done.brought_back += mine.row() != batch.completed(shape, row, mine)
        return
    try:
        _row, outcome = batch.put(shape, row, None if replace else NEW)
    except Conflict:
        done.kept += 1
        return
    done.created += outcome is Outcome.CREATED
    done.updated += outcome is Outcome.UPDATED
    done.unchanged += outcome is Outcome.UNCHANGED
