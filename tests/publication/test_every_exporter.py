"""Whatever leaves: no exporter tells a sealed person, and what is restricted changes no byte of what an outsider gets.

The names are looked for with other people's tools (pdftotext, zipfile, pyarrow), never with the search that outputs pass.
"""

import gzip
import html
import io
import json
import re
import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, tzinfo
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pyarrow.parquet
import pytest

from command_line import run
from disclosed_desk import NAME, NAME_LATIN, TELEPHONE, incident_of, publish_case, seal_person
from either_database import settle
from leak_registry import EXPORTERS, OTHER_VERBS, PAGES, TEAMS, Exporter
from served_archive import PASSWORD, Desk
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Capture, Incident, IncidentReport, Report
from tawthiq.casework.domain import custody
from tawthiq.casework.models import Group, ItemRestriction, User
from tawthiq.cli.main import VERBS
from tawthiq.lexicon.exports import format_words
from tawthiq.pipeline import packaging
from tawthiq.publication.formats import FORMATS
from tawthiq.records.disclosure import Profile
from tawthiq.store import ArchiveFolder, log
from verified_desk import copied, make_reviewers

COMMENT = "زائر: سنبل النرجسي جارتنا في الحي"
TAIL = " وسمع سكان الأحياء القريبة دوي انفجارات قوية هزت البيوت وتأخرت فرق الإنقاذ في الوصول إلى المكان."
PLANTED = {
    "a-wire": ("وكالة الضفة", "غارة على الرقة", "غارة جوية فجر الثلاثاء على مدينة الرقة قتلت ثلاثة رجال." + TAIL),
    "b-copy": ("موقع الساحل", "غارة على الرقة", "غارة جوية فجر الثلاثاء على مدينة الرقة قتلت ثلاثة رجال." + TAIL),
    "c-sunbul-al-narjisi": (
        f"صفحة {NAME}",
        f"مقتل أقارب {NAME}",
        (
            f"قال شقيق {NAME} إن غارة جوية على مدينة الرقة فجر الثلاثاء قتلت سبعة رجال. وأضافت السيدة سُنـبل النرجسيّ "
            f"أن الطيران الروسي قصف البيت، وقالت النرجسي إن هاتفها {TELEPHONE} ({NAME_LATIN})."
        ),
    ),
    "d-toll": ("صحيفة النهر", "حصيلة", "قال سكان إن غارة جوية على مدينة الرقة فجر الثلاثاء قتلت سبعة رجال." + TAIL),
}  # fmt: skip
"""Outlet, title and text by the name of the file: the third names the sealed person in every place that a page has, the last
in the address of its picture alone.
"""
SECRET_PAGE = (
    "منصة الخفاء", "قصف كوباني", "قتل أحد عشر رجلاً في قصف مدفعي على مدينة كوباني يوم الجمعة، وفق مجلس الخفاء المحلي."
)  # fmt: skip
SEALED = ("سنبلعبدالغيم", "النرجسي", "نرجسي", "narjisi", "sunbulabd")


def _page(outlet: str, title: str, body: str) -> str:
    picture = NAME_LATIN if NAME in body or title == "حصيلة" else "roof"
    return (
        f'<html lang="ar"><head><title>{title}</title><meta property="og:site_name" content="{outlet}">'
        '<meta property="article:published_time" content="2017-06-20T10:00:00+03:00"></head><body><article>'
        f"<h1>{title}</h1><time>20 حزيران 2017</time><p>{body}</p><figure><img src='{picture}.jpg' alt='{title}'>"
        f"<figcaption>صورة: {title}</figcaption></figure></article><section id='comments'><h2>التعليقات</h2>"
        f"<div class='comment'><b>زائر</b><p>{COMMENT if NAME in body else 'زائر: سلام'}</p></div></section></body></html>"
    )


def _make(path: Path) -> Desk:
    pages = path.parent / "pages"
    pages.mkdir(parents=True)
    for name, told in PLANTED.items():
        (pages / f"{name}.html").write_text(_page(*told), encoding="utf-8")
    (pages / "z-secret.html").write_text(_page(*SECRET_PAGE), encoding="utf-8")
    assert run("new", path, "--title", "أرشيف التجربة", "--collector", "c-1") == 0
    each_in_a_file_of_its_own = [("collect", page) for page in sorted(pages.iterdir())]
    for verb in (*each_in_a_file_of_its_own, ("read",), ("link",)):
        assert run("--archive", path, *verb) == 0
    folder = ArchiveFolder.open(path)
    open_database(folder.database)
    User.objects.make("heron", PASSWORD, User.Role.OWNER)
    User.objects.make("wren", PASSWORD, User.Role.PUBLIC)
    make_reviewers()
    settle()
    folder.close()
    return Desk(folder, None, None)  # type: ignore[arg-type]  none of its pages was made by hand


@pytest.fixture(scope="module", autouse=True)
def _no_background() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        yield


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return _make(tmp_path_factory.mktemp("every") / "archive")


@pytest.fixture(scope="module")
def planted(model: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The archive with the person sealed and the case published, closed."""
    with copied(model, tmp_path_factory.mktemp("planted") / "archive") as desk:
        publish_case(desk)
        seal_person(desk)
        Report.objects.filter(text__contains=NAME).update(byline=NAME)
    return desk


@contextmanager
def opened(model: Desk, folder: Path) -> Iterator[Desk]:
    with copied(model, folder / "archive") as desk:
        yield desk


def ways() -> list[tuple[Exporter, Profile]]:
    return [(exporter, profile) for exporter in EXPORTERS for profile in exporter.profiles]


def test_no_verb_and_no_format_is_missing() -> None:
    names = {exporter.name for exporter in EXPORTERS}
    assert {name.partition(" ")[0] for name in names} - set(PAGES) == set(VERBS) - set(OTHER_VERBS)
    assert not set(OTHER_VERBS) - set(VERBS)
    assert {name.removeprefix("export ") for name in names if name.startswith("export ")} == set(format_words())
    assert set(FORMATS) <= set(format_words())


def test_the_archive_tells_the_name_everywhere(planted: Desk, tmp_path: Path) -> None:
    """Else what follows could not fail."""
    with opened(planted, tmp_path):
        page = Report.objects.get(text__contains=NAME)
        assert NAME in page.title
        assert "سُنـبل" in page.text
        assert "narjisi" in page.capture.final or "narjisi" in page.capture.source
        assert IncidentReport.objects.filter(report=page, incident=incident_of(None)).exists()  # type: ignore[arg-type]
        assert list(_sealed_in(page.title))


@pytest.mark.parametrize(("exporter", "profile"), ways(), ids=lambda each: getattr(each, "name", each))
def test_no_output_tells_a_sealed_person(
    exporter: Exporter, profile: Profile, planted: Desk, tmp_path: Path, shared: Desk
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    made = exporter.make(shared.folder.path, profile, out)
    assert made
    for name, text in _texts(out):
        assert not list(_sealed_in(name)), "the name of a file"
        assert not list(_sealed_in(text)), name
        assert profile is Profile.COURT or "جارتنا" not in text, f"{name}: a reader's words"
        assert profile in TEAMS or not re.search(r"\b(tern|gull|heron)\b", text), f"{name}: a member of the team"


@pytest.fixture(scope="module")
def shared(planted: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with copied(planted, tmp_path_factory.mktemp("shared") / "archive") as desk:
        yield desk


@pytest.fixture(scope="module")
def twins(planted: Desk, tmp_path_factory: pytest.TempPathFactory) -> tuple[Desk, Desk]:
    """The archive with an item restricted to a group of which nobody asks, and the archive that never held it."""
    with copied(planted, tmp_path_factory.mktemp("with") / "archive") as within:
        secret = Capture.objects.get(report__title__contains="كوباني")
        assert Incident.objects.filter(told_in__report__capture=secret).count() == 1
        ItemRestriction.objects.create(item=secret.identifier, group=Group.objects.create(name="north"))
    with copied(planted, tmp_path_factory.mktemp("without") / "archive") as without:
        secret = Capture.objects.get(report__title__contains="كوباني")
        Incident.objects.filter(told_in__report__capture=secret).delete()
        Report.objects.filter(capture=secret).delete()
        Capture.objects.filter(pk=secret.pk).update(state=Capture.State.KEPT)
    return within, without


@pytest.mark.parametrize("exporter", [each for each in EXPORTERS if each.twin], ids=lambda each: each.name)
def test_what_is_restricted_changes_no_byte(
    exporter: Exporter, twins: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A package says when it was made; the proof of its export tells when that was logged, and the salt of the entry.
    monkeypatch.setattr(packaging, "datetime", _OneMoment)
    monkeypatch.setattr(log, "secrets", SimpleNamespace(token_bytes=bytes))
    outputs = []
    for number, twin in enumerate(twins):
        out = tmp_path / f"{number}" / "out"
        out.mkdir(parents=True)
        with copied(twin, tmp_path / f"{number}" / "archive") as desk:
            exporter.make(desk.folder.path, exporter.profiles[0], out)
        outputs.append({str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()})
        shutil.rmtree(tmp_path / f"{number}" / "archive")
    within, without = outputs
    assert within.keys() == without.keys()
    assert [name for name in within if within[name] != without[name]] == []
    assert not any("الخفاء" in text or "كوباني" in text for _, text in _texts(tmp_path / "0" / "out"))


class _OneMoment(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_OneMoment":
        return cls(2026, 1, 2, tzinfo=tz)


def _texts(folder: Path) -> Iterator[tuple[str, str]]:
    """What stands in the files of a folder, and their names, by tools of others."""
    for path in sorted(folder.rglob("*")):
        yield str(path.relative_to(folder)), ""
        if path.is_file():
            yield from _of_bytes(str(path.relative_to(folder)), path.read_bytes())


def _of_bytes(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    yield name, data.decode("utf-8", "ignore")
    if data[:2] == b"\x1f\x8b":
        yield from _of_bytes(f"{name}!", gzip.decompress(data))
    elif zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                yield from _of_bytes(f"{name}!{member}", packed.read(member))
    elif data[:4] == b"PAR1":
        rows = pyarrow.parquet.read_table(io.BytesIO(data)).to_pylist()
        yield name, json.dumps(rows, ensure_ascii=False, default=str)
    elif data[:5] == b"%PDF-":
        for tool in (("pdftotext", "-", "-"), ("pdfinfo", "-")):
            yield (
                name,
                subprocess.run(tool, input=data, capture_output=True, check=True).stdout.decode("utf-8", "ignore"),
            )


def _sealed_in(text: str) -> Iterator[str]:
    """Which sealed strings a text tells: written, escaped, with marks, in other letters or spread out."""
    for said in (text, html.unescape(text), unquote(text), _unescaped(text)):
        plain = unicodedata.normalize("NFKD", said).lower()
        bare = "".join(each for each in plain if unicodedata.category(each) not in ("Mn", "Cf") and each != "ـ")
        letters = re.sub(r"[^a-z\u0621-\u064a]", "", re.sub("[أإآ]", "ا", bare).replace("ى", "ي"))
        yield from (each for each in SEALED if each in letters)
        if re.search(r"944\D{0,3}000\D{0,3}117", bare):
            yield TELEPHONE


def _unescaped(text: str) -> str:
    return re.sub(r"\\u([0-9a-fA-F]{4})", lambda each: chr(int(each[1], 16)), text)
