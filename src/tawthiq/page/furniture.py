"""Lines that are no body although they stand inside the body's element: by their wording, links, names or repetition.

Vocabulary: lexicon/data/{ar,en}/page_lines.tsv. Single cues are guarded against sentences that begin alike.
"""

import re

from tawthiq.page.prose import SENTENCE_END, Masses, is_address
from tawthiq.page.tree import Element, Line, Tree
from tawthiq.page.wording import cues_of, menu_share
from tawthiq.records.page import ZoneKind

Zoned = tuple[ZoneKind, str]
_LINE_ZONES = (
    ("ad", ZoneKind.AD), ("disclaimer", ZoneKind.COMMENT_FORM), ("comment_form", ZoneKind.COMMENT_FORM),
    ("copyright", ZoneKind.OTHER), ("about_sure", ZoneKind.ABOUT), ("about_opening", ZoneKind.ABOUT),
    ("share", ZoneKind.NAVIGATION), ("subscribe", ZoneKind.AD), ("related_heading", ZoneKind.RELATED),
    ("tags", ZoneKind.NAVIGATION), ("views", ZoneKind.OTHER), ("comments_heading", ZoneKind.OTHER),
    ("advert_contact", ZoneKind.AD), ("social_button", ZoneKind.NAVIGATION), ("relative_time", ZoneKind.OTHER),
    ("social_count", ZoneKind.OTHER), ("menu_start", ZoneKind.NAVIGATION), ("caption_prefix", ZoneKind.CAPTION),
    ("caption_words", ZoneKind.CAPTION),
)  # fmt: skip
_CREDIT_MARK = re.compile(r"^\W*[\w .'-]{2,30}\s*[:：/©]|^\W*[(\[]|^\W*©")
_PICTURE_RIGHTS = re.compile(r"^©\s*(?!\d{4})[^\W\d].{1,70}$")
_LINKED_SENTENCE = 80  # characters of a sentence that is all link and yet text
_LINKED_WORD = 25  # characters of a link past which it is a headline, not a section
_MENU = 120
_MENU_ITEM = 30  # characters from which words that end like a sentence are one, though they open like a menu
_RELATED = 140
_LONGEST_CAPTION = 160
_FEW_WORDS = 3
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VERBATIM = frozenset({"pre", "td", "th"})
_CARD = 450  # characters of prose that the teaser of another report may hold
_SHORTEST_HEADLINE = 15  # characters of a linked heading from which it teases another report
_HEADLINE_WORDS = 3  # or words: a name or a section has fewer
_MOST_OF_CARDS = 0.45  # the share of the prose past which linked headings are those of the report's own entries
_OFTEN = 3
_SIDES = 2
_NOTE = 600  # characters of an element about who signed the report
_SIGNING = frozenset({"byline", "date", "time", "address"})
_PERSONS = frozenset({"byline", "about"})


def furniture(tree: Tree, line: Line, *, after: bool) -> Zoned | None:
    """The zone that a line inside the body's element takes when its wording or links say that it is no body."""
    words = tree.of(line)
    cues = cues_of(words)
    worded = _worded(words, cues, line.linked, after=after) if cues else None
    if worded:
        return worded
    if is_address(words):
        return ZoneKind.OTHER, "nothing but an address"
    if words[0] == "©" and _PICTURE_RIGHTS.match(words):
        return ZoneKind.CAPTION, "the sign of rights before the name of who took a picture"
    if line.linked >= 0.9 * len(words) and not (words.endswith(SENTENCE_END) and len(words) > _LINKED_SENTENCE):
        block = tree.elements[line.element].tag
        return ZoneKind.RELATED if len(
            words
        ) > _LINKED_WORD else ZoneKind.NAVIGATION, f"nothing but a link in <{block}>"
    if len(words) < _MENU and menu_share(words) >= 0.5:
        return ZoneKind.NAVIGATION, "words of a menu"
    return None


def _worded(words: str, cues: frozenset[str], linked: int, *, after: bool) -> Zoned | None:
    """The zone that the phrases of a line give it."""
    for cue, kind in _LINE_ZONES:
        if cue in cues and _fits(cue, words, after=after):
            return kind, f"its wording ({cue})"
    if "related_colon" in cues and after and len(words) <= _RELATED and (linked > len(words) / 3 or ":" in words):
        return ZoneKind.RELATED, "its wording (related_colon)"
    return None


def _fits(cue: str, words: str, *, after: bool) -> bool:
    """Guards of single cues against sentences that begin alike."""
    if cue == "about_opening":
        return after and len(words) > 60 and words.count("،") + words.count(",") < 12
    if cue == "menu_start":
        return len(words) <= _MENU_ITEM or not words.endswith(SENTENCE_END)
    if cue in ("subscribe", "share", "copyright", "tags"):
        return len(words) <= 160 or cue == "copyright"
    if cue in ("caption_prefix", "caption_words"):
        return is_caption(words)
    return True


def is_caption(words: str) -> bool:
    """Whether a line is a caption or a picture's credit ("تصوير: ..." (photo by), "... (file photo)") and not a sentence."""
    cues = cues_of(words)
    if len(words) > _LONGEST_CAPTION:
        return False
    if "caption_words" in cues:
        return not words.endswith((".", "،", "؛"))
    return "caption_prefix" in cues and (bool(_CREDIT_MARK.match(words)) or len(words.split()) <= _FEW_WORDS)


def repeated(tree: Tree, weights: list[int], first: int, last: int) -> frozenset[str]:
    """Short texts that stand three times or more among the lines, as no paragraph does ("Article content").

    What repeats between other short lines is a label of a list or a table ("Homs" beside each name), and the report's.
    """
    places: dict[str, list[int]] = {}
    for number in range(first, last):
        line = tree.lines[number]
        if len(line) <= 60 and tree.elements[line.element].tag not in _VERBATIM:
            places.setdefault(tree.of(line), []).append(number)
    often = {text: at for text, at in places.items() if len(at) >= _OFTEN and not text.endswith(SENTENCE_END)}
    return frozenset(text for text, at in often.items() if not _labels(tree, weights, at, first, last))


def _labels(tree: Tree, weights: list[int], places: list[int], first: int, last: int) -> bool:
    """Whether most of the places where a text repeats lie between short lines that lead nowhere."""
    listed = 0
    for number in places:
        beside = [n for n in (number - 1, number + 1) if first <= n < last]
        listed += len(beside) == _SIDES and not any(weights[n] or tree.lines[n].linked for n in beside)
    return listed > len(places) / 2


def signs(tree: Tree, line: Line, container: Element, weight: int) -> bool:
    """Whether a line stands in an element named for who signed or when, inside the body's element.

    A line of prose (`weight`) counts only in an element named for a person, as the note about an author does.
    """
    index = line.element
    if tree.elements[index].tag in _HEADINGS:
        return False
    wanted = _PERSONS if weight else _SIGNING
    for _ in range(4):
        element = tree.elements[index]
        if index < 0 or index == container.index or element.end - element.start > _NOTE:
            return False
        if element.cues & wanted and not element.cues & {"article_body", "body", "lead", "article"}:
            return True
        index = element.parent
    return False


def cards(tree: Tree, masses: Masses, container: Element, first: int, last: int) -> list[tuple[int, int]]:
    """Teasers of other reports inside the body's element: a heading that is nothing but a link, and what stands with it.

    The ranges of text are those of the smallest element that holds the heading with some prose, as long as it is little.
    """
    found: list[Element] = []
    for number in range(first, last):
        line = tree.lines[number]
        if line.linked < 0.9 * len(line) or (found and line.start < found[-1].end):
            continue
        if len(line) < _SHORTEST_HEADLINE and len(tree.of(line).split()) < _HEADLINE_WORDS:
            continue
        if not _heads(tree, line):
            continue
        card = _card_around(tree, masses, container, line)
        if card:
            found.append(card)
    whole = masses.prose[last] - masses.prose[first]
    held = sum(masses.of(card)[0] for card in found)
    return [(card.start, card.end) for card in found] if held <= _MOST_OF_CARDS * whole else []


def _heads(tree: Tree, line: Line) -> bool:
    for index in tree.ancestors(line.element)[:3]:
        element = tree.elements[index]
        if element.end > line.end + 1 or element.start < line.start - 1:
            return False
        if element.tag in _HEADINGS or "title" in element.cues:
            return True
    return False


def _card_around(tree: Tree, masses: Masses, container: Element, heading: Line) -> Element | None:
    best, held = None, 0
    for index in tree.ancestors(heading.element):
        element = tree.elements[index]
        if index == container.index or element.start <= container.start:
            break
        prose, _ = masses.of(element)
        if prose > _CARD or (held and prose > held):
            break
        if prose and element.tag not in _HEADINGS:
            best, held = element, prose
    return best
