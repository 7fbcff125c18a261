"""What a dossier tells others to run, run as it stands, with public tools only, on what was handed over alone."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from package_samples import Sample, make_attested_sample
from pipeline.test_dossier_evidence import court, incident, report, whole
from tawthiq.pipeline.dossier_evidence import evidence_of
from tawthiq.publication.dossier.writing import made_dossier, write_dossier
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.dossier import DossierEvidence
from tawthiq.records.handing_out import AboutArchive
from tawthiq.store import ArchiveFolder

TOOLS = ("sh", "bash", "sha256sum", "openssl", "jq", "xxd", "base64", "pdfdetach")
Run = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ArchiveFolder]:
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    folder = tmp_path_factory.mktemp("attested")
    sample: Sample = make_attested_sample(folder / "archive", folder / "authority")
    with ArchiveFolder.open(sample.path) as opened:
        yield opened


@pytest.fixture(scope="module")
def evidence(archive: ArchiveFolder) -> DossierEvidence:
    return court(archive, whole(archive))


def in_folder(folder: Path) -> Run:
    """Runs commands there, with nothing of ours on the path."""

    def run(commands: str) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder)}
        shell = ["bash", "-eu", "-o", "pipefail", "-c", commands]
        return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)

    return run


def proofs_in(folder: Path, evidence: DossierEvidence) -> Path:
    """The attached files as they lie beside the HTML version."""
    (folder / "proofs").mkdir()
    for each in evidence.attached:
        (folder / "proofs" / each.name).write_bytes(each.data)
    return folder / "proofs"


def test_the_script_that_is_attached_holds_every_proof_and_stamp(tmp_path: Path, evidence: DossierEvidence) -> None:
    proofs_in(tmp_path, evidence)
    answer = in_folder(tmp_path)("sh -eu proofs/checks.txt")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.endswith("All checks hold.\n")
    for each in evidence.attached:
        if each.name.endswith((".tlog-proof", ".tsr")) or each.kind == "checkpoint":
            assert f"holds: {each.name}" in answer.stdout


def test_the_script_holds_proofs_whose_events_stay_behind(tmp_path: Path, archive: ArchiveFolder) -> None:
    about = incident(*(report(capture, withheld=True) for capture in archive.captures()))
    proofs_in(tmp_path, evidence_of(archive, about, Profile.COURT, Protected()))
    answer = in_folder(tmp_path)("sh -eu proofs/checks.txt")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "event not handed over" in answer.stdout


@pytest.mark.parametrize("kind", ["index", "event", "head", "stamp", "key"])
def test_the_script_names_what_differs(kind: str, tmp_path: Path, evidence: DossierEvidence) -> None:
    proofs = proofs_in(tmp_path, evidence)
    pattern = {"index": "*.tlog-proof", "event": "*.tlog-proof", "head": "checkpoint-*", "stamp": "*.tsr"}
    if kind == "key":
        other = "tawthiq.invalid/archive/x+00000000+" + "A" * 44
        (proofs / "archive.pub").write_text(other + "\n", "utf-8")
    else:
        path = max(proofs.glob(pattern[kind]))
        data = path.read_bytes()
        path.write_bytes(
            re.sub(rb"\nindex (\d+)", lambda found: b"\nindex %d" % (int(found[1]) ^ 1), data)
            if kind == "index"
            else data[:60] + bytes([data[60] ^ 1]) + data[61:]
        )
    answer = in_folder(tmp_path)("sh -eu proofs/checks.txt")
    assert answer.returncode != 0
    assert "All checks hold" not in answer.stdout


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_commands_of_the_document_run_as_they_stand(
    language: str, tmp_path: Path, archive: ArchiveFolder, evidence: DossierEvidence
) -> None:
    pytest.importorskip("weasyprint")
    about = AboutArchive("The river desk", archive.verifier_key, Profile.COURT, None)
    folder = tmp_path / "dossier"
    write_dossier(made_dossier(whole(archive), evidence, about, [language]), folder)
    run = in_folder(folder)
    assert run("sha256sum dossier.html dossier.pdf proofs/* > SHA256SUMS").returncode == 0
    shutil.rmtree(folder / "proofs")  # as from the PDF alone: the third step brings them back
    page = (folder / "dossier.html").read_text("utf-8")
    told = [unescape(re.sub("<[^>]+>", "", each)) for each in re.findall(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)]
    commands = [each for each in told if not each.startswith("tawthiq.invalid/")]
    detaching = next(each for each in commands if "pdfdetach" in each)
    assert len(commands) == 6
    for each in [detaching, *commands]:
        answer = run(each)
        assert answer.returncode == 0, each + answer.stdout + answer.stderr
    assert (folder / "checked" / "key.der").stat().st_size == 44


def test_the_commands_are_copied_whole_out_of_the_pdf(
    tmp_path: Path, archive: ArchiveFolder, evidence: DossierEvidence
) -> None:
    pytest.importorskip("weasyprint")
    about = AboutArchive("The river desk", archive.verifier_key, Profile.COURT, None)
    folder = tmp_path / "dossier"
    write_dossier(made_dossier(whole(archive), evidence, about, ["ar", "en"]), folder)
    run = in_folder(folder)
    words = run("pdftotext -layout dossier.pdf -").stdout
    blocks = re.findall(r"^ *mkdir -p checked\n.*?^ *done$", words, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2  # one in each language
    for block in blocks:
        answer = run(block)
        assert answer.returncode == 0, block + answer.stderr
        assert "Verified Successfully" in answer.stdout
