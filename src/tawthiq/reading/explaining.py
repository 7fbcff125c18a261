"""Readings that explain themselves: for each value the rule and the table rows behind it, and what a choice weighed.

The material is gathered once more and the same choices are asked again, so an explanation never alters what it explains.
What an adapter added has no rows here: its rule names the adapter.
"""

from tawthiq.reading.explaining_choices import Material, material
from tawthiq.reading.explaining_events import event_reasons
from tawthiq.reading.explaining_statements import statement_reasons
from tawthiq.reading.setting import Setting
from tawthiq.records.event import Event
from tawthiq.records.explanation import Explanation, Reason
from tawthiq.records.reading import Reading


def explain(reading: Reading, setting: Setting) -> Explanation:
    """The reasons behind a reading that was made from this material."""
    found = material(setting)
    return Explanation(
        id=reading.id,
        statements=tuple(statement_reasons(setting, statement) for statement in reading.statements),
        events=tuple(_event(found, event) for event in reading.events),
    )


def _event(found: Material, event: Event) -> tuple[Reason, ...]:
    offered = tuple(Reason("adapter", "", rule) for rule in event.rules if rule.startswith("adapter:"))
    told = found.tellings(event.trigger.span.start)
    if told is None:
        return (Reason("act", event.act.value, "offered, found verbatim in the text", event.trigger), *offered)
    return (*event_reasons(found, told, event), *offered)
