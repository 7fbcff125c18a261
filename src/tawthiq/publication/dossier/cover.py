"""The first sheet of a part: what this is and what it proves, what it is about, for whom, from which archive, of which day."""

from tawthiq.lexicon.verification_terms import TermList
from tawthiq.publication.dossier.markup import Html, apart, code, element, joined, pairs, shown
from tawthiq.publication.dossier.part import Part


def cover(part: Part) -> Html:
    """Title, lead, warning and the facts of the cover."""
    incident, text = part.incident, part.text
    public = ".public" if part.dossier.is_public else ""
    heading = element("h1", text("title", number=code(str(incident.number))), id=part.anchor("top"))
    care = part.paragraph("sensitive", of="care") if incident.sensitive or incident.warnings else Html("")
    return element(
        "header",
        element("p", text("kind"), class_="eyebrow"),
        heading,
        part.paragraph(f"lead{public}", of="lead"),
        part.paragraph(f"warn{public}", of="warn"),
        care,
        pairs([*_about_incident(part), *_about_archive(part)]),
        class_="cover",
    )


def _about_incident(part: Part) -> list[tuple[str, str]]:
    incident, text, wording = part.incident, part.text, part.wording
    places = joined([apart(wording.place(place)) for place in incident.places], part.between)
    found = apart(wording.term(TermList.STATUS, incident.status)) if incident.status else Html("")
    return [
        (text("cover.incident"), text("cover.number", number=code(str(incident.number)))),
        (text("cover.act"), shown(wording.act(incident.act))),
        (text("cover.days"), shown(wording.days(incident.first, incident.last))),
        (text("cover.places"), places),
        (text("cover.state"), shown(part.texts.label("state", str(incident.state)))),
        (text("cover.status"), found),
        (text("cover.reports"), shown(f"{len(incident.reports):,}")),
        (text("cover.sources"), shown(f"{incident.sources:,}")),
    ]


def _about_archive(part: Part) -> list[tuple[str, str]]:
    dossier, text = part.dossier, part.text
    until = joined([shown(part.wording.day(dossier.until)), element("small", text("cover.until_help"))], " ")
    return [
        (text("cover.profile"), text(f"profile.{dossier.about.profile}")),
        (text("cover.archive"), apart(dossier.about.title)),
        (text("cover.key"), code(dossier.about.verifier_key) if dossier.about.verifier_key else ""),
        (text("cover.until"), until if dossier.until else ""),
    ]
