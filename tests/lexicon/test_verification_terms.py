"""The terms of verification: complete in both languages, sound codes, and nothing of a mapping without its type."""

import pytest

from tawthiq.lexicon import verification_terms
from tawthiq.lexicon.child_signs import tells_of_child
from tawthiq.lexicon.tables import Row, parse
from tawthiq.lexicon.verification_terms import (
    TERM_COLUMNS,
    TYPE_COLUMNS,
    Outcome,
    TermList,
    terms,
    violation_mappings,
    violation_types,
)
from tawthiq.records.errors import BadLexicon
from tawthiq.records.event import Act


def arabic(text: str) -> bool:
    return any("\u0621" <= letter <= "\u064a" for letter in text)


@pytest.mark.parametrize("of", list(TermList))
def test_every_term_has_a_name_and_a_sentence_in_both_languages(of: TermList) -> None:
    for term in terms(of).values():
        assert arabic(term.name("ar"))
        assert arabic(term.help("ar"))
        assert not arabic(term.name("en") + term.help("en"))
        assert term.help("en").endswith(".")


def test_every_status_says_what_becomes_of_a_case_and_no_other_term_does() -> None:
    outcomes = {term.outcome for term in terms(TermList.STATUS).values()}
    assert outcomes == set(Outcome)
    others = [term for of in TermList if of is not TermList.STATUS for term in terms(of).values()]
    assert {term.outcome for term in others} == {None}


def test_every_act_but_those_without_harm_leads_to_a_type_and_every_type_is_mapped() -> None:
    acts = {act for kind in violation_types().values() for act in kind.acts}
    assert acts == {act.value for act in Act} - {"clash", "threat", "other"}
    assert {each.violation for each in violation_mappings()} == set(violation_types())


def test_a_mapping_of_a_type_that_no_table_holds_is_named_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row({"code": "ZZZ", "scheme": "icc", "target": "7"}, "violation_mappings.tsv:9")
    monkeypatch.setattr(verification_terms, "load", lambda name, _columns: (row,) if "mappings" in name else ())
    verification_terms.violation_types.cache_clear()
    with pytest.raises(BadLexicon) as told:
        verification_terms.violation_mappings.__wrapped__()
    verification_terms.violation_types.cache_clear()
    assert "violation_mappings.tsv:9:1" in str(told.value)


@pytest.mark.parametrize(
    ("table", "columns", "line", "at"),
    [
        ("verification_terms", TERM_COLUMNS, "grade\tx\ta\tب\ta\tب\t-\t-", 1),
        ("verification_terms", TERM_COLUMNS, "status\tx\ta\tب\ta\tب\tabc\t-", 7),
        ("verification_terms", TERM_COLUMNS, "status\tx\ta\tب\ta\tب\t-\tmaybe", 8),
        ("violation_types", TYPE_COLUMNS, "kil\ta\tب\ta\tب\tkilling\tno\tno", 1),
        ("violation_types", TYPE_COLUMNS, "KIL\ta\tب\ta\tب\tmurder\tno\tno", 6),
        ("violation_types", TYPE_COLUMNS, "KIL\ta\tب\ta\tب\tkilling\tperhaps\tno", 7),
    ],
)
def test_a_wrong_cell_is_named_with_line_and_column(table: str, columns: tuple[str, ...], line: str, at: int) -> None:
    with pytest.raises(BadLexicon) as told:
        list(parse(f"{table}.tsv", "\t".join(columns) + f"\n{line}\n", columns))
    assert f"{table}.tsv:2:{at}" in str(told.value)


def test_a_code_given_twice_in_one_list_is_refused() -> None:
    lines = "status\tx\ta\tب\ta\tب\t-\t-\nstatus\tx\tb\tت\tb\tت\t-\t-\n"
    with pytest.raises(BadLexicon):
        list(parse("verification_terms.tsv", "\t".join(TERM_COLUMNS) + f"\n{lines}", TERM_COLUMNS))


@pytest.mark.parametrize(
    ("words", "child"),
    [
        ("طفلة", True), ("وطفلان", True), ("عمره ٩ سنوات", True), ("a 9-year-old girl", True), ("aged 7", True),
        ("خمسة مدنيين", False), ("عمره 40 عاما", False), ("five people", False), ("عام 2015", False), ("aged 40", False),
    ],
)  # fmt: skip
def test_words_and_ages_tell_of_children(words: str, child: bool) -> None:
    assert tells_of_child(words) is child
