"""Visiting one address of whatever kind: a page, or a list (feed, sitemap, channel) and what it names.

The list itself is kept first, as evidence of what an outlet listed at that time; then what it names and the archive does not
hold, newest first, within bounds. Each of those says in its record by which list it was found. Whatever is interrupted is
finished by visiting again: what is kept is known.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tawthiq.capture.address import Address, leads_inside, parse
from tawthiq.capture.feeds import advertised
from tawthiq.capture.http import Fetcher
from tawthiq.capture.listing import Listed, Listing
from tawthiq.capture.lists import listing_of
from tawthiq.capture.names import shown
from tawthiq.capture.sources import AddressSource
from tawthiq.pipeline.collect import collect
from tawthiq.pipeline.collect_browser import BrowsingSettings
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.collect_session import Session, as_browser
from tawthiq.pipeline.payload import decoded
from tawthiq.pipeline.revisiting import Seen, Visit, seen
from tawthiq.records.capture import Capture
from tawthiq.records.errors import CaptureFailed, TawthiqError
from tawthiq.records.watch import WatchKind
from tawthiq.store import ArchiveFolder

MOST_LISTS = 20
DEEPEST = 3
# Which addresses are asked for as a list before a browser is let loose on them: decided by name, since a browser answers last.
NAMES_LIST = re.compile(r"\.(?:xml|rss|atom|rdf|json|gz)(?:[?#]|$)|/(?:feed|rss|atom)/?(?:[?#]|$)", re.IGNORECASE)
_NO_LIST = "it is no list that this program reads: nothing was listed there, and the page alone is kept"
_SEEN_AS_PAGE = "a browser saw it as a page, by its name: nothing was listed there, and the page alone is kept"


@dataclass(frozen=True, slots=True)
class Wish:
    """How an address is to be visited: at most `items` out of lists, pages by `browser` where it is given.

    `list_meant` says that a person called the address a list, so one that is none is told of.
    """

    kind: WatchKind
    items: int
    reason: str | None = None
    case: str | None = None
    browser: BrowsingSettings | None = None
    list_meant: bool = False


class Visiting:
    """One visit to one address, within a session of collecting."""

    def __init__(self, archive: ArchiveFolder, session: Session, wish: Wish) -> None:
        self.archive = archive
        self.session = session
        self.wish = wish
        self._room = wish.items
        self._lists: set[str] = set()

    def outcomes(self, given: str) -> Iterator[Outcome]:
        """What becomes of the address and of what it lists, in the order in which it is collected."""
        kind = self.wish.kind
        by_browser = kind is WatchKind.AUTO and self.wish.browser is not None and not NAMES_LIST.search(given)
        if kind is WatchKind.PAGE or by_browser:
            yield self._told(self.page(given), _SEEN_AS_PAGE)
        elif self.wish.browser is None:
            yield from self._document(given, None, 0)
        else:
            with as_browser(self.session, self.wish.browser) as self.session:
                yield from self._document(given, None, 0)

    def page(self, given: str) -> Outcome:
        """What becomes of the address itself: kept if it is new or changed. A browser keeps what it sees each time."""
        if self.wish.browser is None:
            return self.asked(given)
        [outcome] = self._collect([AddressSource(given)], again=True, browser=self.wish.browser)
        return outcome

    def asked(self, given: str, visit: Visit | None = None) -> Outcome:
        """What becomes of an address that is fetched, compared with what is held of it."""
        known = visit or Visit({})
        before = self.held(parse(given))
        compared: dict[str, Seen] = {parse(given).url: seen(self.archive, before)} if before else {}
        [outcome] = self._collect([AddressSource(given)], visit=replace(known, seen=compared))
        return outcome

    def held(self, address: Address) -> Capture | None:
        """The latest capture of an address, as it was fetched."""
        self.session.known.catch_up()
        return self.session.known.address(address.url)

    def payload(self, capture: Capture) -> bytes:
        """What a capture holds, out of its content encoding. Raises UnreadableCapture or StorageFailed."""
        return decoded(self.archive.record(capture))

    def _document(self, given: str, listed_in: Capture | None, depth: int) -> Iterator[Outcome]:
        """A document that should be a list, and what it lists; a page is only kept."""
        self._lists.add(given)
        outcome = self.asked(given, self._listed_in(listed_in) if listed_in else None)
        if outcome.state is State.FAILED or not outcome.captures:
            yield outcome
            return
        capture = outcome.captures[0]
        try:
            data = self.payload(capture)
        except TawthiqError as error:
            yield replace(
                outcome, notes=(*outcome.notes, f"it cannot be read as a list ({shown(error.happened, 200)})")
            )
            return
        listing = listing_of(data, capture.final, capture.content_type) if capture.status == 200 else None
        if listing is None:
            yield from self._no_list(outcome, data, depth)
            return
        yield replace(outcome, notes=(*outcome.notes, *listing.remarks))
        yield from self._sublists(capture, listing, depth)
        yield from self._items(capture, listing)

    def _no_list(self, outcome: Outcome, data: bytes, depth: int) -> Iterator[Outcome]:
        """A page where a list was wanted: the lists that it, or its site's robots.txt, names."""
        capture, kind = outcome.captures[0], self.wish.kind
        outcome = self._told(outcome, _NO_LIST) if depth == 0 else outcome
        feeds = advertised(data, capture.final)
        if kind is WatchKind.AUTO and feeds and outcome.state is State.KEPT and depth == 0:
            outcome = replace(outcome, notes=(*outcome.notes, f"it names a feed: {shown(feeds[0], 300)}"))
        yield outcome
        if kind is WatchKind.AUTO or depth:
            return
        found = feeds[:1] if kind is WatchKind.FEED else self._sitemaps(parse(capture.final))
        if not found:
            what = "feed" if kind is WatchKind.FEED else "sitemap"
            happened = f"it is no {what}, and it names none"
            error = CaptureFailed(
                item=outcome.source, happened=happened, advice=f"give the address of the {what} itself"
            )
            yield Outcome(outcome.source, State.FAILED, error=error)
        for address in self._allowed(capture, found):
            if address not in self._lists and len(self._lists) < MOST_LISTS:
                yield from self._document(address, capture, 1)

    def _told(self, outcome: Outcome, note: str) -> Outcome:
        """The outcome of a page, with a note where a person meant it as a list and it is kept."""
        told = self.wish.list_meant and outcome.captures and outcome.state is not State.FAILED
        return replace(outcome, notes=(*outcome.notes, note)) if told else outcome

    def _sitemaps(self, address: Address) -> tuple[str, ...]:
        """The sitemaps that a site's robots.txt names, else the usual place of one."""
        ahead = self.session.ahead
        with Fetcher(self.session.settings, ahead.pauses, ahead.robots) as fetcher:
            named = ahead.robots.sitemaps(address, fetcher.robots_txt)
        return named or (f"{address.scheme}://{address.authority}/sitemap.xml",)

    def _sublists(self, capture: Capture, listing: Listing, depth: int) -> Iterator[Outcome]:
        """The lists that an index names, newest first, as many as one visit asks for."""
        wanted = [each for each in listing.lists if each.url not in self._lists]
        urls = set(self._allowed(capture, [each.url for each in wanted]))
        for each in wanted if depth < DEEPEST else ():
            if len(self._lists) >= MOST_LISTS or self._room <= 0:
                return
            if each.url not in urls or each.url in self._lists:
                continue
            before = self.held(parse(each.url))
            if before is not None and each.moment is not None and each.moment < before.collected:
                yield from self._held_list(before, each, depth)
            else:
                yield from self._document(each.url, capture, depth + 1)

    def _held_list(self, before: Capture, each: Listed, depth: int) -> Iterator[Outcome]:
        """What a list names that has not changed since it was kept: without asking for it again."""
        self._lists.add(each.url)
        try:
            listing = listing_of(self.payload(before), before.final, before.content_type)
        except TawthiqError:
            listing = None
        if listing is not None:
            yield from self._sublists(before, listing, depth + 1)
            yield from self._items(before, listing)

    def _items(self, capture: Capture, listing: Listing) -> Iterator[Outcome]:
        """What a list names and the archive does not hold, as far as there is room."""
        self.session.known.catch_up()
        known, by_browser = self.session.known, self.wish.browser is not None
        new = (item.url for item in listing.items if known.address(item.url, visited=by_browser) is None)
        chosen = [url for url, _ in zip(self._allowed(capture, new), range(self._room), strict=False)]
        self._room -= len(chosen)
        if chosen:
            given = [AddressSource(url) for url in chosen]
            yield from self._collect(given, visit=self._listed_in(capture), browser=self.wish.browser)

    def _listed_in(self, capture: Capture) -> Visit:
        """A visit to what a list names: where that came from outside, nothing of the own network is asked for."""
        entry = next(self.archive.entries(capture.log_index), None)
        facts = entry.event.facts.get("facts") if entry and entry.event else None
        server = facts.get("server_address") if isinstance(facts, dict) else None
        hosts = [parse(capture.final).host, *([str(server).rpartition(":")[0]] if server else [])]
        return Visit({}, capture.id, from_outside=not any(map(leads_inside, hosts)))

    def _allowed(self, capture: Capture, urls: Iterable[str]) -> Iterator[str]:
        """The web addresses among `urls`; those of this machine and its network only if the list came from there itself."""
        inside = leads_inside(parse(capture.final).host)
        for url in urls:
            try:
                allowed = inside or not leads_inside(parse(url).host)
            except CaptureFailed:
                continue
            if allowed:
                yield url

    def _collect(
        self,
        given: Sequence[AddressSource],
        *,
        again: bool = False,
        visit: Visit | None = None,
        browser: BrowsingSettings | None = None,
    ) -> Iterator[Outcome]:
        """Collect within the session of this visit."""
        wish, session = self.wish, self.session
        return collect(
            self.archive,
            given,
            again=again,
            visit=visit,
            browser=browser,
            reason=wish.reason,
            case=wish.case,
            session=session,
        )
