"""Under which circumstances an item is collected, and how that is logged: the same for pages, files, WARCs and browsers.

Each item carries the state of the clock, the class of the way out, the stance towards robots.txt, reason and case. What
hardly changes (programs with their digests, operating system) is logged once, as an event `tools` whose subject is the
SHA-256 of its own canonical JSON facts; items name that digest. A set that was logged before is not logged again.
"""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from tawthiq.capture.clock import clock_state
from tawthiq.capture.proxies import exit_class, parse_upstream
from tawthiq.capture.tools import system, tools
from tawthiq.custody.entry import canonical_json
from tawthiq.pipeline.collect_unbroken import unbroken
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.records.provenance import Provenance, RobotsStance
from tawthiq.records.visit import Browser
from tawthiq.store import ArchiveFolder
from tawthiq.store.settings import Settings

TOOLS = "tools"


class SeenLog:
    """What circumstances depend on of a log that is read through: its latest time, and the sets of tools it names."""

    def __init__(self) -> None:
        self.size = 0
        self.latest: datetime | None = None
        self.tools: set[str] = set()

    def take(self, entry: LogEntry) -> None:
        """Take in the next entry."""
        self.size = entry.index + 1
        if entry.event is None:
            return
        self.latest = max(self.latest or entry.event.time, entry.event.time)
        if entry.event.kind == TOOLS:
            self.tools.add(entry.event.subject)

    def catch_up(self, archive: ArchiveFolder) -> None:
        """Take in what the log has gained."""
        for entry in archive.entries(self.size):
            self.take(entry)


def provenance(
    archive: ArchiveFolder,
    settings: Settings,
    reason: str | None,
    case: str | None,
    browser: Browser | None = None,
    *,
    seen: SeenLog | None = None,
) -> Provenance:
    """The circumstances of collecting now. `seen` is the log as far as it was read; without it, it is read through.

    Raises WrongUsage for a proxy that cannot be used.
    """
    if seen is None:
        seen = SeenLog()
        seen.catch_up(archive)
    return Provenance(
        clock=clock_state(seen.latest),
        exit=exit_class(settings.exit, parse_upstream(settings.proxy)),
        robots=RobotsStance(settings.robots),
        tools=tools(browser),
        system=system(),
        reason=reason,
        case=case,
    )


def tools_facts(circumstances: Provenance) -> dict[str, object]:
    """The facts of the event that names programs and system."""
    named = [{"name": each.name, "version": each.version, "sha256": each.sha256} for each in circumstances.tools]
    return {"system": circumstances.system, "tools": named}


def plain_facts(circumstances: Provenance, tools_digest: str, *, asked: bool = True) -> dict[str, object]:
    """The circumstances as an item states them; reason and case only where they were given.

    Way out and stance towards robots.txt only where somebody was `asked` for it: for a file, nothing went out.
    """
    clock = circumstances.clock
    own, python = circumstances.tools[:2]
    given = {"reason": circumstances.reason, "case": circumstances.case}
    out = {"exit": circumstances.exit.value, "robots": circumstances.robots.value} if asked else {}
    return {
        "tool": f"{own.name}/{own.version}",
        "python": python.version,
        "tools": tools_digest,
        "clock": {
            "synchronized": clock.synchronized,
            "error_seconds": clock.error_seconds,
            "behind_log_seconds": clock.behind_log_seconds,
        },
        **out,
        **{name: value for name, value in given.items() if value},
    }


class Circumstances:
    """The circumstances of one run of collecting, for each of its items anew.

    `seen` is kept up to date by whoever gives it; without it the log is followed here. `settings` are the archive's own
    where they are not given: give others when the command line set another proxy.
    """

    def __init__(
        self,
        archive: ArchiveFolder,
        *,
        reason: str | None = None,
        case: str | None = None,
        settings: Settings | None = None,
        seen: SeenLog | None = None,
    ) -> None:
        self._archive = archive
        self._settings = settings or archive.settings
        self._reason, self._case = reason, case
        self._follows = seen is None
        self._seen = seen or SeenLog()
        self._warned = False
        self._behind = 0.0

    def facts(self, browser: Browser | None = None, *, asked: bool = True) -> Mapping[str, object]:
        """What is logged with an item that is kept now; logs the set of tools first where the log does not name it yet.

        `asked` is whether anything was asked for over a network to have it.
        Raises StorageFailed and ArchiveBusy.
        """
        if self._follows:
            self._seen.catch_up(self._archive)
        now = provenance(self._archive, self._settings, self._reason, self._case, browser, seen=self._seen)
        self._behind = now.clock.behind_log_seconds
        stated = tools_facts(now)
        digest = hashlib.sha256(canonical_json(stated)).hexdigest()
        if digest not in self._seen.tools:
            event = LogEvent(TOOLS, datetime.now(UTC), self._archive.settings.collector, digest, stated)
            with unbroken():
                self._archive.log([event])
            self._seen.tools.add(digest)
        return plain_facts(now, digest, asked=asked)

    def clock_note(self) -> str | None:
        """Once a run, a remark for the person when the clock was found to be set back."""
        if not self._behind or self._warned:
            return None
        self._warned = True
        return (
            f"the clock stands {self._behind:,.0f} seconds behind the latest time in the log, so it was set back "
            "(or was ahead before); the log keeps its order and records this"
        )
