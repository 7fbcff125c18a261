"""A stretch of tokens that names a place, before homonyms are settled."""

from dataclasses import dataclass

from tawthiq.records.place import Place


@dataclass(frozen=True, slots=True)
class Spot:
    """Tokens `first` up to `last`, the places that may be meant, the kind that the type noun gives, and the rule.

    `listing` says that more names of the kind may follow ("بلدات", towns of).
    """

    first: int
    last: int
    places: tuple[Place, ...]
    kind: str | None
    rule: str
    listing: bool = False
