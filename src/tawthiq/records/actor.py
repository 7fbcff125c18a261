"""Actors: parties under neutral names, and the wording by which a text names them."""

from dataclasses import dataclass

from tawthiq.records.span import Mention


@dataclass(frozen=True, slots=True)
class Actor:
    """One party of lexicon/data/actors.tsv. `code` is fixed by docs/contracts.md; the names are neutral."""

    code: str
    name_ar: str
    name_en: str
    country: str | None


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A party as a text names it. The wording, loaded or not, stays in the mention and never becomes identity.

    `hedged` is true when the text attributes with doubt ("believed to be Russian"). `entry` is the code of people's own
    entry that the wording means, which counts under `actor`; empty where the wording means `actor` itself.
    """

    mention: Mention
    actor: str
    hedged: bool
    entry: str = ""

    @property
    def party(self) -> str:
        """The most exact code of the party: people's own entry, else the contract code."""
        return self.entry or self.actor
