import random

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.linking.copies import copy_families
from tawthiq.linking.families import families
from tawthiq.records.copies import CopyEdge
from tawthiq.records.reading import Document
from tawthiq.records.span import Span

WORDS = [f"كلمة{chr(0x0627 + n // 26)}{chr(0x0628 + n % 26)}" for n in range(400)]


def prose(seed: int, length: int = 90) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def ids(*documents: Document) -> list[tuple[str, ...]]:
    return [family.ids for family in copy_families(documents)]


def test_a_dispatch_cut_to_half_amid_another_outlets_words_is_a_copy() -> None:
    dispatch = prose(1)
    half = " ".join(dispatch.split()[:45])
    assert ids(
        Document("b", dispatch), Document("a", f"{prose(2, 60)} {half} {prose(3, 60)}"), Document("c", prose(4))
    ) == [("a", "b")]


def test_spelling_variants_and_tatweel_hide_no_copy() -> None:
    dispatch = prose(5).replace("كلمة", "أسئلة")
    respelt = dispatch.replace("أ", "ا").replace("ة", "ه").replace("اسئله", "اسئـله")
    assert ids(Document("1", dispatch), Document("2", respelt)) == [("1", "2")]


def test_a_shared_standing_phrase_makes_no_family() -> None:
    phrase = prose(6, 12)
    documents = [Document(f"{n:02}", f"{prose(100 + n, 40)} {phrase}") for n in range(60)]
    assert ids(*documents) == []


def test_what_is_not_readable_is_not_compared() -> None:
    menu = prose(7, 60)
    texts = {name: f"{menu} {prose(seed, 50)}" for name, seed in (("a", 8), ("b", 9))}
    whole = [Document(name, text) for name, text in texts.items()]
    body = [Document(name, text, readable=(Span(len(menu), len(text)),)) for name, text in texts.items()]
    assert ids(*whole) == [("a", "b")]
    assert ids(*body) == []


def test_each_passage_stands_where_it_says_in_both_texts() -> None:
    dispatch = prose(10)
    first, second = Document("a", f"مقدمة «{dispatch}»"), Document("b", f"{prose(11, 30)}: {dispatch}. نهاية")
    (family,) = copy_families([first, second])
    assert family.passages
    for passage in family.passages:
        assert passage.in_first.span.of(first.text) == passage.in_first.text
        assert passage.in_second.span.of(second.text) == passage.in_second.text
    assert max(len(passage.in_first.text.split()) for passage in family.passages) == 90


def test_the_order_of_documents_changes_nothing() -> None:
    documents = [Document(f"{n}", prose(n // 2) + " " + prose(50 + n, 20)) for n in range(12)]
    shuffled = random.Random(3).sample(documents, len(documents))
    assert copy_families(documents) == copy_families(shuffled)
    assert len(copy_families(documents)) == 6


def test_a_chain_of_weak_likeness_does_not_make_one_family() -> None:
    chain = [CopyEdge(a, b, 0.9 if a in "ac" else 0.15, ()) for a, b in ("ab", "bc", "cd")]
    assert [[(edge.first, edge.second) for edge in family] for family in families(chain)] == [
        [("a", "b")],
        [("c", "d")],
    ]


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_text_is_borne(texts: list[str]) -> None:
    documents = [Document(f"{n}", text) for n, text in enumerate(texts)]
    for family in copy_families(documents):
        assert len(family.ids) >= 2
        assert 0 < family.containment <= 1


def test_a_denial_that_names_the_same_place_and_day_is_no_copy_of_what_it_denies() -> None:
    phrase = "بلدة السنديانة يوم الثلاثاء 14 آذار 2023"
    accusation = f"قتل ثلاثة مدنيين في غارة جوية للطيران الغريب على {phrase}."
    denial = f"نفت الوزارة أن يكون طيرانها قد قصف {phrase}. وقالت إن فصائل محلية هي التي قصفت."
    texts = {"a": accusation, "b": denial}
    assert copy_families([Document(name, text, "ar", None, None) for name, text in texts.items()]) == ()
