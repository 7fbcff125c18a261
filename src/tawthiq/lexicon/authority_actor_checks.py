"""What a decision about an actor is checked for: neutral names, and wordings that mean another party already.

What counts as loaded wording is what lexicon/data/{ar,en}/actor_aliases.tsv marks so; words by which any force is called
are those of force_nouns.tsv.
"""

from collections.abc import Iterator
from functools import cache

from tawthiq.lexicon.authority import contract_code, lineage, refusal, resolve
from tawthiq.lexicon.authority_ground import Ground, check_script, names_given
from tawthiq.lexicon.folded import name_key, name_words, word_key
from tawthiq.lexicon.tables import load
from tawthiq.records.authority import OWN, Decision, Step, Told, told

PEOPLE = "your authority"
_ALIASES = ("alias", "actor", "country", "wording")


def actor_remarks(ground: Ground, decision: Decision) -> Iterator[Told]:
    """What a person should know of the decision. Raises AuthorityRefused as `authority_checks.remarks` does."""
    for column, name in names_given(decision):
        check_script(decision, column, name)
        words = name_words(name)
        general = all(word in _force_words() for word in words)
        if general and not (column == "alias" and decision.country):
            raise refusal(
                decision, "“%(name)s” names no party: any force is called so",
                "give its full name, or limit an alias to reports about one country", name=name,
            )  # fmt: skip
        if column != "alias":
            yield from _loaded_remarks(decision, name, words)
        if column == "alias" or (decision.code.startswith(OWN) and decision.step is Step.ADD):
            _check_holder(ground, decision, name)


def _loaded_remarks(decision: Decision, name: str, words: tuple[str, ...]) -> Iterator[Told]:
    """Loaded wording in a neutral name: a whole one is refused, a word that only such wordings have is remarked."""
    wordings, single = _loaded()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if words[start:end] in wordings:
                raise refusal(
                    decision, "“%(name)s” holds loaded wording (%(row)s), and a neutral name is due",
                    "give what the party calls itself or a plain description; keep this wording as a loaded alias",
                    name=name, row=wordings[words[start:end]],
                )  # fmt: skip
    for word in words:
        if word in single:
            yield told(
                "“%(name)s” holds a word that the tables know from loaded wording only (%(row)s): is it neutral?",
                name=name, row=single[word],
            )  # fmt: skip


def _check_holder(ground: Ground, decision: Decision, name: str) -> None:
    """A wording means one party at a time, unless the entry is a part of the party that holds it."""
    entries = ground.authority.entries
    own = resolve(entries, decision.code)
    above = {decision.code, own, *lineage(entries, own), contract_code(entries, own)}
    for holder, country, at in _holders(ground, name_key(name)):
        if country and decision.country and country != decision.country:
            continue
        if holder == own and at != PEOPLE and decision.step is Step.ALIAS:
            raise refusal(
                decision, "“%(name)s” names %(code)s already (%(row)s)", "leave it as it is",
                name=name, code=holder, row=at,
            )  # fmt: skip
        if holder not in above:
            raise refusal(
                decision, "“%(name)s” is held by %(code)s (%(row)s)",
                "give the wording in full, or let the entry count under %(code)s", name=name, code=holder, row=at,
            )  # fmt: skip


def _holders(ground: Ground, key: str) -> Iterator[tuple[str, str, str]]:
    """Who bears a wording: code, the country it is limited to, and where that is said."""
    for wording in ground.wordings.get(key, ()):
        yield wording.entry or wording.actor, wording.country, PEOPLE
    yield from _table_holders().get(key, ())


@cache
def _table_holders() -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, list[tuple[str, str, str]]] = {}
    for language in ("ar", "en"):
        for row in load(f"{language}/actor_aliases", _ALIASES):
            found.setdefault(name_key(row["alias"]), []).append((row["actor"], row.optional("country") or "", row.at))
    return {key: tuple(held) for key, held in found.items()}


@cache
def _loaded() -> tuple[dict[tuple[str, ...], str], dict[str, str]]:
    """Loaded wordings by the keys of their words, and the words that no party's name has; each with its table row."""
    wordings: dict[tuple[str, ...], str] = {}
    single: dict[str, str] = {}
    plain: set[str] = set()
    for language in ("ar", "en"):
        for row in load(f"{language}/actor_aliases", _ALIASES):
            words = name_words(row["alias"])
            if row["wording"] != "loaded":
                plain.update(words)
                continue
            wordings.setdefault(words, row.at)
            for word in words:
                single.setdefault(word, row.at)
        plain.update(word_key(row["adjective"]) for row in load(f"{language}/nationalities", ("adjective", "actor")))
    names = (name for row in load("actors", ("code", "name_ar", "name_en", "country")) for name in row.cells.values())
    plain.update(word for name in names for word in name_words(name))
    return wordings, {word: at for word, at in single.items() if word not in plain and len(word) > 2}


@cache
def _force_words() -> frozenset[str]:
    """Keys of the words by which any force is called."""
    rows = [row for language in ("ar", "en") for row in load(f"{language}/force_nouns", ("word", "use"))]
    return frozenset(word_key(row["word"]) for row in rows if row["use"] != "doubt")
