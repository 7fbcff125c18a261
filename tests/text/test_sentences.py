"""Sentences: where they end, where they do not, and that broken quotation marks swallow nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.records.span import Span
from tawthiq.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقع القصف أمس. سقط ضحايا؟ نعم!", ["وقع القصف أمس.", "سقط ضحايا؟", "نعم!"]),
        ("سطر أول\nسطر ثان", ["سطر أول", "سطر ثان"]),
        ("قال د. سامر إن الأمر انتهى. ثم مضى.", ["قال د. سامر إن الأمر انتهى.", "ثم مضى."]),
        ("بلغ الوزن 3.5 طن. وانتهى.", ["بلغ الوزن 3.5 طن.", "وانتهى."]),
        ("The U.S. coalition came. Gen. Smith left.", ["The U.S. coalition came.", "Gen. Smith left."]),
        ("1. البند الأول هنا. 2. الثاني", ["1. البند الأول هنا.", "2. الثاني"]),
        ("قال: «جاؤوا ليلا. أخذوه.» ثم مضى.", ["قال: «جاؤوا ليلا. أخذوه.»", "ثم مضى."]),
        ('"Stop!" he said. They went.', ['"Stop!" he said.', "They went."]),
        ("«هذه فقرة. كلها اقتباس.»", ["«هذه فقرة.", "كلها اقتباس.»"]),
        ('قال "لم نر شيئا. ثم جاء رد آخر. انتهى', ['قال "لم نر شيئا.', "ثم جاء رد آخر.", "انتهى"]),
        ('قال "لم يغلق القوس.\nسطر جديد. وجملة" هنا.', ['قال "لم يغلق القوس.', "سطر جديد.", 'وجملة" هنا.']),
        ("", []),
        (" \n\t\n ", []),
    ],
)
def test_text_is_cut_where_sentences_end(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_within_limits_the_cut_to_a_part() -> None:
    text = "Menu. أولى. ثانية. Footer."
    assert [span.of(text) for span in sentences(text, Span(6, 18))] == ["أولى.", "ثانية."]


@given(st.text(alphabet=st.sampled_from('ابت abc.!?؟…«»“”"\n\u200f\u0640\u064b12()'), max_size=120))
def test_sentences_are_ordered_disjoint_and_lose_nothing_but_white_space(text: str) -> None:
    end = 0
    for span in sentences(text):
        assert span.start >= end
        assert not text[end : span.start].strip()
        assert span.of(text).strip() == span.of(text) != ""
        end = span.end
    assert not text[end:].strip()
