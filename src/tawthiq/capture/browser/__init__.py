"""Visiting pages with a real browser: a gate in front of it, a recorder beside it, pictures of what it showed.

The modules of this room need Playwright, which is an extra: ask `expect_playwright` before importing them.
"""

from importlib.util import find_spec

from tawthiq.records.errors import WrongUsage


def expect_playwright() -> None:
    """Raises WrongUsage, with the one command to give, where the browser extra is not installed."""
    for name in ("playwright", "websockets"):
        if find_spec(name) is None:
            raise WrongUsage(
                item=name,
                happened="visiting pages with a browser needs it, and it is not installed",
                advice='install it: pip install "tawthiq[browser]"',
            )
