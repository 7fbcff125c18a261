"""Patterns that tell kinds apart where colours cannot be told apart, and what is certain from what is open."""

from django.utils.safestring import SafeString

from tawthiq.web.charts.markup import element


def hatched(name: str, colour: str = "#7a4b00") -> SafeString:
    """A definition by which `fill="url(#NAME)"` hatches: for what is open, or for the reach from the lowest to the highest."""
    line = element("path", d="M0 0V6", stroke=colour, stroke_width=2, class_="hatch-stroke")
    return element(
        "defs",
        element(
            "pattern", line, id=name, width=6, height=6, patternUnits="userSpaceOnUse", patternTransform="rotate(45)"
        ),
    )
