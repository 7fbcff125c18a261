"""Fuzz page anatomy: any bytes are taken apart under its laws, or refused with advice; nothing crashes, nothing hangs.

    python -m fuzz.page [SECONDS] [options of libFuzzer]

Laws: zones partition the text; the contract's JSON gives the same page back; comments and posts lie inside the text; taking
apart twice gives the same page; pointers lead back to every visible character, in order, and to bytes inside the file.

The first byte of an input chooses how the rest is read: as HTML, as plain text, as bytes without a header, or as a recipe
of fragments (`fragments.py`), which reaches deeper than mutated markup. What is found is written to out/fuzz/ as a file that
reproduces it: `python -m fuzz.page out/fuzz/crash-...`.
"""

import sys
from pathlib import Path

import atheris

from fuzz.fragments import FRAGMENTS, seeds

with atheris.instrument_imports(include=["tawthiq.page", "tawthiq.text"]):
    from tawthiq.page import anatomy
    from tawthiq.page.contract import page_from_json, page_to_json
    from tawthiq.page.painting import is_partition
    from tawthiq.page.pointers import Source
    from tawthiq.records.errors import UnreadableCapture
    from tawthiq.records.page import Page
    from tawthiq.records.span import Span

FOLDER = Path("out/fuzz")
_TYPES = (None, "text/html", "text/plain", "text/html; charset=windows-1256")


def payload(data: bytes) -> tuple[bytes, str | None]:
    """The page and content type that an input stands for."""
    choice, rest = (data[0], data[1:]) if data else (0, b"")
    kind = _TYPES[choice % 4]
    if choice & 4:
        chosen = (FRAGMENTS[byte % len(FRAGMENTS)] for byte in rest)
        encoding = "windows-1256" if choice & 8 else "utf-8"
        return "".join(chosen).encode(encoding, "xmlcharrefreplace"), kind
    return rest, kind


def hold(page: Page) -> None:
    """Raise AssertionError when a law of pages is broken."""
    length = len(page.text)
    assert is_partition(page.zones, length), "zones do not partition the text"
    assert page_from_json(page_to_json(page)) == page, "the contract does not give the page back"
    spans = [part.span for part in (*page.comments, *page.posts, *page.sheets)]
    assert all(span.end <= length for span in spans), "a part lies outside the text"


def lead_back(page: Page, content: bytes, kind: str | None) -> None:
    """Raise AssertionError when a visible character of the page has no pointer, or one out of order or out of the file."""
    source = Source(content, kind)
    assert source.text == page.text, "pointers are into another text"
    position = 0
    for pointer in source.pointers(Span(0, len(page.text))):
        assert not page.text[position : pointer.span.start].strip(), "a character has no pointer"
        assert len(pointer.span), "an empty pointer"
        assert pointer.bytes is None or 0 < len(pointer.bytes) <= len(content) >= pointer.bytes.end, (
            "bytes outside the file"
        )
        assert pointer.note or (pointer.bytes and (pointer.path or not source.is_markup)), "nothing is told"
        position = pointer.span.end
    assert not page.text[position:].strip(), "characters at the end have no pointer"


def one(data: bytes) -> None:
    """Take one input apart and hold it to the laws."""
    content, kind = payload(data)
    try:
        page = anatomy(content, id="fuzz", content_type=kind)
    except UnreadableCapture as refused:
        if not refused.advice:
            raise AssertionError("a refusal without advice") from refused
        return
    hold(page)
    lead_back(page, content, kind)
    assert anatomy(content, id="fuzz", content_type=kind) == page, "the same bytes give another page"


def main() -> None:
    """Fuzz for the seconds given (600 without), from seeds of our own wording."""
    arguments = sys.argv[1:]
    seconds = arguments.pop(0) if arguments and arguments[0].isdigit() else "600"
    corpus = FOLDER / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:03}").write_bytes(seed)
    words = {word for fragment in FRAGMENTS for word in [fragment.strip()] if 1 < len(word) < 40}
    dictionary = FOLDER / "dictionary"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in sorted(words))
    dictionary.write_text("".join(f'"{word}"\n' for word in escaped), encoding="ascii")
    options = ["-timeout=5", "-rss_limit_mb=1000", "-max_len=8000", f"-max_total_time={seconds}", f"-dict={dictionary}"]
    replayed = [argument for argument in arguments if not argument.startswith("-")]
    options += [f"-artifact_prefix={FOLDER}/", *arguments] + ([] if replayed else [str(corpus)])
    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
