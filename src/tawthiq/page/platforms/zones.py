"""The zones of a platform's page, painted from the messages and their roles.

Body is the words of the account or chat that the page shows; name and handle are byline, the moment is a date; what
others wrote below is comment, what the platform offers or another post quotes is related, buttons and counters are
navigation. A forward's origin is byline too ("forwarded from"), so that nothing of where words came from is lost.
"""

from collections.abc import Iterable

from tawthiq.page.moments import beside_moment
from tawthiq.page.painting import Canvas
from tawthiq.page.platforms.facts import Facts
from tawthiq.page.platforms.markup import Part
from tawthiq.page.platforms.messages import Sighting
from tawthiq.page.platforms.roles import Role
from tawthiq.page.tree import Line, Run, Tree
from tawthiq.page.wording import cues_of
from tawthiq.records.page import ZoneKind

_PROSE = 80  # characters from which on a line beside the posts may be more than a button
_LOOSE = {
    Part.SHOWN: (ZoneKind.BYLINE, "the account that the page shows"),
    Part.ABOUT: (ZoneKind.ABOUT, "how the account describes itself"),
    Part.SUGGESTED: (ZoneKind.RELATED, "what the platform offers beside the posts"),
    Part.SERVICE: (ZoneKind.OTHER, "a remark of the platform between messages"),
    Part.HEADING: (ZoneKind.TITLE, "the heading of the page"),
}
_PARTS = {
    Part.ANSWERED: (ZoneKind.RELATED, "the message that this one answers"),
    Part.PREVIEW: (ZoneKind.RELATED, "the preview of a linked page"),
    Part.ATTACHMENT: (ZoneKind.OTHER, "what is attached to a message"),
    Part.NOTE: (ZoneKind.OTHER, "a translation by the platform"),
    Part.SERVICE: (ZoneKind.OTHER, "a remark of the platform between messages"),
    Part.SIGNATURE: (ZoneKind.BYLINE, "who signed the message"),
    Part.ABOUT: (ZoneKind.ABOUT, "how the account describes itself"),
    Part.HEADING: (ZoneKind.TITLE, "the heading of the page"),
}
_OTHERS = {
    Role.REPLY: (ZoneKind.COMMENT, "a reply by another account"),
    Role.QUOTED: (ZoneKind.RELATED, "another account's post, shown inside a post"),
    Role.SUGGESTED: (ZoneKind.RELATED, "a post that the platform offers"),
}


def paint(tree: Tree, sighting: Sighting, facts: list[Facts], found: list[Role]) -> Canvas:
    """The canvas of a page whose messages have these facts and roles."""
    canvas = Canvas(tree.text)
    for line in tree.lines:
        canvas.paint(line.start, line.end, *_beside(tree, line))
    for part, (kind, reason) in _LOOSE.items():
        for start, end in stretches(tree, (run for run, own in sighting.loose if own is part)):
            canvas.paint(start, end, kind, reason)
    for start, end in stretches(tree, (run for run, own in sighting.loose if own is Part.SERVICE)):
        if beside_moment(tree.text[start:end]) == "":
            canvas.paint(start, end, ZoneKind.DATE, "the day of the messages below")
    for one, role in zip(facts, found, strict=True):
        _paint_message(tree, canvas, one, role)
    return canvas


def _beside(tree: Tree, line: Line) -> tuple[ZoneKind, str]:
    """The zone of a line that stands in no message."""
    cues = cues_of(tree.of(line))
    if "comment_form" in cues:
        return ZoneKind.COMMENT_FORM, "the form or rules for commenting"
    if cues & {"related_heading", "social_suggested"}:
        return ZoneKind.RELATED, "its wording"
    if len(line) >= _PROSE and line.linked < len(line) / 2:
        return ZoneKind.OTHER, "text beside the posts"
    return ZoneKind.NAVIGATION, "furniture of the platform"


def _paint_message(tree: Tree, canvas: Canvas, one: Facts, role: Role) -> None:
    for start, end in stretches(tree, (run for run, _ in one.message.runs)):
        canvas.paint(start, end, ZoneKind.NAVIGATION, "a button or counter of the platform")
    for run in one.message.of(None):
        if run.end - run.start >= _PROSE and not run.link:
            canvas.paint(run.start, run.end, ZoneKind.OTHER, "text beside the words of a post")
    if role is not Role.OWN:
        told = [*one.named, *one.dated, *one.origin, *one.words]
        for start, end in stretches(tree, sorted(told, key=lambda run: run.start)):
            canvas.paint(start, end, *_OTHERS[role])
        return
    for part, (kind, reason) in _PARTS.items():
        for start, end in stretches(tree, one.message.of(part)):
            canvas.paint(start, end, kind, reason)
    for start, end in stretches(tree, one.translation):
        canvas.paint(start, end, ZoneKind.OTHER, "the platform's translation of the post")
    for runs, kind, reason in (
        (one.named, ZoneKind.BYLINE, "the account that posted"),
        (one.dated, ZoneKind.DATE, "the moment of posting"),
        (one.origin, ZoneKind.BYLINE, "forwarded from"),
        (one.words, ZoneKind.BODY, _reason(one)),
    ):
        for start, end in stretches(tree, runs):
            canvas.paint(start, end, kind, reason)


def _reason(one: Facts) -> str:
    if one.translated:
        return "the words of a post, as the platform translated them"
    return "words that the account forwarded" if one.origin else "the words of a post"


def stretches(tree: Tree, runs: Iterable[Run]) -> list[tuple[int, int]]:
    """The ranges of runs in reading order, joined where nothing but white space is between them."""
    found: list[tuple[int, int]] = []
    for run in runs:
        if found and not tree.text[found[-1][1] : run.start].strip():
            found[-1] = found[-1][0], run.end
        else:
            found.append((run.start, run.end))
    return found
