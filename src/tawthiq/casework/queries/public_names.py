"""The names in a published case as everybody may see them now: whoever was sealed since it was published is taken out of them.

What a publication kept names outlets, parties, and places that no gazetteer has; any of them may be called after a person. The
same rule as `public_disclosing`, for the pages, which show what was kept itself. Claims keep no words.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKeyLost
from tawthiq.casework.queries.protected_known import protected_now
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.linking.people.sounds import is_arabic
from tawthiq.publication.redaction import without_names
from tawthiq.publication.redaction_matcher import WITHHELD_AR, WITHHELD_EN
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.errors import ArchiveMissing, KeyLocked

Named = Callable[[str], str]


def naming_for_everybody(folder: Path | None) -> Named:
    """How a name is written for everybody at this moment. While sealed names cannot be opened, every name is withheld, since
    nobody could tell which of them is one.
    """
    try:
        protected = protected_now(folder)
    except (FieldKeyLost, FieldDiffers, KeyLocked, ArchiveMissing):
        return _withheld
    return partial(_replaced, protected)


def content_for_everybody(content: dict[str, Any], named: Named) -> dict[str, Any]:
    """The content of a publication (`casework.public_content`) with its names as `named` writes them; a copy."""
    slots = [
        {**slot, "claims": [{**claim, "sources": _outlets(claim["sources"], named)} for claim in slot["claims"]]}
        for slot in content["slots"]
    ]
    parties = [
        {**each, "sources": _outlets(each["sources"], named), "denials": _outlets(each["denials"], named)}
        for each in content["attributions"]
    ]
    names = {"reports": _outlets(content["reports"], named), "place": _place(content["place"], named)}
    return {**content, **names, "slots": slots, "attributions": parties}


def _outlets(kept: list[list[str]], named: Named) -> list[list[str]]:
    return [[named(name), day] for name, day in kept]


def _place(place: dict[str, Any] | None, named: Named) -> dict[str, Any] | None:
    """A place of the gazetteer as it is; one that only a report names may be called after somebody."""
    if not place or (place.get("code") and gazetteer().of_code(place["code"])):
        return place
    return {**place, "name": named(place["name"]), "name_en": named(place["name_en"])}


def _replaced(protected: Protected, name: str) -> str:
    return without_names(name, Profile.PUBLIC, protected)[0]


def _withheld(name: str) -> str:
    return name and f"[{WITHHELD_AR if is_arabic(name) else WITHHELD_EN}]"
