"""What has to be made in Uwazi before the ZIP is imported: the template as JSON and as a page, and the lists of its selects.

A thesaurus is a CSV with one column for each language under its label in Uwazi ("English", "Arabic"); a child begins with "-".
"""

import csv
import html
import json
from collections.abc import Iterator, Sequence
from importlib import resources
from io import StringIO

from tawthiq.lexicon.tables import Row, load
from tawthiq.lexicon.verification_terms import TermList, terms, violation_types
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange.uwazi_rows import properties

_HEADINGS = ("English", "Arabic")
SCHEMA = "tawthiq/uwazi-template/1"


def template() -> bytes:
    """The template as JSON: label, name and type of each property, and the list of a select."""
    made = [
        {
            "label": each["label_en"],
            "label_ar": each["label_ar"],
            "name": each["name"],
            "type": each["type"],
            **({"thesaurus": each["thesaurus"]} if each.optional("thesaurus") else {}),
        }
        for each in properties()
    ]
    data = {"schema": SCHEMA, "name": "Incident", "name_ar": "حادثة", "languages": ["en", "ar"], "properties": made}
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def page() -> bytes:
    """The template for people, in Arabic and English."""
    frame = (resources.files("tawthiq.publication.exchange") / "uwazi_template.html").read_text(encoding="utf-8")
    rows = "\n".join(map(_line, properties()))
    return frame.replace("{rows}", rows).encode()


def _line(each: Row) -> str:
    """A property as a line of the page's table."""
    english, arabic = html.escape(each["label_en"]), html.escape(each["label_ar"])
    told = (html.escape(each["type"]), html.escape(each.optional("thesaurus") or ""))
    named = f'<td lang="en" dir="ltr">{english}</td><td lang="ar" dir="rtl">{arabic}</td>'
    return f'<tr>{named}<td dir="ltr"><code>{told[0]}</code></td><td dir="ltr">{told[1]}</td></tr>'


def thesauri(places: Sequence[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """The lists of the selects by name; `places` are those of the file, in Arabic and English, "country::name"."""
    for kind, name in (("act", "Acts"), ("state", "States")):
        pairs = ((wording.term(kind, code, "en"), wording.term(kind, code, "ar")) for code in wording.codes(kind))
        yield name, _table(pairs)
    statuses = terms(TermList.STATUS).values()
    yield "Statuses", _table((each.name_en, each.name_ar) for each in statuses)
    yield "Violations", _table((each.term.name_en, each.term.name_ar) for each in violation_types().values())
    parties = load("actors", ("code", "name_ar", "name_en", "country"))
    yield "Parties", _table((row["name_en"], row["name_ar"]) for row in parties)
    yield "Places", _table(_nested(places))


def _nested(places: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Places under their countries, children marked by "-"."""
    alone = [pair for pair in places if "::" not in pair[0]]
    above = dict.fromkeys(arabic.partition("::")[0] for arabic, _ in places if "::" in arabic)
    yield from ((english, arabic) for arabic, english in sorted(alone))
    for country in sorted(above):
        yield country, country
        inside = sorted(pair for pair in places if pair[0].startswith(f"{country}::"))
        yield from ((f"- {en.partition('::')[2]}", f"- {ar.partition('::')[2]}") for ar, en in inside)


def _table(pairs: "Iterator[tuple[str, str]]") -> bytes:
    stream = StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow(_HEADINGS)
    rows.writerows(dict.fromkeys(pairs))
    return stream.getvalue().encode()
