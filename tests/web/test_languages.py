"""Arabic and English: complete, compiled, switched by a cookie."""

import gettext
import re
from pathlib import Path

import pytest

import tawthiq
from served_archive import Desk

SOURCE = Path(tawthiq.__file__).parent
LOCALE = SOURCE / "web" / "locale"
_ENTRY = re.compile(
    r'(?:msgctxt (?P<context>"(?:[^"\\]|\\.)*")\n)?msgid (?P<id>(?:"(?:[^"\\]|\\.)*"\n?)+)'
    r'msgstr (?P<text>(?:"(?:[^"\\]|\\.)*"\n?)+)'
)
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_IN_TEMPLATES = re.compile(r"""{% translate (?:"([^"]+)"|'([^']+)')(?: context "([^"]+)")?""")
_BLOCKS = re.compile(r"{% blocktranslate[^%]*%}(.*?){% endblocktranslate %}", re.DOTALL)
_IN_CODE = re.compile(r'(?:(?<![\w.])_|\bgettext(?:_noop|_lazy)?)\(\s*"((?:[^"\\]|\\.)+)"')
_IN_SINGLE_QUOTES = re.compile(r"\bgettext_noop\('([^'\\]+)'\)")
_WITH_CONTEXT = re.compile(r'pgettext(?:_lazy)?\(\s*"([^"]+)",\s*"([^"]+)",?\s*\)')
_NO_WORDS = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|<pre.*?</pre>|<code.*?</code>|<kbd.*?</kbd>", re.DOTALL
)
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")


def _unquoted(quoted: str) -> str:
    return "".join(
        part.replace(r"\"", '"').replace(r"\n", "\n").replace("\\\\", "\\") for part in _STRING.findall(quoted)
    )


def catalogue(language: str) -> dict[str, str]:
    """Messages of the .po file, keyed as gettext keys them ("context\\4message")."""
    text = (LOCALE / language / "LC_MESSAGES" / "django.po").read_text("utf-8")
    found = {}
    for entry in _ENTRY.finditer(text):
        context = _unquoted(entry["context"]) + "\4" if entry["context"] else ""
        found[context + _unquoted(entry["id"])] = _unquoted(entry["text"])
    found.pop("")
    return found


def used() -> set[str]:
    """Every message that templates and code ask for."""
    messages = set()
    for template in (SOURCE / "web" / "templates").rglob("*.html"):
        text = template.read_text("utf-8")
        for first, second, context in _IN_TEMPLATES.findall(text):
            messages.add(f"{context}\4{first or second}" if context else first or second)
        for block in _BLOCKS.findall(text):
            messages.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", block))
    for room in ("web", "casework"):
        for module in (SOURCE / room).rglob("*.py"):
            text = module.read_text("utf-8")
            messages |= {_unquoted(f'"{message}"') for message in _IN_CODE.findall(text)}
            messages |= set(_IN_SINGLE_QUOTES.findall(text))
            messages |= {f"{context}\4{message}" for context, message in _WITH_CONTEXT.findall(text)}
    return messages


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_string_of_templates_and_code_is_translated(language: str) -> None:
    messages = catalogue(language)
    assert len(used()) > 200
    assert sorted(used() - set(messages)) == []
    assert [message for message, text in messages.items() if not text] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_translation_is_left_over(language: str) -> None:
    assert sorted(set(catalogue(language)) - used()) == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_compiled_catalogues_are_those_of_the_sources(language: str) -> None:
    with (LOCALE / language / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    assert {key: text for key, text in translations._catalog.items() if key} == catalogue(language)  # type: ignore[attr-defined]


def test_translations_keep_every_placeholder() -> None:
    for message, text in catalogue("ar").items():
        assert sorted(_PLACEHOLDER.findall(message)) == sorted(_PLACEHOLDER.findall(text)), message


def test_arabic_translations_are_in_arabic() -> None:
    same = {message for message, text in catalogue("ar").items() if not re.search(r"[\u0600-\u06ff]", text)}
    bare = {
        "count: harm, number, group\4%(harm)s: %(number)s (%(group)s)",
        "%(slot)s: %(group)s",
        "%(day)s (%(hijri)s)",
    }
    assert same == bare | {"ACLED", "PLOVER", "UCDP"}


def test_no_words_stand_in_templates_outside_translation() -> None:
    for template in (SOURCE / "web" / "templates").rglob("*.html"):
        if template.name == "500.html":  # holds both languages, so that it needs nothing that may have failed
            continue
        text = _NO_WORDS.sub("", template.read_text("utf-8"))
        text = re.sub(r"{% block width %}.*?{% endblock %}", "", _BLOCKS.sub("", text))
        text = re.sub(r"{%.*?%}|{{.*?}}|<[^>]*>", "\n", text, flags=re.DOTALL)
        words = {line.strip() for line in text.splitlines() if re.search(r"[^\W\d_]", line)}
        left = words - {"SHA-256", "English", "العربية", "UTC", "Tawthiq"}
        assert not left, f"{template.name}: {left}"


def test_the_switch_of_language_is_remembered_and_stays_on_the_page(desk: Desk) -> None:
    client = desk.client("ar")
    answer = client.post("/language/", {"language": "en", "next": "/reports/2/"})
    assert answer["Location"] == "/reports/2/"
    assert 'lang="en"' in client.get("/reports/2/").content.decode()
    away = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert away["Location"] == "/"


def test_arabic_is_the_language_of_whoever_asks_for_none(desk: Desk) -> None:
    client = desk.stranger("")
    assert '<html lang="ar" dir="rtl">' in client.get("/sign-in/").content.decode()
