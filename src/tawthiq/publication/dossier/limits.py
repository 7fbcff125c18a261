"""What a dossier proves and what not (refusal 8 of docs/refusals.md), and how much was replaced or kept back."""

from tawthiq.publication.dossier.markup import Html, element
from tawthiq.publication.dossier.part import Part
from tawthiq.records.disclosure import Profile

_PROVES = ("unchanged", "collected", "characters", "decisions")
_NOT = ("true", "everyone", "clock", "key", "log", "complete", "guilt")


def limits(part: Part) -> Html:
    """The section of limits."""
    proves = ("public",) if part.dossier.is_public else _PROVES
    return part.section(
        "limits",
        element("h3", part.text("limits.proves")),
        element("ul", *(element("li", part.text(f"limits.proves.{each}")) for each in proves)),
        element("h3", part.text("limits.not")),
        element("ul", *(element("li", part.text(f"limits.not.{each}")) for each in _NOT), class_="not"),
        part.paragraph("limits.reading"),
        element("h3", part.text("limits.left_out")),
        element("ul", *(element("li", each) for each in _left_out(part))),
    )


def _left_out(part: Part) -> list[Html]:
    incident, counted = part.incident, part.texts.counted
    characters = part.text("limits.characters")
    if part.dossier.is_public:
        return [part.text("limits.public"), characters]
    redactions, kept_back = incident.redactions, len(incident.kept_back)
    return [
        part.text("limits.redactions", count=counted(redactions, "stretches"))
        if redactions
        else part.text("limits.redactions_none"),
        part.text("limits.withheld", count=counted(kept_back, "pages"))
        if kept_back
        else part.text("limits.withheld_none"),
        *([part.text("limits.members")] if part.dossier.about.profile is Profile.PARTNER else []),
        characters,
    ]
