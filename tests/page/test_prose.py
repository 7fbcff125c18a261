import pytest

from tawthiq.page.prose import is_address, letters_of, prose_weight, vouched_lines
from tawthiq.page.tree import parse

SENTENCE = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."


def weights(markup: str) -> list[int]:
    tree = parse(f"<body>{markup}")
    return [prose_weight(tree, line) for line in tree.lines]


@pytest.mark.parametrize(
    "markup",
    [
        "<div>Home</div>",
        f"<p><a href='/x'>{SENTENCE}</a></p>",
        "<div>Market shelled at noon in the valley</div>",
        "<p>https://www.example.org/a/very/long/address/of/a/page</p>",
        "<p>Published on Sunday in the evening edition</p>",
    ],
)
def test_short_linked_and_furniture_lines_weigh_nothing(markup: str) -> None:
    assert weights(markup) == [0]


def test_a_sentence_weighs_its_characters_without_those_in_links() -> None:
    assert weights(f"<p>{SENTENCE}</p>") == [len(SENTENCE)]
    assert weights(f"<p><a href='/x'>Witnesses</a>{SENTENCE[9:]}</p>") == [len(SENTENCE) - 9]


def test_lines_that_the_metadata_repeats_are_vouched_for() -> None:
    tree = parse(f"<body><p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p><p>{SENTENCE.upper()}</p>")
    found = [prose_weight(tree, line) for line in tree.lines]
    claim = f"<p>{SENTENCE}</p>" * 2
    assert vouched_lines(tree, claim, found) == {0, 2}
    assert vouched_lines(tree, None, found) == frozenset()
    assert vouched_lines(tree, "Another text that the page does not show at all. " * 9, found) == frozenset()


def test_letters_are_compared_without_marks_and_case() -> None:
    assert letters_of("Al-Wadi, 2021!") == "alwadi2021"
    assert is_address("www.example.org/x")
    assert not is_address("see www.example.org")
