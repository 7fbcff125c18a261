"""The Splink model: settings from our comparisons, its estimation, and the pairs that it scores.

Splink (Linacre and others, Ministry of Justice of the United Kingdom) writes the Fellegi-Sunter model as SQL, which DuckDB
runs in memory; nothing is fetched and nothing written to disk. The same rows give the same pairs: records are numbered in a
fixed order, random pairs are drawn by hashes of those numbers, one thread adds up fractions, and weights are rounded.
"""

import logging
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from tawthiq.linking.people.blocking import ALL_PAIRS, block_columns
from tawthiq.linking.people.comparing import MACROS, OTHERWISE, Comparison, told_in
from tawthiq.linking.people.rows import COLUMNS, PersonRow
from tawthiq.linking.people.weights import LevelWeight, weights
from tawthiq.records.errors import WrongUsage

OWN_ESTIMATES = 5000
"""Records from which a list estimates its own weights; fewer hold too few pairs of one person."""
RANDOM_PAIRS = 400_000
LEAST_BITS = -12.0
"""Pairs below this weight are not kept: odds of one to four thousand against."""
_SEED = 20_240_101
_DIGITS = 6
_MOST_LISTS = 5
_MOST_TURNS, _SETTLED = 200, 1e-4
_TRAINING = (
    ("name_key",),
    ("residence",),
    ("birth_written", "birth_place"),
    ("identity",),
    ("death_first", "place_sound"),
)
"""Columns to block on while estimating: each estimates the comparisons that do not use them."""
_TRAINING_PAIRS = (2_000, 2_000_000)
OWN_PRIOR = 500
"""Records from which a list tells by its own pairs how many are to be expected."""
_EXPECTED_OTHERS, _EXPECTED_IN_EACH = 0.1, 0.4
"""Other records of the same person that a record is expected to have in its own list, and in each further list."""
_SHORT_LIST_COMMONNESS = 0.5
"""Share of the correction for common values in short lists: there the records of one person make a value common."""
_FREEST_SHIFT = 10.0
"""Bits by which a list's own prior may differ from the expected one."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A pair of row numbers, its weight in bits with the prior, and what each comparison found: name, level, bits."""

    first: int
    second: int
    bits: float
    found: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """All pairs scored at `LEAST_BITS` or above as numbers and bits, and those at the caller's weight in full."""

    edges: tuple[tuple[int, int, float], ...]
    pairs: tuple[Scored, ...]
    prior_bits: float


def available() -> bool:
    """Whether Splink and what it needs can be loaded."""
    return find_spec("splink") is not None and find_spec("pyarrow") is not None


def require_splink() -> None:
    """Raise WrongUsage where the extra that compares persons is not installed."""
    if not available():
        raise WrongUsage(
            item="tawthiq people",
            happened="splink and pyarrow are not installed, which compare records of persons",
            advice='run: pip install "tawthiq[people]"',
        )


def scores(rows: Sequence[PersonRow], sources: int, least_bits: float) -> Scores:
    """Score the rows, which come from so many lists and reports, against each other.

    Pairs at `least_bits` or above come with what was found. Raises WrongUsage where the extra is not installed.
    """
    require_splink()
    if len(rows) < 2:
        return Scores((), (), 0.0)
    with _quiet():
        return _scored(rows, _prior(len(rows), sources), least_bits)


def _scored(rows: Sequence[PersonRow], prior: float, least_bits: float) -> Scores:
    import duckdb  # noqa: PLC0415  the extra, loaded when used
    from splink import Linker  # noqa: PLC0415
    from splink.backends.duckdb import DuckDBAPI  # noqa: PLC0415

    connection = duckdb.connect(":memory:", config={"threads": 2, "autoinstall_known_extensions": False})
    try:
        columns = {name: [getattr(row, name) for row in rows] for name in COLUMNS}
        blocks = [] if len(rows) <= ALL_PAIRS else block_columns(rows)
        _load(connection, columns, blocks)
        for macro in MACROS:
            connection.sql(macro)
        told = told_in({name: any(value is not None for value in values) for name, values in columns.items()})
        api = DuckDBAPI(connection)
        linker = Linker(
            api.register(connection.table("people")), _settings(told, len(blocks), prior, len(rows)), log_level=None
        )
        if len(rows) >= OWN_ESTIMATES:
            _estimate(connection, linker, columns)
        connection.sql("set threads = 2")
        predicted = linker.inference.predict(threshold_match_weight=LEAST_BITS - _FREEST_SHIFT)
        return _read(connection, predicted.physical_name, told, prior, least_bits)
    finally:
        connection.close()


def _load(connection: Any, columns: dict[str, list[Any]], blocks: list[list[str | None]]) -> None:
    """The table `people`, a column for each of `rows.COLUMNS` and each block."""
    import pyarrow as pa  # noqa: PLC0415

    lists = {name: pa.list_(pa.int32()) for name in ("words", "sounds", "others", "other_sounds")}
    lists |= {name: pa.list_(pa.string()) for name in ("given_sounds", "father_sounds", "mother_sounds")}
    numbers = ("number", "birth_first", "birth_last", "age_first", "age_last", "death_first", "death_last")
    kinds = lists | {name: pa.int32() for name in numbers}
    arrays = {name: pa.array(values, kinds.get(name, pa.string())) for name, values in columns.items()}
    arrays |= {f"block_{number}": pa.array(values, pa.string()) for number, values in enumerate(blocks)}
    connection.register("given_people", pa.table(arrays))
    connection.sql("create table people as select * from given_people order by number")


def _settings(told: Sequence[Comparison], blocks: int, prior: float, records: int) -> Any:
    from splink import SettingsCreator, block_on  # noqa: PLC0415

    rules: list[Any] = [block_on(f"block_{number}") for number in range(blocks)] or ["1=1"]
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="number",
        comparisons=[_comparison(comparison, long=records >= OWN_ESTIMATES) for comparison in told],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=prior,
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(comparison: Comparison, *, long: bool) -> Any:
    import splink.comparison_level_library as levels  # noqa: PLC0415
    from splink.comparison_library import CustomComparison  # noqa: PLC0415

    known = weights()
    made: list[Any] = [levels.CustomLevel(comparison.missing, "missing").configure(is_null_level=True)]
    for level in comparison.levels:
        weight = known[comparison.name, level.code]
        one = levels.CustomLevel(level.condition, level.code).configure(**_odds(weight))
        if level.common:
            share = 1.0 if long else _SHORT_LIST_COMMONNESS
            one.configure(
                tf_adjustment_column=level.common,
                tf_adjustment_weight=share,
                disable_tf_exact_match_detection=True,
            )
        made.append(one)
    made.append(levels.ElseLevel().configure(**_odds(known[comparison.name, OTHERWISE])))
    return CustomComparison(output_column_name=comparison.name, comparison_levels=made)


def _odds(weight: LevelWeight) -> dict[str, Any]:
    """A level's m and u; held where the table says that lists do not estimate them."""
    return {
        "m_probability": weight.m,
        "u_probability": weight.u,
        "fix_m_probability": not weight.own,
        "fix_u_probability": not weight.own,
    }


def _estimate(connection: Any, linker: Any, columns: dict[str, list[Any]]) -> None:
    """The list's own u by random pairs, then its own m by expectation maximisation over blocks that do not use them."""
    from splink import block_on  # noqa: PLC0415

    connection.sql("set threads = 2")
    linker.training.estimate_u_using_random_sampling(RANDOM_PAIRS, seed=_SEED, min_count_per_level=None, num_chunks=1)
    # Sums of fractions depend on their order: one thread adds them in one.
    connection.sql("set threads = 1")
    for rule in _TRAINING:
        keys = Counter(key for key in zip(*(columns[name] for name in rule), strict=True) if None not in key)
        if _TRAINING_PAIRS[0] <= sum(count * (count - 1) // 2 for count in keys.values()) <= _TRAINING_PAIRS[1]:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule), estimate_without_term_frequencies=True
            )


def _read(connection: Any, table: str, told: Sequence[Comparison], prior: float, least_bits: float) -> Scores:
    """What Splink predicted, with the prior that the pairs of a long list themselves tell."""
    records = connection.sql("select count(*) from people").fetchall()[0][0]
    edges = connection.sql(f"select number_l, number_r, match_weight from {table} order by 1, 2").fetchall()  # noqa: S608
    shift = prior_shift([bits for _, _, bits in edges], records, prior) if records >= OWN_PRIOR else 0.0
    gammas = ", ".join(f"gamma_{comparison.name}" for comparison in told)
    bits = ", ".join(_bits(comparison) for comparison in told)
    rows = connection.sql(
        f"select number_l, number_r, match_weight, {gammas}, {bits} from {table} "  # noqa: S608  names of our own table
        f"where match_weight >= {least_bits - shift} order by 1, 2"
    ).fetchall()
    kept = ((a, b, round(own + shift, _DIGITS)) for a, b, own in edges)
    return Scores(
        tuple(edge for edge in kept if edge[2] >= LEAST_BITS),
        tuple(_pair(row, told, shift) for row in rows),
        round(math.log2(prior / (1 - prior)) + shift, _DIGITS),
    )


def prior_shift(bits: Sequence[float], records: int, prior: float) -> float:
    """By how many bits the prior must move so that the pairs expected to match are as many as the prior says.

    `bits` are the weights of the scored pairs under the expected prior. The share of matches among all pairs is the
    fixed point of expectation maximisation with the weights held; pairs that were not scored count as no match.
    """
    total, share, by = records * (records - 1) / 2, prior, 0.0
    for _ in range(_MOST_TURNS):
        by = math.log2(share / (1 - share)) - math.log2(prior / (1 - prior))
        expected = math.fsum(1 / (1 + 2 ** -max(-60.0, min(60.0, own + by))) for own in bits) / total
        if abs(expected - share) <= share * _SETTLED:
            break
        share = max(expected, prior * 2**-_FREEST_SHIFT)
    return max(-_FREEST_SHIFT, min(_FREEST_SHIFT, by))


def _prior(records: int, sources: int) -> float:
    """The expected share of pairs that are one person, before anything is compared."""
    expected = _EXPECTED_OTHERS + _EXPECTED_IN_EACH * (min(sources, _MOST_LISTS) - 1)
    return min(0.1, expected / max(1, records - 1))


def _bits(comparison: Comparison) -> str:
    """The weight of one comparison in SQL, the commonness of its value included."""
    own = f"mw_{comparison.name}"
    common = any(level.common for level in comparison.levels)
    return (
        f"round({own} + coalesce(mw_tf_adj_{comparison.name}, 0), {_DIGITS})" if common else f"round({own}, {_DIGITS})"
    )


def _pair(row: Sequence[Any], told: Sequence[Comparison], shift: float) -> Scored:
    """One row: two numbers, the weight, then for each comparison the level's number (-1: missing), then its bits."""
    levels, bits = row[3 : 3 + len(told)], row[3 + len(told) :]
    found = (
        (comparison.name, _code(comparison, level), weight)
        for comparison, level, weight in zip(told, levels, bits, strict=True)
        if level >= 0
    )
    return Scored(row[0], row[1], round(row[2] + shift, _DIGITS), tuple(found))


def _code(comparison: Comparison, level: int) -> str:
    """Splink numbers levels from the last, which is 0."""
    return comparison.levels[len(comparison.levels) - level].code if level else OTHERWISE


@contextmanager
def _quiet() -> Iterator[None]:
    """Splink warns of every level that a list does not hold; the table's weight stands for it, and nobody need be told."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)
