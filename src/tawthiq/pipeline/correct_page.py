"""A person's decision applied to the page of an item, and the stamp by which its report says so.

The stamp begins with `CORRECTED` and the digest of the decision, so that a report that was read with it can be told from
one that was not; one that does not fit the page's text says so in the stamp (`UNFIT`), for a person to look at again.
"""

from dataclasses import replace

from tawthiq.custody.entry import digest_of
from tawthiq.page.correcting import Fit, apply
from tawthiq.page.correction_contract import correction_to_json
from tawthiq.records.capture import Capture
from tawthiq.records.correction import PageCorrection
from tawthiq.records.page import Page

CORRECTED = " + correction "
UNFIT = " (does not fit)"
_DIGITS = 16
_NAMED = {Fit.EXACT: "", Fit.CARRIED: " (carried over)", Fit.UNFIT: UNFIT}


def corrected(page: Page, capture: Capture, correction: PageCorrection | None) -> tuple[Page, str]:
    """The page as the person decided, with the stamp; the page as it is, with an empty stamp, without a decision."""
    if correction is None:
        return page, ""
    stamp = stamp_of(digest_of(correction_to_json(correction)))
    if correction.capture != capture.id or correction.payload_sha256 != capture.sha256:
        note = f"a correction by {correction.by} is of other preserved bytes and was not applied"
        return replace(page, notes=(*page.notes, note)), stamp + UNFIT
    applied = apply(page, correction)
    return applied.page, stamp + _NAMED[applied.fit]


def stamp_of(digest: str) -> str:
    """How the reader stamp of a report names the decision of this digest."""
    return f"{CORRECTED}{digest[:_DIGITS]}"
