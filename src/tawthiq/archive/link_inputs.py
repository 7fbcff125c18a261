"""Reports as linking takes them, loaded once and by number."""

from collections.abc import Collection, Iterator
from datetime import datetime

from tawthiq.archive.link_memory_rows import chunks
from tawthiq.archive.models import Report
from tawthiq.archive.restoring import AT_ONCE, document_of, reading_of, whole_reports
from tawthiq.linking.copies import Shingled
from tawthiq.linking.shingles import Shingler
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Reading


def link_inputs() -> Iterator[tuple[int, LinkInput]]:
    """Every report's number and input, in the log's order; rows are fetched a batch at a time."""
    for report in whole_reports(Report.objects.order_by("pk")).iterator(chunk_size=AT_ONCE):
        yield report.pk, link_input(report)


def link_input(report: Report) -> LinkInput:
    """What linking takes of a report; it was fetched by `restoring.whole_reports`."""
    return LinkInput(document_of(report), reading_of(report), report.capture.address, _published_at(report))


def _published_at(report: Report) -> datetime | None:
    """The moment of publication, where the page gives a time of day; without a zone where it names none that is a number."""
    if report.published is None or report.published_time is None:
        return None
    moment = datetime.combine(report.published, report.published_time)
    try:
        return datetime.fromisoformat(f"{moment.isoformat()}{report.published_zone}")
    except ValueError:
        return moment


class LinkInputs:
    """The reports that one step of linking looks at, by number; each is loaded when first asked for.

    Copies are found by texts alone: what is loaded for them has no reading.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.by_document: dict[str, LinkInput] = {}
        self.texts: dict[str, LinkInput] = {}
        self._documents: dict[int, str] = {}
        self._shingler = Shingler()
        self._shingled: dict[int, Shingled] = {}

    def load(self, numbers: Collection[int]) -> list[int]:
        """Have these reports at hand; those of them that there are, in order."""
        wanted = {number for number in numbers if self._documents.get(number) not in self.by_document}
        for some in chunks(sorted(wanted)):
            for report in whole_reports(Report.objects.filter(pk__in=some)):
                found = link_input(report)
                self._know(report.pk, found)
                self.by_document[found.document.id] = found
        return sorted(number for number in numbers if self._documents.get(number) in self.by_document)

    def load_texts(self, numbers: Collection[int]) -> None:
        """Have the texts of these reports at hand."""
        for some in chunks(sorted(set(numbers) - self._documents.keys())):
            for report in Report.objects.filter(pk__in=some).select_related("capture").prefetch_related("zones"):
                reading = Reading(report.capture.identifier, report.language, report.published, (), ())
                self._know(
                    report.pk, LinkInput(document_of(report), reading, report.capture.address, _published_at(report))
                )

    def document(self, number: int) -> str:
        """The identifier of a report that was loaded."""
        return self._documents[number]

    def of(self, number: int) -> LinkInput:
        """A report that was loaded with its reading."""
        return self.by_document[self._documents[number]]

    def shingled(self, number: int) -> Shingled:
        """The shingles of a report whose text was loaded."""
        if number not in self._shingled:
            document = self.texts[self._documents[number]].document
            self._shingled[number] = Shingled(document, self._shingler.shingles(document))
        return self._shingled[number]

    def _know(self, number: int, found: LinkInput) -> None:
        self._documents[number] = found.document.id
        self.numbers[found.document.id] = number
        self.texts[found.document.id] = found
