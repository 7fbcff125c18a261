"""What a person gives, sorted: addresses, files, folders, lists; and what is named as unusable."""

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tawthiq.capture.sources import AddressSource, FileSource, PassedOver, Unusable, sources


def put(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folder_is_walked_in_byte_order(tmp_path: Path) -> None:
    for name in ("b/2.html", "b/1.html", "a.html", "c.html", "ب.html"):
        put(tmp_path / name)
    found = [source.path.relative_to(tmp_path) for source in sources([str(tmp_path)]) if isinstance(source, FileSource)]
    assert [str(path) for path in found] == ["a.html", "b/1.html", "b/2.html", "c.html", "ب.html"]


def test_links_and_pipes_inside_a_folder_are_named_and_passed_over(tmp_path: Path) -> None:
    outside = put(tmp_path / "outside" / "secret.txt")
    folder = tmp_path / "folder"
    put(folder / "page.html")
    (folder / "to-file").symlink_to(outside)
    (folder / "to-folder").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe")
    found = list(sources([str(folder)]))
    assert [source.path.name for source in found if isinstance(source, FileSource)] == ["page.html"]
    passed = {source.path.name: source.reason for source in found if isinstance(source, PassedOver)}
    assert passed.keys() == {"to-file", "to-folder", "loop", "pipe"}
    assert "symbolic link" in passed["to-file"]
    assert "pipe" in passed["pipe"]


def test_link_that_the_person_names_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "folder" / "page.html")
    (tmp_path / "link").symlink_to(tmp_path / "folder")
    assert [type(source) for source in sources([str(tmp_path / "link")])] == [FileSource]


def test_the_archive_itself_is_not_collected(tmp_path: Path) -> None:
    put(tmp_path / "archive" / "evidence" / "x.warc.gz")
    put(tmp_path / "page.html")
    found = list(sources([str(tmp_path)], leave_out=tmp_path / "archive"))
    assert [type(source) for source in found] == [PassedOver, FileSource]


def test_pipe_given_directly_is_refused_and_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (found,) = sources([str(tmp_path / "pipe")])
    assert isinstance(found, Unusable)
    assert "pipe" in found.error.happened


@contextlib.contextmanager
def without_root() -> Iterator[None]:
    """Run as nobody where the tests run as root, whom no file mode stops."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_folder_that_may_not_be_read_is_named() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        put(folder / "closed" / "x")
        put(folder / "open.html").chmod(0o644)
        (folder / "closed").chmod(0)
        with without_root():
            found = list(sources([name]))
        (folder / "closed").chmod(0o700)
    assert [type(source) for source in found] == [Unusable, FileSource]


def test_list_on_standard_input(tmp_path: Path) -> None:
    page = put(tmp_path / "صفحة.html")
    lines = [
        "\ufeff# seeds of today".encode(),
        b"",
        b"  http://example.org/a \r",
        str(page).encode(),
        b"no/such/file",
        b"has\x00nul",
        b"-",
        b"y" * 70_000,
        b"http://example.org/last",
    ]
    found = list(sources(["-"], io.BytesIO(b"\n".join(lines))))
    assert [source.given for source in found if isinstance(source, AddressSource)] == [
        "http://example.org/a", "http://example.org/last",
    ]  # fmt: skip
    assert [source.path for source in found if isinstance(source, FileSource)] == [page]
    items = [source.error.item for source in found if isinstance(source, Unusable)]
    assert items[0] == "standard input, line 5: no/such/file"
    assert [item.split(":")[0] for item in items] == [f"standard input, line {number}" for number in (5, 6, 7, 8)]


def test_missing_file_that_looks_like_an_address_says_so() -> None:
    (found,) = sources(["www.example.org/page"])
    assert isinstance(found, Unusable)
    assert "http://" in found.error.advice


def test_names_are_shown_escaped(tmp_path: Path) -> None:
    path = put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe2\x80\xaegpj.exe\n")))
    (found,) = sources([str(tmp_path)])
    assert isinstance(found, FileSource)
    assert found.path == path
    assert found.shown.endswith("\\xff\\u202egpj.exe\\x0a")
