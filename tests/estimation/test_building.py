"""Tables built from who documents what."""

import pytest

from tawthiq.estimation.building import built
from tawthiq.records.estimate import DocumentedUnit, NoEstimate


def unit(*groups: str, decided: bool = True) -> DocumentedUnit:
    return DocumentedUnit(frozenset(groups), decided)


UNITS = [
    *[unit("river")] * 9,
    *[unit("hill", "river")] * 8,
    *[unit("coast", "hill")] * 7,
    *[unit("bridge", "coast")] * 6,
    unit("pond"),
    unit("pond", "river"),
]


def test_the_largest_groups_become_lists_and_the_rest_is_told() -> None:
    made = built(UNITS, most=3)
    assert made.sizes == (("river", 18), ("hill", 15), ("coast", 13))
    assert made.table.lists == ("river", "hill", "coast")
    assert dict(made.table.cells) == {(1, 0, 0): 10, (1, 1, 0): 8, (0, 1, 1): 7, (0, 0, 1): 6}
    assert (made.others, made.gone) == (2, 1)
    told = {caution.code: dict(caution.values) for caution in made.cautions}
    assert told["archive_others"] == {"others": "2", "gone": "1"}
    assert "archive_unlinked" not in told


def test_groups_too_small_to_be_a_list_are_none() -> None:
    assert built(UNITS, most=6).table.lists == ("river", "hill", "coast", "bridge")


def test_smaller_groups_are_one_list_only_where_asked() -> None:
    made = built(UNITS, most=4, together=True)
    assert made.table.lists == ("river", "hill", "coast", "others")
    assert dict(made.sizes)["others"] == 8
    assert made.gone == 0
    assert "archive_others" not in {caution.code for caution in made.cautions}


def test_groups_of_one_size_are_taken_in_the_order_of_their_names() -> None:
    units = [unit("b"), unit("a"), unit("c"), unit("d")] * 6
    assert built(units, most=3).table.lists == ("a", "b", "c")
    assert built(units[::-1], most=3) == built(units, most=3)


def test_what_no_person_decided_is_told() -> None:
    made = built([*UNITS, unit("hill", decided=False)])
    assert dict(made.cautions[-1].values) == {"machine": "1", "rows": str(len(UNITS) + 1)}


@pytest.mark.parametrize("units", [[], [unit("river", "hill")] * 30, [unit("a"), unit("b"), unit("c")]])
def test_fewer_than_three_groups_are_refused(units: list[DocumentedUnit]) -> None:
    with pytest.raises(NoEstimate, match="3 are needed"):
        built(units)


def test_a_group_called_others_stays_apart_from_the_others() -> None:
    units = [unit("others"), unit("a"), unit("b"), unit("c")] * 6
    lists = built(units, most=4, together=False).table.lists
    assert sorted(lists) == ["a", "b", "c", "others"]
    more = built([*units, *[unit("others")] * 20], most=3, together=True).table.lists
    assert len(set(more)) == 3
