"""A record of evidence as it is read back."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """The payload of one capture, still content-encoded as served, after transfer decoding.

    `status` is None and `headers` empty for files; header values are decoded as ISO 8859-1, in their order.
    `truncated` says why the payload is not whole (`length`, `time`, `disconnect`, `unspecified`), or is None.
    """

    status: int | None
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    truncated: str | None
