"""`tawthiq read --adapter`: only what the archive's settings name, in files and in archives, told and stamped."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from chat_server import answering, chat_server
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.cli.main import tawthiq

TEXT = "قتل 12 مدنياً بقصف على سوق الخضار مساء الاثنين، ثم تطايرت شظايا فوق دار المسنين في القرية القريبة من النهر."
OFFERS = {
    "events": [
        {"text": "تطايرت شظايا", "occurrence": 1, "act": "explosive", "modality": "stated", "scope": "single", "place": None},
        {"text": "لا وجود لهذا", "occurrence": 1, "act": "explosive", "modality": "stated", "scope": "single", "place": None},
    ]
}  # fmt: skip
PAGE = f"<html lang=ar><title>قصف على السوق</title><article><h1>قصف على السوق</h1><p>{TEXT}</p><p>{TEXT}</p></article></html>"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = make_folder(tmp_path / "archive", {"a.html": PAGE.encode()})
    folder.close()
    return folder.path


def name_adapter(archive: Path, address: str, more: str = "") -> None:
    with (archive / "tawthiq.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'\n[adapters.local]\nkind = "chat"\nmodel = "tiny:1b"\naddress = "{address}"\nseconds = 5\n{more}\n'
        )


def run(archive: Path, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(
        tawthiq, ["--archive", str(archive), "read", *arguments], input=text, standalone_mode=False
    )


def line() -> str:
    return json.dumps({"id": "a", "text": TEXT, "language": "ar"}) + "\n"


def test_documents_of_a_file_are_read_with_what_the_model_offers(archive: Path) -> None:
    with chat_server(answering(OFFERS)) as server:
        name_adapter(archive, server.address)
        result = run(archive, "--input", "-", "--output", "-", "--adapter", "local", text=line())
    reading = json.loads(result.stdout)
    assert result.return_value == 0
    assert reading["schema"] == "tawthiq/reading/1"
    assert (reading["adapter"]["name"], reading["adapter"]["model"]) == ("local", "tiny:1b")
    assert [one["text"] for one in reading["adapter"]["accepted"]] == ["تطايرت شظايا"]
    assert [one["reason"] for one in reading["adapter"]["refused"]] == ["these words stand nowhere in the text"]
    assert any(rule.startswith("adapter:local model tiny:1b") for event in reading["events"] for rule in event["rules"])


def test_without_the_option_nothing_is_asked_and_nothing_is_added(archive: Path) -> None:
    with chat_server(answering(OFFERS)) as server:
        name_adapter(archive, server.address)
        result = run(archive, "--input", "-", "--output", "-", text=line())
        assert server.asked == []
    assert "adapter" not in json.loads(result.stdout)


def test_an_unusable_answer_is_told_and_grammars_reading_written(archive: Path) -> None:
    with chat_server(answering("no JSON")) as server:
        name_adapter(archive, server.address)
        result = run(archive, "--input", "-", "--output", "-", "--adapter", "local", text=line())
    assert result.return_value == 3
    assert "standard input:1 (a): the model's message is no JSON" in result.stderr
    assert "1 read, 0 failed, 1 by grammar alone" in result.stderr
    assert json.loads(result.stdout)["id"] == "a"


def test_an_unusable_answer_about_a_page_of_an_archive_is_told_too(archive: Path) -> None:
    with chat_server(answering("no JSON")) as server:
        name_adapter(archive, server.address)
        result = run(archive, "--adapter", "local")
    assert result.return_value == 3
    assert "a.html: the model's message is no JSON" in result.stderr
    assert "1 read, 0 kept unread, 0 failed, 1 by grammar alone" in result.stderr


def test_an_adapter_that_the_settings_do_not_name_is_refused(archive: Path) -> None:
    result = run(archive, "--input", "-", "--output", "-", "--adapter", "elsewhere", text=line())
    assert 'there is no adapter "elsewhere"' in str(result.exception)


def test_reading_a_file_outside_of_any_archive_has_no_adapters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TAWTHIQ_ARCHIVE", raising=False)
    result = CliRunner().invoke(tawthiq, ["read", "--input", "-", "--output", "-", "--adapter", "local"], input=line())
    assert type(result.exception).__name__ == "ArchiveMissing"


def test_an_address_elsewhere_needs_leave_and_says_what_leaves(archive: Path) -> None:
    name_adapter(archive, "http://192.0.2.9/v1")
    refused = run(archive, "--input", "-", "--output", "-", "--adapter", "local", text=line())
    assert "not this machine" in str(refused.exception)


def test_an_archive_is_stamped_with_adapter_and_model_and_reading_again_without_it_is_grammar_alone(
    archive: Path,
) -> None:
    open_database(archive / "tawthiq.sqlite3")
    from tawthiq.archive.models import Event, Report  # noqa: PLC0415  models need the database opened above

    with chat_server(answering(OFFERS)) as server:
        name_adapter(archive, server.address)
        assert run(archive, "--adapter", "local").return_value == 0
        assert len(server.asked) == 1
    report = Report.objects.get()
    assert report.reader.endswith(" + adapter:local model tiny:1b")
    assert "adapter:local model tiny:1b: 1 offers stand in the text, 1 refused" in report.notes
    assert Event.objects.filter(act="explosive").exists()
    assert run(archive, "--again").return_value == 0
    assert "adapter" not in Report.objects.get().reader
    assert not Event.objects.filter(act="explosive").exists()


def test_with_no_server_there_nothing_is_dropped(archive: Path) -> None:
    open_database(archive / "tawthiq.sqlite3")
    from tawthiq.archive.models import Report  # noqa: PLC0415  models need the database opened above

    assert run(archive).return_value == 0
    with chat_server(answering(OFFERS)) as server:
        address = server.address
    name_adapter(archive, address)
    assert "nothing answers" in str(run(archive, "--again", "--adapter", "local").exception)
    assert Report.objects.count() == 1
