"""Weights follow what people decided, from enough pairs of each kind on; copies teach nothing."""

from random import Random

import pytest

from tawthiq.linking.learning import LinkExample
from tawthiq.linking.scoring import COPY, LIMIT, shipped_weights
from tawthiq.linking.teaching import LEAST, example, lesson

TOGETHER = LinkExample((("act", "same"), ("site", "different")), together=True)
APART = LinkExample((("act", "same"), ("site", "same")), together=False)


def decided(together: int, apart: int) -> list[LinkExample]:
    return [TOGETHER] * together + [APART] * apart


@pytest.mark.parametrize(("together", "apart"), [(0, 0), (LEAST - 1, LEAST * 5), (LEAST * 5, LEAST - 1)])
def test_below_enough_pairs_of_each_kind_the_shipped_weights_stand(together: int, apart: int) -> None:
    found = lesson(decided(together, apart))
    assert not found.applies
    assert found.weights == shipped_weights()
    assert found.stamp == ""
    assert (found.together, found.apart) == (together, apart)


def test_from_enough_pairs_on_weights_move_the_way_people_decide() -> None:
    found = lesson(decided(LEAST, LEAST))
    shipped = shipped_weights()
    assert found.applies
    assert found.weights["site", "different"] > shipped["site", "different"]
    assert found.weights["site", "same"] < shipped["site", "same"]
    assert found.taught["site", "same"] == LEAST
    assert {feature for feature in shipped if found.weights[feature] != shipped[feature]} <= {
        ("prior", "any"),
        ("act", "same"),
        ("site", "same"),
        ("site", "different"),
    }
    assert found.weights[LIMIT] == shipped[LIMIT]


def test_the_same_decisions_in_any_order_give_the_same_weights() -> None:
    examples = decided(LEAST + 3, LEAST + 5)
    first = lesson(examples)
    Random(3).shuffle(examples)
    again = lesson(examples)
    assert again == first
    assert again.stamp == first.stamp != ""


def test_switched_off_nothing_is_learnt() -> None:
    found = lesson(decided(LEAST, LEAST), learn=False)
    assert not found.applies
    assert found.weights == shipped_weights()


def test_two_copies_of_one_dispatch_teach_nothing() -> None:
    assert example((("act", "same"), COPY), together=True) is None
    assert example((("act", "same"),), together=True) == LinkExample((("act", "same"),), together=True)
