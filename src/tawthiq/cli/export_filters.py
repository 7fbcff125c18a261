"""Which incidents `tawthiq export` takes: by what happened, where, when, and what people made of it.

Asked of what is handed out, after redaction, so that no filter tells more than the file itself would.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import click

from tawthiq.lexicon.folded import name_key
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.event import Act


@dataclass(frozen=True)
class Filters:
    """What was asked; None asks nothing. `left_out` counts what stayed out, by the question that kept it out."""

    act: str | None = None
    place: str | None = None
    first: date | None = None
    last: date | None = None
    state: str | None = None
    left_out: Counter[str] = field(default_factory=Counter)

    def passing(self, incidents: Iterable[DisclosedIncident]) -> Iterator[DisclosedIncident]:
        """The incidents that answer everything that was asked."""
        for incident in incidents:
            wrong = self._wrong(incident)
            if wrong is None:
                yield incident
            else:
                self.left_out[wrong] += 1

    def _wrong(self, incident: DisclosedIncident) -> str | None:
        if self.act is not None and incident.act != self.act:
            return "--act"
        if self.state is not None and incident.state != self.state:
            return "--state"
        if self.place is not None and not _is_at(incident, self.place):
            return "--place"
        if (self.first or self.last) and incident.first is None:
            return "no day"
        begin, end = incident.first or date.min, incident.last or incident.first or date.max
        if (self.first and end < self.first) or (self.last and begin > self.last):
            return "--from, --to"
        return None


def _is_at(incident: DisclosedIncident, asked: str) -> bool:
    key = name_key(asked)
    return any(
        asked == place.code or (key and key in (name_key(place.name), name_key(place.name_en)))
        for place in incident.places
    )


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD, in digits of either script."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day. Fails as click does, naming what was typed."""
        typed = "".join(str(unicodedata.decimal(each)) if each.isdecimal() else each for each in str(value).strip())
        try:
            return date.fromisoformat(typed)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2016-05-03", param, ctx)


def filter_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options by which incidents are chosen."""
    for option in (
        click.option("--state", metavar="STATE", help="Only incidents in this state: proposed, open, verified and so on."),
        click.option("--to", "last", type=Day(), help="Only what may have happened on this day or before."),
        click.option("--from", "first", type=Day(), help="Only what may have happened on this day or later."),
        click.option("--place", metavar="NAME", help="Only incidents at this place: its name, or its code."),
        click.option(
            "--act", type=click.Choice([each.value for each in Act]), metavar="ACT",
            help="Only incidents of this act, by its code (airstrike, arrest, ...).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command
