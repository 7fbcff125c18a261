"""The secret under which linking hashes the names of people, kept in the archive's own database.

Two reports that name one person are seen to do so by equal numbers (linking.victim_names). Without a secret, whoever comes
by these numbers alone could try a list of names on them. The secret is random, made with the archive's first full run, and
outlasts both the memory and the readings, so the same name keeps its number; a database made anew gets another secret and a
memory made with it. It is never logged or shown, and no page or export holds what is made with it.
"""

import secrets

from tawthiq.archive.link_memory_rows import select
from tawthiq.archive.models import LinkSecret

_LENGTH = 32  # bytes


def link_secret() -> bytes:
    """The archive's secret, made on first use."""
    for (value,) in select(LinkSecret, ["value"], "key", [1]):
        return bytes(value)
    row, _ = LinkSecret.objects.get_or_create(key=1, defaults={"value": secrets.token_bytes(_LENGTH)})
    return bytes(row.value)
