"""Verification of cosignatures: each is over a head that this log had, signed by us and by the key that the log states.

Whether that key is the team's is for people to compare; the check names it. What follows from one that holds: below its
size the log cannot have been rewritten since its time, unless that team helped.
"""

from collections.abc import Iterator, Mapping, Sequence

from tawthiq.custody import meaning
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.cosignature import cosigned_at
from tawthiq.custody.merkle import leaf_hash, roots_at
from tawthiq.custody.note import Note, VerifierKey
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry
from tawthiq.store.cosignatures import Cosignature, cosignature_of
from tawthiq.store.events import COSIGNED
from tawthiq.store.files import read
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout

OWN_KEY = "it was made with this archive's own key: nobody else saw the log"
_PROVES = meaning.COSIGNATURE.proves.en


def cosignature_checks(layout: Layout, entries: Sequence[LogEntry]) -> Iterator[Check]:
    """One check for each cosignature that the log names; none where there are none."""
    held = []
    for entry in entries:
        if entry.event and entry.event.kind == COSIGNED:
            cosignature = cosignature_of(entry.event.facts)
            if cosignature is None:
                found = "it does not describe a cosignature"
                yield Check(f"log entry {entry.index}", holds=False, found=found, proves=_PROVES)
            else:
                held.append(cosignature)
    if not held:
        return
    whole = next((number for number, entry in enumerate(entries) if entry.index != number), len(entries))
    sizes = {each.size for each in held if each.size <= whole}
    roots = roots_at((leaf_hash(entry.leaf) for entry in entries[:whole]), sizes)
    for cosignature in held:
        try:
            found = _wrong(layout, cosignature, read_public(layout), roots)
        except TawthiqError as error:
            found = f"{error.item}: {error.happened}"
        yield Check(cosignature.path, holds=not found, found=found or _said(cosignature), proves=_PROVES)


def _wrong(layout: Layout, cosignature: Cosignature, own: VerifierKey, roots: Mapping[int, bytes]) -> str:
    """What is wrong with a kept cosignature, empty when nothing is. Raises what reading and checking its note raise."""
    item = cosignature.path
    if cosignature.key.public == own.public:
        return OWN_KEY
    data = read(layout.root / item, item)
    head, time = opened(data, own, item), cosigned_at(Note.parse(data, item), cosignature.key, item)
    if (head.size, time) != (cosignature.size, cosignature.time):
        return "it states another size or time than the log"
    if head.size not in roots:
        return f"it is over {head.size} entries, which are not all there"
    if roots[head.size] != head.root:
        return f"it is over other entries than the first {head.size} of this log"
    return ""


def _said(cosignature: Cosignature) -> str:
    when = f"{cosignature.time:%Y-%m-%d %H:%M:%S} UTC"
    return (
        f"team {cosignature.witness} ({cosignature.key}) saw this log with {cosignature.size} entries at {when}; below "
        f"that it cannot have been rewritten since without that team's help"
    )
