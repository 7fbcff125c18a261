"""Where words stand in a text, in about two bytes a word: the gap before each and its length, as LEB128 numbers."""

from collections.abc import Iterable, Iterator

from tawthiq.records.span import Span

_MORE = 0x80
_BITS = 0x7F


def packed(spans: Iterable[Span]) -> bytes:
    """The spans as bytes; they must be in text order and not overlap."""
    out = bytearray()
    at = 0
    for span in spans:
        for number in (span.start - at, len(span)):
            rest = number
            while rest > _BITS:
                out.append(rest & _BITS | _MORE)
                rest >>= 7
            out.append(rest)
        at = span.end
    return bytes(out)


def unpacked(places: bytes) -> list[Span]:
    """The spans that `packed` was given."""
    numbers = _numbers(places)
    spans = []
    at = 0
    for gap in numbers:
        start = at + gap
        at = start + next(numbers)
        spans.append(Span(start, at))
    return spans


def _numbers(places: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in places:
        number |= (byte & _BITS) << shift
        if byte & _MORE:
            shift += 7
        else:
            yield number
            number = shift = 0
