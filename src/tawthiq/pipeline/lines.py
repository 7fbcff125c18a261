"""JSON Lines in and out, for every verb that works on files and standard streams.

A bad line becomes an error naming the file and the line; the lines after it are still read.
"""

import json
from collections.abc import Iterator
from typing import IO, Any

from tawthiq.records.errors import UnreadableInput

LONGEST_LINE = 64 * 1024 * 1024  # bytes; a longer line is not a document


def documents(stream: IO[bytes], name: str) -> Iterator[dict[str, Any] | UnreadableInput]:
    """Each line of `stream` as an object, or the error that says why it is none, in order; empty lines are skipped.

    Every object gets "at": "`name`:line", so that later errors can name the line too. An over-long line is skipped whole
    without being held in memory.
    """
    for number, line in _lines(stream):
        at = f"{name}:{number}"
        if line is None:
            yield _bad(at, f"the line is longer than {LONGEST_LINE} bytes", "give one document a line")
        elif line.strip():
            yield _parsed(line, at)


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The numbered lines; None stands for one that is too long."""
    number = 0
    while line := stream.readline(LONGEST_LINE):
        number += 1
        if len(line) < LONGEST_LINE or line.endswith(b"\n"):
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
        yield number, None


def _parsed(line: bytes, at: str) -> dict[str, Any] | UnreadableInput:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return _bad(at, f"the line is not UTF-8 (byte {error.start})", "convert the file to UTF-8")
    except json.JSONDecodeError as error:
        happened = f"the line is not JSON from character {error.colno} on"
        return _bad(at, happened, "give one JSON object a line")
    except ValueError:  # Python refuses to read numbers of thousands of digits
        return _bad(at, "it holds a number of more digits than any count has", "give numbers of a sane length")
    except RecursionError:
        return _bad(at, "its objects or lists are nested too deeply", "give one flat JSON object a line")
    if not isinstance(value, dict):
        return _bad(at, f"the line holds a JSON {type(value).__name__}, not an object", "give one JSON object a line")
    return {**value, "at": at}


def written(value: object) -> bytes:
    """One object as one line of UTF-8; lone surrogates are escaped so that any text can be written."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    try:
        return text.encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value, ensure_ascii=True).encode("ascii") + b"\n"


def _bad(at: str, happened: str, advice: str) -> UnreadableInput:
    return UnreadableInput(item=at, happened=happened, advice=advice)
