"""The shape of a package: every part of it is one that its manifest leads to, and what describes the whole is derived anew.

Replay programs read any index and any list of pages that lie in a WACZ file, and people open whatever has a name. A part
that no item, proof or attachment accounts for could show another page under the address of an item while all proofs hold.
So parts beside those that belong differ, and the manifest and datapackage.json must be byte for byte what this program
writes for what they state.
"""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from tawthiq.custody import meaning
from tawthiq.custody.entry import canonical_json
from tawthiq.publication import contents, manifest
from tawthiq.publication.package import datapackage
from tawthiq.publication.zip_file import Packed, ZipReader
from tawthiq.records.check import Check

_PART = meaning.PACKAGE_PART.proves.en
ATTACHED = ("timestamps/", "cosignatures/")
_ALWAYS = frozenset(
    {
        contents.PAGES,
        contents.MANIFEST,
        contents.CHECKPOINT,
        contents.PUBLIC_KEY,
        contents.EXPLANATION,
        contents.COMMANDS,
    }
    | {f"{contents.INDEXES}index.cdx.gz", f"{contents.INDEXES}index.idx"}
)


class Shape:
    """What one package may consist of, learnt from its manifest: its head first, then each item, then `checks`."""

    def __init__(self, package: ZipReader, sha256s: Mapping[str, str], head: Mapping[str, Any]) -> None:
        self._package = package
        self._sha256s = sha256s
        self._head = head
        self._named = set(_ALWAYS)
        self._written = hashlib.sha256(manifest.head_line(head))
        self._before = b""
        for each in _objects(head.get("attached")):
            for name in ("member", "checkpoint", "certificates"):
                self._name(each.get(name), *ATTACHED)

    def take(self, item: Mapping[str, Any]) -> None:
        """Take in the next item, as the manifest states it. Raises UnreadableInput for what JSON cannot carry."""
        self._name(item.get("member"), contents.ARCHIVE)
        for each in _objects(item.get("proofs")):
            self._name(each.get("member"), contents.PROOFS)
        self._written.update(self._before + canonical_json(item))
        self._before = b",\n"

    def checks(self, main: tuple[str, str] | None) -> Iterator[Check]:
        """One check for each part that is beside those, then manifest and list; `main` is the first page and its moment."""
        beside = sorted(self._sha256s.keys() - self._named)
        for name in beside:
            found = (
                "no item, proof or attachment accounts for it; programs that open the package may show it all the same"
            )
            yield Check(name, holds=False, found=found, proves=_PART)
        if not beside:
            yield Check("every part accounted for", holds=True, found="none besides those above", proves=_PART)
        self._written.update(b"\n" + manifest.END)
        same = self._written.hexdigest() == self._sha256s.get(contents.MANIFEST)
        found = "written as it reads" if same else "it can be read in two ways: it is not in canonical form"
        yield Check(f"{contents.MANIFEST} form", holds=same, found=found, proves=_PART)
        title, created, software = (str(self._head.get(name)) for name in ("title", "created", "software"))
        members = [
            Packed(name, self._package.members[name].size, sha256)
            for name, sha256 in self._sha256s.items()
            if name in self._package.members
        ]
        due = datapackage(title, created, software, main, members)
        same = due == self._package.read(contents.DATAPACKAGE, len(due) + 1) if self._fits(len(due)) else False
        found = "made of the manifest" if same else "title, first page or another statement is not that of the manifest"
        yield Check(f"{contents.DATAPACKAGE} form", holds=same, found=found, proves=_PART)

    def _name(self, member: object, *folders: str) -> None:
        """Count a member in, if it lies where such members lie: nothing else may pass under the name of an attachment."""
        if isinstance(member, str) and member.startswith(folders):
            self._named.add(member)

    def _fits(self, length: int) -> bool:
        return self._package.members[contents.DATAPACKAGE].size == length


def _objects(value: object) -> list[Mapping[str, Any]]:
    """The objects in a list; whatever else a manifest states is another check's to name."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
