"""Asking another team's witness over HTTP (C2SP tlog-witness, add-checkpoint): one request, one whole answer.

By the way out that the archive sets, following no redirect. What leaves is the signed head of the log and a few hashes.
"""

import re

from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.timestamp_authorities import exchanged, host_of
from tawthiq.records.errors import CaptureFailed, EvidenceDiffers

CONFLICT = 409
REWRITTEN = 422
_SIZE = re.compile(rb"(0|[1-9][0-9]{0,18})\n")
_REFUSALS = {
    400: ("it takes the request for malformed", "report this fault"),
    403: ("it does not accept the signature of this log", "send that team this log's key once more: tawthiq key show"),
    404: ("it does not know this log", "send that team this log's key, and have them trust it: tawthiq key show"),
}


def cosignatures_of(url: str, request: bytes, settings: FetchSettings) -> bytes | int:
    """The signature lines that a witness returns, or how many entries it saw last, where the request does not begin there.

    `url` is its submission prefix. Raises CaptureFailed when it refuses or cannot be reached, EvidenceDiffers when it says
    that this log has two histories.
    """
    headers = (("Content-Type", "text/plain; charset=utf-8"),)
    head, body = exchanged(f"{url.rstrip('/')}/add-checkpoint", "POST", request, headers, settings)
    if head.status == 200:
        return body
    if head.status == REWRITTEN:
        raise EvidenceDiffers(
            item=host_of(url),
            happened="IT SAYS THAT THIS LOG WAS REWRITTEN since it last saw it",
            advice="go on only when you know why: run tawthiq verify, and look for another copy of this archive",
        )
    size = _SIZE.fullmatch(body)
    if head.status == CONFLICT and size:
        return int(size[1])
    happened, advice = _REFUSALS.get(head.status, (f"it answered with status {head.status}", "try again later"))
    raise CaptureFailed(item=host_of(url), happened=happened, advice=advice)
