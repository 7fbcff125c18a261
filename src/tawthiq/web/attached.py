"""The files that the messages of an exported chat name, with the items of evidence that they became."""

from tawthiq.archive.export_files import attached_items
from tawthiq.archive.models import Capture, Report
from tawthiq.casework.queries.visibility import Sight
from tawthiq.page.platforms.telegram_json import ATTACHED_REASON, is_file_path
from tawthiq.records.capture import SourceKind
from tawthiq.records.span import Span

MOST = 400


def attached(report: Report, zones: list[tuple[str, str, Span]], seen: Sight) -> list[tuple[str, Capture | None]]:
    """Each file in the order of the messages, once; None for one that was not collected, or that the person may not see."""
    if report.capture.kind != SourceKind.EXPORT:
        return []
    lines = (
        line for _, reason, span in zones if reason == ATTACHED_REASON for line in span.of(report.text).split("\n")
    )
    paths = [path for path in dict.fromkeys(lines) if is_file_path(path)][:MOST]
    items = attached_items(report.capture, paths)
    hidden = seen.hides(item.identifier for item in items.values())
    shown = {path: item for path, item in items.items() if item.identifier not in hidden}
    return [(path, shown.get(path)) for path in paths]
