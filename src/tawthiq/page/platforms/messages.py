"""The messages of a platform's page: which characters belong to which message, and what each run of them is.

A run belongs to the innermost message around it. Three kinds of message have no element of their own: posts of which only
the words are marked (the smallest element that also holds a name is taken), replies in a list of comments that begin with
a name, and a post that is shared inside another (a second name after the first one's moment or words).
"""

from bisect import bisect_left
from dataclasses import dataclass, field
from enum import StrEnum

from tawthiq.page.moments import beside_moment
from tawthiq.page.platforms.markup import Markup, Part, climb
from tawthiq.page.tree import Element, Run, Tree
from tawthiq.page.wording import cues_of


class Kind(StrEnum):
    """A post, a reader's reply to one, or another's post that a post shows."""

    POST = "post"
    REPLY = "reply"
    QUOTE = "quote"


@dataclass(slots=True, eq=False)
class Message:
    """One message: `element` is the index of the element that holds it, `around` the message that it stands in.

    `runs` are its characters in order, each with its part, None where the table names none. `focus` tells that the page
    is about it, `suggested` that the platform offers it.
    """

    element: int
    kind: Kind
    around: "Message | None" = None
    suggested: bool = False
    focus: bool = False
    runs: list[tuple[Run, Part | None]] = field(default_factory=list)

    def of(self, *parts: Part | None) -> list[Run]:
        """Its runs of these parts."""
        return [run for run, part in self.runs if part in parts]


@dataclass(slots=True)
class Sighting:
    """What the markup tells of a page: its messages in reading order, and the named runs outside of all of them.

    `framed` tells that they stand in the frame of the platform's own pages.
    """

    messages: list[Message] = field(default_factory=list)
    loose: list[tuple[Run, Part]] = field(default_factory=list)
    framed: bool = False


@dataclass(frozen=True, slots=True)
class _State:
    """What is known inside an element: its message, its part, and whether it lies in a list of comments or suggestions."""

    message: Message | None = None
    part: Part | None = None
    comments: bool = False
    suggested: bool = False
    focus: bool = False


_STICKY = frozenset({Part.ANSWERED, Part.PREVIEW, Part.ORIGIN, Part.ATTACHMENT, Part.ABOUT, Part.SERVICE, Part.NOTE})
_IN_WORDS = frozenset({Part.CHROME, Part.NOTE, Part.ANSWERED, Part.PREVIEW, Part.MOMENT, Part.ATTACHMENT})
_OPENING = frozenset({Part.MESSAGE, Part.REPLY, Part.QUOTE})
_NO_LABEL = _OPENING | {Part.HOST, Part.SIGN, Part.FRAME, Part.FOCUS, Part.FOCUS_AREA, Part.COMMENTS, Part.SUGGESTED}
_LABELS = tuple(part for part in Part if part not in _NO_LABEL)
_LONGEST_HEADING = 60
_SENTENCE = 40
_SHARED = 2  # words of posts in one: its own and those that it shares
_SHARING = frozenset({"facebook"})  # platforms whose shared posts stand inside a post without an element of their own


def sighted(tree: Tree, markup: Markup) -> Sighting:
    """The messages of a page in one platform's markup."""
    found = Sighting()
    parts = [markup.parts(tree, element) for element in tree.elements]
    found.framed = any(Part.FRAME in own for own in parts)
    roots = _unmarked_roots(tree, parts)
    if markup.platform in _SHARING and not roots and not _has_post(tree, parts):
        roots = _named_root(tree, parts)
    states: list[_State] = []
    for element in tree.elements:
        before = states[element.parent] if element.parent >= 0 else _State()
        own = parts[element.index]
        if element.index in roots:
            own |= {Part.MESSAGE}
        states.append(_state(found, before, element, own) if own else before)
    _Assigning(tree, found, states, shares=markup.platform in _SHARING).run()
    _drop_hollow(tree, found)
    _mark_suggested(tree, found, states)
    return found


def _unmarked_roots(tree: Tree, parts: list[frozenset[Part]]) -> set[int]:
    """For words that stand in no message: the smallest element around them that also holds a name before them."""
    outermost: list[Element] = []
    told = [False] * len(parts)
    for element in tree.elements:
        own = parts[element.index]
        inside = element.parent >= 0 and told[element.parent]
        told[element.index] = inside or bool(own & (_OPENING | {Part.WORDS}))
        if Part.WORDS in own and not inside and element.end > element.start:
            outermost.append(element)
    if not outermost:
        return set()
    names = sorted(e.start for e in tree.elements if Part.ACCOUNT in parts[e.index] and e.end > e.start)
    starts = [element.start for element in outermost]
    return {_root(tree, element, names, starts) for element in outermost}


def _has_post(tree: Tree, parts: list[frozenset[Part]]) -> bool:
    """Whether any element is marked as a post and not as a reply."""
    return any(
        Part.MESSAGE in own and _kind(own, element, comments=False) is Kind.POST
        for own, element in zip(parts, tree.elements, strict=True)
    )


def _named_root(tree: Tree, parts: list[frozenset[Part]]) -> set[int]:
    """On a page without any post: the smallest element that holds a linked name and a sentence's length beside it."""
    for element in tree.elements:
        if Part.ACCOUNT in parts[element.index] and _is_linked(tree, element):
            for index in climb(tree, element.parent):
                around = tree.elements[index]
                if around.end - around.start > element.end - element.start + _SENTENCE:
                    return {index} if around.tag not in ("body", "html") else set()
    return set()


def _is_linked(tree: Tree, name: Element) -> bool:
    """Whether a name leads to its account, as a heading of the platform's own does not."""
    return any(element.tag == "a" for element in tree.elements_within(name.start, name.end))


def _root(tree: Tree, words: Element, names: list[int], starts: list[int]) -> int:
    """The element of a post around its words; a post may hold one other below its words, which it shares."""
    for index in climb(tree, words.parent):
        around = tree.elements[index]
        first, last = bisect_left(starts, around.start), bisect_left(starts, around.end)
        if around.tag in ("body", "html") or starts[first] != words.start or last - first > _SHARED:
            break
        if bisect_left(names, words.start) > bisect_left(names, around.start):
            return index
    return words.index


def _state(found: Sighting, before: _State, element: Element, own: frozenset[Part]) -> _State:
    """What is known inside `element`; a new message is noted when it opens one."""
    comments = before.comments or Part.COMMENTS in own
    suggested = before.suggested or Part.SUGGESTED in own
    focus = before.focus or Part.FOCUS_AREA in own
    message, part = before.message, before.part
    opens = own & _OPENING and Part.SERVICE not in own and part not in _STICKY
    kind = _kind(own, element, comments=comments) if opens else None
    if kind and _stands_alone(kind, message):
        message = Message(element.index, kind, message, suggested, focus or Part.FOCUS in own)
        found.messages.append(message)
        part = Part.WORDS if Part.WORDS in own else None
    else:
        label = next((one for one in _LABELS if one in own), None)
        if label and part not in _STICKY and (part is not Part.WORDS or label in _IN_WORDS):
            part = label
    return _State(message, part, comments, suggested, focus)


def _kind(own: frozenset[Part], element: Element, *, comments: bool) -> Kind:
    if Part.QUOTE in own:
        return Kind.QUOTE
    label = element.attributes.get("aria-label", "")[:200]
    return Kind.REPLY if Part.REPLY in own or comments or "social_reply_label" in cues_of(label) else Kind.POST


def _stands_alone(kind: Kind, around: Message | None) -> bool:
    """Whether a message may open here: nothing is quoted outside of a post, and only replies and quotes stand in others."""
    if kind is Kind.QUOTE:
        return around is not None and around.kind is not Kind.QUOTE
    return around is None or kind is Kind.REPLY


class _Assigning:
    """Gives each run to its message, and opens the messages that only their order tells."""

    def __init__(self, tree: Tree, found: Sighting, states: list[_State], *, shares: bool) -> None:
        self.tree = tree
        self.found = found
        self.states = states
        self.shares = shares
        self.opened: dict[int, tuple[Message, int]] = {}  # by the element of the message around: what opened last in it

    def run(self) -> None:
        """Visit every run once, in reading order."""
        for line in self.tree.lines:
            for run in line.runs:
                state = self.states[run.element]
                if state.message is not None:
                    self._message_of(run, state, state.message).runs.append((run, state.part))
                elif state.part or state.suggested:
                    self.found.loose.append((run, state.part or Part.SUGGESTED))

    def _message_of(self, run: Run, state: _State, message: Message) -> Message:
        inner, name = self.opened.get(message.element, (message, -1))
        if state.part is not Part.ACCOUNT:
            return inner
        if (named := self._named_by(run)) != name and self._opens(message, named, state):
            inner = Message(message.element, Kind.REPLY if state.comments else Kind.QUOTE, message, message.suggested)
            self.found.messages.append(inner)
            self.opened[message.element] = inner, named
        return inner

    def _opens(self, message: Message, named: int, state: _State) -> bool:
        """Whether a name begins a message of its own inside `message`."""
        if message.kind is not Kind.POST:
            return False
        if state.comments:
            return True
        first = next((run for run, part in message.runs if part is Part.ACCOUNT), None)
        return self.shares and first is not None and self._named_by(first) != named and self._has_begun(message)

    def _has_begun(self, message: Message) -> bool:
        """Whether a message has shown its moment or words, after which another name is another's."""
        return any(
            part in (Part.MOMENT, Part.WORDS) or (part is None and beside_moment(self.tree.of(run)) == "")
            for run, part in message.runs
        )

    def _named_by(self, run: Run) -> int:
        """The outermost element of the name that a run stands in."""
        named = [index for index in climb(self.tree, run.element) if self.states[index].part is Part.ACCOUNT]
        return named[-1] if named else run.element


def give_back(message: Message, around: Message) -> None:
    """Let the characters of a message belong to the one around it."""
    around.runs += message.runs
    around.runs.sort(key=_place)
    message.runs = []


def _place(told: tuple[Run, Part | None]) -> int:
    """Where a run of a message stands in the text."""
    return told[0].start


def _drop_hollow(tree: Tree, found: Sighting) -> None:
    """Leave out messages without characters; what is no reply and says nothing goes back to the message around it."""
    for message in found.messages:
        around = message.around
        told = message.of(Part.WORDS, Part.MOMENT) or any(tree.of(run).startswith("@") for run, _ in message.runs)
        if around is not None and message.kind is Kind.QUOTE and not told:
            around.runs += message.runs
            message.runs = []
    for message in found.messages:  # once each: a page may hold thousands of hollow ones
        message.runs.sort(key=_place)
    found.messages = [message for message in found.messages if message.runs]
    found.messages.sort(key=lambda message: message.runs[0][0].start)


def _mark_suggested(tree: Tree, found: Sighting, states: list[_State]) -> None:
    """Posts below a heading such as "Discover more", and posts that say so themselves, are suggestions, but never all."""
    headings = [
        line.start
        for line in tree.lines
        if len(line) <= _LONGEST_HEADING
        and "social_suggested" in cues_of(tree.of(line))
        and not any(states[run.element].message for run in line.runs)
    ]
    below = min(headings, default=len(tree.text))
    posts = [message for message in found.messages if message.kind is Kind.POST]
    suggested: set[int] = set()
    for message in posts:
        told = (run for run in message.of(None, Part.CHROME) if run.end - run.start <= _LONGEST_HEADING)
        labelled = any("social_suggested" in cues_of(tree.of(run)) for run in told)
        if message.suggested or labelled or message.runs[0][0].start > below:
            suggested.add(id(message))
    for message in posts:
        message.suggested = id(message) in suggested and len(suggested) < len(posts)
