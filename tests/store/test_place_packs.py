"""Where packs lie, how they are chosen, put and removed, and what a reading records of them."""

import fcntl
from pathlib import Path
from typing import IO

import pytest

from lexicon.test_place_pack import pack, place
from tawthiq.lexicon.place_pack import PackHeader, PlacePack
from tawthiq.records.errors import UnreadableInput, WrongUsage
from tawthiq.store.place_packs import (
    chosen,
    gazetteer_with,
    installed,
    open_pack,
    pack_name,
    packs_folder,
    put,
    remove,
    stamp,
)


def install(folder: Path, name: str, word: str = "لامكان") -> PackHeader:
    data = pack([place("wof.1", word)], {word: ("wof.1",)}, name)

    def write(stream: IO[bytes]) -> PackHeader:
        stream.write(data)
        return PlacePack(data, name).header

    return put(folder, name, write)


def test_the_folder_follows_the_variable_then_the_xdg_folder_then_the_system() -> None:
    assert packs_folder({"TAWTHIQ_PLACES": "/a", "XDG_DATA_HOME": "/b"}, "linux") == Path("/a")
    assert packs_folder({"XDG_DATA_HOME": "/b"}, "darwin") == Path("/b/tawthiq/places")
    assert packs_folder({}, "linux") == Path.home() / ".local/share/tawthiq/places"
    assert "Application Support" in str(packs_folder({}, "darwin"))
    assert packs_folder({"LOCALAPPDATA": "/c"}, "win32") == Path("/c/tawthiq/places")


@pytest.mark.parametrize(
    ("text", "name"), [("SY.txt", "sy"), ("/x/YE.tsv.gz", "ye"), ("allCountries.zip", "allcountries")]
)
def test_a_pack_is_named_after_its_file(text: str, name: str) -> None:
    assert pack_name(text) == name


@pytest.mark.parametrize("text", ["none", "", "../..", "اسم", "a b"])
def test_what_cannot_name_a_pack_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        pack_name(text)


def test_all_are_chosen_unless_some_are_named_or_none(tmp_path: Path) -> None:
    assert chosen(tmp_path / "absent", ()) == ()
    install(tmp_path, "sy")
    install(tmp_path, "iq")
    assert [path.stem for path in chosen(tmp_path, ())] == ["iq", "sy"]
    assert [path.stem for path in chosen(tmp_path, ("sy", "sy"))] == ["sy"]
    assert chosen(tmp_path, ("none",)) == ()
    with pytest.raises(WrongUsage, match="ye"):
        chosen(tmp_path, ("ye",))


def test_a_pack_that_could_not_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    install(tmp_path, "sy")
    before = (tmp_path / "sy.places").read_bytes()

    def breaks(stream: IO[bytes]) -> PackHeader:
        stream.write(b"half")
        raise UnreadableInput(item="x", happened="y", advice="z")

    with pytest.raises(UnreadableInput):
        put(tmp_path, "sy", breaks)
    assert (tmp_path / "sy.places").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["sy.places"]


def test_a_draft_whose_writer_was_ended_is_swept_and_one_that_is_held_stays(tmp_path: Path) -> None:
    (tmp_path / "iq.1.part").write_bytes(b"half")
    with (tmp_path / "ye.2.part").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        install(tmp_path, "sy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sy.places", "ye.2.part"]


def test_a_removed_pack_is_gone(tmp_path: Path) -> None:
    install(tmp_path, "sy")
    remove(tmp_path, "sy")
    assert installed(tmp_path) == []
    with pytest.raises(WrongUsage):
        remove(tmp_path, "sy")


@pytest.mark.parametrize("content", [b"", b"nothing of the kind\n"])
def test_a_file_that_is_no_pack_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sy.places"
    path.write_bytes(content)
    with pytest.raises(UnreadableInput, match=r"sy\.places"):
        open_pack(path)


def test_the_stamp_changes_with_name_and_content_and_stays_short(tmp_path: Path) -> None:
    install(tmp_path, "sy")
    install(tmp_path, "iq", "لامكانآخر")
    both, one = gazetteer_with(chosen(tmp_path, ())).packs, gazetteer_with(chosen(tmp_path, ("sy",))).packs
    assert stamp(()) == ""
    assert stamp(one).startswith("sy@")
    assert len({stamp(both), stamp(one), stamp(both[:1]), stamp(both[::-1])}) == 4
    assert len(stamp(both * 20)) <= 40
