"""Downloading a file that is no evidence, such as an open gazetteer: the answer's bytes into a file, or an error.

The request is that of `http.fetch`: it says who asks, follows redirects, checks certificates, keeps no cookies.
"""

from pathlib import Path

from tawthiq.capture.http import fetch
from tawthiq.capture.names import shown
from tawthiq.capture.settings import MEBIBYTE, FetchSettings
from tawthiq.capture.wire import STATUS_LINE
from tawthiq.records.errors import CaptureFailed

# The largest country of GeoNames is about 70 MB packed.
SETTINGS = FetchSettings(size_limit=256 * MEBIBYTE, total_timeout=1800.0)


def download(url: str, target: Path, settings: FetchSettings = SETTINGS) -> None:
    """Fetch `url` into the file `target`. Raises CaptureFailed unless the whole file came with status 200."""
    last = fetch(url, settings)[-1]
    status = STATUS_LINE.match(last.status_line)
    if status is None or status[1] != "200":
        raise _failed(
            url, f"the server answered {last.status_line.partition(' ')[2]}", "check the name and the address"
        )
    if last.truncated:
        raise _failed(url, f"the download broke off after {len(last.payload):,} bytes ({last.truncated})", "try again")
    target.write_bytes(last.payload)


def _failed(url: str, happened: str, advice: str) -> CaptureFailed:
    return CaptureFailed(item=shown(url, 300), happened=shown(happened, 200), advice=advice)
