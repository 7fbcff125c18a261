"""Hostile pages in a process of their own, under a limit of memory and an alarm: they are taken apart, and keep their text.

The whole set, with figures, is `make hostile` (bench/hostile.py).
"""

import json
import resource
import subprocess
import sys

import pytest

from bench.hostile import CASES, NESTED, page_of

WORD = "النص هنا"
ALARM = 60  # seconds for a whole family; the bar of 5 for a page is measured by `make hostile`, not here
ADDRESS_SPACE = 3 << 30
MEGABYTES = 1000
_RUN = f"""
import json, resource, signal, sys
from tawthiq.page import anatomy
from tawthiq.page.painting import is_partition
from tawthiq.records.errors import UnreadableCapture
signal.alarm({ALARM})
for line in sys.stdin.buffer:
    name, data = json.loads(line)
    try:
        page = anatomy(data.encode("latin-1"), id=name)
    except UnreadableCapture as refused:
        print(json.dumps([name, "refused", bool(refused.advice)]))
        continue
    print(json.dumps([name, is_partition(page.zones, len(page.text)), {WORD!r} in page.text]))
print(json.dumps(["megabytes", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, True]))
"""
FAMILIES = {
    "nesting": {
        name: opening * 6_000 + WORD + closing * 6_000
        for name, (opening, closing) in NESTED.items()
        if name not in {"select", "frameset", "template", "object", "iframe"}
    },
    "attributes": {
        "one tag": f"<div {' '.join(f'a{number}=1' for number in range(60_000))}>{WORD}</div>",
        "behind a quoted bracket": f"<div x='>' {' '.join(f'a{number}=1' for number in range(60_000))}>{WORD}</div>",
        "behind a quoted tag": f"<div x='<i' {' '.join(f'a{number}=1' for number in range(60_000))}>{WORD}</div>",
        "one value": f"<div title='{'x' * 3_000_000}'>{WORD}</div>",
        "one class": f"<div class='{'comment-list ' * 200_000}'>{WORD}</div>",
        "of the body": "".join(f"<body a{number}=1>" for number in range(30_000)) + WORD,
    },
    "references": {
        "numeric": "<p>" + "&#1575;" * 200_000 + WORD,
        "chains": "<p>" + "&amp;amp;" * 200_000 + WORD,
        "unterminated": "<p>" + "&notanentity" * 100_000 + WORD,
        "endless": "<p>" + WORD + "&#" + "9" * 1_000_000,
    },
    "characters": {
        "nulls": "<p>" + "ا\x00" * 100_000 + WORD,
        "overrides": "<p>" + "\u202eنص\u202c" * 50_000 + WORD,
        "angles": "<" * 250_000 + "<p>" + WORD,
        "preformatted lines": "<pre>" + "x\n" * 200_000 + WORD,
        "lines": "x\n" * 200_000 + WORD,
        "one long line": "كلمة" * 300_000 + " " + WORD,
        "plaintext": "<p>a<plaintext>" + "<p>x" * 20_000 + WORD,
        "xmp": "<xmp>" + "<p>x\n" * 10_000 + WORD,
    },
}
ENCODED = (
    "replacement floods", "lone surrogates", "surrogates as UTF-8", "UTF-16 behind a UTF-8 mark", "UTF-8 behind a UTF-16 mark",
    "UTF-32 without end", "declared twice", "windows-1256 stretches",
)  # fmt: skip


def taken_apart(pages: dict[str, bytes]) -> list[tuple[str, object, bool]]:
    """What the process prints for each page: its name, whether its zones partition the text, whether the text is kept."""
    lines = b"".join(json.dumps([name, data.decode("latin-1")]).encode() + b"\n" for name, data in pages.items())
    done = subprocess.run(
        [sys.executable, "-c", _RUN],
        input=lines,
        capture_output=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE)),
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")[-2000:]
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("family", list(FAMILIES))
def test_hostile_markup_is_taken_apart_within_bounds_and_keeps_its_text(family: str) -> None:
    *found, (_, megabytes, _) = taken_apart({name: page_of(markup) for name, markup in FAMILIES[family].items()})
    assert found == [(name, True, True) for name in FAMILIES[family]]
    assert isinstance(megabytes, float)
    assert megabytes <= MEGABYTES


def test_broken_and_lying_encodings_are_taken_apart_or_refused_with_advice() -> None:
    *found, (_, megabytes, _) = taken_apart({name: page_of(CASES[name]())[:400_000] for name in ENCODED})
    assert [name for name, *_ in found] == list(ENCODED)
    assert all(outcome is True or (outcome == "refused" and advised) for _, outcome, advised in found)
    assert isinstance(megabytes, float)
    assert megabytes <= MEGABYTES
