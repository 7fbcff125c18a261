"""What the terms of a dossier mean: those that it uses, from the tables that explain them on pages (term_help.tsv)."""

from collections.abc import Iterable, Iterator

from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import TermList, terms, violation_types
from tawthiq.publication.dossier.markup import Html, apart, element, joined, pairs, shown
from tawthiq.publication.dossier.part import Part

_COLUMNS = ("kind", "code", "en", "ar")
_NO_PARTY = ("", "other", "unknown")
_OWN = ("digest", "log", "head", "proof", "pointer", "source", "pseudonym")


def glossary(part: Part) -> Html:
    """The section of terms, under a heading for each kind."""
    told = [*_of_readings(part), _parties(part), *_of_sheets(part), _violations(part), _proving(part)]
    blocks = [
        element("div", element("h3", part.text(f"glossary.{kind}")), facts, class_="terms")
        for kind, facts in told
        if facts
    ]
    return part.section("glossary", part.paragraph("glossary.lead"), *blocks)


def _of_readings(part: Part) -> Iterator[tuple[str, Html]]:
    language = part.texts.language
    for kind, used in _used(part).items():
        rows = {row["code"]: row[language] for row in load("term_help", _COLUMNS) if row["kind"] == kind}
        known = [(shown(part.texts.label(kind, each)), shown(rows[each])) for each in rows if each in used]
        yield kind, pairs(known)


def _used(part: Part) -> dict[str, set[str]]:
    """The codes of readings that the incident's claims and statements hold, by kind."""
    incident = part.incident
    acts = {incident.act, *(claim.code for claim in incident.claims if claim.slot == "how")}
    return {
        "act": acts,
        "slot": {slot.slot for slot in incident.slots if slot.claims},
        "group": {claim.group for claim in incident.claims if claim.harm},
        "standing": {slot.standing for slot in incident.slots if slot.claims},
        "statement_kind": {said.kind for said in incident.statements},
    }


def _of_sheets(part: Part) -> Iterator[tuple[str, Html]]:
    incident = part.incident
    used: dict[TermList, Iterable[str]] = {
        TermList.STATUS: {incident.status},
        TermList.RELIABILITY: {each.reliability for each in incident.grades},
        TermList.CREDIBILITY: {each.credibility for each in incident.grades},
        TermList.ATTRIBUTION: {each.degree for each in incident.attributions},
        TermList.PARTY_TYPE: {each.party_type for each in incident.attributions},
    }
    for of, codes in used.items():
        known = [term for each, term in terms(of).items() if each in codes]
        language = part.texts.language
        yield of.value, pairs((shown(term.name(language)), shown(term.help(language))) for term in known)


def _violations(part: Part) -> tuple[str, Html]:
    language = part.texts.language
    known = [kind.term for each, kind in violation_types().items() if each in part.incident.violations]
    return "violation", pairs((shown(term.name(language)), shown(term.help(language))) for term in known)


def _proving(part: Part) -> tuple[str, Html]:
    return "proof", pairs((part.text(f"term.{each}"), part.text(f"term.{each}.help")) for each in _OWN)


def _parties(part: Part) -> tuple[str, Html]:
    """The parties under the neutral names that a dossier uses, and the words by which reports name them."""
    named: dict[str, list[str]] = {each.party: [] for each in part.incident.attributions}
    for claim in part.incident.claims:
        if claim.slot == "who":
            named.setdefault(claim.code, []).append(claim.text)
    for said in part.incident.statements:
        named.setdefault(said.speaker_actor, []).append(said.speaker)
    told = []
    for party, all_words in named.items():
        words = [apart(each) for each in dict.fromkeys(all_words) if each]
        if party not in _NO_PARTY:
            quoted = (
                part.text("term.party.words", words=joined(words, part.between))
                if words
                else part.text("term.party.none")
            )
            told.append((apart(part.wording.actor(party)), quoted))
    return "party", pairs(told)
