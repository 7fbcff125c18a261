"""From records to rows: the second opinion about a report's page.

The agreement is kept always, so that the queue of pages to review and the figures over an archive are whole. The other
extractor's text is kept only where a person may want to compare it: near-equal texts would double the size of an archive.
"""

from tawthiq.archive.models import SecondOpinion
from tawthiq.records.opinion import SecondOpinion as SecondOpinionRecord

COMPARED_BELOW = 0.95
"""Agreement below which the other text is kept: all pages of the queue (below .9), and those not far from it."""


def save_opinion(number: int, opinion: SecondOpinionRecord | None) -> None:
    """The row of report `number`'s second opinion, if there is one. The caller holds the transaction."""
    if opinion is None:
        return
    compared = opinion.agreement < COMPARED_BELOW
    SecondOpinion.objects.create(
        report_id=number, by=opinion.by, text=opinion.text if compared else "", agreement=opinion.agreement
    )
