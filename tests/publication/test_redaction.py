"""Redaction: what is replaced, what stays, and the ways by which a name has been tried to be got out."""

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publication.sealed_people import BIRTH, FAMILY, GIVEN, LATIN, MAIL, NAME, PROTECTED, PSEUDONYM, TELEPHONE
from tawthiq.publication.redaction import host_of, members_as, names_somebody, redacted, without_names
from tawthiq.publication.redaction_private import without_private_names
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedDecision,
    DisclosedGrade,
    DisclosedIncident,
    DisclosedPerson,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    DisclosedStatement,
    Profile,
    Protected,
    ProtectedPerson,
)

COURT, PARTNER = Profile.COURT, Profile.PARTNER
CLAIM = DisclosedClaim(
    "k", 0, "killed", "killed", "all", False, 3, 3, None, None, "", "", "three", "", "", False, 1, "d-1", 0, 4, 9, "ثلاثة", None
)  # fmt: skip
STATEMENT = DisclosedStatement("s", "accuses", "d-1", "سكان", "", "russia", 3, 8, "قصف", None)
REPORT = DisclosedReport(
    "d-1", 1, "موقع الساحل", "غارة", "https://news.example/a", "", "ar", date(2021, 5, 4), datetime(2021, 5, 5, tzinfo=UTC),
    "c-1", "text/html", "0" * 64, 7,
)  # fmt: skip
PLACE = DisclosedPlace("gn.172955", "الرقة", "Ar Raqqah", "city", "SY", 35.95, 39.0, False)
INCIDENT = DisclosedIncident(
    number=1, act="airstrike", first=None, last=None, state="verified", status="holds", sensitive=False, warnings=(),
    score=0.9, decided_by="person", places=(PLACE,),
    slots=(DisclosedSlot("killed-all", "killed", "all", "one", "3..3", (), (CLAIM,)),),
    statements=(STATEMENT,), reports=(REPORT,), sources=1, violations=("KIL",),
    attributions=(DisclosedAttribution("russia", "one", "unknown"),), grades=(DisclosedGrade(1, "likely", "probable", "tern"),),
    differing=(), decisions=(DisclosedDecision("sheet-given", "tern", datetime(2021, 6, 1, tzinfo=UTC), "1" * 64),),
    persons=(DisclosedPerson(PSEUDONYM, "victim", "female", "", ""),),
)  # fmt: skip
CODES = {
    "key", "slot", "harm", "group", "precision", "speaker_actor", "document", "kind", "country", "language", "content_type",
    "sha256", "standing", "act", "state", "degree", "party_type", "reliability", "credibility", "deed", "role", "sex",
    "age_group", "civilian", "code",
}  # fmt: skip
"""Fields that hold codes and digests, never words of a text; the code of a claim may be words, and is looked at as well."""


def court(text: str) -> tuple[str, int]:
    return without_names(text, COURT, PROTECTED)


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (f"قالت {NAME} أمس", f"قالت [{PSEUDONYM}] أمس"),
        ("قالت السيدة سُنـبل النرجسيّ أمس", f"قالت السيدة [{PSEUDONYM}] أمس"),
        ("للنرجسي بيت", f"ل[{PSEUDONYM}] بيت"),
        ("وسنبل عبدالغيم", f"و[{PSEUDONYM}]"),
        ("Sounboul Nardjissi said so", f"[{PSEUDONYM}] said so"),
        ("IMG_sunbulnarjisi2.jpg", f"IMG_[{PSEUDONYM}]2.jpg"),
        (f"call {TELEPHONE}.", f"call [{PSEUDONYM}]."),
        ("هاتفها ٠٩٤٤ ٠٠٠ ١١٧", f"هاتفها [{PSEUDONYM}]"),
        (f"write to {MAIL}", f"write to [{PSEUDONYM}]"),
    ],
)  # fmt: skip
def test_what_names_somebody_is_replaced_and_nothing_else(said: str, left: str) -> None:
    assert court(said) == (left, 1)


@pytest.mark.parametrize(
    "said",
    ["قال محمد إن الطريق مغلق", "محمد أحمد السالم", "أهل سنبل قرية بعيدة", "he said Hassan left", BIRTH, "أم الزعتر"],
)
def test_common_names_words_and_days_by_themselves_stay(said: str) -> None:
    assert court(said) == (said, 0)


def test_replacing_twice_changes_nothing() -> None:
    once, times = court(f"قالت {NAME}. وقال {FAMILY} ذلك. Then {LATIN} said it. {TELEPHONE}")
    assert times == 4
    assert court(once) == (once, 0)


NAMES = st.sampled_from([NAME, LATIN, FAMILY, TELEPHONE, MAIL, "سنبل النرجسي"])
MARKS = st.sampled_from(["\u064b", "\u0640", "\u200b", "\u200f", "\u2067", "\u202e", ""])


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=30), NAMES, st.lists(MARKS, min_size=30, max_size=30), st.text(max_size=30))
def test_whatever_stands_around_and_between_a_name_goes_and_stays_gone(
    before: str, name: str, marks: list[str], after: str
) -> None:
    written = name if not "\u0600" < name[0] < "\u06ff" else "".join(map("".join, zip(name, marks, strict=False)))
    left, times = court(f"{before} {written} {after}")
    assert times
    assert court(left) == (left, 0)
    assert FAMILY not in left
    assert "arjisi" not in left


def told(record: Any, name: str) -> Any:
    """A record in which every field of text tells the name."""
    changes: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str) and type(value) is str and (field.name not in CODES or field.name == "code"):
            changes[field.name] = f"https://a.example/{name}" if field.name == "address" else f"{value} {name}".strip()
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            changes[field.name] = tuple(told(each, name) for each in value)
    return replace(record, **changes)


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("name", [NAME, LATIN, "%D8%B3%D9%86%D8%A8%D9%84-%D8%A7%D9%84%D9%86%D8%B1%D8%AC%D8%B3%D9%8A"])
def test_no_field_of_any_record_keeps_the_name(profile: Profile, name: str) -> None:
    """A field that is added to the records and forgotten in redaction fails here."""
    incident = told(replace(INCIDENT, places=(replace(PLACE, code=""),)), name)
    incident = replace(incident, differing=(name,))
    left = redacted(incident, profile, PROTECTED)
    assert not any(word in repr(left) for word in (GIVEN, FAMILY, "Narjisi", "narjisi", "%D8%B3%D9%86%D8%A8%D9%84"))
    assert left.redactions
    assert redacted(left, profile, PROTECTED) == left


def test_the_pointer_stays_and_the_key_is_no_digest_of_the_name() -> None:
    """1. A key is a digest of what a claim says: with a list of names anybody could try which of them gives it."""
    claim = replace(CLAIM, text=f"قُتلت {NAME}")
    slot = replace(INCIDENT.slots[0], claims=(claim,))
    left = redacted(replace(INCIDENT, slots=(slot,)), COURT, PROTECTED).claims[0]
    assert (left.document, left.start, left.end) == (claim.document, claim.start, claim.end)
    assert left.redacted
    other = replace(slot, claims=(replace(claim, text=f"قُتلت {LATIN}", key="other"),))
    assert redacted(replace(INCIDENT, slots=(other,)), COURT, PROTECTED).claims[0].key == left.key != claim.key


def test_a_pseudonym_that_tells_the_name_is_not_written() -> None:
    """2. Somebody chose the family name as the pseudonym."""
    protected = Protected((ProtectedPerson("النرجسي", (NAME,)),))
    incident = replace(INCIDENT, persons=(DisclosedPerson("النرجسي", "victim", "", "", ""),))
    left = redacted(replace(incident, slots=()), COURT, protected)
    assert FAMILY not in repr(left)
    assert without_names(f"قالت {NAME}", COURT, protected) == ("قالت [اسم محجوب]", 1)


def test_one_pseudonym_that_is_the_name_of_another_is_not_written() -> None:
    """3. The pseudonym of one is the rare name of another."""
    people = (ProtectedPerson("Zumurrudi", ("سنبل النرجسي",)), ProtectedPerson("P-2", ("Qamar al-Zumurrudi",)))
    left, _ = without_names("قالت سنبل النرجسي", COURT, Protected(people))
    assert left == "قالت [اسم محجوب]"


def test_a_name_in_an_address_is_found_under_its_escapes() -> None:
    """4. Addresses of Arabic pages hold their titles, percent-encoded; hosts hold names in punycode."""
    label = f"xn--{'سنبل-النرجسي'.encode('punycode').decode()}"
    for address, expected in (
        ("https://news.example/%D8%B3%D9%86%D8%A8%D9%84_%D8%A7%D9%84%D9%86%D8%B1%D8%AC%D8%B3%D9%8A", f"https://news.example/[{PSEUDONYM}]"),
        (f"https://{label}.example/a", f"[{PSEUDONYM}]"),
        ("https://sunbul-al-narjisi.example/a", f"[{PSEUDONYM}]"),
        ("https://news.example/2021?by=sunbul.nrj%40mail.example", f"https://news.example/[{PSEUDONYM}]"),
    ):  # fmt: skip
        left = redacted(replace(INCIDENT, reports=(replace(REPORT, address=address),)), COURT, PROTECTED).reports[0]
        assert left.address == expected
        assert left.withheld


def test_an_account_of_a_person_is_no_outlet() -> None:
    """5. The outlet is the account of the witness."""
    left = redacted(replace(INCIDENT, reports=(replace(REPORT, outlet="صفحة سنبل النرجسي"),)), COURT, PROTECTED)
    assert left.reports[0].outlet == f"صفحة [{PSEUDONYM}]"
    assert left.kept_back == left.reports


def test_the_chosen_value_and_the_unknown_party_are_words_too() -> None:
    """6. Values of a slot "who" without a code are quoted words, and so is what was chosen among them."""
    claim = replace(CLAIM, slot="who", harm="", code="other", shown=NAME, text=NAME)
    slot = DisclosedSlot("who", "who", "", "one", NAME, (), (claim,))
    left = redacted(replace(INCIDENT, slots=(slot,)), COURT, PROTECTED).slots[0]
    assert left.chosen == left.claims[0].text == left.claims[0].shown == f"[{PSEUDONYM}]"


def test_two_people_of_one_family_are_not_taken_for_each_other() -> None:
    """7. A stand-in that names the wrong person says something false of both."""
    people = (ProtectedPerson("P-1", ("سنبل النرجسي",)), ProtectedPerson("P-2", ("ياقوت النرجسي",)))
    for said, expected in (("ياقوت النرجسي", "P-2"), ("سنبل النرجسي", "P-1"), ("آل النرجسي", "اسم محجوب")):
        assert without_names(said, COURT, Protected(people))[0].endswith(f"[{expected}]")


def test_consent_to_a_court_is_none_to_a_partner() -> None:
    """8. Who agreed to be named in court is named there alone."""
    agreed = Protected((ProtectedPerson("P-1", (NAME,), courts=True),))
    assert without_names(NAME, COURT, agreed) == (NAME, 0)
    for profile in (PARTNER, Profile.PUBLIC):
        assert without_names(NAME, profile, agreed)[1] == 1


def test_representations_show_no_name() -> None:
    """9. What is printed in logs and tracebacks."""
    assert NAME not in repr(PROTECTED)
    assert NAME not in repr(PROTECTED.persons)


def test_a_partner_gets_no_names_of_private_people_and_keeps_officials() -> None:
    """10. Victims and speakers of whom nobody opened a file."""
    slot = replace(INCIDENT.slots[0], claims=(replace(CLAIM, text="قُتل محمد أحمد السالم", speaker="خالد إبراهيم"),))
    incident = replace(INCIDENT, slots=(slot,), statements=(replace(STATEMENT, text="قال وزير الدفاع علي أيوب"),))
    left = redacted(incident, PARTNER, PROTECTED)
    assert left.claims[0].text == "قُتل [اسم محجوب]"
    assert left.claims[0].speaker == "[اسم محجوب]"
    assert left.statements[0].text == "قال وزير الدفاع علي أيوب"
    assert redacted(incident, COURT, PROTECTED).claims[0].text == "قُتل محمد أحمد السالم"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("قُتل الطفل كريم في البيت", "قُتل الطفل [اسم محجوب] في البيت"),
        ("وقالت أم محمد إن", "وقالت [اسم محجوب] إن"),
        ("Ahmad al-Hassan, 12, was killed", "[name withheld], 12, was killed"),
        ("قال الرئيس بشار الأسد", "قال الرئيس بشار الأسد"),
        ("في شارع خالد بن الوليد", "في شارع خالد بن الوليد"),
        ("المرصد السوري لحقوق الإنسان", "المرصد السوري لحقوق الإنسان"),
        ("President Ali Hassan said", "President Ali Hassan said"),
        ("قال محمد اليوم", "قال محمد اليوم"),
    ],
)
def test_private_people_are_told_from_bodies_offices_and_places(said: str, left: str) -> None:
    assert without_private_names(said)[0] == left


@pytest.mark.parametrize("slug", ["mohammed-ahmad-killed", "muhammad_ahmed", "ahmed-mohamed", "News/muhammad-ahmed"])
def test_a_common_name_is_found_in_the_small_letters_of_an_address(slug: str) -> None:
    protected = Protected((ProtectedPerson("وردة", ("محمد أحمد الخالدي",)),))
    report = replace(REPORT, address=f"https://news.example/2021/{slug}")
    made = redacted(replace(INCIDENT, reports=(report,)), COURT, protected)
    assert made.reports[0].address == "https://news.example/[وردة]"
    assert made.reports[0].withheld
    assert without_names("mohammed-ali-street and ahmad", COURT, protected)[1] == 0


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("قتل الشاب زاهد محمد العلي", "قتل الشاب [اسم محجوب]"),
        ("وقال زاهد محمد العلي", "وقال [اسم محجوب]"),
        ("أصيبت الطفلة نرجسة أحمد في القصف", "أصيبت الطفلة [اسم محجوب] في القصف"),
        ("said Zahid Mohammed Ali", "said [name withheld]"),
        ("وناشد عبد الله الحموي", "وناشد [اسم محجوب]"),
        ("بمعسكر أبو موسى", "بمعسكر أبو موسى"),
    ],
)
def test_no_rare_given_name_stays_beside_the_name_that_was_taken_out(said: str, left: str) -> None:
    assert without_private_names(said)[0] == left


def test_members_have_numbers_for_partners_and_their_names_in_court() -> None:
    """11. Who decided, and who collected."""
    partner, judge = redacted(INCIDENT, PARTNER, PROTECTED), redacted(INCIDENT, COURT, PROTECTED)
    assert {partner.grades[0].by, partner.decisions[0].by} == {members_as(PARTNER, PROTECTED)["tern"]}
    assert partner.reports[0].collector == ""
    assert (judge.grades[0].by, judge.reports[0].collector) == ("tern", "c-1")
    assert sorted(members_as(PARTNER, PROTECTED).values()) == ["member 1", "member 2"]


def test_a_partner_gets_no_exact_place_of_a_case_about_children() -> None:
    """12. The place is in the claim, in its words, in the words of others, in titles and in addresses."""
    where = replace(CLAIM, slot="where", harm="", code="gn.172955", shown="الرقة", text="مدينة الرقة")
    killed = replace(CLAIM, text="قُتل ثلاثة في الرقة")
    slots = (
        DisclosedSlot("where", "where", "", "one", "gn.172955", (), (where,)),
        replace(INCIDENT.slots[0], claims=(killed,)),
    )
    report = replace(REPORT, title="غارة على الرقة", address="https://news.example/raqqa-strike")
    incident = replace(INCIDENT, sensitive=True, slots=slots, reports=(report,))
    left = redacted(incident, PARTNER, PROTECTED)
    assert left.claims[1].text == "قُتل ثلاثة في [مكان محجوب]"
    assert (left.reports[0].title, left.reports[0].address) == ("غارة على [مكان محجوب]", "https://news.example/")
    assert left.claims[0].text == ""
    assert "gn.172955" not in repr(left)
    assert all(place.kind in ("governorate", "region", "country") for place in left.places)
    assert left.kept_back == left.reports
    assert redacted(incident, COURT, PROTECTED).claims[0].shown == "الرقة"


def test_whole_pages_are_judged_by_all_their_words() -> None:
    page = "غارة على المدينة.\n" * 400 + "تعليق: سنبل النرجسي جارتنا"
    assert names_somebody(page, COURT, PROTECTED)
    assert not names_somebody(page.replace("النرجسي", ""), COURT, PROTECTED)
    assert names_somebody("قُتل محمد أحمد السالم", PARTNER, Protected())


def test_a_word_without_end_is_no_trap() -> None:
    assert court("x" * 300_000) == ("x" * 300_000, 0)


@pytest.mark.parametrize("address", ["http://[", "https://[::1", "//", "mailto:a@b", "", "not an address"])
def test_an_address_without_a_host_leaves_nothing_of_itself(address: str) -> None:
    assert host_of(address) == ""
