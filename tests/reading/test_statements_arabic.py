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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قالنا واحد من الأهالي انو الطيارة رجعت مرتين", ("واحد من الأهالي", "الطيارة رجعت مرتين")),
        ("حكالي جاري إنو سمع صوت انفجار كبير", ("جاري", "سمع صوت انفجار كبير")),
        ("الجيران بيقولوا انو الحاجز مسكر من الصبح", ("الجيران", "الحاجز مسكر من الصبح")),
    ],
)
def test_spoken_verbs_report(text: str, expected: tuple[str, str]) -> None:
    assert told(text) == [expected]


def test_what_another_source_says_of_a_claim_has_the_claim_as_content() -> None:
    text = "زعمت المصادر أن الضربة أوقعت جرحى، وهو ما نفاه ضابط في القيادة."
    assert told(text) == [("المصادر", "الضربة أوقعت جرحى"), ("ضابط في القيادة", "الضربة أوقعت جرحى")]
    assert said(text)[1].stance.value == "denies"


def test_number_and_accusative_end_a_source_and_open_what_it_says() -> None:
    assert told("خلّف القصف بحسب المرصد 12 قتيلاً في السوق.") == [("المرصد", "خلّف القصف بحسب المرصد 12 قتيلاً في السوق")]
    assert told("سجلت اللجنة منذ يوم 3 أيار 14 حالة خطف في المدينة.") == [("اللجنة", "14 حالة خطف في المدينة")]


def test_relative_clause_that_reports_is_a_statement_of_its_own() -> None:
    text = "سقط ثلاثة جرحى، بحسب الطبيب الذي أوضح أن بينهم طفلاً."
    assert told(text) == [("الطبيب", "سقط ثلاثة جرحى"), ("الطبيب", "بينهم طفلاً")]


def test_quotation_goes_on_behind_its_comma_with_a_further_that() -> None:
    (statement,) = said('قال الشاهد إن "السقف نزل دفعة واحدة"، وإن الجيران وصلوا أولاً.')
    assert statement.kind.value == "mixed"
    assert statement.content.of('قال الشاهد إن "السقف نزل دفعة واحدة"، وإن الجيران وصلوا أولاً.').endswith("أولاً")


def test_party_called_upon_is_no_speaker() -> None:
    assert told("دعت المنظمة الأطراف إلى وقف القصف.") == [("المنظمة", "الأطراف إلى وقف القصف")]
    assert told("قال المتحدث إن القصف مستمر. ودعا السكان إلى البقاء في بيوتهم.")[1] == (
        "المتحدث",
        "السكان إلى البقاء في بيوتهم",
    )


def test_rumour_that_did_not_come_is_none() -> None:
    assert told("ولم ترد أنباء عن إصابات في القصف.") == []
    assert told("وردت أنباء عن إصابات في القصف.") == [(None, "إصابات في القصف")]


def test_person_introduced_before_anyone_spoke_is_the_speaker() -> None:
    text = "تنتظر امرأة في الثلاثين عند الباب. تقول إن ابنها خرج ولم يعد."
    (statement,) = said(text)
    assert statement.speaker is not None
    assert (statement.speaker.mention.text, statement.speaker.implicit) == ("امرأة في الثلاثين", True)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("قال الناطق إن الخبر لا صحة له إطلاقاً.", "denies"),
        ("قال الناطق إن قواته سترد على مصادر النيران.", "threatens"),
        ("قال الطبيب إن الحصيلة مرشحة للارتفاع بعد ساعات.", "hedges"),
        ("قال الطبيب إن الجرحى وصلوا قبل الفجر.", "asserts"),
        ("نفى الناطق أن تكون قواته مسؤولة عن القصف.", "denies"),
    ],
)
def test_first_words_show_what_a_speaker_does(text: str, stance: str) -> None:
    assert [statement.stance.value for statement in said(text)] == [stance]


def test_outlet_that_counts_or_demands_speaks_in_its_own_voice() -> None:
    text = "وثق مركز النهر مقتل خمسة مدنيين في شهر. وقال مركز النهر إن العدد أعلى."
    document = Document(id="t", text=text, language="ar", outlet="مركز النهر", readable=(Span(0, len(text)),))
    assert [statement.content.of(text) for statement in statements(prepare(document))] == ["العدد أعلى"]


@given(
    st.lists(
        st.sampled_from(
            [
                *(
                    "قال",
                    "وأعلن",
                    "نفى",
                    "مؤكداً",
                    "بحسب",
                    "نقلاً عن",
                    "جاء فيه",
                    "التي",
                    "أن",
                    "إنه",
                    "ما",
                    "وهو ما نفاه",
                ),
                *("فقال", "المرصد", "ضابط", "قرابة", "12", "عن", "على لسان", "لكنه", "،", ":", ".", '"', "«", "»", "("),
                *("-", "\n", "\n- "),
            ]
        ),
        max_size=24,
    )
)
def test_any_run_of_cues_and_marks_yields_spans_of_the_text(words: list[str]) -> None:
    text = " ".join(words)
    for statement in said(text):
        assert 0 <= statement.content.start <= statement.content.end <= len(text)
        assert statement.speaker is None or statement.speaker.mention.text.strip()


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ('وقالت "أهل النهر" إنها أوقفت القافلة.', '"أهل النهر"', "إنها أوقفت القافلة"),
        ("قالت المنظمة على لسان مديرها العام إن الوضع صعب.", "المنظمة", "الوضع صعب"),
        ("وأعرب الأمين العام للهيئة عن قلقه من التصعيد.", "الأمين العام للهيئة", "قلقه من التصعيد"),
        ("أكد وكيل الوزارة عبر صفحته على فيسبوك ضبط المتهمين.", "وكيل الوزارة", "ضبط المتهمين"),
        ("أصدرت قيادة العمليات بياناً جاء فيه أن الطريق مفتوح.", "قيادة العمليات", "الطريق مفتوح"),
        ("وقال أحد السكان ويدعى أبو سعد إن البيت انهار.", "أحد السكان", "البيت انهار"),
        ("وقال المدير في مؤتمر صحفي:\n«أوقفنا ثلاثة».", "المدير", "أوقفنا ثلاثة"),
    ],
)
def test_names_end_where_the_report_begins(text: str, speaker: str, content: str) -> None:
    assert told(text) == [(speaker, content)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وقال المبعوث الأممي غسان سلامة إن الهجوم جريمة حرب.", [("المبعوث الأممي غسان سلامة", "الهجوم جريمة حرب")]),
        (
            "وحملت حكومة الوفاق الوطني، المعترف بها دوليا، قوات اللواء مسؤولية القصف.",
            [("حكومة الوفاق الوطني", "قوات اللواء مسؤولية القصف")],
        ),
        (
            "واتهمت الهيئة، التي تتخذ من لندن مقراً لها، قوات النظام بقصف السوق.",
            [("الهيئة", "قوات النظام بقصف السوق")],
        ),
        ("طيران التحالف لم يقصف المدينة اليوم ولا صحة لما يتم تداوله عن استهداف المطار.", []),
    ],
)
def test_what_describes_a_speaker_is_told_from_what_is_said(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected
