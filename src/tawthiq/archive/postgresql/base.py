"""Django's PostgreSQL backend, made to keep what SQLite keeps and to order writers as SQLite orders them.

Columns have no longest text and whole numbers 64 bits; texts hold any character (`escaping`); and whoever begins a transaction
waits until the writer before is done, as with SQLite's BEGIN IMMEDIATE: an act that looks and then writes is safe on both by
one law. Reading waits for nobody. Django loads this module by its name.
"""

from functools import partial
from json import dumps as json_dumps
from typing import Any

from django.db.backends.postgresql import base, operations, schema
from django.db.backends.postgresql.psycopg_any import get_adapters_template
from psycopg.types.json import Jsonb
from psycopg.types.string import StrDumper, StrDumperUnknown, TextLoader

from tawthiq.archive.postgresql.escaping import escaped, escaped_json, unescaped, unescaped_json

# The advisory lock (PostgreSQL documentation, 13.3.5) that stands for the right to write; it ends with its transaction.
WRITER = 0x7461777468697100


class _AnyText(StrDumperUnknown):
    def dump(self, obj: str) -> Any:
        return super().dump(escaped(obj))


class _AnyTypedText(StrDumper):
    def dump(self, obj: str) -> Any:
        return super().dump(escaped(obj))


class _TextAsItWas(TextLoader):
    def load(self, data: Any) -> str:
        return unescaped(str(super().load(data)))


class _JsonAsItWas(TextLoader):
    def load(self, data: Any) -> str:
        return unescaped_json(str(super().load(data)))


class SchemaEditor(schema.DatabaseSchemaEditor):
    """Tables without the second index that Django gives to texts: the database orders by code points already."""

    def _create_like_index_sql(self, model: Any, field: Any) -> None:
        return None


class Operations(operations.DatabaseOperations):
    """JSON with any character, and whole numbers of 64 bits in every column."""

    def adapt_json_value(self, value: Any, encoder: Any) -> Any:
        """A value of a JSONField as psycopg takes it."""
        dumps = partial(json_dumps, cls=encoder)
        return Jsonb(value, dumps=lambda each: escaped_json(dumps(each)))

    def integer_field_range(self, internal_type: str) -> tuple[int, int]:
        """The lowest and highest number of a column; those below zero are refused by the column itself."""
        low, high = super().integer_field_range("BigIntegerField")
        return (0, high) if internal_type.startswith("Positive") else (low, high)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection as Django knows it."""

    data_types: Any = base.DatabaseWrapper.data_types | {
        "CharField": "varchar",
        "SlugField": "varchar",
        "IntegerField": "bigint",
        "PositiveIntegerField": "bigint",
        "PositiveSmallIntegerField": "bigint",
        "SmallIntegerField": "bigint",
    }
    SchemaEditorClass = SchemaEditor
    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        """What psycopg connects with; texts go through the escape."""
        params = super().get_connection_params()
        adapters = type(params["context"])(get_adapters_template(True, self.timezone))
        adapters.register_dumper(str, _AnyTypedText)
        adapters.register_dumper(str, _AnyText)
        for kind in ("text", "varchar"):
            adapters.register_loader(kind, _TextAsItWas)
        adapters.register_loader("jsonb", _JsonAsItWas)
        params["context"] = adapters
        return params

    def set_autocommit(self, autocommit: bool, *args: Any, **named: Any) -> None:
        """Begin or end a transaction; one that begins first waits for the right to write."""
        super().set_autocommit(autocommit, *args, **named)
        if autocommit or self.settings_dict.get("READING"):
            return
        try:
            with self.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER])
        except Exception:
            if self.connection is not None and not self.connection.closed:
                self.rollback()
                super().set_autocommit(True)
            raise
