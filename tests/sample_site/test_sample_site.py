import http.client
import importlib.util
import json
import urllib.parse
from pathlib import Path

import pytest

from tawthiq.page import anatomy
from tawthiq.pipeline.sample_server import SampleServer
from tawthiq.records.page import ZoneKind
from tawthiq.sample_site import SamplePage, sample_site

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "src" / "tawthiq" / "sample_site"


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build_sample_site", ROOT / "tools" / "build_sample_site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answer(address: str) -> http.client.HTTPResponse:
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
    connection.request("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
    return connection.getresponse()


def test_the_committed_files_are_what_the_builder_makes(builder) -> None:
    built = builder.built()
    kept = {str(path.relative_to(SITE)) for path in (SITE / "pages").rglob("*") if path.is_file()} | {"manifest.json"}
    assert kept == set(built)
    assert [name for name, data in built.items() if (SITE / name).read_bytes() != data] == []


def test_the_site_shows_what_documenters_meet() -> None:
    pages = sample_site().pages
    html = [page for page in pages if "html" in page.content_type]
    data = {page: page.data() for page in pages}
    assert len(html) >= 36
    assert sum(page.comments > 0 for page in pages) >= 6
    assert any(b"[ads3]" in bytes_ for bytes_ in data.values())
    lying = [page for page in html if "utf-8" in page.content_type and not decodes(data[page])]
    assert lying, "no page claims UTF-8 and sends something else"
    assert any(page.content_type == "text/plain" for page in pages)
    assert b"application/ld+json" in b"".join(data.values())


def decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_every_copied_dispatch_of_the_corpus_that_is_dressed_has_two_outlets() -> None:
    outlets = {document: page.outlet for page in sample_site().pages for document in page.documents}
    copies = json.loads((ROOT / "eval" / "corpus" / "incidents.json").read_text(encoding="utf-8"))["copies"]
    assert all(len({outlets[identifier] for identifier in family}) == 2 for family in copies)


def test_the_server_sends_each_page_with_the_headers_of_the_manifest() -> None:
    with SampleServer() as server:
        for page in sample_site().pages:
            response = answer(server.address(page.outlet, page.path))
            assert (response.status, response.getheader("Content-Type")) == (200, page.content_type)
            assert response.read() == page.data()


def test_redirects_lead_to_pages_and_unknown_paths_to_nothing() -> None:
    with SampleServer() as server:
        for redirect in sample_site().redirects:
            response = answer(server.address(redirect.outlet, redirect.path))
            assert (response.status, response.getheader("Location")) == (redirect.status, f"/{redirect.target}")
        assert answer(server.address("almaydan", "no/such/page")).status == 404


def test_the_addresses_to_collect_cover_every_page_once_and_start_at_redirects() -> None:
    with SampleServer() as server:
        addresses = server.addresses()
    assert len(addresses) == len(set(addresses)) == len(sample_site().pages)
    assert any(address.endswith("/?p=1188") for address in addresses)


def body_lines(builder, page: SamplePage) -> list[str]:
    reports = {row["id"]: row for row in map(json.loads, builder.REPORTS.read_text(encoding="utf-8").splitlines())}
    return [line.replace("**", "") for line in builder.chosen(reports[page.documents[0]]["text"], page.body_lines)]


def squeezed(text: str) -> str:
    return "".join(text.replace("**", "").split())


PROSE = 40  # characters; a channel's shorter lines ("urgent", a hashtag) may be taken for decoration
REPORT_ZONES = {ZoneKind.BODY, ZoneKind.AGENCY, ZoneKind.BYLINE, ZoneKind.DATE}


@pytest.mark.parametrize("page", sample_site().pages, ids=lambda page: f"{page.outlet}-{page.documents[0]}")
def test_the_body_holds_the_report_and_no_readers_comment(builder, page: SamplePage) -> None:
    taken = anatomy(page.data(), id="p", url=f"http://127.0.0.1/{page.path}", content_type=page.content_type)
    report = squeezed("".join(zone.span.of(taken.text) for zone in taken.zones if zone.kind in REPORT_ZONES))
    lines = [squeezed(line) for line in body_lines(builder, page) if len(line) >= PROSE]
    assert [line for line in lines if line not in report] == []
    body = squeezed(taken.body)
    assert sum(len(line) for line in lines if line in body) >= 0.5 * sum(map(len, lines))
    own = [row["text"] for row in builder.rows("comments.tsv") if row["page"] == f"{page.outlet}/{page.path}"]
    assert [text for text in own if squeezed(text) in report] == []
    assert "[ads3]" not in report
