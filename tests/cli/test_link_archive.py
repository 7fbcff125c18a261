"""`tawthiq read --link` and `tawthiq link` over an archive: what they link, and what they say of it."""

from pathlib import Path

import pytest

from command_line import run
from sample_archive import make_folder
from tawthiq.archive.database import open_database

PAGE = (
    '<html lang="ar"><head><title>غارة على سوق إدلب</title></head><body><article><h1>غارة على سوق إدلب</h1>'
    "<p>قتل خمسة أشخاص في غارة جوية على سوق مدينة إدلب يوم 3 آذار 2020، بحسب ما قال سكان من المدينة.</p>"
    "</article></body></html>"
)


def test_what_was_read_is_linked_at_once_and_the_next_run_has_nothing_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_folder(tmp_path / "archive", {"page.html": PAGE.encode()})
    assert run("--archive", folder.path, "read", "--link") == 0
    said = capsys.readouterr().err
    assert "1 reports: 1 incidents, 0 copy families" in said
    assert (
        "1 reports added, 1 incidents changed; all linked anew, since nothing is remembered of an earlier run" in said
    )
    assert run("--archive", folder.path, "link") == 0
    assert capsys.readouterr().err.splitlines()[-1] == "0 reports added, 0 incidents changed"
    assert run("--archive", folder.path, "link", "--again") == 0
    assert capsys.readouterr().err.splitlines()[-1].endswith("; all linked anew, since it was asked for")
    open_database(folder.database)
    from tawthiq.archive.models import Incident  # noqa: PLC0415  models need the database opened above

    assert Incident.objects.get().number // 100_000 == 1


@pytest.mark.parametrize("command", [("link", "--again"), ("read", "--link")])
def test_options_of_an_archive_are_refused_with_a_file(tmp_path: Path, command: tuple[str, str]) -> None:
    documents = tmp_path / "documents.jsonl"
    documents.write_text('{"id": "a", "text": "قصف"}\n', encoding="utf-8")
    assert run(*command, "--input", documents) == 2
