"""Bounds on markup before it is parsed, so that no page can hang or exhaust the parser.

A parser that follows the HTML standard takes time with the square of the nesting depth (scope checks), of the number of
open formatting elements (reconstruction) and of the attributes of one tag (duplicates). Tags past the bounds below are
left out; their text stays, so every visible character is still kept. Ordinary pages never come near the bounds.
"""

import html
import re

MAXIMUM_DEPTH = 600
MAXIMUM_FORMATTING = 16
MAXIMUM_ATTRIBUTES = 300
FEW_TAGS = 12_000
MAXIMUM_TAGS = 300_000
_FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
_CLOSED_BY_OTHERS = frozenset(
    (
        "a", "nobr", "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr", "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "tbody", "thead", "tfoot", "rb", "rt", "rp",
        "rtc", "html", "head", "body", "!doctype",
    )
)  # fmt: skip
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})([^<>]*)>?")
_FORMATTING_TAG = re.compile(r"<(/?)(b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_SCRIPTS = re.compile(r"<(script|style|template)\b[^>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"<[!/?A-Za-z][^<>]*>")
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{3000,}")


def too_many_tags(markup: str) -> bool:
    """Whether markup has more tags than a tree of it could be held in a modest memory."""
    return markup.count("<") > MAXIMUM_TAGS


def without_tags(markup: str) -> str:
    """The text of markup that is too large to parse: tags taken out line by line, entities resolved, scripts left out."""
    text = html.unescape(_TAGS.sub("\n", _SCRIPTS.sub("\n", markup)))
    return "\n".join(line for line in (" ".join(line.split()) for line in text.split("\n")) if line)


def bounded(markup: str) -> tuple[str, tuple[str, ...]]:
    """`markup` with the tags past the bounds left out, and notes of what was left out."""
    notes = []
    if _LONG_TAG.search(markup):
        markup, count = _without_attribute_floods(markup)
        if count:
            notes.append(f"{count} tags with more than {MAXIMUM_ATTRIBUTES} attributes lost their attributes")
    if _may_pass(markup):
        markup, count = _without_depth(markup)
        notes.append(f"{count} tags nested past {MAXIMUM_DEPTH} levels were left out; their text is kept")
    return markup, tuple(notes)


def _without_attribute_floods(markup: str) -> tuple[str, int]:
    count = 0

    def shortened(match: re.Match[str]) -> str:
        nonlocal count
        tag = match.group()
        slashes = 0 if "base64" in tag else tag.count("/")
        if sum(map(tag.count, "= \n\t\r\f")) + slashes <= 2 * MAXIMUM_ATTRIBUTES:
            return tag
        count += 1
        name = re.match(r"<[A-Za-z][A-Za-z0-9:-]{0,30}", tag)
        return name.group() if name else tag

    return _LONG_TAG.sub(shortened, markup), count


def _may_pass(markup: str) -> bool:
    """Whether the bounds can be passed: few tags cannot nest deep enough to matter, so only formatting ones are counted."""
    if markup.count("<") > FEW_TAGS:
        return _passes(markup)
    formatting = 0
    for closing, _ in _FORMATTING_TAG.findall(markup):
        formatting = max(0, formatting - 1) if closing else formatting + 1
        if formatting > MAXIMUM_FORMATTING:
            return _passes(markup)
    return False


def _passes(markup: str) -> bool:
    depth = formatting = 0
    for match in _TAG.finditer(markup):
        closing, name = match.group(1), match.group(2).lower()
        if name in _CLOSED_BY_OTHERS or match.group(3).endswith("/"):
            continue
        step = -1 if closing else 1
        if name in _FORMATTING:
            formatting = max(0, formatting + step)
        depth = max(0, depth + step)
        if depth > MAXIMUM_DEPTH or formatting > MAXIMUM_FORMATTING:
            return True
    return False


def _without_depth(markup: str) -> tuple[str, int]:
    """`markup` without the start tags past the bounds, and without the end tags that belong to them."""
    open_tags: dict[str, int] = {}
    dropped: dict[str, int] = {}
    depth = formatting = count = 0
    parts: list[str] = []
    kept_to = 0
    for match in _TAG.finditer(markup):
        closing, name = match.group(1), match.group(2).lower()
        if name in _CLOSED_BY_OTHERS:
            continue
        is_formatting = name in _FORMATTING
        if closing:
            drop = dropped.get(name, 0) > 0
            if drop:
                dropped[name] -= 1
            elif open_tags.get(name, 0):
                open_tags[name] -= 1
                depth -= 1
                formatting -= is_formatting
        else:
            drop = depth >= MAXIMUM_DEPTH or (is_formatting and formatting >= MAXIMUM_FORMATTING)
            if drop:
                dropped[name] = dropped.get(name, 0) + 1
            else:
                open_tags[name] = open_tags.get(name, 0) + 1
                depth += 1
                formatting += is_formatting
        if drop:
            count += 1
            parts.append(markup[kept_to : match.start()])
            kept_to = match.end()
    parts.append(markup[kept_to:])
    return "".join(parts), count
