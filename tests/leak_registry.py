"""Every way in which something of an archive leaves a laptop: one line each. A verb or format that is not here fails a test.

An exporter takes the archive, the profile and a folder of its own, and gives back what it made.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from bayanat_server import PASSWORD, USER, bayanat_server
from command_line import run
from disclosed_desk import incident_of
from tawthiq.casework.domain import api_tokens
from tawthiq.casework.domain.api_tokens import Wanted
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import User
from tawthiq.publication.dossier.writing import HTML, write_dossier
from tawthiq.publication.formats import FORMATS
from tawthiq.records.disclosure import Profile
from tawthiq.web.handing import making

Make = Callable[[Path, Profile, Path], list[Path]]


@dataclass(frozen=True)
class Exporter:
    """One way out. `twin` is False where another line has the same bytes compared already."""

    name: str
    profiles: tuple[Profile, ...]
    make: Make
    twin: bool = True


def _verb(*arguments: str, name: str, profiled: bool = True) -> Make:
    def make(archive: Path, profile: Profile, folder: Path) -> list[Path]:
        chosen = ("--profile", profile.value) if profiled else ()
        assert run("--archive", archive, *arguments, "--output", folder / name, *chosen) == 0, arguments
        return sorted(folder.iterdir())

    return make


def _incident() -> int:
    return incident_of(None)  # type: ignore[arg-type]  it asks the database that is open


def _dossier(*options: str) -> Make:
    def make(archive: Path, profile: Profile, folder: Path) -> list[Path]:
        return _verb("dossier", str(_incident()), *options, name="out")(archive, profile, folder)

    return make


def _push(archive: Path, profile: Profile, folder: Path) -> list[Path]:
    """What a server of Bayanat was sent."""
    with bayanat_server() as server, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TAWTHIQ_BAYANAT_USER", USER)
        patch.setenv("TAWTHIQ_BAYANAT_PASSWORD", PASSWORD)
        assert run("--archive", archive, "push", "bayanat", server.url, "--profile", profile.value, "--yes") == 0
        assert server.created
        (folder / "sent.json").write_text(json.dumps(server.created, ensure_ascii=False), encoding="utf-8")
    return sorted(folder.iterdir())


def _api(_: Path, profile: Profile, folder: Path) -> list[Path]:
    """Every answer of the API to a program with the owner's token, headers and all."""
    token = api_tokens.make(Acting(None, "heron"), User.objects.get(name="heron"), Wanted(profile, "a test"))[1]
    asking = Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}"})
    for path in ("incidents", f"incidents/{_incident()}", "reports", "statistics", "openapi.json", "incidents/7"):
        answer = asking.get(f"/api/v1/{path}")
        told = json.dumps({name: text for name, text in answer.headers.items() if name in ("Link", "Content-Location")})
        (folder / f"{path.replace('/', '-')}.json").write_bytes(answer.content + told.encode())
    return sorted(folder.iterdir())


def _handed_out(kind: str) -> Make:
    """The look that the owner takes in the pages, and the file that is sent then."""

    def make(_: Path, profile: Profile, folder: Path) -> list[Path]:
        owner = _signed_in("heron")
        asked = {"incidents": str(_incident()), "kind": kind, "profile": profile.value, "language": "ar"}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(making, "write_dossier", partial(write_dossier, formats=[HTML]))
            sent = owner.post("/hand-out/", asked)
        assert sent.status_code == 200, sent.content.decode()
        (folder / f"sent{Path(sent.filename).suffix}").write_bytes(b"".join(sent.streaming_content))
        if profile is not Profile.PUBLIC:  # the page names the member who looks
            (folder / "look.html").write_text(_page(owner.get("/hand-out/", asked)), encoding="utf-8")
        return sorted(folder.iterdir())

    return make


def _public_pages(_: Path, _profile: Profile, folder: Path) -> list[Path]:
    """The pages of published cases, for an account of the public."""
    reader = _signed_in("wren")
    for name, address in (("list", "/public/"), ("case", f"/public/{_incident()}/")):
        (folder / f"{name}.html").write_text(_page(reader.get(address)), encoding="utf-8")
    return sorted(folder.iterdir())


def _signed_in(name: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(name=name))
    return client


def _page(answer: HttpResponse) -> str:
    """A page without what differs each time that it is asked for."""
    assert answer.status_code == 200
    return re.sub(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*', "", answer.content.decode())


ALL, TEAMS, PUBLIC = tuple(Profile), (Profile.COURT, Profile.PARTNER), (Profile.PUBLIC,)
EXPORTERS: tuple[Exporter, ...] = (
    *(Exporter(f"export {each}", ALL, _verb("export", each, name=f"out{FORMATS[each].suffix}")) for each in FORMATS),
    Exporter("export readings", TEAMS, _verb("export", "readings", name="out.jsonl")),
    Exporter("export wacz", TEAMS, _verb("export", "wacz", name="out.wacz")),
    Exporter("dossier", ALL, _dossier("--format", "html")),
    Exporter("dossier as PDF", (Profile.PARTNER,), _dossier("--format", "pdf", "--language", "ar"), twin=False),
    Exporter("publish", PUBLIC, _verb("publish", name="out", profiled=False)),
    Exporter("statistics", ALL, _verb("statistics", name="out")),
    Exporter("push", TEAMS, _push),
    Exporter("api", ALL, _api),
    Exporter("web hand out dossier", (Profile.PARTNER,), _handed_out("dossier")),
    Exporter("web hand out csv", ALL, _handed_out("csv")),
    Exporter("web hand out package", (Profile.COURT,), _handed_out("package")),
    Exporter("web public pages", PUBLIC, _public_pages),
)
PAGES = ("api", "web")
"""What is no verb."""

OTHER_VERBS = {
    "package": "hands single items over whole, as they were preserved, on the word of whoever names them; docs/redaction.md",
    "log": "shows the log and proofs of it: no word of any item",
    "backup": "holds everything, encrypted for the team's own keys",
    "move": "carries an archive from one database to another of the same team",
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
