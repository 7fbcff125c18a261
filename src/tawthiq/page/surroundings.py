"""What stands around the body: the lines in which date and credit are sought, and what they tell.

Lines near the title and at the body's ends count, never those of furniture or comments. A date above the title counts
inside the element that holds the article, not in the page's top bar; one in or below the body only when it is marked or
nothing in the metadata speaks against it, since lists of other reports stand there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tawthiq.page.agencies import Credit, body_credits, credit_in
from tawthiq.page.body import Body
from tawthiq.page.comments import PROSE, CommentSections
from tawthiq.page.furniture import furniture
from tawthiq.page.metadata import Metadata, iso_date
from tawthiq.page.painting import Canvas
from tawthiq.page.published import SeenDate, dates_of_line, marked_as
from tawthiq.page.titles import Title
from tawthiq.page.tree import Line, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.page import ZoneKind

_NEAR = 14  # lines above the title and around the body in which byline, date and credit are sought
_FAR = 60  # lines between title and body past which the title is not taken for their head
_DATE_LINE = 90


@dataclass(frozen=True, slots=True)
class Scene:
    """What is known when the parts around the body are sought."""

    tree: Tree
    canvas: Canvas
    sections: CommentSections
    title: Title | None
    body: Body
    metadata: Metadata
    nearby: list[Line]

    def in_other_branch(self, line: Line) -> bool:
        """Whether a line lies in a branch that is furniture (related, navigation, captions)."""
        return any(start <= line.start and line.end <= end for start, end, _, _ in self.body.branches)

    @property
    def begin(self) -> int:
        """Where the body begins; 0 without one."""
        return self.body.lines[0].start if self.body.lines else 0

    @property
    def end(self) -> int:
        """Where the body ends; the end of the text without one."""
        return self.body.lines[-1].end if self.body.lines else len(self.tree.text)


def lines_near(tree: Tree, sections: CommentSections, title: Title | None, body: Body) -> list[Line]:
    """Lines around title and body where byline, date and credit stand: between, above the title, and below the body."""
    if not body.lines:
        return tree.lines[:30]
    numbers = {line.start: number for number, line in enumerate(tree.lines)}
    first, last = numbers[body.lines[0].start], numbers[body.lines[-1].start]
    begin = first
    if title and title.start >= 0 and title.start < body.lines[0].start:
        begin = numbers.get(title.start, first)
        if first - begin > _FAR:
            begin = first
    inside = {line.start for line in body.lines[1:-1]}
    window = [
        *range(begin, first + 1),
        *range(begin - 1, max(-1, begin - _NEAR), -1),
        *range(first, min(len(tree.lines), last + 9)),
    ]
    chosen = [tree.lines[number] for number in dict.fromkeys(window)]
    return [line for line in chosen if line.start not in inside and not sections.covers(line.start, line.end)]


def dates_near(scene: Scene) -> list[SeenDate]:
    """Dates displayed near the title and the body; painted, unless they stand in a sentence."""
    tree, title_start = scene.tree, scene.title.start if scene.title else -1
    seen: list[SeenDate] = []
    for line in scene.nearby:
        words = tree.of(line)
        long = len(words) > _DATE_LINE and not cues_of(words) & {"date_prefix", "updated_prefix"}
        if line.start == title_start or long or scene.in_other_branch(line):
            continue
        found = dates_of_line(tree.text, line.start, line.end)
        if not found or not _is_date_line(tree, line, found):
            continue
        if line.end <= title_start and not _shares_article(tree, line, title_start):
            continue
        found = [_marked_by_name(tree, line, one) for one in found]
        for one in found:
            scene.canvas.paint(one.start, one.end, ZoneKind.DATE, "a date beside the title or the body")
        seen += (one for one in found if one.marked or line.start < scene.begin or not _speaks_against(scene, one))
    return seen


def _speaks_against(scene: Scene, found: SeenDate) -> bool:
    """Whether the metadata tells another day than an unmarked date in or below the body."""
    told = scene.metadata.published
    return told is not None and abs((told.day - found.value.day).days) > 1


def _marked_by_name(tree: Tree, line: Line, found: SeenDate) -> SeenDate:
    """The date, marked as an update where an element around it is named so and its words say nothing."""
    if found.marked:
        return found
    for run in line.runs:
        if run.start <= found.start < run.end or found.start <= run.start < found.end:
            for index in tree.ancestors(run.element)[:3]:
                if "updated" in tree.elements[index].cues:
                    return replace(found, marked="updated")
    return found


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


def machine_dates(scene: Scene) -> list[SeenDate]:
    """The `datetime` attributes of time elements near the title and the body, which words such as "3 hours ago" stand in."""
    title_start = scene.title.start if scene.title else -1
    found: list[SeenDate] = []
    for line in scene.nearby:
        if len(line) > _DATE_LINE or line.start > scene.end or scene.in_other_branch(line):
            continue
        if line.end <= title_start and not _shares_article(scene.tree, line, title_start):
            continue
        found += _machine_dates_of(scene.tree, line)
    return found


def _machine_dates_of(tree: Tree, line: Line) -> Iterator[SeenDate]:
    for run in line.runs:
        element = tree.elements[run.element]
        value = iso_date(element.attributes.get("datetime", "")) if element.tag == "time" else None
        if value:
            marked = marked_as(tree.text[line.start : run.end]) or ("updated" if "updated" in element.cues else None)
            yield SeenDate(value, run.start, run.end, marked)


def credit_near(scene: Scene) -> Credit | None:
    """The agency credited by the text; photo credits are painted but credit the picture, not the report."""
    tree, canvas, body = scene.tree, scene.canvas, scene.body
    for start, end, kind, _ in (*body.branches, *body.left_out):
        if kind is ZoneKind.CAPTION:
            photo = credit_in(tree.text, start, end)
            if photo:
                canvas.paint(photo.start, photo.end, ZoneKind.AGENCY, "the credit of a picture")
    credited = body_credits(tree.text, [(line.start, line.end) for line in body.lines])
    if not credited:
        near = [line for line in scene.nearby if len(line) < PROSE and not line.linked]
        near = [line for line in near if not scene.in_other_branch(line) and not _is_of_picture(tree, line)]
        found = (credit_in(tree.text, line.start, line.end) for line in near)
        credited = [one for one in found if one][:1]
    for credit in credited:
        canvas.paint(credit.start, credit.end, ZoneKind.AGENCY, "a credited agency")
    return next(iter(credited), None)


def _is_of_picture(tree: Tree, line: Line) -> bool:
    """Whether a line is a caption or a picture's credit by its wording."""
    zone = furniture(tree, line, after=True)
    return zone is not None and zone[0] is ZoneKind.CAPTION
