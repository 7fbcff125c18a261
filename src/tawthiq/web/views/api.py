"""The API: one view for all resources of the table, and the description."""

import json
import logging
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from tawthiq.casework.domain.api_use import handed_out
from tawthiq.records.errors import TawthiqError
from tawthiq.web.api.describing import description
from tawthiq.web.api.entering import Refused, entered
from tawthiq.web.api.last_look import tells
from tawthiq.web.api.parameters import NotUnderstood, given
from tawthiq.web.api.problems import problem
from tawthiq.web.api.resources import RESOURCES, Resource
from tawthiq.web.api.schemas import as_json

_METHODS = "GET, HEAD, OPTIONS"
_BUSY_SECONDS = "30"
_BY_NAME = {each.name: each for each in RESOURCES}
View = Callable[..., HttpResponse]


def _reading(view: View) -> View:
    """A view that only reads: HEAD as GET without a body, OPTIONS with the methods, 405 for all others."""

    @wraps(view)
    def reading(request: HttpRequest, **named: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": _METHODS})
        if request.method not in ("GET", "HEAD"):
            return problem(405, Allow=_METHODS)
        answer = view(request, **named)
        if request.method == "HEAD":
            length = str(len(answer.content))
            answer.content = b""
            answer.headers["Content-Length"] = length
        return answer

    # No cookie reaches these addresses (web.api.apart), so nobody's browser can be made to ask in their name.
    exempt: View = csrf_exempt(login_not_required(reading))
    return exempt


@_reading
def resource(request: HttpRequest, name: str, number: int = 0) -> HttpResponse:
    """What a resource answers to whoever asks."""
    try:
        return _answered(request, _BY_NAME[name], number)
    except Refused as refused:
        return refused.answer
    except NotUnderstood as error:
        return problem(400, str(error))
    except (TawthiqError, OperationalError):
        return problem(503, Retry_After=_BUSY_SECONDS)


@_reading
def described(request: HttpRequest) -> HttpResponse:
    """The description, for everybody: it is the same for each archive."""
    if request.GET:
        return problem(400)
    return _sent(request, description())


def _answered(request: HttpRequest, asked: Resource, number: int) -> HttpResponse:
    reader = entered(request, asked)
    answer = asked.make(reader, given(request, asked.parameters), number)
    if answer is None:
        return problem(404)
    told = as_json(answer)
    if tells(told, reader.profile, reader.protected):
        logging.getLogger("django").error("an answer of the API (%s) would have named somebody protected", asked.name)
        return problem(500)
    sent = _sent(request, told)
    if sent.status_code == 200:
        handed_out(reader.token, *asked.counts(answer))
    return sent


def _sent(request: HttpRequest, answer: Any) -> HttpResponse:
    """The answer as JSON, or 304 where its reader has it (RFC 9110 section 13.1.2)."""
    body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    known = {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}
    if tag in known or "*" in known:
        return HttpResponse(status=304, headers={"ETag": tag})
    return HttpResponse(body, content_type="application/json", headers={"ETag": tag})
