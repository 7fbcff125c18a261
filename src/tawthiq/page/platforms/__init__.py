"""Saved pages of social and messaging platforms: Facebook, X and Twitter, nitter, Telegram, WhatsApp, YouTube.

Owns one question: which words on such a page are those of the account or chat that it shows. A page is a platform's when
it bears a platform's markup and either the page says that it was served there or its messages hold most of its prose; an
article that quotes a post stays an article, and the quoted post is told by `embedded`.

What a page of a platform tells: `outlet` is the account's name as displayed (the chat's where several people write), since
the account is who speaks; the platform is known from the address. `title` is None unless the page shows a heading. Its own
metadata (og:title "Name on X: ...", og:site_name) names neither.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from tawthiq.page.platforms.chat_export import ChatExport, date_in, order_of, read_chat
from tawthiq.page.platforms.embedded import QuotedPost, quoted_posts
from tawthiq.page.platforms.facts import Facts, facts_of
from tawthiq.page.platforms.markup import EMBED, Markup, Part, hosts_pages, is_host_of, signs_of
from tawthiq.page.platforms.messages import Kind, Message, Sighting, give_back, sighted
from tawthiq.page.platforms.roles import CHATS, Role, roles
from tawthiq.page.platforms.zones import paint, stretches
from tawthiq.page.tree import Tree
from tawthiq.records.page import Comment, PageDate, Post, Zone
from tawthiq.records.span import Span

_PROSE = 60
_FEW = 600  # characters of sentences that a platform's own page may show beside short posts
_UNMARKED = frozenset({"facebook", "x"})  # platforms that do not mark the words of all messages
_ADDRESSES = ("og:url", "al:web:url", "al:ios:url")


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """A platform's page taken apart. `outlet` is the account or chat shown; the dates are those of its one main post."""

    zones: tuple[Zone, ...]
    posts: tuple[Post, ...]
    comments: tuple[Comment, ...]
    title: str | None
    outlet: str | None
    published: PageDate | None
    published_metadata: PageDate | None


def platforms_of(tree: Tree, url: str | None = None) -> list[str]:
    """The platforms whose signs a page bears, the one with the most first, then those that serve pages under its address."""
    found = signs_of(tree)
    return list(dict.fromkeys([*found, *(name for name in _serving(tree, url) if name in _UNMARKED)]))


def read_platform(tree: Tree, platforms: list[str], url: str | None = None) -> PlatformPage | None:
    """The page as a platform's, or None when it is none.

    `platforms` are those whose signs it bears (`platforms_of`), `url` is its address, where it is known.
    """
    for platform in platforms:
        if platform == EMBED:
            continue
        sighting = sighted(tree, Markup(platform))
        facts = [facts_of(tree, message, unmarked=platform in _UNMARKED) for message in sighting.messages]
        address = _address(tree, platform, url)
        signed = any(one.words and (one.account or platform in CHATS) for one in facts)
        if signed and (address or _holds_the_prose(tree, facts, sighting)):
            facts = _shared(facts)
            _inherit(tree, platform, sighting, facts)
            if platform == "whatsapp-web":
                _date_by_order(facts)
            return _page(tree, platform, sighting, facts, address)
    return None


def _address(tree: Tree, platform: str, url: str | None) -> str | None:
    """The address of a page that its platform served, by the capture or by the page's own word."""
    served = [address for address in _told(tree, url) if is_host_of(platform, _host(address))]
    return max(served, key=len, default=None)


def _told(tree: Tree, url: str | None) -> list[str]:
    """The addresses under which a page was captured or says to stand."""
    told = (url, tree.canonical, *(content for name, content in tree.metas if name in _ADDRESSES))
    return [address for address in told if address]


def is_platforms(tree: Tree, url: str | None) -> bool:
    """Whether a platform served the page, by its addresses; whatever it shows, the platform is not who speaks."""
    return bool(_serving(tree, url))


def _serving(tree: Tree, url: str | None) -> list[str]:
    """The platforms that serve pages under the addresses of this one."""
    return [name for host in map(_host, _told(tree, url)) for name in hosts_pages(host)]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _holds_the_prose(tree: Tree, facts: list[Facts], sighting: Sighting) -> bool:
    """Whether the messages hold at least as much as all sentences elsewhere; in the platform's frame a few more may stand."""
    inside = sum(len(run) for one in facts for run in _spans(one))
    covered = {run.start for one in facts for run, _ in one.message.runs}
    outside = sum(
        len(line) - line.linked
        for line in tree.lines
        if len(line) >= _PROSE and not any(run.start in covered for run in line.runs)
    )
    return inside >= outside or (sighting.framed and outside <= _FEW)


def _spans(one: Facts) -> list[range]:
    return [range(run.start, run.end) for run in one.words]


def _shared(facts: list[Facts]) -> list[Facts]:
    """The messages, where a post that says nothing itself and shows another's has that one's words: it forwards them."""
    by_message = {id(one.message): one for one in facts}
    kept: list[Facts] = []
    for one in facts:
        around = by_message.get(id(one.message.around)) if one.message.kind is Kind.QUOTE else None
        if around is None or around.words or not one.words:
            kept.append(one)
            continue
        around.words, around.origin = one.words, [*around.origin, *one.named, *one.dated]
        if one.message.around is not None:
            give_back(one.message, one.message.around)
    return kept


def _date_by_order(facts: list[Facts]) -> None:
    """Date the messages of WhatsApp's own page, whose days are numbers in an order that only all of them tell."""
    order = order_of([one.moment for one in facts if one.moment])
    for one in facts:
        one.published = one.told = date_in(one.moment, order) if one.moment else None


def _inherit(tree: Tree, platform: str, sighting: Sighting, facts: list[Facts]) -> None:
    """Give messages without a name the one of the message before in the same group, else the chat's where nobody is named."""
    shown = _shown(tree, sighting)
    nobody = not any(one.account for one in facts)
    for before, one in zip([None, *facts], facts, strict=False):
        if one.account is not None:
            continue
        if before is not None and _joined(tree, platform, before.message, one.message):
            one.account, one.handle = before.account, before.handle
        elif nobody:
            one.account = shown


def _joined(tree: Tree, platform: str, before: Message, message: Message) -> bool:
    element = tree.elements[message.element]
    siblings = tree.elements[before.element].parent == element.parent
    return siblings and (platform != "telegram-export" or "joined" in element.attributes.get("class", "").split())


def _shown(tree: Tree, sighting: Sighting) -> str | None:
    """The name of the account or chat that the page is headed with."""
    ranges = stretches(tree, (run for run, part in sighting.loose if part is Part.SHOWN))
    return tree.text[slice(*ranges[0])].split("\n")[0] if ranges else None


def _page(tree: Tree, platform: str, sighting: Sighting, facts: list[Facts], address: str | None) -> PlatformPage:
    found, main = roles(tree, platform, facts, address)
    told = list(zip(facts, found, strict=True))
    own = [one for one, role in told if role is Role.OWN and one.words]
    accounts = {one.account for one in own if one.account}
    comments = [Comment(one.account, one.moment, _span(one)) for one, role in told if role is Role.REPLY and one.words]
    posts = [_post(one) for one, role in told if role in (Role.OWN, Role.QUOTED) and one.words]
    outlet = main.account if main else accounts.pop() if len(accounts) == 1 else _shown(tree, sighting)
    heading = [
        tree.of(run)
        for run in [
            *(run for run, part in sighting.loose if part is Part.HEADING),
            *(run for one in own for run in one.message.of(Part.HEADING)),
        ]
    ]
    return PlatformPage(
        paint(tree, sighting, facts, found).zones(),
        tuple(posts),
        tuple(sorted(comments, key=lambda comment: comment.span)),
        " ".join(heading) or None,
        outlet,
        main.published if main else None,
        main.told if main else None,
    )


def _post(one: Facts) -> Post:
    return Post(one.account, one.handle, one.moment, one.published, _span(one))


def _span(one: Facts) -> Span:
    """From the first to the last character of a message's words."""
    return Span(one.words[0].start, one.words[-1].end)


__all__ = [
    "ChatExport",
    "PlatformPage",
    "QuotedPost",
    "is_platforms",
    "platforms_of",
    "quoted_posts",
    "read_chat",
    "read_platform",
]
