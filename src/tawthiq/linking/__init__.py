"""Pure: copy families and incidents proposed from events, contradictions kept.

`link` takes documents with their readings and gives `records.Links`; identifiers of documents must be distinct. Every event
that tells a single occurrence, stated or hedged, belongs to exactly one incident, alone if need be. The order of the input
makes no difference.
"""

from collections.abc import Sequence

from tawthiq.linking.copies import copy_families
from tawthiq.linking.incidents import incidents
from tawthiq.records.links import LinkInput, Links


def link(reports: Sequence[LinkInput]) -> Links:
    """The copy families and incidents of a set of documents."""
    copies = copy_families([report.document for report in reports])
    return Links(copies=copies, incidents=incidents(reports, copies))
