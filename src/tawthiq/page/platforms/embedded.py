"""Posts that an article quotes: each a post of its own account, its words part of the article.

Platforms hand out a <blockquote> with the words, then "— Name (@handle) March 12, 2021" (X), "Posted by Name on ..."
(Facebook) or "A post shared by Name (@handle)" (Instagram), which their script replaces on the live page; a saved page
keeps it. Some sites write a platform's own markup into their articles instead; it is read the same way.
"""

import re
from dataclasses import dataclass

from tawthiq.page.painting import Canvas
from tawthiq.page.platforms.facts import facts_of
from tawthiq.page.platforms.markup import EMBED, Markup, Part
from tawthiq.page.platforms.messages import Message, sighted
from tawthiq.page.platforms.moments import worded
from tawthiq.page.platforms.zones import stretches
from tawthiq.page.tree import Run, Tree
from tawthiq.records.page import DateSource, Post, ZoneKind
from tawthiq.records.span import Span

_NAMED = re.compile(r"(?P<name>[^—–\n]{1,80}?)\s*\(\s*\u200f?(?P<handle>@[\w.]{1,40})\s*\)")
_MOST = 200  # posts that an article quotes
_HANDLE = re.compile(r"@[\w.]{1,40}")


@dataclass(frozen=True, slots=True)
class QuotedPost:
    """A post quoted in an article: the record, the whole of it on the page, and its parts as ranges of the text."""

    post: Post
    whole: Span
    words: tuple[tuple[int, int], ...]
    signature: tuple[tuple[int, int], ...]
    dated: tuple[tuple[int, int], ...]

    def holds(self, start: int) -> bool:
        """Whether the character at `start` belongs to the quoted post."""
        return self.whole.start <= start < self.whole.end

    def paint(self, canvas: Canvas) -> None:
        """Paint its parts: its words are part of the article, and the reason tells whose they are."""
        signer = self.post.account or self.post.handle or "another account"
        for start, end in self.signature:
            canvas.paint(start, end, ZoneKind.BYLINE, "who signed a post that the article quotes")
        for start, end in self.dated:
            canvas.paint(start, end, ZoneKind.DATE, "the moment of a post that the article quotes")
        for start, end in self.words:
            canvas.paint(start, end, ZoneKind.BODY, f"the words of a post by {signer}, quoted in the article")


def quoted_posts(tree: Tree, platforms: list[str]) -> list[QuotedPost]:
    """The posts quoted on a page that is no platform's own; `platforms` are those whose signs it bears."""
    found: list[QuotedPost] = []
    for platform in platforms:
        for message in sighted(tree, Markup(platform)).messages[:_MOST]:
            whole = Span(message.runs[0][0].start, message.runs[-1][0].end)
            quoted = _signed(tree, message, whole) if platform == EMBED else _marked(tree, message, whole)
            if quoted:
                found.append(quoted)
    found.sort(key=lambda quoted: quoted.whole)
    return [
        one
        for before, one in zip([None, *found], found, strict=False)
        if not before or not before.holds(one.whole.start)
    ]


def _marked(tree: Tree, message: Message, whole: Span) -> QuotedPost | None:
    facts = facts_of(tree, message, unmarked=False)
    if not facts.words:
        return None
    span = Span(facts.words[0].start, facts.words[-1].end)
    signature = sorted([*facts.named, *facts.origin], key=lambda run: run.start)
    post = Post(facts.account, facts.handle, facts.moment, facts.published, span)
    return QuotedPost(post, whole, *(_ranges(tree, runs) for runs in (facts.words, signature, facts.dated)))


def _signed(tree: Tree, message: Message, whole: Span) -> QuotedPost | None:
    """A quoted <blockquote>: words in its paragraphs, then who signs and when."""
    words = message.of(Part.WORDS)
    rest = message.of(None)
    if not rest and len(words) > 1 and all(run.link for run in words):
        return None
    signed = [run for run in words if run.link and _NAMED.search(tree.of(run))]
    words = [run for run in words if run not in signed]
    signature = sorted([*rest, *signed], key=lambda run: run.start)
    if not words or not signature:
        return None
    line = " ".join(tree.of(run) for run in signature)
    dated = next((run for run in signature if worded(tree.of(run), DateSource.VISIBLE)), None)
    account, handle = _signer(tree, line, signature, dated)
    post = Post(
        account,
        handle,
        tree.of(dated) if dated else None,
        worded(tree.of(dated), DateSource.VISIBLE) if dated else None,
        Span(words[0].start, words[-1].end),
    )
    return QuotedPost(post, whole, *(_ranges(tree, runs) for runs in (words, signature, [dated] if dated else [])))


def _signer(tree: Tree, line: str, signature: list[Run], dated: Run | None) -> tuple[str | None, str | None]:
    """Name and handle of "— Name (@handle)"; else the first link that is no date."""
    match = _NAMED.search(line)
    if match:
        return match["name"].strip(" —–-") or None, match["handle"]
    handle = _HANDLE.search(line)
    linked = next((tree.of(run) for run in signature if run.link and run is not dated), None)
    return linked.removeprefix("@") if linked else None, handle.group() if handle else None


def _ranges(tree: Tree, runs: list[Run]) -> tuple[tuple[int, int], ...]:
    return tuple(stretches(tree, runs))
