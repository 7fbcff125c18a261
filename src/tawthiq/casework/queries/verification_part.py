"""Who had a hand in an incident before verifying it: who decided its links, corrected its pages or its readings.

They may verify all the same, but everybody who reads the verification sees it.
"""

from django.db.models import Q

from tawthiq.casework.case_content import CaseContent
from tawthiq.casework.models import LinkDecision, PageCorrection, ReadingCorrection

LINKS, PAGES, READINGS = "links", "pages", "readings"


def part_taken(content: CaseContent, name: str) -> list[str]:
    """What a person did to an incident's items before: of LINKS, PAGES and READINGS."""
    items = content.documents
    decided = LinkDecision.objects.filter(Q(first_document__in=items) | Q(second_document__in=items), by=name)
    corrected = PageCorrection.objects.filter(capture__in=items, by=name)
    read = ReadingCorrection.objects.filter(capture__in=items, by=name)
    found = [(LINKS, decided.exists()), (PAGES, corrected.exists()), (READINGS, read.exists())]
    return [part for part, did in found if did]
