"""Eastern digits in an Arabic page: those that the program writes, never those of a source.

Digits of evidence are evidence, and digits of codes, addresses and digests must be copied as they are. So digits change in
text outside elements that hold either. The convention of all templates says which these are: source text stands in `bdi`,
`q`, `mark`, `blockquote` or below `dir="auto"`; what is to be copied in `code`, `pre` or below `dir="ltr"`.
Pages come from our own templates, which escape what they are given, so an element ends where its tag says.
"""

import re

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_PART = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_AS_IT_IS = frozenset(
    {"bdi", "q", "mark", "blockquote", "code", "pre", "script", "style", "textarea", "title", "svg", "kbd"}
)
_OWN_DIRECTION = re.compile(r"""\sdir=["'](?:auto|ltr)["']""")
_ENTITY = re.compile(r"&#?\w+;|[0-9]+")
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


def with_eastern_digits(html: str) -> str:
    """A page of ours with eastern digits wherever the program speaks."""
    parts: list[str] = []
    kept, depth = "", 0  # the element inside which nothing changes, and how many of its name are open
    for match in _PART.finditer(html):
        part = match[0]
        if part[0] != "<":
            parts.append(part if kept else _ENTITY.sub(_eastern, part))
            continue
        parts.append(part)
        named = _NAME.match(part)
        name = named[1].lower() if named else ""
        if kept:
            depth += _opens(part, name, kept)
            kept = kept if depth else ""
        elif name and part[1] != "/" and name not in _VOID and _keeps_its_text(part, name):
            kept, depth = name, 1
    return "".join(parts)


def _eastern(match: re.Match[str]) -> str:
    return match[0] if match[0][0] == "&" else match[0].translate(EASTERN)


def _opens(tag: str, name: str, kept: str) -> int:
    """How many elements named `kept` a tag opens: 1, -1 where it closes one, or 0."""
    if name != kept or tag.endswith("/>"):
        return 0
    return -1 if tag[1] == "/" else 1


def _keeps_its_text(tag: str, name: str) -> bool:
    if tag.endswith("/>") or name == "html":
        return False
    return name in _AS_IT_IS or bool(_OWN_DIRECTION.search(tag))
