"""Bodies of answers: what of them is kept, in which form, and what is missing and why. Pure.

A body that is not whole is kept as far as it came and says so; none is ever silently empty.
"""

from dataclasses import dataclass
from http import HTTPStatus

from tawthiq.capture.browser.trails import Hop, Message, Trail
from tawthiq.records.capture import BodyForm

# What Chromium decodes; any other Content-Encoding reaches the page, and us, as it is.
DECODED_BY_BROWSER = {"gzip", "x-gzip", "deflate", "br", "zstd"}
BODILESS = {HTTPStatus.NO_CONTENT, HTTPStatus.RESET_CONTENT, HTTPStatus.NOT_MODIFIED}
REDIRECT_BODY = "the body of this redirect is missing: the browser keeps none"
NO_BODY = "the body is missing: the browser did not give it ({})"
SHORT = "the body ends early: {} of {} bytes ({})"
BROKEN_OFF = "the transfer did not end before recording did, or was broken off ({}); {} bytes came"
TOO_LARGE = "the body is kept up to the largest size that the settings allow, {} of {} bytes"
TOO_MUCH = "the body is missing: those of this page together are larger than can be held"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """What is kept of a body, why it is not whole if it is not (WARC-Truncated), and the changes to be named."""

    payload: bytes
    form: BodyForm = BodyForm.WIRE
    truncated: str | None = None
    conversions: tuple[str, ...] = ()


def kept_body(trail: Trail, hop: Hop, came: Message | None, headers: Headers, size_limit: int) -> Body:
    """The body of a hop's answer with the given headers, at most `size_limit` bytes of it."""
    length = content_length(headers)
    if hop.method == "HEAD" or _status(hop, came) in BODILESS:
        return Body(b"")
    if hop.redirected:
        return Body(b"") if length == 0 else Body(b"", truncated="unspecified", conversions=(REDIRECT_BODY,))
    payload = _longest(trail)
    encoded = is_decoded(headers)
    form = BodyForm.DECODED if encoded and payload else BodyForm.WIRE
    if len(payload) > size_limit:
        return Body(payload[:size_limit], form, "length", (TOO_LARGE.format(size_limit, len(payload)),))
    fault = _fault(trail, len(payload), None if encoded else length)
    return Body(payload, form, fault[0], (fault[1],)) if fault else Body(payload, form)


def is_decoded(headers: Headers) -> bool:
    """Whether Chromium undid the content encoding that these headers tell of."""
    told = [value for name, value in headers if name.lower() == "content-encoding"]
    codings = [coding.strip().lower() for value in told for coding in value.split(",")]
    real = [coding for coding in codings if coding not in ("", "identity")]
    return bool(real) and all(coding in DECODED_BY_BROWSER for coding in real)


def content_length(headers: Headers) -> int | None:
    """The length that the headers state, None where they state none or several."""
    if any(name.lower() == "transfer-encoding" for name, _ in headers):
        return None
    told = {value.strip() for name, value in headers if name.lower() == "content-length"}
    value = told.pop() if len(told) == 1 else ""
    return int(value) if value.isascii() and value.isdigit() else None


def _longest(trail: Trail) -> bytes:
    whole = trail.body or b""
    return whole if len(whole) >= len(trail.streamed) else bytes(trail.streamed)


def _fault(trail: Trail, size: int, told: int | None) -> tuple[str, str] | None:
    """Why `size` bytes are not the whole body, as WARC-Truncated and in words; `told` is its stated length, where one is."""
    if trail.over and told != 0:
        return "length", TOO_MUCH
    short = "time" if trail.cut else "disconnect"
    if told is not None and size < told:
        return short, SHORT.format(size, told, _reason(trail))
    if told is None and (trail.cut or trail.under_way or (trail.failure is not None and not trail.body)):
        return short, BROKEN_OFF.format(_reason(trail), size)
    if told is None and trail.body is None:
        return "unspecified", NO_BODY.format(_reason(trail))
    if told is None and size < trail.received:
        return "unspecified", SHORT.format(size, trail.received, _reason(trail))
    return None


def _reason(trail: Trail) -> str:
    """What the protocol says of a failure, in its own words."""
    if trail.cut or trail.under_way:
        return "still under way when recording ended"
    failure = trail.failure or {}
    blocked = failure.get("blockedReason") or failure.get("corsErrorStatus", {}).get("corsError")
    return str(blocked or failure.get("errorText") or "no reason given")


def _status(hop: Hop, came: Message | None) -> int:
    """The status as it came: of a revalidation (RFC 9111 section 4.3.3) the protocol tells the kept answer's."""
    return int((came or {}).get("statusCode") or (hop.response or {}).get("status", 0))
