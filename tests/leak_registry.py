"""Every way in which something of an archive leaves a laptop: one line each. A verb or format that is not here fails a test.

An exporter takes the archive, the profile and a folder of its own, and gives back what it made.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from command_line import run
from disclosed_desk import incident_of
from tawthiq.casework.domain import api_tokens
from tawthiq.casework.domain.api_tokens import Wanted
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import User
from tawthiq.publication.formats import FORMATS
from tawthiq.records.disclosure import Profile

Make = Callable[[Path, Profile, Path], list[Path]]
DONE, SOME_FAILED, WRONG = 0, 3, 2


@dataclass(frozen=True)
class Exporter:
    """One way out. `fresh` outputs hold proofs of the log, which grows with every output: each wants an archive of its own.

    `may_refuse` says that an output with nothing in it that may leave is refused, not written.
    """

    name: str
    profiles: tuple[Profile, ...]
    make: Make
    fresh: bool = False
    may_refuse: bool = False


def _verb(*arguments: str, name: str, profiled: bool = True, may_refuse: bool = False) -> Make:
    def make(archive: Path, profile: Profile, folder: Path) -> list[Path]:
        chosen = ("--profile", profile.value) if profiled else ()
        code = run("--archive", archive, *arguments, "--output", folder / name, *chosen)
        assert code == DONE or (may_refuse and code == WRONG), f"{arguments} ended with {code}"
        return sorted(folder.iterdir())

    return make


def _dossier(archive: Path, profile: Profile, folder: Path) -> list[Path]:
    return _verb("dossier", str(incident_of(None)), name="out")(archive, profile, folder)  # type: ignore[arg-type]


def _api(_: Path, profile: Profile, folder: Path) -> list[Path]:
    """Every answer of the API to a program with the owner's token, headers and all."""
    token = api_tokens.make(Acting(None, "heron"), User.objects.get(name="heron"), Wanted(profile, "a test"))[1]
    asking = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}"})
    number = incident_of(None)  # type: ignore[arg-type]
    for path in ("incidents", f"incidents/{number}", "reports", "statistics", "openapi.json", "incidents/7"):
        answer = asking.get(f"/api/v1/{path}")
        told = json.dumps({name: text for name, text in answer.headers.items() if name in ("Link", "Content-Location")})
        (folder / f"{path.replace('/', '-')}.json").write_bytes(answer.content + told.encode())
    return sorted(folder.iterdir())


ALL, TEAMS, PUBLIC = tuple(Profile), (Profile.COURT, Profile.PARTNER), (Profile.PUBLIC,)
EXPORTERS: tuple[Exporter, ...] = (
    *(Exporter(f"export {each}", ALL, _verb("export", each, name=f"out{FORMATS[each].suffix}")) for each in FORMATS),
    Exporter("export readings", TEAMS, _verb("export", "readings", name="out.jsonl")),
    Exporter(
        "export wacz", TEAMS, _verb("export", "wacz", name="out.wacz", may_refuse=True), fresh=True, may_refuse=True
    ),
    Exporter("dossier", ALL, _dossier, fresh=True),
    Exporter("publish", PUBLIC, _verb("publish", name="out", profiled=False)),
    Exporter("statistics", ALL, _verb("statistics", name="out")),
    Exporter("api", ALL, _api),
)

OTHER_VERBS = {
    "package": "hands single items over whole, as they were preserved, on the word of whoever names them; docs/redaction.md",
    "log": "shows the log and proofs of it: no word of any item",
    "backup": "holds everything, encrypted for the team's own keys",
    "move": "carries an archive from one database to another of the same team",
    "push": "sends on what `export` made, after it passed as an output",
    "page": "takes apart pages that it is given as files",
    "read": "reads documents that it is given as files",
    "link": "links documents that it is given as files",
    "people": "compares lists that it is given as files",
    "estimate": "reckons over a table that it is given as a file",
    **dict.fromkeys(
        ("new", "collect", "watch", "import", "media", "places", "authority", "search", "serve", "user", "verify",
         "timestamp", "erase", "key", "witness", "doctor", "demo"),
        "writes nothing for others",
    ),
}  # fmt: skip
"""The verbs that are no exporters, and why."""
