"""Pure: HTML, plain text or a document of pages to labelled zones with offsets.

Owns one question: what on a page is the outlet's report, and what is not. `anatomy` takes the bytes as preserved and
returns a `records.Page` whose zones cover every visible character; nothing is dropped, rewritten or guessed. The rules of
the text are in `tree.py`, of the zones in `html.py` and `plain.py`.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tawthiq.page.blocks import without_known
from tawthiq.page.comment_services import service_notes
from tawthiq.page.document_kinds import PDF, document_kind
from tawthiq.page.encoding import decode
from tawthiq.page.guarding import bounded, too_many_tags, without_tags
from tawthiq.page.hosts import host_of
from tawthiq.page.html import Anatomy, take_apart
from tawthiq.page.plain import PlainPage
from tawthiq.page.plain_text import settled
from tawthiq.page.published import disagreement
from tawthiq.page.report import report_language
from tawthiq.page.sniffing import is_html, refuse_what_is_no_page
from tawthiq.page.tree import MAXIMUM_LINES, MAXIMUM_TEXT, parse
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.page import Page, Zone, ZoneKind
from tawthiq.records.sheet_words import Recognition
from tawthiq.records.span import Span

if TYPE_CHECKING:
    from tawthiq.page.document_bytes import RawDocument

MAXIMUM_BYTES = 64 * 1024 * 1024


def anatomy(
    data: bytes,
    *,
    id: str,  # noqa: A002 (the contract's name)
    url: str | None = None,
    content_type: str | None = None,
    known: frozenset[int] = frozenset(),
    recognition: Recognition | None = None,
    on_sheet: Callable[[int], None] | None = None,
) -> Page:
    """The page that `data` holds, taken apart. `url` names the outlet when the page does not; `content_type` is a hint.

    `known` are the digests of lines that the host of `url` repeats from page to page (`blocks.py`): they leave the body.
    A PDF is taken apart sheet by sheet (`documents.py`); `on_sheet` is told each sheet's number. `recognition` is what was
    recognized on its pictures; a picture is a page only with it.

    Raises UnreadableCapture, naming `id`, when the bytes are empty, another kind of file, or noise.
    """
    kind = document_kind(data)
    if kind == PDF or (kind and recognition):
        from tawthiq.page.document_bytes import raw_document  # noqa: PLC0415  PDFium is loaded for documents only

        return document_page(raw_document(data, id, on_sheet), id=id, url=url, kind=kind, recognition=recognition)
    refuse_what_is_no_page(data, id)
    if len(data) > MAXIMUM_BYTES:
        raise UnreadableCapture(
            item=id,
            happened=f"{len(data)} bytes are more than a page can be ({MAXIMUM_BYTES})",
            advice="the capture stays in evidence as it is; collect the part that matters by itself",
        )
    decoded = decode(data, content_type)
    notes = list(decoded.notes)
    markup = is_html(decoded.text, content_type)
    found = _of_html(decoded.text, notes, url) if markup else _of_plain(decoded.text, notes)
    found = _without_known(found, url, known)
    notes += filter(None, [*found.notes, disagreement(found.published, found.published_metadata)])
    return _page(found, id, url, decoded.encoding, notes)


def document_page(
    raw: "RawDocument",
    *,
    id: str,  # noqa: A002 (the contract's name)
    url: str | None = None,
    kind: str = PDF,
    recognition: Recognition | None = None,
) -> Page:
    """The page of a document of pages whose sheets are read: `anatomy` in two steps, recognition between them."""
    from tawthiq.page.document_bytes import document_anatomy  # noqa: PLC0415  PDFium is loaded for documents only

    notes: list[str] = []
    return _page(document_anatomy(raw, notes, recognition), id, url, kind, notes)


def _page(found: Anatomy, item: str, url: str | None, encoding: str, notes: list[str]) -> Page:
    return Page(
        id=item,
        language=report_language(found.text, found.zones),
        text=found.text,
        zones=found.zones,
        title=found.title,
        byline=found.byline,
        agency=found.agency,
        published=found.published,
        published_metadata=found.published_metadata,
        outlet=_outlet(found.sites, None if found.on_platform else url),
        comments=found.comments,
        encoding=encoding,
        notes=tuple(notes),
        updated=found.updated,
        updated_metadata=found.updated_metadata,
        posts=found.posts,
        sheets=found.sheets,
    )


def _without_known(found: Anatomy, url: str | None, known: frozenset[int]) -> Anatomy:
    """The anatomy without the lines in its body that the host is known to repeat."""
    host = host_of(url) if known else None
    if host is None:
        return found
    posts = tuple(post.span for post in found.posts)
    zones = without_known(found.text, found.zones, host=host, known=known, title=found.title, posts=posts)
    return replace(found, zones=zones)


def _of_html(markup: str, notes: list[str], url: str | None) -> Anatomy:
    if too_many_tags(markup):
        return _whole(without_tags(markup), notes)
    markup, bounds = bounded(markup)
    notes += bounds
    tree = parse(markup)
    notes += tree.notes
    if tree.too_large:
        return _whole(tree.text, notes)
    found = take_apart(tree, url)
    notes += service_notes(markup, comments=bool(found.comments), names=tree.names())
    return found


def _of_plain(text: str, notes: list[str]) -> Anatomy:
    text = settled(text)
    if text.count("\n") > MAXIMUM_LINES or len(text) > MAXIMUM_TEXT:
        return _whole(text, notes)
    page = PlainPage(text)
    dates = page.dated()
    comments = tuple(sorted((record.comment for record in page.records), key=lambda comment: comment.span))
    return Anatomy(
        text,
        page.zones,
        page.title,
        page.byline,
        page.agency,
        dates.published,
        None,
        (page.account,) if page.account else (),
        comments,
        updated=dates.updated,
        posts=page.posts,
        on_platform=bool(page.posts),
        notes=dates.notes,
    )


def _whole(text: str, notes: list[str]) -> Anatomy:
    """A page past the bounds: its text kept whole in one unlabelled zone, and a note that says so."""
    notes.append("the page is too large to take apart; its text is kept whole, unlabelled")
    zones = (Zone(ZoneKind.OTHER, Span(0, len(text)), "too large to take apart"),) if text else ()
    return Anatomy(text, zones, None, None, None, None, None, (), ())


def _outlet(sites: tuple[str, ...], url: str | None) -> str | None:
    """The outlet by the page's own word, else the host of its address."""
    if sites:
        return sites[0]
    try:
        host = urlsplit(url).hostname if url else None
    except ValueError:
        host = None
    return host.removeprefix("www.") if host else None


__all__ = ["anatomy", "document_page"]
