"""An archive for twenty people at work: pages that are collected, read and linked for real, so that decisions take effect.

Each occurrence is told by two outlets in our own words, which differ in how many were killed; casework lies around as in
`bench.desk_archive`.
"""

import random
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from bench.desk_archive import casework
from tawthiq.archive.database import open_database
from tawthiq.store import ArchiveFolder

PLACES = ("Saraqib", "Idlib", "Raqqa", "Duma", "Homs", "Aleppo", "Hama", "Daraa", "Deir ez-Zor", "Maarat al-Numan")
TELLINGS = (
    (
        "Shelling hits {place} market",
        "Shelling by government forces killed {killed} civilians in {place} on {day}, residents said.",
    ),
    (
        "Shells land in {place}",
        "Residents of {place} said shelling killed {more} civilians on {day}. The market was full.",
    ),
)
FIRST = date(2012, 1, 2)
APART = 9  # days between two occurrences, so that linking takes none for another


def team_archive(path: Path, reports: int) -> ArchiveFolder:
    """A new archive with so many reports."""
    folder = ArchiveFolder.create(path, title="bench", collector="bench")
    for number, page in enumerate(_pages(reports)):
        folder.keep_file(f"{number:05}.html", BytesIO(page.encode()), "text/html", {})
    open_database(folder.database)
    from tawthiq.archive.rebuilding import link_archive, read_archive  # noqa: PLC0415  models need the database opened above
    from tawthiq.casework.queries.link_decisions import constraints_for  # noqa: PLC0415

    read_archive(folder, workers=1)
    link_archive(folder, constraints=constraints_for)
    casework(random.Random(11))
    return folder


def _pages(reports: int) -> list[str]:
    rnd, pages = random.Random(7), []
    for occurrence in range(reports // 2 + 1):
        day, place = FIRST + timedelta(days=APART * (occurrence % 450)), PLACES[occurrence % len(PLACES)]
        killed = rnd.randint(2, 30)
        for title, body in TELLINGS:
            told = {"place": place, "killed": killed, "more": killed + rnd.randint(0, 3), "day": f"{day:%A}"}
            pages.append(_page(title.format(**told), body.format(**told), day + timedelta(days=1)))
    return pages[:reports]


def _page(title: str, body: str, published: date) -> str:
    return (
        f'<html lang="en"><head><title>{title}</title><meta property="article:published_time" '
        f'content="{published}T12:00:00+00:00"></head><body><article><h1>{title}</h1><p>{body}</p><p>The civil defence said '
        "in a statement that its teams worked until the evening, and that roads to the town were closed for two days."
        "</p></article></body></html>"
    )
