"""The PDF version: WeasyPrint sets the same document on sheets of A4, PDF/A-3a (ISO 19005-3), with the proofs attached.

Conformance level A: text in Unicode, structure tagged, language named. Nothing is fetched: pictures and fonts come from memory,
any other address is refused. The identifier is the digest of what the document is made of, its dates are the day of its state.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from io import BytesIO
from typing import Any

from tawthiq.publication.dossier.document import document
from tawthiq.publication.dossier.markup import Html, element
from tawthiq.publication.dossier.part import Dossier, Part
from tawthiq.publication.dossier.pictures import whole_pictures_only
from tawthiq.publication.dossier.style import apart_by_direction, font, font_names, style
from tawthiq.publication.drawing import on_paper
from tawthiq.records.dossier import Attached
from tawthiq.records.errors import WrongUsage

VARIANT = "pdf/a-3a"
_SCHEME = "dossier:"
_UNDATED = date(1970, 1, 1)  # attachments of a dossier without any day: WeasyPrint would take the clock
_RELATIONSHIPS = {"package": "Source", "certificates": "Supplement"}
_PROVING = "Data"


def pdf(dossier: Dossier) -> bytes:
    """The file. Raises WrongUsage where WeasyPrint, or a library that it needs, is not installed."""
    weasyprint = _weasyprint()
    parts = [Part.of(dossier, language) for language in dossier.languages]
    sheet = style(_held_at, "".join([apart_by_direction(_held_at), *map(_margins, parts)]))
    printed = replace(dossier, address=lambda picture: f"{_SCHEME}{picture.name}", drawing=on_paper)
    text = document(printed, element("style", Html(sheet)))
    held = {each.name: (each.data, "image/jpeg") for pictures in dossier.pictures.values() for each in pictures}
    held |= {name: (_unpacked(font(name)), "font/ttf") for name in font_names()}
    page = weasyprint.HTML(string=text, url_fetcher=_fetcher(held), base_url=_SCHEME)
    made = page.write_pdf(
        pdf_variant=VARIANT,
        pdf_identifier=_identifier(text, dossier),
        attachments=[_attachment(weasyprint, each, dossier.until) for each in dossier.evidence.attached],
    )
    return bytes(made)


def _held_at(name: str) -> str:
    return f"{_SCHEME}{name}"


def _weasyprint() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415  an extra, and slow to import
    except (ImportError, OSError) as error:  # OSError: Pango is missing
        raise WrongUsage(
            item="dossier",
            happened=f"PDF needs WeasyPrint, which cannot be used here ({error})",
            advice='run: pip install "tawthiq[dossier]" and install Pango, or choose --format html',
        ) from error
    whole_pictures_only()
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.CRITICAL)
    return weasyprint


def _fetcher(held: Mapping[str, tuple[bytes, str]]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]  # noqa: PLC0415

    class Held(URLFetcher):  # type: ignore[misc]
        """Hands out what the dossier holds, and nothing else."""

        def fetch(self, url: str, headers: object = None) -> Any:
            found = held.get(url.removeprefix(_SCHEME)) if url.startswith(_SCHEME) else None
            if found is None:
                raise ValueError(f"a dossier asks nobody: {url[:80]}")
            data, media_type = found
            return URLFetcherResponse(url, data, {"Content-Type": media_type})

    return Held()


def _unpacked(packed: bytes) -> bytes:
    """A WOFF font as TrueType; WeasyPrint would do it too, and write the hour into it."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415  comes with WeasyPrint

    plain = BytesIO()
    with TTFont(BytesIO(packed), recalcTimestamp=False) as opened:
        opened.flavor = None
        opened.save(plain)
    return plain.getvalue()


def _identifier(text: str, dossier: Dossier) -> bytes:
    """16 bytes by which a PDF is told from others (ISO 32000-1, section 14.4)."""
    made = sha256(text.encode())
    for each in dossier.evidence.attached:
        made.update(sha256(each.name.encode() + b"\n" + each.data).digest())
    for pictures in dossier.pictures.values():
        for picture in pictures:
            made.update(sha256(picture.data).digest())
    return made.digest()[:16]


def _attachment(weasyprint: Any, each: Attached, until: date | None) -> Any:
    moment = datetime.combine(until or _UNDATED, time(), UTC)
    relationship = _RELATIONSHIPS.get(each.kind, _PROVING)
    return weasyprint.Attachment(
        file_obj=BytesIO(each.data), name=each.name, description=each.kind, created=moment, modified=moment,
        relationship=relationship,
    )  # fmt: skip


def _margins(part: Part) -> str:
    """What stands in the margins of a part's pages: what it is on top, the number of the page below."""
    language = part.texts.language
    start, end = ("right", "left") if language == "ar" else ("left", "right")
    of = f"direction: {'rtl' if language == 'ar' else 'ltr'};"
    number = f'"{_quoted(part.texts.of("page"))} " counter(page) " {_quoted(part.texts.of("page.of"))} " counter(pages)'
    title = _quoted(part.texts.filled("title", number=part.incident.number))
    profile = _quoted(part.texts.of(f"profile.{part.dossier.about.profile}"))
    return (
        f"@page {language} {{ "
        f'@top-{start} {{ {of} content: "{title}"; }} @top-{end} {{ {of} content: "{profile}"; }} '
        f"@bottom-center {{ {of} content: {number}; }} }}\n"
        f".part.{language} {{ page: {language}; }}\n"
    )


def _quoted(text: str) -> str:
    """Text inside a string of CSS (CSS Syntax 3, section 4.3.5)."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
