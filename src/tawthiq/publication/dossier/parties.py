"""Who is named as responsible and how far that carries, what parties say themselves, and the persons concerned."""

from collections.abc import Iterator

from tawthiq.lexicon.verification_terms import TermList
from tawthiq.publication.dossier.claims import outlet_and_day, pointer, quoted, speaker_of, with_pointer
from tawthiq.publication.dossier.markup import Html, apart, element, joined, row, shown, table
from tawthiq.publication.dossier.part import Part
from tawthiq.records.disclosure import DisclosedStatement

_FIRST = ("denies", "claims_responsibility", "accuses")


def attributions(part: Part) -> Html:
    """The section of parties that were named, each with the degree that people settled."""
    labels = [part.text(f"column.{name}") for name in ("party", "degree", "party_type")]
    rows = [
        row(
            labels,
            (
                apart(part.wording.actor(each.party)),
                shown(part.wording.term(TermList.ATTRIBUTION, each.degree)),
                shown(part.wording.term(TermList.PARTY_TYPE, each.party_type)),
            ),
        )
        for each in part.incident.attributions
    ]
    told = table(labels, [element("tbody", *rows)]) if rows else part.paragraph("attributions.none")
    return part.section("attributions", part.paragraph("attributions.lead"), told)


def statements(part: Part) -> Html:
    """The section of statements, denials first."""
    if part.dossier.is_public:
        return part.section("statements", part.paragraph("statements.public"))
    ordered = sorted(
        part.incident.statements, key=lambda said: _FIRST.index(said.kind) if said.kind in _FIRST else len(_FIRST)
    )
    if not ordered:
        return part.section("statements", part.paragraph("statements.none"))
    labels = [part.text(f"column.{name}") for name in ("kind", "words", "speaker", "outlet")]
    rows = list(_rows(part, ordered, labels))
    return part.section("statements", part.paragraph("statements.lead"), table(labels, rows, of="claims-table"))


def _rows(part: Part, ordered: list[DisclosedStatement], labels: list[Html]) -> Iterator[Html]:
    for said in ordered:
        kind = shown(part.texts.label("statement_kind", said.kind))
        if said.accused:
            about = part.text("about_party", party=apart(part.wording.actor(said.accused)))
            kind = joined([kind, element("small", about)], Html("<br>"))
        cells = (kind, quoted(part, said), speaker_of(part, said), outlet_and_day(part, said))
        yield with_pointer(labels, cells, pointer(part, said))


def persons(part: Part) -> Html:
    """The section of persons under their pseudonyms."""
    if not part.incident.persons:
        return part.section("persons", part.paragraph("persons.none"))
    labels = [part.text(f"column.{name}") for name in ("pseudonym", "role", "sex", "age", "civilian")]
    label = part.texts.label
    rows = [
        row(
            labels,
            (
                apart(each.pseudonym),
                shown(label("role", each.role)),
                shown(label("sex", each.sex)) if each.sex else "",
                shown(label("age", each.age_group)) if each.age_group else "",
                shown(label("civilian", each.civilian)) if each.civilian else "",
            ),
        )
        for each in part.incident.persons
    ]
    return part.section("persons", part.paragraph("persons.lead"), table(labels, [element("tbody", *rows)]))
