"""What incident pages show of claims: slots with positions side by side, every claim with its words, tolls in time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tawthiq.archive.models import AttachedStatement, Claim, Event, Incident, IncidentReport, Position, Report, Slot
from tawthiq.archive.queries.incidents import with_parts
from tawthiq.linking.relations import one_party
from tawthiq.web import labels
from tawthiq.web.incident_sources import Source, source_named
from tawthiq.web.report_address import address_of
from tawthiq.web.templatetags.wording import claim_label
from tawthiq.web.toll_steps import Step, Told, steps_of

AROUND = 70  # characters of the report shown on either side of a claim's words
OPEN_CLAIMS = 4  # positions of contested slots with so many claims are shown unfolded
MOST_CLAIMS = 4  # claims of one position that the page of a whole incident shows; the rest are asked for by slot
MOST_LABELS = 4  # different wordings of one position that its heading names
KINDS = {"when": "when", "hour": "when", "where": "place", "who": "actor", "how": "act"}
"""The kind of mark of each slot; all others are counts."""
_ABJAD, _ALPHABET = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Reports = Mapping[int, Report]


@dataclass(frozen=True, slots=True)
class ClaimShown:
    """A claim with the words around it: `before`, the words that carry the value, `after`."""

    claim: Claim
    report: Report
    label: str
    before: str
    after: str
    source: Source

    @property
    def address(self) -> str:
        """Where the claim's characters are shown."""
        return address_of(self.report, self.claim.start, self.claim.end)


@dataclass(frozen=True, slots=True)
class PositionShown:
    """Claims that can all be right together; `letter` names the position, `against` those that dispute it.

    `denied` names who denies that a party named here did it; `unshown` claims are on the page of the slot alone.
    """

    letter: str
    labels: tuple[str, ...]
    more: int
    sources: int
    claims: tuple[ClaimShown, ...]
    unshown: int
    against: tuple[str, ...]
    denied: tuple[str, ...]
    unfolded: bool

    @property
    def total(self) -> int:
        """How many claims make it up."""
        return len(self.claims) + self.unshown

    @property
    def several(self) -> bool:
        """Whether its claims say it in different ways."""
        return len(self.labels) > 1


@dataclass(frozen=True, slots=True)
class SlotShown:
    """A slot as a row: its standing, its positions side by side, and, of a toll told on several days, its time line."""

    key: str
    slot: Slot
    name: str
    kind: str
    positions: tuple[PositionShown, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class TollLine:
    """One toll in the list of incidents: each position's numbers and how many independent sources make it."""

    name: str
    standing: str
    numbers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class StatementShown:
    """An attached statement, its words cut at the sign that shows its kind."""

    said: AttachedStatement
    report: Report
    before: str
    sign: str
    after: str


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an incident with its events."""

    report: Report
    events: tuple[Event, ...]
    family: int | None


def toll_lines(incident: Incident) -> list[TollLine]:
    """The tolls of an incident for a list; `incident.slots` holds no others."""
    return [
        TollLine(
            _name(slot),
            slot.standing,
            tuple((" · ".join(_of_position(position)), position.sources) for position in _held(slot)),
        )
        for slot in incident.slots.all()
        if not _repeats(slot)
    ]


def _of_position(position: Position) -> tuple[str, ...]:
    return _first_labels([claim_label(claim) for claim in position.claims.all()])[0]


def slots_shown(incident: Incident, reports: Reports, only: str = "") -> list[SlotShown]:
    """The slots of an incident in their order; `reports` holds its reports by number.

    `only` asks for one slot by its key ("killed-all", "who"), with all of its claims; no slot, where there is none.
    """
    denials = [said for said in incident.statements.all() if said.kind == "denies" and said.accused]
    slots = [slot for slot in incident.slots.all() if _key(slot) == only or not (only or _repeats(slot))]
    return [_slot(slot, reports, denials, whole=bool(only)) for slot in slots]


def _key(slot: Slot) -> str:
    return f"{slot.slot}-{slot.group}" if slot.group else slot.slot


def _held(slot: Slot) -> list[Position]:
    """The positions that hold claims: a report that was taken out since the last linking takes its claims along."""
    return [position for position in slot.positions.all() if position.claims.all()]


def _repeats(slot: Slot) -> bool:
    """Whether a slot has nothing to show of its own.

    Its reports were taken out, or it is a whole toll made of nothing but floors from one group, which has a row of its own.
    """
    if not _held(slot):
        return True
    if slot.group != "all":
        return False
    groups = {claim.group for position in slot.positions.all() for claim in position.claims.all()}
    return len(groups) == 1 and "all" not in groups


def _name(slot: Slot) -> str:
    name = labels.label("slot", slot.slot)
    if slot.group in ("", "all"):
        return name
    return _("%(slot)s: %(group)s") % {"slot": name, "group": labels.label("group", slot.group)}


def _slot(slot: Slot, reports: Reports, denials: Sequence[AttachedStatement], *, whole: bool) -> SlotShown:
    contested = slot.standing in ("disputed", "developing")
    positions, told = list[PositionShown](), list[Told]()
    for position in _held(slot):
        claims, letter = list(position.claims.all()), _letter(position.order)
        worded = [claim_label(claim) for claim in claims]
        told += ((claim, label, letter) for claim, label in zip(claims, worded, strict=True))
        named, more = _first_labels(worded)
        most = len(claims) if whole else MOST_CLAIMS
        positions.append(
            PositionShown(
                letter=letter,
                labels=named,
                more=more,
                sources=position.sources,
                claims=tuple(_claim(*each, reports) for each in zip(claims[:most], worded[:most], strict=True)),
                unshown=max(0, len(claims) - most),
                against=_against(slot, position),
                denied=_denied(claims, denials) if slot.slot == "who" else (),
                unfolded=whole or (contested and len(claims) <= OPEN_CLAIMS),
            )
        )
    steps = tuple(steps_of(told, reports)) if slot.group and len(positions) > 1 else ()
    return SlotShown(_key(slot), slot, _name(slot), KINDS.get(slot.slot, "count"), tuple(positions), steps)


def _letter(order: int) -> str:
    """The name of a position in the reader's alphabet; numbers after its last letter."""
    alphabet = _ABJAD if labels.active_language() == "ar" else _ALPHABET
    return alphabet[order] if order < len(alphabet) else str(order + 1)


def _against(slot: Slot, position: Position) -> tuple[str, ...]:
    pairs = [pair for pair in slot.disputes if position.order in pair]
    return tuple(_letter(other) for pair in pairs for other in pair if other != position.order)


def _denied(claims: Sequence[Claim], denials: Sequence[AttachedStatement]) -> tuple[str, ...]:
    """Who denies what others claim of a party, each once."""
    found = [
        said.speaker or labels.actor_name(said.accused)
        for said in denials
        for claim in claims
        if one_party(said.accused, claim.code)
        and not (said.speaker_actor and said.speaker_actor == claim.speaker_actor)
    ]
    return tuple(dict.fromkeys(found))


def _first_labels(worded: Sequence[str]) -> tuple[tuple[str, ...], int]:
    """The different values of a position in words, the first few, and how many more there are."""
    found = list(dict.fromkeys(worded))
    return tuple(found[:MOST_LABELS]), max(0, len(found) - MOST_LABELS)


def _claim(claim: Claim, label: str, reports: Reports) -> ClaimShown:
    report = reports[claim.report_id]
    before, after = words_around(report.text, claim.start, claim.end)
    return ClaimShown(claim, report, label, before, after, source_named(claim.source, report, claim.speaker))


def words_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Whole words of the same line on either side; "…" where the line goes on."""
    before = text[max(0, start - AROUND) : start].rpartition("\n")[2]
    if len(before) == AROUND and " " in before:
        before = "… " + before.partition(" ")[2]
    after = text[end : end + AROUND].partition("\n")[0]
    if len(after) == AROUND and " " in after:
        after = after.rpartition(" ")[0] + " …"
    return before, after


def statements_shown(incident: Incident, reports: Reports) -> list[tuple[str, list[StatementShown]]]:
    """The attached statements by kind, kinds in the order of labels.STATEMENT_KINDS."""
    found: dict[str, list[StatementShown]] = {kind: [] for kind in labels.STATEMENT_KINDS}
    for said in incident.statements.all():
        found[said.kind].append(_statement(said, reports[said.report_id]))
    return [(kind, said) for kind, said in found.items() if said]


def _statement(said: AttachedStatement, report: Report) -> StatementShown:
    """What is said with its sign; a sign before or behind what is said is shown with the words between them."""
    start, end = said.start, said.end
    if said.sign_start is None or said.sign_end is None:
        return StatementShown(said, report, said.text, "", "")
    first, last = min(start, said.sign_start), max(end, said.sign_end)
    text = report.text
    return StatementShown(
        said, report, text[first : said.sign_start], text[said.sign_start : said.sign_end], text[said.sign_end : last]
    )


def tellings(told_in: Iterable[IncidentReport], events: Iterable[Event]) -> list[Telling]:
    """Reports of an incident, each with those of the incident's events that it tells."""
    told: dict[int, list[Event]] = {}
    for event in events:
        told.setdefault(event.report_id, []).append(event)
    rows = list(told_in)
    with_parts([event for row in rows for event in told.get(row.report_id, ())])
    return [_telling(row.report, told.get(row.report_id, ())) for row in rows]


def _telling(report: Report, events: Sequence[Event]) -> Telling:
    member = getattr(report, "copy_member", None)
    return Telling(report, tuple(events), member.family_id if member else None)
