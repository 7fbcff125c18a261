"""What a picture, film, sound or document says of its own making: as the file states it, never proved, never made public."""

from dataclasses import dataclass
from enum import StrEnum


class MediaKind(StrEnum):
    """What a file was read as."""

    PICTURE = "picture"
    FILM = "film"
    SOUND = "sound"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class MediaFact:
    """One fact as the file states it. `name` is a code ("latitude", "made"), `value` one line of text.

    `protected` facts may betray who took, held or appears in the file: place, device, names, serial numbers.
    """

    name: str
    value: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class MediaFacts:
    """The facts of one file in a fixed order, and what was odd about reading them. Anyone can write such facts into a file."""

    kind: MediaKind
    facts: tuple[MediaFact, ...]
    notes: tuple[str, ...] = ()
