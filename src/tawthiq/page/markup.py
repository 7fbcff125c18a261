"""The tokens of markup, found by expressions that never step back: tags with their attributes, comments, raw text.

Follows the tokenization of the HTML standard (13.2.5): quotes count only behind an equals sign, "<" without a letter is
text, the content of raw-text elements ends with their own end tag. It does not know the tree: inside drawings and formulas
a browser reads <style> and <title> as ordinary elements, here they are raw. `guarding` counts with it, `pointers` proves
what it proposes.
"""

import re

SPACE = " \t\n\f\r"
_ATTRIBUTE = (
    rf"[{SPACE}/]*+[^{SPACE}/>][^{SPACE}/>=]*+"
    rf"""(?:[{SPACE}]*+=[{SPACE}]*+(?:"[^"]*+"|'[^']*+'|(?!["'])[^{SPACE}>]*+))?+"""
)
_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-)|-{2,}+(?!!?>))*+(?:-{2,}+!?>|\Z))"
_DECLARATION = r"[!?][^>]*+(?:>|\Z)|/(?![A-Za-z])[^>]*+(?:>|\Z)"
_RAW_NAMES = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")


def _attributes(most: int | None = None) -> str:
    count = "*+" if most is None else f"{{0,{most}}}+"
    return rf"(?:{_ATTRIBUTE}){count}[{SPACE}/]*+"


def _raw(most: int | None = None) -> str:
    """Raw-text elements: the start tag and the content up to the end tag, which is a token of its own."""
    each = (
        rf"(?i:{name})(?=[{SPACE}/>]){_attributes(most)}>[^<]*+(?:<(?!/(?i:{name})[{SPACE}/>])[^<]*+)*+"
        for name in _RAW_NAMES
    )
    names = "|".join((*each, rf"(?i:plaintext)(?=[{SPACE}/>]){_attributes(most)}>[\s\S]*+"))
    return rf"(?=[sStTxXiInN]|[pP][lL])(?:{names})"


TOKEN = re.compile(
    rf"<(?:{_COMMENT}|{_DECLARATION}|(?P<raw>{_raw()})"
    rf"|(?P<close>/?)(?P<name>[A-Za-z][^{SPACE}/>]*+)(?P<attributes>{_attributes()})(?:>|\Z))"
)
"""One token of markup that is no text. A tag has a `name`; the others are comments, declarations and raw elements."""


def tags_within(most: int, *, raw: bool) -> re.Pattern[str]:
    """Matches markup from a position up to the first tag with more than `most` attributes, or to the end.

    `raw` tells whether the content of raw-text elements is skipped.
    """
    skipped = f"(?:{_raw(most)})|" if raw else ""
    tag = rf"/?[A-Za-z][^{SPACE}/>]*+{_attributes(most)}(?:>|\Z)"
    return re.compile(rf"(?:[^<]++|<(?![A-Za-z/!?])|<(?:{skipped}{tag}|{_COMMENT}|{_DECLARATION}))*+")


TAG_END = re.compile(rf"</?[A-Za-z][^{SPACE}/>]*+{_attributes()}(?:>|\Z)?")
"""A whole tag, however many attributes it has, or what is left of one that never ends."""
