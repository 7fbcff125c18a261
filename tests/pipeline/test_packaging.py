"""Packages: what goes into them, what stays behind, and that no byte of one can change unnoticed."""

import hashlib
import json
import os
import random
import shutil
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive_checks import differing
from package_samples import MOMENT, REPORT, Sample, make_attested_sample, make_sample
from tawthiq.custody import meaning, timestamps
from tawthiq.custody.entry import canonical_json
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import Proof, checked
from tawthiq.custody.timestamps import BadTimestamp
from tawthiq.pipeline.package_checks import package_checks
from tawthiq.pipeline.packaging import Packaged, hand_over, package
from tawthiq.publication.package import digest_of
from tawthiq.publication.zip_file import ZipReader, ZipWriter
from tawthiq.records.check import Check
from tawthiq.records.errors import EvidenceDiffers, StorageFailed, TawthiqError, UnreadableInput, WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.keys import new_signer


@pytest.fixture(scope="module")
def attested(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("attested")
    return make_attested_sample(folder / "archive", folder / "authority")


@pytest.fixture(scope="module")
def packaged(attested: Sample, tmp_path_factory: pytest.TempPathFactory) -> Packaged:
    return attested.package(tmp_path_factory.mktemp("handed") / "case.wacz")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return make_sample(tmp_path / "archive")


def wrong(path: Path, key: str | None = None) -> list[Check]:
    """The checks of a package that do not hold; a file that is no package counts as one."""
    try:
        return [check for check in package_checks(path, key) if not check.holds]
    except UnreadableInput as error:
        return [Check(error.item, holds=False, found=error.happened, proves="")]


def members_of(path: Path) -> dict[str, bytes]:
    with ZipReader(path) as package:
        return {name: package.read(name, 1 << 30) for name in package.members}


def forged(path: Path, members: dict[str, bytes], **changes: str) -> Path:
    """A package of these members in which every digest that can be computed anew is, and the list states `changes`."""
    listing = {**json.loads(members["datapackage.json"]), **changes}
    known = {each["path"]: each for each in listing["resources"]}
    listing["resources"] = [
        {
            **known.get(name, {"name": name.replace("/", "-").lower(), "path": name}),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in members.items()
        if not name.startswith("datapackage")
    ]
    described = (json.dumps(listing, ensure_ascii=False, indent=1) + "\n").encode()
    with path.open("wb+") as out:
        writer = ZipWriter(out)
        for name, data in {
            **members,
            "datapackage.json": described,
            "datapackage-digest.json": digest_of(described),
        }.items():
            writer.add(name, len(data), [data])
        writer.finish()
    return path


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_a_package_verifies_by_itself(packaged: Packaged, attested: Sample, tmp_path: Path) -> None:
    alone = tmp_path / "another machine"
    alone.mkdir()
    shutil.copy(packaged.path, alone)
    shutil.copy(packaged.proof, alone)
    checks = list(package_checks(alone / "case.wacz", attested.key))
    assert [check for check in checks if not check.holds] == []
    told = "\n".join(f"{check.name}: {check.found}" for check in checks)
    for capture in attested.captures.values():
        assert capture.sha256 in told
    assert "the one expected" in told
    assert "roots as handed over" in told
    assert "witness.example/w1" in told


def test_the_key_is_told_as_stated_unless_the_expected_one_is_given(packaged: Packaged) -> None:
    told = next(check for check in package_checks(packaged.path, None) if check.name == "key")
    assert told.holds
    assert "as stated in the package" in told.found
    assert "nothing" in told.proves
    named = [check.name for check in wrong(packaged.path, str(new_signer().key))]
    assert "key" in named
    assert packaged.proof.name in named


def test_evidence_goes_in_byte_for_byte(packaged: Packaged, attested: Sample) -> None:
    members = members_of(packaged.path)
    for capture in attested.captures.values():
        assert members[f"archive/{Path(capture.path).name}"] == (attested.path / capture.path).read_bytes()


def test_the_same_input_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    copy = Sample(tmp_path / "copy", sample.key, sample.captures)
    shutil.copytree(sample.path, copy.path)
    one = sample.package(tmp_path / "one.wacz", created=MOMENT)
    two = copy.package(tmp_path / "two.wacz", created=MOMENT)
    assert one.path.read_bytes() == two.path.read_bytes()


def test_one_bit_flipped_in_any_member_is_found_and_named(packaged: Packaged, tmp_path: Path) -> None:
    path = tmp_path / "case.wacz"
    whole = packaged.path.read_bytes()
    shutil.copy(packaged.proof, tmp_path)
    chosen = random.Random(7)
    with ZipReader(packaged.path) as reader:
        members = dict(reader.members)
    for name, member in members.items():
        for at in {member.start, member.end - 1, chosen.randrange(member.start, member.end)}:
            path.write_bytes(flipped(whole, at))
            assert any(name in check.name for check in wrong(path)), (name, at)


def test_one_bit_flipped_anywhere_else_is_found(packaged: Packaged, tmp_path: Path) -> None:
    path = tmp_path / "case.wacz"
    whole = packaged.path.read_bytes()
    with ZipReader(packaged.path) as reader:
        inside = [(member.start, member.end) for member in reader.members.values()]
    outside = [at for at in range(len(whole)) if not any(low <= at < high for low, high in inside)]
    for at in random.Random(8).sample(outside, 150):
        path.write_bytes(flipped(whole, at))
        assert wrong(path), at


@pytest.mark.parametrize(
    ("member", "at", "named"),
    [
        ("archive/", 400, "records"),
        ("proofs/1-in-7", 60, "proofs/1-in-7"),
        ("pages/pages.jsonl", 100, "pages/pages.jsonl"),
        ("indexes/index.idx", 80, "indexes/index.idx"),
        ("tawthiq/checkpoint", -10, "tawthiq/checkpoint"),
        ("timestamps/7-north.tsr", 500, "timestamps/7-north.tsr"),
        ("timestamps/7-ours.tsr", 500, "timestamps/7-ours.tsr"),
        ("timestamps/7.checkpoint", -10, "timestamps/7"),
        ("cosignatures/", -10, "cosignatures/"),
    ],
)
def test_a_change_is_found_though_every_digest_was_computed_anew(
    packaged: Packaged, tmp_path: Path, member: str, at: int, named: str
) -> None:
    members = members_of(packaged.path)
    name = next(each for each in members if each.startswith(member))
    members[name] = flipped(members[name], at)
    assert named in " ".join(check.name for check in wrong(forged(tmp_path / "f.wacz", members)))


@pytest.mark.parametrize("field", ["source", "collected", "sha256", "member", "record", "event", "log_index", "title"])
def test_a_data_point_of_the_manifest_that_was_changed_is_named(packaged: Packaged, tmp_path: Path, field: str) -> None:
    members = members_of(packaged.path)
    lines = members["tawthiq/manifest.json"].split(b"\n")
    item: dict[str, Any] = json.loads(lines[1].removesuffix(b","))
    changed = {"record": {**item["record"], "source": "x"}, "event": {**item["event"], "actor": "x"}, "log_index": 2}
    item[field] = changed.get(field, "x")
    lines[1] = json.dumps(item, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b","
    members["tawthiq/manifest.json"] = b"\n".join(lines)
    found = wrong(forged(tmp_path / "f.wacz", members))
    assert found
    if field not in ("title", "member", "log_index"):
        assert any(check.name == item["id"] and field in check.found for check in found)


def test_no_bit_of_a_token_can_be_flipped_so_that_verification_breaks_off(packaged: Packaged) -> None:
    """Certificates that are damaged inside make rfc3161-client panic, beside all errors that Python knows of."""
    members = members_of(packaged.path)
    token, checkpoint = members["timestamps/7-north.tsr"], members["timestamps/7.checkpoint"]
    pem = next(data for name, data in members.items() if name.startswith("timestamps/north-"))
    roots = timestamps.roots_in(pem, "roots")
    stamped = timestamps.checked(token, checkpoint, roots, None, "token")
    for at in range(len(token)):
        with suppress(BadTimestamp):
            assert timestamps.checked(flipped(token, at), checkpoint, roots, None, "token").time == stamped.time


def test_titles_are_reached_by_the_proof_of_the_export_alone(packaged: Packaged, tmp_path: Path) -> None:
    members = members_of(packaged.path)
    title, other = "انهيار الجسر".encode(), "لم ينهر الجسر".encode()
    manifest, told = members["tawthiq/manifest.json"].rsplit(b'"title":"' + title, 1)
    members["tawthiq/manifest.json"] = manifest + b'"title":"' + other + told
    members["pages/pages.jsonl"] = members["pages/pages.jsonl"].replace(title, other)
    members["tawthiq/explanation.html"] = members["tawthiq/explanation.html"].replace(title, other)
    path = forged(tmp_path / "case.wacz", members)
    assert wrong(path) == []
    shutil.copy(packaged.proof, tmp_path)
    assert [check.name for check in wrong(path)] == [packaged.proof.name]


def test_a_script_that_is_not_ours_is_named_before_anybody_runs_it(packaged: Packaged, tmp_path: Path) -> None:
    members = members_of(packaged.path)
    members["tawthiq/checks.txt"] += b"rm -r ~\n"
    (found,) = wrong(forged(tmp_path / "f.wacz", members))
    assert "tawthiq/checks.txt" in found.name
    assert "read them before you run them" in found.found


def test_a_package_calls_no_authority_and_no_team_by_a_name_that_it_gives_itself(
    packaged: Packaged, sample: Sample, tmp_path: Path
) -> None:
    members = members_of(packaged.path)
    attached = json.loads(members["tawthiq/manifest.json"].partition(b',"items":[\n')[0] + b"}")["attached"]
    for each in attached:
        each["facts"]["own"] = False
    restated(members, attached=attached)
    path = forged(tmp_path / "f.wacz", members)
    assert wrong(path) == []
    told = {check.name: check.proves for check in package_checks(path, None)}
    assert told["timestamps/7-ours.tsr"] == meaning.PACKAGE_TIMESTAMP.proves.en
    assert told["cosignatures/12-team-b.note"] == meaning.PACKAGE_COSIGNATURE.proves.en
    assert {told["timestamps/7-ours.tsr"], told["cosignatures/12-team-b.note"]} <= meaning.OPEN
    alone = sample.package(tmp_path / "alone.wacz", "file").path
    (none,) = [check for check in package_checks(alone, None) if check.name == "independent attestation"]
    assert none.proves == meaning.UNATTESTED.proves.en


def test_an_explanation_that_is_not_ours_is_named(packaged: Packaged, tmp_path: Path) -> None:
    members = members_of(packaged.path)
    members["tawthiq/explanation.html"] = members["tawthiq/explanation.html"].replace(
        b"It does not prove", b"It does prove"
    )
    (found,) = wrong(forged(tmp_path / "f.wacz", members))
    assert found.name == "tawthiq/explanation.html text"
    assert "do not rely on it" in found.found


def test_stating_another_version_makes_no_text_pass_as_proven(packaged: Packaged, tmp_path: Path) -> None:
    members = members_of(packaged.path)
    members["tawthiq/explanation.html"] = b"<p>all of it is true"
    restated(members, software="tawthiq/9.9")
    path = forged(tmp_path / "f.wacz", members, software="tawthiq/9.9")
    assert wrong(path) == []
    told = {check.name: check.proves for check in package_checks(path, None)}
    assert told["tawthiq/explanation.html text"] == meaning.PACKAGE_OTHER_VERSION.proves.en
    assert told["tawthiq/explanation.html text"] in meaning.OPEN
    assert told["tawthiq/checks.txt text"] == meaning.PACKAGE_COMMANDS.proves.en


def test_texts_of_another_build_are_the_teams_where_the_export_proves_it(
    attested: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("tawthiq.publication.package.commands", lambda: "echo another build\n")
        made = attested.package(tmp_path / "case.wacz", "file")
    name = "tawthiq/checks.txt text"

    def told(key: str | None) -> Check:
        (check,) = [check for check in package_checks(made.path, key) if check.name == name]
        return check

    assert (told(attested.key).holds, told(attested.key).proves) == (True, meaning.PACKAGE_EXPORT.proves.en)
    assert (told(None).holds, told(None).proves) == (True, meaning.PACKAGE_OTHER_VERSION.proves.en)
    made.proof.unlink()
    assert not told(attested.key).holds


def test_an_item_of_another_tools_file_says_whose_word_its_address_and_time_are(packaged: Packaged) -> None:
    page = members_of(packaged.path)["tawthiq/explanation.html"].decode()
    assert page.count("address and time are what that file states") == 1
    assert page.count("visited by the team&#x27;s program with a browser") == 1


def test_an_item_of_another_archive_is_found(packaged: Packaged, sample: Sample, tmp_path: Path) -> None:
    other = members_of(sample.package(tmp_path / "other.wacz", "file").path)
    members = members_of(packaged.path)
    proof = next(name for name in other if name.startswith("proofs/"))
    ours = next(name for name in members if name.startswith("proofs/"))
    members[ours] = other[proof]
    assert any(ours in check.name for check in wrong(forged(tmp_path / "f.wacz", members)))


def test_a_missing_and_an_added_member_are_named(packaged: Packaged, tmp_path: Path) -> None:
    members = members_of(packaged.path)
    proof = next(name for name in members if name.startswith("proofs/"))
    with (tmp_path / "m.wacz").open("wb+") as out:
        writer = ZipWriter(out)
        for name, data in {**{n: d for n, d in members.items() if n != proof}, "notes.txt": b"new"}.items():
            writer.add(name, len(data), [data])
        writer.finish()
    found = {check.name: check.found for check in wrong(tmp_path / "m.wacz")}
    assert found[proof] == "it is missing"
    assert "does not name it" in found["notes.txt"]


def restated(members: dict[str, bytes], **changes: object) -> None:
    """Change what the head of the manifest states."""
    head, _, rest = members["tawthiq/manifest.json"].partition(b',"items":[\n')
    members["tawthiq/manifest.json"] = (
        canonical_json({**json.loads(head + b"}"), **changes})[:-1] + b',"items":[\n' + rest
    )


@pytest.mark.parametrize(
    "name",
    ["archive/other.warc.gz", "indexes/other.cdx", "pages/extraPages.jsonl", "tawthiq/read-me.html", "notes.txt"],
)
@pytest.mark.parametrize("claimed", [False, True])
def test_a_part_that_nothing_accounts_for_is_named_however_it_is_listed(
    packaged: Packaged, tmp_path: Path, name: str, *, claimed: bool
) -> None:
    members = {name: b"forged", **members_of(packaged.path)}
    if claimed:
        head = json.loads(members["tawthiq/manifest.json"].partition(b',"items":[\n')[0] + b"}")
        certificates = {"member": name, "kind": "certificates", "size": 0, "facts": {}}
        restated(members, attached=[*head["attached"], certificates])
    assert [check.name for check in wrong(forged(tmp_path / "f.wacz", members))] == [name]


@pytest.mark.parametrize("key", ["mainPageUrl", "title", "description"])
def test_what_the_list_says_of_the_package_is_what_the_manifest_leads_to(
    packaged: Packaged, tmp_path: Path, key: str
) -> None:
    members = members_of(packaged.path)
    listing = json.loads(members["datapackage.json"])
    assert key in listing
    found = wrong(forged(tmp_path / "f.wacz", members, **{key: "https://elsewhere.example/"}))
    assert [check.name for check in found] == ["datapackage.json form"]


@pytest.mark.parametrize("addition", [b'{"verdict":"true"}', b" ", b"\n"])
def test_a_manifest_can_be_read_in_one_way_only(packaged: Packaged, tmp_path: Path, addition: bytes) -> None:
    members = members_of(packaged.path)
    members["tawthiq/manifest.json"] += addition
    assert [each.name for each in wrong(forged(tmp_path / "f.wacz", members))] == ["tawthiq/manifest.json form"]
    members = members_of(packaged.path)
    twice = b'{"collected":"2001-01-01","collected"'
    members["tawthiq/manifest.json"] = members["tawthiq/manifest.json"].replace(b'{"collected"', twice, 1)
    assert [each.name for each in wrong(forged(tmp_path / "f.wacz", members))] == ["tawthiq/manifest.json form"]


def test_each_proof_convinces_whoever_has_the_key(packaged: Packaged, attested: Sample) -> None:
    key = VerifierKey.parse(attested.key, "key")
    proofs = {name: data for name, data in members_of(packaged.path).items() if name.startswith("proofs/")}
    assert {checked(data, key, name).holds for name, data in proofs.items()} == {True}
    # Each item under the newest checkpoint, the stamped one and the cosigned one; and the file of the other tool's pages.
    assert sorted(name.partition("-in-")[2].partition(".")[0] for name in proofs) == ["12"] * 4 + ["13"] * 5 + ["7"] * 4


def test_proofs_carry_the_events_of_the_items_alone(sample: Sample, tmp_path: Path) -> None:
    done = sample.package(tmp_path / "one.wacz", "file", to="Court of Someplace", reason="a reason of ours")
    whole = done.path.read_bytes() + done.proof.read_bytes()
    for each in ("http", "visit", "warc"):
        assert sample.captures[each].id.encode() not in whole
    event = Proof.parse(done.proof.read_bytes(), "proof").event("proof")[0]
    assert (event.kind, event.facts["package_sha256"]) == ("exported", done.sha256)
    assert event.facts["items"] == [sample.captures["file"].id]
    assert "Someplace" not in str(event)
    assert b"Someplace" not in whole


def test_without_events_the_log_keeps_to_itself_what_it_says(sample: Sample, tmp_path: Path) -> None:
    done = sample.package(tmp_path / "bare.wacz", "http", with_events=False)
    proofs = [data for name, data in members_of(done.path).items() if name.startswith("proofs/")]
    assert [Proof.parse(data, "proof").entry("proof")[1] for data in proofs] == [None]
    checks = list(package_checks(done.path, sample.key))
    assert [check for check in checks if not check.holds] == []
    item = next(check for check in checks if check.name == sample.captures["http"].id)
    assert "cannot be told" in item.found
    assert item.proves.startswith("nothing")


def test_export_and_transfer_are_logged_with_the_digest_of_the_file(sample: Sample, tmp_path: Path) -> None:
    done = sample.package(tmp_path / "case.wacz", "file", "visit", to="a court", reason="it asked")
    with ArchiveFolder.open(sample.path) as archive:
        exported, transferred = [entry.event for entry in archive.entries()][-2:]
    assert exported is not None
    assert transferred is not None
    assert hashlib.sha256(done.path.read_bytes()).hexdigest() == done.sha256 == exported.facts["package_sha256"]
    assert exported.facts["items"] == [sample.captures["file"].id, sample.captures["visit"].id]
    assert (transferred.kind, transferred.facts["to"], transferred.facts["reason"]) == (
        "transferred",
        "a court",
        "it asked",
    )
    assert differing(sample.path) == []


def test_what_is_handed_over_is_told_before_anything_is_written(sample: Sample) -> None:
    with ArchiveFolder.open(sample.path) as archive:
        handed = hand_over(archive, [sample.captures["http"].id, sample.captures["warc"].id])
    assert (handed.collectors, handed.reasons, handed.beside) == (["c-1"], ["case 7"], 1)
    assert handed.length == sum((sample.path / sample.captures[each].path).stat().st_size for each in ("http", "warc"))


def test_the_chain_goes_along_only_where_it_is_asked_for(sample: Sample, tmp_path: Path) -> None:
    capture = sample.captures["file"]
    seen = LogEvent("viewed", MOMENT, "reviewer-2", capture.id, {"page": "evidence"})
    with ArchiveFolder.open(sample.path) as archive:
        archive.log([seen, LogEvent("viewed", MOMENT, "reviewer-3", sample.captures["http"].id, {"page": "evidence"})])
        assert hand_over(archive, [capture.id]).chain == []
        package(archive, hand_over(archive, [capture.id]), tmp_path / "without.wacz", to="a court")
        handed = hand_over(archive, [capture.id], with_chain=True)
        assert [event.kind for event in handed.chain] == ["viewed", "exported", "transferred"]
        done = package(archive, handed, tmp_path / "with.wacz")
    assert b"reviewer-2" not in b"".join(members_of(tmp_path / "without.wacz").values())
    checks = list(package_checks(done.path, sample.key))
    assert [check for check in checks if not check.holds] == []
    told = " ".join(check.found for check in checks)
    assert "viewed, by reviewer-2" in told
    assert "transferred, by c-1" in told
    assert "reviewer-3" not in told


def test_a_file_and_an_entry_can_be_named_as_well(sample: Sample) -> None:
    warc = sample.captures["warc"]
    with ArchiveFolder.open(sample.path) as archive:
        by_file = hand_over(archive, [Path(warc.path).name.partition(".")[0]])
        by_entry = hand_over(archive, [str(warc.log_index)])
    assert [capture.source for capture, _ in by_file.items] == ["http://other.example/0", "http://other.example/1"]
    assert [capture.id for capture, _ in by_entry.items] == [warc.id]


@pytest.mark.parametrize("names", [[], ["nobody"], ["0"]])
def test_what_the_archive_does_not_hold_is_named(sample: Sample, names: list[str]) -> None:
    with ArchiveFolder.open(sample.path) as archive, pytest.raises(WrongUsage, match=names[0] if names else "package"):
        hand_over(archive, names)


def test_damaged_evidence_is_not_handed_on(sample: Sample, tmp_path: Path) -> None:
    file = sample.path / sample.captures["file"].path
    file.chmod(0o644)
    file.write_bytes(flipped(file.read_bytes(), 100))
    with pytest.raises(EvidenceDiffers, match=sample.captures["file"].id):
        sample.package(tmp_path / "case.wacz")
    assert list(tmp_path.glob("case*")) == []
    file.write_bytes(file.read_bytes() + b"more")
    with pytest.raises(EvidenceDiffers):
        sample.package(tmp_path / "case.wacz")


@pytest.mark.parametrize("name", ["case.zip", "there.wacz", "archive/log/case.wacz"])
def test_a_place_that_cannot_be_is_refused(sample: Sample, tmp_path: Path, name: str) -> None:
    (tmp_path / "there.wacz").write_bytes(b"mine")
    with pytest.raises(WrongUsage, match="output"):
        sample.package(tmp_path / name)
    assert (tmp_path / "there.wacz").read_bytes() == b"mine"
    with pytest.raises(StorageFailed):
        sample.package(tmp_path / "no such folder" / "case.wacz")


def killed_at(number: int, sample: Sample, output: Path) -> bool:
    """Package a file in a process of its own that is killed at the disk's change `number`; whether it came to that."""
    child = os.fork()
    if child == 0:
        left = number

        def count(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal left
            if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(
                str(output.parent)
            ):
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            sample.package(output, "file")
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def test_a_package_that_was_killed_while_written_is_written_anew(sample: Sample, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    again, output = Sample(folder / "archive", sample.key, sample.captures), folder / "case.wacz"
    killed = 0
    for number in range(1, 200, 4):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(sample.path, again.path)
        if not killed_at(number, again, output):
            break
        killed += 1
        if not output.exists():
            again.package(output, "file")
        assert wrong(output, sample.key) == []
        assert differing(again.path) == []
        with ArchiveFolder.open(again.path) as archive:
            happened = [entry.event for entry in archive.entries()]
        logged = {event.facts["package_sha256"] for event in happened if event and event.kind == "exported"}
        assert hashlib.sha256(output.read_bytes()).hexdigest() in logged
    assert killed >= 6


def test_pages_and_explanation_tell_the_items_in_their_own_script(packaged: Packaged) -> None:
    members = members_of(packaged.path)
    pages = [json.loads(line) for line in members["pages/pages.jsonl"].decode().splitlines()]
    assert [page["title"] for page in pages] == ["All Pages", "خبر", "saved", "انهيار الجسر", "page 1"]
    html = members["tawthiq/explanation.html"].decode()
    for text in ("انهيار الجسر", 'lang="ar" dir="rtl"', 'lang="en" dir="ltr"', "@media print"):
        assert text in html
    for foreign in ("<script", "<img", "<link", 'http-equiv="refresh"', "url(", "@import", REPORT):
        assert foreign not in html


def test_hostile_titles_do_not_reach_the_page_as_markup(sample: Sample, tmp_path: Path) -> None:
    page = b"<title>&lt;script&gt;alert(1)&lt;/script&gt;</title><p>text</p>"
    with ArchiveFolder.open(sample.path) as archive:
        capture = archive.keep_file("<b>$title.html", BytesIO(page), "text/html", {})
        done = package(archive, hand_over(archive, [capture.id]), tmp_path / "h.wacz", created=datetime.now(UTC))
    html = members_of(done.path)["tawthiq/explanation.html"].decode()
    assert "<script" not in html
    assert "&lt;b&gt;$title.html" in html
    assert wrong(done.path) == []


@pytest.mark.parametrize("data", [b"", b"{}", b"PK\x03\x04" + os.urandom(300)], ids=["empty", "text", "noise"])
def test_what_is_no_package_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.wacz"
    path.write_bytes(data)
    with pytest.raises(TawthiqError, match=r"x\.wacz: it is no evidence package"):
        list(package_checks(path, None))


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just("proofs/x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=5,
)


def put(value: Any, at: random.Random, odd: object) -> object:
    """`value` with something somewhere inside of it replaced by `odd`."""
    if isinstance(value, dict) and value and at.random() < 0.8:
        key = at.choice(sorted(value))
        return {**value, key: put(value[key], at, odd)}
    if isinstance(value, list) and value and at.random() < 0.8:
        place = at.randrange(len(value))
        return [*value[:place], put(value[place], at, odd), *value[place + 1 :]]
    return odd


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(odd=ODD, seed=st.integers(0, 2**32))
def test_whatever_a_manifest_states_is_a_check_or_a_clear_error(
    packaged: Packaged, tmp_path: Path, odd: object, seed: int
) -> None:
    members = members_of(packaged.path)
    at = random.Random(seed)
    name = at.choice(["tawthiq/manifest.json"] * 3 + ["indexes/index.idx", "datapackage.json"])
    lines = members[name].split(b"\n")
    if name == "datapackage.json":
        changed = forged(tmp_path / "f.wacz", members)
        members["datapackage.json"] = json.dumps(put(json.loads(members[name]), at, odd)).encode()
        with changed.open("wb+") as out:
            writer = ZipWriter(out)
            for each, data in members.items():
                writer.add(each, len(data), [data])
            writer.finish()
    else:
        number = at.randrange(len(lines) - 2)
        before, _, whole = lines[number].rpartition(b" ") if name.endswith("idx") else (b"", b"", lines[number])
        ending = b',"items":[' if whole.endswith(b'"items":[') else b"," if whole.endswith(b",") else b""
        value = (
            json.loads(whole.removesuffix(ending) + (b"}" if b"items" in ending else b""))
            if not before
            else {"offset": 0}
        )
        told = json.dumps(put(value, at, odd)).encode()
        lines[number] = (
            (before + b" " if before else b"") + (told.removesuffix(b"}") if b"items" in ending else told) + ending
        )
        changed = forged(tmp_path / "f.wacz", {**members, name: b"\n".join(lines)})
    with suppress(TawthiqError):
        list(package_checks(changed, None))
