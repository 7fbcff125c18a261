import pytest

from tawthiq.linking.quoted import named_source, same_names


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("المرصد السوري لحقوق الإنسان", "the Syrian Observatory for Human Rights"),
        ("الخوذ البيضاء", "the White Helmets"),
        ("وكالة رويترز", "Reuters"),
    ],
)
def test_a_known_body_is_one_source_in_either_language(arabic: str, english: str) -> None:
    assert named_source(arabic, None) == named_source(english, None) is not None


def test_a_party_that_speaks_is_one_source_however_it_is_named() -> None:
    assert named_source("وزارة الدفاع الروسية", "russia") == named_source("متحدث عسكري", "russia") == "party russia"


@pytest.mark.parametrize(
    "nobody",
    [
     "سكان", "شهود عيان", "مصدر طبي", "ناشطون محليون", "وسائل إعلام محلية", "مراسلنا", "residents",
     "a medical source", "local media",
     "a witness who asked not to be named", "مصدر مطلع رفض ذكر اسمه"],
)  # fmt: skip
def test_nobody_in_particular_is_no_source_of_its_own(nobody: str) -> None:
    assert named_source(nobody, None) is None


def test_a_shorter_naming_belongs_to_the_one_longer_naming_that_holds_it() -> None:
    long, short, other = (named_source(name, None) for name in ("شبكة توثيق الضفاف", "شبكة الضفاف", "شبكة الجبل"))
    assert isinstance(long, frozenset)
    assert isinstance(short, frozenset)
    assert isinstance(other, frozenset)
    keys = same_names([long, short, other])
    assert keys[short] == keys[long] != keys[other]


def test_a_naming_that_fits_two_bodies_is_neither() -> None:
    first, second, short = frozenset("ab"), frozenset("ac"), frozenset("a")
    keys = same_names([first, second, short])
    assert len(set(keys.values())) == 3
