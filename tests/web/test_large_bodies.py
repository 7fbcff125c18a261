"""Bodies of requests at a real server: what a page takes reaches it, what none takes is refused unread."""

import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sample_archive import make_folder
from serving import serving_first_owner
from tawthiq.web.mapping.layer_file import LARGEST


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = make_folder(tmp_path_factory.mktemp("large") / "archive", {"note.txt": b"a"})
    path: Path = folder.path
    folder.close()
    with serving_first_owner(path) as (told, _link):
        yield told


def status(address: str, size: int) -> int:
    line = b"--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n"
    body = line + b" " * size + b"\r\n--x--\r\n"
    sent = urllib.request.Request(f"{address}map/layers/", body, {"Content-Type": "multipart/form-data; boundary=x"})
    try:
        with urllib.request.urlopen(sent, timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (BrokenPipeError, ConnectionResetError, urllib.error.URLError):
        return 413  # the server answered and closed while the body was still being sent


def test_a_layer_as_large_as_is_allowed_reaches_its_page(address: str) -> None:
    assert status(address, LARGEST) == 403, "the page's own answer to a form that is not ours"


def test_a_body_larger_than_any_page_takes_is_refused(address: str) -> None:
    assert status(address, 3 * LARGEST) == 413
