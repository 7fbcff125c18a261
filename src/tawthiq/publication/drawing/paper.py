"""Drawings for documents that WeasyPrint makes: it draws the text of SVG letter by letter from the left, which breaks Arabic.

So the lines of a drawing are taken out of the SVG and laid over it as text of the page, which is shaped, can be selected and is
found by whoever searches the document. Only drawings of this room: their markup is known (`markup.text`).
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from tawthiq.publication.drawing.markup import FONTS

_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_SIZES = re.compile(r'<svg [^>]*?viewBox="0 0 (\d+) (\d+)"')
_LANGUAGE = re.compile(r'<svg [^>]*? lang="(\w+)"')
_NAMED = re.compile(r'([\w-]+)="([^"]*)"')
_LINE, _BASE = 1.6, 0.32  # of the size: a line's height; how far its baseline lies below its middle
_ASIDE = 300.0  # half of the room for a line that stands around its middle


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text of a drawing: its words as HTML, where it stands, and how."""

    words: str
    looks: dict[str, str]

    def laid_over(self, width: int) -> str:
        """The line as an element that lies over the drawing."""
        size = float(self.looks["font-size"])
        x, y = float(self.looks["x"]), float(self.looks["y"])
        rtl = self.looks.get("direction") == "rtl"
        top = y - size * (_LINE / 2 + _BASE)
        style = (
            f"position:absolute;white-space:nowrap;top:{top:.2f}px;{self._across(x, width, rtl=rtl)};"
            f"font-size:{size:g}px;line-height:{size * _LINE:.2f}px;font-family:{FONTS}"
        )
        if "font-weight" in self.looks:
            style += f";font-weight:{self.looks['font-weight']}"
        if "fill" in self.looks:
            style += f";color:{self.looks['fill']}"
        if "fill-opacity" in self.looks:
            style += f";opacity:{self.looks['fill-opacity']}"
        return f'<span dir="{"rtl" if rtl else "ltr"}" style="{escape(style)}">{self.words}</span>'

    def _across(self, x: float, width: int, *, rtl: bool) -> str:
        anchor = self.looks.get("text-anchor", "start")
        if anchor == "middle":
            return f"left:{x - _ASIDE:.2f}px;width:{2 * _ASIDE:g}px;text-align:center"
        if (anchor == "end") is rtl:
            return f"left:{x:.2f}px"
        return f"right:{width - x:.2f}px"


def on_paper(svg: str) -> str:
    """The drawing as HTML for WeasyPrint: the picture without its text, and the text laid over it, of the width drawn."""
    sizes, language = _SIZES.search(svg), _LANGUAGE.search(svg)
    if sizes is None or language is None:
        raise ValueError("this is no drawing of this room")
    width, height = int(sizes[1]), int(sizes[2])
    lines = [_Line(found[2], _looks(found[1])) for found in _TEXT.finditer(svg)]
    bare = _TEXT.sub("", svg)
    style = f"position:relative;direction:ltr;width:{width}px;height:{height}px;overflow:hidden;break-inside:avoid"
    over = "".join(line.laid_over(width) for line in lines)
    return f'<div class="drawing" lang="{language[1]}" style="{style}">{bare}{over}</div>'


def _looks(attributes: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _NAMED.findall(attributes)}
