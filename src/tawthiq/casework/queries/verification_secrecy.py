"""Who may know of which verification sheet: the law of independence, in one place.

Until a person has finished, and until the sheets about one content amount to something, that person knows of the
sheets of others only how many there are. Their grades, findings, remarks, times, digests and the names of who gave
them stay hidden: on pages, in histories, in the audit of the custody log. A person who chooses to look is remembered
(`SheetsSeen`) and can give no sheet about that content any more. A withdrawn sheet stays as hidden as it was.
"""

from collections.abc import Collection
from dataclasses import dataclass

from tawthiq.casework.case_content import content_from_json, is_whole
from tawthiq.casework.models import CaseContent, SheetsSeen, SheetWithdrawal, VerificationSheet
from tawthiq.casework.verification_outcome import DISAGREEMENT, MOST, NEEDED, OPEN, SECOND, Verdict, verdict
from tawthiq.casework.verification_sheet import Sheet, fields, sheet_from_json
from tawthiq.custody.entry import is_digest_of

_WAITING = (OPEN, SECOND, DISAGREEMENT)
_NOTHING = Sheet((), "", None, (), (), (), "")


@dataclass(frozen=True, slots=True)
class GivenSheet:
    """A sheet with its row; `unchanged` says whether it is what its digest says it was. A changed one counts for nothing."""

    row: VerificationSheet
    sheet: Sheet
    withdrawal: SheetWithdrawal | None
    unchanged: bool

    @property
    def in_force(self) -> bool:
        """Whether it counts."""
        return self.unchanged and self.withdrawal is None


@dataclass(frozen=True, slots=True)
class Round:
    """The sheets about one content, and who knows of them: `seen` are names. Not for pages: `as_known_to` is."""

    about: CaseContent
    sheets: tuple[GivenSheet, ...]
    seen: frozenset[str]

    @property
    def in_force(self) -> tuple[GivenSheet, ...]:
        """The sheets that count, in the order in which they were given."""
        return tuple(given for given in self.sheets if given.in_force)

    @property
    def verdict(self) -> Verdict:
        """What the sheets amount to."""
        if not self.in_force:
            return verdict([])
        content = content_from_json(self.about.content)
        return verdict([fields(given.sheet, content) for given in self.in_force])

    @property
    def is_settled(self) -> bool:
        """Whether nobody else is waited for: the sheets decide, or three people have spoken."""
        return len(self.in_force) >= MOST or self.verdict.state not in _WAITING

    def may_know(self, name: str) -> bool:
        """Whether somebody may know of the sheets of others."""
        if self.is_settled or name in self.seen:
            return True
        authors = {given.row.by for given in self.in_force}
        return len(self.in_force) >= NEEDED and name in authors

    def bars(self, name: str) -> bool:
        """Whether somebody can give no sheet here any more, for knowing what another found."""
        others = any(given.row.by != name for given in self.sheets)
        return others and (name in self.seen or self.may_know(name))


def round_about(about: CaseContent) -> Round:
    """The sheets about one content."""
    return rounds_about([about])[about.pk]


def rounds_about(contents: Collection[CaseContent]) -> dict[int, Round]:
    """The sheets about several contents, by the keys of their rows: two queries."""
    keys = [about.pk for about in contents]
    sheets: dict[int, list[GivenSheet]] = {key: [] for key in keys}
    digests = {about.pk: about.digest if _is_whole(about) else None for about in contents}
    rows = VerificationSheet.objects.filter(about__in=keys).select_related("withdrawal").order_by("number")
    for row in rows:
        sheets[row.about_id].append(_given(row, digests[row.about_id]))
    seen: dict[int, set[str]] = {key: set() for key in keys}
    for key, name in SheetsSeen.objects.filter(about__in=keys).values_list("about_id", "by"):
        seen[key].add(name)
    return {each.pk: Round(each, tuple(sheets[each.pk]), frozenset(seen[each.pk])) for each in contents}


def sheets_known_to(found: Round, name: str) -> tuple[GivenSheet, ...]:
    """The sheets of a round of which somebody may know: their own always, those of others by `Round.may_know`."""
    if found.may_know(name):
        return found.sheets
    return tuple(given for given in found.sheets if given.row.by == name)


def _is_whole(about: CaseContent) -> bool:
    """Whether what sheets are about is what its digest says; of what other hands changed, no sheet counts."""
    try:
        return is_whole(content_from_json(about.content), about.digest)
    except (KeyError, TypeError, ValueError):
        return False


def _given(row: VerificationSheet, about: str | None) -> GivenSheet:
    withdrawal = getattr(row, "withdrawal", None)
    try:
        sheet = sheet_from_json(row.content)
        told = (row.content["by"], row.content["about"], row.content["turn"])
        unchanged = told == (row.by, about, row.turn) and is_digest_of(row.content, row.sha256)
    except (KeyError, TypeError, ValueError):
        return GivenSheet(row, _NOTHING, withdrawal, unchanged=False)
    return GivenSheet(row, sheet, withdrawal, unchanged)
