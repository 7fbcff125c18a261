"""Identifiers by which others know our records again: the same record has the same one in every export of an archive.

Each begins with a name of the archive made from its public verifier key, so that those of two archives never meet. What follows
is the number of the incident, or the beginning of a SHA-256 over what names the record; nothing secret goes into it. Letters,
digits and hyphens only, as FollowTheMoney asks.
"""

import hashlib

_NAMESPACE_DIGITS, _DIGITS = 12, 24


class Identifiers:
    """The identifiers of one archive, named by the verifier key of its log."""

    def __init__(self, verifier_key: str) -> None:
        self._namespace = _digest(verifier_key)[:_NAMESPACE_DIGITS]

    @property
    def dataset(self) -> str:
        """The name of the archive as a data set: lower case letters, digits and underscores."""
        return f"tawthiq_{self._namespace}"

    def incident(self, number: int) -> str:
        """An incident by its number."""
        return f"tw-{self._namespace}-incident-{number}"

    def of(self, kind: str, *names: object) -> str:
        """A record of a kind ("report", "claim") by whatever names it."""
        told = "\x1f".join("" if name is None else str(name) for name in names)
        return f"tw-{self._namespace}-{kind}-{_digest(told)[:_DIGITS]}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
