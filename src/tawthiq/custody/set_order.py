"""Timestamp replies in the order that strict readers demand (X.690 section 11.6: a SET OF is sorted by its encodings).

Common authorities, openssl among them, write the certificates of a token in the order of the chain. That set is not signed,
and sorting a set moves bytes without changing a length, so the sorted reply says exactly what the one received says. Only a
copy for the strict reader is sorted; what is kept is what came.
"""

from contextlib import suppress

from tawthiq.custody.der import CONTEXT_0, INTEGER, SET, OddEncoding, Part, child, inside, only

# TimeStampResp: its status, the token behind it, and in the token the SignedData.
STATUS_CODE, SIGNED_DATA = (0, 0), (1, 1, 0)
_GRANTED_WITH_MODS = b"\x01"


def sorted_reply(reply: bytes) -> bytes:
    """A TimeStampResp (RFC 3161 section 2.4.2) with the sets of its SignedData (RFC 5652 section 5.1) sorted.

    A status "granted with modifications" reads "granted" in it. What is malformed stays as it is, for the reader to refuse.
    """
    data = bytearray(reply)
    with suppress(OddEncoding):
        whole = only(data)
        code = child(data, whole, *STATUS_CODE)
        if code.tag == INTEGER and data[code.content : code.end] == _GRANTED_WITH_MODS:
            data[code.content] = 0
        for field in inside(data, child(data, whole, *SIGNED_DATA)):
            if field.tag in (SET, CONTEXT_0):
                _sort(data, field)
    return bytes(data)


def _sort(data: bytearray, field: Part) -> None:
    members = [bytes(data[each.start : each.end]) for each in inside(data, field)]
    data[field.content : field.end] = b"".join(sorted(members))
