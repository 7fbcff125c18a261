"""How many people a source says were harmed."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.span import Mention


class Harm(StrEnum):
    """What happened to the people counted."""

    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    MISSING = "missing"
    DISPLACED = "displaced"


class Group(StrEnum):
    """Whom the count counts, as worded; a loaded word ("martyrs") never makes anyone a civilian or a fighter."""

    ALL = "all"
    CIVILIANS = "civilians"
    CHILDREN = "children"
    WOMEN = "women"
    FIGHTERS = "fighters"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Count:
    """How many people one source says were harmed in one way.

    `maximum` is None when the source gives only a floor ("at least 12"). A `part_of` count is a subset of another
    ("among them 3 children") and is never added to it.
    """

    harm: Harm
    group: Group
    minimum: int | None
    maximum: int | None
    part_of: bool
    mention: Mention
