"""The different values of an indexed column, found by leaping through its index from one value to the next.

SELECT DISTINCT reads every row. A recursive question (WITH RECURSIVE, the same in SQLite and PostgreSQL) asks for the lowest
value above the last one, as often as there are values, and of each whether any of the rows in question has it.
"""

from typing import Any

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.models.expressions import RawSQL


def each_value(rows: QuerySet[Any], field: str) -> list[str]:
    """The values of an indexed `field` of text without nulls among some rows, in the order of the database; one question."""
    table, column = _names(rows.model, field)
    having = rows.order_by().prefetch_related(None).filter(**{field: RawSQL("each_value.found", ())}).values("pk")
    inner, given = having.query.sql_with_params()
    question = (
        f"WITH RECURSIVE each_value(found) AS (SELECT MIN({column}) FROM {table} UNION ALL "  # noqa: S608  names of our own
        f"SELECT (SELECT MIN({column}) FROM {table} WHERE {column} > each_value.found) "
        "FROM each_value WHERE each_value.found IS NOT NULL) "
        f"SELECT found FROM each_value WHERE found IS NOT NULL AND EXISTS ({inner}) ORDER BY found"
    )
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return [row[0] for row in cursor.fetchall()]


def _names(model: type[Model], field: str) -> tuple[str, str]:
    quote, known = connection.ops.quote_name, model._meta.get_field(field)
    assert isinstance(known, Field)
    return quote(model._meta.db_table), quote(known.attname)
