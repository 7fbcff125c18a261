"""SVG as text: every value and every word of a source is escaped here, and nowhere else is markup put together.

Elements carry presentation attributes and classes, never `style`, which the pages' content security policy refuses.
"""

from collections.abc import Iterable

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from tawthiq.web.charts.legible import legible

Value = str | int | float | None


def element(name: str, *content: str, **attributes: Value) -> SafeString:
    """One element; `content` is escaped where it is no markup of ours.

    Underscores in attributes stand for hyphens, a last one is dropped (`class_`), what is None is left out. Numbers are
    written with at most two decimals.
    """
    written = "".join(f' {_name(key)}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    inside = "".join(
        conditional_escape(part) if isinstance(part, SafeString) else escape(legible(part)) for part in content
    )
    return mark_safe(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")  # noqa: S308  escaped


def joined(parts: Iterable[str]) -> SafeString:
    """Elements one after another; text that is no markup of ours is escaped."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308  escaped


def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key not in _MIXED else _MIXED[key]


def _value(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".") or "0"
    return str(escape(legible(str(value))))


_MIXED = {
    "viewBox": "viewBox", "preserveAspectRatio": "preserveAspectRatio", "patternUnits": "patternUnits",
    "patternTransform": "patternTransform", "clipPath": "clipPath", "tabindex": "tabindex",
}  # fmt: skip
