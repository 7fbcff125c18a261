"""Documents of pages: sheets per second, and how well each tool gives Arabic, in one run.

Prints JSON. The document is the magazine of tests/pipeline/chromium_pdf.py; CPU time of one process, the best of ROUNDS
(of the child for pdftotext). `errors` is the edit distance of the words to what was printed, over their number: order counts.
Peers that are not installed are left out.
"""

import importlib
import io
import json
import resource
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from pipeline.chromium_pdf import CHROMIUM, SHEETS, magazine, paragraphs
from tawthiq.page import anatomy

ROUNDS = 3
MEASURED = 12  # sheets whose words are compared; the comparison takes the square of their number


def cpu() -> float:
    """CPU seconds of this process and its children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def rate(work: Callable[[bytes], str], data: bytes) -> tuple[float, str]:
    """Sheets per second of CPU time, best of ROUNDS, and the text."""
    best, text = float("inf"), ""
    for _ in range(ROUNDS):
        begun = cpu()
        text = work(data)
        best = min(best, cpu() - begun)
    return round(SHEETS / best, 1), text


def peers() -> dict[str, Callable[[bytes], str]]:
    """Other tools by name."""
    found: dict[str, Callable[[bytes], str]] = {}
    if program := shutil.which("pdftotext"):
        found["pdftotext"] = lambda data: subprocess.run(
            [program, "-", "-"], input=data, capture_output=True, check=True
        ).stdout.decode()
    try:
        pypdf = importlib.import_module("pypdf")
        found["pypdf"] = lambda data: "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages)
    except ImportError:
        pass
    try:
        extract = importlib.import_module("pdfminer.high_level").extract_text
        found["pdfminer"] = lambda data: str(extract(io.BytesIO(data)))
    except ImportError:
        pass
    pypdfium2 = importlib.import_module("pypdfium2")
    found["pdfium"] = lambda data: "\n".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data)
    )
    return found


def errors(due: list[str], found: list[str]) -> float:
    """The edit distance of two lists of words over the length of the first."""
    before = list(range(len(found) + 1))
    for row, wanted in enumerate(due, start=1):
        current = [row]
        for at, word in enumerate(found):
            current.append(min(before[at + 1] + 1, current[at] + 1, before[at] + (wanted != word)))
        before = current
    return round(before[-1] / len(due), 3)


def measured(work: Callable[[bytes], str], data: bytes) -> dict[str, float]:
    """Speed, and the errors in the words of the first MEASURED sheets of text."""
    speed, text = rate(work, data)
    due = " ".join(" ".join(paragraphs(number)) for number in range(2, MEASURED + 2)).split()
    found = plain(text).split()
    begin = found.index(due[0]) if due[0] in found else 0
    return {"sheets_a_second": speed, "errors": errors(plain(" ".join(due)).split(), found[begin : begin + len(due)])}


def plain(text: str) -> str:
    """The text without invisible marks, presentation forms as letters: what no tool is blamed for."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(character for character in folded if unicodedata.category(character) != "Cf")


def main() -> int:
    """Print the figures."""
    if CHROMIUM is None:
        print(json.dumps({"skipped": "Chromium, which prints the document, is not installed"}))
        return 0
    data = magazine()
    figures = {"tawthiq": measured(lambda data: anatomy(data, id="bench").body, data)}
    figures |= {name: measured(work, data) for name, work in peers().items()}
    print(json.dumps({"sheets": SHEETS, "bytes": len(data), **figures}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
