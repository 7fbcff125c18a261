"""Asking the person at the terminal: passphrases are not shown, nothing waits where nobody sits, and silence is no consent."""

import getpass
import os
import sys

from tawthiq.records.errors import WrongUsage


def expect_somebody(item: str, option: str) -> None:
    """Raises WrongUsage naming `item` where nobody sits to be asked: what cannot be taken back then needs `option`."""
    if not sys.stdin.isatty():
        raise WrongUsage(
            item=item,
            happened="nobody sits at a terminal to be asked, so nothing was done",
            advice=f"run it at a terminal, or give {option} where that was decided",
        )


def on_terminal(question: str) -> str | None:
    """The answer to `question`, typed unseen at the terminal; None where there is none, also for an input that ends."""
    if not sys.stderr.isatty():
        return None
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return getpass.getpass(question)
    except (OSError, EOFError):
        return None
