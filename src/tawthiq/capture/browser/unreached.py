"""Why a page could not be reached at all, in a person's words: from what the browser, the gate and the recorder say."""

import re

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import TimeoutError as BrowserTimeout

from tawthiq.capture.browser.recorded import Recorded
from tawthiq.capture.names import shown
from tawthiq.records.errors import CaptureFailed

_CODE = re.compile(r"net::(ERR_[A-Z0-9_]+)")
_TRY_AGAIN = "try again later, or from another network"
# Chromium's names of network errors (net/base/net_error_list.h), by their beginnings; the first that fits.
_TOLD = (
    ("ERR_NAME_NOT_RESOLVED", "its name could not be looked up", "check its spelling and the network connection"),
    ("ERR_CERT_", "the server's certificate does not prove that it is this site", "check the clock and the address"),
    ("ERR_SSL_", "no TLS connection came about", "check that the address is an https one"),
    ("ERR_TOO_MANY_REDIRECTS", "the server redirects in a loop", "give the page's final address"),
    ("ERR_EMPTY_RESPONSE", "the server closed the connection without an answer", _TRY_AGAIN),
    ("ERR_CONNECTION_", "the server could not be reached", _TRY_AGAIN),
    ("ERR_SOCKS_CONNECTION_", "the server could not be reached", _TRY_AGAIN),
    ("ERR_TIMED_OUT", "the server did not answer in time", _TRY_AGAIN),
    ("ERR_INVALID_HTTP_RESPONSE", "what answers there is no web server", "check the address"),
    ("ERR_UNSAFE_PORT", "browsers do not go to this port", "collect it without --browser"),
)


def unreached(url: str, error: BrowserError | None, recorded: Recorded) -> CaptureFailed:
    """The error for an address that nothing answered for."""
    happened, advice = _why(error, recorded)
    return CaptureFailed(item=shown(url, 300), happened=happened, advice=advice)


def _why(error: BrowserError | None, recorded: Recorded) -> tuple[str, str]:
    if recorded.crashed:
        return "the page's process crashed", "collect it without --browser"
    text = error.message if error else ""
    code = _CODE.search(text)
    reasons = "; ".join(shown(each, 200) for each in recorded.refused[:3])
    if reasons:
        return f"the way there was refused ({reasons})", "check the address and the settings of the proxy"
    if isinstance(error, BrowserTimeout):
        return "the server did not answer in time", 'try again later, or raise "page_seconds" in tawthiq.toml'
    for name, happened, advice in _TOLD:
        if code and code[1].startswith(name):
            told = next((each.reason for each in recorded.unrecorded if each.reason), "")
            # The gate is the SOCKS proxy that the browser complains of; only what the gate says is of use to a person.
            codes = [] if told and code[1].startswith("ERR_SOCKS_") else [code[1]]
            named = [*codes, *([shown(told, 200)] if told and code[1] not in told else [])]
            return f"{happened} ({': '.join(named)})", advice
    said = code[1] if code else shown(text.partition("\n")[0], 200) or "it gave no reason"
    return f"the browser could not go there ({said})", _TRY_AGAIN
