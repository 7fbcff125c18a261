"""Reported speech in Arabic: cues, speakers, how far content reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.reading.prepared import prepare
from tawthiq.reading.statements import statements
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.records.statement import Statement


def said(text: str) -> list[Statement]:
    """The statements of one Arabic text, all of it readable."""
    document = Document(id="t", text=text, language="ar", readable=(Span(0, len(text)),))
    return list(statements(prepare(document)))


def told(text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement."""
    return [(s.speaker.mention.text if s.speaker else None, s.content.of(text)) for s in said(text)]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("قال مدير المشفى إن ثلاثة جرحى وصلوا فجراً.", "مدير المشفى", "ثلاثة جرحى وصلوا فجراً"),
        ("المجلس المحلي أكد أن الطريق مغلق منذ أسبوع.", "المجلس المحلي", "الطريق مغلق منذ أسبوع"),
        ("أفاد مصدر طبي بإصابة طفلين في السوق.", "مصدر طبي", "بإصابة طفلين في السوق"),
        ("تحدثت مصادر محلية عن سقوط قتيلين قرب الجسر.", "مصادر محلية", "سقوط قتيلين قرب الجسر"),
        ("أعلنت غرفة العمليات مقتل خمسة من عناصرها.", "غرفة العمليات", "مقتل خمسة من عناصرها"),
        ("ونقلت الوكالة عن شاهد أن الانفجار هز الحي كله.", "شاهد", "الانفجار هز الحي كله"),
        ("قُصفت القرية مرتين أمس، بحسب ناشطين في المنطقة.", "ناشطين في المنطقة", "قُصفت القرية مرتين أمس"),
        ("بحسب الدفاع المدني، انهار سقف المدرسة على من فيها.", "الدفاع المدني", "انهار سقف المدرسة على من فيها"),
        ("قُتل راعٍ بلغم، وفق ما أفاد مراسل الإذاعة.", "مراسل الإذاعة", "قُتل راعٍ بلغم"),
    ],
)
def test_speaker_and_content_of_each_order_of_the_clause(text: str, speaker: str, content: str) -> None:
    assert told(text) == [(speaker, content)]


def test_quotation_after_a_colon_is_direct_and_leaves_its_marks_out() -> None:
    text = "وقالت المعلمة: «خرجنا من الصف قبل دقيقة من سقوط القذيفة»."
    (statement,) = said(text)
    assert statement.kind.value == "direct"
    assert statement.content.of(text) == "خرجنا من الصف قبل دقيقة من سقوط القذيفة"


def test_partial_quotation_is_mixed() -> None:
    (statement,) = said('قال الناطق إن القصف "لم يستهدف أي مبنى سكني" في البلدة.')
    assert statement.kind.value == "mixed"


def test_null_subject_takes_the_last_speaker_that_agrees() -> None:
    text = "قالت الطبيبة سلمى إن المشفى ممتلئ. وقال سائق إن الطريق خطر. وأضافت أن الدواء نفد."
    last = said(text)[-1]
    assert last.speaker is not None
    assert last.speaker.implicit
    assert last.speaker.mention.text == "الطبيبة سلمى"


def test_second_quotation_behind_a_full_stop_belongs_to_the_same_source() -> None:
    text = "وكتبت الصحيفة “لا أحد يعرف عدد الغائبين حتى الآن”. “كل بيت في الحي فقد واحداً على الأقل”."
    first, second = said(text)
    assert second.speaker is not None
    assert second.speaker.implicit
    assert second.speaker.mention == first.speaker.mention  # type: ignore[union-attr]
    assert second.content.of(text) == "كل بيت في الحي فقد واحداً على الأقل"


def test_participle_goes_on_with_the_speaker_of_its_sentence() -> None:
    text = "قال رئيس البلدية إن المياه مقطوعة، مضيفاً أن الإصلاح يحتاج أسبوعاً."
    assert told(text)[1] == ("رئيس البلدية", "الإصلاح يحتاج أسبوعاً")


def test_content_of_one_report_ends_where_the_next_begins() -> None:
    text = "قال المحافظ إن الأسواق فتحت، وأكد أن المدارس ستعود غداً."
    assert [content for _, content in told(text)] == ["الأسواق فتحت", "المدارس ستعود غداً"]


def test_denial_and_accusation_keep_their_stance() -> None:
    stances = [s.stance.value for s in said("نفى مصدر عسكري قصف البلدة. واتهم ناشطون قوات النظام باستهداف السوق.")]
    assert stances == ["denies", "accuses"]


def test_party_of_the_speaker_is_named_by_code() -> None:
    (statement,) = said("قال المتحدث باسم قوات سوريا الديمقراطية إن المعارك توقفت.")
    assert statement.speaker is not None
    assert statement.speaker.actor == "sdf"


def test_rule_names_the_table_row() -> None:
    (statement,) = said("قال حارس إن الباب كان مفتوحاً.")
    assert statement.rule.startswith("ar/reporting.tsv:")


@pytest.mark.parametrize(
    "text",
    [
        "يُذكر أن البلدة شهدت قصفاً مماثلاً العام الماضي.",
        "سقطت قذيفة على مدينة دوما صباحاً.",
        "لم يقل أحد إن الطريق آمن.",
        'افتتح مطعم "الشام القديمة" أبوابه أمس.',
        "نطالب بفتح الطريق أمام القوافل.",
    ],
)
def test_what_no_one_is_said_to_say_is_no_statement(text: str) -> None:
    assert said(text) == []


@given(
    st.lists(
        st.sampled_from(
            ["قال", "إن", "«", "»", '"', "بحسب", "،", ".", "أن", ":", "مضيفاً", "X", "نقل", "عن", "\n", "(", "المصدر"]
        )
    )
)
def test_any_order_of_cues_and_marks_is_read_without_fault(words: list[str]) -> None:
    text = " ".join(words)
    for statement in said(text):
        assert 0 <= statement.content.start <= statement.content.end <= len(text)
        assert statement.cue is None or statement.cue.text == statement.cue.span.of(text)
