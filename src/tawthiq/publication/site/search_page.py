"""The page of the search, and the form that leads there from others. Without script the page says so and names the lists."""

from tawthiq.publication.site.about import UNDATED, Site
from tawthiq.publication.site.elements import Markup, element, joined
from tawthiq.publication.site.frame import BROWSE, SEARCH, Body, Page, framed
from tawthiq.publication.site.listing import Written

SCRIPTS = ("assets/fold.js", "search/meta.js", "assets/search.js")
_TOLD = ("found", "nothing", "hint", "waiting", "more", "failed")


def search(site: Site, language: str) -> Written:
    """The page of the search."""
    words, page = site.wording(language).words, Page(language, SEARCH)
    lists = element("a", words("frame.browse"), href=page.to(BROWSE))
    told = {f"data_{name}": words(f"search.{name}", number="{number}") for name in _TOLD}
    main = joined(
        (
            element("div", element("h1", words("search.title")), element("p", words("search.lead"), class_="lead"),
                    class_="page-head"),
            form(site, page),
            element("p", words("search.quiet"), class_="hint"),
            element("noscript", element("div", element("p", words("search.no_script")), element("p", lists), class_="panel")),
            element("p", "", id="told", class_="told", role="status"),
            element("ol", "", id="found", class_="rows"),
            element("p", element("button", words("search.more"), type="button", id="more", hidden=True), class_="actions"),
            element("div", "", id="search-words", hidden=True, data_up=page.up, data_language=language, **told),
        )
    )  # fmt: skip
    return page.full, framed(site, page, Body(words.plain("search.title"), main, "search", scripts=SCRIPTS))


def form(site: Site, page: Page, *, short: bool = False) -> Markup:
    """The form; a short one asks for words alone and leads to the page of the search."""
    words = site.wording(page.language).words
    label = words("home.find") if short else words("search.words")
    typed = element("input", id="words", name="words", type="search", dir="auto", autocomplete="off", maxlength=200)
    fields = [element("div", element("label", label, for_="words"), typed, class_="field")]
    if not short:
        fields += [_choice(site, page, "act"), _choice(site, page, "year")]
    button = element("button", words("search.button"))
    return element("form", *fields, button, class_="search", role="search", action=page.to(SEARCH), id="search")


def _choice(site: Site, page: Page, name: str) -> Markup:
    wording = site.wording(page.language)
    words = wording.words
    stocks = site.by_act if name == "act" else site.by_year
    options = [element("option", words(f"search.any_{name}"), value="")]
    for code in stocks:
        if code != UNDATED:
            shown = wording.act(code) if name == "act" else words.digits(code)
            options.append(element("option", shown, value=code))
    label = element("label", words(f"search.{name}"), for_=name)
    return element("div", label, element("select", *options, id=name, name=name), class_="field")
