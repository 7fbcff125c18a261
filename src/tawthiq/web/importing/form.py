"""The form of a mapping: what a person chose, or what we take each column for, as a mapping and as what the page shows.

Fields: sheet, heading, column-N (a role, or count:HARM:GROUP), act, order, speaker, and for each value of the columns of acts
and parties a pair acts-cell-N, acts-code-N. Whatever else is sent is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from tawthiq.page.table_text import TableText, cell_text
from tawthiq.reading.table_contract import LONGEST, MOST_COLUMNS
from tawthiq.reading.table_guess import guessed_columns, guessed_heading, guessed_order, needs_order
from tawthiq.reading.table_rows import distinct
from tawthiq.reading.table_values import act_of, cell_key, parties_of
from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act
from tawthiq.records.table import ColumnRole, DayOrder, Table, TableColumn, TableMapping, TableSheet
from tawthiq.web import labels
from tawthiq.web.charts.legible import legible
from tawthiq.web.desk.choices import known_places

MOST_VALUES = 200
_SAMPLES = 3
_DATES = (ColumnRole.FIRST, ColumnRole.LAST)


@dataclass(frozen=True, slots=True)
class ColumnShown:
    """A column of the form: its heading, some of its cells, and the code that is chosen."""

    index: int
    heading: str
    samples: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ValueShown:
    """A value of a column of acts or parties: how often it stands there, what is chosen, what its words say by themselves."""

    place: int
    cell: str
    count: int
    chosen: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping in the making with what the form shows of it; `fault` says why it cannot be used yet."""

    mapping: TableMapping
    sheet: TableSheet
    columns: tuple[ColumnShown, ...]
    acts: tuple[ValueShown, ...]
    parties: tuple[ValueShown, ...]
    asks_order: bool
    fault: str = ""


def mapped(table: Table, text: TableText, sent: Mapping[str, str], saved: TableMapping | None = None) -> Mapped:
    """The mapping that a form sends; of an empty form what `saved` says for the same headings, else what is guessed."""
    visible = [each for each in table.sheets if not each.hidden and each.rows] or list(table.sheets)
    named = sent.get("sheet", "")
    sheet = next((each for each in table.sheets if each.name == named), visible[0])
    heading = _heading(sheet, sent)
    headings = sheet.rows[heading - 1] if 0 < heading <= len(sheet.rows) else ()
    anew = not any(name.startswith("column-") for name in sent) or "look" in sent
    if anew and saved and saved.sheet == sheet.name:
        mapping = replace(saved, heading=heading, headings=_short(headings))
    else:
        columns = guessed_columns(sheet, heading) if anew else _columns(sent)
        dated = [column.index for column in columns if column.role in _DATES]
        order = guessed_order(sheet, heading, dated) if anew else _order(sent)
        mapping = TableMapping(
            sheet=sheet.name,
            heading=heading,
            columns=columns,
            act=_act(sent.get("act", "")),
            speaker=" ".join(legible(sent.get("speaker", "")).split())[:LONGEST],
            order=order,
            headings=_short(headings),
        )
    known = saved if anew and saved else None
    acts = _acts(text, mapping, sent, known)
    parties = _parties(text, mapping, sent, known)
    mapping = replace(
        mapping,
        acts=tuple((cell_key(value.cell)[:LONGEST], value.chosen) for value in acts if value.chosen),
        parties=tuple((cell_key(value.cell)[:LONGEST], value.chosen) for value in parties if value.chosen),
    )
    dated = [column.index for column in mapping.columns if column.role in _DATES]
    asks = needs_order(sheet, heading, dated)
    return Mapped(mapping, sheet, _shown(sheet, mapping), acts, parties, asks, _fault(mapping, asks=asks))


def roles() -> list[tuple[str, str]]:
    """What a column may hold, with its name: for the form's lists."""
    named = [(role.value, role_name(role)) for role in ColumnRole if role is not ColumnRole.COUNT]
    counts = [
        (f"count:{harm.value}:{group.value}", count_name(harm.value, group.value))
        for harm in Harm
        for group in (Group.ALL, Group.CIVILIANS, Group.CHILDREN, Group.WOMEN, Group.FIGHTERS)
    ]
    return [*named, *counts]


def count_name(harm: str, group: str) -> str:
    """What a column of counts is called."""
    return f"{labels.label('harm', harm)}: {labels.label('group', group)}"


def role_name(role: ColumnRole) -> str:
    """What a column's role is called."""
    names = {
        ColumnRole.ACT: _("What happened (the act)"),
        ColumnRole.FIRST: _("When, or the first day"),
        ColumnRole.LAST: _("The last day"),
        ColumnRole.PLACE: _("Place, the most exact"),
        ColumnRole.TOWN: _("Town or city"),
        ColumnRole.DISTRICT: _("District"),
        ColumnRole.GOVERNORATE: _("Governorate"),
        ColumnRole.COUNTRY: _("Country"),
        ColumnRole.PARTY: _("Who did it (the party)"),
        ColumnRole.DESCRIPTION: _("Description"),
        ColumnRole.SPEAKER: _("Who says so"),
        ColumnRole.LINK: _("Link of the source"),
        ColumnRole.IDENTIFIER: _("The row’s own number"),
    }
    return names.get(role, role.value)


def _heading(sheet: TableSheet, sent: Mapping[str, str]) -> int:
    typed = sent.get("heading", "").strip()
    if typed.isdecimal() and len(typed) <= len("1000000"):
        return min(int(typed), len(sheet.rows))
    return guessed_heading(sheet)


def _columns(sent: Mapping[str, str]) -> tuple[TableColumn, ...]:
    found = []
    for index in range(MOST_COLUMNS):
        code, _sep, rest = sent.get(f"column-{index}", "").partition(":")
        harm, _sep, group = rest.partition(":")
        if code == ColumnRole.COUNT and harm in set(Harm) and group in set(Group):
            found.append(TableColumn(index, ColumnRole.COUNT, harm, group))
        elif code in set(ColumnRole) - {ColumnRole.COUNT}:
            found.append(TableColumn(index, ColumnRole(code)))
    return tuple(found)


def _order(sent: Mapping[str, str]) -> DayOrder:
    code = sent.get("order", "")
    return DayOrder(code) if code in set(DayOrder) else DayOrder.UNTOLD


def _act(code: str) -> str:
    return Act(code).value if code in set(Act) else ""


def _values(text: TableText, mapping: TableMapping, role: ColumnRole) -> list[tuple[str, int]]:
    column = mapping.column(role)
    if column is None:
        return []
    lines = [line for line in text.lines if line.sheet == mapping.sheet and line.number > mapping.heading]
    return distinct(lines, text.page.text, column.index)[:MOST_VALUES]


def _chosen(sent: Mapping[str, str], what: str) -> dict[str, str]:
    """The codes that were chosen, by the folded value they stand beside."""
    found = {}
    for place in range(MOST_VALUES):
        cell = sent.get(f"{what}-cell-{place}")
        if cell is not None:
            found[cell_key(cell)] = sent.get(f"{what}-code-{place}", "")
    return found


def _acts(
    text: TableText, mapping: TableMapping, sent: Mapping[str, str], saved: TableMapping | None
) -> tuple[ValueShown, ...]:
    chosen = _chosen(sent, "acts") | (dict(saved.acts) if saved else {})
    return tuple(
        ValueShown(place, cell, count, _act(chosen[cell_key(cell)]) if cell_key(cell) in chosen else act_of(cell))
        for place, (cell, count) in enumerate(_values(text, mapping, ColumnRole.ACT))
    )


def _parties(
    text: TableText, mapping: TableMapping, sent: Mapping[str, str], saved: TableMapping | None
) -> tuple[ValueShown, ...]:
    chosen = _chosen(sent, "parties") | (dict(saved.parties) if saved else {})
    codes, known = labels.shipped_actors("en"), known_places()
    found = []
    for place, (cell, count) in enumerate(_values(text, mapping, ColumnRole.PARTY)):
        code = chosen.get(cell_key(cell), "")
        told = ", ".join(labels.actor_name(value.entry or value.code) for value in parties_of(cell, known))
        found.append(ValueShown(place, cell, count, code if code in codes else "", told))
    return tuple(found)


def _shown(sheet: TableSheet, mapping: TableMapping) -> tuple[ColumnShown, ...]:
    rows = [row for row in sheet.rows[mapping.heading :][:200] if row]
    headings = sheet.rows[mapping.heading - 1] if mapping.heading else ()
    chosen = {
        column.index: ":".join(part for part in (column.role.value, column.harm, column.group) if part)
        for column in mapping.columns
    }
    width = min(max(map(len, [headings, *rows]), default=0), MOST_COLUMNS)
    found = []
    for index in range(width):
        cells = dict.fromkeys(cell_text(row[index])[:60] for row in rows if index < len(row) and row[index].strip())
        heading = cell_text(headings[index])[:80] if index < len(headings) else ""
        found.append(ColumnShown(index, heading, tuple(cells)[:_SAMPLES], chosen.get(index, "")))
    return tuple(found)


def _short(headings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(cell_text(heading)[:LONGEST] for heading in headings[:MOST_COLUMNS])


def _fault(mapping: TableMapping, *, asks: bool) -> str:
    """What is still to be said before the rows can be read."""
    roles_given = [column.role for column in mapping.columns if column.role is not ColumnRole.COUNT]
    counts = [(column.harm, column.group) for column in mapping.columns if column.role is ColumnRole.COUNT]
    if len({*roles_given}) != len(roles_given) or len({*counts}) != len(counts):
        return _("Two columns are said to hold the same. Choose one of them, and “not used” for the other.")
    if ColumnRole.ACT not in roles_given and not mapping.act:
        return _("Say which column tells what happened, or choose one act for all rows.")
    if not {ColumnRole.ACT, ColumnRole.DESCRIPTION} & {*roles_given}:
        return _("Say which column describes what happened: every act needs words that tell it.")
    if ColumnRole.SPEAKER not in roles_given and not mapping.speaker:
        return _("Say who says so: choose a column, or write one name for the whole table.")
    if asks and mapping.order is DayOrder.UNTOLD:
        return _("Some days can be read both ways, such as 05/03. Say what comes first, the day or the month.")
    return ""
