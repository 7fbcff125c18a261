"""What changed from one publication of a site to the next, and the manifest that remembers it: publication.json in the folder.

The manifest holds numbers, days and digests, and nothing else of an incident. It is read back from a folder that anybody may
have written to: whatever is not exactly of its form makes the folder none of ours.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SCHEMA = "tawthiq/site/1"
MANIFEST = "publication.json"
LONGEST = 64 << 20  # bytes of a manifest
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication: the day of its state, and the numbers of what was added, changed and withdrawn since the one before.

    The first one of a folder has `first` set and every incident under `added`.
    """

    day: date | None
    added: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    first: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a site's folder says of itself: whose archive (the name in its log's key), digests by number, publications newest
    first.
    """

    archive: str
    title: str
    digests: Mapping[int, str]
    publications: tuple[Publication, ...]


class NoManifest(ValueError):
    """Bytes that are no manifest of a site."""


def following(previous: Manifest | None, digests: Mapping[int, str], day: date | None) -> tuple[Publication, ...]:
    """The publications with the one that is being made, newest first; unchanged where nothing changed since the last."""
    if previous is None:
        return (Publication(day, added=tuple(sorted(digests)), first=True),)
    before = previous.digests
    made = Publication(
        day,
        added=tuple(sorted(digests.keys() - before.keys())),
        changed=tuple(sorted(number for number in digests.keys() & before.keys() if digests[number] != before[number])),
        withdrawn=tuple(sorted(before.keys() - digests.keys())),
    )
    if not (made.added or made.changed or made.withdrawn):
        return previous.publications
    return (made, *previous.publications)


def written(manifest: Manifest) -> bytes:
    """The manifest as the bytes of its file."""
    content = {
        "schema": SCHEMA,
        "archive": manifest.archive,
        "title": manifest.title,
        "incidents": {str(number): manifest.digests[number] for number in sorted(manifest.digests)},
        "publications": [_as_json(each) for each in manifest.publications],
    }
    return (json.dumps(content, ensure_ascii=True, indent=1) + "\n").encode()


def read(data: bytes) -> Manifest:
    """The manifest of a site's folder. Raises NoManifest."""
    try:
        content = json.loads(data)
        if content["schema"] != SCHEMA:
            raise NoManifest(content["schema"])
        digests = {int(number): _digest(value) for number, value in content["incidents"].items()}
        publications = tuple(_publication(each) for each in content["publications"])
        return Manifest(_text(content["archive"]), _text(content["title"]), digests, publications)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NoManifest(str(error)) from error


def _as_json(publication: Publication) -> dict[str, Any]:
    return {
        "day": publication.day.isoformat() if publication.day else None,
        "first": publication.first,
        "added": list(publication.added),
        "changed": list(publication.changed),
        "withdrawn": list(publication.withdrawn),
    }


def _publication(content: Any) -> Publication:
    return Publication(
        None if content["day"] is None else date.fromisoformat(content["day"]),
        added=_numbers(content["added"]),
        changed=_numbers(content["changed"]),
        withdrawn=_numbers(content["withdrawn"]),
        first=content["first"] is True,
    )


def _numbers(values: Sequence[Any]) -> tuple[int, ...]:
    if not all(type(value) is int and value >= 0 for value in values):
        raise NoManifest("no numbers")
    return tuple(values)


def _digest(value: Any) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise NoManifest("no digest")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NoManifest("no text")
    return value
