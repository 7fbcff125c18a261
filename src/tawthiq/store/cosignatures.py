"""Cosignatures that other teams gave for this log: asking for them, keeping them, handing them on.

Each is kept as log/cosignatures/SIZE-NAME.note: the checkpoint with our signature and theirs. The event "cosigned" states
the key that it was checked with, so that it verifies wherever the archive goes. log/checkpoint keeps our signature alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.cosignature import CosignerKey, cosigned_at, cosigned_by
from tawthiq.custody.merkle import consistency_proof, leaf_hash, root
from tawthiq.custody.note import Note, Signature, Signer
from tawthiq.custody.witnessing import Request
from tawthiq.records.errors import EvidenceDiffers, UnreadableInput, WrongUsage
from tawthiq.records.log import LogEntry
from tawthiq.store.custody_settings import Witness
from tawthiq.store.events import COSIGNED
from tawthiq.store.files import read
from tawthiq.store.folder import ArchiveFolder
from tawthiq.store.journal import entries_from
from tawthiq.store.keys import read_public
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock

FOLDER = "cosignatures/"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A kept cosignature: who gave it (our name for the team, and its key), over how many entries, when by its clock (UTC)."""

    witness: str
    key: CosignerKey
    size: int
    time: datetime
    path: str


def cosignatures(entries: Iterable[LogEntry]) -> list[Cosignature]:
    """What the log says of the cosignatures that are kept, in its order; malformed entries are left to verification."""
    found = (cosignature_of(entry.event.facts) for entry in entries if entry.event and entry.event.kind == COSIGNED)
    return [each for each in found if each is not None]


def cosignature_of(facts: Mapping[str, object]) -> Cosignature | None:
    """The cosignature that the facts of a "cosigned" event describe; None for malformed ones."""
    witness, key, size, time, path = (facts.get(name) for name in ("witness", "key", "size", "time", "path"))
    try:
        if isinstance(witness, str) and isinstance(size, int) and isinstance(path, str):
            return Cosignature(
                witness, CosignerKey.parse(str(key), path), size, datetime.fromisoformat(str(time)), path
            )
    except (UnreadableInput, ValueError):
        return None
    return None


def witness_named(archive: ArchiveFolder, name: str) -> tuple[Witness, CosignerKey]:
    """A witness of the settings, and its key. Raises WrongUsage for a name or a key that cannot be used."""
    witness = next((each for each in archive.settings.witnesses if each.name == name), None)
    if witness is None:
        raise WrongUsage(
            item=name,
            happened="there is no witness of this name",
            advice=f"write [witnesses.{name}] and its key into tawthiq.toml",
        )
    return witness, CosignerKey.parse(witness.key, f"witnesses.{name}.key")


def known_size(entries: Iterable[LogEntry], key: CosignerKey) -> int:
    """How many entries the team of this key has seen, as far as we know."""
    return max((each.size for each in cosignatures(entries) if each.key == key), default=0)


def request(archive: ArchiveFolder, old_size: int) -> Request:
    """A request to cosign the present head, for a witness that saw `old_size` entries last. Signs what is not signed yet.

    Raises WrongUsage when the log has fewer entries than that.
    """
    archive.flush()
    checkpoint, head, leaves = _signed_log(Layout(archive.path))
    if old_size > head.size:
        raise WrongUsage(
            item="log",
            happened=f"it has {head.size} signed entries, and the witness saw {old_size}",
            advice="entries were lost, perhaps by restoring an old backup: look for a newer copy of this archive",
        )
    return Request(old_size, consistency_proof(leaves, old_size) if old_size else (), checkpoint)


def add(archive: ArchiveFolder, data: bytes, item: str) -> list[Cosignature]:
    """Keep the cosignatures in `data` that witnesses of the settings gave for this log; those kept already are left out.

    `data` is a note, or signature lines alone for the present head. Raises EvidenceDiffers when they are wrong, or over
    another history of this log; WrongUsage when no witness of the settings gave any.
    """
    archive.flush()
    signer = archive.unlock()
    note = _note(archive, signer, data, item)
    head = Checkpoint.parse(note.text, item)
    _expect_own(archive, head, item)
    kept, any_known = [], False
    for witness in archive.settings.witnesses:
        key = CosignerKey.parse(witness.key, f"witnesses.{witness.name}.key")
        if cosigned_by(note, key):
            any_known = True
            _expect_others_key(witness, key, signer)
            time, path = cosigned_at(note, key, item), _free_path(archive, head.size, witness.name)
            cosignature = Cosignature(witness.name, key, head.size, time, path)
            if (key, head.size) not in {(each.key, each.size) for each in cosignatures(archive.entries())}:
                _keep(archive, signer, note, cosignature)
                kept.append(cosignature)
    if not any_known:
        signers = ", ".join(each.name for each in note.signatures if each.name != signer.name) or "nobody"
        raise WrongUsage(
            item=item,
            happened=f"no witness of the settings has cosigned it (but {signers})",
            advice="write the team's key into tawthiq.toml under [witnesses.NAME]: what its tawthiq witness key prints",
        )
    return kept


def cosigned_checkpoint(layout: Layout, size: int | None = None) -> bytes:
    """The checkpoint of `size` entries with our signature and every cosignature kept for it, as one note (C2SP).

    Without `size`, the largest that anybody has cosigned. Raises WrongUsage where there is none.
    """
    held = cosignatures(entries_from(layout, 0))
    size = max((each.size for each in held), default=0) if size is None else size
    notes = [Note.parse(read(layout.root / each.path, each.path), each.path) for each in held if each.size == size]
    if not notes:
        raise WrongUsage(
            item="log",
            happened=f"nobody has cosigned it{f' at {size} entries' if size else ''} yet",
            advice="ask a witness: tawthiq witness request NAME",
        )
    signatures = dict.fromkeys(signature for note in notes for signature in note.signatures)
    return bytes(Note(notes[0].text, tuple(signatures)))


def _signed_log(layout: Layout) -> tuple[bytes, Checkpoint, list[bytes]]:
    """The checkpoint as bytes and as a head, and the leaves below it."""
    with Lock(layout.lock).shared():
        data = read(layout.checkpoint, "log/checkpoint")
    head = opened(data, read_public(layout), "log/checkpoint")
    leaves = [leaf_hash(entry.leaf) for entry in islice(entries_from(layout, 0), head.size)]
    return data, head, leaves


def _note(archive: ArchiveFolder, signer: Signer, data: bytes, item: str) -> Note:
    """The note in `data`; signature lines alone are taken for the present head."""
    if data.startswith("— ".encode()):
        checkpoint = read(Layout(archive.path).checkpoint, "log/checkpoint")
        data = checkpoint + data
    note = Note.parse(data, item)
    own = [each for each in note.signatures if (each.name, each.key_id) == (signer.name, signer.key.id)]
    if own:
        note.expect_signed_by(signer.key, item)
    return note


def _expect_own(archive: ArchiveFolder, head: Checkpoint, item: str) -> None:
    """Raises EvidenceDiffers unless `head` is one that this log had."""
    _, present, leaves = _signed_log(Layout(archive.path))
    if head.origin != present.origin:
        happened = f"it is over the log {head.origin}, not over this one"
    elif head.size > present.size:
        happened = f"it is over {head.size} entries, and this log has {present.size}: entries were lost"
    elif root(leaves[: head.size]) != head.root:
        happened = f"it is over other entries than the first {head.size} of this log: there are two histories of it"
    else:
        return
    raise EvidenceDiffers(
        item=item, happened=happened, advice="keep the file, and look for another copy of this archive"
    )


def _keep(archive: ArchiveFolder, signer: Signer, note: Note, cosignature: Cosignature) -> None:
    """Keep one cosignature beside our signature."""
    theirs: list[Signature] = [
        each for each in note.signatures if (each.name, each.key_id) == (cosignature.key.name, cosignature.key.id)
    ]
    whole = Note(note.text, (*signer.signed(note.text).signatures, *theirs))
    head = Checkpoint.parse(note.text, cosignature.path)
    facts = {
        "witness": cosignature.witness,
        "key": str(cosignature.key),
        "size": head.size,
        "root": head.root.hex(),
        "time": cosignature.time,
    }
    name = cosignature.path.removeprefix("log/")
    archive.keep_beside_log(COSIGNED, name, bytes(whole), str(head.size), facts)


def _expect_others_key(witness: Witness, key: CosignerKey, own: Signer) -> None:
    """Raises WrongUsage when a witness's key is this archive's own: nobody else would have seen the log."""
    if key.public == own.key.public:
        raise WrongUsage(
            item=f"witnesses.{witness.name}.key",
            happened="it is this archive's own key, so the cosignature says nothing",
            advice="write the other team's key there: what their tawthiq witness key prints",
        )


def _free_path(archive: ArchiveFolder, size: int, witness: str) -> str:
    """Where a cosignature will lie; a file of that name whose event a power cut took stays what it is."""
    names = (f"log/{FOLDER}{size}-{witness}{f'-{number}' if number else ''}.note" for number in count())
    return next(name for name in names if not (archive.path / name).exists())
