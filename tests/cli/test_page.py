import json
from pathlib import Path

import pytest

from archive.repeating_host import ABOUT, story
from tawthiq.cli.main import main

PAGE = (
    "<html><head><title>عنوان الخبر الأول من نوعه - نافذة الوادي</title>"
    "<meta property='og:site_name' content='نافذة الوادي'></head>"
    "<body><h1>عنوان الخبر الأول من نوعه</h1><p>قال شهود من أهالي البلدة إن القصف طال السوق الشعبي ظهر اليوم وأوقع ضحايا.</p>"
    "<p>وأضاف الشهود أن فرق الإسعاف وصلت إلى المكان بعد نحو نصف ساعة من سقوط القذائف.</p></body></html>"
)


def run(arguments: list[str]) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(left.value.code or 0)


def test_a_file_is_taken_apart_on_standard_output(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE, encoding="utf-8")
    assert run(["page", str(path)]) == 0
    page = json.loads(capfdbinary.readouterr().out)
    assert (page["schema"], page["id"], page["outlet"]) == ("tawthiq/page/1", "a.html", "نافذة الوادي")
    assert page["title"] == "عنوان الخبر الأول من نوعه"
    assert page["body"].startswith("قال شهود")


def test_pointers_lead_back_into_the_file(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(PAGE.encode("windows-1256"))
    assert run(["page", "--pointers", str(path)]) == 0
    page = json.loads(capfdbinary.readouterr().out)
    title, first, _ = page["pointers"]
    assert title["path"] == "/html/body/h1[1]/text()[1]"
    assert path.read_bytes()[slice(*title["bytes"])].decode("windows-1256") == page["title"]
    assert page["text"][first["start"] : first["end"]].startswith("قال شهود")


def test_a_list_names_files_relative_to_itself_and_a_bad_line_does_not_stop_it(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.html").write_bytes(PAGE.encode("windows-1256"))
    (tmp_path / "pages" / "noise.html").write_bytes(bytes(range(256)) * 40)
    lines = ['{"id": "one", "file": "pages/a.html"}', "{broken", '{"id": "two", "file": "pages/absent.html"}']
    lines += [
        '{"id": "three", "file": "pages/noise.html"}',
        '{"file": "pages/a.html"}',
        '{"id": "six", "file": "pages/a.html"}',
    ]
    source, target = tmp_path / "list.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(lines), encoding="utf-8")
    assert run(["page", "--input", str(source), "--output", str(target)]) == 3
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [page["id"] for page in found] == ["one", "six"]
    errors = capfdbinary.readouterr().err.decode()
    assert all(f"list.jsonl:{number}" in errors for number in (2, 3, 4, 5))
    assert not (tmp_path / "out.jsonl.part").exists()


def test_neither_a_file_nor_a_list_is_wrong_usage() -> None:
    assert run(["page"]) == 2


def test_an_absent_file_is_named_with_advice(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["page", str(tmp_path / "absent.html")]) == 3
    assert "absent.html" in capfdbinary.readouterr().err.decode()


def test_a_second_opinion_is_added_when_asked_for(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("قال شهود إن القصف طال السوق.", encoding="utf-8")
    listed = tmp_path / "list.jsonl"
    listed.write_text('{"id": "a", "file": "a.html"}\n{"id": "b", "file": "b.txt"}\n')
    assert run(["page", "--second-opinion", "--input", str(listed)]) == 0
    html, text = map(json.loads, capfdbinary.readouterr().out.splitlines())
    assert html["second_opinion"]["by"].startswith("trafilatura ")
    assert html["second_opinion"]["agreement"] == 1.0
    assert text["second_opinion"] is None
    assert run(["page", str(tmp_path / "a.html")]) == 0
    assert "second_opinion" not in json.loads(capfdbinary.readouterr().out)


def test_a_second_opinion_that_cannot_be_had_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    monkeypatch.setattr("tawthiq.pipeline.ask_opinion.available", lambda: False)
    assert run(["page", "--second-opinion", str(tmp_path / "a.html")]) == 2


def test_three_pages_of_one_host_in_a_list_come_out_without_what_they_share(tmp_path: Path) -> None:
    lines = []
    for number in range(4):
        (tmp_path / f"{number}.html").write_bytes(story(number))
        lines.append(json.dumps({"id": str(number), "file": f"{number}.html", "url": f"https://news.example/{number}"}))
    lines.insert(2, json.dumps({"id": "saved", "file": "0.html"}))
    (tmp_path / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(["page", "--input", str(tmp_path / "list.jsonl"), "--output", str(tmp_path / "out.jsonl")]) == 0
    found = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [page["id"] for page in found] == ["0", "1", "saved", "2", "3"]
    for page in found:
        assert (ABOUT in page["body"]) == (page["id"] == "saved")
        assert ABOUT in page["text"]
