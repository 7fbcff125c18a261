"""Entries and decisions as the pages show them: everything put into words, so that templates only choose what to show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tawthiq.casework.models import AuthorityDecision
from tawthiq.lexicon.authority import contract_code
from tawthiq.lexicon.authority_file import decision_of
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.records.authority import Alias, Authority, Decision, Entry, EntryKind, Step
from tawthiq.records.errors import UnreadableInput
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder
from tawthiq.web import labels
from tawthiq.web.authority.wording import WORDINGS

FORCE, ENDED, MERGED = "force", "ended", "merged"


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry: its names in both languages, what it counts under or where it lies, its state and wordings.

    `reports` is in how many reports it is read; None where nobody counted.
    """

    code: str
    kind: EntryKind
    own: bool
    name: str
    other_name: str
    above: str
    state: str
    merged: str
    changes: tuple[str, ...]
    aliases: tuple[tuple[Alias, str], ...]
    revision: int
    reports: int | None = None


@dataclass(frozen=True, slots=True)
class ShownDecision:
    """One row of the history: what was decided in words, who, when, why; `in_force` unless it was withdrawn."""

    row: AuthorityDecision
    what: str
    given: tuple[tuple[str, str], ...]
    reason: str
    source: str
    in_force: bool
    may_withdraw: bool


def plain_gazetteer() -> Gazetteer:
    """The gazetteer with the packs at hand, without anybody's decisions."""
    return gazetteer_with(chosen(packs_folder(), ()))


def shown_entry(authority: Authority, entry: Entry, plain: Gazetteer) -> ShownEntry:
    """The entry in words of the active language."""
    arabic, english = names_of(entry, plain)
    first, second = (english, arabic) if labels.active_language() == "en" else (arabic, english)
    return ShownEntry(
        code=entry.code,
        kind=entry.kind,
        own=entry.own,
        name=first or second or entry.code,
        other_name=second if second != first else "",
        above=_above(authority, entry, plain),
        state=MERGED if entry.merged else ENDED if entry.ended else FORCE,
        merged=entry.merged,
        changes=tuple(_changes(authority, entry)),
        aliases=tuple((alias, _alias_note(alias)) for alias in entry.aliases),
        revision=max(entry.numbers, default=0),
    )


def names_of(entry: Entry, plain: Gazetteer) -> tuple[str, str]:
    """The Arabic and the English name of an entry, those that Tawthiq ships where people gave none."""
    if entry.own:
        return entry.name_ar, entry.name_en
    if entry.kind is EntryKind.ACTOR:
        return (entry.name_ar or labels.shipped_actors("ar").get(entry.code, ""),
                entry.name_en or labels.shipped_actors("en").get(entry.code, ""))  # fmt: skip
    place = plain.of_code(entry.code)
    return (entry.name_ar or (place.name if place else ""), entry.name_en or (place.name_en if place else ""))


def _above(authority: Authority, entry: Entry, plain: Gazetteer) -> str:
    """What an actor counts under, or what kind of place it is and where."""
    if entry.kind is EntryKind.ACTOR:
        if not entry.own:
            return pgettext("authority", "a party that every reading knows")
        code = contract_code(authority.entries, entry.code)
        return _("counts under: %(party)s") % {"party": labels.actor_name(code)}
    place = plain.of_code(entry.code)
    sort = entry.sort or (place.kind.value if place else "")
    country = entry.country or (place.country if place else "")
    inside = place_name(authority, entry.parent or (place.parent if place else "") or "", plain)
    parts = [labels.label("place_kind", sort) if sort else "", inside, country if inside != country else ""]
    return _(", ").join(filter(None, parts))


def place_name(authority: Authority, code: str, plain: Gazetteer) -> str:
    """A place's name in the active language; the code itself where nobody knows it."""
    entry, place = authority.entries.get(code), plain.of_code(code)
    arabic = (entry.name_ar if entry else "") or (place.name if place else "")
    english = (entry.name_en if entry else "") or (place.name_en if place else "")
    return ((english or arabic) if labels.active_language() == "en" else (arabic or english)) or code


def _changes(authority: Authority, entry: Entry) -> Iterator[str]:
    """What people decided about the entry, each sort once."""
    steps = dict.fromkeys(authority.decisions[number - 1].step for number in entry.numbers)
    yield from (str(AuthorityDecision.Step(step.value).label) for step in steps)


def _alias_note(alias: Alias) -> str:
    """What sort of wording an alias is, and where and when it holds."""
    parts = [str(WORDINGS[alias.wording.value]), alias.country]
    if alias.first:
        parts.append(_("from %(day)s") % {"day": date_format(alias.first, "DATE_FORMAT")})
    if alias.last:
        parts.append(_("until %(day)s") % {"day": date_format(alias.last, "DATE_FORMAT")})
    return _(", ").join(filter(None, parts))


def shown_decisions(
    rows: Iterable[AuthorityDecision], authority: Authority, *, may_decide: bool
) -> list[ShownDecision]:
    """Rows in words; one that is not what the person saved tells nothing."""
    found = []
    plain = plain_gazetteer()
    for row in rows:
        try:
            decision = decision_of(row.content, "a decision")
        except UnreadableInput:
            found.append(ShownDecision(row, row.get_step_display(), (), "", "", False, False))
            continue
        in_force = row.revision not in authority.withdrawn
        may = may_decide and in_force and decision.step is not Step.WITHDRAW
        given = tuple(_given(decision, authority, plain))
        found.append(ShownDecision(row, row.get_step_display(), given, decision.reason, decision.source, in_force, may))
    return found


def coordinates(latitude: float, longitude: float) -> str:
    """Degrees as maps take them: with points, in any language."""
    return f"{latitude:g}, {longitude:g}"


def _named(kind: EntryKind, code: str, authority: Authority, plain: Gazetteer) -> str:
    """An entry by its name and code; empty for none."""
    if not code:
        return ""
    name = labels.actor_name(code) if kind is EntryKind.ACTOR else place_name(authority, code, plain)
    return code if name == code else f"{name} ({code})"


def _given(decision: Decision, authority: Authority, plain: Gazetteer) -> Iterator[tuple[str, str]]:
    """What a decision gives, each value with its name."""
    words = {
        _("Arabic name"): decision.name_ar,
        _("English name"): decision.name_en,
        _("Wording"): decision.alias,
        _("Sort of wording"): str(WORDINGS.get(decision.wording, "")) if decision.wording else "",
        _("Kind of place"): labels.label("place_kind", decision.sort) if decision.sort else "",
        _("Country"): decision.country,
        _("Counts under") if decision.kind is EntryKind.ACTOR else _("Lies in"): _named(
            decision.kind, decision.parent, authority, plain
        ),
        _("Merged into"): _named(decision.kind, decision.target, authority, plain)
        if decision.step is Step.MERGE
        else "",
        _("From"): date_format(decision.first, "DATE_FORMAT") if decision.first else "",
        _("Until"): date_format(decision.last, "DATE_FORMAT") if decision.last else "",
    }
    yield from ((name, value) for name, value in words.items() if value)
    if decision.latitude is not None and decision.longitude is not None:
        yield _("Coordinates"), coordinates(decision.latitude, decision.longitude)
