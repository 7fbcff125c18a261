"""Upgrades from the first version on: rows of every earlier state reach the newest tables as they were, on both databases."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations.executor import MigrationExecutor

import postgres_server
from tawthiq.archive import upgrading
from tawthiq.archive.database import file_settings, open_database, point_at, server_settings
from tawthiq.archive.database_address import parsed
from tawthiq.archive.upgrading import ASIDE, OURS, bring_up_to_date
from tawthiq.casework.models import User
from tawthiq.casework.models.encrypted import EncryptedTextField, Sealed
from tawthiq.records.errors import StorageFailed, WrongUsage

pytestmark = pytest.mark.sqlite
# What a migration drops on purpose, since the next `tawthiq link` makes it anew, and the last migration that does.
REBUILT = {
    "incident": "0010", "incidentevent": "0010", "incidentreport": "0010", "linkrun": "0010", "linkedreport": "0010",
    "claim": "0010", "linkstatistics": "9999",
}  # fmt: skip
WORKED_OUT = {("capture", "address")}
# Held in the clear until casework 0015, which no released version came before: they went with what they held.
CLEARED = {("person", "risk_reason"), ("personreveal", "content")}


@dataclass(frozen=True)
class Row:
    """A row as it was made in some state."""

    model: str
    state: str
    app: str
    key: Any
    values: dict[str, Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | None]:
    """An empty database, the one that models speak to; its file."""
    if request.param == "sqlite":
        point_at(file_settings(tmp_path / "a.sqlite3"))
        yield tmp_path / "a.sqlite3"
        connection.close()
        return
    try:
        postgres_server.make_database("upgrading")
    except postgres_server.NoPostgres as reason:
        pytest.skip(str(reason))
    point_at(server_settings(parsed(postgres_server.address("upgrading"))))
    yield None
    connection.close()
    postgres_server.drop_database("upgrading")


def test_rows_of_every_state_come_through_all_later_migrations(empty: Path | None) -> None:
    made: list[Row] = []
    numbers = count(1)
    executor = MigrationExecutor(connection)
    plan = [migration for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]
    done: list[tuple[str, str]] = []
    state = executor._create_project_state(with_applied_migrations=True)
    for migration in plan:
        with connection.schema_editor(atomic=migration.atomic) as editor:
            state = migration.apply(state, editor)
        executor.recorder.record_applied(migration.app_label, migration.name)
        done.append((migration.app_label, migration.name))
        if migration.app_label in OURS:
            state.clear_delayed_apps_cache()
            at_hand: dict[Any, Any] = {}
            for model in state.apps.get_models():
                if model._meta.app_label in OURS and model not in at_hand:
                    make(model, migration.name, made, numbers, at_hand)
    bring_up_to_date(empty)
    assert {row.state for row in made} == {name for app, name in done if app in OURS}
    assert [told for told in map(changed, made) if told] == []


def make(model: Any, state: str, made: list[Row], numbers: Iterator[int], at_hand: dict[Any, Any]) -> Any:
    """A row with a value in every column, and the rows that it points to, which others of this state may point to as well."""
    values: dict[str, Any] = {}
    for field in model._meta.local_concrete_fields:
        if isinstance(field, models.ForeignKey):
            other = None if field.unique else at_hand.get(field.related_model)
            values[field.attname] = (other or make(field.related_model, state, made, numbers, at_hand)).pk
        elif field.column and not (field.primary_key and field is model._meta.auto_field):
            values[field.attname] = value_of(field, next(numbers))
    row = model._base_manager.create(**values)
    keys = {field.attname: getattr(row, field.attname) for field in model._meta.pk_fields}
    at_hand[model] = row
    kept = model._base_manager.filter(**keys).values().get()  # a column may set its own moment
    made.append(Row(model._meta.model_name, state, model._meta.app_label, keys, kept))
    return row


def value_of(field: Any, number: int) -> Any:
    """A value that fits the field and stands in no other row."""
    kind = field.get_internal_type()
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    if isinstance(field, EncryptedTextField):
        return Sealed(f"{number}")
    if kind in ("CharField", "TextField", "SlugField"):
        return f"{number}ن"[: field.max_length or 99]
    made: dict[str, Any] = {
        "BooleanField": True,
        "DateField": date(2017, 6, 19),
        "TimeField": time(14, 5),
        "DateTimeField": datetime(2017, 6, 19, 14, 5, 0, number, UTC),
        "JSONField": {"number": [number, None, "ن"]},
        "BinaryField": bytes([number % 256, 0]),
        "FloatField": number + 0.25,
    }
    return made.get(kind, number)


def changed(row: Row) -> list[Any]:
    """What differs now from the values that the row was made with: nothing, for a row that came through."""
    if row.model == "linkstatistics" or (row.model in REBUILT and row.state[:4] < REBUILT[row.model]):
        return []
    model = apps.get_model(row.app, row.model)
    names = [
        field.attname
        for field in model._meta.local_concrete_fields
        if (row.model, field.attname) not in WORKED_OUT
        and ((row.model, field.attname) not in CLEARED or row.state[:4] >= "0015")
    ]
    found = model._base_manager.filter(**row.key).values().first()
    if found is None:
        return [row.model, row.state, row.key, "is gone"]
    differing = [name for name in row.values if name in names and plain(found[name]) != plain(row.values[name])]
    return [row.model, row.state, *((name, row.values[name], found[name]) for name in differing)] if differing else []


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file as an earlier version left it, with somebody in it."""
    file = tmp_path / "tawthiq.sqlite3"
    open_database(file)
    User.objects.make("heron", "pass", User.Role.OWNER)
    MigrationExecutor(connection).migrate([("archive", "0014_link_secret")])
    connection.close()
    return file


def states(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as database:
        return {row[0] for row in database.execute("SELECT name FROM django_migrations WHERE app = 'archive'")}


def test_an_older_file_is_copied_before_it_is_brought_up_to_date(older: Path) -> None:
    open_database(older)
    assert User.objects.get().name == "heron"
    copy = older.with_name(older.name + ASIDE)
    assert "0016_postgresql" in states(older)
    assert "0016_postgresql" not in states(copy)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_file_that_is_up_to_date_is_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        open_database(tmp_path / "tawthiq.sqlite3")
    assert not list(tmp_path.glob("*before*"))


def test_where_there_is_no_room_for_the_copy_nothing_is_changed(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(upgrading.Path, "touch", full)
    before = states(older)
    with pytest.raises(StorageFailed, match="cannot be copied") as failed:
        open_database(older)
    assert "free as much space" in failed.value.advice
    monkeypatch.undo()
    assert states(older) == before
    assert [each.name for each in older.parent.iterdir() if each.name.startswith(older.name + ASIDE)] == []


def test_what_a_newer_program_made_is_refused(empty: Path | None) -> None:
    bring_up_to_date(empty)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('casework', '9999_later', CURRENT_TIMESTAMP)"
        )
    with pytest.raises(WrongUsage, match=r"newer version.*9999_later") as refused:
        bring_up_to_date(empty)
    assert "install that version" in refused.value.advice
