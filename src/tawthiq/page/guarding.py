"""Bounds on markup before it is parsed, so that no page can hang or exhaust the parser.

A parser that follows the HTML standard takes time with the square of the nesting depth (scope checks), of the number of
open formatting elements (reconstruction) and of the attributes of one tag (duplicates). Tags past the bounds below are
left out; their text stays, so every visible character is still kept. Ordinary pages never come near the bounds, and what
could be past them is counted on exact tokens (`markup`): a bracket or an end tag inside a quoted value hides nothing.
"""

import html
import re

from tawthiq.page.markup import TAG_END, TOKEN, tags_within

MAXIMUM_DEPTH = 400
MAXIMUM_FORMATTING = 16
MAXIMUM_ATTRIBUTES = 100
FEW_TAGS = 6_000
MAXIMUM_TAGS = 300_000
_FEW_CHARACTERS = 64_000  # fewer cannot hold a tag with so many attributes that it matters
_ABSURD = 3_000  # attributes of one tag that no script's "a < b" is mistaken for
_FEW_FORMATTING = 24  # different formatting tags with attributes; those without are limited by the standard itself
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
_CLOSED_BY_OTHERS = frozenset(
    (
        "a", "nobr", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "rb", "rt", "rp",
        "rtc", "html", "head", "body", "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes",
        "noscript", "plaintext",
    )
)  # fmt: skip
_FOREIGN = frozenset(("svg", "math"))
_LEAVING_FOREIGN = frozenset(
    (
        "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "font", "h1", "h2",
        "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre", "ruby",
        "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var", "foreignobject", "desc",
        "title", "mi", "mo", "mn", "ms", "mtext", "annotation-xml",
    )
)  # fmt: skip
"""Tags that end a drawing or formula, or inside which HTML is read again (HTML standard 13.2.6.5)."""
_SCOPES = frozenset(
    (
        "applet", "caption", "table", "marquee", "object", "template", "foreignobject", "desc", "mi", "mo", "mn", "ms", "mtext",
        "annotation-xml",
    )
)  # fmt: skip
"""Elements that end tags of what stands around them do not reach out of (HTML standard 13.2.4.2)."""
_BLOCKS = _SCOPES | frozenset(
    (
        "address", "article", "aside", "blockquote", "button", "center", "colgroup", "details", "dialog", "dir", "div", "dl",
        "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header",
        "hgroup", "listing", "main", "menu", "nav", "ol", "pre", "search", "section", "select", "summary", "ul",
    )
)  # fmt: skip
"""Elements that end tags of inline ones do not reach out of ("special" in the standard)."""
_FORMATTING_TAG = re.compile(
    r"<(?:[bisuBISU]|[eE][mM]|[tT]{2}|[bB][iI][gG]|[cC][oO][dD][eE]|[fF][oO][nN][tT]"
    r"|[sS](?:[mM][aA][lL]{2}|[tT][rR](?:[iI][kK][eE]|[oO][nN][gG])))[\s/][^>]{0,200}"
)
_WHOLE_PAGE = re.compile(r"<(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])[\s/]")
_MOST_WHOLE = 20
_SCRIPTS = re.compile(r"<(script|style|template)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_SCRIPT_ENDS = re.compile(r"</(?:script|style|template)\s*>", re.IGNORECASE)
_TAGS = re.compile(r"<[!/?A-Za-z][^<>]*>")
_TO_FLOOD = tags_within(MAXIMUM_ATTRIBUTES, raw=True)
_TO_ABSURD = tags_within(_ABSURD, raw=False)


def too_many_tags(markup: str) -> bool:
    """Whether markup is past what a tree is built from: too many tags, or attributes hidden in a drawing's raw text."""
    if markup.count("<") > MAXIMUM_TAGS:
        return True
    if len(markup) <= _FEW_CHARACTERS or not any(name in markup for name in ("<svg", "<SVG", "<math", "<MATH")):
        return False
    return _TO_ABSURD.match(markup).end() < len(markup)  # type: ignore[union-attr]


def without_tags(markup: str) -> str:
    """The text of markup that is too large to parse: tags taken out line by line, entities resolved, scripts left out."""
    last = 0
    for match in _SCRIPT_ENDS.finditer(markup):
        last = match.end()
    markup = _SCRIPTS.sub("\n", markup[:last]) + markup[last:]
    text = html.unescape(_TAGS.sub("\n", markup))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def bounded(markup: str) -> tuple[str, tuple[str, ...]]:
    """`markup` with the tags past the bounds left out, and notes of what was left out."""
    notes = []
    if len(markup) > _FEW_CHARACTERS:
        markup, count = _without_attribute_floods(markup)
        if count:
            notes.append(f"{count} tags with more than {MAXIMUM_ATTRIBUTES} attributes lost their attributes")
        if len(_WHOLE_PAGE.findall(markup)) > _MOST_WHOLE:
            markup, count = _without_repeated_whole(markup)
            notes.append(f"{count} further <html> and <body> tags were left out")
    if _may_pass(markup) and _passes(markup):
        markup, count = _without_depth(markup)
        notes.append(f"{count} tags nested past {MAXIMUM_DEPTH} levels were left out; their text is kept")
    return markup, tuple(notes)


def _without_attribute_floods(markup: str) -> tuple[str, int]:
    """`markup` whose tags with too many attributes are bare, and their number."""
    parts: list[str] = []
    position = count = 0
    while (reached := _TO_FLOOD.match(markup, position).end()) < len(markup):  # type: ignore[union-attr]
        tag = TAG_END.match(markup, reached)
        if tag is None:
            break
        name = re.match(r"</?[^ \t\n\f\r/>]+", tag.group())
        parts += [markup[position:reached], f"{name.group()}>" if name else ""]
        position = tag.end()
        count += 1
    return "".join(parts) + markup[position:] if count else markup, count


def _without_repeated_whole(markup: str) -> tuple[str, int]:
    """`markup` with the first few <html> and <body> tags: each further one adds its attributes to the same element."""
    seen = count = kept_to = 0
    parts: list[str] = []
    for match in TOKEN.finditer(markup):
        if match["name"] and match["name"].lower() in ("html", "body") and not match["close"]:
            seen += 1
            if seen > _MOST_WHOLE:
                count += 1
                parts.append(markup[kept_to : match.start()])
                kept_to = match.end()
    return "".join((*parts, markup[kept_to:])), count


def _may_pass(markup: str) -> bool:
    """Whether the bounds can be passed: few tags cannot nest deep enough to matter, nor few different formatting ones."""
    return markup.count("<") > FEW_TAGS or len(set(_FORMATTING_TAG.findall(markup))) > _FEW_FORMATTING


class _Nesting:
    """The open elements as tags go by, never fewer than a browser has open beside those that close by themselves."""

    def __init__(self) -> None:
        self.open: list[str] = []
        self.formatting = self.foreign = 0

    def counts(self, name: str, attributes: str, *, closing: bool) -> bool:
        """Whether a tag opens or closes an element that nests: others close it, or a drawing lets it close itself."""
        if name in _LEAVING_FOREIGN:
            self.foreign = 0
        itself = attributes.endswith("/") and not closing
        if name in _FOREIGN and not itself:
            self.foreign = max(0, self.foreign - 1) if closing else self.foreign + 1
        return name not in _CLOSED_BY_OTHERS and not (itself and (self.foreign or name in _FOREIGN))

    def start(self, name: str) -> None:
        """Open an element."""
        self.open.append(name)
        self.formatting += name in _FORMATTING

    def end(self, name: str) -> None:
        """Close an element, and those inside it, where the standard does; an end tag without its element does nothing."""
        alone = name in _FORMATTING or name == "form"
        for index in range(len(self.open) - 1, -1, -1):
            other = self.open[index]
            if other == name:
                if alone:
                    del self.open[index]
                    self.formatting -= name in _FORMATTING
                else:
                    del self.open[index:]
                return
            if other in _SCOPES and not alone and not (name == "table" and other != "template"):
                return
            if not alone and name not in _BLOCKS and other in _BLOCKS:
                return


def _passes(markup: str) -> bool:
    nesting = _Nesting()
    for match in TOKEN.finditer(markup):
        name = match["name"]
        if name is None:
            continue
        name, closing = name.lower(), bool(match["close"])
        if nesting.counts(name, match["attributes"], closing=closing):
            if closing:
                nesting.end(name)
                continue
            nesting.start(name)
            if len(nesting.open) > MAXIMUM_DEPTH or nesting.formatting > MAXIMUM_FORMATTING:
                return True
    return False


def _without_depth(markup: str) -> tuple[str, int]:
    """`markup` without the start tags past the bounds, and without the end tags that belong to them."""
    dropped: dict[str, int] = {}
    nesting = _Nesting()
    parts: list[str] = []
    kept_to = count = 0
    for match in TOKEN.finditer(markup):
        if match["name"] is None:
            continue
        name, closing = match["name"].lower(), bool(match["close"])
        if not nesting.counts(name, match["attributes"], closing=closing):
            continue
        if closing:
            drop = dropped.get(name, 0) > 0
            if drop:
                dropped[name] -= 1
            else:
                nesting.end(name)
        else:
            full = name in _FORMATTING and nesting.formatting >= MAXIMUM_FORMATTING
            drop = full or len(nesting.open) >= MAXIMUM_DEPTH
            if drop:
                dropped[name] = dropped.get(name, 0) + 1
            else:
                nesting.start(name)
        if drop:
            count += 1
            parts.append(markup[kept_to : match.start()])
            kept_to = match.end()
    parts.append(markup[kept_to:])
    return "".join(parts), count
