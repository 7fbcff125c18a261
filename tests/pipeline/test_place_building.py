"""Open gazetteers become packs: GeoNames dumps, Who's On First tables; bad lines are named and left out. Rows are ours."""

import gzip
import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import with_packs
from tawthiq.lexicon.place_pack import PlacePack
from tawthiq.pipeline import place_building
from tawthiq.pipeline.place_building import build
from tawthiq.pipeline.place_rows import WOF_COLUMNS, geonames_row, wof_row
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind


def geonames(
    number: int,
    names: str,
    feature: str = "P PPL",
    admin: str = "09",
    people: int = 0,
    at: str = "36.2",
    more: str = "",
) -> str:
    area, code = feature.split()
    cells = [
        str(number),
        "Qalmara",
        "Qalmara",
        names,
        at,
        "37.0",
        area,
        code,
        "SY",
        "",
        admin,
        more,
        "",
        "",
        str(people),
    ]
    return "\t".join([*cells, "", "350", "Asia/Damascus", "2026-01-01"])


DUMP = [
    geonames(1, "حلب,Aleppo,محافظة حلب", "A ADM1"),
    geonames(2, "ناحية قلمارة", "A ADM2", more="0901"),
    geonames(3, "قلمارة,Zulmara,http://example.org", more="0901"),
    geonames(4, "سد قلمارة", "S DAM"),
    geonames(5, "مسيل قلمارة", "H STM"),
    geonames(6, "قلمارة الكبرى", people=60_000),
]


def built(source: Path) -> tuple[PlacePack, bytes, list[str]]:
    target, told = io.BytesIO(), []
    build(source, "sy", target, lambda error: told.append(error.item))
    return PlacePack(target.getvalue(), "sy"), target.getvalue(), told


def dump(folder: Path, lines: list[str]) -> Path:
    path = folder / "SY.txt"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_geonames_dump_becomes_places_with_kinds_and_parents(tmp_path: Path) -> None:
    pack, _, told = built(dump(tmp_path, DUMP))
    known = with_packs([pack])
    assert told == []
    by_name = {
        name: pack.place(pack.codes_of(name)[0]) for name in ("قلمارة".replace("ة", "ه"), "سدقلماره", "قلمارهكبري")
    }
    village, dam, city = by_name.values()
    assert village
    assert dam
    assert city
    assert (village.kind, dam.kind, city.kind) == (PlaceKind.VILLAGE, PlaceKind.DAM, PlaceKind.CITY)
    assert village.parent == "gn.2"
    assert all(known.within(found, known.by_code["sy.aleppo"]) for found in (village, dam, city))
    assert not pack.codes_of("مسيلقلماره")
    assert pack.codes_of("zulmara") == ("gn.3",)
    assert not pack.begins("http")


def test_the_words_with_which_a_name_begins_are_known_but_no_name(tmp_path: Path) -> None:
    pack, _, _ = built(dump(tmp_path, DUMP))
    assert pack.begins("سد")
    assert pack.codes_of("سد") == ()
    assert not pack.begins("سدق")


def test_a_governorate_that_we_know_stands_under_our_code(tmp_path: Path) -> None:
    pack, _, _ = built(dump(tmp_path, DUMP))
    assert pack.place("gn.1") is None
    assert "sy.aleppo" in pack.codes_of("حلب")


def test_a_whos_on_first_table_is_known_by_its_header(tmp_path: Path) -> None:
    rows = ["\t".join(WOF_COLUMNS), "7\tregion\tSY\tحلب\tAleppo\t36\t37\t7\t\t\t",
            "8\tlocality\tSY\tقلمارة\t\t36\t37\t7\t\t10\t",
            "9\tempire\tSY\tقلمارة\t\t36\t37\t7\t\t10\t"]  # fmt: skip
    path = tmp_path / "SY.tsv.gz"
    path.write_bytes(gzip.compress("\n".join(rows).encode()))
    pack, _, told = built(path)
    found = pack.place("wof.8")
    assert found
    assert found.parent == "sy.aleppo"
    assert pack.place("wof.9") is None
    assert told == []


@pytest.mark.parametrize("packing", ["plain", "gzip", "zip"])
def test_the_same_dump_gives_the_same_pack_however_often(tmp_path: Path, packing: str) -> None:
    path = dump(tmp_path, DUMP)
    if packing == "gzip":
        path.write_bytes(gzip.compress(path.read_bytes()))
    if packing == "zip":
        inside = path.read_bytes()
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("SY.txt", inside)
    first, second = built(path)[1], built(path)[1]
    assert first == second
    assert PlacePack(first, "sy").header.places == 4


def test_the_pack_does_not_depend_on_the_size_of_the_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = dump(tmp_path, DUMP)
    whole = built(path)[1]
    monkeypatch.setattr(place_building, "RUN_LINES", 2)
    assert built(path)[1] == whole


def test_lines_that_break_the_form_are_named_and_left_out(tmp_path: Path) -> None:
    path = dump(
        tmp_path,
        [*DUMP, "three\tcells\tonly", geonames(8, "قلمارة", at="96.0"), geonames(9, "قلمارة").replace("SY", "Syria")],
    )
    path.write_bytes(path.read_bytes() + b"\xff\xfe\n")
    pack, _, told = built(path)
    assert told == ["SY.txt:7", "SY.txt:8", "SY.txt:9", "SY.txt:10"]
    assert pack.header.places == 4


@pytest.mark.parametrize("content", [b"", b"no table\nat all\n", b"PK\x03\x04 torn", gzip.compress(b"x" * 999)[:20]])
def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput):
        built(path)


@given(st.text(alphabet="\tابتSYP.12-|,ADM\x00 é", max_size=200), st.sampled_from([geonames_row, wof_row]))
def test_any_line_is_a_place_or_nothing_or_refused_by_name(line: str, parse: Callable[[str, str], object]) -> None:
    with suppress(UnreadableInput):
        parse(line, "f:1")


def broken(content: bytes, at: int) -> bytes:
    return content[:at] + bytes(byte ^ 0xFF for byte in content[at : at + 8]) + content[at + 8 :]


def zipped(lines: list[str], packing: int) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", packing) as archive:
        archive.writestr("../SY.txt", "\n".join(lines))
    return target.getvalue()


def of_unknown_packing(content: bytes) -> bytes:
    return content.replace(b"PK\x03\x04\x14\x00\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00\x61").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x61"
    )


def locked(content: bytes) -> bytes:
    return content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")


MANY = [geonames(number, f"قلمارة {'ابتثجحخدذر'[number % 10]}ل") for number in range(1, 400)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (broken(gzip.compress("\n".join(MANY).encode()), 600), "damaged"),
        (gzip.compress("\n".join(MANY).encode())[:-900], "damaged or cut off"),
        (broken(zipped(MANY, zipfile.ZIP_DEFLATED), 600), "damaged"),
        (broken(zipped(MANY, zipfile.ZIP_LZMA), 600), "damaged"),
        (of_unknown_packing(zipped(MANY, zipfile.ZIP_DEFLATED)), "packed in a way"),
        (locked(zipped(MANY, zipfile.ZIP_DEFLATED)), "password"),
    ],
)
def test_a_damaged_or_locked_packing_is_told_as_such(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "SY.zip"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=told):
        built(path)


@pytest.mark.parametrize("pack", [gzip.compress, lambda inside: zipped([inside.decode()], zipfile.ZIP_DEFLATED)])
def test_what_unpacks_to_far_more_than_a_dump_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(place_building, "ALWAYS_UNPACKED", 1000)
    path = tmp_path / "SY.zip"
    path.write_bytes(pack(b"\n" * 1_000_000))
    with pytest.raises(UnreadableInput, match="times its size"):
        built(path)


def test_a_source_that_cannot_be_opened_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        built(tmp_path)


def test_a_file_name_that_is_no_text_goes_into_the_header_as_escapes(tmp_path: Path) -> None:
    path = dump(tmp_path, DUMP).rename(tmp_path / "SY\udcff.txt")
    assert built(path)[0].header.source == "SY\\xff.txt"


@given(st.text("ابتثةجأإ،َ ـ-'()abcÉ1|\u202e\x00\ud800", max_size=12), st.sampled_from(["P PPL", "A ADM1", "S DAM"]))
def test_a_place_of_any_names_is_found_by_them_or_left_out(name: str, feature: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "SY.txt"
        lines = [geonames(7, name, feature, "00").replace("Qalmara", ""), geonames(8, "قلمارة")]
        path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        pack, _, _ = built(path)
    assert pack.place("gn.8")
    found = pack.place("gn.7")
    assert found is None or found.name.isprintable()
    assert found is None or not name_key(found.name) or "gn.7" in pack.codes_of(name_key(found.name))
