"""Whose diary is it, which version of it, and how is it written?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models, transaction

from diary import rules, values
from diary.exchange import document
from diary.models.entries import Change, CheckIn, Measurement
from diary.models.person import Person
from diary.models.profile import Profile
from diary.models.report import StoredReport
from diary.models.rows import DiaryRow
from diary.models.walk import PainEpisode, Walk

TABLES: dict[str, type[DiaryRow]] = {
    model.shape: model for model in (Walk, CheckIn, Change, Measurement)
}
ROWS_AT_ONCE = 500


class Outcome(StrEnum):
    """What became of a row that was sent."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Conflict(Exception):
    """The row was changed since the writer last saw it; `stored` is what it is now."""

    def __init__(self, stored: DiaryRow):
        self.stored = stored
        super().__init__(f"{stored} is at revision {stored.revision}")


@dataclass
class Import:
    """What an import did: rows by outcome, and rows that differed and were left as they were."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    profile: bool = False  # whether it changed


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

    objects = DiaryQuerySet.as_manager()

    def __str__(self) -> str:
        return f"diary {self.pk}"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction that holds the diary's lock and keeps the revision that was reached."""
        with transaction.atomic():
            self.revision = (
                Diary.objects.select_for_update().values_list("revision", flat=True).get(pk=self.pk)
            )
            before = self.revision
            yield
            if self.revision != before:
                self.save(update_fields=["revision"])

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
        model = TABLES[shape]
        reader = rules.FIELDS[shape][_document_key(model)]
        try:
            return self.rows(shape).filter(**{model.key: reader.read(key)}).first()
        except values.Fail:
            return None

    def put(
        self, shape: str, row: rules.Row, now: datetime, base_revision: int | None = None
    ) -> tuple[Any, Outcome]:
        """Keep one row in the document's shape; the same row again changes nothing.

        A row that was deleted comes back. With `base_revision`, a row that has moved on since
        raises Conflict. Raises rules.Refused with every fault.
        """
        checked = self.completed(shape, rules.checked(shape, row, now), now)
        model = TABLES[shape]
        name = checked[_document_key(model)]
        with self.writing():
            stored = self.rows(shape).filter(**{model.key: name}).first()
            known = stored is not None and stored.deleted_at is None
            if known and stored.row() == checked:
                return stored, Outcome.UNCHANGED
            # A day that was deleted and is recorded anew is another text under the same name.
            replaces = known or (stored is not None and model.key == "date")
            if replaces and base_revision is not None and stored.revision != base_revision:
                raise Conflict(stored)
            kept = stored or model(diary=self)
            kept.fill(checked)
            kept.deleted_at = None
            self.stamp(kept).save()
        return kept, Outcome.UPDATED if known else Outcome.CREATED

    def put_profile(
        self, row: rules.Row, now: datetime, base_revision: int | None = None
    ) -> Profile:
        """Keep the profile; raises rules.Refused, and Conflict as `put` does."""
        checked = rules.checked("profile", row, now)
        with self.writing():
            profile = self.own_profile()
            moved_on = base_revision is not None and profile.revision != base_revision
            if moved_on and profile.row() != checked:
                raise Conflict(profile)
            return self._keep_profile(profile, checked)

    def own_profile(self) -> Profile:
        """The diary's profile; not saved where nothing was ever entered."""
        return Profile.objects.filter(diary=self).first() or Profile(diary=self)

    def _keep_profile(self, profile: Profile, checked: rules.Row) -> Profile:
        if profile.row() != checked:
            profile.fill(checked)
            self.stamp(profile).save()
        return profile

    def delete_row(self, row: DiaryRow, now: datetime) -> None:
        """Mark a row deleted; it can be restored for thirty days."""
        with self.writing():
            self._mark(self.rows(row.shape).kept().filter(pk=row.pk).first(), now)

    def restore_row(self, row: DiaryRow, now: datetime) -> bool:
        """Bring a deleted row back as it was; False where it is gone, or past undoing."""
        with self.writing():
            there = self.rows(row.shape).filter(pk=row.pk)
            self._mark(there.deleted_since(now).first(), None)
            return there.kept().exists()

    def _mark(self, row: DiaryRow | None, deleted_at: datetime | None) -> None:
        if row is not None:
            row.deleted_at = deleted_at
            self.stamp(row).save(update_fields=["deleted_at", "revision"])

    def completed(self, shape: str, checked: rules.Row, now: datetime) -> rules.Row:
        """A checked row with what the diary adds: the owner's zone, an id, a doubt of the clock."""
        if shape == "walk":
            checked["time_zone"] = checked["time_zone"] or self.owner.time_zone
            ahead = rules.clock_is_suspect(checked["started_at"], now)
            if ahead and checked["clock_suspect"] is None:
                checked["clock_suspect"] = True
        if shape in ("change", "measurement") and checked["id"] is None:
            checked["id"] = document.derived_id(shape, checked)
        return checked

    def document(self) -> rules.Row:
        """The whole diary as a diary document, deleted rows left out, in the document's order."""
        profile = self.own_profile()
        return {
            "profile": profile.row() if profile.says_something else None,
            **{
                plural: [
                    row.row()
                    for row in (
                        self.rows(shape).kept().prefetch_related("episodes")
                        if shape == "walk"
                        else self.rows(shape).kept()
                    )
                ]
                for plural, shape in rules.LISTS.items()
            },
        }

    def take_in(self, checked: rules.Row, now: datetime, replace: bool = False) -> Import:
        """Add a checked document to the diary, all of it or nothing.

        A row that the diary has in another form is left as it is, unless `replace`. Profile fields
        follow the same rule one by one. Deleted rows come back, as they were unless `replace`.
        """
        done = Import()
        with self.writing():
            if checked["profile"] is not None:
                before = self.revision
                self._take_in_profile(checked["profile"], replace)
                done.profile = self.revision != before
            for plural, shape in rules.LISTS.items():
                rows = [self.completed(shape, row, now) for row in checked[plural]]
                self._take_in_rows(shape, rows, replace, done)
        return done

    def _take_in_profile(self, offered: rules.Row, replace: bool) -> None:
        profile = self.own_profile()
        mine = profile.row()
        second = {
            name: value
            for name, value in (offered if replace else mine).items()
            if value is not None
        }
        self._keep_profile(profile, {**(mine if replace else offered), **second})

    def _take_in_rows(self, shape: str, rows: list[rules.Row], replace: bool, done: Import) -> None:
        model = TABLES[shape]
        stored = {
            str(getattr(row, model.key)): row
            for row in (
                self.rows(shape).prefetch_related("episodes")
                if shape == "walk"
                else self.rows(shape)
            )
        }
        new: dict[str, DiaryRow] = {}
        for row in rows:
            name = str(row[_document_key(model)])
            mine = stored.get(name)
            if name in new:  # the same change or measurement, told twice without an id
                continue
            if mine is None:
                new[name] = self.stamp(_filled(model(diary=self), row))
                done.created += 1
            elif mine.deleted_at is None and mine.row() == row:
                done.unchanged += 1
            elif mine.deleted_at is None and not replace:
                done.kept += 1
            else:
                done.created += mine.deleted_at is not None
                done.updated += mine.deleted_at is None
                mine.deleted_at = None
                self.stamp(_filled(mine, row) if replace else mine).save()
        model.objects.bulk_create(new.values(), batch_size=ROWS_AT_ONCE)
        if shape == "walk":
            PainEpisode.objects.bulk_create(
                [episode for walk in new.values() for episode in walk.new_episodes()],
                batch_size=ROWS_AT_ONCE,
            )

    def purge(self, now: datetime) -> int:
        """Remove for good what was deleted more than thirty days ago; returns how many rows.

        The stored report goes too, which may still tell of them.
        """
        with self.writing():
            gone = sum(
                self.rows(shape).past_undoing(now).delete()[1].get(model._meta.label, 0)
                for shape, model in TABLES.items()
            )
            if gone:
                StoredReport.objects.filter(diary=self).delete()
            return gone


def _document_key(model: type[DiaryRow]) -> str:
    return "date" if model.key == "date" else "id"


def _filled(row: Any, values: rules.Row) -> Any:
    row.fill(values)
    return row
