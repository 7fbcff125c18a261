"""What the names of an element say it is: cues from its tag, class, id, role and microdata.

Vocabulary: lexicon/data/en/page_classes.tsv. Names are split at marks, digits and capitals, so that a cue is found
anywhere in a name ("article__comment-list", "commentBox2"). Cues are proposals; `comments` and `body` decide.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.page.tree import Tree

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W\d_A-Za-z]+")
_BY_TAG = {
    "nav": "navigation", "footer": "footer", "figcaption": "caption", "aside": "sidebar", "h1": "h1", "menu": "navigation",
    "header": "header", "time": "time", "address": "address", "article": "article", "main": "main", "form": "form",
    "button": "control", "label": "control", "figure": "figure", "dialog": "control",
}  # fmt: skip
_ROLES = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "complementary": "sidebar",
    "search": "navigation",
    "main": "main",
    "button": "control",
    "dialog": "control",
    "alertdialog": "control",
    "tooltip": "control",
    "tab": "control",
    "form": "form",
}
_PROPERTIES = {
    "articlebody": "article_body", "author": "byline", "datepublished": "date", "headline": "title", "comment": "comment",
    "datemodified": "date", "commenttext": "comment_text", "publisher": "machine", "logo": "machine",
}  # fmt: skip
_LONGEST = 400


@cache
def _table() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]], tuple[tuple[str, str], ...]]:
    tokens: dict[str, set[str]] = {}
    exact: dict[str, set[str]] = {}
    parts: list[tuple[str, str]] = []
    for row in load("en/page_classes", ("cue", "match", "words")):
        for word in row.alternatives("words"):
            if row["match"] == "token":
                tokens.setdefault(word.lower(), set()).add(row["cue"])
            elif row["match"] == "exact":
                exact.setdefault(word.lower(), set()).add(row["cue"])
            else:
                parts.append((word.lower(), row["cue"]))
    return (
        {word: frozenset(cues) for word, cues in tokens.items()},
        {word: frozenset(cues) for word, cues in exact.items()},
        tuple(parts),
    )


@lru_cache(maxsize=16384)
def _name_cues(name: str) -> frozenset[str]:
    """The cues of one class or id."""
    tokens, exact, parts = _table()
    lower = name.lower()
    cues: set[str] = set(exact.get(lower, ()))
    words = [word.lower() for word in _WORDS.findall(name)]
    for word in (*words, "".join(words)):
        cues |= tokens.get(word, frozenset())
    letters = "".join(words)
    cues |= {cue for part, cue in parts if part in letters}
    return frozenset(cues)


@lru_cache(maxsize=16384)
def _attribute_cues(class_names: str, identifier: str) -> frozenset[str]:
    cues: set[str] = set()
    for name in (*class_names[:_LONGEST].split(), *identifier[:_LONGEST].split()):
        found = _name_cues(name)
        if "comment_off" in found and "comment" in found:
            found -= {"comment"}
        if "byline_off" in found:
            found -= {"byline"}
        if "body_off" in found:
            found -= {"body"}
        if "sidebar_off" in found:
            found -= {"sidebar"}
        cues |= found
    return frozenset(cues)


def label(tree: Tree) -> None:
    """Fill in the cues of every element of `tree`, and those around it."""
    elements = tree.elements
    for element in elements:
        attributes = element.attributes
        cues = _plain_cues(element.tag, attributes.get("class", ""), attributes.get("id", ""))
        if not _SPECIAL.isdisjoint(attributes):
            cues |= _special_cues(attributes)
        element.cues = cues
        outer = elements[element.parent].around if element.parent >= 0 else _NONE
        element.around = outer if cues <= outer else outer | cues


_NONE: frozenset[str] = frozenset()
_SPECIAL = frozenset(("role", "itemprop", "property", "itemtype", "rel"))


@lru_cache(maxsize=16384)
def _plain_cues(tag: str, class_names: str, identifier: str) -> frozenset[str]:
    """The cues of an element without microdata or roles; the name of an AMP component ("amp-social-share") is one too."""
    by_tag = _BY_TAG.get(tag)
    names = f"{class_names} {tag}" if tag.startswith("amp-") else class_names
    cues = _attribute_cues(names, identifier) if names or identifier else frozenset()
    return cues | {by_tag} if by_tag else cues


def _special_cues(attributes: Mapping[str, str]) -> set[str]:
    """The cues of roles, microdata and link types."""
    extra: set[str] = set()
    if "role" in attributes:
        extra.add(_ROLES.get(attributes["role"].lower(), "role"))
    for name in ("itemprop", "property"):
        for word in attributes.get(name, "").lower().replace("schema:", "").split():
            if word in _PROPERTIES:
                extra.add(_PROPERTIES[word])
    kind = attributes.get("itemtype", "").rsplit("/", 1)[-1].lower()
    if kind in ("comment", "usercomments"):
        extra |= {"comment", "comment_record"}
    if "author" in attributes.get("rel", "").split():
        extra.add("byline")
    return extra
