"""HTML of statistics: every value is escaped here, tables have captions and scopes, and nothing is fetched from anywhere."""

from collections.abc import Iterable, Sequence
from html import escape

from tawthiq.publication.drawing.markup import Markup, direction, element, joined

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light; --ink: #1b252c; --soft: #4d5a62; --line: #d9d5ca; --paper: #f6f5f1; --surface: #fff; --brand: #12485a; }
@media (prefers-color-scheme: dark) {
  :root { color-scheme: dark; --ink: #e8e6df; --soft: #aab4ba; --line: #333e45; --paper: #12171b; --surface: #1a2126; --brand: #84cbe6; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 Vazirmatn, "Segoe UI", "Noto Sans", system-ui, sans-serif; }
[lang="ar"] { font-family: Vazirmatn, "Noto Sans Arabic", "Noto Naskh Arabic", "Segoe UI", Tahoma, sans-serif; line-height: 1.8; }
main { max-width: 60rem; margin-inline: auto; padding: 1rem; }
section.language { margin-block-end: 4rem; }
h1 { font-size: 1.7rem; line-height: 1.4; margin-block: 1rem .5rem; color: var(--brand); }
h2 { font-size: 1.2rem; margin-block: 0 .25rem; color: var(--brand); }
section.part { background: var(--surface); border: 1px solid var(--line); border-radius: .5rem; padding: 1.25rem; margin-block: 1.25rem; }
.lead { font-size: 1.1rem; }
.note { color: var(--soft); margin-block: .25rem 1rem; max-width: 46rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
a { color: var(--brand); }
svg { width: 100%; max-width: 40rem; min-width: 22rem; height: auto; display: block; margin-block: 1rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .94rem; }
caption { text-align: start; color: var(--soft); padding-block: .25rem; }
th, td { padding: .35rem .6rem; text-align: end; border-block-end: 1px solid var(--line); font-weight: 400; vertical-align: top; }
thead th { color: var(--soft); vertical-align: bottom; }
th:first-child, td:first-child { text-align: start; min-width: 8rem; }
tbody th { font-weight: 600; }
dl { display: grid; grid-template-columns: fit-content(24rem) minmax(0, 1fr); gap: .2rem 1.25rem; margin-block: .5rem; }
dt { color: var(--soft); min-width: 0; overflow-wrap: anywhere; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
li { margin-block: .4rem; max-width: 46rem; }
code { font-family: "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; font-size: .88em; direction: ltr; unicode-bidi: isolate; }
.files { font-size: .9rem; }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-block-end: .5rem; } section.part { padding: .9rem; } }
@media print { body { background: #fff; } section.part { break-inside: avoid; border: 0; padding-inline: 0; } nav, .files { display: none; } }
"""  # noqa: E501  a style sheet


def document(title: str, languages: Sequence[str], sections: Iterable[Markup]) -> bytes:
    """The page; the first language is that of the document, each section says its own."""
    body = joined(sections)
    head = (
        f'<!DOCTYPE html>\n<html lang="{languages[0]}" dir="{direction(languages[0])}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return f"{head}{body}\n</main>\n</body>\n</html>\n".encode("utf-8", "replace")


def section(language: str, *content: str) -> Markup:
    """Everything in one language."""
    return element("section", *content, class_="language", id=language, lang=language, dir=direction(language))


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Markup:
    """A table whose first cells name the lines. On a narrow screen it can be moved sideways, by keyboard as well."""
    heads = element("tr", *(element("th", name, scope="col") for name in header))
    lines = (
        element("tr", element("th", _isolated(row[0]), scope="row"), *(element("td", cell) for cell in row[1:]))
        for row in rows
    )
    whole = element("table", element("caption", caption), element("thead", heads), element("tbody", joined(lines)))
    return element("div", whole, class_="wide", tabindex=0, role="region", aria_label=caption)


def figure(drawn: str, caption: str) -> Markup:
    """A drawing, which can be moved sideways on a narrow screen, where its words would be too small to read."""
    return element("div", Markup(drawn), class_="wide", tabindex=0, role="region", aria_label=caption)


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Names with what they are."""
    return element(
        "dl", *(joined((element("dt", _isolated(name)), element("dd", _isolated(value)))) for name, value in pairs)
    )


def listed(sentences: Iterable[str]) -> Markup:
    """A list of sentences."""
    return element("ul", *(element("li", each) for each in sentences))


def link(address: str, words: str, **more: str) -> Markup:
    """A link to a file beside the page, or to a place in it."""
    return element("a", words, href=address, **more)


def _isolated(words: str) -> Markup:
    """Words whose direction is their own."""
    return element("bdi", words)
