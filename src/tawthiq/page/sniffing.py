"""What the bytes are: HTML, plain text, or something that is no page (a picture, an archive, noise).

Pure. The header's word is a hint; the bytes decide. Signatures follow the WHATWG MIME Sniffing standard.
"""

import re

from tawthiq.records.errors import UnreadableCapture

_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive"), (b"\x89PNG", "a PNG picture"), (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"), (b"\x1f\x8b", "gzip-compressed data"), (b"RIFF", "a sound, film or picture"),
    (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"\x00\x00\x00\x18ftyp", "a film"),
    (b"\x00\x00\x00\x20ftyp", "a film"), (b"ID3", "a sound"), (b"OggS", "a sound"), (b"SQLite format 3", "a database"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed data"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
)  # fmt: skip
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1b") | {127})
_TAG = re.compile(
    r"</?(?:html|head|body|div|p|a|table|meta|title|span|script|br|h[1-6]|ul|article|!doctype)\b[^<>]*>", re.IGNORECASE
)
_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def refuse_what_is_no_page(data: bytes, item: str) -> None:
    """Raise UnreadableCapture, naming `item`, when `data` is empty, another kind of file, or noise."""
    if not data.strip(b"\x00 \t\r\n\x0c"):
        raise UnreadableCapture(item=item, happened="the page is empty", advice="collect it again")
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableCapture(
                item=item,
                happened=f"this is {name}, not a page",
                advice="the capture stays in evidence as it is; only HTML, plain text and PDF are taken apart, and pictures "
                "where they are recognized",
            )
    sample = data[:65536]
    if sample[:4] not in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") and not _wide_looking(sample):
        controls = len(sample) - len(sample.translate(None, _CONTROLS))
        if controls > len(sample) // 20 + 4 and sample.count(0) < 0.95 * controls:
            raise UnreadableCapture(
                item=item,
                happened="the bytes are no text in any encoding",
                advice="the capture stays in evidence as it is; check what the source serves",
            )


def _wide_looking(sample: bytes) -> bool:
    return sample[:2] in (b"\xff\xfe", b"\xfe\xff") or sample.count(0) + sample.count(6) > len(sample) // 4


def is_html(text: str, content_type: str | None) -> bool:
    """Whether `text` is markup. The header decides only where the text holds a little of both."""
    if _OPENING.match(text[:8192]):
        return True
    tags = len(_TAG.findall(text[:65536]))
    if "html" in (content_type or "").lower():
        return tags > 0
    if "plain" in (content_type or "").lower():
        return tags >= 10 and tags * 400 > min(len(text), 65536)
    return tags >= 3
