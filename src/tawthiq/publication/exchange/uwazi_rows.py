"""One incident as a row of Uwazi's import.csv. What a column cannot hold unchanged is counted; the attached file holds all."""

import html
import re
from collections.abc import Iterable, Sequence
from functools import cache

from tawthiq.lexicon.tables import Row, load
from tawthiq.lexicon.verification_terms import TermList, terms
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange.carried import Tally
from tawthiq.publication.exchange.ftm_entities import fits, plain
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.records.disclosure import DisclosedClaim, DisclosedIncident, DisclosedPlace

SPLIT = "|"
_COUNTED = ("killed", "injured", "detained", "abducted", "missing", "displaced")
_FORMULA = ("=", "+", "-", "@")  # what spreadsheets take for a formula, and lists for a child
_MARKUP = re.compile(r"([\\`*_{}\[\]#|~])")


@cache
def properties() -> tuple[Row, ...]:
    """The properties of the template, in order (lexicon/data/uwazi_properties.tsv)."""
    return load("uwazi_properties", ("name", "type", "thesaurus", "worded", "label_en", "label_ar"))


@cache
def columns() -> tuple[str, ...]:
    """The columns of import.csv: worded ones once for each language."""
    made = ["title__ar", "title__en"]
    for each in properties():
        name = each["name"]
        made += [f"{name}__{language}" for language in wording.LANGUAGES] if each["worded"] == "yes" else [name]
    return (*made, "attachments")


def row(incident: DisclosedIncident, identifiers: Identifiers, tally: Tally) -> dict[str, str]:
    """The cells of an incident by column."""
    options = _Options(tally)
    cells = {
        "record_key": identifiers.incident(incident.number),
        "incident_number": str(incident.number),
        "days": _days(incident),
        "geolocation_geolocation": _point(incident.places),
        "independent_sources": str(incident.sources),
        "first_report": _link(incident),
        "warnings": "; ".join(incident.warnings),
        "sensitive": plain(incident.sensitive),
        "verified_on": plain(incident.verified),
        "published_on": plain(incident.published),
        "attachments": f"incident-{incident.number}.json",
        **{harm: _counts(incident.claims, harm) for harm in _COUNTED},
    }
    places = options.places(incident.places)
    for place, language in enumerate(wording.LANGUAGES):
        cells |= {
            f"title__{language}": options.option("", wording.title(incident, language)),
            f"act__{language}": options.option("act", wording.term("act", incident.act, language)),
            f"places__{language}": SPLIT.join(pair[place] for pair in places),
            f"parties__{language}": SPLIT.join(options.parties(incident, language)),
            f"violations__{language}": SPLIT.join(wording.violation(each, language) for each in incident.violations),
            f"case_state__{language}": options.option("state", wording.term("state", incident.state, language)),
            f"case_status__{language}": options.option("status", _status(incident.status, language)),
            f"claims__{language}": _claims(incident, language),
        }
    return cells


class _Options:
    """Values of selects: no "|", no "::", no spaces around, no sign of a formula; what had to be changed is counted once."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._told: set[tuple[str, str]] = set()

    def option(self, field: str, value: str) -> str:
        """A value as an entry of a list."""
        made = " ".join(value.replace(SPLIT, "/").replace("::", ":").split())
        if made.startswith(_FORMULA):
            made = f"“{made}”"
        if field and made != value and (field, value) not in self._told:
            self._told.add((field, value))
            self._tally.miss(field, "separator")
        return made

    def parties(self, incident: DisclosedIncident, language: str) -> list[str]:
        """The parties that people found named, then those that claims name."""
        named = [wording.party(each.party, "", language) for each in incident.attributions]
        named += [
            wording.party(claim.code, claim.shown, language)
            for claim in incident.claims
            if claim.slot == "who" and (claim.code or claim.shown)
        ]
        return list(dict.fromkeys(made for each in named if (made := self.option("", each))))

    def places(self, places: Sequence[DisclosedPlace]) -> list[tuple[str, str]]:
        """Each place as "country::name" in Arabic and English."""
        made: dict[tuple[str, str], None] = {}
        for each in places:
            arabic, english = self.option("places.name", each.name), self.option("", each.name_en)
            if not arabic and not english:
                self._tally.miss("places.country", "unnamed", bool(each.country))
                continue
            above = f"{each.country}::" if each.country else ""
            made[f"{above}{arabic or english}", f"{above}{english or arabic}"] = None
        return list(made)


def _status(code: str, language: str) -> str:
    known = terms(TermList.STATUS).get(code)
    return known.name(language) if known else code


def _days(incident: DisclosedIncident) -> str:
    return f"{plain(incident.first)}:{plain(incident.last)}" if incident.first or incident.last else ""


def _point(places: Iterable[DisclosedPlace]) -> str:
    """The first point as latitude and longitude: the property holds one."""
    found = ((each.latitude, each.longitude) for each in places)
    return next((f"{one}{SPLIT}{two}" for one, two in found if one is not None and two is not None), "")


def _link(incident: DisclosedIncident) -> str:
    """The first report with an address that Uwazi takes, as "label|address"."""
    for report in incident.reports:
        if fits("sourceUrl", report.address) and SPLIT not in report.address:
            label = " ".join((report.outlet or report.title).replace(SPLIT, "/").split())
            return f"{label or report.document}{SPLIT}{report.address}"
    return ""


def _counts(claims: Iterable[DisclosedClaim], harm: str) -> str:
    """What sources say of a harm to all, side by side: one value a position."""
    told = [wording.bounds(claim, "en") for claim in claims if claim.harm == harm and claim.group == "all"]
    return "; ".join(dict.fromkeys(each for each in told if each))


def _claims(incident: DisclosedIncident, language: str) -> str:
    """What sources say, for people to read: who says what, the words as a quotation."""
    lines = [] if incident.verified else [wording.term("word", "not_verified", language), ""]
    outlets = {report.document: report.outlet for report in incident.reports}
    for claim in incident.claims:
        lines.append(f"**{_marked(wording.heading(claim, language))}**")
        speaker = _marked(claim.speaker or outlets.get(claim.document, ""))
        quoted = f"“{_marked(claim.text)}”" if claim.text else ""
        lines += [f"> {part}" for part in (quoted, f"— {speaker}" if speaker else "") if part] + [""]
    return "\n".join(lines).rstrip("\n")


def _marked(text: str) -> str:
    """Words on one line that no reader of Markdown or HTML takes for markup."""
    return _MARKUP.sub(r"\\\1", html.escape(" ".join(text.split()), quote=False))
