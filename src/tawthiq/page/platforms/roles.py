"""Which messages of a page are the words of the account that the page shows, and which are others'.

A chat or channel shows itself: all its messages are its own. A page about one post shows that post, and whatever else its
account posted on the page (threads). Posts by others are replies on platforms whose replies are posts, and suggestions on
those that mark replies. A page without such a post shows the account whose messages it lists, or everybody, as in a group
or a search.
"""

import re
from enum import StrEnum

from tawthiq.page.platforms.facts import Facts
from tawthiq.page.platforms.markup import climb
from tawthiq.page.platforms.messages import Kind
from tawthiq.page.tree import Tree
from tawthiq.text.folding import fold

CHATS = frozenset({"telegram-preview", "telegram-web", "telegram-export", "whatsapp-web"})
_THREADS = frozenset({"x", "twitter", "nitter"})  # platforms whose replies are posts like any other
_POST_NUMBER = re.compile(r"/(?:status(?:es)?|posts|permalink|videos|reel)/(?:[^/?#]*/)?(\w{5,})|story_fbid=(\w+)")
_EVERYBODY = re.compile(r"/(?:search|hashtag|explore|home|i/lists|groups)(?:[/?#]|$)")
_MEMBER = re.compile(r"/groups/[^/]+/user/")


class Role(StrEnum):
    """What a message is on its page."""

    OWN = "own"
    REPLY = "reply"
    QUOTED = "quoted"
    SUGGESTED = "suggested"


def roles(tree: Tree, platform: str, facts: list[Facts], address: str | None) -> tuple[list[Role], Facts | None]:
    """The role of each message, and the one post that the page is about, if there is one."""
    posts = [one for one in facts if one.message.kind is Kind.POST and not one.message.suggested]
    if platform in CHATS:
        return [_role(one, None, everybody=True, thread=False) for one in facts], posts[0] if len(posts) == 1 else None
    main = _main(posts, address)
    everybody = main is None and _shows_everybody(tree, posts, address)
    owner = main or next(iter(posts), None)
    found = [_role(one, owner, everybody=everybody, thread=platform in _THREADS) for one in facts]
    if main is None and found.count(Role.OWN) == 1 and not everybody:
        main = owner
    return found, main


def _main(posts: list[Facts], address: str | None) -> Facts | None:
    """The post that the page is about: marked, or with the number in the page's address, or with the only long moment."""
    marked = [one for one in posts if one.message.focus]
    if marked:
        return marked[0]
    number = _number(address)
    if number and (named := [one for one in posts if one.link and _number(one.link) == number]):
        return named[0]
    if number and posts and not any(_number(one.link) for one in posts):
        return posts[0]
    timed = [one for one in posts if one.moment and ":" in one.moment and one.published]
    return timed[0] if len(timed) == 1 and len(posts) > 1 else None


def _number(address: str | None) -> str | None:
    match = _POST_NUMBER.search(address or "")
    return next((group for group in match.groups() if group), None) if match else None


def _shows_everybody(tree: Tree, posts: list[Facts], address: str | None) -> bool:
    """Whether a page lists posts of many accounts on purpose: a search, a list, a group."""
    if _EVERYBODY.search(address or "") and not _number(address):
        return True
    links = [tree.elements[index].attributes.get("href", "") for one in posts for index in _anchors(tree, one)]
    return bool(links) and sum(bool(_MEMBER.search(link)) for link in links) >= len(posts) > 1


def _anchors(tree: Tree, one: Facts) -> list[int]:
    chain = climb(tree, one.named[0].element) if one.named else iter(())
    return [index for index in chain if tree.elements[index].tag == "a"][:1]


def _role(one: Facts, owner: Facts | None, *, everybody: bool, thread: bool) -> Role:
    if one.message.kind is Kind.REPLY:
        return Role.REPLY
    if one.message.suggested:
        return Role.SUGGESTED
    if one.message.kind is Kind.QUOTE:
        return Role.QUOTED
    if everybody or one is owner or (owner and same_account(one, owner)):
        return Role.OWN
    if one.origin:
        return Role.OWN
    return Role.REPLY if thread else Role.SUGGESTED


def same_account(one: Facts, other: Facts) -> bool:
    """Whether two messages are shown under one account: by handle where both have one, else by name."""
    if one.handle and other.handle:
        return one.handle.casefold() == other.handle.casefold()
    return bool(one.account and other.account) and fold(one.account or "") == fold(other.account or "")
