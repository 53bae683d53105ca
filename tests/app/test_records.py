"""Is what was written down of who looked, and of what was agreed, never changed by anybody?"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from diary import access
from diary.models import AccessRecord, Diary, Person, Share, ShareEvent, State
from diary.models.records import Unchangeable
from diary.shared import NotShared
from tests.app.agreements import GRANTEE, accepted, agreed, diary_of, person
from tests.app.conftest import NOW

pytestmark = pytest.mark.django_db
KEPT = (AccessRecord, ShareEvent)
WHO = {AccessRecord: "person", ShareEvent: "actor"}
OTHER = {
    "bigint": "id + 1000000",
    "boolean": "not {column}",
    "date": "'2020-01-01'",
    "timestamp": "'2020-01-01 00:00:00'",
}


@pytest.fixture
def cora() -> Person:
    return person("cora", is_clinician=True)


@pytest.fixture
def share(cora) -> Share:
    """A share that was looked at once."""
    share = agreed(diary_of(person("ada"), NOW), cora, NOW, since="2026-04-20")
    access.reading(cora, share.uid, "summary", NOW)
    return share


@pytest.fixture(params=KEPT, ids=lambda model: model.__name__)
def kept(request, share):
    """A row that was written down: a look by the grantee, a step by the owner."""
    return request.param.objects.order_by("pk").last()


def told(row) -> dict[str, object]:
    return type(row).objects.values().get(pk=row.pk)


def execute(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda row: row.save(),
        lambda row: row.save(update_fields=["at"]),
        lambda row: row.save(force_update=True),
        lambda row: row.delete(),
        lambda row: type(row).objects.filter(pk=row.pk).update(at=NOW),
        lambda row: type(row).objects.filter(pk=row.pk).delete(),
        lambda row: type(row).objects.bulk_update([row], ["at"]),
        lambda row: type(row).objects.update_or_create(pk=row.pk, defaults={"name": "x"}),
        lambda row: row.share.diary.access_records.update(at=NOW),
        lambda row: row.share.events.all().delete(),
    ],
)
def test_no_model_changes_or_removes_it(kept, attempt):
    before = told(kept)
    kept.name, kept.at = "somebody else", NOW.replace(year=2020)
    with pytest.raises(Unchangeable):
        attempt(kept)
    assert told(kept) == before


def test_a_row_with_the_key_of_another_does_not_take_its_place(kept):
    before = told(kept)
    again = type(kept)(**{**before, "name": "somebody else"})
    with pytest.raises(DatabaseError), transaction.atomic():
        again.save()
    assert told(kept) == before


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_the_database_itself_refuses_a_change_of_any_column(share, model):
    row = model.objects.order_by("pk").last()
    before, table = told(row), model._meta.db_table
    columns = [field for field in model._meta.fields if field.column != f"{WHO[model]}_id"]
    assert len(columns) > 7
    for field in columns:
        kind = {"BigAutoField": "bigint", "ForeignKey": "bigint", "BooleanField": "boolean"}
        kind |= {"DateField": "date", "DateTimeField": "timestamp"}
        value = OTHER.get(kind.get(field.get_internal_type(), ""), "'somebody'")
        name = field.column
        with pytest.raises(DatabaseError, match="not changed"):
            execute(
                f"UPDATE {table} SET {name} = {value.format(column=name)} WHERE id = %s", row.pk
            )
    assert told(row) == before


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_the_database_lets_a_person_go_from_it_and_nobody_else_come(share, model, cora):
    row = model.objects.order_by("pk").last()
    before, table, who = told(row), model._meta.db_table, f"{WHO[model]}_id"
    other = person("other")
    with pytest.raises(DatabaseError, match="not changed"):
        execute(f"UPDATE {table} SET {who} = %s WHERE id = %s", other.pk, row.pk)
    with pytest.raises(DatabaseError, match="not changed"):
        execute(f"UPDATE {table} SET {who} = NULL, name = 'x' WHERE id = %s", row.pk)
    execute(f"UPDATE {table} SET {who} = NULL WHERE id = %s", row.pk)
    assert told(row) == {**before, who: None}
    with pytest.raises(DatabaseError, match="not changed"):
        execute(f"UPDATE {table} SET {who} = %s WHERE id = %s", cora.pk, row.pk)


def test_who_deletes_their_account_goes_from_the_record_and_what_they_were_called_stays(
    share, cora
):
    looks = [*AccessRecord.objects.order_by("pk").values()]
    steps = [*ShareEvent.objects.order_by("pk").values()]
    assert [look["person_id"] for look in looks] == [cora.pk]
    assert cora.pk in [step["actor_id"] for step in steps]
    key = cora.pk
    Person.objects.get(pk=key).delete()
    assert [*AccessRecord.objects.order_by("pk").values()] == [
        {**look, "person_id": None} for look in looks
    ]
    *kept, last = ShareEvent.objects.order_by("pk").values()
    assert kept == [
        {**step, "actor_id": None if step["actor_id"] == key else step["actor_id"]}
        for step in steps
    ]
    assert (last["event"], last["name"]) == ("account_deleted", share.name)
    assert Share.objects.get().state == State.LEFT
    assert looks[0]["name"] == GRANTEE["name"]
    assert Share.objects.get(pk=share.pk).grantee is None


def test_a_diary_takes_its_records_with_it_and_no_others(share, cora):
    other = agreed(diary_of(person("ben"), NOW), cora, NOW)
    access.reading(cora, other.uid, "summary", NOW)
    assert AccessRecord.objects.count() == 2
    share.diary.owner.delete()
    assert not Diary.objects.filter(pk=share.diary_id)
    assert {look.share_id for look in AccessRecord.objects.all()} == {other.pk}
    assert {step.share_id for step in ShareEvent.objects.all()} == {other.pk}


def test_each_look_and_each_refused_try_is_written_down_before_anything_is_given(share, cora):
    access.reading(cora, share.uid, "csv", NOW)
    share.stop(NOW)
    with pytest.raises(NotShared):
        access.reading(cora, share.uid, "pdf", NOW)
    kept = AccessRecord.objects.order_by("pk").values_list("reading", "refused", "name", "role")
    who = (GRANTEE["name"], GRANTEE["role"])
    assert [*kept] == [
        ("summary", False, *who),
        ("csv", False, *who),
        ("pdf", True, *who),
    ]


def test_nothing_is_written_down_of_who_was_never_let_in(cora):
    share = accepted(diary_of(person("ada"), NOW), cora, NOW)
    for who in (cora, person("walt"), share.diary.owner):
        with pytest.raises(NotShared):
            access.reading(who, share.uid, "summary", NOW)
    assert AccessRecord.objects.count() == 0


def test_without_a_record_there_is_no_data(share, cora):
    """The database refuses the record, as a full disk would."""
    if connection.vendor == "postgresql":
        execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON diary_accessrecord"
            " FOR EACH ROW EXECUTE FUNCTION diary_kept()"
        )
    else:
        execute(
            "CREATE TRIGGER full_disk BEFORE INSERT ON diary_accessrecord"
            " BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
        )
    given = []
    for look in (
        lambda: access.reading(cora, share.uid, "summary", NOW),
        lambda: access.work_list(cora, NOW),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            given.append(look())
    assert given == []
    assert AccessRecord.objects.count() == 1
