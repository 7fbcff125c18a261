"""What a visit does on a page once it has loaded, as a careful reader would, and what came of each thing.

In order: put away what stands before the page (refused or closed, never agreed to), scroll to the end so that what loads
late is loaded, wake images that still sleep, open what is folded (rest of a text, comments, replies, further entries), go
back to the top. Everything is bounded, everything is told as an Act. Links that lead elsewhere, buttons that send forms and
wording that the tables forbid are not pressed; ways out of the page are blocked while this goes on (page.js).
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Error as BrowserError

from tawthiq.capture.browser.buttons import Use, is_banner, is_forbidden, use_of
from tawthiq.capture.browser.worlds import World, Worlds
from tawthiq.capture.names import shown
from tawthiq.records.visit import Act

SCROLL_STEPS = 60
STEP_SECONDS = 0.12
PRESSES = 40
ROUNDS = 12
PRESSES_OF_ONE = {Use.ITEMS: 8, Use.COMMENTS: 4}
SETTLE_SECONDS = 2.5
BANNERS = 6
LONGEST_DETAIL = 600

Settle = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Diary:
    """What was done so far, in order."""

    acts: list[Act] = field(default_factory=list)

    def note(self, behaviour: str, detail: str) -> None:
        """Write down one act, now."""
        self.acts.append(Act(datetime.now(UTC), behaviour, shown(detail, LONGEST_DETAIL)))


@dataclass(frozen=True, slots=True)
class Reader:
    """One page under our hands. `settle` waits until it falls silent, at most so many seconds; `deadline` is monotonic."""

    worlds: Worlds
    diary: Diary
    settle: Settle
    deadline: float

    @property
    def is_late(self) -> bool:
        """Whether the time for this page is over."""
        return time.monotonic() >= self.deadline


def behave(reader: Reader) -> None:
    """Do all of it, as far as time allows. A page that goes away under our hands ends it, with a note."""
    try:
        worlds = _armed(reader)
        _dismiss(reader, worlds)
        _scroll(reader)
        _wake(reader)
        before = _dialogs(reader)
        if _expand(reader, _armed(reader)):
            _escape(reader, before)
            _scroll(reader)
        _dismiss(reader, _armed(reader))
        reader.worlds.top().call("top")
        reader.settle(0.5)
        _tell_prevented(reader)
        if reader.is_late:
            reader.diary.note("stop", "the time for this page was over")
    except BrowserError as error:
        reader.diary.note("stop", f"the page went away ({error.message.partition(chr(10))[0]})")


def _armed(reader: Reader) -> list[World]:
    """Our worlds in all documents there are now, each holding its page where it is."""
    worlds = reader.worlds.all()
    for world in worlds:
        _try(world, "arm", True)
    return worlds


def _tell_prevented(reader: Reader) -> None:
    """Note where scripts of the page wanted to go, and let it go again."""
    for world in reader.worlds.all():
        for address in _try(world, "kept") or []:
            reader.diary.note("stay", f"the page wanted to go to {address}; prevented")
        _try(world, "arm", False)


def _dismiss(reader: Reader, worlds: list[World]) -> None:
    """Refuse or close what stands before the page; what offers neither is left standing."""
    for world in worlds:
        for _ in range(BANNERS):
            boxes = [box for box in _try(world, "banners") or [] if is_banner(box["text"])]
            pressed = next((pair for box in boxes if (pair := _refusal(world, box)) is not None), None)
            if reader.is_late:
                return
            if pressed is None:
                _tell_standing(reader.diary, boxes)
                break
            _press_refusal(reader, world, *pressed)


def _tell_standing(diary: Diary, boxes: list[dict[str, Any]]) -> None:
    told = {act.detail for act in diary.acts}
    for box in boxes:
        detail = f'left standing, it offers no refusal that is known: "{_first_words(box["text"])}"'
        if shown(detail, LONGEST_DETAIL) not in told:
            diary.note("banner", detail)


def _refusal(world: World, box: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], str] | None:
    """A banner, the button by which it is refused or else put away, and the button's wording."""
    options = _try(world, "candidates", box["number"]) or []
    for wanted in (Use.REJECT, Use.NECESSARY, Use.CLOSE):
        for option in options:
            label = _label(option, wanted)
            if label is not None:
                return box, option, label
    return None


def _press_refusal(reader: Reader, world: World, box: dict[str, Any], option: dict[str, Any], label: str) -> None:
    words = _first_words(box["text"])
    _try(world, "press", option["number"])
    reader.settle(0.6)
    gone = not _try(world, "stands", box["number"])
    reader.diary.note("banner", f'pressed "{label}" on "{words}": it {"went away" if gone else "stayed"}')
    if not gone:
        # Pressed once is enough: a banner that stays is left standing.
        _try(world, "forget", box["number"])


def _scroll(reader: Reader) -> None:
    """Down to the end in steps a little shorter than the window; a page that keeps growing is left at its bound."""
    world = reader.worlds.top()
    first = last = None
    for step in range(SCROLL_STEPS):
        last = world.call("scroll")
        first = first or last
        reader.settle(STEP_SECONDS)
        if not last["moved"]:
            reader.settle(SETTLE_SECONDS)
            if not world.call("scroll")["moved"]:
                reader.diary.note("scroll", f"to the end in {step} steps; {last['height']:,} pixels high")
                return
        if reader.is_late:
            break
    at, height, began = last["at"] if last else 0, last["height"] if last else 0, first["height"] if first else 0
    grew = f"; it grew from {began:,} pixels" if height > began else ""
    reader.diary.note("scroll", f"stopped at {at:,} of {height:,} pixels{grew}")


def _wake(reader: Reader) -> None:
    """Have images and frames loaded that wait to come into view and did not."""
    images = frames = 0
    for world in reader.worlds.all():
        woken = _try(world, "wake") or {"images": 0, "frames": 0}
        images, frames = images + woken["images"], frames + woken["frames"]
    if images or frames:
        reader.settle(SETTLE_SECONDS)
        lacking = sum(_try(world, "images") or 0 for world in reader.worlds.all())
        told = f"{images} images and {frames} frames were asked to load at once; {lacking} images are still lacking"
        reader.diary.note("wake", told)


def _expand(reader: Reader, worlds: list[World]) -> int:
    """Open what is folded, round by round, since opening brings new buttons; how many were pressed."""
    presses: Counter[tuple[int, str, int]] = Counter()
    for _ in range(ROUNDS):
        before = presses.total()
        for world in worlds:
            for option in _try(world, "candidates", None) or []:
                use, label = _unfolding(option)
                key = (world.context, world.frame, option["number"])
                if use is None or presses[key] >= PRESSES_OF_ONE.get(use, 1):
                    continue
                if presses.total() >= PRESSES or reader.is_late:
                    reader.diary.note("expand", f"stopped after {presses.total()} buttons; there are more")
                    return presses.total()
                presses[key] += 1
                _press(reader, world, option, use, label)
        if presses.total() == before:
            break
    return presses.total()


def _press(reader: Reader, world: World, option: dict[str, Any], use: Use, label: str) -> None:
    """Press one button and note by how much the page grew."""
    before = _size(world)
    _try(world, "press", option["number"])
    reader.settle(SETTLE_SECONDS if use in (Use.ITEMS, Use.COMMENTS) else 0.4)
    elements, text = (now - was for now, was in zip(_size(world), before, strict=True))
    if not _try(world, "stands", option["number"]):
        # The button went; what came in its place is told without it.
        elements, text = elements + 1, text + len(label)
    came = f"{max(elements, 0):,} elements and {max(text, 0):,} characters came"
    told = came if elements > 0 or text > 0 else "nothing came"
    reader.diary.note("expand", f'pressed "{label}" ({use.value}): {told}')


def _dialogs(reader: Reader) -> set[int]:
    """The windows that stand over the page itself, by their numbers."""
    boxes: list[dict[str, Any]] = _try(reader.worlds.top(), "banners") or []
    return {box["number"] for box in boxes if box["dialog"]}


def _escape(reader: Reader, before: set[int]) -> None:
    """Close what a pressed button opened over the page (an enlarged picture, a form) with the Escape key."""
    if not _dialogs(reader) - before:
        return
    for kind in ("rawKeyDown", "keyUp"):
        key = {"type": kind, "key": "Escape", "code": "Escape", "windowsVirtualKeyCode": 27}
        reader.worlds.session.send("Input.dispatchKeyEvent", key)
    reader.settle(0.4)
    came = "it stayed" if _dialogs(reader) - before else "it went away"
    reader.diary.note("expand", f"a window opened over the page; pressed Escape: {came}")


def _unfolding(option: dict[str, Any]) -> tuple[Use | None, str]:
    """What pressing an option would unfold, and its wording; None for what is no such button."""
    for wanted in (Use.TEXT, Use.COMMENTS, Use.ITEMS):
        label = _label(option, wanted)
        if label is not None:
            return wanted, label
    if option["summary"] and not any(is_forbidden(label) for label in option["labels"]):
        return Use.TEXT, str((option["labels"] or ["…"])[0])
    return None, ""


def _label(option: dict[str, Any], wanted: Use) -> str | None:
    """The wording by which an option does what is wanted; None when it does not, or one of its wordings forbids it."""
    if any(is_forbidden(label) for label in option["labels"]):
        return None
    return next((label for label in option["labels"] if use_of(label) is wanted), None)


def _size(world: World) -> tuple[int, int]:
    """How many elements a document has, and how many characters of it show."""
    size = _try(world, "size")
    return (int(size["elements"]), int(size["text"])) if size else (0, 0)


def _first_words(text: str) -> str:
    return " ".join(text.split())[:80]


def _try(world: World, function: str, *given: object) -> Any:
    """The answer of one document; None when it has gone meanwhile. A top document that is gone is the caller's to notice."""
    try:
        return world.call(function, *given)
    except BrowserError:
        if world.is_top:
            raise
        return None
