"""Why the reading of one item of evidence says what it says: the page taken apart and read once more, nothing stored."""

from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.page import anatomy
from tawthiq.pipeline.payload import decode
from tawthiq.pipeline.read_capture import PAYLOAD_LIMIT, document_of, no_page
from tawthiq.reading import gathered, read
from tawthiq.reading.explaining import explain
from tawthiq.records.capture import Capture
from tawthiq.records.errors import UnreadableCapture, WrongUsage
from tawthiq.records.explanation import Explanation
from tawthiq.store import ArchiveFolder


def explain_item(folder: ArchiveFolder, identifier: str, known: Gazetteer | None = None) -> Explanation:
    """The reasons behind grammar's reading of the item with this identifier, by the gazetteer `known`.

    Raises WrongUsage when the archive holds no such item, UnreadableCapture when it is no page or cannot be taken apart.
    """
    capture = next((capture for capture in folder.captures() if capture.id == identifier), None)
    if capture is None:
        raise WrongUsage(
            item=identifier,
            happened="the archive holds no item of this identifier",
            advice="run tawthiq log to see the items",
        )
    return _explained(capture, folder, known)


def _explained(capture: Capture, folder: ArchiveFolder, known: Gazetteer | None) -> Explanation:
    why_not = no_page(capture)
    if why_not:
        raise UnreadableCapture(
            item=capture.source, happened=why_not.reason, advice="nothing is read of it; it stays in evidence"
        )
    payload = decode(folder.record(capture), PAYLOAD_LIMIT, item=capture.source)
    document = document_of(anatomy(payload.data, id=capture.id, url=capture.final, content_type=capture.content_type))
    return explain(read(document, known=known), gathered(document, known))
