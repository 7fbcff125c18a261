"""Primary keys that follow from what a row describes.

The n-th row of one kind in report r has the key r * 2**20 + n: the same after every rebuild, and in text order.
"""

from tawthiq.records.errors import UnreadableCapture

ROWS_PER_REPORT = 2**20


def row_key(report: int, index: int) -> int:
    """The key of row `index` (from 0) of one kind in report number `report`.

    Raises UnreadableCapture for a page of more than a million parts, which no outlet publishes.
    """
    if not 0 <= index < ROWS_PER_REPORT:
        raise UnreadableCapture(
            item=f"report {report}",
            happened=f"the page has more than {ROWS_PER_REPORT} parts of one kind",
            advice="it stays in evidence; look at the preserved file by hand",
        )
    return report * ROWS_PER_REPORT + index
