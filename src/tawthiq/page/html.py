"""An HTML page taken apart: the order in which zones are found, and how they come together.

Comments first, then title and body, then what stands between them (byline, date, credit), then furniture. Each step
paints over the one before where it knows better; comments are painted last and are covered by nothing.
"""

from dataclasses import dataclass

from tawthiq.page.agencies import Credit, body_credit, credit_in
from tawthiq.page.body import Body, Claims, find_body
from tawthiq.page.bylines import has_prefix, person
from tawthiq.page.comments import PROSE, CommentSections, named_sections, unnamed_sections
from tawthiq.page.furniture import furniture
from tawthiq.page.labels import label
from tawthiq.page.metadata import Metadata, read_metadata
from tawthiq.page.painting import Canvas
from tawthiq.page.platforms import PlatformPage, QuotedPost, platforms_of, quoted_posts, read_platform
from tawthiq.page.published import SeenDate, best_date, dates_of_line
from tawthiq.page.shortcodes import shortcodes
from tawthiq.page.titles import Title, find_title, site_in_title
from tawthiq.page.tree import Line, Run, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.page import Comment, PageDate, Post, Sheet, Zone, ZoneKind

_NEAR = 14  # lines above the title and around the body in which byline, date and credit are sought


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


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known when the parts around the body are sought."""

    tree: Tree
    canvas: Canvas
    sections: CommentSections
    title: Title | None
    body: Body
    metadata: Metadata
    nearby: list[Line]


def take_apart(tree: Tree, url: str | None = None) -> Anatomy:
    """The anatomy of a parsed page; `url` is its address, where it is known."""
    platforms = platforms_of(tree)
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
    return _assembled(tree, metadata, sections, title, body, quoted=_in_body(body, sections, quoted))


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
    nearby = _nearby(tree, sections, title, body)
    nearby = [line for line in nearby if not any(post.holds(line.start) for post in quoted)]
    scene = _Scene(tree, canvas, sections, title, body, metadata, nearby)
    seen = _dates(scene)
    byline = _byline(scene)
    credit = _credit(scene)
    for start, end in shortcodes(tree.text):
        canvas.paint(start, end, ZoneKind.AD, "a shortcode of the publishing system")
    for start, end, kind, reason in sections.paints:
        canvas.paint(start, end, kind, reason)
    best = best_date(seen)
    return Anatomy(
        tree.text,
        canvas.zones(),
        title.text if title else None,
        byline,
        credit.name if credit else None,
        best.value if best else metadata.published,
        metadata.published,
        metadata.sites or _site(tree, title),
        tuple(sections.comments),
        posts=tuple(post.post for post in quoted),
    )


def _site(tree: Tree, title: Title | None) -> tuple[str, ...]:
    """The site's name by the title tag, where no metadata tells it."""
    name = site_in_title(tree.head_title, title.text if title and title.start >= 0 else None)
    return (name,) if name else ()


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


def _nearby(tree: Tree, sections: CommentSections, title: Title | None, body: Body) -> list[Line]:
    """Lines around title and body where byline, date and credit stand: above the title, between, and below the body."""
    if not body.lines:
        return tree.lines[:30]
    numbers = {line.start: number for number, line in enumerate(tree.lines)}
    first, last = numbers[body.lines[0].start], numbers[body.lines[-1].start]
    begin = first
    if title and title.start >= 0 and title.start < body.lines[0].start:
        begin = numbers.get(title.start, first)
        if first - begin > 60:
            begin = first
    inside = {line.start for line in body.lines[1:-1]}
    window = [
        *range(begin, first + 1),
        *range(begin - 1, max(-1, begin - _NEAR), -1),
        *range(first, min(len(tree.lines), last + 9)),
    ]
    chosen = [tree.lines[number] for number in dict.fromkeys(window)]
    return [line for line in chosen if line.start not in inside and not sections.covers(line.start, line.end)]


def _in_other_branch(body: Body, line: Line) -> bool:
    """Whether a line lies in a branch that is furniture (related, navigation, captions)."""
    return any(start <= line.start and line.end <= end for start, end, _, _ in body.branches)


def _dates(scene: _Scene) -> list[SeenDate]:
    """Dates displayed near the title and the body; painted, unless they stand in a sentence."""
    tree, canvas, title, body = scene.tree, scene.canvas, scene.title, scene.body
    seen: list[SeenDate] = []
    title_start = title.start if title else -1
    for line in scene.nearby:
        words = tree.of(line)
        if line.start == title_start or (len(words) > 90 and not cues_of(words) & {"date_prefix", "updated_prefix"}):
            continue
        if _in_other_branch(body, line):
            continue
        found = dates_of_line(tree.text, line.start, line.end)
        if not found or not _is_date_line(tree, line, found):
            continue
        if line.end <= title_start and not _shares_article(tree, line, title_start):
            continue
        seen += found
        for one in found:
            canvas.paint(one.start, one.end, ZoneKind.DATE, "a date beside the title or the body")
    return seen


def _is_date_line(tree: Tree, line: Line, found: list[SeenDate]) -> bool:
    """Whether the dates are what the line is for: by its element's name, its wording, or little else in it."""
    covered = sum(one.end - one.start for one in found)
    if any(one.marked for one in found) or covered >= 0.4 * len(line):
        return True
    return any(
        tree.elements[index].cues & {"date", "time"} for run in line.runs for index in tree.ancestors(run.element)[:4]
    )


def _shares_article(tree: Tree, line: Line, title_start: int) -> bool:
    """Whether a line above the title is inside the element that holds the article, not in the page's top bar."""
    for index in tree.ancestors(line.element):
        element = tree.elements[index]
        if element.cues & {"header", "navigation"} and element.end <= title_start:
            return False
        if element.start <= title_start < element.end:
            return element.tag not in ("body", "html") and element.end - element.start < 0.9 * len(tree.text)
    return False


def _byline(scene: _Scene) -> str | None:
    """The person who signed: from an element named so, a line that opens with "by", or metadata that names a person."""
    tree, body, sites = scene.tree, scene.body, scene.metadata.sites
    named: list[tuple[Run, str]] = []
    for line in scene.nearby:
        if _in_other_branch(body, line) or len(line) > 140:
            continue
        for run in line.runs:
            words = tree.of(run)
            if any("byline" in tree.elements[index].cues for index in tree.ancestors(run.element)[:5]):
                name = person(words, sites)
                if name:
                    named.append((run, name))
        if not named and has_prefix(tree.of(line)):
            name = person(tree.of(line), sites)
            if name:
                end = tree.text.find(name, line.start, line.end) + len(name)
                named.append((Run(line.start, max(end, line.start + 1), line.element, link=False), name))
    if named:
        run, name = named[0]
        scene.canvas.paint(run.start, run.end, ZoneKind.BYLINE, "an element or wording that signs the report")
        return name
    return next((name for author in scene.metadata.authors if (name := person(author, sites))), None)


def _credit(scene: _Scene) -> Credit | None:
    """The agency credited by the text; photo credits are painted but credit the picture, not the report."""
    tree, canvas, body = scene.tree, scene.canvas, scene.body
    for start, end, kind, _ in body.branches:
        if kind is ZoneKind.CAPTION:
            photo = credit_in(tree.text, start, end)
            if photo:
                canvas.paint(photo.start, photo.end, ZoneKind.AGENCY, "the credit of a picture")
    credit = body_credit(tree.text, [(line.start, line.end) for line in body.lines])
    if credit is None:
        near = [line for line in scene.nearby if len(line) < PROSE]
        near = [line for line in near if not _in_other_branch(body, line)]
        found = (credit_in(tree.text, line.start, line.end) for line in near if not line.linked)
        credit = next((one for one in found if one), None)
    if credit:
        canvas.paint(credit.start, credit.end, ZoneKind.AGENCY, "a credited agency")
    return credit
