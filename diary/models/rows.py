"""What do all rows of a diary have in common?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from diary import rules, values

UNDO_FOR = timedelta(days=30)
ROWS_AT_ONCE = 500  # in one statement: databases bound how much one may carry


@dataclass(frozen=True)
class Stored:
    """A row as the document has it, and what is known of it besides."""

    shape: str
    row: rules.Row
    revision: int
    deleted_at: datetime | None


class RowQuerySet(models.QuerySet[Any]):
    """Rows of one diary: those that count, and those that were deleted."""

    def kept(self) -> Self:
        return self.filter(deleted_at=None)

    def newest_first(self) -> Self:
        """By start for walks, by date for the rest, by when they came for those without one."""
        return self.order_by(f"-{self.model.when}", "-pk")

    def whole(self) -> Self:
        """With what is told of each and stands in another table, read for all at once."""
        return self.prefetch_related(*self.model.beside)

    def beyond(self, when: Any, name: Any, back: bool = False) -> Self:
        """Newest first, what comes after a place between rows; `back`: before it, nearest first."""
        sign, side = ("", "gt") if back else ("-", "lt")
        first, second = self.model.when, self.model.key
        there = self.order_by(f"{sign}{first}", f"{sign}{second}")
        if when is None:
            return there
        later = models.Q(**{f"{first}__{side}": when}) | models.Q(**{f"{second}__{side}": name})
        return there.filter(models.Q(**{f"{first}__{side}e": when}) & later)

    def deleted_since(self, now: datetime) -> Self:
        """Deleted rows that can still be brought back, last deleted first."""
        return self.filter(deleted_at__gt=now - UNDO_FOR).order_by("-deleted_at")

    def plain(self) -> models.QuerySet[Any, dict[str, Any]]:
        """What `stored` makes of each row, without making instances of them."""
        return self.values("pk", "revision", "deleted_at", *self.model.columns())

    def of_days(self, first: date | None, last: date | None) -> Self:
        """Rows of the days from `first` to `last`, by the walker's own calendar.

        Rows that have no day are of every day.
        """
        if self.model.of_day is None:
            return self
        bounds = {f"{self.model.of_day}__gte": first, f"{self.model.of_day}__lte": last}
        return self.filter(**{name: day for name, day in bounds.items() if day})

    def changed_between(self, since: int, upto: int) -> Self:
        """Rows whose last change came after one revision and not after another, oldest first."""
        there = self.filter(revision__gt=since, revision__lte=upto)
        return there.order_by("revision")

    def past_undoing(self, now: datetime) -> Self:
        return self.filter(deleted_at__lte=now - UNDO_FOR)


class DiaryRow(models.Model):
    """A row that says something of one diary, in the shape of the diary document.

    `revision` is the diary's revision at the row's last change. A deleted row stays, marked, until
    undoing it is no longer possible.
    """

    shape: ClassVar[str]  # the row's name in `rules`
    key: ClassVar[str] = "uid"  # what names the row within its diary
    when: ClassVar[str] = "date"  # what orders the rows in time
    of_day: ClassVar[str | None] = "date"  # the calendar day that the row is about, if any
    renamed: ClassVar[dict[str, str]] = {"id": "uid"}  # the document's names that differ from ours
    beside: ClassVar[tuple[str, ...]] = ()  # what is told of a row and stands in another table

    diary = models.ForeignKey("diary.Diary", models.CASCADE, related_name="%(class)ss")
    revision = models.BigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def name(self) -> Any:
        """What names the row within its diary: an id as text, a date; None for the profile."""
        return self.told(rules.KEYS[self.shape]) if self.shape in rules.KEYS else None

    @classmethod
    def columns(cls) -> list[str]:
        """The columns that the document's fields are read from."""
        return [cls.renamed.get(name, name) for name in rules.FIELDS[cls.shape]]

    @classmethod
    def stored(cls, plain: Iterable[dict[str, Any]]) -> list[Stored]:
        """Rows that `plain` read, as the document has them."""
        return [
            Stored(cls.shape, cls.document_row(row), row["revision"], row["deleted_at"])
            for row in plain
        ]

    @classmethod
    def document_row(cls, plain: dict[str, Any]) -> rules.Row:
        row = {name: plain[cls.renamed.get(name, name)] for name in rules.FIELDS[cls.shape]}
        if "id" in row:
            row["id"] = str(row["id"])
        return row

    def row(self) -> rules.Row:
        """The row as the document has it, every field present."""
        return {name: self.told(name) for name in rules.FIELDS[self.shape]}

    def told(self, name: str) -> Any:
        """One field under the document's name for it."""
        value = getattr(self, self.renamed.get(name, name))
        return str(value) if name == "id" else value

    def fill(self, row: rules.Row) -> None:
        """Take the values of a checked row; nothing is saved."""
        for name, value in row.items():
            setattr(self, self.renamed.get(name, name), value)

    def clean(self) -> None:
        """Refuse what `rules` refuse, with the same codes; `wording` has the sentences."""
        try:
            rules.checked(self.shape, self.row())
        except rules.Refused as refused:
            errors: dict[str, list[ValidationError]] = {}
            for fault in refused.faults:
                name = fault.path.split(".")[0].split("[")[0]
                name = self.renamed.get(name, name)
                known = name in {field.name for field in self._meta.fields}
                errors.setdefault(name if known else "__all__", []).append(
                    ValidationError(fault.code, code=fault.code, params=dict(fault.params))
                )
            raise ValidationError(errors) from None


def bounds(kind: str, *fields: str) -> list[models.CheckConstraint]:
    """The table's own refusal of what `rules` would refuse of single fields."""
    constraints = []
    for name, reader in rules.FIELDS[kind].items():
        if fields and name not in fields:
            continue
        if isinstance(reader, values.Number):
            allowed = models.Q(**{f"{name}__gte": reader.low, f"{name}__lte": reader.high})
        elif isinstance(reader, values.Choice):
            allowed = models.Q(**{f"{name}__in": list(reader.values)})
        else:
            continue
        if name not in rules.REQUIRED[kind]:
            allowed |= models.Q(**{f"{name}__isnull": True})
        constraints.append(models.CheckConstraint(condition=allowed, name=f"{kind}_{name}_allowed"))
    return constraints


def word(longest: int = 40, **options: Any) -> models.CharField:
    """One word of a list that `rules` know; NULL where nobody said."""
    return models.CharField(max_length=longest, null=True, blank=True, **options)


def number() -> models.FloatField:
    """Metres, seconds or kilograms; NULL where nobody said."""
    return models.FloatField(null=True, blank=True)


def truth() -> models.BooleanField:
    """Yes, no, or NULL where nobody said."""
    return models.BooleanField(null=True, blank=True)


def several() -> models.JSONField:
    """Words of a list: NULL where nobody asked, empty where the answer was none."""
    return models.JSONField(null=True, blank=True)


def some_at_once(rows: list[Any]) -> Iterator[list[Any]]:
    """A list in parts that fit into one statement each."""
    for start in range(0, len(rows), ROWS_AT_ONCE):
        yield rows[start : start + ROWS_AT_ONCE]
