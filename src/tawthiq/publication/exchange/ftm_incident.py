"""One incident as entities of FollowTheMoney: which record becomes which (docs/exchange.md), how they point to each other."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.lexicon.verification_terms import violation_mappings
from tawthiq.publication.exchange import terms
from tawthiq.publication.exchange.ftm_entities import Entity, plain
from tawthiq.publication.exchange.ftm_parties import Parties
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedIncident,
    DisclosedPerson,
    DisclosedPlace,
    DisclosedReport,
    DisclosedStatement,
)
from tawthiq.records.handing_out import AboutArchive

PERPETRATOR = "alleged perpetrator"
WAR_CRIME = "crime.war"
_CODED = (
    "act", "state", "status", "sensitive", "score", "decided_by", "sources", "verified", "published", "redactions",
)  # fmt: skip
_KEYWORDS = ("slot", "harm", "group", "minimum", "maximum", "code", "hedged")
_LISTED = ("warnings", "violations", "differing")


class Incidents:
    """Makes the entities of incidents one after another; parties, places, persons and reports are made once."""

    def __init__(self, about: AboutArchive) -> None:
        self._ids = Identifiers(about.verifier_key)
        self._until = about.until.isoformat() if about.until else ""
        self._there: set[str] = set()

    @property
    def dataset(self) -> str:
        """The name of the data set that statements name."""
        return self._ids.dataset

    def entities(self, incident: DisclosedIncident) -> Iterator[Entity]:
        """The entities of an incident that were not made before, each before those that point to it."""
        for entity in _One(incident, self._ids, self._until).made():
            if entity.identifier not in self._there:
                if "-incident-" not in entity.identifier:
                    self._there.add(entity.identifier)
                yield entity


class _One:
    """One incident in the making."""

    def __init__(self, incident: DisclosedIncident, ids: Identifiers, until: str) -> None:
        self._incident, self._ids, self._until = incident, ids, until
        self._reports = {report.document: report for report in incident.reports if report.document}
        self._event = ids.incident(incident.number)
        self._parties = Parties(ids, until)
        self._used: Counter[tuple[object, ...]] = Counter()

    def made(self) -> Iterator[Entity]:
        yield from (self._article(report) for report in self._incident.reports)
        yield from (self._address(place) for place in self._incident.places)
        yield from self._persons()
        event = self._of_incident()
        yield event
        for number, report in enumerate(self._incident.reports):
            yield self._documentation(number, report)
        for claim in self._incident.claims:
            yield from self._of_claim(claim)
        for number, statement in enumerate(self._incident.statements):
            yield from self._of_statement(number, statement)
        for attribution in self._incident.attributions:
            yield from self._attributed(attribution)
        yield from self._rest()

    def _entity(self, identifier: str, schema: str, *, origin: str = "", document: str = "") -> Entity:
        report = self._reports.get(document)
        seen = report.collected.isoformat(timespec="seconds") if report and report.collected else self._until
        return Entity(identifier, schema, origin, _language(report.language if report else ""), seen)

    def _origin(self, record: DisclosedClaim | DisclosedStatement) -> str:
        report = self._reports.get(record.document)
        return f"{report.sha256}:{record.start}-{record.end}" if report and report.sha256 else ""

    def _report_id(self, report: DisclosedReport) -> str:
        return self._ids.of("report", report.document or f"{report.outlet}\x1f{plain(report.published)}")

    def _article(self, report: DisclosedReport) -> Entity:
        text = not report.content_type or report.content_type.startswith(
            ("text/", "application/xhtml", "application/json")
        )
        made = self._entity(self._report_id(report), "Article" if text else "Document", document=report.document)
        if not text:
            made.add("fileName", report.sha256[:16] or "file")
        made.say("title", "title", report.title)
        made.say("publisher", "outlet", report.outlet)
        made.say("sourceUrl", "address", report.address)
        made.add("language", _language(report.language))
        made.say("publishedAt", "published", report.published)
        if report.collected:
            made.add("retrievedAt", report.collected.date().isoformat())
        made.code("sha256", report.sha256)
        made.code_all(report, ("source", "outlet", "title", "address", "published", "withheld", "sha256"))
        return made

    def _documentation(self, number: int, report: DisclosedReport) -> Entity:
        made = self._entity(
            self._ids.of("documentation", self._event, number), "Documentation", document=report.document
        )
        made.add("document", self._report_id(report))
        made.add("entity", self._event)
        made.add("role", "report")
        made.code("source", report.source)
        made.code("withheld", report.withheld)
        return made

    def _place_id(self, place: DisclosedPlace) -> str:
        return self._ids.of("place", place.code, place.name, place.name_en, place.kind, place.disputed)

    def _address(self, place: DisclosedPlace) -> Entity:
        made = self._entity(self._place_id(place), "Address")
        if place.name:
            made.say("full", "name", place.name)
        if place.name_en:
            made.say("alias", "name_en", place.name_en)
        made.add("country", place.country.lower() if len(place.country) == 2 else "")
        made.add("latitude", plain(place.latitude))
        made.add("longitude", plain(place.longitude))
        made.code_all(place, ("name", "name_en", "latitude", "longitude"))
        return made

    def _of_incident(self) -> Entity:
        incident = self._incident
        made = self._entity(self._event, "Event")
        for language in terms.LANGUAGES:
            if len(title := terms.title(incident, language)) <= 384:
                made.add("name", title, language=_language(language))
        if not made.facts:
            made.add("name", f"{terms.term('word', 'incident', 'en')} {incident.number}")
        made.add("recordId", str(incident.number))
        self._days(made)
        for place in incident.places:
            made.add("addressEntity", self._place_id(place))
            made.add("country", place.country.lower() if len(place.country) == 2 else "")
        for number, person in enumerate(incident.persons):
            made.add("involved", self._person_id(number, person))
        for report in incident.reports:
            made.add("proof", self._report_id(report))
        for name in _CODED:
            made.code(name, getattr(incident, name))
        for name in _LISTED:
            for member in getattr(incident, name):
                made.code(name, member)
        if incident.verified and any(code in _war_crimes() for code in incident.violations):
            made.add("topics", WAR_CRIME)
        return made

    def _days(self, made: Entity) -> None:
        """The first and the last day, each with the characters of the first claim that tells it."""
        when = [claim for claim in self._incident.claims if claim.slot == "when"]
        for prop, name in (("startDate", "first"), ("endDate", "last")):
            day = getattr(self._incident, name)
            told = next((claim for claim in when if day and getattr(claim, name) == day), None)
            made.add(prop, plain(day), origin=self._origin(told) if told else "")

    def _of_claim(self, claim: DisclosedClaim) -> Iterator[Entity]:
        told = (self._event, claim.key, claim.document or claim.source, claim.start, claim.end, claim.event)
        named = (*told, *self._again(told))
        made = self._note("claim", named, terms.term("slot", claim.slot, "en"), claim)
        made.say("description", "text", claim.text)
        for name in _KEYWORDS:
            made.code(name, getattr(claim, name))
        made.code_all(claim, ("text", *_KEYWORDS))
        actor = self._parties.entity(claim.speaker_actor) if claim.speaker_actor else None
        if actor:
            yield actor
        yield made
        yield from self._mention(made, claim, actor)
        if claim.slot == "who" and (claim.code or claim.shown):
            party = self._parties.entity(claim.code, claim.shown)
            yield party
            yield self._link(party.identifier, ("who", *named), claim)

    def _again(self, named: tuple[object, ...]) -> tuple[int, ...]:
        """A number for what says the same once more: two reports of one outlet and day are one for everybody."""
        self._used[named] += 1
        return (self._used[named],) if self._used[named] > 1 else ()

    def _of_statement(self, number: int, statement: DisclosedStatement) -> Iterator[Entity]:
        named = (self._event, statement.key, statement.document, statement.start, statement.end, number)
        made = self._note("statement", named, terms.term("kind", statement.kind, "en"), statement)
        made.say("description", "text", statement.text)
        made.code_all(statement, ("text",))
        actor = self._parties.entity(statement.speaker_actor) if statement.speaker_actor else None
        if actor:
            yield actor
        yield made
        yield from self._mention(made, statement, actor)

    def _note(
        self, kind: str, named: tuple[object, ...], name: str, record: DisclosedClaim | DisclosedStatement
    ) -> Entity:
        made = self._entity(self._ids.of(kind, *named), "Note", origin=self._origin(record), document=record.document)
        made.add("name", name)
        made.add("entity", self._event)
        if record.document in self._reports:
            made.add("proof", self._report_id(self._reports[record.document]))
        return made

    def _mention(
        self, note: Entity, record: DisclosedClaim | DisclosedStatement, actor: Entity | None
    ) -> Iterator[Entity]:
        report = self._reports.get(record.document)
        if not record.speaker or report is None:
            return
        made = self._entity(
            self._ids.of("mention", note.identifier), "Mention", origin=note.origin, document=record.document
        )
        name = record.speaker if any(map(str.isalnum, record.speaker)) else ""
        if not 0 < len(name) <= 384:
            return  # it stands among the keywords or notes of the Note
        made.add("document", self._report_id(report))
        made.add("name", name)
        if actor:
            made.add("resolved", actor.identifier)
        yield made

    def _link(self, subject: str, named: tuple[object, ...], claim: DisclosedClaim) -> Entity:
        made = self._entity(
            self._ids.of("link", *named), "UnknownLink", origin=self._origin(claim), document=claim.document
        )
        made.add("subject", subject)
        made.add("object", self._event)
        made.add("role", PERPETRATOR)
        made.add("status", "hedged" if claim.hedged else "told")
        made.add("recordId", claim.key if len(claim.key) <= 1024 else "")
        if claim.document in self._reports:
            made.add("proof", self._report_id(self._reports[claim.document]))
        return made

    def _attributed(self, attribution: DisclosedAttribution) -> Iterator[Entity]:
        party = self._parties.entity(attribution.party, attribution.party)
        yield party
        made = self._entity(self._ids.of("attribution", self._event, attribution.party), "UnknownLink")
        made.add("subject", party.identifier)
        made.add("object", self._event)
        made.add("role", PERPETRATOR)
        made.say("status", "degree", attribution.degree)
        made.code("party", attribution.party)
        made.code("party_type", attribution.party_type)
        yield made

    def _person_id(self, number: int, person: DisclosedPerson) -> str:
        return self._ids.of("person", person.pseudonym or f"{self._event}\x1f{number}")

    def _persons(self) -> Iterator[Entity]:
        for number, person in enumerate(self._incident.persons):
            made = self._entity(self._person_id(number, person), "Person")
            fitting = 0 < len(person.pseudonym) <= 384 and any(map(str.isalnum, person.pseudonym))
            made.add("name", person.pseudonym if fitting else f"Person {number + 1}")
            yield made
            link = self._entity(self._ids.of("involvement", self._event, number), "UnknownLink")
            link.add("subject", made.identifier)
            link.add("object", self._event)
            link.add("role", terms.term("role", person.role, "en"))
            link.code_all(person)
            yield link

    def _rest(self) -> Iterator[Entity]:
        """Slots, grades and decisions: notes on the event."""
        for kind, records in (
            ("slot", self._incident.slots), ("grade", self._incident.grades), ("decision", self._incident.decisions)
        ):  # fmt: skip
            for number, record in enumerate(records):
                made = self._entity(self._ids.of(kind, self._event, number), "Note")
                made.add("name", kind)
                made.add("entity", self._event)
                made.code_all(record, ("claims",))
                yield made


def _language(code: str) -> str:
    """The code of ISO 639-3 that FollowTheMoney uses, empty for a language that it does not list."""
    return _languages().get(code, "")


@cache
def _languages() -> dict[str, str]:
    return {row["language"]: row.optional("three") or "" for row in load("exchange_languages", ("language", "three"))}


@cache
def _war_crimes() -> frozenset[str]:
    """Types of violations that are mapped to article 8 of the Rome Statute (war crimes): mappings for a lawyer's review."""
    return frozenset(
        each.violation for each in violation_mappings() if each.scheme == "icc" and each.target.startswith("8(")
    )
