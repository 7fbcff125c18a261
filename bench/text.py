"""Speed of the text room: milliseconds a 300-word report for each reading, and for all of them together.

    python bench/text.py [--shared FOLDER]

Reads the composed samples, cut or joined to 300 words. Processor time, so that other work on the machine does not count;
nothing is remembered, each text is read once a round.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tawthiq.text import analysis, cardinals, dates, items, numbers, sentences, terms, tokens
from tawthiq.text.folding import fold_with_map
from tawthiq.text.language import language

_PUBLISHED = date(2016, 10, 27)
_WORDS = 300


def _texts(shared: Path) -> list[tuple[str, str]]:
    words: dict[str, list[str]] = {"ar": [], "en": []}
    for line in (shared / "samples/reports.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        words[document["language"]] += document["text"].replace("\n", " \n ").split(" ")
    return [
        (code, " ".join(of_language[at : at + _WORDS]))
        for code, of_language in words.items()
        for at in range(0, len(of_language) - _WORDS, _WORDS)
    ]


def _forget() -> None:
    for remembered in (
        fold_with_map,
        terms.terms,
        items.items,
        cardinals.numerals,
        tokens._tokens,
        numbers._numbers,
        dates._times,
        dates.anchor,
    ):
        remembered.cache_clear()  # type: ignore[attr-defined]


def _milliseconds(run: Callable[[str, str], object], texts: list[tuple[str, str]]) -> float:
    """Mean over the texts of each one's best of seven rounds."""
    best = [float("inf")] * len(texts)
    for _ in range(7):
        for at, (code, text) in enumerate(texts):
            _forget()
            begun = time.process_time()
            run(code, text)
            best[at] = min(best[at], time.process_time() - begun)
    return 1000 * sum(best) / len(texts)


def main() -> None:
    """Prints one line a reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    texts = _texts(parser.parse_args().shared)
    readings: dict[str, Callable[[str, str], object]] = {
        "fold with map": lambda _, text: fold_with_map(text),
        "tokens": lambda _, text: tokens.tokens(text),
        "sentences": lambda _, text: sentences.sentences(text),
        "language": lambda _, text: language(text),
        "terms": lambda _, text: terms.terms(text),
        "items (with terms)": lambda _, text: items.items(text),
        "numbers (with terms)": lambda code, text: numbers.numbers(text, code),
        "times (with items)": lambda code, text: dates.times(text, code, _PUBLISHED),
        "analyse (with tokens)": lambda _, text: analysis.analyse(text),
        "tokens, sentences, numbers, times": lambda code, text: (
            tokens.tokens(text), sentences.sentences(text), numbers.numbers(text, code), dates.times(text, code, _PUBLISHED),
        ),
    }  # fmt: skip
    for _, run in readings.items():
        for code, text in texts[:20]:
            run(code, text)
    print(f"{len(texts)} texts of {_WORDS} words")
    for name, run in readings.items():
        print(f"{name:36s} {_milliseconds(run, texts):7.3f} ms")


if __name__ == "__main__":
    main()
