"""What people decided about erased items goes with them: a decision about a page holds that page's text, one about links
the words of its tellings.

Views, exports and transfers stay in the custody log, since they hold nothing of the content.
"""

from django.db import transaction
from django.db.models import Q, QuerySet

from tawthiq.archive.erasing import drop_erased
from tawthiq.casework.domain.case_erasing import forget_cases
from tawthiq.casework.domain.people import forget
from tawthiq.casework.models import (
    ItemRestriction,
    LinkDecision,
    PageCorrection,
    Person,
    PersonItem,
    PersonNaming,
    PersonProposal,
    PersonRole,
    ReadingCorrection,
    ReportReview,
    TableImport,
)
from tawthiq.store import ArchiveFolder


def forget_erased(folder: ArchiveFolder) -> int:
    """Delete every row about items that the log says were erased; how many captures and decisions there were.

    Done again at each start, so that an erasure that was cut is finished. The database of the archive is open.
    """
    decisions = 0
    with transaction.atomic():
        for erasure in folder.erasures():
            if erasure.captures:
                of_item = PageCorrection.objects.filter(capture=erasure.subject)
                of_item |= PageCorrection.objects.filter(capture__startswith=f"{erasure.subject}-")
                decisions += of_item.delete()[0] + _links(erasure.subject).delete()[0]
                decisions += _readings(erasure.subject)
                decisions += _people(erasure.subject) + forget_persons(erasure.subject)
                decisions += forget_cases(erasure.subject)
    return decisions + drop_erased(folder)


def _links(item: str) -> QuerySet[LinkDecision]:
    """Decisions about links, and withdrawals, that touch an item or a part of it."""
    first = Q(first_document=item) | Q(first_document__startswith=f"{item}-")
    return LinkDecision.objects.filter(first | Q(second_document=item) | Q(second_document__startswith=f"{item}-"))


def _readings(item: str) -> int:
    """Delete decisions about readings of an item or a part of it, its reviews and imports; how many there were."""
    about = Q(capture=item) | Q(capture__startswith=f"{item}-")
    gone = ReadingCorrection.objects.filter(about).delete()[0] + ReportReview.objects.filter(about).delete()[0]
    return gone + TableImport.objects.filter(about).delete()[0]


def _people(item: str) -> int:
    """Take out pairs of persons that stand in an item or a part of it; how many there were."""
    places = PersonProposal.objects.values_list("first_capture", "second_capture")
    return forget({each for both in places for each in both if each == item or each.startswith(f"{item}-")})


def forget_persons(item: str) -> int:
    """Take out what person files say by an item or a part of it: roles, marked names, pointers; how many rows there were.

    The files stay, and so do identities: what a person told the team is not the item's.
    """
    of_item = Q(item=item) | Q(item__startswith=f"{item}-")
    gone = PersonRole.objects.filter(of_item).delete()[0] + PersonNaming.objects.filter(of_item).delete()[0]
    pointing = PersonItem.objects.filter(of_item)
    for person in Person.objects.filter(pk__in=pointing.values("person")):
        left = {
            name: basis
            for name, basis in person.bases.items()
            if not (basis.get("item") == item or str(basis.get("item", "")).startswith(f"{item}-"))
        }
        if left != person.bases:
            Person.objects.filter(pk=person.pk).update(bases=left)
    # A restricted item keeps hiding the file from others, should the restriction outlive it.
    return int(gone + pointing.exclude(item__in=ItemRestriction.objects.values("item")).delete()[0])
