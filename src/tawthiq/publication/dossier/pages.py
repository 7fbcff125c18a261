"""The HTML version: one file that holds everything, runs nothing and asks nobody.

Its policy (Content Security Policy 3, section 3.3: in a meta element) allows the style sheet by its digest, pictures and fonts
in the file itself, and nothing else.
"""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

from tawthiq.publication.dossier.document import document
from tawthiq.publication.dossier.markup import Html, element, joined
from tawthiq.publication.dossier.part import Dossier
from tawthiq.publication.dossier.pictures import Picture
from tawthiq.publication.dossier.style import MEDIA_TYPE, font, in_place, style

_NOTHING_ELSE = "base-uri 'none'; form-action 'none'"


def html_page(dossier: Dossier) -> bytes:
    """The file, UTF-8."""
    sheet = style(lambda name: in_place(font(name), MEDIA_TYPE))
    digest = b64encode(sha256(sheet.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; font-src data:; {_NOTHING_ELSE}"
    head = joined(
        [
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
            element("style", Html(sheet)),
        ]
    )
    page = document(replace(dossier, address=_address, drawing=_as_drawn), head)
    return page.encode()


def _address(picture: Picture) -> str:
    return in_place(picture.data, "image/jpeg")


def _as_drawn(svg: str) -> str:
    return svg
