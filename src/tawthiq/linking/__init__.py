"""Pure: copy families and incidents proposed from events, contradictions kept.

`link` takes documents with their readings and gives `records.Links`; identifiers of documents must be distinct. Every event
that tells a single occurrence, stated or hedged, belongs to exactly one incident, alone if need be. The order of the input
makes no difference.
"""

from collections.abc import Sequence

from tawthiq.linking.copies import copy_families
from tawthiq.linking.incidents import proposed_incidents
from tawthiq.linking.origins import with_origins
from tawthiq.linking.scoring import Weights
from tawthiq.linking.uncollected import uncollected
from tawthiq.records.link_decision import Constraints
from tawthiq.records.links import LinkInput, Links


def link(reports: Sequence[LinkInput], constraints: Constraints | None = None, weights: Weights | None = None) -> Links:
    """The copy families and incidents of a set of documents.

    `constraints` are what people decided, and hold whatever the scores; `weights` those learnt from their decisions, the
    shipped ones where None.
    """
    with uncollected():
        families = copy_families([report.document for report in reports], constraints)
        copies = with_origins(families, {report.document.id: report for report in reports})
        incidents = proposed_incidents(reports, copies, constraints, weights)
        linked = {document for incident in incidents for document in incident.documents}
        return Links(copies, incidents, tuple(sorted({report.document.id for report in reports} - linked)))
