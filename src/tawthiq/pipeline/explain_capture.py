"""Why the reading of one item of evidence says what it says: the page taken apart and read once more, nothing stored."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tawthiq.pipeline.document_items import recognizing
from tawthiq.pipeline.export_parts import part_in
from tawthiq.pipeline.read_capture import Item, NotAPage, document_of, read_item
from tawthiq.pipeline.record_place import ordinal_in
from tawthiq.reading import gathered
from tawthiq.reading.explaining import explain
from tawthiq.records.authority import Overlay
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import TawthiqError, UnreadableCapture, WrongUsage
from tawthiq.records.explanation import Explanation
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import known_with


def explain_item(
    folder: ArchiveFolder,
    identifier: str,
    packs: tuple[Path, ...] = (),
    correction: PageCorrection | None = None,
    known_at: Callable[[str], frozenset[int]] | None = None,
    *,
    overlay: Overlay | None = None,
) -> Explanation:
    """The reasons behind grammar's reading of the item with this identifier, by the place packs in these files.

    `correction` is a person's decision about its page, by which the page is read; `known_at` tells what the archive
    remembers of the host of an address; `overlay` is what people decided about actors and places.

    Raises WrongUsage when the archive holds no such item, UnreadableCapture when it is no page or cannot be taken apart.
    """
    capture = next((capture for capture in folder.captures() if capture.id == identifier), None)
    if capture is None:
        raise WrongUsage(
            item=identifier,
            happened="the archive holds no item of this identifier",
            advice="run tawthiq log to see the items",
        )
    place, recognize = ordinal_in(folder, capture), recognizing(folder.settings)
    item = Item(capture.log_index, capture, folder.path, place, packs, correction=correction, recognize=recognize)
    item = replace(item, part=part_in(folder, capture), overlay=overlay)
    found = read_item(replace(item, known=known_at(capture.final)) if known_at else item)
    if isinstance(found, TawthiqError):
        raise found
    if isinstance(found, NotAPage):
        raise UnreadableCapture(
            item=capture.source, happened=found.reason, advice="nothing is read of it; it stays in evidence"
        )
    return explain(found.reading, gathered(document_of(found.page), known_with(packs, overlay)))
