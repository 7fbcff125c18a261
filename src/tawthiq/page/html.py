"""An HTML page taken apart: the order in which zones are found, and how they come together.

Comments first, then title and body, then what stands between them (byline, date, credit), then furniture. Each step
paints over the one before where it knows better; comments are painted last and are covered by nothing.
"""

from dataclasses import dataclass, replace

from tawthiq.page.body import Body, Claims, find_body
from tawthiq.page.comments import CommentSections, named_sections, unnamed_sections
from tawthiq.page.furniture import furniture
from tawthiq.page.labels import label
from tawthiq.page.metadata import Metadata, read_metadata
from tawthiq.page.outlets import outlets
from tawthiq.page.painting import Canvas
from tawthiq.page.platforms import PlatformPage, QuotedPost, is_platforms, platforms_of, quoted_posts, read_platform
from tawthiq.page.published import dates_of_page
from tawthiq.page.report import report_language
from tawthiq.page.shortcodes import shortcodes
from tawthiq.page.signatures import byline_near
from tawthiq.page.surroundings import Scene, credit_near, dates_near, lines_near, machine_dates
from tawthiq.page.titles import Title, find_title
from tawthiq.page.tree import Tree
from tawthiq.records.page import Comment, PageDate, Post, Sheet, Zone, ZoneKind


@dataclass(frozen=True, slots=True)
class Anatomy:
    """What was read from one page, before its identity, language and encoding are added.

    `on_platform` tells that a platform served the page, whose host is not who speaks.
    """

    text: str
    zones: tuple[Zone, ...]
    title: str | None
    byline: str | None
    agency: str | None
    published: PageDate | None
    published_metadata: PageDate | None
    sites: tuple[str, ...]
    comments: tuple[Comment, ...]
    updated: PageDate | None = None
    updated_metadata: PageDate | None = None
    posts: tuple[Post, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    on_platform: bool = False
    notes: tuple[str, ...] = ()


def take_apart(tree: Tree, url: str | None = None) -> Anatomy:
    """The anatomy of a parsed page; `url` is its address, where it is known."""
    platforms = platforms_of(tree, url)
    shown = read_platform(tree, platforms, url) if platforms else None
    if shown:
        return _of_platform(tree, shown)
    label(tree)
    metadata = read_metadata(tree)
    sections = named_sections(tree)
    title = find_title(tree, metadata)
    title_end = title.end if title and title.end >= 0 else 0
    claims = Claims(metadata.text, metadata.descriptions)
    body = find_body(tree, sections, title_end, claims)
    if _title_is_late(title, body):
        body = find_body(tree, sections, 0, claims)
    if body.lines:
        known = len(sections.sections)
        unnamed_sections(tree, sections, body.lines[0].end, body.branches)
        if len(sections.sections) > known:
            body = find_body(tree, sections, title_end, claims)
    quoted = quoted_posts(tree, platforms) if platforms else []
    found = _assembled(tree, metadata, sections, title, body, quoted=_in_body(body, sections, quoted), url=url)
    return _without_platform(found, title) if is_platforms(tree, url) else found


def _without_platform(found: Anatomy, title: Title | None) -> Anatomy:
    """The anatomy of a platform's page that shows no post: the platform is no outlet, and its metadata no title."""
    shown = title is not None and title.start >= 0
    return replace(found, sites=(), title=found.title if shown else None, on_platform=True)


def _of_platform(tree: Tree, page: PlatformPage) -> Anatomy:
    """The anatomy of a page that shows posts or messages of a platform."""
    return Anatomy(
        tree.text,
        page.zones,
        page.title,
        None,
        None,
        page.published,
        page.published_metadata,
        (page.outlet,) if page.outlet else (),
        page.comments,
        posts=page.posts,
        on_platform=True,
    )


def _in_body(body: Body, sections: CommentSections, quoted: list[QuotedPost]) -> list[QuotedPost]:
    """The quoted posts that stand in the element which holds the body, or between its lines, and in no comment."""
    if not body.lines:
        return []
    begin, end = body.lines[0].start, body.lines[-1].end
    if body.container is not None:
        begin, end = min(begin, body.container.start), max(end, body.container.end)
    inside = [post for post in quoted if begin <= post.whole.start and post.whole.end <= end]
    return [post for post in inside if not sections.covers(post.whole.start, post.whole.end)]


def _title_is_late(title: Title | None, body: Body) -> bool:
    """Whether the visible title stands below most of the body, so that it bounds nothing."""
    return bool(title and title.end > 0 and not body.lines)


def _assembled(
    tree: Tree,
    metadata: Metadata,
    sections: CommentSections,
    title: Title | None,
    body: Body,
    *,
    quoted: list[QuotedPost],
    url: str | None,
) -> Anatomy:
    canvas = Canvas(tree.text)
    _paint_surroundings(tree, canvas, body)
    for start, end, kind, reason in body.branches:
        canvas.paint(start, end, kind, reason)
    for line in body.lines:
        canvas.paint(line.start, line.end, ZoneKind.BODY, "prose of the element that holds the article")
    _join_body(canvas, body)
    for start, end, kind, reason in body.left_out:
        canvas.paint(start, end, kind, reason)
    for post in quoted:
        post.paint(canvas)
    if title and title.start >= 0:
        canvas.paint(title.start, title.end, ZoneKind.TITLE, "the main heading")
    nearby = lines_near(tree, sections, title, body)
    nearby = [line for line in nearby if not any(post.holds(line.start) for post in quoted)]
    scene = Scene(tree, canvas, sections, title, body, metadata, nearby)
    dates = dates_of_page(
        dates_near(scene),
        machine_dates(scene),
        metadata.published,
        metadata.updated,
        url=url,
        language=lambda: report_language(tree.text, canvas.zones()),
    )
    byline = byline_near(scene)
    credit = credit_near(scene)
    for start, end in shortcodes(tree.text):
        canvas.paint(start, end, ZoneKind.AD, "a shortcode of the publishing system")
    for start, end, kind, reason in sections.paints:
        canvas.paint(start, end, kind, reason)
    return Anatomy(
        tree.text,
        canvas.zones(),
        title.text if title else None,
        byline,
        credit.name if credit else None,
        dates.published,
        dates.published_metadata,
        outlets(tree, metadata, title),
        tuple(sections.comments),
        updated=dates.updated,
        updated_metadata=dates.updated_metadata,
        posts=tuple(post.post for post in quoted),
        notes=dates.notes,
    )


def _join_body(canvas: Canvas, body: Body) -> None:
    """Nothing between two neighbouring body lines but the newline: paint it too, so that they are one zone."""
    for first, second in zip(body.lines, body.lines[1:], strict=False):
        if second.start == first.end + 1:
            canvas.paint(first.end, second.start, ZoneKind.BODY, "prose of the element that holds the article")


def _paint_surroundings(tree: Tree, canvas: Canvas, body: Body) -> None:
    """Lines outside the body: furniture by wording and links."""
    settled = {line.start for line in body.lines}
    settled |= {line.start for start, end, _, _ in body.branches for line in tree.lines_within(start, end)}
    for line in tree.lines:
        if line.start not in settled:
            zone = furniture(tree, line, after=True)
            if zone:
                canvas.paint(line.start, line.end, *zone)
