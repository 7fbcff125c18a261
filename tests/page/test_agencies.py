# ruff: noqa: E501 (sample lines read better unbroken)
import pytest

from tawthiq.page.agencies import agency_named, body_credits, credit_in

ARABIC = "قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا بين المتسوقين هناك."
ENGLISH = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        ("دمشق-سانا", "SANA", "سانا"),
        (f"بيروت (أ ف ب) - {ARABIC}", "AFP", "(أ ف ب)"),
        ("--(بترا)", "Petra", "--(بترا)"),
        ("(ANADOLU)", "Anadolu", "(ANADOLU)"),
        ("رويترز/ القاهرة", "Reuters", "رويترز"),
        (f"رويترز - {ARABIC}", "Reuters", "رويترز"),
        (f"(AP) — {ENGLISH}", "AP", "(AP)"),
        (f"BEIRUT, March 12 (Reuters) - {ENGLISH}", "Reuters", "(Reuters)"),
        (f"BEIRUT | AFP — {ENGLISH}", "AFP", "AFP"),
        (f"Reuters - {ENGLISH}", "Reuters", "Reuters"),
        (f"{ENGLISH} With AFP", "AFP", "With AFP"),
        ("with Reuters and AFP", "Reuters", "with Reuters and AFP"),
        ("AFP / Reuters", "AFP", "AFP / Reuters"),
        ("مع أ ف ب", "AFP", "مع أ ف ب"),
        ("نقلاً عن رويترز", "Reuters", "نقلاً عن رويترز"),
        ("المصدر: رويترز", "Reuters", "المصدر: رويترز"),
        ("Additional reporting by AFP", "AFP", "Additional reporting by AFP"),
        ("دمشق/ 12 آذار/ سانا", "SANA", "سانا"),
    ],
)
def test_a_credit_is_found_with_its_characters(line: str, name: str, words: str) -> None:
    [credit] = body_credits(line, [(0, len(line))])
    assert (credit.name, line[credit.start : credit.end]) == (name, words)


@pytest.mark.parametrize("line", ["وكالات", "(وكالات)", "عواصم - وكالات", "وكالات - دمشق", "لندن ـ وكالات: قالت مصادر إن القصف توقف", "مع وكالات", "Agencies"])  # fmt: skip
def test_agencies_in_general_are_a_credit_without_a_name(line: str) -> None:
    [credit] = body_credits(line, [(0, len(line))])
    assert credit.name is None


@pytest.mark.parametrize("line", ["معا", "وال", "مهر", "متابعات", "BEIRUT: people fled.", "قال مصدر لرويترز إن القصف وقع مساء أمس في البلدة.", "فارس - شاب من أبناء البلدة"])  # fmt: skip
def test_common_words_and_sources_told_in_sentences_are_no_credit(line: str) -> None:
    assert not body_credits(line, [(0, len(line))])


def test_the_credit_at_the_end_stands_beside_the_one_at_the_beginning() -> None:
    lines = [f"عمان (بترا) - {ARABIC}", ARABIC, "--(بترا)"]
    text = "\n".join(lines)
    spans = [
        (text.index(lines[0]), len(lines[0])),
        (len(lines[0]) + 1, len(lines[0]) + 1 + len(lines[1])),
        (len(text) - len(lines[2]), len(text)),
    ]
    assert [text[credit.start : credit.end] for credit in body_credits(text, spans)] == ["(بترا)", "--(بترا)"]


def test_a_name_alone_counts_only_where_the_line_may_be_a_credit() -> None:
    assert credit_in("AFP", 0, 3) is not None
    assert credit_in("AFP", 0, 3, lone=False) is None


def test_a_form_is_known_by_its_name_whatever_its_marks() -> None:
    assert agency_named("(ا.ف.ب)") == agency_named("أ ف ب") == "AFP"
    assert agency_named("صحيفة السهل") is None
