"""What leaves an archive: incidents with their claims, sources and decisions, already redacted for whoever receives them.

Every exporter is handed these records and nothing else, so that what a profile leaves out cannot be written by mistake. A claim
keeps the pointer to its characters: `document` names the capture, `start` and `end` are code points of the report's text.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Profile(StrEnum):
    """For whom: a court or prosecutor, another team that works with the same care, everybody."""

    COURT = "court"
    PARTNER = "partner"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class DisclosedPlace:
    """A place that a position on "where" names; `code` is the gazetteer's or empty, coordinates are degrees of WGS 84 or
    None.
    """

    code: str
    name: str
    name_en: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class DisclosedReport:
    """A report that tells of the incident, and the capture that preserves it.

    `source` is the number of the independent source for which it counts, from 1, the same for copies of one dispatch;
    `outlet` the publisher as far as it is shown; `address` the final address or empty. `sha256` is the digest of the
    preserved payload, `log_index` its entry of the custody log, `collected` in UTC. `withheld` says that the report names
    somebody who is protected from this reader, so that no picture and no copy of the whole page goes along.
    """

    document: str
    source: int
    outlet: str
    title: str
    address: str
    agency: str
    language: str
    published: date | None
    collected: datetime | None
    collector: str
    content_type: str
    sha256: str
    log_index: int | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class DisclosedClaim:
    """records.claim.Claim as it is handed out. `position` is its place among the positions of the slot, from 0.

    `key` names the claim by what it says and who says it (casework.case_content). `text` is empty where the profile shows no
    words; `redacted` says that words in it or in `speaker` were replaced.
    """

    key: str
    position: int
    slot: str
    harm: str
    group: str
    part_of: bool
    minimum: int | None
    maximum: int | None
    first: date | None
    last: date | None
    precision: str
    code: str
    shown: str
    speaker: str
    speaker_actor: str
    hedged: bool
    source: int
    document: str
    event: int
    start: int
    end: int
    text: str
    told: date | None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class DisclosedSlot:
    """One slot: `key` is its name with the group ("killed-all", "when"), `standing` of records.claim.Standing.

    `chosen` is the value that two people verified (casework.case_content.ClaimPoint.value), "open" where they left it open,
    empty where nobody decided. `disputes` are pairs of positions held against each other.
    """

    key: str
    slot: str
    group: str
    standing: str
    chosen: str
    disputes: tuple[tuple[int, int], ...]
    claims: tuple[DisclosedClaim, ...]


@dataclass(frozen=True, slots=True)
class DisclosedStatement:
    """What a party or named speaker says about the incident (records.claim.AttachedStatement)."""

    key: str
    kind: str
    document: str
    speaker: str
    speaker_actor: str
    accused: str
    start: int
    end: int
    text: str
    told: date | None
    redacted: bool = False


@dataclass(frozen=True, slots=True)
class DisclosedAttribution:
    """A party that those who verified found named as responsible, and how far: `degree` and `party_type` are codes of lexicon
    tables (verification_terms). `named_by` and `denied_by` are numbers of sources (DisclosedReport.source) as published.
    """

    party: str
    degree: str
    party_type: str
    named_by: tuple[int, ...] = ()
    denied_by: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosedGrade:
    """The grades that one verifier gave an independent source: reliability and credibility by the terms of the lexicon."""

    source: int
    reliability: str
    credibility: str
    by: str


@dataclass(frozen=True, slots=True)
class DisclosedDecision:
    """Something that people decided: the kind of the log's entry, who under which pseudonym, when (UTC), the digest that the
    custody log keeps of it.
    """

    deed: str
    by: str
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class DisclosedPerson:
    """A person with a role in the incident, under a pseudonym. Empty is not known, or not for this reader."""

    pseudonym: str
    role: str
    sex: str
    age_group: str
    civilian: str


@dataclass(frozen=True, slots=True)
class DisclosedIncident:
    """One incident as it is handed out.

    `number` is its number in the archive. `state` is that of its case (casework.models.Case.State), "proposed" while nobody
    opened one; `status` the status term that people settled. `sources` counts independent sources, copies of a dispatch once.
    `differing` names fields on which those who verified stayed apart; `verified` and `published` are days. `redactions` counts
    replaced stretches, `kept_back` reports whose whole page stays behind.
    """

    number: int
    act: str
    first: date | None
    last: date | None
    state: str
    status: str
    sensitive: bool
    warnings: tuple[str, ...]
    score: float
    decided_by: str
    places: tuple[DisclosedPlace, ...]
    slots: tuple[DisclosedSlot, ...]
    statements: tuple[DisclosedStatement, ...]
    reports: tuple[DisclosedReport, ...]
    sources: int
    violations: tuple[str, ...]
    attributions: tuple[DisclosedAttribution, ...]
    grades: tuple[DisclosedGrade, ...]
    differing: tuple[str, ...]
    decisions: tuple[DisclosedDecision, ...]
    persons: tuple[DisclosedPerson, ...]
    verified: date | None = None
    published: date | None = None
    redactions: int = 0

    @property
    def claims(self) -> tuple[DisclosedClaim, ...]:
        """Every claim of every slot, in order."""
        return tuple(claim for slot in self.slots for claim in slot.claims)

    @property
    def kept_back(self) -> tuple[DisclosedReport, ...]:
        """The reports whose pages name somebody who is protected from this reader."""
        return tuple(report for report in self.reports if report.withheld)


@dataclass(frozen=True, slots=True)
class ProtectedPerson:
    """Somebody whose names, addresses and numbers must not leave: `strings` as kept, `stand_in` what is written instead.

    `courts` and `public` say that the person agreed to be named to a court, to everybody. Its representation shows no string.
    """

    stand_in: str
    strings: tuple[str, ...]
    courts: bool = False
    public: bool = False

    def __repr__(self) -> str:
        """Without the strings: representations end up in logs."""
        return f"ProtectedPerson({self.stand_in!r}, {len(self.strings)} strings)"


@dataclass(frozen=True, slots=True)
class Protected:
    """All who are protected in an archive: persons of files, and members of the team, whose account names stay inside."""

    persons: tuple[ProtectedPerson, ...] = ()
    members: tuple[str, ...] = ()

    def strings(self, profile: Profile) -> tuple[str, ...]:
        """What must not leave in an output of this profile."""
        found = [string for person in self.persons if not _agreed(person, profile) for string in person.strings]
        return (*found, *(self.members if profile is Profile.PUBLIC else ()))

    def people(self, profile: Profile) -> tuple[ProtectedPerson, ...]:
        """Whose names are replaced in an output of this profile."""
        return tuple(person for person in self.persons if not _agreed(person, profile))


def _agreed(person: ProtectedPerson, profile: Profile) -> bool:
    return {Profile.COURT: person.courts, Profile.PARTNER: False, Profile.PUBLIC: person.public}[profile]
