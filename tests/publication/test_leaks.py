"""The last look: whatever a name is written in, packed in or hidden in, the output does not pass, and no message tells it."""

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import quopri
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import duckdb
import pytest
import zstandard
from PIL import Image, PngImagePlugin
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from publication.sealed_people import FAMILY, GIVEN, LATIN, MAIL, NAME, PROTECTED, PSEUDONYM, TELEPHONE
from tawthiq.publication.leaks import LeakFound, UnreadablePart, expect_no_leak
from tawthiq.records.disclosure import Profile, Protected, ProtectedPerson

HARMLESS = "قُتل خمسة مدنيين في قصف على المدينة، وقال شهود إن الطيران عاد. Five civilians were killed, witnesses said.\n"


def look(path: Path, profile: Profile = Profile.COURT) -> None:
    expect_no_leak(path, profile, PROTECTED)


def put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def expect_found(path: Path, profile: Profile = Profile.COURT) -> None:
    with pytest.raises(LeakFound) as told:
        look(path, profile)
    assert not any(word in str(told.value) for word in (NAME, GIVEN, FAMILY, "Narjisi", "narjisi", "944"))


@pytest.mark.parametrize(
    "said",
    [
        NAME, LATIN, "السيدة سنبل النرجسي", "النرجسي، سنبل", "سُنْبُل النَّرجسيّ", "سنـــبل النرجسى", "سن\u200bبل الن\u200dرجسي",
        "\u2067سنبل\u2069 \u2067النرجسي\u2069", "ﺳﻨﺒﻞ ﺍﻟﻨﺮﺟﺴﻲ", "يسجرنلا ميغلا دبع لبنس", "وللنرجسي بيت", "أبو الزعتر",
        "Sounboul al Nardjissi", "SUNBUL ABDULGHAYM", "Sünbül an-Narjisī", "sunbulnarjisi", "sunbul_al-narjisi_2",
        TELEPHONE, "00963-944-000-117", "0944/000117", "٠٩٤٤ ٠٠٠ ١١٧", "(944) 000 117", MAIL, MAIL.upper(),
        "sunbul.nrj (at) mail.example", "مواليد ٢٣/٤/١٩٩١", "born 1991-04-23",
    ],
)  # fmt: skip
def test_every_spelling_is_found(tmp_path: Path, said: str) -> None:
    expect_found(put(tmp_path / "out.txt", f"{HARMLESS}{said}.\n{HARMLESS}".encode()))


@pytest.mark.parametrize(
    "said",
    [
        HARMLESS, f"[{PSEUDONYM}] قالت", "محمد", "قال محمد إن علي غاب", "1991-04-23", "+963 944 000 118", "رقم 29440001171",
        "Said Hassan was killed", "Mohammed", "36.94400011", "0" * 64, "name withheld", "[اسم محجوب]",
    ],
)  # fmt: skip
def test_what_names_nobody_passes(tmp_path: Path, said: str) -> None:
    look(put(tmp_path / "out.txt", said.encode()))


ENCODED: dict[str, Callable[[str], bytes]] = {
    "utf-16-le": lambda name: b"\x01\x02\x03" + name.encode("utf-16-le"),
    "utf-16-be": lambda name: b"\x01" + name.encode("utf-16-be"),
    "windows-1256": lambda name: (HARMLESS + name).encode("cp1256", "ignore"),
    "iso-8859-6": lambda name: (HARMLESS + name).encode("iso8859-6", "ignore"),
    "json": lambda name: json.dumps({"x": name}).encode(),
    "json twice": lambda name: json.dumps(json.dumps(name)).encode(),
    "javascript": lambda name: "".join(f"\\u{{{ord(each):x}}}" for each in name).encode(),
    "css": lambda name: "".join(f"\\{ord(each):06x}" for each in name).encode(),
    "octal": lambda name: "".join(f"\\{byte:03o}" for byte in name.encode()).encode(),
    "html decimal": lambda name: "".join(f"&#{ord(each)};" for each in name).encode(),
    "html hexadecimal": lambda name: "".join(f"&#x{ord(each):x};" for each in name).encode(),
    "html named": lambda name: html.escape(name).replace(" ", "&nbsp;").replace("-", "&hyphen;").encode(),
    "percent": lambda name: quote(f"https://a.example/{name}").encode(),
    "percent twice": lambda name: quote(quote(name)).encode(),
    "percent in json in html": lambda name: html.escape(json.dumps(quote(name))).encode(),
    "quoted-printable": lambda name: quopri.encodestring((HARMLESS + name).encode()),
    "base64": lambda name: base64.b64encode((HARMLESS + name).encode()),
    "base64 in lines": lambda name: base64.encodebytes((HARMLESS * 3 + name).encode()),
    "base64 of utf-16": lambda name: base64.b64encode(name.encode("utf-16")),
    "data address": lambda name: b"<img src='data:image/svg+xml;base64," + base64.b64encode(name.encode()) + b"'>",
    "gzip in a data address": lambda name: b"data:x;base64," + base64.b64encode(gzip.compress((HARMLESS + name).encode())),
    "hexadecimal": lambda name: name.encode().hex().encode(),
    "markup between": lambda name: name.replace(" ", "</bdi> <b class='x'>").encode(),
    "markup amid letters": lambda name: "<i></i>".join(name).encode(),
    "over the edge of a block": lambda name: b"x" * ((1 << 21) - 9) + b" " + name.encode(),
    "amid bytes": lambda name: bytes(range(256)) * 40 + b"\xff\xd8" + name.encode() + b"\x00\x01" + bytes(range(256)),
}  # fmt: skip


@pytest.mark.parametrize("name", [NAME, LATIN])
@pytest.mark.parametrize("encoding", list(ENCODED))
def test_every_encoding_is_undone(tmp_path: Path, encoding: str, name: str) -> None:
    data = ENCODED[encoding](name)
    assert len(data) > 20
    expect_found(put(tmp_path / "out.bin", data))


def test_a_name_in_punycode_is_found(tmp_path: Path) -> None:
    label = "سنبل-النرجسي".encode("punycode").decode()
    expect_found(put(tmp_path / "out.txt", f"https://xn--{label}.example/".encode()))


def zipped(data: bytes, name: str = "a.txt") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return made.getvalue()


def tarred(data: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as packed:
        info = tarfile.TarInfo("a.gz")
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))
    return made.getvalue()


def warced(data: bytes) -> bytes:
    made = io.BytesIO()
    writer = WARCWriter(made, gzip=True)
    headers = StatusAndHeaders(
        "200 OK", [("Content-Encoding", "gzip"), ("Content-Type", "text/html")], protocol="HTTP/1.1"
    )
    payload = io.BytesIO(gzip.compress(data))
    writer.write_record(
        writer.create_warc_record("https://a.example/", "response", payload=payload, http_headers=headers)
    )
    return made.getvalue()


def database(data: bytes, path: Path) -> bytes:
    base = sqlite3.connect(path)
    base.execute("CREATE TABLE told (number INTEGER, words TEXT)")
    base.executemany("INSERT INTO told VALUES (?, ?)", [(each, HARMLESS * 40) for each in range(50)])
    base.execute("INSERT INTO told VALUES (1, ?)", (HARMLESS * 90 + data.decode(),))
    base.commit()
    base.close()
    return path.read_bytes()


def parquet(data: bytes, path: Path) -> bytes:
    with duckdb.connect() as base:
        base.execute("CREATE TABLE told AS SELECT ? AS words FROM range(3)", [data.decode()])
        base.execute(f"COPY told TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
    return path.read_bytes()


def picture(data: bytes) -> bytes:
    facts, made = PngImagePlugin.PngInfo(), io.BytesIO()
    facts.add_text("Comment", data.decode(), zip=True)
    Image.new("RGB", (3, 3)).save(made, "PNG", pnginfo=facts)
    return made.getvalue()


def photograph(data: bytes) -> bytes:
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x9C9C] = data.decode().encode("utf-16-le")
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=exif)
    return made.getvalue()


PACKED: dict[str, Callable[[bytes, Path], bytes]] = {
    "zip": lambda data, _: zipped(data),
    "zip in zip in gzip": lambda data, _: gzip.compress(zipped(zipped(data), "b.zip")),
    "gzip": lambda data, _: gzip.compress(data),
    "two members of gzip": lambda data, _: gzip.compress(b"a") + gzip.compress(data),
    "zstd": lambda data, _: zstandard.compress(data),
    "bzip2": lambda data, _: bz2.compress(data),
    "xz": lambda data, _: lzma.compress(data),
    "tar": lambda data, _: tarred(gzip.compress(data)),
    "warc": lambda data, _: warced(data),
    "wacz": lambda data, _: zipped(warced(data), "archive/data.warc.gz"),
    "sqlite": lambda data, path: database(data, path / "x.sqlite3"),
    "parquet": lambda data, path: parquet(data, path / "x.parquet"),
    "parquet in zip": lambda data, path: zipped(parquet(data, path / "x.parquet"), "x.parquet"),
    "png": lambda data, _: picture(data),
    "jpeg": lambda data, _: photograph(data),
}  # fmt: skip


@pytest.mark.parametrize("packing", list(PACKED))
def test_every_container_is_looked_into(tmp_path: Path, packing: str) -> None:
    work = tmp_path / "work"
    work.mkdir()
    data = PACKED[packing](f"{HARMLESS}{NAME}".encode(), work)
    expect_found(put(tmp_path / "out.bin", data))
    for each in work.iterdir():
        each.unlink()
    look(put(tmp_path / "fine.bin", PACKED[packing](f"{HARMLESS}[{PSEUDONYM}]".encode(), work)))


def pdf(words: str, title: str = "", attached: tuple[str, bytes] | None = None) -> bytes:
    weasyprint = pytest.importorskip("weasyprint", reason="PDF files are made with the extra `dossier`")
    attachments = [weasyprint.Attachment(string=attached[1], name=attached[0])] if attached else []
    page = f"<html lang=ar dir=rtl><title>{title}</title><body>{words}</body></html>"
    made: bytes = weasyprint.HTML(string=page).write_pdf(attachments=attachments)
    return made


def test_arabic_glyphs_of_a_pdf_are_read(tmp_path: Path) -> None:
    made = pdf(f"<p>{HARMLESS}</p><p>قالت {NAME} أمس</p>")
    assert NAME.encode() not in made
    expect_found(put(tmp_path / "out.pdf", made))
    look(put(tmp_path / "fine.pdf", pdf(f"<p>{HARMLESS} [{PSEUDONYM}]</p>")))


def test_the_title_of_a_pdf_is_read(tmp_path: Path) -> None:
    expect_found(put(tmp_path / "out.pdf", pdf("x", title=NAME)))


def test_what_is_attached_to_a_pdf_is_looked_into(tmp_path: Path) -> None:
    expect_found(put(tmp_path / "out.pdf", pdf("x", attached=("a.txt", NAME.encode()))))
    expect_found(put(tmp_path / "zip.pdf", pdf("x", attached=("a.zip", zipped(NAME.encode())))))
    expect_found(put(tmp_path / "name.pdf", pdf("x", attached=(f"{LATIN}.txt", b"x"))))


def test_names_of_files_folders_and_members_count(tmp_path: Path) -> None:
    folder = tmp_path / "out.part"
    (folder / "pages").mkdir(parents=True)
    put(folder / "pages" / "a.txt", b"x")
    look(folder)
    expect_found(put(tmp_path / f"{NAME}.txt", b"x"))
    expect_found(put(tmp_path / "members.zip", zipped(b"x", f"photographs/{LATIN}.jpg")))
    (folder / "pages" / "sunbul-al-narjisi").mkdir()
    expect_found(folder)


@pytest.mark.parametrize("damage", ["gzip", "zip", "pdf", "deep", "encrypted", "7z", "parquet", "sqlite"])
def test_what_cannot_be_looked_into_never_passes(tmp_path: Path, damage: str) -> None:
    data = {
        "gzip": gzip.compress(HARMLESS.encode() * 99)[:-20],
        "zip": zipped(HARMLESS.encode() * 99)[:60] + b"\x00" * 9 + zipped(HARMLESS.encode() * 99)[69:],
        "pdf": b"%PDF-1.7\n1 0 obj << /Filter /FlateDecode >>\nstream\nnothing deflated\nendstream\n",
        "deep": HARMLESS.encode(),
        "encrypted": b"%PDF-1.7\ntrailer << /Encrypt 9 0 R >>",
        "7z": b"7z\xbc\xaf\x27\x1c" + b"\x00" * 99,
        "parquet": b"PAR1" + b"\x00" * 99 + b"PAR1",
        "sqlite": b"SQLite format 3\x00" + b"\x07" * 200,
    }[damage]
    for _ in range(12 if damage == "deep" else 0):
        data = gzip.compress(data)
    with pytest.raises(UnreadablePart):
        look(put(tmp_path / "out.bin", data))


def test_a_link_out_of_a_folder_never_passes(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").symlink_to(put(tmp_path / "elsewhere.txt", b"x"))
    with pytest.raises(UnreadablePart):
        look(tmp_path / "out")


def test_accounts_of_the_team_are_a_courts_alone(tmp_path: Path) -> None:
    out = put(tmp_path / "out.txt", b"decided by heron on Monday")
    look(out)
    expect_found(out, Profile.PARTNER)
    expect_found(out, Profile.PUBLIC)


def test_who_agreed_may_be_named_to_those_they_agreed_to(tmp_path: Path) -> None:
    out = put(tmp_path / "out.txt", NAME.encode())
    agreed = Protected((ProtectedPerson(PSEUDONYM, (NAME,), courts=True),))
    expect_no_leak(out, Profile.COURT, agreed)
    for profile in (Profile.PARTNER, Profile.PUBLIC):
        with pytest.raises(LeakFound):
            expect_no_leak(out, profile, agreed)


def test_letters_that_stand_for_bytes_are_no_words(tmp_path: Path) -> None:
    digits = base64.b64encode(bytes(range(256)) * 20).decode()
    planted = digits[:400] + "9heron9" + digits[407:]
    look(put(tmp_path / "out.txt", planted.encode()), Profile.PUBLIC)
