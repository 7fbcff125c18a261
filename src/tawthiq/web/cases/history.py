"""What happened to a case, as far as the person who reads may know of it: one line an act, the last first."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tawthiq.casework.models import Case, Publication
from tawthiq.casework.queries.verification_secrecy import Round, sheets_known_to


@dataclass(frozen=True, slots=True)
class Act:
    """One act: when, who (empty for the program), what in a sentence, the words given with it, and its digest."""

    at: datetime
    by: str
    what: str
    words: str = ""
    sha256: str = ""
    changed: bool = False


def history_of(case: Case, rounds: list[Round], name: str) -> list[Act]:
    """The acts that this person may know of. Sheets of others are left out until they may be seen, and so is that they
    exist.
    """
    acts = [Act(case.opened, case.opened_by, _("opened the case"))]
    for found in rounds:
        for given in sheets_known_to(found, name):
            row = given.row
            acts.append(Act(row.at, row.by, _("finished a verification sheet"), "", row.sha256, not given.unchanged))
            if given.withdrawal:
                reason = str(given.withdrawal.content.get("reason", ""))
                what = _("took their verification sheet back")
                acts.append(Act(given.withdrawal.at, given.withdrawal.by, what, reason, given.withdrawal.sha256))
    for publication in case.publications.all():
        acts.append(_published(publication))
    for opinion in case.qualifications.all():
        acts.append(Act(opinion.at, opinion.by, _("gave an opinion in law"), "", opinion.sha256))
    return sorted(acts, key=lambda act: act.at, reverse=True)


def _published(row: Publication) -> Act:
    what = {
        Publication.Deed.PROPOSED: _("proposed the case for publication"),
        Publication.Deed.PUBLISHED: _("published the case"),
        Publication.Deed.WITHDRAWN: _("took the case out of what is published"),
    }[Publication.Deed(row.deed)]
    if row.content.get("cause"):
        return Act(
            row.at, "", _("The case was taken out of what is published: it is not verified any more."), "", row.sha256
        )
    return Act(row.at, row.by, what, str(row.content.get("reason", "")), row.sha256)
