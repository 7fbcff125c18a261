"""Who asks: the token in the header Authorization (RFC 6750 section 2.1) and nowhere else, within its limit of requests.

Without a token everybody gets the public profile, where the team's settings say so (`api.public_api`), and nothing otherwise.
"""

from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tawthiq.casework.domain.api_tokens import find, sight_behind
from tawthiq.casework.domain.api_use import admit
from tawthiq.casework.queries.protected_known import protected_now
from tawthiq.records.disclosure import Profile
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings
from tawthiq.web.api.gathering import Reader
from tawthiq.web.api.problems import problem
from tawthiq.web.api.resources import Resource

_REALM = 'Bearer realm="tawthiq"'


class Refused(Exception):
    """Nobody may go on; `answer` says why."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


def entered(request: HttpRequest, resource: Resource) -> Reader:
    """Who asks for a resource, counted and logged. Raises Refused, and as `casework.queries.protected.protected_in` does."""
    folder: Path | None = settings.ARCHIVE_FOLDER
    reader = _reader(folder, request.headers.get("Authorization"))
    admitted = admit(folder, reader.token)
    if not admitted.allowed:
        raise Refused(problem(429, Retry_After=str(admitted.wait)))
    token = reader.token
    is_limited = token is not None and bool(token.paths) and resource.opened_by not in token.paths
    if is_limited or (reader.profile is Profile.PUBLIC and not resource.public):
        raise Refused(problem(403, WWW_Authenticate=f'{_REALM}, error="insufficient_scope"'))
    return replace(reader, protected=protected_now(folder))


def _reader(folder: Path | None, header: str | None) -> Reader:
    if header is None:
        if folder is None or not read_settings(Layout(folder).settings).public_api:
            raise Refused(problem(401, WWW_Authenticate=_REALM))
        return Reader(folder, Profile.PUBLIC, None, None)
    scheme, _, text = header.partition(" ")
    token = find(text) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused(problem(401, WWW_Authenticate=f'{_REALM}, error="invalid_token"'))
    profile = Profile(token.profile)
    return Reader(folder, profile, None if profile is Profile.PUBLIC else sight_behind(token), token)
