"""HTML and XML built element by element, so that no text gets onto a page unescaped.

`Markup` is text that is markup already; every other string is escaped where it is put in (HTML Living Standard, 13.3,
serialising). Characters that XML 1.0 section 2.2 has no place for, lone surrogates among them, become U+FFFD; overrides and
embeddings of direction are dropped, so that a hostile name cannot turn the line around it.
"""

import re
from collections.abc import Iterable

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})  # attributes stand in quotation marks
VOID = frozenset({"br", "hr", "input", "link", "meta"})


class Markup(str):
    """Text that is markup and is put in as it stands."""

    __slots__ = ()


Content = str | int | None


def escaped(text: str) -> Markup:
    """A text as it may stand between tags and in attributes; `Markup` stays as it is."""
    if isinstance(text, Markup):
        return text
    return Markup(clean(text).translate(_ESCAPES))


def clean(text: str) -> str:
    """A text without characters that no page can hold or that turn the direction of what follows."""
    return _TURNING.sub("", _UNFIT.sub("\ufffd", text))


def joined(parts: Iterable[Content], between: str = "") -> Markup:
    """Parts one after the other, each escaped unless it is markup; None and empty parts are left out."""
    return Markup(
        escaped(between).join(escaped(str(part) if isinstance(part, int) else part) for part in parts if part)
    )


def element(name: str, /, *children: Content, **attributes: str | int | bool | None) -> Markup:
    """An element. Attributes: a trailing underscore falls away, other underscores are hyphens; None and False leave one out."""
    opened = f"<{name}{_attributes(attributes)}>"
    if name in VOID:
        return Markup(opened)
    return Markup(f"{opened}{joined(children)}</{name}>")


def closed(name: str, /, *children: Content, **attributes: str | int | bool | None) -> Markup:
    """An element of XML, SVG for instance: closed in itself where nothing is in it."""
    inside = joined(children)
    return Markup(
        f"<{name}{_attributes(attributes)}>{inside}</{name}>" if inside else f"<{name}{_attributes(attributes)}/>"
    )


def isolated(text: str) -> Markup:
    """Words of a source or a name, whose direction is their own."""
    return element("bdi", text)


def _attributes(attributes: dict[str, str | int | bool | None]) -> str:
    found = []
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        written = name.rstrip("_").replace("_", "-")
        told = value if isinstance(value, str) else str(value)
        found.append(f" {written}" if value is True else f' {written}="{escaped(told)}"')
    return "".join(found)
