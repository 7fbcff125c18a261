"""Where a copied dispatch seems to come from, in words whose digits keep their order in Arabic lines."""

import pytest
from django.utils.translation import override

from served_archive import Desk
from tawthiq.archive.models import CopyFamily, Report
from tawthiq.web.incident_sources import families_shown


@pytest.mark.parametrize(
    ("day", "moment", "said"),
    [
        ("2017-06-20", None, "20 يونيو 2017"),
        ("2017-06-20", "2017-06-20T09:15:00+03:00", "\u20662017-06-20T09:15:00+03:00\u2069"),
        (None, None, "()"),
    ],
)
def test_who_published_first_is_told_with_its_day(desk: Desk, day: str | None, moment: str | None, said: str) -> None:
    CopyFamily.objects.update(reasons=[["earliest", 1, "", None, day, moment]])
    with override("ar"):
        (family,) = families_shown({report.pk: report for report in Report.objects.all()})
    assert said in family.reasons[0]
    assert Report.objects.get(pk=1).publisher in family.reasons[0]
