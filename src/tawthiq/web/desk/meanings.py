"""What a value says, in words: what stands beside its characters at the desk."""

from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tawthiq.records.reading_correction import Slot, Value
from tawthiq.web import labels
from tawthiq.web.templatetags.wording import period, toll

SLOT_NAMES = {
    Slot.EVENT: lambda: _("Event"),
    Slot.ACT: lambda: _("Act"),
    Slot.WHEN: lambda: _("When"),
    Slot.PLACE: lambda: _("Where"),
    Slot.BY: lambda: _("Said to have done it"),
    Slot.VICTIM: lambda: _("Harmed"),
    Slot.COUNT: lambda: _("Count"),
    Slot.MODALITY: lambda: pgettext("desk slot", "How it is told"),
    Slot.SCOPE: lambda: pgettext("desk slot", "One event or a total"),
    Slot.STATEMENT: lambda: _("Statement"),
    Slot.SPEAKER: lambda: _("Speaker"),
    Slot.KIND: lambda: pgettext("desk slot", "Kind of quotation"),
    Slot.STANCE: lambda: pgettext("desk slot", "What the speaker does with it"),
}
_CODED = {
    Slot.ACT: "act",
    Slot.EVENT: "act",
    Slot.MODALITY: "modality",
    Slot.SCOPE: "scope",
    Slot.KIND: "quote",
    Slot.STANCE: "stance",
}


def slot_name(slot: Slot) -> str:
    """What a slot is called."""
    return SLOT_NAMES[slot]()


def meaning(slot: Slot, value: Value) -> str:
    """What the value says; empty where it is left open or says no more than its characters."""
    if slot in _CODED:
        return labels.label(_CODED[slot], value.code)
    if slot is Slot.WHEN:
        return _time(value)
    if slot is Slot.PLACE:
        return _place(value)
    if slot is Slot.COUNT:
        return _count(value)
    if slot is Slot.BY:
        name = labels.actor_name(value.entry or value.code)
        return _("%(name)s, with reserve") % {"name": name} if value.hedged else name
    return labels.actor_name(value.code) if slot is Slot.SPEAKER and value.code else ""


def _time(value: Value) -> str:
    if value.period is None:
        return _("left open")
    told = value.period
    shown = SimpleNamespace(first=told.first, last=told.last, precision=told.precision.value)
    return period(shown)  # type: ignore[arg-type]


def _place(value: Value) -> str:
    place = value.place
    if place is None:
        several = len(value.candidates)
        return _("left open: %(number)d places bear this name") % {"number": several} if several > 1 else _("left open")
    name = (place.name_en or place.name) if labels.active_language() == "en" else place.name
    kind = labels.label("place_kind", place.kind.value)
    told = f"{name} ({kind})"
    where = place.country if place.kind.value != "country" else ""
    return f"{told} · {where}" if where else told


def _count(value: Value) -> str:
    if not value.code:
        return toll(value)
    shown = pgettext("count: harm, number, group", "%(harm)s: %(number)s (%(group)s)") % {
        "harm": labels.label("harm", value.code),
        "number": toll(value),
        "group": labels.label("group", value.group),
    }
    return _("%(count)s, part of another count") % {"count": shown} if value.part_of else shown
