"""The text of a table: by its byte order mark, else UTF-8, else windows-1256, in which Arabic spreadsheets save."""

from tawthiq.records.errors import WrongUsage

LARGEST_TABLE = 256 * 1024 * 1024
"""Bytes of a table."""
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def decoded(name: str, data: bytes) -> str:
    """The text of the file called `name`. Raises WrongUsage for what is no text and what is too large."""
    if len(data) > LARGEST_TABLE:
        raise _wrong(name, f"it has more than {LARGEST_TABLE:,} bytes", "add rows alike up, and say --freq")
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    try:
        return data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked or 0 in data:
            raise _wrong(name, "it is no text", "save the table as CSV in UTF-8") from error
        return data.decode("windows-1256", "replace")


def _wrong(name: str, happened: str, advice: str) -> WrongUsage:
    return WrongUsage(item=name, happened=happened, advice=advice)
