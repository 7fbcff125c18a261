"""A person file opened from a pair of records of which two people said that they are one person. Opening it is a person's act.

The names, the age and the kunya of both records become the file's sealed identity, as their sources wrote them; the places in
reports where they stand become sealed marks: one act, all or nothing. The file points to both items from its first moment, so
that sight holds.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction

from tawthiq.archive.models import Report
from tawthiq.casework.domain.field_key import writing_keys
from tawthiq.casework.domain.identities import Identity, put_identity, put_naming
from tawthiq.casework.domain.people import opened
from tawthiq.casework.domain.people_sealing import forget_deleted
from tawthiq.casework.domain.persons import Facts, open_file
from tawthiq.casework.models import Person, PersonProposal
from tawthiq.linking.anchoring import anchor_at
from tawthiq.linking.people.sounds import is_arabic
from tawthiq.records.errors import WrongUsage
from tawthiq.records.link_decision import EventAnchor
from tawthiq.records.span import Span

_LONGEST_NAME, _LONGEST_NOTE = 200, 2000
_PARTS = {"name": "full", "father": "father", "kunya": "kunya"}
_OLDEST = 130


def origin_of(proposal: PersonProposal) -> str:
    """How the first revision of a file names the pair from which it was opened."""
    return f"pair {proposal.key}"


def open_from_pair(folder: Path | None, proposal: PersonProposal, by: str) -> Person:
    """Open a file from a pair that holds for one person.

    Raises WrongUsage for any other pair, Overtaken where the file is there already, and as `field_keys` does.
    """
    if proposal.state != PersonProposal.State.SAME:
        raise WrongUsage(
            item="this pair", happened="two people have not said that it is one person", advice="decide about it first"
        )
    forget_deleted()
    with writing_keys(folder) as keys, transaction.atomic():
        PersonProposal.objects.select_for_update().get(pk=proposal.pk)  # whoever comes second finds the file
        content = opened(proposal, keys)
        sides = (content["first"], content["second"])
        items = {side["capture"] for side in sides}
        acts: list[Callable[[Person], object]] = [partial(put_identity, identity=identity_of(sides), keys=keys, by=by)]
        acts += [partial(put_naming, anchor=anchor, keys=keys) for anchor in _places(sides)]
        return open_file(folder, Facts(), (), by, items=items, origin=origin_of(proposal), acts=acts)


def identity_of(sides: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Identity:
    """What both records say of who the person is; what one field cannot hold goes into the notes, as written."""
    fields: dict[str, Any] = {}
    notes = []
    ages = set()
    for side in sides:
        for name, (text, *_place) in side["values"].items():
            part = _PARTS.get(name)
            if name == "age" and text.isdecimal() and int(text) <= _OLDEST:
                ages.add(int(text))
                continue
            key = (part if is_arabic(text) else f"{part}_latin") if part else ""
            if key and len(text) <= _LONGEST_NAME and fields.get(key) in (None, text):
                fields[key] = text
            else:
                notes.append(f"{name}: {text}"[:_LONGEST_NOTE])
    if ages:
        fields |= {"age_least": min(ages), "age_most": max(ages)}
    return Identity(**fields, notes="\n".join(dict.fromkeys(notes)))


def _places(sides: tuple[Mapping[str, Any], Mapping[str, Any]]) -> Iterator[EventAnchor]:
    """The characters of reports that name the person; lines of lists are pointed to as items only."""
    for side in sides:
        if "start" not in side:
            continue
        text = Report.objects.filter(capture__identifier=side["capture"]).values_list("text", flat=True).first()
        span = Span(side["start"], side["end"])
        if text and text[span.start : span.end] == side["values"]["name"][0]:
            yield anchor_at(side["capture"], text, span, "")
