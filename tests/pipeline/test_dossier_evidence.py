"""The evidence behind an incident: unchanged by what is logged later, silent about those who are protected, checkable."""

import io
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from package_samples import MOMENT, PAGE, SITE, Sample, exchange, make_attested_sample, make_sample, picture, visit
from plain_incidents import incident as plain_incident
from tawthiq.custody.checkpoint import opened
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import Proof, checked
from tawthiq.pipeline.dossier_evidence import evidence_of
from tawthiq.pipeline.dossier_screenshots import MOST_HIGH, WIDTH, shrunk
from tawthiq.records.capture import Capture
from tawthiq.records.disclosure import (
    DisclosedDecision,
    DisclosedIncident,
    DisclosedReport,
    Profile,
    Protected,
    ProtectedPerson,
)
from tawthiq.records.dossier import Attached, DossierEvidence
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.log import LogEvent
from tawthiq.records.visit import PageVisit, Part, PartKind
from tawthiq.store import ArchiveFolder

NOBODY = Protected()
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(scope="module")
def attested_model(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("attested")
    return make_attested_sample(folder / "archive", folder / "authority")


@pytest.fixture(scope="module")
def plain_model(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return make_sample(tmp_path_factory.mktemp("plain") / "archive")


@pytest.fixture
def attested(attested_model: Sample, tmp_path: Path) -> Iterator[ArchiveFolder]:
    shutil.copytree(attested_model.path, tmp_path / "archive")
    with ArchiveFolder.open(tmp_path / "archive") as archive:
        yield archive


@pytest.fixture
def plain(plain_model: Sample, tmp_path: Path) -> Iterator[ArchiveFolder]:
    shutil.copytree(plain_model.path, tmp_path / "archive")
    with ArchiveFolder.open(tmp_path / "archive") as archive:
        yield archive


def report(capture: Capture, **changes: object) -> DisclosedReport:
    made = DisclosedReport(
        document=capture.id, source=1, outlet="صحيفة النهر", title="", address=capture.final, agency="", language="ar",
        published=None, collected=capture.collected, collector="c-1", content_type="text/html", sha256=capture.sha256,
        log_index=capture.log_index,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def incident(*reports: DisclosedReport) -> DisclosedIncident:
    return replace(plain_incident(), reports=reports, decisions=())


def captures(archive: ArchiveFolder) -> dict[str, Capture]:
    return {capture.kind.value: capture for capture in archive.captures()}


def whole(archive: ArchiveFolder) -> DisclosedIncident:
    return incident(*(report(capture) for capture in archive.captures()))


def court(archive: ArchiveFolder, about: DisclosedIncident, protected: Protected = NOBODY) -> DossierEvidence:
    return evidence_of(archive, about, Profile.COURT, protected)


def of_kind(evidence: DossierEvidence, kind: str) -> list[Attached]:
    return [each for each in evidence.attached if each.kind == kind]


def happen(archive: ArchiveFolder, kind: str, subject: str, **facts: object) -> None:
    archive.log([LogEvent(kind, datetime.now(UTC), "heron", subject, facts)])
    archive.flush()


@pytest.mark.parametrize("which", ["plain", "attested"])
def test_what_is_logged_later_changes_nothing(which: str, request: pytest.FixtureRequest) -> None:
    archive = request.getfixturevalue(which)
    about = whole(archive)
    before = court(archive, about)
    first = about.reports[0].document
    happen(archive, "viewed", first, page="report")
    happen(archive, "exported", "case.wacz", items=[first], package_sha256="ab" * 32)
    happen(archive, "transferred", "case.wacz", items=[first], package_sha256="ab" * 32, to="a court")
    archive.keep_file("another.html", BytesIO(b"<p>another"), "text/html", {})
    archive.flush()
    assert court(archive, about) == before


def test_proofs_hold_and_lead_to_the_checkpoint_that_is_told(plain: ArchiveFolder) -> None:
    evidence = court(plain, whole(plain))
    key = VerifierKey.parse(plain.verifier_key, "key")
    proofs = of_kind(evidence, "proof")
    assert proofs
    for proof in proofs:
        assert checked(proof.data, key, proof.name).holds
        assert Proof.parse(proof.data, proof.name).checkpoint.decode() == evidence.checkpoint
    assert {name for each in evidence.reports for name in each.proofs} == {proof.name for proof in proofs}
    assert of_kind(evidence, "public-key")[0].data.decode().strip().endswith(plain.verifier_key)


def test_without_attestation_proofs_lead_to_the_head_after_the_last_of_the_entries(plain: ArchiveFolder) -> None:
    one = next(plain.captures())
    evidence = court(plain, incident(report(one)))
    head = opened(evidence.checkpoint.encode(), plain.public_key, "checkpoint")
    last = max(Proof.parse(proof.data, proof.name).index for proof in of_kind(evidence, "proof"))
    assert head.size == last + 1
    assert head.size < sum(1 for _ in plain.entries())
    assert not of_kind(evidence, "timestamp")


def test_first_attested_checkpoint_brings_what_was_made_for_it_and_no_later_one(attested: ArchiveFolder) -> None:
    evidence = court(attested, whole(attested))
    assert len(of_kind(evidence, "timestamp")) == 2
    assert of_kind(evidence, "certificates")
    assert not of_kind(evidence, "cosignature")  # it was asked for once the stamps were logged: of a larger head
    assert of_kind(evidence, "checkpoint")[0].data.decode() == evidence.checkpoint
    assert len({each.name for each in evidence.attached}) == len(evidence.attached)


def test_item_that_came_after_the_stamp_gets_a_head_of_its_own(attested: ArchiveFolder) -> None:
    late = attested.keep_file("late.html", BytesIO(b"<p>late"), "text/html", {})
    evidence = court(attested, incident(report(late)))
    assert not of_kind(evidence, "timestamp")
    assert opened(evidence.checkpoint.encode(), attested.public_key, "checkpoint").size > late.log_index


def test_decisions_are_proven_beside_captures_and_leave_these_their_stamp(attested: ArchiveFolder) -> None:
    happen(attested, "sheet-given", "case 1", sha256="cd" * 32)
    made = plain_incident()
    assert made.decisions
    decision = replace(made.decisions[0], sha256="cd" * 32)
    about = replace(whole(attested), decisions=(decision,))
    evidence = court(attested, about)
    assert of_kind(evidence, "timestamp")
    assert len(of_kind(evidence, "checkpoint")) == 2
    kinds = {Proof.parse(each.data, each.name).event(each.name)[0].kind for each in of_kind(evidence, "proof")}
    assert kinds >= {"sheet-given", "captured"}


def test_circumstances_of_a_fetched_page_are_told(plain: ArchiveFolder) -> None:
    stated = {
        "tool": "tawthiq/1", "exit": "tor",
        "clock": {"synchronized": True, "error_seconds": 0.25, "behind_log_seconds": 0},
    }  # fmt: skip
    page = exchange("/x", b"<p>x", "text/html", tls="TLSv1.3 X", server_address="192.0.2.7:443")
    capture = plain.keep_exchanges(f"{SITE}/x", [page], stated)
    facts = dict(court(plain, incident(report(capture))).reports[0].facts)
    assert facts["tls"] == "TLSv1.3 X"
    assert facts["server"] == "192.0.2.7:443"
    assert (facts["program"], facts["way-out"], facts["status"]) == ("tawthiq/1", "tor", "200")
    assert (facts["clock"], facts["clock-error-seconds"]) == ("synchronized", "0.25")
    assert "clock-behind-log-seconds" not in facts
    assert facts["sha256"] == capture.sha256


def test_picture_of_a_visit_is_shown_small_and_the_same_each_time(plain: ArchiveFolder) -> None:
    capture = plain.keep_visit(PAGE, painted(picture(2000, 1000)), {})
    first, second = (court(plain, incident(report(capture))).reports[0] for _ in range(2))
    assert first == second
    assert first.screenshot is not None
    with Image.open(io.BytesIO(first.screenshot)) as shown:
        assert shown.size == (WIDTH, 500)
        assert shown.info == {}
    assert "screenshot-cut" not in dict(first.facts)


def painted(data: bytes) -> PageVisit:
    made = visit()
    return replace(
        made, parts=(*made.parts, Part(PartKind.SCREENSHOT, f"urn:view:{PAGE}", "image/png", data, MOMENT, "p"))
    )


def test_long_page_is_cut_and_says_so(plain: ArchiveFolder) -> None:
    capture = plain.keep_visit(PAGE, painted(picture(1000, 5000)), {})
    assert dict(court(plain, incident(report(capture))).reports[0].facts)["screenshot-cut"] == f"{MOST_HIGH}/5000"


@pytest.mark.parametrize("data", [b"", PNG, PNG + b"\0" * 40, picture()[:50], b"GIF89a" + b"\0" * 30])
def test_picture_that_is_none_is_left_out(data: bytes) -> None:
    assert shrunk(data).picture is None
    assert shrunk(data).missing == "unreadable"


def test_random_bytes_after_the_signature_never_break_the_dossier() -> None:
    chance = random.Random(7)
    whole_picture = picture()
    for _ in range(200):
        data = bytearray(whole_picture)
        for _ in range(3):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        shrunk(bytes(data))


def test_item_without_a_visit_has_no_picture_and_says_why(plain: ArchiveFolder) -> None:
    shown = court(plain, incident(report(captures(plain)["file"]))).reports[0]
    assert (shown.screenshot, shown.no_screenshot) == (None, "not-collected")


def test_withheld_report_shows_no_picture_no_circumstances_and_no_words_of_its_entry(plain: ArchiveFolder) -> None:
    capture = plain.keep_visit(PAGE, painted(picture()), {})
    evidence = court(plain, incident(report(capture, withheld=True)))
    shown = evidence.reports[0]
    assert (shown.screenshot, shown.no_screenshot, shown.facts) == (None, "withheld", ())
    for proof in of_kind(evidence, "proof"):
        assert b"event" not in (Proof.parse(proof.data, proof.name).extra or b"event")


def test_entry_that_names_somebody_protected_is_proven_without_its_words(plain: ArchiveFolder) -> None:
    name = "سنبل عبد الغيم"
    capture = plain.keep_file("a.html", BytesIO(b"<p>a"), "text/html", {"reason": f"asked by {name}"})
    protected = Protected((ProtectedPerson("p-1", (name,)),))
    assert words_of(court(plain, incident(report(capture))))
    assert not words_of(court(plain, incident(report(capture)), protected))
    assert not words_of(evidence_of(plain, incident(report(capture)), Profile.COURT))


@pytest.mark.parametrize("account", ["omar", "stork", "محمد"])
def test_no_partner_learns_who_of_the_team_did_what(plain: ArchiveFolder, account: str) -> None:
    capture = plain.keep_file("a.html", BytesIO(b"<p>a"), "text/html", {})
    plain.log([LogEvent("page-corrected", MOMENT, account, capture.id, {"zone": "body"})])
    sheet = LogEvent("sheet-given", MOMENT, account, "cd" * 32, {})
    plain.log([sheet])
    about = replace(
        incident(report(capture)), decisions=(DisclosedDecision("sheet-given", "member 1", MOMENT, "cd" * 32),)
    )
    protected = Protected(members=(account, "heron"))
    partner = evidence_of(plain, about, Profile.PARTNER, protected)
    assert {each.actor for each in partner.reports[0].chain} <= {"member", "member 1", "member 2"}
    assert len({each.actor for each in partner.reports[0].chain}) == 2, "the collector and the member"
    assert of_kind(partner, "proof")
    assert words_of(partner) == []
    court_too = court(plain, about, protected)
    assert account in {each.actor for each in court_too.reports[0].chain}
    assert any(account.encode() in words for words in words_of(court_too))


def words_of(evidence: DossierEvidence) -> list[bytes]:
    """The extra lines of proofs that carry an event."""
    extras = [Proof.parse(each.data, each.name).extra or b"" for each in of_kind(evidence, "proof")]
    return [extra for extra in extras if b'"event"' in extra]


def test_everybody_is_given_no_evidence(plain: ArchiveFolder) -> None:
    evidence = evidence_of(plain, whole(plain), Profile.PUBLIC, NOBODY)
    assert evidence.attached == ()
    assert evidence.checkpoint == ""
    assert {(each.screenshot, each.no_screenshot, each.facts, each.chain) for each in evidence.reports} == {
        (None, "public", (), ())
    }


def test_chain_shows_what_was_done_with_an_item_but_not_who_looked(plain: ArchiveFolder) -> None:
    one = captures(plain)["file"]
    happen(plain, "viewed", one.id, page="report")
    happen(plain, "restricted", one.id, groups=["night"])
    happen(plain, "transferred", one.id, to="a court", how="by hand", reason=None)
    chain = court(plain, incident(report(one))).reports[0].chain
    assert [link.kind for link in chain] == ["captured", "restricted", "transferred"]
    assert [link.actor for link in chain] == ["c-1", "heron", "heron"]


def test_changed_evidence_stops_the_dossier(plain: ArchiveFolder) -> None:
    one = captures(plain)["file"]
    path = plain.path / one.path
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(EvidenceDiffers):
        court(plain, incident(report(one)))


def test_report_of_another_item_borrows_no_evidence(plain: ArchiveFolder) -> None:
    one = captures(plain)["file"]
    shown = court(plain, incident(report(one, document="20260101T000000Z-other"))).reports[0]
    assert (shown.no_screenshot, shown.facts, shown.proofs) == ("not-found", (), ())
