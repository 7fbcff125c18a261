"""A dossier as one HTML document: a part in each language, its sections in the order in which a reader needs them."""

from collections.abc import Callable

from tawthiq.publication.dossier.checking import checking
from tawthiq.publication.dossier.claims import claims
from tawthiq.publication.dossier.contradictions import contradictions
from tawthiq.publication.dossier.cover import cover
from tawthiq.publication.dossier.decisions import decisions
from tawthiq.publication.dossier.figures import figures
from tawthiq.publication.dossier.glossary import glossary
from tawthiq.publication.dossier.independent_sources import independent_sources
from tawthiq.publication.dossier.limits import limits
from tawthiq.publication.dossier.markup import Html, element, joined, legible
from tawthiq.publication.dossier.part import Dossier, Part
from tawthiq.publication.dossier.parties import attributions, persons, statements
from tawthiq.publication.dossier.sources import sources
from tawthiq.publication.dossier.summary import summary

SECTIONS: tuple[tuple[str, Callable[[Part], Html]], ...] = (
    ("summary", summary),
    ("claims", claims),
    ("contradictions", contradictions),
    ("independent", independent_sources),
    ("decisions", decisions),
    ("attributions", attributions),
    ("statements", statements),
    ("persons", persons),
    ("figures", figures),
    ("sources", sources),
    ("limits", limits),
    ("glossary", glossary),
    ("checking", checking),
)
"""The sections in order, each by the key of its heading."""


def document(dossier: Dossier, head: Html) -> str:
    """The whole document; `head` is what stands in its head beside title and dates."""
    parts = [Part.of(dossier, language) for language in dossier.languages]
    first = parts[0].texts.language
    body = element("body", _between(parts), element("main", *map(_part, parts)))
    return "<!DOCTYPE html>\n" + element(
        "html", element("head", _about(parts), head), body, lang=first, dir=_direction(first)
    )


def title(parts: list[Part]) -> str:
    """What the document is called, in each of its languages."""
    return " · ".join(part.texts.filled("title", number=part.incident.number) for part in parts)


def _about(parts: list[Part]) -> Html:
    dossier = parts[0].dossier
    metadata = [
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("title", title(parts)),
        element("meta", name="generator", content="Tawthiq"),
        element("meta", name="author", content=legible(dossier.about.title)),
    ]
    if dossier.until:
        metadata += [element("meta", name=f"dcterms.{each}", content=str(dossier.until)) for each in _DATES]
    return joined(metadata, Html("\n"))


_DATES = ("created", "modified")


def _between(parts: list[Part]) -> Html:
    """Links to the parts, where there are several."""
    if len(parts) == 1:
        return Html("")
    links = (
        element("a", part.text("part"), href=f"#{part.anchor('top')}", lang=part.texts.language, dir=_of(part))
        for part in parts
    )
    return element("nav", *links, class_="languages", aria_label=title(parts))


def _part(part: Part) -> Html:
    told = [cover(part), _contents(part), *(make(part) for _, make in SECTIONS)]
    language = part.texts.language
    return element("article", *told, lang=language, dir=_of(part), class_=f"part {language}")


def _contents(part: Part) -> Html:
    entries = [element("li", element("a", part.text(key), href=f"#{part.anchor(key)}")) for key, _ in SECTIONS]
    heading = element("h2", part.text("contents"), id=part.anchor("contents"))
    return element("nav", heading, element("ol", *entries), class_="contents", aria_labelledby=part.anchor("contents"))


def _of(part: Part) -> str:
    return _direction(part.texts.language)


def _direction(language: str) -> str:
    return "rtl" if language == "ar" else "ltr"
