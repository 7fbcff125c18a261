"""What a person decided about a page: zones and values that win over rules, and a test case of the archive."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawthiq.records.page import Comment, PageDate, Zone
from tawthiq.records.span import Span


class CorrectionKind(StrEnum):
    """Whether the person changed what the program said, or found it right."""

    CORRECTED = "corrected"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the program alone had made of the page when the person decided.

    `reader` names the program and its version, `body_f1` compares its body with the person's (0 to 1), `differs` lists
    the parts (`page.differing.PARTS`) in which it was wrong. A later version that is wrong in more has become worse.
    """

    reader: str
    body_f1: float
    differs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageCorrection:
    """A person's decision about the page of one capture.

    `payload_sha256` is the digest of the preserved payload, `text` the page's text as the person saw it; `zones` are a
    partition of it. `published` None says that the page does not tell when it was published; `published_span` holds the
    characters that do, None when the metadata does or they stand scattered over the page. `by` is the person's name at
    the desk, `at` the moment in UTC.
    """

    capture: str
    payload_sha256: str
    text: str
    kind: CorrectionKind
    zones: tuple[Zone, ...]
    title: str | None
    byline: str | None
    agency: str | None
    published: PageDate | None
    published_span: Span | None
    comments: tuple[Comment, ...]
    note: str
    by: str
    at: datetime
    baseline: Baseline

    @property
    def text_sha256(self) -> str:
        """The digest of the text, in hexadecimal."""
        return text_digest(self.text)


@dataclass(frozen=True, slots=True)
class Difference:
    """One part of a page in which the program is not at one with a person; both sides in words."""

    part: str
    expected: str
    found: str


class Verdict(StrEnum):
    """A decision, checked: the program says the same, is wrong as it was when the person decided, or in more."""

    PASSED = "pass"
    KNOWN = "known"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class PageCase:
    """One decision in force and what the program says now; `body_f1` is None where the two cannot be compared.

    `decision` is None when its row cannot be trusted.
    """

    capture: str
    source: str
    kind: str
    verdict: Verdict
    body_f1: float | None
    differences: tuple[Difference, ...]
    decision: PageCorrection | None


def text_digest(text: str) -> str:
    """SHA-256 of a page's text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
