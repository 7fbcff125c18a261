"""What a WARC file of another tool says of its own making: the fields of its first `warcinfo` record (ISO 28500, 6.2).

Facts, not proofs. The maker's machine and operator are left out: they name people and addresses.
"""

from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tawthiq.store.printing import printable

_FIELDS = frozenset({"software", "format", "conformsto", "ispartof", "robots"})
_LARGEST = 64 * 1024
_LONGEST = 300


def stated_by(stream: BinaryIO) -> dict[str, str]:
    """Software and form as stated, and the record's date; empty where the file does not begin with a warcinfo record.

    `stream` stands at the beginning of the file.
    """
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        if record is None or record.record_type != WarcRecordType.warcinfo:
            return {}
        block = record.reader.read(_LARGEST).decode("utf-8", "replace")
        dated = {"date": printable(str(record.headers.get("WARC-Date") or ""))[:_LONGEST]}
    except (OSError, ValueError, RuntimeError):
        return {}
    pairs = (line.partition(":") for line in block.splitlines())
    told = {name.strip().lower(): printable(value.strip())[:_LONGEST] for name, _, value in pairs}
    return {
        **{name: told[name] for name in sorted(_FIELDS & told.keys()) if told[name]},
        **{k: v for k, v in dated.items() if v},
    }
