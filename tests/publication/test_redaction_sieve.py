"""The coarse look and every other short way find what the careful look finds: the same texts, looked through both ways."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from publication.sealed_people import BIRTH, FAMILY, GIVEN, KUNYA, LATIN, MAIL, NAME, PROTECTED, PSEUDONYM, TELEPHONE
from publication.test_leaks import ENCODED, HARMLESS
from tawthiq.publication.leaks import LeakFound, UnreadablePart, encodings, search
from tawthiq.publication.leaks.search import Search
from tawthiq.publication.redaction_matcher import Matcher
from tawthiq.records.disclosure import Profile, Protected, ProtectedPerson


class _Everything:
    """A sieve that holds nothing back."""

    def holds(self, form: str) -> bool:
        return True


COMMON = ProtectedPerson("P-8", ("أحمد خالد محمود", "Ahmad Khaled Mahmoud", "+963 944 000 775"))
ALL = Protected((*PROTECTED.persons, COMMON), PROTECTED.members)
QUICK, CAREFUL = (Matcher(Profile.PUBLIC, ALL) for _ in range(2))
CAREFUL._sieve = _Everything()  # type: ignore[assignment]

SPELLINGS = (
    NAME, LATIN, GIVEN, FAMILY, KUNYA, MAIL, TELEPHONE, BIRTH, "النرجسي، سنبل",
    "سُنْبُل النَّرجسيّ", "سنـــبل النرجسى", "سن\u200bبل الن\u200dرجسي", "ﺳﻨﺒﻞ ﺍﻟﻨﺮﺟﺴﻲ",
    "يسجرنلا ميغلا دبع لبنس", "وللنرجسي", "ابو", "الزعتر", "ام الزعتر", "Sounboul al Nardjissi",
    "SUNBUL ABDULGHAYM", "Sünbül an-Narjisī", "sunbulnarjisi", "s u n b u l n a r j i s i",
    "sunbul", "narjisi", "ａ", "Ｎａｒｊｉｓｉ", "00963-944-000-117", "0944/000117", "٠٩٤٤ ٠٠٠ ١١٧",
    "(944) 000 117", "944", "000117", "+963", "sunbul.nrj (at) mail.example", "مواليد ٢٣/٤/١٩٩١",
    "born", "1991-04-23", "محمد", "علي", "الكمثراوي", "Mohammed", "Said", "heron", "tern",
    f"[{PSEUDONYM}]", "[name withheld]", "أحمد", "خالد", "محمود", "Ahmad", "Khaled", "khalid",
)  # fmt: skip
BETWEEN = (
    " ", "", "-", "\n", "، ", "<b>", "</bdi> <i class='x'>", "<", ">", "＜", "≮", "&nbsp;",
    "&#1587;", "%20", "\\u0633", "\u0640", "\u0301", "[", "]", "=", "  <p>  ", ".", "…", "_", "0",
    "(", "+", "a b c d ", "\ufffd", "\x00", "\x7f", "/aB3/" * 12, "Qz7" * 20,
    "<" + "x" * 2010 + ">",
)  # fmt: skip
PIECES = st.one_of(
    st.sampled_from(SPELLINGS), st.sampled_from(BETWEEN), st.sampled_from(HARMLESS.split()), st.text(max_size=6)
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)
WRITTEN = {
    "as it is": lambda text: text.encode("utf-8", "replace"),
    "cut": lambda text: text.encode("utf-8", "replace")[1:-1],
    "amid text": lambda text: f"{HARMLESS}{text}{HARMLESS}".encode("utf-8", "replace"),
    **ENCODED,
}


@contextmanager
def every_way_gone() -> Iterator[None]:
    """While this lasts, no short way is taken."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encodings, "_plain_text", lambda data: None)
        for module in (encodings, search):
            patch.setattr(module, "may_hold_packed", lambda text: True)
        yield


def tells(matcher: Matcher, data: bytes) -> str:
    """What the look at some bytes ends in: nothing, a leak, or a part that cannot be looked into."""
    try:
        Search(matcher).part(BytesIO(data), "a part", 0)
    except (LeakFound, UnreadablePart) as error:
        return str(error)
    return ""


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_the_same_stretches_of_a_text_are_found(text: str) -> None:
    assert QUICK.hits(text) == CAREFUL.hits(text)


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(list(WRITTEN)))
def test_the_same_bytes_are_found(text: str, how: str) -> None:
    try:
        data = WRITTEN[how](text)
    except (UnicodeError, ValueError):
        return
    if len(data) > 1 << 20:
        data = data[-5000:]
    quick = tells(QUICK, data)
    with every_way_gone():
        assert quick == tells(CAREFUL, data)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400), st.sampled_from(SPELLINGS), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1256"])
)
def test_the_same_is_found_amid_any_bytes(around: bytes, said: str, encoding: str) -> None:
    half = len(around) // 2
    data = around[:half] + said.encode(encoding, "replace") + around[half:]
    quick = tells(QUICK, data)
    with every_way_gone():
        assert quick == tells(CAREFUL, data)


TRAPS = {
    "common names beside each other": "قال أحمد بن خالد إن".encode(),
    "a sign that only looks like the end of a tag": "النر<b＞>جسي".encode(),
    "a tag that is longer in its compared form": f"النر<{'x ' * 990}ﷺﷺﷺ>جسي".encode(),
    "packed letters that tags cut in pieces": ("النر<b></b>جسي" + "Qz7<i></i>" * 20).encode(),
    "UTF-16 whose high bytes are all spaces": b"call " + "⁹⁴⁴⁰⁰⁰⁷⁷⁵".encode("utf-16-le"),
    "a character cut at either end": NAME.encode()[1:-1] + " قال".encode()[:-1],
}


@pytest.mark.parametrize("trap", list(TRAPS))
def test_no_trap_is_fallen_into(trap: str) -> None:
    assert tells(QUICK, TRAPS[trap])
    with every_way_gone():
        assert tells(CAREFUL, TRAPS[trap])


def test_kept_words_of_few_letters_are_found() -> None:
    """They are not looked for by their letters alone."""
    protected = Protected((ProtectedPerson("P-1", ("@a2948857", "71@b.org")),))
    matcher = Matcher(Profile.PUBLIC, protected)
    assert matcher.tells("see a2948857 there")
    assert matcher.tells("71@b.org")
    assert not matcher.tells("see a2948858 there")
