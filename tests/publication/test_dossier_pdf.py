"""The PDF version of dossiers, asked by other programs: fonts, words in their order, attachments, structure, the same bytes."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import zlib
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from disclosed_incidents import claim, slot
from publication.dossier_samples import DAY, DIGESTS, HEAD, KEY, PROOF, dossier_of, public_incident, told_incident
from tawthiq.publication.dossier import printing
from tawthiq.publication.dossier.pictures import pictures_of
from tawthiq.publication.dossier.printing import pdf
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import WrongUsage

pytest.importorskip("weasyprint", reason="WeasyPrint (the extra `dossier`) is not installed")
ROOT = Path(__file__).resolve().parents[2]
_MADE_ELSEWHERE = """
import hashlib, sys
from publication.dossier_samples import dossier_of
from tawthiq.publication.dossier.pages import html_page
from tawthiq.publication.dossier.printing import pdf
for make in (html_page, pdf):
    print(hashlib.sha256(make(dossier_of(languages=("ar",)))).hexdigest())
"""


def poppler(tool: str, *arguments: str | Path) -> str:
    """What a program of poppler-utils says; skips where it is not installed."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} (poppler-utils) is not installed")
    found = subprocess.run([tool, *map(str, arguments)], capture_output=True, check=True, timeout=60)
    return found.stdout.decode()


def unpacked(data: bytes) -> bytes:
    """The streams of a PDF's objects, inflated where they can be."""
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        with contextlib.suppress(zlib.error):
            found.append(zlib.decompressobj().decompress(stream))
    return b"\n".join(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dossier") / "dossier.pdf"
    path.write_bytes(pdf(dossier_of()))
    return path


@pytest.fixture(scope="module")
def text(made: Path) -> str:
    """The text that poppler takes out, without the marks of direction that it adds."""
    told = re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", poppler("pdftotext", made, "-"))
    return " ".join(told.split())


def test_every_font_is_embedded_and_none_is_of_this_machine(made: Path) -> None:
    lines = poppler("pdffonts", made).splitlines()[2:]
    assert len(lines) == 6  # Arabic, and Latin for each direction, regular and bold
    for line in lines:
        assert re.search(r"\+Dossier-(arabic|latin|ltr-latin)(-Bold)?\s", line), line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line  # embedded, a subset, with a map to Unicode


def test_setting_sheets_lets_no_half_picture_pass_afterwards(made: Path) -> None:
    whole = BytesIO()
    Image.new("RGB", (40, 40), "red").save(whole, "PNG")
    assert made.exists()
    assert pictures_of(whole.getvalue()[:-20], "p") == ()
    assert pictures_of(whole.getvalue(), "p")


@pytest.mark.parametrize(
    "words",
    [
        "ملف الحادثة رقم",
        "قُتل ثلاثة أشخاص بينهم طفلان",
        "وكالة الضفة",
        "الطيران الروسي",
        "الأقوال بحسب موضوعها",
        "لا يثبته",
        "ولا يثبت",
    ],
)
def test_arabic_words_come_out_letter_by_letter_in_the_order_in_which_they_are_read(text: str, words: str) -> None:
    assert words in text


def test_english_words_and_digests_come_out_whole(text: str) -> None:
    assert "Contradictions, side by side" in text
    assert all(digest in text for digest in DIGESTS)


def test_each_page_tells_its_number_in_its_language(text: str, made: Path) -> None:
    count = len(pypdfium2.PdfDocument(made))
    assert f"Page {count} of {count}" in text
    assert re.search(rf"صفحة\s*1\s*من\s*{count}", text)


def test_the_proofs_are_attached_and_say_how_they_belong_to_it(made: Path) -> None:
    document = pypdfium2.PdfDocument(made)
    raw = pypdfium2.raw
    found = {}
    for index in range(raw.FPDFDoc_GetAttachmentCount(document)):
        attachment = pypdfium2.PdfAttachment(raw.FPDFDoc_GetAttachment(document, index), document)
        found[attachment.get_name()] = bytes(attachment.get_data())
    assert found == {each.name: each.data for each in (PROOF, KEY, HEAD)}
    assert unpacked(made.read_bytes()).count(b"/AFRelationship /Data") == 3


def test_it_is_tagged_named_and_has_bookmarks_in_both_languages(made: Path) -> None:
    said = poppler("pdfinfo", made)
    assert re.search(r"Tagged:\s+yes", said)
    assert "ملف الحادثة رقم 12 · Dossier on incident 12" in said
    document = pypdfium2.PdfDocument(made)
    titles = [each.get_title() for each in document.get_toc()]
    assert "Contradictions, side by side" in titles
    assert "التناقضات جنباً إلى جنب" in titles
    data = unpacked(made.read_bytes())
    assert b"/Lang (ar)" in data


def test_it_says_that_it_is_pdf_a(made: Path) -> None:
    said = poppler("pdfinfo", "-meta", made)
    assert "<pdfaid:part>3</pdfaid:part>" in said or 'pdfaid:part="3"' in said


def test_the_same_state_gives_the_same_bytes_also_in_another_process_with_another_seed() -> None:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'tests'}", "TZ": "Asia/Damascus", "LC_ALL": "C"}
    made = {
        subprocess.run(
            [sys.executable, "-c", _MADE_ELSEWHERE],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            timeout=120,
        ).stdout
        for seed in ("1", "20")
    }
    assert len(made) == 1
    assert len(made.pop().split()) == 2


def test_nothing_is_fetched_while_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("somebody was asked")

    evil = '"><img src="http://evil.example/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    reports = tuple(replace(each, outlet=evil, title=evil) for each in told_incident().reports)
    data = pdf(dossier_of(told_incident(reports=reports), languages=("en",)))
    assert b"evil.example" not in data  # no link either; what is shown is packed


def test_what_is_not_in_the_dossier_is_refused() -> None:
    fetcher = printing._fetcher({"picture-1.jpg": (b"x", "image/jpeg")})
    assert fetcher.fetch("dossier:picture-1.jpg").read() == b"x"
    for address in ("http://example.org/", "file:///etc/passwd", "data:text/plain,x", "dossier:other"):
        with pytest.raises(ValueError, match="asks nobody"):
            fetcher.fetch(address)


def test_hostile_text_of_every_kind_is_set(tmp_path: Path) -> None:
    words = ("x" * 400, "ا" * 400, "\ud800\x00\u202e", "<b>", "=1+1", "ﷺ 👩‍👩‍👧 ש", "")
    said = [
        claim(key=f"k{at}", position=at, text=each, speaker=each, document="item-0", told=DAY)
        for at, each in enumerate(words)
    ]
    path = tmp_path / "dossier.pdf"
    path.write_bytes(pdf(dossier_of(told_incident(slots=(slot("killed-all", *said),)), languages=("ar",))))
    assert "[U+D800][U+0000][U+202E]" in re.sub(r"[^\x20-\x7e]", "", poppler("pdftotext", path, "-")).replace(" ", "")


def test_everybody_gets_a_pdf_without_attachments() -> None:
    data = pdf(dossier_of(public_incident(), Profile.PUBLIC, ("en",)))
    assert b"/EmbeddedFile" not in data
    assert len(pypdfium2.PdfDocument(data)) >= 3


def test_without_weasyprint_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(WrongUsage, match=r"tawthiq\[dossier\]"):
        pdf(dossier_of())
