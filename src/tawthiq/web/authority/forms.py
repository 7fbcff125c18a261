"""The form of a decision: the fields that its step asks for, and the decision that they make.

What a form says goes the way of a line of an authority file, with the same checks; a fault stands at the top, and what was
typed stays.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tawthiq.lexicon.authority_codes import code_from
from tawthiq.lexicon.authority_file import decision_of
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.records.authority import Authority, Decision, EntryKind, Step
from tawthiq.records.place import Place
from tawthiq.web import labels
from tawthiq.web.authority.wording import PLACE_KINDS, WORDINGS
from tawthiq.web.filters import Choices

_NAMES = ("name_ar", "name_en")
_AT = ("sort", "country", "latitude", "longitude", "parent")
_DAYS = ("first", "last")
_WHY = ("reason", "source")
FIELDS: dict[tuple[Step, EntryKind], tuple[str, ...]] = {
    (Step.ADD, EntryKind.ACTOR): (*_NAMES, "parent", "country", *_DAYS, "alias", "wording", *_WHY),
    (Step.ADD, EntryKind.PLACE): (*_NAMES, *_AT, "alias", *_WHY),
    (Step.ALIAS, EntryKind.ACTOR): ("alias", "wording", "country", *_DAYS, *_WHY),
    (Step.ALIAS, EntryKind.PLACE): ("alias", "wording", *_WHY),
    (Step.CORRECT, EntryKind.ACTOR): (*_NAMES, "parent", "country", *_DAYS, *_WHY),
    (Step.CORRECT, EntryKind.PLACE): (*_NAMES, *_AT, *_WHY),
    (Step.MERGE, EntryKind.ACTOR): ("target", *_WHY),
    (Step.MERGE, EntryKind.PLACE): ("target", *_WHY),
    (Step.END, EntryKind.ACTOR): ("last", *_WHY),
    (Step.END, EntryKind.PLACE): _WHY,
    (Step.NOT_PLACE, EntryKind.PLACE): ("alias", *_WHY),
    (Step.WITHDRAW, EntryKind.ACTOR): ("reason",),
    (Step.WITHDRAW, EntryKind.PLACE): ("reason",),
}
LABELS: dict[str, Promise] = {
    "name_ar": _("Neutral name in Arabic"),
    "name_en": _("Neutral name in English"),
    "parent": _("Counts under"),
    "country": _("Country"),
    "first": _("Published from"),
    "last": _("Published to"),
    "alias": _("As texts write it"),
    "wording": _("Sort of wording"),
    "sort": _("Kind of place"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "target": _("The entry that stays"),
    "reason": _("Why"),
    "source": _("Where that can be read"),
}
HINTS: dict[str, Promise] = {
    "country": _("Two letters (ISO 3166), such as SY."),
    "source": _("A report, a map, a page: so that others can check it."),
    "latitude": _("Degrees, such as 35.81."),
    "longitude": _("Degrees, such as 36.55."),
    "first": _("The names mean it in reports published from then on."),
    "last": _("The names mean it in reports published until then."),
}
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form is about: the step, the kind and code of the entry, the decision withdrawn, the word where there is one."""

    step: Step
    kind: EntryKind
    code: str = ""
    target: str = ""


class DecisionForm(forms.Form):
    """The fields of one step. Values stay as typed: what they mean is worked out by `decisions`."""

    def __init__(self, asked: Asked, authority: Authority, data: QueryDict | None, initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        for name in FIELDS[asked.step, asked.kind]:
            self.fields[name] = _field(name, asked, authority)

    def given(self) -> dict[str, str]:
        """The cells that were typed."""
        return {name: str(value).strip() for name, value in self.cleaned_data.items() if value}


def _field(name: str, asked: Asked, authority: Authority) -> forms.Field:
    label: Any = LABELS.get(name, name)
    hint: Any = HINTS.get(name, "")
    actor = asked.kind is EntryKind.ACTOR
    needed = name == "reason" or (name == "source" and asked.step not in (Step.END, Step.WITHDRAW))
    if name == "wording":
        sorts = ("name", "part", "loaded") if actor else ("name", "common")
        return forms.ChoiceField(label=label, required=False, choices=[(sort, WORDINGS[sort]) for sort in sorts])
    if name == "sort":
        kinds: Choices = [("", _("not given")), *PLACE_KINDS.items()]
        return forms.ChoiceField(label=label, required=asked.step is Step.ADD, choices=kinds)
    if actor and name in ("parent", "target"):
        return forms.ChoiceField(
            label=label,
            required=asked.step is not Step.CORRECT,
            choices=[("", _("choose")), *actor_choices(authority, asked.code)],
            help_text=_("Readings for others show this party; yours show the entry too.") if name == "parent" else "",
        )
    if name in ("parent", "target"):
        label = _("Lies in") if name == "parent" else label
        hint = _("The code of a place, or its name where only one bears it.")
    if name in _DAYS:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.CharField(label=label, required=False, help_text=hint, widget=day)
    attributes = {"dir": "auto", "maxlength": str(_LONGEST), "autocomplete": "off"}
    if name in ("latitude", "longitude", "country"):
        attributes |= {"dir": "ltr", "inputmode": "text" if name == "country" else "decimal"}
    if name in _NAMES:
        attributes["lang"] = name.removeprefix("name_")
    needed = needed or name == "target" or (name == "alias" and asked.step is not Step.ADD)
    needed = needed or (asked.step is Step.ADD and ((name == "country" and not actor) or (name in _NAMES and actor)))
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, required=needed, max_length=_LONGEST, help_text=hint, widget=widget)


def actor_choices(authority: Authority, without: str) -> Choices:
    """All parties and people's own actors that are in use, by name."""
    english = labels.active_language() == "en"
    own = {
        code: f"{(entry.name_en if english else entry.name_ar)} · {code}"
        for code, entry in authority.entries.items()
        if entry.kind is EntryKind.ACTOR and entry.own and not entry.merged and not entry.ended and code != without
    }
    shipped = {code: name for code, name in labels.actors(labels.active_language()).items() if code != without}
    return [
        *sorted(own.items(), key=lambda item: item[1]),
        *sorted(shipped.items(), key=lambda item: item[1]),
    ]


class UnclearPlace(Exception):
    """A name that no place bears, or several do; `places` are those."""

    def __init__(self, words: str, places: tuple[Place, ...]) -> None:
        super().__init__(words)
        self.words, self.places = words, places


def place_code(words: str, country: str, known: Gazetteer) -> str:
    """The code that a person means: a code, or a name that only one place bears. Raises UnclearPlace."""
    if not words or known.of_code(words) is not None:
        return words
    found = known.named(words)
    here = tuple(place for place in found if not country or place.country == country)
    if len(here) != 1:
        raise UnclearPlace(words, here or found)
    return here[0].code


def decisions(asked: Asked, given: dict[str, str], used: set[str], known: Gazetteer) -> list[Decision]:
    """The decisions that a form makes: one, or the entry and its wording. Raises UnreadableInput and UnclearPlace."""
    cells = {**given, "step": asked.step.value, "kind": asked.kind.value, "code": asked.code}
    if asked.step is Step.WITHDRAW:
        cells["target"] = asked.target
    if asked.kind is EntryKind.PLACE:
        for name in ("parent", "target"):
            if asked.step is not Step.WITHDRAW and cells.get(name):
                cells[name] = place_code(cells[name], cells.get("country", ""), known)
    if asked.step is not Step.ADD:
        return [decision_of(cells, asked.code or asked.step.value)]
    cells["code"] = code_from(cells.get("name_en") or cells.get("name_ar", ""), used)
    wording = {name: cells.pop(name) for name in ("alias", "wording") if name in cells}
    made = [decision_of(cells, cells["code"])]
    if wording.get("alias") and wording["alias"] not in (cells.get("name_ar"), cells.get("name_en")):
        about = {name: cells.get(name, "") for name in ("kind", "code", "reason", "source")}
        made.append(decision_of(about | wording | {"step": Step.ALIAS.value}, cells["code"]))
    return made
