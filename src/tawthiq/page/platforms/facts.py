"""What one message says of itself: who posted it, under which address, when, and which characters are its words."""

import re
from dataclasses import dataclass

from tawthiq.page.moments import beside_moment
from tawthiq.page.platforms.markup import Part, climb
from tawthiq.page.platforms.messages import Kind, Message
from tawthiq.page.platforms.moments import better, dates_of
from tawthiq.page.records import is_name
from tawthiq.page.tree import Run, Tree
from tawthiq.page.wording import cues_of, is_counter
from tawthiq.records.page import PageDate

_HANDLE = re.compile(r"^@\w{1,40}$")
_LETTER = re.compile(r"[^\W_]")
_ADDRESS = re.compile(r"^(?:https?://[^/]+)?/(?:@)?([A-Za-z0-9_.]{2,60})/?(?:[?#].*)?$")
_NO_HANDLE = frozenset(
    {"profile.php", "groups", "hashtag", "search", "story.php", "permalink.php", "watch", "photo.php"}
)
_PRE_PLAIN = re.compile(r"^\[(?P<moment>[^\]]{4,40})\]\s*(?P<name>.{1,80}?):\s*$")
_FURNITURE = frozenset(
    {
        "social_button", "social_count", "social_sharing", "relative_time", "reply", "share", "comment_form",
        "comments_heading", "views", "social_badge", "subscribe",
    }
)  # fmt: skip
_LONGEST_BUTTON = 60
_SCRAMBLED = 2  # characters of a piece of a moment that is taken apart against machines
_FAR = 60  # runs from the beginning of a message in which its moment is sought


@dataclass(slots=True)
class Facts:
    """What was read from a message. `named`, `dated` and `words` are the runs that tell it; `origin` those of a forward.

    `translation` are runs in which the platform translates words that stand beside it; `translated` tells that the words
    themselves are its translation. `link` is the post's own address, `told` the date by an attribute.
    """

    message: Message
    account: str | None
    handle: str | None
    moment: str | None
    published: PageDate | None
    told: PageDate | None
    named: list[Run]
    dated: list[Run]
    origin: list[Run]
    words: list[Run]
    translation: list[Run]
    translated: bool
    link: str | None


def facts_of(tree: Tree, message: Message, *, unmarked: bool) -> Facts:
    """Read one message; with `unmarked`, its words are found even where no attribute marks them."""
    named, origin = _names(tree, message)
    dated = [run for run in message.of(Part.MOMENT) if _LETTER.search(tree.of(run))] or _unmarked_moment(tree, message)
    words = message.of(Part.WORDS)
    if not words and unmarked:
        named, words = _unmarked(tree, message, named, dated)
    words, translation, translated = _untranslated(tree, message, words)
    first = _together(tree, dated)
    account, handle = _account(tree, named)
    shown, told = dates_of(tree, first, message.element)
    moment = tree.text[first[0].start : first[-1].end] if first else None
    own = tree.elements[message.element].attributes
    if match := _PRE_PLAIN.match(own.get("data-pre-plain-text", "")):
        account, moment = match["name"], match["moment"]
        named = [run for run, _ in message.runs if tree.of(run) == account]
    if "data-post" in own:
        handle = "@" + own["data-post"].partition("/")[0]
    return Facts(
        message,
        account,
        handle,
        moment,
        better(shown, told),
        told,
        named,
        dated,
        origin,
        words,
        translation,
        translated,
        _link(tree, first, message.element),
    )


def _names(tree: Tree, message: Message) -> tuple[list[Run], list[Run]]:
    """The runs of the name, and those of the origin of a forward: also names that stand after "forwarded from"."""
    named: list[Run] = []
    origin: list[Run] = []
    forwarded = False
    for run, part in message.runs:
        if part not in (Part.ACCOUNT, Part.HANDLE, Part.ORIGIN):
            forwarded = forwarded and part is not Part.WORDS
            continue
        cues = cues_of(tree.of(run))
        forwarded = forwarded or "social_forwarded" in cues
        if part is not Part.ORIGIN and not forwarded:
            named.append(run)
        elif "social_badge" not in cues:
            origin.append(run)
    return named, origin


def _account(tree: Tree, named: list[Run]) -> tuple[str | None, str | None]:
    """The name as displayed, and the handle: displayed, else the last part of the address that the name leads to."""
    words = [run for run in named if _LETTER.search(tree.of(run))]
    handle = next((tree.of(run) for run in words if _HANDLE.match(tree.of(run))), None)
    names = [run for run in words if not tree.of(run).startswith("@")]
    if handle is None:
        at = next((number for number, run in enumerate(named) if tree.of(run) == "@"), None)
        if at is not None and at + 1 < len(named):
            handle = "@" + tree.of(named[at + 1])
            names = [run for run in names if run is not named[at + 1]]
    if not names:
        return handle.removeprefix("@") if handle else None, handle
    first = names[0]
    around = _anchor(tree, first)
    same = [run for run in names if run is first or (around >= 0 and _anchor(tree, run) == around)]
    account = tree.text[first.start : same[-1].end].replace("\n", " ")
    return account, handle or _handle_of(tree, around)


def _anchor(tree: Tree, run: Run) -> int:
    """The link that a run stands in, or -1."""
    if not run.link:
        return -1
    return next((index for index in climb(tree, run.element) if tree.elements[index].tag == "a"), -1)


def _handle_of(tree: Tree, anchor: int) -> str | None:
    match = _ADDRESS.match(tree.elements[anchor].attributes.get("href", "")) if anchor >= 0 else None
    return f"@{match[1]}" if match and match[1] not in _NO_HANDLE and not match[1].endswith((".html", ".php")) else None


def _link(tree: Tree, runs: list[Run], within: int) -> str | None:
    """The address that a moment leads to: the post's own."""
    for run in runs:
        anchor = _anchor(tree, run)
        if anchor > within:
            return tree.elements[anchor].attributes.get("href")
    return None


def _together(tree: Tree, dated: list[Run]) -> list[Run]:
    """The first moment of a message: its first run and those that go on in the same line."""
    if not dated:
        return []
    end = tree.text.find("\n", dated[0].start)
    return [run for run in dated if end < 0 or run.start < end]


def _unmarked_moment(tree: Tree, message: Message) -> list[Run]:
    """The moment of a message that marks none: a run that is nothing else, rather a link to the post than not."""
    free = [run for run, part in message.runs[:_FAR] if part is None]
    told = [run for run in free if beside_moment(tree.of(run)) == ""]
    linked = [run for run in told if run.link]
    labelled = [run for run in free if run.link and _told_by_link(tree, run, message.element)]
    return [*linked, *labelled, *told][:1]


def _told_by_link(tree: Tree, run: Run, within: int) -> bool:
    """Whether a run is a link to the post whose label for screen readers is its moment."""
    anchor = _anchor(tree, run)
    label = tree.elements[anchor].attributes.get("aria-label", "") if anchor > within else ""
    return bool(label) and beside_moment(label) == ""


def _untranslated(tree: Tree, message: Message, words: list[Run]) -> tuple[list[Run], list[Run], bool]:
    """The words, the platform's translation of them where both are shown, and whether the words are a translation."""
    note = translated = None
    for run, part in message.runs:
        if part is Part.WORDS:
            continue
        cues = cues_of(tree.of(run))
        note = run if note is None and "social_translated" in cues else note
        translated = run if "social_original" in cues else translated
    if note is None:
        return words, [], translated is not None
    before = [run for run in words if run.start < note.start]
    after = [run for run in words if run.start > note.start]
    return (before, after, False) if before and after else (words, [], True)


def _unmarked(tree: Tree, message: Message, named: list[Run], dated: list[Run]) -> tuple[list[Run], list[Run]]:
    """Name and words of a message whose words no attribute marks: what is neither name, moment nor furniture."""
    label = tree.elements[message.element].attributes.get("aria-label", "")
    free = [run for run in message.of(None) if run not in dated]
    directed = {run.start for run in free if _is_directed(tree, run, message.element)}
    words: list[Run] = []
    for run in free:
        line = tree.of(run)
        if not named and not words and _may_name(line, run, label, message):
            named = [run]
        elif named and not words and _HANDLE.match(line):
            named = [*named, run]
        elif len(line) <= _SCRAMBLED and run.link:
            continue
        elif _LETTER.search(line) and not _is_furniture(line) and (run.start in directed or not directed):
            words.append(run)
    return named, words


def _may_name(words: str, run: Run, label: str, message: Message) -> bool:
    if label and message.kind is Kind.REPLY:
        return words in label
    return run.link and is_name(words) and not cues_of(words)


def _is_directed(tree: Tree, run: Run, within: int) -> bool:
    """Whether the page lets the run's words choose their direction, as it does for what people wrote, outside of links."""
    for index in climb(tree, run.element):
        if index <= within:
            return False
        if tree.elements[index].attributes.get("dir") == "auto":
            return True
    return False


def _is_furniture(words: str) -> bool:
    if len(words) > _LONGEST_BUTTON:
        return False
    return bool(cues_of(words) & _FURNITURE) or is_counter(words, bare=True)
