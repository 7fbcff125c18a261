"""What of a page is visible, by its markup alone: neither style sheets nor scripts are run.

Left out is what a browser that runs scripts never draws: scripts, styles, comments, templates, <noscript>, the values of
form fields, fallbacks of media and frames, definitions inside drawings, and elements taken away by the attribute `hidden`
or by an inline style (`display: none`, `visibility: hidden`). Kept is what a reader can bring up or is told in another
way: closed <details> and <dialog>, `hidden=until-found`, `aria-hidden`, text that only a style sheet hides, text in
drawings and formulas. A declarative shadow root (<template shadowrootmode>) and the document of <iframe srcdoc> are read
where they stand. Soft hyphens, zero-width characters and marks of direction are characters and stay.

Sources: the rendering section of the HTML standard (15.3.1, hidden elements), SVG 2 (5.1, elements never drawn directly).
"""

import re
from collections.abc import Mapping

UNSEEN = frozenset(
    (
        "script", "style", "template", "noscript", "head", "title", "meta", "link", "base", "object", "embed", "iframe",
        "canvas", "audio", "video", "map", "select", "option", "datalist", "textarea", "noframes", "noembed", "frameset",
        "frame", "rp", "progress", "meter", "param", "desc", "defs", "metadata", "symbol", "clipPath", "mask", "pattern",
        "marker", "filter", "annotation", "annotation-xml", "-comment", "-document", None,
    )
)  # fmt: skip
"""Names of elements whose content is not drawn; None is a processing instruction."""
INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
        "input", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rt", "rtc", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "button", "picture", "source", "amp-img", "area",
        "slot", "output", "svg", "g", "use", "path", "tspan", "textPath", "math", "mi", "mn", "mo", "mrow", "mtext", "ms",
        "msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "mstyle", "mspace", "mpadded",
        "mphantom", "menclose", "semantics",
    )
)  # fmt: skip
"""Names of elements that stand inside a line; every other element begins and ends lines."""
PREFORMATTED = frozenset(("pre", "xmp", "listing", "plaintext"))
"""Names of elements in which the line breaks of the source are drawn."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LINES_COUNT = re.compile(r"white-space(?:-collapse)?\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_LONGEST_STYLE = 4000


def is_hidden(tag: str, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element is taken away by its own attributes; the page as a whole never is."""
    if tag in ("html", "body"):
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style, 0, _LONGEST_STYLE))


def keeps_lines(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own style draws the line breaks of the source."""
    style = attributes.get("style")
    return bool(style and _LINES_COUNT.search(style, 0, _LONGEST_STYLE))
