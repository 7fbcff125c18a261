"""Asking the person at the terminal for a passphrase: nothing of it is shown, nothing waits where nobody sits."""

import getpass
import os
import sys


def on_terminal(question: str) -> str | None:
    """The answer to `question`, typed unseen at the terminal; None where there is none, also for an input that ends."""
    if not sys.stderr.isatty():
        return None
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
        return getpass.getpass(question)
    except (OSError, EOFError):
        return None
