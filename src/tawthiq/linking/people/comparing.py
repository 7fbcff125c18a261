"""The comparisons of two records: named levels, each a condition in DuckDB's SQL over the columns of `rows.PersonRow`.

Levels are tried in order, and the first that holds is what was found; the weights of each are in
lexicon/data/person_weights.tsv. What is missing on either side weighs nothing. Given names stand apart from the other names,
because brothers and sisters share all the others and often the day and place of their death: a given name that differs
must be able to speak against, and shared names beside it say that two records are of one family, and no more. Only where first
and last word are exchanged may it stand elsewhere, for the second of three is the father's, and sons are called after
grandfathers. Names that are the same word for word are not compared twice: the father's name counts with the other
names, and `father` only says that it agrees with them or is contradicted.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tawthiq.linking.people.rarity import ROOM, STEP

RARITY_BITS = (18, 13, 10, 7.5, 5, 3)
"""Bits of rarity that shared names are divided at; about halves of the range that names span."""
SOUND_BITS = (15, 10, 6)
ALIKE = 0.88
"""Jaro-Winkler similarity from which two words may be one, mistyped (0.88 to 0.92 in the practice of record linkage)."""
OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class Level:
    """What two records may be found to be. `common` names the column whose frequent values weigh less, if one does."""

    code: str
    condition: str
    common: str | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One named comparison: `missing` holds where either record does not tell; the level `otherwise` is the last."""

    name: str
    columns: tuple[str, ...]
    missing: str
    levels: tuple[Level, ...]


def _absent(*columns: str) -> str:
    return " or ".join(f"{column}_{side} is null" for column in columns for side in "lr")


def _alike(column: str) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {ALIKE}"


def _mistyped(word: str, skeleton: str) -> str:
    """Alike, but for Arabic words of the same consonants: حسن and حسين, محمد and محمود are two names, not one mistyped."""
    return f"{_alike(word)} and ({skeleton}_l <> {skeleton}_r or strlen({word}_l) = length({word}_l))"


_EXCHANGED = "(given_l = last_r or given_r = last_l)"
_WHOLE = "(given_l is null or given_r is null or given_l <> given_r and (given_l = last_r or given_r = last_l))"
_SHARED = f"shared_names({_WHOLE}, others_l, words_l, others_r, words_r)"
_SHARED_SOUNDS = f"shared_names({_WHOLE}, other_sounds_l, sounds_l, other_sounds_r, sounds_r)"
_OTHER_GIVEN = (
    "not (given_l = given_r or list_has_any(given_sounds_l, given_sounds_r) or "
    f"{_mistyped('given', 'given_skeleton')} or {_EXCHANGED} or length(given_l) = 1 or length(given_r) = 1)"
)
_BIRTHS_KNOWN = "birth_first_l is not null and birth_first_r is not null"
_BIRTH_GAP = "gap(birth_first_l, birth_last_l, birth_first_r, birth_last_r)"
_DEATH_GAP = "gap(death_first_l, death_last_l, death_first_r, death_last_r)"
_DAYS_OF_DEATH = "death_first_l = death_last_l and death_first_r = death_last_r"

MACROS = (
    (
        "create or replace macro shared_rarity(a, b) as "
        f"coalesce(list_sum(list_transform(list_intersect(a, b), lambda x: x % {ROOM})), 0) / {STEP}.0"
    ),
    (
        "create or replace macro shared_names(whole, others_a, all_a, others_b, all_b) as "
        "case when whole then shared_rarity(all_a, all_b) else shared_rarity(others_a, others_b) end"
    ),
    "create or replace macro gap(first_a, last_a, first_b, last_b) as greatest(first_a - last_b, first_b - last_a, 0)",
)
"""What the conditions call: rarity in bits of what two rows of numbers share, and how far two ranges lie apart."""


def _alike_place(name: str, *, mistyped: str = "true") -> str:
    """The same in another script, or mistyped; numbers of houses, villages and districts are never mistyped into others.

    `mistyped` is the condition under which likeness of letters counts.
    """
    digits = [f"regexp_replace({name}_{side}, '[^0-9]', '', 'g')" for side in "lr"]
    return f"({name}_sound_l = {name}_sound_r or {mistyped} and {_alike(name)}) and {digits[0]} = {digits[1]}"


def _within(column: str) -> str:
    """The words of one value stand among those of the other: a town and its quarter."""
    one, other = f"' ' || {column}_l || ' '", f"' ' || {column}_r || ' '"
    return f"contains({one}, {other}) or contains({other}, {one})"


def _place(name: str) -> Comparison:
    return Comparison(
        name,
        (name, f"{name}_sound"),
        _absent(name),
        (
            Level("same", f"{name}_l = {name}_r", name),
            Level("alike", _alike_place(name)),
            Level("part", f"{_within(name)} or {_within(f'{name}_sound')}"),
        ),
    )


COMPARISONS = (
    Comparison(
        "given",
        ("given", "given_sounds", "given_skeleton", "last"),
        _absent("given"),
        (
            Level("same", "given_l = given_r", "given"),
            Level("sounds_alike", "list_has_any(given_sounds_l, given_sounds_r)"),
            Level("alike", _mistyped("given", "given_skeleton")),
            Level("exchanged", _EXCHANGED),
            Level(
                "initial",
                "(length(given_l) = 1 or length(given_r) = 1) and left(given_l, 1) = left(given_r, 1)",
            ),
        ),
    ),
    Comparison(
        "other_names",
        ("words", "given", "others", "sounds", "other_sounds", "last", "name_key"),
        _absent("words"),
        (
            Level("all_names", f"name_key_l = name_key_r and (given_l = given_r or {_EXCHANGED})"),
            Level(
                "family_only",
                f"{_OTHER_GIVEN} and ({_SHARED} >= {RARITY_BITS[-1]} or {_SHARED_SOUNDS} >= {SOUND_BITS[-1]})",
            ),
            *(Level(f"shared_{bits:g}", f"{_SHARED} >= {bits}") for bits in RARITY_BITS),
            *(Level(f"sounds_{bits:g}", f"{_SHARED_SOUNDS} >= {bits}") for bits in SOUND_BITS),
            Level("alike", _mistyped("last", "last_skeleton")),
        ),
    ),
    Comparison(
        "father",
        ("father", "father_sounds"),
        _absent("father"),
        (Level("same", "father_l = father_r or list_has_any(father_sounds_l, father_sounds_r)"),),
    ),
    Comparison(
        "mother",
        ("mother", "mother_sounds"),
        _absent("mother"),
        (
            Level("same", "mother_l = mother_r", "mother"),
            Level("alike", f"list_has_any(mother_sounds_l, mother_sounds_r) or {_alike('mother')}"),
        ),
    ),
    Comparison(
        "kunya",
        ("kunya", "kunya_sound"),
        _absent("kunya"),
        (Level("same", "kunya_l = kunya_r", "kunya"), Level("sounds_alike", "kunya_sound_l = kunya_sound_r")),
    ),
    Comparison(
        "birth",
        ("birth_written", "birth_first", "birth_last"),
        f"({_absent('birth_written')}) and ({_absent('birth_first')})",
        (
            Level("same_day", "birth_written_l = birth_written_r", "birth_written"),
            Level("one_sign", "damerau_levenshtein(birth_written_l, birth_written_r) <= 1"),
            Level(
                "same_year",
                "birth_first_l = birth_last_l and birth_first_r = birth_last_r and birth_first_l = birth_first_r",
            ),
            Level("two_signs", "damerau_levenshtein(birth_written_l, birth_written_r) <= 2"),
            Level("range_holds", f"{_BIRTH_GAP} = 0"),
            Level("near", f"{_BIRTH_GAP} <= 2"),
        ),
    ),
    Comparison(
        "age",
        ("age_first", "age_last", "birth_first"),
        f"{_absent('age_first')} or ({_BIRTHS_KNOWN})",
        (
            Level("holds", "gap(age_first_l, age_last_l, age_first_r, age_last_r) = 0"),
            Level("near", "gap(age_first_l, age_last_l, age_first_r, age_last_r) <= 3"),
        ),
    ),
    Comparison(
        "death",
        ("death_first", "death_last"),
        _absent("death_first"),
        (
            Level("same_day", f"{_DAYS_OF_DEATH} and death_first_l = death_first_r", "death_first"),
            Level("days_apart", f"{_DAYS_OF_DEATH} and {_DEATH_GAP} <= 3"),
            Level("range_holds", f"{_DEATH_GAP} = 0"),
            Level("month_apart", f"{_DEATH_GAP} <= 31"),
        ),
    ),
    _place("place"),
    _place("birth_place"),
    Comparison(
        "residence",
        ("residence", "residence_sound", "residence_start"),
        _absent("residence"),
        (
            Level("same", "residence_l = residence_r", "residence"),
            Level("one_sign", "length(residence_l) > 4 and damerau_levenshtein(residence_l, residence_r) <= 1"),
            Level("alike", _alike_place("residence", mistyped="residence_start_l is null")),
            Level("same_start", "residence_start_l = residence_start_r", "residence_start"),
            Level("near_code", "left(residence_start_l, 2) = left(residence_start_r, 2)"),
        ),
    ),
    Comparison(
        "identity",
        ("identity",),
        _absent("identity"),
        (
            Level("same", "identity_l = identity_r"),
            Level("alike", f"damerau_levenshtein(identity_l, identity_r) <= 2 or {_alike('identity')}"),
        ),
    ),
    Comparison(
        "occupation",
        ("occupation",),
        _absent("occupation"),
        (Level("same", "occupation_l = occupation_r", "occupation"),),
    ),
    Comparison("sex", ("sex",), _absent("sex"), (Level("same", "sex_l = sex_r"),)),
)


def told_in(columns: Mapping[str, bool]) -> tuple[Comparison, ...]:
    """The comparisons for which records tell something: `columns` says which columns hold values."""
    return tuple(
        comparison for comparison in COMPARISONS if columns[comparison.columns[0]] or _by_years(comparison, columns)
    )


def _by_years(comparison: Comparison, columns: Mapping[str, bool]) -> bool:
    return comparison.name == "birth" and columns["birth_first"]
