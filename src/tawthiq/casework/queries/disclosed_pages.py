"""The whole pages behind incidents that leave: which of them name somebody, and which words on them are readers' comments.

A report stays behind as a whole (no picture, no copy: `withheld`) where anything of its page names somebody who is protected
from the reader: its text to the last comment, its title, who wrote it, the accounts of its messages, what it was collected
from. Words of readers' comments never leave, whatever was read in them. Names are looked for in the whole text, so that quoted
words which hold a part of one ("Mohammed", of three names) do not give that part away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tawthiq.archive.models import Post, ReaderComment, Report
from tawthiq.publication.redaction import names_somebody
from tawthiq.publication.redaction_matcher import unescaped
from tawthiq.publication.tables.readings import WithoutNames
from tawthiq.records.disclosure import (
    DisclosedClaim,
    DisclosedIncident,
    DisclosedReport,
    DisclosedSlot,
    DisclosedStatement,
    Profile,
    Protected,
)

_Said = TypeVar("_Said", DisclosedClaim, DisclosedStatement)
_AT_ONCE = 50
_PAGE = (
    "capture__identifier", "text", "title", "byline", "outlet", "publisher", "agency", "capture__source", "capture__final",
)  # fmt: skip


class Pages:
    """The pages of one output: each report is looked at once, however many incidents it tells of."""

    def __init__(self, profile: Profile, protected: Protected) -> None:
        self._profile, self._protected = profile, protected
        self._naming: dict[str, bool] = {}
        self._comments: dict[str, list[tuple[int, int]]] = {}
        self._without: dict[str, WithoutNames] = {}
        self._replaced = 0

    def looked_at(self, incidents: Sequence[DisclosedIncident]) -> Iterator[DisclosedIncident]:
        """The incidents with the reports that stay behind marked, and without readers' words: three queries."""
        documents = {report.document for incident in incidents for report in incident.reports}
        self._look(sorted(documents - self._naming.keys()))
        for incident in incidents:
            self._replaced = 0
            made = replace(
                incident,
                reports=tuple(self._report(each) for each in incident.reports),
                slots=tuple(self._slot(each) for each in incident.slots),
                statements=tuple(self._said(each) for each in incident.statements),
            )
            yield replace(made, redactions=incident.redactions + self._replaced)

    def _look(self, documents: list[str]) -> None:
        self._naming |= dict.fromkeys(documents, False)
        comments = ReaderComment.objects.filter(report__capture__identifier__in=documents).order_by("key")
        for document, start, end, author in comments.values_list(
            "report__capture__identifier", "start", "end", "author"
        ):
            self._comments.setdefault(document, []).append((start, end))
            self._note(document, author)
        posts = Post.objects.filter(report__capture__identifier__in=documents).order_by("key")
        for document, account, handle in posts.values_list("report__capture__identifier", "account", "handle"):
            self._note(document, f"{account}\n{handle}")
        pages = Report.objects.filter(capture__identifier__in=documents).order_by("capture")
        for document, text, *names, source, final in pages.values_list(*_PAGE).iterator(chunk_size=_AT_ONCE):
            addresses = f"{unescaped(source)}\n{unescaped(final)}"
            self._note(document, "\n".join((*names, addresses)))
            self._note(document, addresses.lower())
            if names_somebody(text, self._profile, self._protected):
                self._naming[document] = True
                self._without[document] = WithoutNames(text, self._profile, self._protected)

    def _note(self, document: str, text: str) -> None:
        if text and not self._naming[document]:
            self._naming[document] = names_somebody(text, self._profile, self._protected)

    def _report(self, report: DisclosedReport) -> DisclosedReport:
        return replace(report, withheld=report.withheld or self._naming.get(report.document, False))

    def _slot(self, slot: DisclosedSlot) -> DisclosedSlot:
        return replace(slot, claims=tuple(self._said(each) for each in slot.claims))

    def _said(self, said: _Said) -> _Said:
        ranges = self._comments.get(said.document, ())
        if not any(start < said.end and said.start < end for start, end in ranges):
            return self._whole_names(said)
        empty = replace(said, text="", speaker="", redacted=True)
        return replace(empty, shown="") if isinstance(empty, DisclosedClaim) and not empty.code else empty

    def _whole_names(self, said: _Said) -> _Said:
        without = self._without.get(said.document)
        if without is None or not said.text:
            return said
        before = without.times
        text = without.words(said.text, said.start, said.end)
        self._replaced += without.times - before
        return said if text == said.text else replace(said, text=text, redacted=True)
