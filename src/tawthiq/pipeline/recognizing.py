"""The edge that recognizes characters on pictures of sheets: Debian's Tesseract with Arabic and English.

One sheet at a time goes to the program's standard input and its table of words (TSV) comes back: no file is written, so
none is left behind. The same bytes, version and languages give the same words; both are named in the page's notes. The
program gets one thread, SECONDS a look and MEMORY; it is ended with us, and where we are killed, by its own bounds.
"""

import contextlib
import os
import re
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

from tawthiq.page.document_bytes import RawDocument, raw_document, words_of_sheet
from tawthiq.page.document_kinds import PDF, document_kind
from tawthiq.page.pdf_drawing import RESOLUTION, drawn_sheets
from tawthiq.pipeline.overlooked_lines import has_room, with_overlooked
from tawthiq.records.sheet_words import Box, Recognition, RecognizedSheet, RecognizedWord, SheetWord

SECONDS = 180.0  # one look at a sheet
MOST_LOOKS = 3
"""How often a sheet is looked at: for Arabic, with English beside it, and for lines that were passed over."""
SURE = 0.82
"""Mean confidence from which a reading with Arabic alone stands; clean Arabic print measured .88 to .92, English print under
Arabic alone below .7."""
MEMORY = 1 << 30  # bytes of address space
MOST_OUTPUT = 50_000_000  # bytes of a table of words
INSTALL = "apt install tesseract-ocr tesseract-ocr-ara"
DOUBTFUL = 0.5
"""Confidence of a word below which Arabic could not read it; Latin names under Arabic alone came with 0 to .4, as figures."""
_ONE_BLOCK = ("--psm", "6")  # the sheet as one block of text, for lines that its cutting into blocks loses
_LANGUAGES = ("ara", "eng")
_ARABIC = re.compile("[\u0620-\u064a]")
_LATIN = re.compile("[A-Za-z]")
_INVISIBLE = re.compile("[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_VERSION = re.compile(r"tesseract\s+v?(\S+)")
_MOST_SHEETS = 500  # of one picture file (TIFF holds several)

Words = tuple[RecognizedWord, ...]
Told = Callable[[int, int], None]
"""Told before each sheet: which of how many is recognized."""


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The program as found on this machine."""

    program: str
    version: str
    languages: tuple[str, ...]

    def __str__(self) -> str:
        return f"tesseract {self.version} {', '.join(self.readings)}"

    @property
    def readings(self) -> tuple[str, ...]:
        """Arabic alone first: with English beside it, some Arabic words come out as Latin letters."""
        return (_LANGUAGES[0], "+".join(self.languages)) if len(self.languages) > 1 else _LANGUAGES[:1]


class NotRecognized(Exception):
    """The program gave no words for a sheet; the text says why."""


@cache
def tesseract() -> Tesseract | None:
    """The recognizer of this machine, asked once; None when it or its Arabic data is missing."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        known = _asked(program, "--list-langs").split()
        version = _VERSION.search(_asked(program, "--version"))
        if "ara" in known and version:
            return Tesseract(program, version[1], tuple(name for name in _LANGUAGES if name in known))
    return None


def recognition(data: bytes, raw: RawDocument, item: str, told: Told | None = None) -> Recognition | None:
    """What the sheets of a document show whose characters are not in the file; None when there are none such.

    `told` is told of each sheet that is recognized. A sheet that cannot be is left out with a note.
    """
    kind = document_kind(data)
    if kind is None or (kind == PDF and not raw.unread):
        return None
    machine = tesseract()
    if machine is None:
        return Recognition("", {}, (f"no character recognition with Arabic is installed: {INSTALL}",))
    if kind == PDF:
        return _of_sheets(machine, data, raw.unread, item, told)
    if told:
        told(1, 1)
    try:
        return Recognition(str(machine), _read(machine, data, 1.0))
    except NotRecognized as error:
        return Recognition(str(machine), {}, (f"the picture was not recognized: {error}",))


def _of_sheets(machine: Tesseract, data: bytes, wanted: Sequence[int], item: str, told: Told | None) -> Recognition:
    """What the wanted sheets of a PDF show, drawn and read one at a time."""
    found: dict[int, RecognizedSheet] = {}
    notes: list[str] = []
    for place, sheet in enumerate(drawn_sheets(data, item, wanted), start=1):
        if told:
            told(place, len(wanted))
        try:
            if sheet.why_not:
                raise NotRecognized(sheet.why_not)
            found[sheet.number] = _read(machine, sheet.picture, sheet.pixels_a_point)[1]
        except (NotRecognized, KeyError) as error:
            notes.append(f"sheet {sheet.number} was not recognized: {error}")
    return Recognition(str(machine), found, tuple(notes))


def recognized_words(data: bytes, number: int, item: str = "document") -> list[SheetWord]:
    """The words of sheet `number` with their boxes and confidence, recognized anew where the file holds none."""
    return words_of_sheet(data, number, recognition(data, raw_document(data, item), item), item)


def _asked(program: str, question: str) -> str:
    run = subprocess.run(  # noqa: S603  a program of the system with fixed arguments
        [program, question], capture_output=True, check=False, timeout=30, stdin=subprocess.DEVNULL
    )
    return (run.stdout + run.stderr).decode("utf-8", "replace")


def _read(machine: Tesseract, picture: bytes, pixels_a_point: float) -> Mapping[int, RecognizedSheet]:
    """The sheets of a picture file, numbered from 1, with boxes in points. Raises NotRecognized."""
    first, *more = machine.readings
    found = dict(_sheets(_table(machine, picture, first), pixels_a_point))
    if not found:
        raise NotRecognized("the program found no sheet in it")
    if more and any(_may_be_english(sheet) for sheet in found.values()):
        second = dict(_sheets(_table(machine, picture, more[0]), pixels_a_point))
        found = {number: _merged(sheet, second.get(number, sheet)) for number, sheet in found.items()}
    if not any(map(has_room, found.values())):
        return found
    again = dict(_sheets(_table(machine, picture, first, _ONE_BLOCK), pixels_a_point))
    return {number: with_overlooked(sheet, again.get(number, sheet)) for number, sheet in found.items()}


def _may_be_english(sheet: RecognizedSheet) -> bool:
    """Whether Arabic alone left words that it could not read, or is unsure of the whole sheet."""
    doubtful = any(
        word.confidence < DOUBTFUL and not _ARABIC.search(word.text) for line in sheet.lines for word in line
    )
    return doubtful or _confidence(sheet) < SURE


def _merged(arabic: RecognizedSheet, mixed: RecognizedSheet) -> RecognizedSheet:
    """The lines of the mixed reading, in its order of words, with Arabic's own words wherever Arabic could read them.

    The program cuts lines and words before it reads them, so both readings mostly have the same boxes. A line that is cut
    otherwise is taken from the surer reading; so is a sheet that is cut otherwise, or that is no Arabic.
    """
    if _confidence(arabic) < SURE or len(arabic.lines) != len(mixed.lines):
        return max((arabic, mixed), key=_confidence)
    lines = tuple(map(_merged_line, arabic.lines, mixed.lines))
    return RecognizedSheet(arabic.width, arabic.height, lines)


def _merged_line(arabic: Words, mixed: Words) -> Words:
    own = {word.box: word for word in arabic}
    if own.keys() != {word.box for word in mixed}:
        return max((arabic, mixed), key=lambda line: _mean([line]))
    return tuple(_surer(own[word.box], word) for word in mixed)


def _surer(arabic: RecognizedWord, mixed: RecognizedWord) -> RecognizedWord:
    """The mixed reading of a word only where it is Latin letters that Arabic could not read."""
    latin = len(_LATIN.findall(mixed.text)) >= 2
    unsure = arabic.confidence < DOUBTFUL and mixed.confidence > arabic.confidence + 0.3
    return mixed if latin and unsure else arabic


def _confidence(sheet: RecognizedSheet) -> float:
    return _mean(sheet.lines)


def _mean(lines: Sequence[Words]) -> float:
    """The mean confidence of the characters of lines; 0 where there are none."""
    told = [(word.confidence, len(word.text)) for line in lines for word in line]
    return sum(sure * size for sure, size in told) / max(sum(size for _, size in told), 1)


def _table(machine: Tesseract, picture: bytes, languages: str, layout: Sequence[str] = ()) -> str:
    command = [machine.program, "stdin", "stdout", "-l", languages, "--dpi", str(RESOLUTION), *layout, "tsv"]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603  a program of the system with fixed arguments
        command, stdin=pipe, stdout=pipe, stderr=pipe, env=environment
    ) as running:
        try:
            with contextlib.suppress(OSError, AttributeError):  # Linux alone can bound a process that runs
                resource.prlimit(running.pid, resource.RLIMIT_AS, (MEMORY, MEMORY))
                # Past the time that is waited for it: this ends it only where nobody waits any more.
                resource.prlimit(running.pid, resource.RLIMIT_CPU, (ceil(SECONDS) + 1, ceil(SECONDS) + 1))
            out, said = running.communicate(picture, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            running.kill()
            raise NotRecognized(f"it took more than {SECONDS:.0f} seconds") from error
        except BaseException:
            running.kill()
            raise
    if running.returncode:
        last = said.decode("utf-8", "replace").strip().splitlines()
        raise NotRecognized(last[-1][:200] if last else f"the program ended with {running.returncode}")
    return out[:MOST_OUTPUT].decode("utf-8", "replace")


def _sheets(table: str, pixels_a_point: float) -> Iterator[tuple[int, RecognizedSheet]]:
    """Sheets of Tesseract's table: its rows are sheets (level 1), lines (4) and words (5) in reading order."""
    sizes: dict[int, tuple[float, float]] = {}
    lines: dict[int, list[list[RecognizedWord]]] = {}
    for row in table.split("\n")[1:]:
        cells = row.split("\t")
        if len(cells) < 11:
            continue
        level, number = int(cells[0]), int(cells[1])
        left, top, width, height = (round(int(cell) / pixels_a_point, 2) for cell in cells[6:10])
        if level == 1 and number <= _MOST_SHEETS:
            sizes[number] = (width, height)
        elif level == 4:
            lines.setdefault(number, []).append([])
        elif level == 5 and len(cells) > 11 and (word := _INVISIBLE.sub("", cells[11])) and number in lines:
            box = Box(left, top, round(left + width, 2), round(top + height, 2))
            confidence = min(max(float(cells[10]) / 100, 0.0), 1.0)
            lines[number][-1].append(RecognizedWord(word, box, round(confidence, 3)))
    for number, (width, height) in sizes.items():
        read = tuple(tuple(line) for line in lines.get(number, []) if line)
        yield number, RecognizedSheet(width, height, read)
