"""What a person wishes shows on the pages of that person only: digits, the Hijri calendar."""

import pytest

from served_archive import Desk
from tawthiq.archive.models import Report
from tawthiq.casework.models import Preferences, User
from tawthiq.text.calendars import from_hijri, to_hijri


def wish(**wishes: object) -> None:
    Preferences.objects.update_or_create(user=User.objects.get(name="heron"), defaults=wishes)


def page(desk: Desk, language: str, address: str = "/reports/") -> str:
    return desk.client(language).get(address).content.decode()


def test_eastern_digits_show_in_arabic_pages_of_who_wishes_them(desk: Desk) -> None:
    assert "التقارير: 2" in page(desk, "ar")
    wish(digits="eastern")
    assert "التقارير: ٢" in page(desk, "ar")
    assert "Reports: 2" in page(desk, "en")
    assert 'href="/reports/1/"' in page(desk, "ar")
    assert "التقارير" not in desk.stranger("ar").get("/reports/").content.decode()


def test_digits_of_a_source_stay_as_they_were_written(desk: Desk) -> None:
    wish(digits="eastern")
    Report.objects.filter(pk=1).update(title="قصف أوقع 5 قتلى")
    assert "<bdi>قصف أوقع 5 قتلى</bdi>" in page(desk, "ar")


@pytest.mark.parametrize(("language", "hijri"), [("en", "24 Ramadan 1438 AH"), ("ar", "24 رمضان 1438 هـ")])
def test_the_hijri_day_stands_beside_the_other_for_who_wishes_so(desk: Desk, language: str, hijri: str) -> None:
    assert hijri not in page(desk, language, "/incidents/")
    wish(hijri=True)
    assert hijri in page(desk, language, "/incidents/")


def test_hijri_days_lead_back_to_their_gregorian_day() -> None:
    year, month, day = 1438, 9, 24
    gregorian = from_hijri(year, month, day)
    assert gregorian is not None
    assert to_hijri(gregorian) == (year, month, day)
    assert to_hijri(gregorian.replace(year=1600)) is None
