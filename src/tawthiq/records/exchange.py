"""What is understood of another program's file: one row for each occurrence that it tells, each value as its characters."""

from dataclasses import dataclass, fields
from enum import StrEnum


class ExchangeForm(StrEnum):
    """A program whose files are read back."""

    UWAZI = "uwazi"
    BAYANAT = "bayanat"
    FTM = "ftm"


@dataclass(frozen=True, slots=True)
class ExchangeRow:
    """One occurrence as a file tells it; empty is not told. Several values of one field are parted by "; ", and stay open."""

    id: str = ""
    act: str = ""
    first: str = ""
    last: str = ""
    place: str = ""
    country: str = ""
    party: str = ""
    killed: str = ""
    injured: str = ""
    detained: str = ""
    abducted: str = ""
    missing: str = ""
    displaced: str = ""
    description: str = ""
    speaker: str = ""
    link: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The values in the order of `HEADINGS`."""
        return tuple(getattr(self, name) for name in HEADINGS)


HEADINGS = tuple(field.name for field in fields(ExchangeRow))


@dataclass(frozen=True, slots=True)
class ExchangeRead:
    """The rows of a file, and what was odd or could not be read, a sentence each."""

    rows: tuple[ExchangeRow, ...]
    notes: tuple[str, ...] = ()
