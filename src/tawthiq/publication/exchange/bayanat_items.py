"""Bulletins and incidents as Bayanat's API takes them: what it demands is there, and nothing that it would refuse.

A bulletin needs a title (255 characters), comments, and a link that is an address or "NA"; descriptions are HTML there, so
every word of a page is escaped. Unknown fields are refused there, so what it has no field for is told in words.
"""

import html
from collections.abc import Iterator
from typing import Any

from tawthiq.lexicon.verification_terms import TermList, terms
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange.ftm_entities import fits, plain
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace, DisclosedReport

LONGEST_TITLE = 255
STATUS = "Machine Created"
NO_LINK = "NA"
Item = dict[str, Any]


class Bulletins:
    """Collects the reports of all incidents; one that tells of several is one bulletin, with what it says of each."""

    def __init__(self, identifiers: Identifiers, title: str) -> None:
        self._identifiers, self._title = identifiers, title
        self._items: dict[str, Item] = {}
        self._paragraphs: dict[str, list[str]] = {}

    def take(self, incident: DisclosedIncident) -> list[str]:
        """Take the reports of an incident; the origin identifiers of their bulletins."""
        origins = []
        for report in incident.reports:
            origin = self._identifiers.of("report", report.document or f"{report.outlet}\x1f{plain(report.published)}")
            if origin not in self._items:
                self._items[origin] = self._item(origin, report)
                self._paragraphs[origin] = _about(report)
            item = self._items[origin]
            care = ("sensitive",) if incident.sensitive else ()
            tags = [each for each in (incident.act, *incident.violations, *incident.warnings, *care) if each]
            item["tags"] = list(dict.fromkeys((*item["tags"], *tags)))
            item["geoLocations"] += [point for point in _points(incident.places) if point not in item["geoLocations"]]
            self._paragraphs[origin] += _told(incident, report)
            origins.append(origin)
        return list(dict.fromkeys(origins))

    def items(self) -> list[Item]:
        """Every bulletin as it is sent."""
        return [item | {"description": "".join(self._paragraphs[origin])} for origin, item in self._items.items()]

    def _item(self, origin: str, report: DisclosedReport) -> Item:
        title = " ".join((report.title or f"{report.outlet} {plain(report.published)}").split())[:LONGEST_TITLE]
        item: Item = {
            "originid": origin,
            "title": title or f"{wording.term('word', 'report', 'en')} {origin[-8:]}",
            "source_link": report.address if fits("sourceUrl", report.address) else NO_LINK,
            "comments": f"Tawthiq: {self._title}".strip(),
            "tags": [],
            "geoLocations": [],
            "status": STATUS,
        }
        if report.language == "ar" and title:
            item["title_ar"] = title
        if report.published:
            item["publish_date"] = report.published.isoformat()
        if report.collected:
            item["documentation_date"] = report.collected.isoformat()
        return item


def incident_item(incident: DisclosedIncident, identifiers: Identifiers, bulletins: list[str]) -> dict[str, Any]:
    """An incident as it is sent, with its key and the origin identifiers of the bulletins that it is to be tied to."""
    item: Item = {
        "title": wording.title(incident, "en")[:LONGEST_TITLE],
        "title_ar": wording.title(incident, "ar")[:LONGEST_TITLE],
        "description": "".join(_of_incident(incident)),
        "comments": f"Tawthiq: {identifiers.incident(incident.number)}",
        "events": list(_events(incident)),
        "status": STATUS,
    }
    return {"key": identifiers.incident(incident.number), "bulletins": bulletins, "item": item}


def _events(incident: DisclosedIncident) -> Iterator[Item]:
    """One event from the first to the last day; days that run backwards are two."""
    first, last = incident.first, incident.last
    spans = [(first, None), (last, None)] if first and last and last < first else [(first, last)]
    for begin, end in spans:
        if begin or end:
            item: Item = {
                "title": wording.term("act", incident.act, "en"),
                "title_ar": wording.term("act", incident.act, "ar"),
            }
            item |= {name: day.isoformat() for name, day in (("from_date", begin), ("to_date", end)) if day}
            yield item


def _points(places: tuple[DisclosedPlace, ...]) -> list[Item]:
    """Places with coordinates; `comment` is the gazetteer's code, the most specific place comes first and is the main one."""
    found = [each for each in places if each.latitude is not None and each.longitude is not None]
    return [
        {
            "title": each.name.strip() or each.name_en.strip() or each.code or "-",
            "main": number == 0,
            "lat": each.latitude,
            "lng": each.longitude,
            "comment": each.code,
        }
        for number, each in enumerate(found)
    ]


def _about(report: DisclosedReport) -> list[str]:
    """What is known of a capture, in words."""
    facts = (
        ("Title", report.title),
        ("Outlet", report.outlet),
        ("Agency", report.agency),
        ("Address", report.address),
        ("Language", report.language),
        ("Capture", report.document),
        ("SHA-256", report.sha256),
        ("Custody log entry", plain(report.log_index)),
        ("Collected", plain(report.collected)),
        ("Collected by", report.collector),
    )
    lines = "<br>".join(f"{name}: {_escaped(value)}" for name, value in facts if value)
    return [f"<p>{lines}</p>"]


def _told(incident: DisclosedIncident, report: DisclosedReport) -> list[str]:
    """What a report says of an incident: each claim and statement with its words and who speaks."""
    made = [f"<p><strong>{wording.term('word', 'incident', 'en')} {incident.number}</strong></p>"]
    for claim in incident.claims:
        if _is_of(claim, report):
            made.append(_claimed(claim))
    for statement in incident.statements:
        if statement.document == report.document:
            made.append(_quoted(statement.kind, statement.text, statement.speaker))
    return made


def _is_of(claim: DisclosedClaim, report: DisclosedReport) -> bool:
    """Whether a report makes a claim: by its document, where documents are not told by the number of its source."""
    return claim.document == report.document and bool(claim.document or claim.source == report.source)


def _claimed(claim: DisclosedClaim) -> str:
    return _quoted(wording.heading(claim, "en"), claim.text, claim.speaker)


def _quoted(head: str, text: str, speaker: str) -> str:
    parts = [f"<strong>{_escaped(head)}</strong>"]
    parts += [f"“{_escaped(text)}”"] if text else []
    parts += [f"— {_escaped(speaker)}"] if speaker else []
    return f'<p dir="auto">{"<br>".join(parts)}</p>'


def _of_incident(incident: DisclosedIncident) -> Iterator[str]:
    if not incident.verified:
        for language in wording.LANGUAGES:
            yield f'<p dir="auto">{_escaped(wording.term("word", "not_verified", language))}</p>'
    status = terms(TermList.STATUS).get(incident.status)
    facts = [("State", incident.state), ("Status", status.name("en") if status else incident.status)]
    facts += [("Independent sources", str(incident.sources)), ("Sensitive", plain(incident.sensitive))]
    facts += [("Violation", f"{wording.violation(code, 'en')} ({code})") for code in incident.violations]
    facts += [("Warning", warning) for warning in incident.warnings]
    facts += [
        ("Alleged perpetrator", f"{wording.party(each.party, '', 'en')}: {each.degree}")
        for each in incident.attributions
    ]
    facts += [("Place", f"{each.name} ({each.code})") for each in incident.places if each.name or each.code]
    yield f'<p dir="auto">{"<br>".join(f"{name}: {_escaped(value)}" for name, value in facts if value)}</p>'
    for claim in incident.claims:
        if not any(_is_of(claim, report) for report in incident.reports):
            yield _claimed(claim)


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
