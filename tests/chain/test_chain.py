"""The whole chain as a documenter runs it: collect from a server, read, link, search, verify; each step by the command."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chain.rows import claimed_and_found, derived_rows
from local_servers import response, serving
from tawthiq.store import ArchiveFolder

REPORT = """<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="{charset}"><title>{title}</title>
<meta property="article:published_time" content="{day}T08:00:00Z"></head><body><nav><a href="/">الرئيسية</a></nav>
<article><h1>{title}</h1><p>{first}</p><p>{second}</p></article>
<div class="comments"><h3>التعليقات</h3><div class="comment"><b>قارئ</b><p>تعليق من قارئ على الموقع.</p></div></div>
</body></html>"""
DISPATCH = "قُتل أربعة مدنيين وأصيب تسعة آخرون في قصف مدفعي على بلدة سراقب بريف إدلب يوم الثلاثاء 3 آذار 2020."
STATEMENT = 'وقال المتحدث باسم المجلس المحلي للصحفيين: "سقطت القذائف قرب المدرسة بعد خروج التلاميذ".'
TOLD_AGAIN = "قتل خمسة مدنيين في قصف مدفعي على سراقب في إدلب يوم 3 آذار 2020، وفق ما أفاد سكان البلدة."
ENGLISH = (
    b"<html lang='en'><head><title>Shells hit a market</title></head><body><article><h1>Shells hit a market</h1><p>At least "
    b"three people were killed on 5 March 2020 when shells hit a market in Aleppo, residents said.</p></article></body>"
)


def page(title: str, *paragraphs: str, charset: str = "utf-8", day: str = "2020-03-04") -> bytes:
    first, second = paragraphs
    return REPORT.format(title=title, first=first, second=second, charset=charset, day=day).encode(charset)


PAGES = {
    "/one": page("قصف على سراقب", DISPATCH, STATEMENT),
    "/two": page("قتلى في سراقب", TOLD_AGAIN, "ولم يصدر أي تعليق رسمي حتى الآن."),
    "/old": page("قصف على سراقب", DISPATCH, STATEMENT, charset="windows-1256"),
    "/english": ENGLISH,
    "/noise": bytes(range(256)) * 40,
}


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def tawthiq(*arguments: str, folder: Path | None = None, given: str = "") -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "tawthiq", *arguments],
        cwd=folder,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Chain:
    """An archive that was collected, read and linked, and what each command said."""

    archive: Path
    served: dict[str, bytes]
    collected: Ran
    read: Ran
    linked: Ran


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Chain:
    archive = tmp_path_factory.mktemp("chain") / "قضية 1"
    assert tawthiq("new", str(archive)).code == 0
    with serving({path: response(body) for path, body in PAGES.items()}) as server:
        addresses = {server.url(path): body for path, body in PAGES.items()}
        collected = tawthiq("--archive", str(archive), "collect", "-", given="\n".join(addresses))
    assert collected.code == 0, collected.err
    read = tawthiq("read", folder=archive / "evidence")
    return Chain(archive, addresses, collected, read, tawthiq("link", folder=archive))


@pytest.fixture
def copied(chain: Chain, tmp_path: Path) -> Path:
    """The archive in another place, as `cp -r` makes it."""
    return Path(shutil.copytree(chain.archive, tmp_path / "copied"))


def test_every_step_counts_what_it_did_and_names_what_is_no_text(chain: Chain) -> None:
    assert (chain.read.code, chain.linked.code) == (3, 0)
    assert len(chain.collected.out.splitlines()) == len(PAGES)
    named, counted = chain.read.err.splitlines()
    assert "/noise: " in named
    assert counted == "4 read, 0 kept unread, 1 failed"
    assert chain.linked.err.startswith("4 reports")


def test_preserved_bytes_are_those_that_the_server_sent(chain: Chain) -> None:
    with ArchiveFolder.open(chain.archive) as archive:
        assert {capture.source: archive.record(capture).payload for capture in archive.captures()} == chain.served


def test_every_mention_in_every_row_is_what_the_report_says_there(chain: Chain) -> None:
    mentions = list(claimed_and_found(chain.archive / "tawthiq.sqlite3"))
    assert {"statement ", "statement speaker_", "event ", "event when_", "eventplace ", "eventcount ", "claim "} <= {
        kind for kind, _claimed, _found in mentions
    }
    assert [mention for mention in mentions if mention[1] != mention[2]] == []


def test_copies_and_the_incident_are_found_and_their_contradiction_kept(chain: Chain) -> None:
    rows = derived_rows(chain.archive / "tawthiq.sqlite3")
    assert len(rows["archive_copymember"]) == 2
    assert len(rows["archive_incidentreport"]) >= 3
    assert any("أربعة" in claim for claim in rows["archive_claim"])
    assert any("خمسة" in claim for claim in rows["archive_claim"])


def test_readings_dropped_and_rebuilt_are_the_same(chain: Chain, copied: Path) -> None:
    before = derived_rows(chain.archive / "tawthiq.sqlite3")
    assert tawthiq("--archive", str(copied), "read", "--again").code == 3
    assert tawthiq("--archive", str(copied), "link").code == 0
    again = derived_rows(copied / "tawthiq.sqlite3")
    (copied / "tawthiq.sqlite3").unlink()
    assert tawthiq("--archive", str(copied), "read").code == 3
    assert tawthiq("--archive", str(copied), "link").code == 0
    assert before == again == derived_rows(copied / "tawthiq.sqlite3")


@pytest.mark.parametrize("word", ["سراقب", "سَرَاقِب", "سـراقب", "ادلب", "إدلب", "إدلب؟"])
def test_spelling_variants_find_the_same_reports_in_a_moved_archive(copied: Path, word: str) -> None:
    found = tawthiq("--archive", str(copied), "search", word)
    assert found.code == 0
    assert found.err == "3 of 3 reports\n"


def test_comments_of_readers_are_no_part_of_what_was_read(chain: Chain) -> None:
    assert tawthiq("--archive", str(chain.archive), "search", "قارئ").err == "0 of 0 reports\n"


def test_a_moved_archive_verifies_and_a_changed_byte_is_named(copied: Path) -> None:
    assert tawthiq("verify", str(copied)).code == 0
    changed = max((copied / "evidence").rglob("*.warc.gz"))
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)
    said = tawthiq("verify", str(copied), "--quiet")
    assert said.code == 1
    assert [line for line in said.out.splitlines() if line.startswith("DIFFERS") and changed.name in line]


def test_page_read_and_link_work_on_files_alone(chain: Chain, tmp_path: Path) -> None:
    lines = []
    for number, body in enumerate(PAGES.values()):
        (tmp_path / f"{number}.html").write_bytes(body)
        lines.append(json.dumps({"id": str(number), "file": f"{number}.html", "content_type": "text/html"}))
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    assert tawthiq("page", "--input", "pages.jsonl", "--output", "out.jsonl", folder=tmp_path).code == 3
    pages = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert all(zones_cover(each["text"], each["zones"]) for each in pages)
    documents = "".join(json.dumps(as_document(each)) + "\n" for each in pages)
    read = tawthiq("read", "--input", "-", "--output", "-", given=documents)
    assert read.code == 0
    readings = [json.loads(line) for line in read.out.splitlines()]
    assert [reading["id"] for reading in readings] == [each["id"] for each in pages]
    mentions = [pair for reading, each in zip(readings, pages, strict=True) for pair in spans(reading, each["text"])]
    assert len(mentions) > 20
    assert [pair for pair in mentions if pair[0] != pair[1]] == []
    linked = tawthiq("link", "--input", "-", "--output", "-", given=documents)
    assert linked.code == 0
    assert json.loads(linked.out)["copies"][0]["ids"] == ["0", "2"]


def as_document(page_taken_apart: dict[str, Any]) -> dict[str, object]:
    """A page of page/1 as the document that reading/1 takes."""
    published = page_taken_apart["published"] or {}
    return {name: page_taken_apart[name] for name in ("id", "text", "language")} | {"published": published.get("date")}


def zones_cover(text: str, zones: list[dict[str, int]]) -> bool:
    """Whether no two zones overlap and nothing but space lies between them."""
    end = 0
    for zone in zones:
        if zone["start"] < end or text[end : zone["start"]].strip():
            return False
        end = zone["end"]
    return not text[end:].strip()


def spans(value: object, text: str) -> Iterator[tuple[str, str]]:
    """Of everything with offsets and a text in a JSON value: that text, and what stands at the offsets."""
    if isinstance(value, dict):
        if "text" in value and "start" in value:
            yield value["text"], text[value["start"] : value["end"]]
        for inner in value.values():
            yield from spans(inner, text)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner, text)
