"""What the verb that hands out files asks of casework beside the incidents: the day on which a file rests, known states."""

from datetime import date, datetime

from django.db.models import Max

from tawthiq.archive.models import Capture
from tawthiq.casework.models import Case, Publication, VerificationSheet
from tawthiq.casework.queries.disclosing import PROPOSED
from tawthiq.casework.queries.public_disclosing import last_act
from tawthiq.casework.queries.visibility import Sight
from tawthiq.records.disclosure import Profile

STATES = (PROPOSED, *Case.State.values)
"""Every state that an incident may be in, for those who choose by it."""
_SETTLED = (Case.State.VERIFIED, Case.State.REJECTED, Case.State.UNDECIDED)


def resting_on(sight: Sight, profile: Profile) -> date | None:
    """The day (UTC) of the last capture that a person sees or the last decision, whichever is later; of the public profile the
    last publishing or withdrawing. A sheet counts once its case is settled: until then nobody may know of it.
    """
    if profile is Profile.PUBLIC:
        return last_act()
    sheets = VerificationSheet.objects.filter(about__case__state__in=_SETTLED)
    publications = Publication.objects.all()
    if not sight.sees_all:
        hidden = sight.hidden_items()
        sheets = sheets.exclude(about__case__items__item__in=hidden)
        publications = publications.exclude(case__items__item__in=hidden)
    found: list[datetime | None] = [
        sight.captures(Capture.objects.all()).aggregate(last=Max("collected"))["last"],
        sheets.aggregate(last=Max("at"))["last"],
        publications.aggregate(last=Max("at"))["last"],
    ]
    days = [moment.date() for moment in found if moment]
    return max(days) if days else None
