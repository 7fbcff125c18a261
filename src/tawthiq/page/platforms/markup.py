"""Which elements of a page belong to a platform's markup, and which part of it each is.

Vocabulary: lexicon/data/en/page_platforms.tsv, whose selectors are a small part of CSS (Selectors Level 4): compounds of
tag, classes, id and attributes, with at most one descendant combinator. A page is looked at for signs first; the other
rows are matched only on pages that have one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.page.tree import Element, Tree
from tawthiq.records.errors import BadLexicon


class Part(StrEnum):
    """What an element of a platform's page is; the table's first lines say what each means. Earlier ones win."""

    HOST = "host"
    SIGN = "sign"
    FRAME = "frame"
    MESSAGE = "message"
    REPLY = "reply"
    QUOTE = "quote"
    FOCUS = "focus"
    FOCUS_AREA = "focusarea"
    COMMENTS = "comments"
    SUGGESTED = "suggested"
    HEADING = "heading"
    SHOWN = "shown"
    ABOUT = "about"
    SERVICE = "service"
    CHROME = "chrome"
    NOTE = "note"
    ORIGIN = "origin"
    ANSWERED = "answered"
    PREVIEW = "preview"
    WORDS = "words"
    ATTACHMENT = "attachment"
    MOMENT = "moment"
    HANDLE = "handle"
    ACCOUNT = "account"
    SIGNATURE = "signature"
    HEAD = "head"


_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9-]*)?(?P<rest>(?:[.#][\w-]+|\[[\w-]+(?:\^?=[^\]]+)?\])*)", re.IGNORECASE)
_PIECE = re.compile(r"([.#])([\w-]+)|\[([\w-]+)(?:(\^?=)([^\]]+))?\]")
_LEVELS = 80  # levels between a message and what is in it; deeper markup than any platform's costs no time
EMBED = "embed"  # the platform under which the table lists posts quoted in articles


@dataclass(frozen=True, slots=True)
class _Compound:
    """One compound selector. `key` is what an element must have to be compared at all: ".class", "#id", "[name" or a tag."""

    tag: str | None
    classes: frozenset[str]
    identifier: str | None
    attributes: tuple[tuple[str, str | None, bool], ...]
    key: str

    def fits(self, element: Element) -> bool:
        """Whether the element is what the selector describes."""
        found = element.attributes
        if self.tag and element.tag != self.tag:
            return False
        if self.identifier and found.get("id") != self.identifier:
            return False
        if self.classes and not self.classes <= set(found.get("class", "").split()):
            return False
        return all(_has(found, *wanted) for wanted in self.attributes)


@dataclass(frozen=True, slots=True)
class _Rule:
    """A row's selector: `within` must hold of an element around, where it is given."""

    part: Part
    compound: _Compound
    within: _Compound | None

    def fits(self, tree: Tree, element: Element) -> bool:
        """Whether the element is this part."""
        if not self.compound.fits(element):
            return False
        return self.within is None or any(
            self.within.fits(tree.elements[index]) for index in climb(tree, element.parent)
        )


def climb(tree: Tree, index: int) -> Iterator[int]:
    """`index` and the elements around it, innermost first, as far up as a platform's messages reach."""
    for _ in range(_LEVELS):
        if index < 0:
            return
        yield index
        index = tree.elements[index].parent


def _has(found: dict[str, str], name: str, value: str | None, beginning: bool) -> bool:
    if name not in found:
        return False
    return value is None or (found[name].startswith(value) if beginning else found[name] == value)


def _compound(words: str, at: str) -> _Compound:
    match = _COMPOUND.fullmatch(words)
    if not words or match is None:
        raise BadLexicon(item=at, happened=f"{words!r} is no selector", advice="write tag.class, #id or [name=value]")
    classes: list[str] = []
    identifier = None
    attributes: list[tuple[str, str | None, bool]] = []
    for mark, name, attribute, operator, value in _PIECE.findall(match.group("rest")):
        if mark == ".":
            classes.append(name)
        elif mark == "#":
            identifier = name
        else:
            attributes.append((attribute, value or None, operator == "^="))
    tag = match.group("tag")
    keys = [f".{name}" for name in classes[:1]] + [f"#{identifier}"] * bool(identifier)
    keys += [f"[{name}" for name, _, _ in attributes[:1]]
    return _Compound(tag, frozenset(classes), identifier, tuple(attributes), (keys or [tag or ""])[0])


@cache
def _tables() -> tuple[dict[str, dict[str, tuple[_Rule, ...]]], dict[str, tuple[str, ...]]]:
    """The rules of each platform by the key of their selector, and the hosts of each platform."""
    rules: dict[str, dict[str, list[_Rule]]] = {}
    hosts: dict[str, tuple[str, ...]] = {}
    for row in load("en/page_platforms", ("platform", "part", "elements")):
        if row["part"] == Part.HOST:
            hosts[row["platform"]] = row.alternatives("elements")
            continue
        for selector in row.alternatives("elements"):
            *outer, inner = selector.split()
            compound = _compound(inner, row.at)
            rule = _Rule(Part(row["part"]), compound, _compound(outer[0], row.at) if outer else None)
            rules.setdefault(row["platform"], {}).setdefault(compound.key, []).append(rule)
    return {name: {key: tuple(found) for key, found in keyed.items()} for name, keyed in rules.items()}, hosts


@cache
def _signs() -> dict[str, tuple[tuple[str, _Rule], ...]]:
    """All signs by key, each with its platform."""
    signs: dict[str, list[tuple[str, _Rule]]] = {}
    for platform, keyed in _tables()[0].items():
        for key, rules in keyed.items():
            for rule in rules:
                if rule.part is Part.SIGN or (platform == EMBED and rule.part is Part.MESSAGE):
                    signs.setdefault(key, []).append((platform, rule))
    return {key: tuple(found) for key, found in signs.items()}


@cache
def _sign_names() -> frozenset[str]:
    """The attributes that a sign may be known by."""
    return frozenset(key[1:] for key in _signs() if key.startswith("["))


@lru_cache(maxsize=16384)
def _by_name(tag: str, class_names: str) -> tuple[tuple[str, _Rule], ...]:
    """The signs that an element of this tag and these classes may be."""
    signs = _signs()
    found = [sign for name in class_names.split() for sign in signs.get(f".{name}", ())]
    return (*found, *signs.get(tag, ()))


def signs_of(tree: Tree) -> list[str]:
    """The platforms whose signs a page bears, the one with the most first."""
    counts: dict[str, int] = {}
    signs, names = _signs(), _sign_names()
    for element in tree.elements:
        attributes = element.attributes
        if not attributes and "-" not in element.tag:
            continue
        found = _by_name(element.tag, attributes.get("class", ""))
        if not names.isdisjoint(attributes):
            found += tuple(sign for name in names & attributes.keys() for sign in signs[f"[{name}"])
        if "id" in attributes:
            found += signs.get(f"#{attributes['id']}", ())
        for platform, rule in found:
            if rule.fits(tree, element):
                counts[platform] = counts.get(platform, 0) + 1
    return sorted(counts, key=lambda platform: -counts[platform])


def is_host_of(platform: str, host: str) -> bool:
    """Whether a platform serves its pages under `host`."""
    return any(host == known or host.endswith(f".{known}") for known in _tables()[1].get(platform, ()))


@lru_cache(maxsize=1024)
def hosts_pages(host: str) -> tuple[str, ...]:
    """The platforms that serve their pages under `host`."""
    return tuple(platform for platform in _tables()[1] if is_host_of(platform, host))


class Markup:
    """The rules of one platform, ready to be asked for the part that an element is."""

    def __init__(self, platform: str) -> None:
        self.platform = platform
        self._rules = _tables()[0][platform]

    def parts(self, tree: Tree, element: Element) -> frozenset[Part]:
        """The parts that `element` itself is by the table, whatever stands around it."""
        attributes = element.attributes
        keys = [element.tag]
        if attributes:
            keys += [f".{name}" for name in attributes.get("class", "").split()]
            keys += [f"[{name}" for name in attributes]
            keys += [f"#{attributes['id']}"] if "id" in attributes else []
        found = [rule for key in keys if key in self._rules for rule in self._rules[key]]
        return frozenset(rule.part for rule in found if rule.fits(tree, element))
