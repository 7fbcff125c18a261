"""The last look at an answer before it is sent: whether any text in it tells of somebody who is protected from its reader.

What redaction replaces cannot stand there any more; this is for fields that nobody thought of. `publication.leaks` does it for
files.
"""

from collections.abc import Iterator
from typing import Any

from tawthiq.publication.redaction_matcher import matcher_of
from tawthiq.records.disclosure import Profile, Protected


def tells(answer: Any, profile: Profile, protected: Protected) -> bool:
    """Whether a text in an answer, as `schemas.as_json` makes it, tells of anybody whom the profile keeps back."""
    matcher = matcher_of(profile, protected)
    return any(matcher.tells(text) for text in set(_texts(answer)))


def _texts(answer: Any) -> Iterator[str]:
    if isinstance(answer, str):
        yield answer
    elif isinstance(answer, dict):
        for value in answer.values():
            yield from _texts(value)
    elif isinstance(answer, list):
        for value in answer:
            yield from _texts(value)
