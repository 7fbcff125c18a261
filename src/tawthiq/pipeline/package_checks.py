"""Verification of an evidence package by itself: with no archive, no database and no network.

Every byte of the file is accounted for: what stands outside of members is decided by them (`publication.zip_layout`), each
member by the list, the list by its digest. Then what cannot be made to fit by computing digests anew: signatures, proofs, the
WARC files against the events in the log. What is derived from them (index, pages, explanation) is derived again and compared.
What no proof reaches (titles, that nothing was left out) is proven only by the export's own entry, `NAME.tlog-proof`, where
that lies beside.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from tawthiq.custody import meaning
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.entry import parsed_json
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import Proof, checked
from tawthiq.pipeline.package_items import ItemChecks
from tawthiq.pipeline.package_shape import Shape
from tawthiq.pipeline.package_stamps import attached_checks
from tawthiq.pipeline.package_texts import Texts
from tawthiq.publication import contents, manifest
from tawthiq.publication.package import digest_of
from tawthiq.publication.zip_file import ZipReader
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError, UnreadableInput
from tawthiq.store.custody_events import EXPORTED

LARGEST_SMALL = 64 << 20
LARGEST_PROOF = 32 << 20
_PART = meaning.PACKAGE_PART.proves.en


def package_checks(path: Path, expected_key: str | None) -> Iterator[Check]:
    """Every check of the package at `path`. `expected_key` is the verifier key as it was written down elsewhere, if it was.

    Raises UnreadableInput or WrongUsage for what is no package, or a key that is none; all else that is wrong is a Check.
    """
    wanted = VerifierKey.parse(expected_key.strip(), "--key") if expected_key else None
    try:
        package = ZipReader(path)
    except UnreadableInput:
        raise
    except TawthiqError as error:
        yield Check(path.name, holds=False, found=error.happened, proves=_PART)
        return
    export = _export_check(path, wanted)
    is_exported = export.holds and export.proves == meaning.PACKAGE_EXPORT.proves.en
    with package:
        sha256s: dict[str, str] = {}
        yield from _part_checks(package, sha256s)
        try:
            yield from _custody_checks(package, wanted, sha256s, is_exported=is_exported)
        except TawthiqError as error:
            yield Check(error.item, holds=False, found=error.happened, proves=_PART)
    yield export


def _part_checks(package: ZipReader, sha256s: dict[str, str]) -> Iterator[Check]:
    """Every member against the list, the list against its digest, no member beside it. `sha256s` is filled."""
    try:
        listing = package.read(contents.DATAPACKAGE, LARGEST_SMALL)
        stated = package.read(contents.DIGEST, LARGEST_SMALL)
        listed = _listed(listing)
    except TawthiqError as error:
        yield Check(error.item, holds=False, found=error.happened, proves=_PART)
        return
    same = stated == digest_of(listing)
    found = f"SHA-256 {hashlib.sha256(listing).hexdigest()}" if same else "the list and its digest do not agree"
    yield Check(contents.DATAPACKAGE, holds=same, found=found, proves=_PART)
    for name in (contents.DATAPACKAGE, contents.DIGEST):
        if not package.digests(name)[1]:
            yield Check(name, holds=False, found="its checksum is another one", proves=_PART)
    for name, (sha256, size) in listed.items():
        yield _part(package, name, (sha256, size), sha256s)
    beside = sorted(package.members.keys() - listed.keys() - {contents.DATAPACKAGE, contents.DIGEST})
    for name in beside:
        yield Check(name, holds=False, found="the list does not name it", proves=_PART)


def _part(package: ZipReader, name: str, listed: tuple[str, int], sha256s: dict[str, str]) -> Check:
    """One member against the digest and length that the list states."""
    sha256, size = listed
    if name not in package.members:
        return Check(name, holds=False, found="it is missing", proves=_PART)
    found, sound = package.digests(name)
    sha256s[name] = found
    holds = found == sha256 and package.members[name].size == size and sound
    told = f"SHA-256 {found}, {package.members[name].size:,} bytes"
    return Check(name, holds=holds, found=told if holds else f"{told}; listed {sha256}, {size:,} bytes", proves=_PART)


def _listed(listing: bytes) -> dict[str, tuple[str, int]]:
    """The members that datapackage.json names, with digest and length. Raises UnreadableInput."""
    value = parsed_json(listing, contents.DATAPACKAGE)
    try:
        found = {
            str(each["path"]): (str(each["hash"]).removeprefix("sha256:"), int(each["bytes"]))
            for each in value["resources"]
        }
        if len(found) != len(value["resources"]):
            raise ValueError("a part is named twice")
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise UnreadableInput(
            item=contents.DATAPACKAGE, happened=f"it lists no parts ({error})", advice="ask for the package again"
        ) from error
    return found


def _custody_checks(
    package: ZipReader, wanted: VerifierKey | None, sha256s: dict[str, str], *, is_exported: bool
) -> Iterator[Check]:
    """Key, checkpoint, attachments, then each item."""
    text = package.read(contents.PUBLIC_KEY, LARGEST_SMALL).decode("utf-8", "replace").removesuffix("\n")
    key = VerifierKey.parse(text, contents.PUBLIC_KEY)
    yield _key_check(key, wanted)
    try:
        head = opened(package.read(contents.CHECKPOINT, LARGEST_SMALL), key, contents.CHECKPOINT)
        told = f"signed by {key.name}: {head.size:,} entries"
        yield Check(contents.CHECKPOINT, holds=True, found=told, proves=meaning.CHECKPOINT.proves.en)
    except TawthiqError as error:
        yield Check(contents.CHECKPOINT, holds=False, found=error.happened, proves=meaning.CHECKPOINT.proves.en)
    lines = manifest.parsed(package_lines(package, contents.MANIFEST), contents.MANIFEST)
    stated = next(lines)
    if stated.get("schema") != contents.SCHEMA or stated.get("verifier_key") != str(key):
        found = "it is of another schema, or names another key"
        yield Check(contents.MANIFEST, holds=False, found=found, proves=_PART)
    items = ItemChecks(package, key, sha256s)
    shape, texts = (
        Shape(package, sha256s, stated),
        Texts(package, sha256s, stated, is_exported=is_exported, is_known=wanted is not None),
    )
    for line in lines:
        shape.take(line)
        texts.take(line)
        yield from items.checks(line)
    yield from items.derived()
    yield from shape.checks(items.main)
    yield from texts.checks()
    yield from attached_checks(package, key, stated.get("attached"))


def _key_check(key: VerifierKey, wanted: VerifierKey | None) -> Check:
    """The key of the package against the one written down."""
    proves = meaning.PUBLIC_KEY.proves.en
    if wanted is None:
        found = (
            f"{key}: as stated in the package; compare it with the one written down elsewhere, or give it with --key"
        )
        return Check("key", holds=True, found=found, proves=meaning.PACKAGE_KEY.proves.en)
    found = f"{key}: the one expected" if key == wanted else f"{key}; expected {wanted}"
    return Check("key", holds=key == wanted, found=found, proves=proves)


def _export_check(path: Path, wanted: VerifierKey | None) -> Check:
    """The whole file against the log's entry of its export, where the proof of that lies beside it."""
    beside = path.with_name(f"{path.name}.tlog-proof")
    proves = meaning.PACKAGE_EXPORT.proves.en
    if not beside.is_file():
        found = "no proof of the export lies beside the package: titles and what is said of attachments rest on digests alone"
        return Check(beside.name, holds=True, found=found, proves=meaning.PACKAGE_NO_EXPORT.proves.en)
    try:
        with ZipReader(path) as package:
            stated = package.read(contents.PUBLIC_KEY, LARGEST_SMALL).decode("utf-8", "replace").strip()
        key = wanted or VerifierKey.parse(stated, contents.PUBLIC_KEY)
        data = _read_beside(beside)
        check = checked(data, key, beside.name)
        event = Proof.parse(data, beside.name).entry(beside.name)[1] if check.holds else None
        with path.open("rb", buffering=0) as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except (TawthiqError, OSError) as error:
        return Check(beside.name, holds=False, found=str(error), proves=proves)
    exported = event is not None and event.kind == EXPORTED and event.facts.get("package_sha256") == sha256
    found = f"SHA-256 {sha256}, {check.found}" if exported else f"the log did not export this file; {check.found}"
    return Check(beside.name, holds=exported, found=found, proves=proves)


def _read_beside(path: Path) -> bytes:
    """The proof beside a package, of a bounded size."""
    with path.open("rb") as stream:
        data = stream.read(LARGEST_PROOF + 1)
    if len(data) > LARGEST_PROOF:
        raise UnreadableInput(item=path.name, happened="it is too large for a proof", advice="ask for it again")
    return data


def package_lines(package: ZipReader, name: str) -> Iterator[bytes]:
    """The lines of a member, one at a time. Raises UnreadableInput for a line that no memory should hold."""
    rest = b""
    for block in package.blocks(name):
        parts = (rest + block).split(b"\n")
        yield from (part + b"\n" for part in parts[:-1])
        rest = parts[-1]
        if len(rest) > manifest.LONGEST_LINE:
            raise UnreadableInput(item=name, happened="a line of it is too long", advice="ask who made the package")
    if rest:
        yield rest
