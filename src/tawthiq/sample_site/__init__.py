"""The bundled sample site: composed reports dressed as pages of fictitious outlets, as the bytes their servers send.

Owns the files below this folder and the manifest that lists them; tools/build_sample_site.py makes both. The texts are
composed test material, not records: README.md here carries their notice.
"""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class SamplePage:
    """One page: the outlet's key, its path on the outlet's server, and what the server sends.

    `content_type` is the header as sent, which lies on some pages on purpose. `documents` names the reports in the page,
    `body_lines` the lines of the report that are its body ("4-8,10", from 0), `comments` how many readers comment.
    """

    outlet: str
    path: str
    file: str
    content_type: str
    documents: tuple[str, ...]
    body_lines: str
    comments: int

    def data(self) -> bytes:
        """The bytes of the page as served."""
        return (resources.files(__name__) / self.file).read_bytes()


@dataclass(frozen=True, slots=True)
class SampleRedirect:
    """An address of an outlet that answers with `status` and sends the reader to `target` on the same server."""

    outlet: str
    path: str
    status: int
    target: str


@dataclass(frozen=True, slots=True)
class SampleSite:
    """All outlets (key to name), pages and redirects, in the order of the manifest."""

    outlets: dict[str, str]
    pages: tuple[SamplePage, ...]
    redirects: tuple[SampleRedirect, ...]


@cache
def sample_site() -> SampleSite:
    """The bundled site."""
    manifest = json.loads((resources.files(__name__) / "manifest.json").read_text(encoding="utf-8"))
    return SampleSite(
        outlets=manifest["outlets"],
        pages=tuple(SamplePage(**{**page, "documents": tuple(page["documents"])}) for page in manifest["pages"]),
        redirects=tuple(SampleRedirect(**redirect) for redirect in manifest["redirects"]),
    )
