"""What people found about erased items goes with them: sheets, contents, drafts and publications hold their words.

The case stays, opened anew and not published; the custody log keeps the digests of what was there.
"""

from django.db.models import Q

from tawthiq.casework.models import (
    Case,
    CaseContent,
    CaseItem,
    CaseViolation,
    Publication,
    Qualification,
    SheetDraft,
    SheetsSeen,
    SheetWithdrawal,
    VerificationSheet,
)


def forget_cases(item: str) -> int:
    """Take out what people found about cases that an erased item, or a part of it, belongs to; how many sheets there were."""
    of_item = Q(item=item) | Q(item__startswith=f"{item}-")
    cases = list(CaseItem.objects.filter(of_item).values_list("case", flat=True).distinct())
    sheets = VerificationSheet.objects.filter(about__case__in=cases)
    count = sheets.count()
    SheetWithdrawal.objects.filter(sheet__about__case__in=cases).delete()
    sheets.delete()
    SheetsSeen.objects.filter(about__case__in=cases).delete()
    CaseContent.objects.filter(case__in=cases).delete()
    SheetDraft.objects.filter(case__in=cases).delete()
    Publication.objects.filter(case__in=cases).delete()
    Qualification.objects.filter(case__in=cases).delete()
    CaseViolation.objects.filter(case__in=cases).delete()
    CaseItem.objects.filter(of_item).delete()
    Case.objects.filter(pk__in=cases).update(state=Case.State.OPEN, digest="", changed=False, published=False)
    return count
