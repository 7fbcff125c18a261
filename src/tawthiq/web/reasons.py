"""The reasons of zones in the reader's language.

A reason is recorded in English, with the reading (records.Zone). Those that `page` gives are translated here as whole
sentences; some end in a name (a table's cue, a host, an account), which is kept as it stands. A reason without a
translation is shown as it was recorded: nothing depends on this table being whole.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, Promise] = {
    "no cue": _("no cue"),
    "the main heading": _("the main heading"),
}
WITH_NAME: dict[str, Promise] = {}


def reason_in_words(reason: str) -> str:
    """The reason in the active language; empty where it has no translation."""
    if reason in REASONS:
        return str(REASONS[reason])
    stem = next((stem for stem in WITH_NAME if reason.startswith(stem)), "")
    if not stem:
        return ""
    name = reason.removeprefix(stem).removesuffix(")" if stem.endswith("(") else ">" if stem.endswith("<") else "")
    named = str(REASONS[name]) if name in REASONS else name
    return str(WITH_NAME[stem]) % {"name": named}
