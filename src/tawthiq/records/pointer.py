"""Where characters of a page's text stand in the preserved file: by node for a browser, by bytes for anyone."""

from dataclasses import dataclass

from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class Pointer:
    """A range of a page's text that comes from one text node and one unbroken stretch of the file.

    `path` is an XPath 1.0 that a browser evaluates on the preserved bytes to the text node; `characters` are code points
    of that node's data. `frames` are the paths of the <iframe> elements to enter first, outermost first. `bytes` is the
    range in the preserved payload; decoded and with its character references resolved it is the same characters, but for
    white space. A part that cannot be proved is None, and `note` says why.
    """

    span: Span
    path: str | None
    characters: Span | None
    frames: tuple[str, ...]
    bytes: Span | None
    note: str | None
