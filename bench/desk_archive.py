"""An archive for benches of the desk: made-up reports linked for real, and casework around them. `main` makes one to keep.

Reports are those of `bench.link_archive`, read into rows in bulk and linked by the archive's own linking. A quarter of the
incidents have cases, a third of the reports was reviewed, one report in two hundred is restricted to a group that half of
the team is in. Making 100,000 reports takes some minutes, so an archive that is there is used again.
"""

import argparse
import random
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from bench.link_archive import put_in, told
from tawthiq.archive.database import open_database
from tawthiq.store import ArchiveFolder

REPORTS, PEOPLE = 100_000, 20
PASSWORD = "several unrelated words"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def desk_archive(path: Path, reports: int = REPORTS) -> ArchiveFolder:
    """The archive at `path`, made if there is none."""
    if (path / "made").exists():
        folder = ArchiveFolder.open(path)
        open_database(folder.database)
        return folder
    folder = ArchiveFolder.create(path, title="bench", collector="bench")
    open_database(folder.database)
    from tawthiq.archive.link_memory_run import relink  # noqa: PLC0415  models need the database opened above
    from tawthiq.archive.log_acts import take_in_log  # noqa: PLC0415

    put_in(enumerate(islice(told(reports, random.Random(7)), reports), start=1))
    relink(again=True)
    casework(random.Random(11))
    take_in_log(folder)
    (path / "made").touch()
    return folder


def names() -> list[str]:
    """The names of the people at the desk; all have `PASSWORD`."""
    return [f"person-{number:02}" for number in range(PEOPLE)]


def casework(rnd: random.Random) -> None:
    """Put people around the open archive, a group, restrictions, reviews, cases and given work."""
    from tawthiq.archive.models import Incident, Report  # noqa: PLC0415
    from tawthiq.casework.models import Case, Group, ItemRestriction, Preferences, User  # noqa: PLC0415
    from tawthiq.casework.models.assignments import Assignment  # noqa: PLC0415
    from tawthiq.casework.models.reading_corrections import ReportReview  # noqa: PLC0415

    roles = (User.Role.OWNER, User.Role.EDITOR, User.Role.REVIEWER, User.Role.REVIEWER, User.Role.DOCUMENTER)
    users = [User.objects.make(name, PASSWORD, roles[at % len(roles)]) for at, name in enumerate(names())]
    Preferences.objects.bulk_create(Preferences(user=user, guide_done=True) for user in users)
    group = Group.objects.create(name="inner")
    group.members.set(users[::2])
    items = list(Report.objects.order_by("pk").values_list("capture__identifier", flat=True))
    ItemRestriction.objects.bulk_create(
        [ItemRestriction(item=item, group=group) for item in items[::200]], batch_size=2_000
    )
    ReportReview.objects.bulk_create(
        [
            ReportReview(
                kind="reviewed", capture=item, revision=1, content={}, sha256=f"{at:064x}", by="person-01", at=NOW
            )
            for at, item in enumerate(items[::3])
        ],
        batch_size=2_000,
    )
    incidents = list(Incident.objects.order_by("number").values_list("number", flat=True))[::4]
    states = list(Case.State)
    cases = [Case(incident=each, state=rnd.choice(states), opened_by="person-01", opened=NOW) for each in incidents]
    Case.objects.bulk_create(cases, batch_size=2_000)
    Assignment.objects.bulk_create(
        [
            Assignment(subject=f"incident:{each}", kind="incident", user=rnd.choice(users), by="person-00", at=NOW)
            for each in incidents[::3]
        ],
        batch_size=2_000,
    )


def main() -> None:
    """Make an archive to keep."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("path", type=Path)
    asked.add_argument("--reports", type=int, default=REPORTS)
    options = asked.parse_args()
    desk_archive(options.path, options.reports).close()


if __name__ == "__main__":
    main()
