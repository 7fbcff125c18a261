"""Which outlet a page belongs to, by the page's own word: metadata, its title tag, its copyright line, its logo.

The order is the weight: `og:site_name` and the publisher of JSON-LD name the outlet; a title tag names it after the
headline; a copyright line names it beside the year. The host of the address is taken by the caller when the page is silent.
"""

import re

from tawthiq.page.metadata import Metadata
from tawthiq.page.titles import Title, site_in_title
from tawthiq.page.tree import Tree
from tawthiq.page.wording import cues_of, normal, phrases_of, words_of

_YEAR = re.compile(r"[\d٠-٩۰-۹]{4}(?:\s*[-–—]\s*[\d٠-٩۰-۹]{4})?")
_EDGES = " \t.,،:;|-–—©®™()«»\"'"
_LONGEST_NAME = 40
_LONGEST_LINE = 140
_LAST_LINES = 40
_FIRST_ELEMENTS = 400
_MOST_DIGITS = 2


def outlets(tree: Tree, metadata: Metadata, title: Title | None) -> tuple[str, ...]:
    """The names of the outlet, the likeliest first; empty when the page tells none."""
    if metadata.sites:
        return metadata.sites
    named = site_in_title(tree.head_title, title.text if title and title.start >= 0 else None)
    named = named or site_in_copyright(tree) or site_of_logo(tree)
    return (named,) if named else ()


def site_in_copyright(tree: Tree) -> str | None:
    """The name beside the year in a copyright line at the page's end ("© 2021 name", "جميع الحقوق محفوظة لموقع ...")."""
    for line in reversed(tree.lines[-_LAST_LINES:]):
        words = tree.of(line)
        if len(words) <= _LONGEST_LINE and "copyright" in cues_of(words):
            name = name_in_copyright(words)
            if name:
                return name
    return None


def name_in_copyright(words: str) -> str | None:
    """What is left of a copyright line without its year and set phrases, when it is short enough for a name."""
    rest = " ".join(_YEAR.sub(" ", words.replace("©", " ")).split())
    pieces = [piece.strip(_EDGES) for piece in re.split(r"[.|©–—]|\s-\s", rest)]
    for piece in pieces:
        name = _without_phrases(piece).strip(_EDGES)
        if 2 < len(name) <= _LONGEST_NAME and len(name.split()) <= 5 and not cues_of(name):
            return name
    return None


def _without_phrases(piece: str) -> str:
    """`piece` without the phrases of copyright at its ends."""
    words = piece.split()
    for phrase in (*phrases_of("copyright"), *phrases_of("copyright_word")):
        count = len(phrase.split())
        if normal(" ".join(words[:count])) == phrase:
            words = words[count:]
        if words and normal(" ".join(words[-count:])) == phrase:
            words = words[:-count]
    return " ".join(words)


def site_of_logo(tree: Tree) -> str | None:
    """The words of the element that is the page's logo, or those that its attributes give to who cannot see it."""
    menu = words_of("menu_word")
    for element in tree.elements[:_FIRST_ELEMENTS]:
        if "logo" in element.cues:
            attributes = element.attributes
            for said in (tree.of(element), attributes.get("aria-label", ""), attributes.get("title", "")):
                words = " ".join(said.split())
                if 2 < len(words) <= _LONGEST_NAME and _may_name(words) and normal(words) not in menu:
                    return words
    return None


def _may_name(words: str) -> bool:
    """Whether words can name an outlet: no furniture, and no date or counter, which tops of pages show beside the logo."""
    return not cues_of(words) and sum(character.isdigit() for character in words) <= _MOST_DIGITS
