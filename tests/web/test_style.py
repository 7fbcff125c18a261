"""The style sheet: both directions from one source, no colour alone, contrast that can be read."""

import re
from itertools import product
from pathlib import Path

import pytest

import tawthiq
from tawthiq.records.page import ZoneKind

FOLDER = Path(tawthiq.__file__).parent / "web" / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))
CSS = (FOLDER / "tawthiq.css").read_text("utf-8")
KINDS = ("act", "when", "place", "actor", "victim", "count", "speaker")
_ONE_SIDED = re.compile(
    r"\b(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|(?<![-\w])(?:left|right)\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_rule_knows_left_from_right(sheet: Path) -> None:
    assert _ONE_SIDED.findall(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_fetched_from_elsewhere(sheet: Path) -> None:
    assert re.findall(r"https?:|@import|url\(\"//", sheet.read_text("utf-8")) == []


def test_every_kind_of_zone_has_a_colour_and_a_line_of_its_own() -> None:
    text = (FOLDER / "pages.css").read_text("utf-8")
    for kind in ZoneKind:
        rule = re.search(rf"^\.is-{kind.value} {{([^}}]*)}}", text, re.MULTILINE)
        assert rule, kind
        assert "--kind:" in rule[1]
        assert "--kind-line:" in rule[1]


def palette(scheme: str) -> dict[str, str]:
    light, dark = CSS.split("@media (prefers-color-scheme: dark)")[:2]
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *product(("ink", "ink-soft", "link"), ("paper", "surface", "sunken")),
    *product(("ink",), (*(f"{kind}-ground" for kind in KINDS), "statement-ground", "warn-ground")),
    *((kind, "surface") for kind in KINDS),
    *((kind, f"{kind}-ground") for kind in KINDS),
    ("warn", "warn-ground"), ("warn", "surface"), ("brand-ink", "brand"), ("brand-ink", "action"), ("lit-ink", "lit"),
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(scheme: str, text: str, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_the_focus_ring_and_borders_of_controls_can_be_seen(scheme: str, ground: str) -> None:
    colours = palette(scheme)
    assert contrast(colours["focus"], colours[ground]) >= 3
    assert contrast(colours["line-strong"], colours[ground]) >= 3


def test_every_kind_of_mark_has_a_line_of_its_own_and_not_only_a_colour() -> None:
    lines = {kind: re.search(rf"mark\.is-{kind} {{([^}}]*)}}", CSS) for kind in KINDS}
    styles = {
        kind: re.findall(r"text-decoration-(?:style|thickness): ([^;]+);", line[1])
        for kind, line in lines.items()
        if line
    }
    assert set(styles) == set(KINDS)
    assert all(styles.values())
