"""An archive as a team makes it, by commands: pages of our own wording collected, read and linked. Nobody real."""

from pathlib import Path
from shutil import copytree

from command_line import run
from disclosed_desk import NAME
from either_database import settle
from linked_incident import TAIL
from served_archive import PASSWORD, Desk
from tawthiq.archive.database import open_database
from tawthiq.casework.models import User
from tawthiq.store import ArchiveFolder
from verified_desk import make_reviewers

_PAGES = {
    "wire": ("وكالة الضفة", "غارة جوية فجر الثلاثاء على مدينة الرقة قتلت ثلاثة أشخاص بينهم طفلان." + TAIL),
    "copy": ("موقع الساحل", "غارة جوية فجر الثلاثاء على مدينة الرقة قتلت ثلاثة أشخاص بينهم طفلان." + TAIL),
    "toll": ("صحيفة النهر", "قال سكان إن غارة جوية على مدينة الرقة فجر الثلاثاء قتلت سبعة أشخاص، وبينهم طفلان."),
    "named": (
        "قناة الميناء",
        f"قال شقيق {NAME} إن غارة جوية على مدينة الرقة فجر الثلاثاء قتلت سبعة أشخاص. وأضاف أن {NAME} كانت في منزلها.",
    ),
}  # fmt: skip


_made: list[Path] = []


def make_exported_archive(path: Path) -> Desk:
    """The archive, closed; the page "named" tells the name that `disclosed_desk.seal_person` seals.

    It is made once in a run; everybody gets a copy of their own.
    """
    if not _made:
        _make(path.parent / "model")
        _made.append(path.parent / "model")
    copytree(_made[0], path)
    folder = ArchiveFolder.open(path)
    folder.close()
    return Desk(folder, None, None)  # type: ignore[arg-type]  none of its pages was made by hand


def _make(path: Path) -> None:
    pages = path.parent / "pages"
    pages.mkdir(parents=True)
    for name, (outlet, body) in _PAGES.items():
        (pages / f"{name}.html").write_text(_page(outlet, body), encoding="utf-8")
    assert run("new", path, "--title", "أرشيف التجربة", "--collector", "c-1") == 0
    for verb in (("collect", *sorted(pages.iterdir())), ("read",), ("link",)):
        assert run("--archive", path, *verb) == 0
    folder = ArchiveFolder.open(path)
    open_database(folder.database)
    make_reviewers()
    User.objects.make("heron", PASSWORD, User.Role.OWNER)
    settle()
    folder.close()


def _page(outlet: str, body: str) -> str:
    return (
        f'<html lang="ar"><head><title>غارة على الرقة - {outlet}</title><meta property="og:site_name" content="{outlet}">'
        '<meta property="article:published_time" content="2017-06-20T10:00:00+03:00"></head><body><article>'
        f"<h1>غارة على الرقة</h1><time>20 حزيران 2017</time><p>{body}</p></article></body></html>"
    )
