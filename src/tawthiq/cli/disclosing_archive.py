"""What every verb that hands something out shares: the archive opened, whose sight counts, whom the output must not name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from tawthiq.archive.database import open_database
from tawthiq.cli.located import open_archive
from tawthiq.records.disclosure import DisclosedIncident, Profile, Protected
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder


@dataclass(frozen=True)
class Disclosing:
    """An archive about to hand something out. `sight` is a casework.queries.visibility.Sight, `by` the name for the log."""

    archive: ArchiveFolder
    profile: Profile
    protected: Protected
    sight: Any
    by: str

    def incidents(self, numbers: list[int] | None = None) -> Iterator[DisclosedIncident]:
        """The incidents of some numbers, or all of them by number, redacted. Of the public profile, the published ones."""
        from tawthiq.archive.models import Incident  # noqa: PLC0415  models need the database opened before
        from tawthiq.casework.queries.disclosing import disclosed  # noqa: PLC0415
        from tawthiq.casework.queries.public_disclosing import public_disclosed  # noqa: PLC0415

        if self.profile is Profile.PUBLIC:
            wanted = None if numbers is None else set(numbers)
            published = public_disclosed(self.protected)
            yield from (each for each in published if wanted is None or each.number in wanted)
            return
        chosen = (
            numbers if numbers is not None else list(Incident.objects.order_by("number").values_list("pk", flat=True))
        )
        yield from disclosed(self.sight, chosen, self.profile, self.protected)


def profile_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --profile and --as, which every verb that hands something out has."""
    command = click.option(
        "--profile", type=click.Choice([each.value for each in Profile]), default=Profile.PUBLIC.value, show_default=True,
        help="For whom: a court, another team, everybody (published cases only).",
    )(command)  # fmt: skip
    return click.option("--as", "name", metavar="NAME", help="With what this member of the team may see.")(command)


@contextmanager
def disclosing(chosen: Path | None, profile: str, name: str | None) -> Iterator[Disclosing]:
    """The archive a verb is meant for, ready to hand something out.

    Without a name only what is restricted to no group goes along. Raises WrongUsage for a name that nobody of the team has,
    and as `casework.queries.protected.protected_in` does where sealed names cannot be opened.
    """
    with open_archive(chosen) as archive:
        open_database(archive.database)
        from tawthiq.archive.captures import take_in  # noqa: PLC0415  models need the database opened above
        from tawthiq.casework.models import User  # noqa: PLC0415
        from tawthiq.casework.queries.protected import protected_in  # noqa: PLC0415
        from tawthiq.casework.queries.visibility import Sight, sight_of  # noqa: PLC0415

        take_in(archive)
        sight = Sight(desk=True, person=None)
        if name is not None:
            user = User.objects.filter(name=name, is_active=True).first()
            if user is None:
                raise WrongUsage(
                    item=name, happened="nobody of the team has this name", advice="see: tawthiq user list"
                )
            sight = sight_of(user)
        by = name or archive.settings.collector
        yield Disclosing(archive, Profile(profile), protected_in(archive.path), sight, by)
