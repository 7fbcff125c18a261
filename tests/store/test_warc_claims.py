"""What WARC files of other tools say of their making is a fact of their entry; people and machines are left out."""

import gzip
from io import BytesIO

import pytest

from store.wacz_maker import warc
from tawthiq.store import ArchiveFolder
from tawthiq.store.events import WARC_KEPT
from tawthiq.store.warc_claims import stated_by

FIELDS = "software: another tool 1.0\r\nformat: WARC File Format 1.1\r\noperator: someone\r\nhostname: host\r\nip: 192.0.2\r\n"
INFO = (
    "WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:00000009-0000-4000-8000-000000000000>\r\n"
    "WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/warc-fields\r\n"
    f"Content-Length: {len(FIELDS)}\r\n\r\n{FIELDS}\r\n\r\n"
).encode()


def test_software_and_date_are_logged_and_nobody_is(archive: ArchiveFolder) -> None:
    with archive:
        archive.keep_warc("web.warc.gz", BytesIO(gzip.compress(INFO) + warc()), {})
        (event,) = (entry.event for entry in archive.entries() if entry.event and entry.event.kind == WARC_KEPT)
    assert event.facts["stated"] == {
        "software": "another tool 1.0",
        "format": "WARC File Format 1.1",
        "date": "2026-01-01T00:00:00Z",
    }


@pytest.mark.parametrize("data", [b"", b"WARC/1.1\r\n", warc(), INFO[:60], b"\x1f\x8b\x00"])
def test_a_file_that_says_nothing_of_itself_states_nothing(data: bytes) -> None:
    assert stated_by(BytesIO(data)) == {}
