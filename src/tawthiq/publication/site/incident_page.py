"""The page of one incident: what was verified, who is named as responsible and how far, every claim with who says so.

Contradictions stand side by side in the order of their positions, the verified one marked and not set before the others.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby

from tawthiq.lexicon.verification_terms import Term, TermList, violation_types
from tawthiq.publication.site.about import Site, place_slug
from tawthiq.publication.site.elements import Markup, element, isolated, joined
from tawthiq.publication.site.frame import HOME, INCIDENTS, MAP, Body, Page, crumbs, framed, section, time
from tawthiq.publication.site.listing import Written, act_path, incident_path, place_path
from tawthiq.publication.site.wording import OPEN, Wording, term_of
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedIncident,
    DisclosedReport,
    DisclosedSlot,
)

Outlets = Mapping[int, DisclosedReport]


def incident_page(site: Site, language: str, at: int) -> Written:
    """The page of the incident at a place of the site's order."""
    incident = site.incidents[at]
    wording = site.wording(language)
    page = Page(language, incident_path(incident.number))
    outlets = {report.source: report for report in incident.reports}
    main = joined(
        (
            _head(wording, page, incident),
            _care(wording, incident),
            _verified(wording, page, incident, outlets),
            _claims(wording, incident, outlets),
            _sources(wording, incident),
            _limits(site, wording, incident),
            _neighbours(site, wording, page, at),
        )
    )
    title = wording.title(incident)
    described = f"{title} · {wording.when(incident)}"
    return page.full, framed(site, page, Body(title, main, "incidents", description=described))


def outlet_list(wording: Wording, reports: Iterable[DisclosedReport]) -> Markup | None:
    """Outlets with the days of their reports; None where there is none."""
    words = wording.words
    told = dict.fromkeys((report.outlet, report.published) for report in reports)
    if not told:
        return None
    items = (
        element("li", isolated(wording.outlet(name)), " ", time(words, day) if day else None) for name, day in told
    )
    return element("ul", *items, class_="outlets")


def _head(wording: Wording, page: Page, incident: DisclosedIncident) -> Markup:
    words = wording.words
    place = joined((" — ", isolated(wording.place(incident.places[0])))) if incident.places else None
    number = words("list.number", number=words.digits(str(incident.number)))
    return element(
        "div",
        crumbs(
            words,
            element("a", words("frame.home"), href=page.to(HOME)),
            element("a", words("frame.incidents"), href=page.to(INCIDENTS)),
        ),
        element("h1", wording.act(incident.act), place),
        element(
            "p",
            element("span", wording.when(incident)),
            element("span", words("list.sources", number=words.number(incident.sources))),
            element("span", number),
            class_="facts",
        ),
        class_="page-head",
    )


def _care(wording: Wording, incident: DisclosedIncident) -> Markup | None:
    warnings = [wording.words(f"warning.{each}") for each in incident.warnings if wording.words.has(f"warning.{each}")]
    if not warnings:
        return None
    told = element("strong", wording.words("incident.care"))
    return element("p", told, " ", joined(warnings, " · "), class_="care")


def _verified(wording: Wording, page: Page, incident: DisclosedIncident, outlets: Outlets) -> Markup:
    words = wording.words
    status = term_of(TermList.STATUS, incident.status)
    rows = [
        _fact(words("incident.status"), _term(wording, status)) if status else None,
        _fact(words("incident.act"), element("a", wording.act(incident.act), href=page.to(act_path(incident.act)))),
        _fact(words("incident.when"), element("span", wording.when(incident))),
        _fact(words("incident.where"), _place(wording, page, incident)),
        _violations(wording, incident),
        *(_party(wording, each, outlets) for each in incident.attributions),
        None if incident.attributions else _fact(words("incident.responsible"), words("incident.no_party")),
    ]
    return section(words("incident.verified"), element("dl", *rows, class_="facts-list"), id_="verified")


def _fact(name: str, *content: str | None) -> Markup:
    return element("div", element("dt", name), element("dd", *content))


def _term(wording: Wording, term: Term) -> Markup:
    language = wording.words.language
    return joined((element("strong", term.name(language)), " ", element("span", term.help(language), class_="hint")))


def _place(wording: Wording, page: Page, incident: DisclosedIncident) -> Markup:
    words = wording.words
    hints = [words("incident.place_withheld")] if incident.sensitive else []
    if any(place.disputed for place in incident.places):
        hints.append(words("incident.place_disputed"))
    links: list[str | None] = []
    if incident.places:
        slug = place_slug(incident)
        links.append(element("a", isolated(wording.place(incident.places[0])), href=page.to(place_path(slug))))
        if incident.places[0].latitude is not None:
            on_map = element("a", words("frame.map"), href=f"{page.to(MAP)}#{slug}", class_="beside")
            links.extend((" · ", on_map))
    elif not incident.sensitive:
        links.append(words("value.open"))
    place = element("p", *links) if links else None
    return joined((place, *(element("p", hint, class_="hint") for hint in hints)))


def _violations(wording: Wording, incident: DisclosedIncident) -> Markup | None:
    known = [violation_types()[code].term for code in incident.violations if code in violation_types()]
    if not known:
        return None
    items = (element("li", _term(wording, term)) for term in known)
    return _fact(wording.words("incident.violations"), element("ul", *items, class_="plain"))


def _party(wording: Wording, said: DisclosedAttribution, outlets: Outlets) -> Markup:
    words = wording.words
    degree = term_of(TermList.ATTRIBUTION, said.degree)
    kind = term_of(TermList.PARTY_TYPE, said.party_type)
    named = outlet_list(wording, _of(outlets, said.named_by))
    denied = outlet_list(wording, _of(outlets, said.denied_by))
    return _fact(
        words("incident.responsible"),
        element("p", element("strong", isolated(wording.party(said.party)))),
        element("p", words("incident.degree"), ": ", _term(wording, degree)) if degree else None,
        element("p", words("incident.party_type"), ": ", kind.name(words.language))
        if kind and said.party_type != "unknown"
        else None,
        element("div", element("p", words("incident.named_by"), class_="hint"), named) if named else None,
        element("div", element("p", _sign(), " ", words("incident.denied_by"), class_="differs"), denied)
        if denied
        else None,
    )


def _claims(wording: Wording, incident: DisclosedIncident, outlets: Outlets) -> Markup | None:
    words = wording.words
    if not incident.slots and not incident.differing:
        return None
    differing = None
    if incident.differing:
        fields = dict.fromkeys(wording.field(name) for name in incident.differing)
        differing = element(
            "div", element("p", _sign(), " ", words("incident.differing"), class_="differs"),
            element("ul", *(element("li", name) for name in fields)),
        )  # fmt: skip
    lead = element("p", words("incident.claims_lead"), class_="hint")
    slots = (_slot(wording, slot, outlets) for slot in incident.slots)
    return section(words("incident.claims"), lead, *slots, differing, id_="claims")


def _slot(wording: Wording, slot: DisclosedSlot, outlets: Outlets) -> Markup:
    words = wording.words
    positions = [list(claims) for _, claims in groupby(slot.claims, key=lambda claim: claim.position)]
    differs = len(positions) > 1
    held = wording.held(slot)
    notes = [
        element("p", words("incident.held_range", value=element("strong", held))) if held else None,
        element("p", words("incident.held_open"), class_="hint") if slot.chosen == OPEN else None,
    ]
    mark = element("span", _sign(), " ", words("incident.differ"), class_="differs") if differs else None
    cards = (_card(wording, slot, claims, outlets) for claims in positions)
    return element(
        "section",
        element("h3", wording.slot(slot), " ", mark),
        *notes,
        element("ul", *cards, class_="positions several" if differs else "positions"),
        class_="slot",
    )


def _card(wording: Wording, slot: DisclosedSlot, claims: list[DisclosedClaim], outlets: Outlets) -> Markup:
    holds = claims[0].key == slot.chosen
    chip = element("span", wording.words("incident.holds"), class_="chip") if holds else None
    reports = _of(outlets, [claim.source for claim in claims])
    value = element("p", element("bdi", wording.claim(claims[0]), class_="value"), " ", chip)
    return element("li", value, outlet_list(wording, reports), class_="holds" if holds else None)


def _sources(wording: Wording, incident: DisclosedIncident) -> Markup:
    words = wording.words
    lead = element("p", words("incident.sources_lead", number=words.number(incident.sources)))
    return section(words("incident.sources"), lead, outlet_list(wording, incident.reports), id_="sources")


def _limits(site: Site, wording: Wording, incident: DisclosedIncident) -> Markup:
    words = wording.words
    days = [
        element("div", element("dt", words(key)), element("dd", time(words, day)))
        for key, day in (
            ("incident.day_verified", incident.verified),
            ("incident.day_published", incident.published),
        )
        if day
    ]
    cited = None
    if incident.published:
        said = words(
            "incident.cite_text", site=isolated(site.title), number=words.digits(str(incident.number)),
            day=words.day(incident.published),
        )  # fmt: skip
        cited = element("p", words("incident.cite"), ": ", said, class_="cite")
    return section(
        words("incident.limits"), element("p", words("incident.limits_text")), element("p", words("incident.left_out")),
        element("dl", *days, class_="days") if days else None, cited, id_="limits",
    )  # fmt: skip


def _neighbours(site: Site, wording: Wording, page: Page, at: int) -> Markup:
    words, incident = wording.words, site.incidents[at]
    links: list[Markup] = []
    for key, place, way in (("incident.newer", at - 1, "prev"), ("incident.older", at + 1, "next")):
        if 0 <= place < len(site.incidents):
            other = page.to(incident_path(site.incidents[place].number))
            links.append(element("a", words(key), href=other, rel=way))
    links.append(element("a", words("incident.same_act"), href=page.to(act_path(incident.act))))
    if incident.places:
        links.append(element("a", words("incident.same_place"), href=page.to(place_path(place_slug(incident)))))
    return element("nav", *links, class_="neighbours", aria_label=words("frame.pages"))


def _sign() -> Markup:
    return element("span", "≠", aria_hidden="true", class_="sign")


def _of(outlets: Outlets, numbers: Iterable[int]) -> list[DisclosedReport]:
    return [outlets[number] for number in dict.fromkeys(numbers) if number in outlets]
