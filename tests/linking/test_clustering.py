from hypothesis import given
from hypothesis import strategies as st

from tawthiq.linking.clustering import clusters

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(-5, 5, allow_nan=False),
)


@given(PAIRS, st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])))
def test_clusters_are_a_partition_that_keeps_every_cannot_link(scores, apart) -> None:
    found = clusters(8, scores, apart)
    assert sorted(member for cluster in found for member in cluster.members) == list(range(8))
    for cluster in found:
        assert not any(one in cluster.members and other in cluster.members for one, other in apart)
        assert (cluster.weakest is None) == (len(cluster.members) == 1)
        assert cluster.weakest is None or cluster.weakest > 0


def test_a_strike_between_two_others_does_not_chain_them() -> None:
    scores = {(0, 1): 2.0, (1, 2): 1.9, (0, 2): -6.0}
    assert [cluster.members for cluster in clusters(3, scores, ())] == [(0, 1), (2,)]


def test_a_pair_never_scored_speaks_against_joining() -> None:
    assert [cluster.members for cluster in clusters(3, {(0, 1): 2.0, (1, 2): 1.9}, ())] == [(0, 1), (2,)]
    strong = {(0, 1): 5.0, (1, 2): 5.0}
    assert [cluster.members for cluster in clusters(3, strong, ())] == [(0, 1, 2)]


def test_the_weakest_join_is_the_lowest_average_met() -> None:
    (cluster,) = clusters(3, {(0, 1): 4.0, (0, 2): 3.0, (1, 2): 1.0}, ())
    assert cluster.weakest == 2.0


def test_what_must_stand_together_does_so_against_every_score_and_what_must_not_does_not() -> None:
    found = clusters(3, {(0, 1): -6.0, (1, 2): 5.0}, {(1, 2)}, {(0, 1)})
    assert [(cluster.members, cluster.weakest) for cluster in found] == [((0, 1), None), ((2,), None)]


def test_together_reaches_over_a_third_one() -> None:
    assert [cluster.members for cluster in clusters(3, {}, (), {(0, 1), (1, 2)})] == [(0, 1, 2)]


@given(PAIRS)
def test_each_connected_part_of_the_positive_scores_may_be_clustered_by_itself(scores) -> None:
    part = {number: number for number in range(8)}
    for (first, second), value in sorted(scores.items()):
        if value > 0:
            joined = part[second]
            part = {number: part[first] if held == joined else held for number, held in part.items()}
    alone = []
    for root in sorted(set(part.values())):
        members = sorted(number for number in part if part[number] == root)
        inner = {(members.index(a), members.index(b)): s for (a, b), s in scores.items() if {a, b} <= set(members)}
        alone += [tuple(members[number] for number in c.members) for c in clusters(len(members), inner, ())]
    assert sorted(alone) == sorted(cluster.members for cluster in clusters(8, scores, ()))
