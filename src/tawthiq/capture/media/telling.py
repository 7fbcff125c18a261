"""Values of metadata as one line of text: hostile bytes, endless strings and numbers that are none made harmless."""

from collections.abc import Iterator, Mapping

from tawthiq.capture.names import shown
from tawthiq.records.media import MediaFact

LONGEST = 300


def line(value: object) -> str:
    """`value` as one printable line; empty for what says nothing."""
    if isinstance(value, bytes):
        value = value.split(b"\x00")[0].decode("utf-8", "replace")
    return shown(" ".join(str(value).replace("\x00", " ").split()), LONGEST) if value is not None else ""


def facts_in(values: Mapping[str, object], names: Mapping[str, tuple[str, bool]]) -> Iterator[MediaFact]:
    """A fact for each of `names` that `values` has: from the file's own name to ours, and whether it is protected."""
    for own, (name, protected) in names.items():
        if told := line(values.get(own)):
            yield MediaFact(name, told, protected)
