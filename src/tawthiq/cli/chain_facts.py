"""The facts of one entry as lines for people: what a legal officer asks for first and in words, then every other fact.

Nothing is left out in silence: a fact without a word of its own is told by its name in the log (docs/custody-format.md), a
long one says how much of it is cut and that `--json` holds it. What is empty is not told.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from tawthiq.custody.entry import canonical_json
from tawthiq.records.log import LogEvent
from tawthiq.records.provenance import ExitClass, RobotsStance

LONGEST_VALUE, MOST_LINES = 1_000, 50
_WAYS_OUT = {
    ExitClass.OWN: "the connection's own",
    ExitClass.PROXY: "a proxy",
    ExitClass.VPN: "a VPN",
    ExitClass.TOR: "Tor",
}
_STANCES = {
    RobotsStance.OBEY: "obeyed",
    RobotsStance.NOTE: "noted, and collected whatever it says",
    RobotsStance.IGNORE: "not asked for",
}
_HOW = {
    "bytes": "the same bytes",
    "text": "the same text in other bytes",
    "report": "the report is the same, what stands around it changed",
    "changed": "the text changed",
    "untold": "other bytes; the text was not compared",
}
# The facts that have one word of their own, in the order in which they are told.
_LABELS = {
    "reason": "reason",
    "case": "case",
    "source": "source",
    "source_kind": "collected as",
    "content_type": "type",
    "sha256": "SHA-256 of the content",
    "path": "file",
    "file_sha256": "SHA-256 of the file",
    "file_length": "bytes of the file",
    "user_agent": "named itself",
    "tool": "program",
    "python": "Python",
    "listed_in": "found in the list of",
    "before": "earlier capture",
    "after": "later capture",
    "sha256_before": "SHA-256 of the earlier content",
    "sha256_after": "SHA-256 of the later content",
}


def fact_lines(event: LogEvent) -> Iterator[str]:
    """One line a fact of an event, `name: value`; a capture's own facts and those of its circumstances side by side."""
    facts: dict[str, Any] = {**event.facts}
    inner = facts.pop("facts", None)
    clashing = facts.keys() & inner.keys() if isinstance(inner, dict) else set()
    if isinstance(inner, dict) and not clashing:
        facts |= inner
    elif inner is not None:
        facts["facts"] = inner
    for teller in _TELLERS:
        yield from teller(facts)
    for name, label in _LABELS.items():
        if name in facts:
            yield from _plain(label, facts.pop(name))
    for name, value in sorted(facts.items()):
        yield from _plain(name, value)


def _collecting(facts: dict[str, Any]) -> Iterator[str]:
    """When and from where, and what was answered."""
    if isinstance(facts.get("collected"), str):
        yield f"collected: {_moment(facts.pop('collected'))} by this computer's clock"
    if facts.get("final") == facts.get("source"):
        facts.pop("final", None)
    elif "final" in facts:
        yield from _plain("answered from", facts.pop("final"))
    yield from _plain("status", facts.pop("status", None))
    if isinstance(facts.get("offset"), int) and isinstance(facts.get("length"), int):
        yield f"place in the file: {facts.pop('length')} bytes from byte {facts.pop('offset')}"


def _way(facts: dict[str, Any]) -> Iterator[str]:
    """The way out and what robots.txt said, with what the team does about it."""
    if facts.get("exit") in list(ExitClass):
        yield f"way out: {_WAYS_OUT[ExitClass(facts.pop('exit'))]}"
    if facts.get("robots") in list(RobotsStance):
        yield f"robots.txt is: {_STANCES[RobotsStance(facts.pop('robots'))]}"
    if isinstance(facts.get("robots_allowed"), bool):
        says = "allows" if facts.pop("robots_allowed") else "forbids"
        answered = facts.pop("robots_txt", None)
        yield f"robots.txt: {says} this address" + ("" if answered is None else f" (asked for it: {answered})")


def _clock(facts: dict[str, Any]) -> Iterator[str]:
    """What the system knew of its clock."""
    clock = facts.get("clock")
    if not isinstance(clock, dict) or clock.keys() != {"synchronized", "error_seconds", "behind_log_seconds"}:
        return
    del facts["clock"]
    kept = "the system does not tell whether it is kept right"
    if isinstance(clock["synchronized"], bool):
        kept = "synchronized" if clock["synchronized"] else "NOT synchronized"
    error = "" if clock["error_seconds"] is None else f", wrong by {clock['error_seconds']} s at most, says the system"
    behind = f"; {clock['behind_log_seconds']} s behind the log: set back" if clock["behind_log_seconds"] else ""
    yield f"clock: {kept}{error}{behind}"


def _programs(facts: dict[str, Any]) -> Iterator[str]:
    """The entry that names every program and its digest."""
    if isinstance(facts.get("tools"), str):
        yield f"programs and their digests: tawthiq log {facts.pop('tools')}"


def _changes(facts: dict[str, Any]) -> Iterator[str]:
    """What a comparison found; a fact that says no is told as that."""
    if isinstance(facts.get("how"), str) and facts["how"] in _HOW:
        yield f"compared: {_HOW[facts.pop('how')]}"
    if isinstance(facts.get("gone"), bool):
        yield f"the page is gone: {_yes(facts.pop('gone'))}"
    words = facts.get("words")
    if isinstance(words, dict) and all(isinstance(each, dict) for each in words.values()):
        for part, counted in facts.pop("words").items():
            yield f"changed: {part} (words removed: {counted.get('removed')}, added: {counted.get('added')})"
    if isinstance(facts.get("surroundings"), bool):
        yield f"what stands around changed: {_yes(facts.pop('surroundings'))}"
    if isinstance(facts.get("server"), list):
        server = facts.pop("server")
        yield f"differs in the answer: {', '.join(map(str, server)) or 'nothing'}"


_TELLERS: tuple[Callable[[dict[str, Any]], Iterator[str]], ...] = (_collecting, _way, _clock, _programs, _changes)


def _plain(name: str, value: object) -> Iterator[str]:
    """Any fact: a line, or one for each of its parts."""
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, Mapping):
        for part, each in sorted(value.items()):
            yield from _plain(f"{name}.{part}", each)
    elif isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for number, each in enumerate(value[:MOST_LINES], start=1):
            yield f"{name} {number}: {_cut(canonical_json(each).decode())}"
        if len(value) > MOST_LINES:
            yield f"{name}: {len(value) - MOST_LINES} more; --json has them"
    elif isinstance(value, list):
        yield f"{name}: {_cut(', '.join(map(str, value)))}"
    else:
        yield f"{name}: {_cut(_yes(value) if isinstance(value, bool) else str(value))}"


def _moment(text: str) -> str:
    try:
        return f"{datetime.fromisoformat(text):%Y-%m-%d %H:%M:%S} UTC"
    except ValueError:
        return text


def _yes(value: object) -> str:
    return "yes" if value else "no"


def _cut(text: str) -> str:
    rest = len(text) - LONGEST_VALUE
    return text if rest <= 0 else f"{text[:LONGEST_VALUE]}... ({rest:,} more characters; --json has them)"
