"""An inverted index over a sample of shingles, and the pairs of documents that it says are worth comparing in full.

Above some length a document is indexed by a fourth of its shingles, the same fourth in every document. A shingle that many
documents hold is a standing phrase and brings no pair together.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tawthiq.linking.join_tables import join_tables

SAMPLED = 4  # from KEEP_ALL shingles on, those whose number is divisible by it are indexed
KEEP_ALL = 32
MOST_DOCUMENTS = 30  # a shingle in more documents than this is a standing phrase
CANDIDATE_SHARED, CANDIDATE_CONTAINMENT = 2, 0.10

_HELD_BY = """
    CREATE TABLE held_by AS SELECT shingle, count(*) AS holders FROM kept GROUP BY shingle HAVING count(*) > 1
"""
_SIZES = f"""
    CREATE TABLE sizes AS
    SELECT document, count(*) AS whole, count(*) FILTER (shingle % {SAMPLED} = 0) AS sampled
    FROM kept LEFT JOIN held_by USING (shingle)
    WHERE coalesce(holders, 1) <= {MOST_DOCUMENTS} GROUP BY document
"""  # noqa: S608  numbers of this module
_PAIRS = f"""
    WITH telling AS (SELECT shingle, document FROM kept JOIN held_by USING (shingle) WHERE holders <= {MOST_DOCUMENTS}),
    pairs AS (
        SELECT a.document AS first, b.document AS second, count(*) AS shared
        FROM telling a JOIN telling b ON a.shingle = b.shingle AND a.document < b.document
        GROUP BY ALL HAVING count(*) >= {CANDIDATE_SHARED}
    )
    SELECT first, second FROM pairs
    JOIN lengths AS l1 ON l1.document = first JOIN lengths AS l2 ON l2.document = second
    JOIN sizes AS s1 ON s1.document = first JOIN sizes AS s2 ON s2.document = second
    WHERE shared >= {CANDIDATE_CONTAINMENT} * CASE
        WHEN greatest(l1.length, l2.length) < {KEEP_ALL} THEN least(s1.whole, s2.whole)
        ELSE least(s1.sampled, s2.sampled) END
    ORDER BY first, second
"""  # noqa: S608  numbers of this module


@dataclass(frozen=True, slots=True)
class SampledIndex:
    """What the index says: pairs of document numbers, lower first, sorted; and the shingles that are standing phrases."""

    candidates: tuple[tuple[int, int], ...]
    frequent: frozenset[int]


def indexed(shingles: Sequence[Sequence[int]]) -> SampledIndex:
    """The index over the shingles of each document. Two short documents are compared on all they keep, others on the sample."""
    with join_tables() as tables:
        tables.add_held("kept", "document", "shingle", [kept_of(found) for found in shingles])
        tables.add("lengths", {"document": range(len(shingles)), "length": list(map(len, shingles))})
        tables.run(_HELD_BY)
        tables.run(_SIZES)
        frequent = tables.rows(f"SELECT shingle FROM held_by WHERE holders > {MOST_DOCUMENTS}")  # noqa: S608
        return SampledIndex(tuple(tables.rows(_PAIRS)), frozenset(shingle for (shingle,) in frequent))


def kept_of(found: Sequence[int]) -> Collection[int]:
    """The distinct shingles by which one document is indexed."""
    return set(found) if len(found) < KEEP_ALL else {shingle for shingle in found if not shingle % SAMPLED}


def worth_comparing(shared: int, smaller: int) -> bool:
    """Whether two documents that share so many telling shingles of the index share enough of the smaller one's."""
    return shared >= CANDIDATE_SHARED and shared >= CANDIDATE_CONTAINMENT * smaller
