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
    """People harmed in one way, as one source counts them.

    A floor ("at least 12") leaves `maximum` None; so does a number that the wording leaves open above. `part_of` marks
    those already inside another count of the event ("three children among them"): adding them would count them twice.
    """

    harm: Harm
    group: Group
    minimum: int | None
    maximum: int | None
    part_of: bool
    mention: Mention
