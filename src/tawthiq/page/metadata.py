"""What a page says of itself in meta tags and JSON-LD: title, author, site, dates. Hints, kept apart from what is visible.

JSON-LD follows schema.org Article; meta names follow Open Graph, Dublin Core, Parse.ly and Sailthru usage. Dates are kept
exactly as written: their own day, clock and zone, never shifted to UTC or to ours.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from tawthiq.page.published import dates_of_line
from tawthiq.page.tree import Tree
from tawthiq.records.page import DateSource, PageDate

_TITLES = ("og:title", "twitter:title", "dc.title", "parsely-title", "headline")
_SITES = (
    "og:site_name",
    "application-name",
    "publisher",
    "dc.publisher",
    "article:publisher",
    "twitter:app:name:iphone",
)
_DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl", "article:author_name")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate", "publishdate", "publish-date",
    "dc.date.issued", "dc.date", "dcterms.created", "dcterms.date", "dcterms.issued", "parsely-pub-date", "sailthru.date",
    "article.published", "published-date", "og:published_time", "publish_date",
    "cxenseparse:recs:publishtime", "citation_publication_date",

    "published_time", "article_date_original", "ptime", "bt:pubdate", "og:pubdate", "vr:published_time", "dcterms.available",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "og:modified_time", "datemodified",
    "dcterms.modified", "dc.date.modified", "article:modified", "article_date_updated", "last-modified", "lastmod",
    "last_updated", "bt:moddate", "modified_time", "dateupdated", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_UNSURE = re.compile(r"^\s*\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{2,4}")
"""Dates all in figures: which is the day and which the month, the page does not say."""
_UNIX_ORDER = re.compile(r"^(\w{3}) (\w{3}) +(\d{1,2}) ([\d:]{5,8}) (\S{1,6} )?(\d{4})$")
"""The order of C's `asctime` and of `date`: "Fri Apr 28 19:20:36 CEST 2023"."""
_ARTICLE = re.compile(r"article|blogposting|newsarticle|report|posting|liveblog", re.IGNORECASE)
_ISO = re.compile(
    r"^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T\s]+(\d{1,2}):?(\d{2})(?::?(\d{2}))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?\s*$",
    re.IGNORECASE,
)
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_DATE = 60
_DEEPEST = 12
_LARGEST = 400_000


@dataclass(frozen=True, slots=True)
class Metadata:
    """The first usable value of each kind. `authors` lists persons only where the page says so; `organisation` is the site."""

    titles: tuple[str, ...]
    authors: tuple[str, ...]
    sites: tuple[str, ...]
    published: PageDate | None
    updated: PageDate | None
    text: str | None
    descriptions: tuple[str, ...]


def read_metadata(tree: Tree) -> Metadata:
    """The metadata of a page."""
    metas: dict[str, list[str]] = {}
    for name, content in tree.metas:
        metas.setdefault(name, []).append(content)
    articles = list(_articles(tree.scripts))
    titles = [value for name in _TITLES for value in metas.get(name, [])[:1]]
    titles += [str(a["headline"]) for a in articles if isinstance(a.get("headline"), str)]
    authors = [name for a in articles for name in _names(a.get("author"), persons_only=True)]
    authors = authors or [value for name in _AUTHORS for value in metas.get(name, [])[:2]]
    sites = [value for name in _SITES[:1] for value in metas.get(name, [])[:1]]
    sites += [name for a in articles for name in _names(a.get("publisher"), persons_only=False)]
    sites += [value for name in _SITES[1:] for value in metas.get(name, [])[:1]]
    published = _told(tree, metas, articles, _PUBLISHED, "datePublished")
    updated = _told(tree, metas, articles, _UPDATED, "dateModified")
    return Metadata(
        tuple(" ".join(title.split()) for title in titles if title.strip()),
        tuple(" ".join(author.split()) for author in authors),
        tuple(site for site in sites if not site.startswith("http")),
        published,
        updated,
        max((str(a["articleBody"]) for a in articles if isinstance(a.get("articleBody"), str)), key=len, default=None),
        tuple(dict.fromkeys(value for name in _DESCRIPTIONS for value in metas.get(name, []))),
    )


def _told(
    tree: Tree, metas: dict[str, list[str]], articles: list[dict[str, object]], names: tuple[str, ...], key: str
) -> PageDate | None:
    """The first full date of a kind: Open Graph, then JSON-LD's `key`, then other meta tags, then microdata."""
    texts = [value for name in names[:2] for value in metas.get(name, [])]
    texts += [str(article[key]) for article in articles if isinstance(article.get(key), str)]
    texts += [value for name in names[2:] for value in metas.get(name, [])]
    texts += [
        element.attributes["datetime"]
        for element in tree.elements
        if "datetime" in element.attributes
        and (
            key.lower() in element.attributes.get("itemprop", "").lower()
            or (key == "datePublished" and "pubdate" in element.cues)
        )
    ]
    return next((found for text in texts if (found := iso_date(text) or _worded_date(text))), None)


def _worded_date(text: str) -> PageDate | None:
    """The date of a tag that writes it in words ("28 Apr 2023 19:20", "24 أغسطس 2020"); None where figures leave it open."""
    text = text.strip()
    if _UNSURE.match(text) or len(text) > _LONGEST_DATE:
        return None
    ordered = _UNIX_ORDER.sub(r"\3 \2 \6 \4 \5", text)
    found = dates_of_line(ordered, 0, len(ordered))
    if not found or not _FIRST_YEAR <= found[0].value.day.year <= _LAST_YEAR:
        return None
    return replace(found[0].value, source=DateSource.METADATA, text=text)


def iso_date(text: str) -> PageDate | None:
    """An ISO 8601 date, with its clock and zone as written; None for anything less than a full day."""
    match = _ISO.match(text[:80])
    if not match:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    try:
        value = date(int(year), int(month), int(day))
        clock = time(int(hour), int(minute), int(second or 0)) if hour else None
    except ValueError:
        return None
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        return None
    return PageDate(value, clock, zone.upper() if zone else None, DateSource.METADATA, text.strip())


def _articles(scripts: list[str]) -> Iterator[dict[str, object]]:
    """The JSON-LD objects whose type is an article, wherever they are nested."""
    for script in scripts[:20]:
        try:
            value = json.loads(script[:_LARGEST], strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _within(value, 0)


def _within(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value[:50]:
            yield from _within(item, depth + 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        names = kind if isinstance(kind, list) else [kind]
        if any(isinstance(name, str) and _ARTICLE.search(name) for name in names):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _within(value.get(key), depth + 1)


def _names(value: object, *, persons_only: bool) -> Iterator[str]:
    for item in value[:20] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, dict) and isinstance(item.get("name"), str):
            is_person = str(item.get("@type", "Person")).lower() == "person"
            if is_person or not persons_only:
                yield str(item["name"])
