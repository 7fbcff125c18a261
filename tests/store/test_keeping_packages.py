"""WACZ packages of other tools: kept whole, read at their place, their own claims checked, hostile ones named."""

import hashlib
import json
import struct
import zipfile
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.wacz_maker import URL, wacz, warc, zipped
from tawthiq.records.capture import Capture, SourceKind
from tawthiq.records.errors import UnreadableCapture, WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.events import WARC_KEPT
from tawthiq.store.verify import verify
from tawthiq.store.wacz import members
from tawthiq.store.wacz_claims import claims, pages


def keep(archive: ArchiveFolder, data: bytes) -> tuple[list[Capture], dict[str, Any]]:
    with archive:
        captures = archive.keep_wacz("web.wacz", BytesIO(data), {"reason": "case 12"})
    kept = [entry.event for entry in archive.entries() if entry.event and entry.event.kind == WARC_KEPT]
    assert (archive.path / kept[-1].facts["path"]).read_bytes() == data
    assert all(check.holds for check in verify(archive.path))
    return captures, kept[-1].facts


def own_facts(archive: ArchiveFolder, capture: Capture) -> dict[str, Any]:
    event = next(archive.entries(capture.log_index)).event
    assert event is not None
    return dict(event.facts["facts"])


@pytest.mark.parametrize("pack", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
@pytest.mark.parametrize("packed", [True, False])
def test_a_package_is_kept_whole_and_each_record_read_back(archive: ArchiveFolder, pack: int, packed: bool) -> None:
    data = wacz(warc(3, packed=packed), name="archive/data.warc.gz" if packed else "archive/data.warc", pack=pack)
    captures, facts = keep(archive, data)
    assert [capture.kind for capture in captures] == [SourceKind.WARC] * 3
    assert (facts["records"], facts["stopped"], facts["package"]["digests"]) == (3, None, "hold")
    for number, capture in enumerate(captures):
        payload = archive.record(capture).payload
        assert payload == b"<html><body><p>report%d" % number
        assert hashlib.sha256(payload).hexdigest() == capture.sha256
        assert own_facts(archive, capture)["member"].startswith("archive/data.warc")


def test_the_place_of_a_record_is_that_in_the_package(archive: ArchiveFolder) -> None:
    data = wacz()
    captures, _ = keep(archive, data)
    for capture in captures:
        assert data[capture.offset : capture.offset + 2] == b"\x1f\x8b"


def test_what_the_package_says_of_its_pages_is_a_fact_of_their_captures(archive: ArchiveFolder) -> None:
    captures, _ = keep(archive, wacz())
    assert captures[0].source == URL
    assert own_facts(archive, captures[0])["page"] == {"title": "خبر", "ts": "2026-01-01T00:00:00Z"}
    assert "page" not in own_facts(archive, captures[1])


def test_digests_that_differ_are_named_and_the_package_is_kept(archive: ArchiveFolder) -> None:
    captures, facts = keep(archive, wacz(wrong=True))
    assert len(captures) == 2
    assert (facts["package"]["digests"], facts["package"]["differing"]) == ("differ", ["archive/data.warc.gz"])


def test_a_signature_is_checked_and_what_it_says_is_a_fact(archive: ArchiveFolder) -> None:
    _, facts = keep(archive, wacz(sign=True))
    signature = facts["package"]["signature"]
    assert (signature["result"], signature["software"]) == ("holds", "another tool 1.0")
    assert facts["package"]["stated"]["wacz_version"] == "1.1.1"


def test_a_signature_over_another_list_differs(archive: ArchiveFolder) -> None:
    data = wacz(sign=True)
    with zipfile.ZipFile(BytesIO(data)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    files["datapackage.json"] = files["datapackage.json"].replace(b"another tool", b"another fool")
    _, facts = keep(archive, zipped(files))
    assert facts["package"]["signature"]["result"] == "differs"


def test_a_package_that_is_cut_is_kept_and_named(archive: ArchiveFolder) -> None:
    captures, facts = keep(archive, wacz()[:-40])
    assert captures == []
    assert "its directory cannot be read" in facts["stopped"]


def test_an_encrypted_file_is_named_and_left_alone(archive: ArchiveFolder) -> None:
    data = bytearray(wacz())
    place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"archive/data.warc.gz"))
    struct.pack_into("<H", data, place + 8, 1)
    captures, facts = keep(archive, bytes(data))
    assert captures == []
    assert "archive/data.warc.gz: it is encrypted" in facts["stopped"]


def test_files_that_overlap_are_refused() -> None:
    data = bytearray(zipped({"archive/a.warc": b"x" * 50, "archive/b.warc": b"y" * 50}))
    second = data.rindex(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 0)
    first, other = members(BytesIO(bytes(data)))
    assert (first.refused, other.refused) == (None, "it overlaps another file of the package")


def test_a_file_that_unfolds_too_far_is_named_and_not_unfolded(archive: ArchiveFolder) -> None:
    object.__setattr__(archive._packages._settings, "largest_item", 200_000)
    bomb = wacz(warc(1, b"x" * 1_000_000, packed=False), name="archive/data.warc", pack=zipfile.ZIP_DEFLATED)
    captures, facts = keep(archive, bomb)
    assert captures == []
    assert "unfolds to more than an item may have" in facts["stopped"]
    assert facts["package"]["digests"] == "unchecked"


def test_the_key_is_asked_for_before_anything_is_written(
    archive: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_archive: ArchiveFolder) -> None:
        raise WrongUsage(item="key", happened="no passphrase", advice="give it")

    monkeypatch.setattr(ArchiveFolder, "unlock", refuse)
    with pytest.raises(WrongUsage, match="no passphrase"):
        archive.keep_wacz("web.wacz", BytesIO(wacz()), {})
    assert not list((archive.path / "evidence").rglob("*.wacz"))


def test_a_directory_too_large_to_be_one_is_not_loaded(archive: ArchiveFolder) -> None:
    data = bytearray(wacz())
    end = data.rindex(b"PK\x05\x06")
    struct.pack_into("<I", data, end + 12, 500_000_000)
    captures, facts = keep(archive, bytes(data))
    assert captures == []
    assert "larger than 16,777,216 bytes" in facts["stopped"]


def test_names_that_lead_out_of_the_package_are_words_and_nothing_else(archive: ArchiveFolder) -> None:
    captures, _ = keep(archive, wacz(name="archive/../../../etc/data.warc.gz"))
    assert own_facts(archive, captures[0])["member"] == "archive/../../../etc/data.warc.gz"
    assert captures[0].path.startswith("evidence/")


def test_a_package_without_warc_files_says_so(archive: ArchiveFolder) -> None:
    captures, facts = keep(archive, zipped({"datapackage.json": b"[]", "pages/pages.jsonl": b"\xff\n{"}))
    assert (captures, facts["stopped"]) == ([], "it holds no WARC file")
    assert facts["package"]["digests"] == "absent"


def test_a_member_that_is_said_to_begin_before_the_package_is_refused() -> None:
    package = bytearray(_PACKAGE)
    package[package.rindex(b"PK\x05\x06") + 18] = 1  # the directory is said to begin 65,536 bytes later than it does
    found = members(BytesIO(bytes(package)))
    assert found
    assert all(member.refused for member in found)


@given(st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_byte_changed_gives_members_or_one_kind_of_error(data: st.DataObject) -> None:
    package = bytearray(_PACKAGE)
    for _ in range(3):
        package[data.draw(st.integers(0, len(package) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = members(BytesIO(bytes(package)))
    except UnreadableCapture:
        return
    ends = [(member.start, member.start + member.held) for member in found if not member.refused]
    assert all(before[1] <= after[0] for before, after in pairwise(ends))
    assert all(0 <= start <= end <= len(package) for start, end in ends)


_PACKAGE = wacz(sign=False)
_NAMES = st.sampled_from(
    ["resources", "path", "hash", "signedData", "publicKey", "signature", "software", "url", "title", "ts"]
)
_ODD = st.none() | st.integers() | st.text(max_size=8) | st.just("datapackage.json") | st.just("sha256:00")
_JSON = st.recursive(
    _ODD, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=5), max_leaves=12
)


@given(_JSON, _JSON, _JSON)
@settings(max_examples=150, deadline=None)
def test_whatever_a_package_says_of_itself_is_told_without_another_error(
    package: object, digest: object, page: object
) -> None:
    files = {"datapackage.json": package, "datapackage-digest.json": digest, "pages/pages.jsonl": page}
    data = BytesIO(zipped({name: json.dumps(value).encode() for name, value in files.items()}))
    found = members(data)
    told = claims(data, found, 1_000_000)
    assert told["digests"] in {"hold", "differ", "absent"}
    assert all(isinstance(address, str) for address in pages(data, found))
