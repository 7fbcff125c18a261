"""What every file for others says of itself, and what its format could not carry."""

from dataclasses import dataclass
from datetime import date

from tawthiq.records.disclosure import Profile


@dataclass(frozen=True, slots=True)
class AboutArchive:
    """The archive a file comes from: its title, the verifier key of its log, for whom the file is, the day of what it holds.

    `until` is the day of the last decision or capture that the file rests on, never the day on which it was written: two
    files of the same state are the same bytes.
    """

    title: str
    verifier_key: str
    profile: Profile
    until: date | None


@dataclass(frozen=True, slots=True)
class NotCarried:
    """What a format had no place for: the field of our records, how many values were left out, and why in one sentence."""

    field: str
    times: int
    why: str


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """How much of what was handed over stands in a file."""

    incidents: int
    claims: int
    not_carried: tuple[NotCarried, ...] = ()
