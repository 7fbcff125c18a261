"""Ad shortcodes that a publishing system left in the text: "[ads3]", "[sociallocker id=1]", "[/sociallocker]".

A shortcode is Latin in square brackets and is no reader's word: it becomes a zone of its own, its characters kept.
Bracketed editorial words ("[sic]", "[he said]") and footnote marks are not shortcodes.
"""

import re

_SHORTCODE = re.compile(r"\[/?[a-z]+[a-z0-9_-]*(?:\s+[a-z_-]+=[^\[\]]{0,80}|\s*\d{1,6})*\s*/?\]", re.IGNORECASE)
_KNOWN = re.compile(
    r"\[/?(?:ads?|adsense|advert|banner|social|locker|caption|gallery|embed|video|audio|playlist|vc_|et_pb|su_|contact-form|mailpoet|"
    r"newsletter|quote|button|row|column|col|tabs?|accordion|toggle|youtube|tweet|shortcode|wp|yt|iframe|post|related|mc4wp|divider)",
    re.IGNORECASE,
)


def shortcodes(text: str) -> list[tuple[int, int]]:
    """The ranges of shortcodes in `text`."""
    return [match.span() for match in _SHORTCODE.finditer(text) if _is_code(match.group())]


def _is_code(code: str) -> bool:
    return bool(_KNOWN.match(code) or "=" in code or code.startswith("[/") or re.search(r"[a-z_-]\d+\]$|_", code))
