"""Reports as linking takes them, loaded once and by number."""

from collections.abc import Collection, Iterator

from tawthiq.archive.link_memory_rows import chunks, stretches
from tawthiq.archive.models import Report
from tawthiq.archive.restoring import read_reports, texts
from tawthiq.linking.copies import Shingled
from tawthiq.linking.shingles import Shingler
from tawthiq.records.links import LinkInput

AT_ONCE = 500  # reports


def link_inputs() -> Iterator[tuple[int, LinkInput]]:
    """Every report's number and input, in the log's order; rows are fetched a batch at a time."""
    for some in chunks(Report.objects.order_by("pk").values_list("pk", flat=True), AT_ONCE):
        yield from read_reports([(some[0], some[-1] + 1)])


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
        for number, found in read_reports(stretches(wanted)):
            self._know(number, found)
            self.by_document[found.document.id] = found
        return sorted(number for number in numbers if self._documents.get(number) in self.by_document)

    def load_texts(self, numbers: Collection[int]) -> None:
        """Have the texts of these reports at hand."""
        for number, found in texts(stretches(set(numbers) - self._documents.keys())):
            self._know(number, found)

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
