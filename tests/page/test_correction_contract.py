"""A decision as JSON: there and back, and its digest."""

import json
from typing import Any

import pytest

from page.corrections import METADATA, decided
from tawthiq.custody.entry import digest_of
from tawthiq.page.correction_contract import correction_from_json, correction_to_json
from tawthiq.records.errors import EvidenceDiffers


@pytest.mark.parametrize(
    "facts", [{}, {"published": None, "published_span": None}, {"published": METADATA, "published_span": None}]
)
def test_a_decision_survives_the_way_through_json(facts: dict[str, Any]) -> None:
    decision = decided(**facts)
    value = json.loads(json.dumps(correction_to_json(decision), ensure_ascii=False))
    assert correction_from_json(value, decision.text) == decision
    assert digest_of(value) == digest_of(correction_to_json(decision))


def test_every_field_moves_the_digest() -> None:
    digests = {
        digest_of(correction_to_json(decided(**facts)))
        for facts in ({}, {"title": "آخر"}, {"note": "n"}, {"by": "crane"}, {"comments": ()}, {"byline": "x"})
    }
    assert len(digests) == 6


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "tawthiq/page-correction/0"}, {"zones": [["body", 0, 3]]}, {"zones": [["nonsense", 0, 3]]},
        {"text_sha256": "0" * 64}, {"comments": [{}]}, {"published": {"date": "yesterday"}}, {"at": "now"}, {"baseline": {}},
    ],
)  # fmt: skip
def test_what_is_not_in_its_own_form_is_refused(change: dict[str, Any]) -> None:
    value = {**correction_to_json(decided()), **change}
    with pytest.raises(EvidenceDiffers):
        correction_from_json(value, decided().text)
