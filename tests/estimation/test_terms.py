"""Names and numbers of hierarchical models."""

import pytest

from tawthiq.estimation.terms import all_models, name


@pytest.mark.parametrize(("lists", "number"), [(2, 1), (3, 8), (4, 113)])
def test_there_are_as_many_hierarchical_models_as_known(lists: int, number: int) -> None:
    models = list(all_models(lists, lists - 1))
    assert len(models) == len(set(models)) == number


def test_there_are_as_many_graphs_of_pairs_as_subsets_of_pairs() -> None:
    assert len(set(all_models(5, 2))) == 2**10


def test_a_name_lists_only_terms_that_are_no_part_of_another() -> None:
    model = frozenset({(0, 1), (0, 2), (1, 2), (0, 1, 2), (2, 3)})
    assert name(model, 5) == "[123,34,5]"
    assert name(frozenset(), 3) == "[1,2,3]"


def test_every_model_holds_all_parts_of_its_terms() -> None:
    for model in all_models(4, 3):
        assert all({term[:2], term[1:], term[::2]} <= model for term in model if len(term) == 3)
