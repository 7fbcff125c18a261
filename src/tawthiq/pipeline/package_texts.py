"""The texts for people in a package: explanation and commands, held against those that this program writes.

People read the explanation, and run the commands, before they verify anything, so neither may be anybody's. A package of
another version has other texts: they are then named as unproven, so that stating another version gains a forger nothing.
Where the proof of the export reaches the whole file, with a key that was written down elsewhere, they are the team's,
whichever version wrote them.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tawthiq.custody import meaning
from tawthiq.pipeline.packaging import SOFTWARE
from tawthiq.publication import contents
from tawthiq.publication.contents import About
from tawthiq.publication.explanation import MOST_TOLD, Told, commands, explanation
from tawthiq.publication.zip_file import ZipReader
from tawthiq.records.check import Check
from tawthiq.records.errors import TawthiqError, UnreadableInput

LARGEST_CHECKPOINT = 1 << 20


class Texts:
    """The texts of one package, made anew from its manifest: its head first, then each item, then `checks`."""

    def __init__(
        self,
        package: ZipReader,
        sha256s: Mapping[str, str],
        head: Mapping[str, Any],
        *,
        is_exported: bool,
        is_known: bool,
    ) -> None:
        """`is_exported`: the proof of the export holds; `is_known`: with the key that was written down elsewhere."""
        self._is_exported, self._is_known = is_exported, is_known
        self._package = package
        self._sha256s = sha256s
        self._head = head
        self._told: list[Told] = []
        self._count = 0
        self._odd: TawthiqError | None = None

    def take(self, item: Mapping[str, Any]) -> None:
        """Take in the next item as the manifest states it."""
        self._count += 1
        if len(self._told) < MOST_TOLD and self._odd is None:
            try:
                self._told.append(Told.stated(item))
            except TawthiqError as error:
                self._odd = error

    def checks(self) -> Iterator[Check]:
        """One check for the commands, one for the explanation."""
        found = f"they are not those of {SOFTWARE}: read them before you run them"
        yield self._check(contents.COMMANDS, commands(), found, meaning.PACKAGE_COMMANDS)
        found = f"it is not what {SOFTWARE} writes of this manifest: do not rely on it"
        try:
            if self._odd is not None:
                raise self._odd
            due = explanation(self._about(), self._told, self._count)
        except TawthiqError as error:
            proves = meaning.PACKAGE_EXPLANATION.proves.en
            yield Check(contents.EXPLANATION, holds=False, found=error.happened, proves=proves)
        else:
            yield self._check(contents.EXPLANATION, due, found, meaning.PACKAGE_EXPLANATION)

    def _check(self, member: str, due: str, otherwise: str, proves: meaning.Meaning) -> Check:
        """A text against the one that is due; one of another version proves nothing by itself, and is no fault."""
        same = self._sha256s.get(member) == hashlib.sha256(due.encode()).hexdigest()
        ours = self._head.get("software") == SOFTWARE
        name, found = f"{member} text", "as this version writes it" if same else otherwise
        if self._is_exported and self._is_known and not same:
            found = "as it was exported; another version of this program wrote it"
            return Check(name, holds=True, found=found, proves=meaning.PACKAGE_EXPORT.proves.en)
        if same or (ours and not self._is_exported):
            return Check(name, holds=same, found=found, proves=proves.proves.en)
        return Check(name, holds=True, found=found, proves=meaning.PACKAGE_OTHER_VERSION.proves.en)

    def _about(self) -> About:
        """What the manifest says of the package. Raises UnreadableInput."""
        try:
            created = datetime.fromisoformat(str(self._head["created"]))
            title, key, software = (str(self._head[name]) for name in ("title", "verifier_key", "software"))
        except (KeyError, ValueError) as error:
            raise UnreadableInput(
                item=contents.MANIFEST,
                happened=f"its head lacks a statement ({error})",
                advice="ask for the package again",
            ) from error
        checkpoint = self._package.read(contents.CHECKPOINT, LARGEST_CHECKPOINT)
        return About(title=title, created=created, software=software, verifier_key=key, checkpoint=checkpoint)
