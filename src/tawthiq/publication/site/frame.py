"""The frame of every page: head, skip link, title, sections, languages, foot; links between pages, all of them relative.

A page asks for nothing from elsewhere: the policy in its head (Content Security Policy Level 3, by meta) allows scripts,
styles, fonts and pictures of this folder only. `file:` stands beside 'self' since a page opened from a disk has no origin that
'self' could name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tawthiq.publication.site.about import Site
from tawthiq.publication.site.elements import Content, Markup, element, isolated, joined
from tawthiq.publication.site.texts import Words

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; font-src 'self' file:; img-src 'self' file:; "
    "form-action 'self' file:; base-uri 'none'"
)
HOME, INCIDENTS, BROWSE, MAP, SEARCH, DATA = (
    "index.html", "incidents/index.html", "browse.html", "map.html", "search.html", "data.html",
)  # fmt: skip
METHODS, TERMS, NOT_HERE, CHANGES, LOST = "methods.html", "terms.html", "not-here.html", "changes.html", "404.html"
FEED = "feed.xml"
_SECTIONS = (
    ("incidents", INCIDENTS), ("browse", BROWSE), ("map", MAP), ("search", SEARCH), ("data", DATA), ("methods", METHODS),
)  # fmt: skip
_FOOT = (("methods", METHODS), ("terms", TERMS), ("not_here", NOT_HERE), ("changes", CHANGES))


@dataclass(frozen=True, slots=True)
class Page:
    """Where a page lies: its path in its language's folder; `root` says that it is the page at "/" instead."""

    language: str
    path: str
    root: bool = False

    @property
    def full(self) -> str:
        """Its path in the site."""
        return self.path if self.root else f"{self.language}/{self.path}"

    @property
    def up(self) -> str:
        """The way from its folder to that of the site."""
        return "../" * self.full.count("/")

    def to(self, path: str, language: str = "") -> str:
        """The way to a page of the same language, or of another."""
        if self.root or language not in ("", self.language):
            return f"{self.up}{language or self.language}/{path}"
        return f"{'../' * self.path.count('/')}{path}"

    def asset(self, path: str) -> str:
        """The way to a file that belongs to no language."""
        return f"{self.up}{path}"


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in the frame. `section` is the one that is marked as where the reader is; `path` leads there."""

    title: str
    main: Markup
    section: str = ""
    scripts: Sequence[str] = ()
    styles: Sequence[str] = ()
    description: str = ""
    wide: bool = False
    indexed: bool = True


def framed(site: Site, page: Page, body: Body) -> bytes:
    """The whole page."""
    words = site.wording(page.language).words
    document = element(
        "html",
        _head(site, page, body),
        element(
            "body",
            element("a", words("frame.skip"), class_="skip", href="#main"),
            _header(site, page, words, body.section),
            element("main", body.main, id="main", tabindex="-1", class_="wide" if body.wide else None),
            _footer(site, page, words),
        ),
        lang=page.language,
        dir=words.direction,
    )
    return f"<!DOCTYPE html>\n{document}\n".encode()


def time(words: Words, day: date | None) -> Markup:
    """A day in words, with the day that programs read."""
    return element("time", words.day(day), datetime=day.isoformat()) if day else Markup("")


def crumbs(words: Words, *links: Content) -> Markup:
    """The way from the home page to this one."""
    items = [element("li", link) for link in links]
    return element("nav", element("ol", *items), class_="crumbs", aria_label=words("frame.path"))


def section(heading: Content, *content: Content, id_: str, class_: str = "panel") -> Markup:
    """A part of a page under a heading of the second rank."""
    return element(
        "section", element("h2", heading, id=f"{id_}-head"), *content, class_=class_, aria_labelledby=f"{id_}-head"
    )


def _head(site: Site, page: Page, body: Body) -> Markup:
    title = body.title if body.title == site.title else f"{body.title} · {site.title}"
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=POLICY),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("meta", name="description", content=body.description) if body.description else None,
        None if body.indexed else element("meta", name="robots", content="noindex"),
        element("link", rel="icon", href=page.asset("assets/icon.svg"), type="image/svg+xml"),
        joined(
            element("link", rel="stylesheet", href=page.asset(f"assets/{name}")) for name in (*body.styles, "site.css")
        ),
        _alternates(site, page),
        joined(element("script", src=page.asset(name), defer=True) for name in body.scripts),
    )


def _alternates(site: Site, page: Page) -> Markup:
    """The same page in the other languages, the feed, and the address at which the page is to be known."""
    base = site.settings.base
    links = [
        element("link", rel="alternate", hreflang=language, href=_address(base, page, language))
        for language in site.settings.languages
        if len(site.settings.languages) > 1
    ]
    if base:
        links.append(element("link", rel="canonical", href=_address(base, page, page.language)))
    if site.publications and site.about.until:
        title = site.wording(page.language).words("feed.title", site=site.title)
        links.append(element("link", rel="alternate", type="application/atom+xml", title=title, href=page.to(FEED)))
    return joined(links)


def _address(base: str, page: Page, language: str) -> str:
    return f"{base}{language}/{page.path}" if base else page.to(page.path, language)


def _header(site: Site, page: Page, words: Words, current: str) -> Markup:
    name = element(
        "a",
        element("span", class_="seal", aria_hidden="true"),
        isolated(site.title),
        class_="wordmark",
        href=page.to(HOME),
    )
    links = [
        element(
            "li",
            element("a", words(f"frame.{key}"), href=page.to(path), aria_current="page" if key == current else None),
        )
        for key, path in _SECTIONS
    ]
    others = [
        element("a", site.wording(language).words("frame.language"), class_="language", href=page.to(page.path, language),
                lang=language, hreflang=language, dir=Words(language).direction)
        for language in site.settings.languages
        if language != page.language
    ]  # fmt: skip
    menu = element("nav", element("ul", *links), class_="sections", aria_label=words("frame.menu"))
    return element("header", element("div", name, *others, menu, class_="inner"), class_="site")


def _footer(site: Site, page: Page, words: Words) -> Markup:
    links = [element("li", element("a", words(f"frame.{key}"), href=page.to(path))) for key, path in _FOOT]
    if site.publications and site.about.until:
        links.append(element("li", element("a", words("frame.feed"), href=page.to(FEED), type="application/atom+xml")))
    until = site.about.until
    return element(
        "footer",
        element("div",
            element("nav", element("ul", *links), aria_label=words("frame.about")),
            element("p", words("frame.until", day=time(words, until))) if until else None,
            element("p", words("frame.promise")),
            class_="inner",
        ),
        class_="foot",
    )  # fmt: skip
