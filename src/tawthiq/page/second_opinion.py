"""Another extractor asked about the same page: how far trafilatura's body and ours agree.

Its text is never read and never evidence: it rewrites what it keeps. What counts is where the two disagree, for there a
person should look (field/page.md sections 3 and 6). It is asked about HTML pages only, with readers' comments off, without
metadata (its date search costs more than its text, and ours never guesses), and in its quick and strict mode: on the
measured pages that one agreed best with the gold (token F1 .983 against .974 of the default) at several times the speed.

It is given the text as we decoded it, with tags past our own bounds left out (`guarding`), and only up to the bounds
below: past them some of its steps take time with the square of the tags. The bounds are of size and never of time, so that
the same page gives the same answer on every machine. It asks nothing of the network: it is handed markup, never an address.
"""

import logging
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

from tawthiq.page.encoding import decode
from tawthiq.page.guarding import bounded
from tawthiq.page.sniffing import is_html
from tawthiq.records.opinion import NoOpinion, SecondOpinion
from tawthiq.records.page import Page, ZoneKind
from tawthiq.text.agreement import token_f1
from tawthiq.text.folding import fold

MOST_MARKUP = 2_000_000  # code points
MOST_TAGS = 16_000  # opening and closing ones; the worst page found at this bound took three seconds
DISAGREES = 0.9
"""Agreement below which a person should look at the page (issue 4; field/page.md section 6)."""

MOSTLY = 0.9  # of the characters of the body

Extractor = Callable[..., Any]


def available() -> bool:
    """Whether the extractor is installed (the extra `tawthiq[opinion]`); it is not imported to find out."""
    return find_spec("trafilatura") is not None


def second_opinion(data: bytes, page: Page, content_type: str | None = None) -> SecondOpinion | NoOpinion | None:
    """What trafilatura takes for the body of the page in `data`, which we took apart as `page`.

    None where there is nothing to ask: plain text, a page of posts, sheets of a document, or no trafilatura at hand.
    `page` is never changed by the answer.
    """
    if not available() or page.sheets or _is_of_posts(page):
        return None
    markup = decode(data, content_type).text
    if not is_html(markup, content_type):
        return None
    by, extract = _extractor()
    tags = markup.count("<")
    if len(markup) > MOST_MARKUP or tags > MOST_TAGS:
        return NoOpinion(by, f"not asked: the page has {len(markup)} characters of markup and {tags} tags")
    try:
        text = _body(extract, markup)
    except Exception as error:
        return NoOpinion(by, f"no answer: it failed on this page ({type(error).__name__})")
    return SecondOpinion(by, text, token_f1(page.body, _without_title(text, page.title)))


def opinion_to_json(opinion: SecondOpinion | None) -> dict[str, object] | None:
    """The `second_opinion` of page/1 (docs/contracts.md)."""
    if opinion is None:
        return None
    return {"by": opinion.by, "text": opinion.text, "agreement": round(opinion.agreement, 4)}


def _is_of_posts(page: Page) -> bool:
    """Whether a page is of posts and messages, not an article that quotes some: next to none of its body is outside them."""
    if not page.posts:
        return False
    return sum(len(post.span) for post in page.posts) >= MOSTLY * sum(map(len, page.zones_of(ZoneKind.BODY)))


@cache
def _extractor() -> tuple[str, Extractor]:
    """Name with version, and the function; imported when first asked for, since that takes a third of a second."""
    import trafilatura  # noqa: PLC0415

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return f"trafilatura {trafilatura.__version__}", trafilatura.bare_extraction


def _body(extract: Extractor, markup: str) -> str:
    """Its text of the page; empty where it finds none.

    One of its expressions, a test for forums, takes time with the square of the "@type" keys in structured data, which
    this use has no need of: the key is written without its sign.
    """
    markup, _ = bounded(markup.replace('"@type"', '"type"'))
    found = extract(markup, include_comments=False, with_metadata=False, fast=True, favor_precision=True)
    return (found.text or "").strip() if found else ""


def _without_title(text: str, title: str | None) -> str:
    """The text without a first line that is the title, which our body does not hold either."""
    first, _, rest = text.partition("\n")
    return rest if title and fold(first.strip()) == fold(title.strip()) else text
