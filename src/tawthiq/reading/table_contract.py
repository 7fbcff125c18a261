"""Mappings of tables as JSON: the format table-mapping/1, what `tawthiq import` reads and a TableImport keeps."""

from collections.abc import Mapping
from typing import Any

from tawthiq.records.count import Group, Harm
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Act
from tawthiq.records.table import ColumnRole, DayOrder, TableColumn, TableMapping

SCHEMA = "tawthiq/table-mapping/1"
MOST_COLUMNS = 256
MOST_VALUES = 2000
LONGEST = 500  # characters of a heading, a name or a value
Json = dict[str, Any]


def mapping_to_json(mapping: TableMapping) -> Json:
    """A mapping as an object of table-mapping/1."""
    columns = [
        {
            "index": column.index,
            "role": column.role.value,
            **({"harm": column.harm, "group": column.group} if column.role is ColumnRole.COUNT else {}),
        }
        for column in mapping.columns
    ]
    return {
        "schema": SCHEMA,
        "sheet": mapping.sheet,
        "heading": mapping.heading,
        "columns": columns,
        "act": mapping.act,
        "acts": [list(pair) for pair in mapping.acts],
        "parties": [list(pair) for pair in mapping.parties],
        "speaker": mapping.speaker,
        "order": mapping.order.value,
        "headings": list(mapping.headings),
    }


def mapping_from_json(value: Any) -> TableMapping:
    """The mapping that an object of table-mapping/1 holds. Raises UnreadableInput for anything else."""
    try:
        if value["schema"] != SCHEMA:
            raise ValueError(f"the schema is not {SCHEMA!r}")
        mapping = TableMapping(
            sheet=_text(value["sheet"]),
            heading=_whole(value["heading"], 0, 1_000_000),
            columns=tuple(_column(each) for each in _some(value["columns"], MOST_COLUMNS)),
            act=Act(value["act"]).value if value["act"] else "",
            acts=tuple((_text(cell), Act(code).value if code else "") for cell, code in _pairs(value, "acts")),
            parties=tuple((_text(cell), _text(code)) for cell, code in _pairs(value, "parties")),
            speaker=_text(value["speaker"]).strip(),
            order=DayOrder(value["order"]),
            headings=tuple(_text(each) for each in _some(value["headings"], MOST_COLUMNS)),
        )
        _expect_sound(mapping)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput(
            item="the mapping of a table",
            happened=f"it is not in the form table-mapping/1 ({error})",
            advice="make it again on the page of the table",
        ) from error
    return mapping


def _expect_sound(mapping: TableMapping) -> None:
    """Raises ValueError where columns are named twice, or nothing says what happened or who says so."""
    roles = [column.role for column in mapping.columns if column.role is not ColumnRole.COUNT]
    counts = [(column.harm, column.group) for column in mapping.columns if column.role is ColumnRole.COUNT]
    indices = [column.index for column in mapping.columns]
    if len({*roles}) != len(roles) or len({*counts}) != len(counts) or len({*indices}) != len(indices):
        raise ValueError("a column, or what it holds, is named twice")
    if not {ColumnRole.ACT, ColumnRole.DESCRIPTION} & {*roles}:
        raise ValueError("no column says what happened")
    if ColumnRole.ACT not in roles and not mapping.act:
        raise ValueError("neither a column nor one act for all rows is chosen")
    if ColumnRole.SPEAKER not in roles and not mapping.speaker:
        raise ValueError("nobody is named who says so")


def _column(data: Mapping[str, Any]) -> TableColumn:
    role = ColumnRole(data["role"])
    harm = Harm(data["harm"]).value if role is ColumnRole.COUNT else ""
    group = Group(data["group"]).value if role is ColumnRole.COUNT else ""
    return TableColumn(_whole(data["index"], 0, MOST_COLUMNS - 1), role, harm, group)


def _pairs(value: Mapping[str, Any], name: str) -> list[tuple[Any, Any]]:
    return [(cell, code) for cell, code in _some(value[name], MOST_VALUES)]


def _some(value: Any, most: int) -> list[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(f"a list of at most {most} is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST or "\0" in value:
        raise ValueError(f"a text of at most {LONGEST} characters is expected")
    value.encode()  # lone surrogates: UnicodeEncodeError is a ValueError
    return value


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"a whole number from {least} to {most} is expected")
    return value
