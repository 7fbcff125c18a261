"""The style sheet of dossiers (dossier.css) with its fonts: Amiri, in Arabic and Latin, regular and bold.

Amiri builds lam-alif of two glyphs, so that text taken out of a PDF keeps its letters in order; fonts with one glyph for both
give them back swapped, Noto Naskh Arabic sets dots apart from letters and gives back other letters. Latin comes first in the
list of families: the Arabic file has an opening parenthesis and no closing one. WOFF, not WOFF 2, whose outlines take
WeasyPrint a second to unfold.
"""

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from importlib.resources import files

_ROOM = "tawthiq.publication.dossier"
FAMILIES = ("latin", "latin-ext", "arabic")
WEIGHTS = (400, 700)
MEDIA_TYPE = "font/woff"


@cache
def font(name: str) -> bytes:
    """A font's file. Raises KeyError for a name that is none of `font_names`."""
    if name not in font_names():
        raise KeyError(name)
    return files(_ROOM).joinpath("fonts", name).read_bytes()


def font_names() -> tuple[str, ...]:
    """The names of the fonts' files."""
    return tuple(f"amiri-{family}-{weight}-normal.woff" for family in FAMILIES for weight in WEIGHTS)


def style(address: Callable[[str], str], margins: str = "") -> str:
    """The style sheet; `address` says where a font's file is found, `margins` are rules of pages that a document needs."""
    rules = files(_ROOM).joinpath("dossier.css").read_text(encoding="utf-8")
    return f"{_faces('Dossier', FAMILIES, address)}{rules}{margins}"


def apart_by_direction(address: Callable[[str], str]) -> str:
    """Latin once more, for what runs from left to right: only for PDF, where a glyph of a font stands for one character.

    The glyph of a closing parenthesis is that of an opening one in Arabic. With one font for both, commands and sentences of
    the other direction are copied out of a PDF with their parentheses turned round.
    """
    return _faces("Dossier ltr", ("latin", "latin-ext"), address)


def _faces(family: str, scripts: tuple[str, ...], address: Callable[[str], str]) -> str:
    return "".join(
        f'@font-face {{ font-family: "{family} {script}"; font-weight: {weight}; '
        f"src: url({address(f'amiri-{script}-{weight}-normal.woff')}) format('woff'); }}\n"
        for script in scripts
        for weight in WEIGHTS
    )


def in_place(data: bytes, media_type: str) -> str:
    """An address that holds the data itself (RFC 2397)."""
    return f"data:{media_type};base64,{b64encode(data).decode()}"
