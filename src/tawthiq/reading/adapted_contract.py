"""Readings made with an adapter as JSON: an object of reading/1 with one further key, `adapter`.

It holds the adapter's name and model, every offer that held with what became of it, and every refusal with its reason.
"""

from typing import Any

from tawthiq.reading.contract import reading_to_json
from tawthiq.records.proposal import AdaptedReading


def adapted_to_json(adapted: AdaptedReading) -> dict[str, Any]:
    """The reading as an object of reading/1 that says who helped to make it."""
    return {
        **reading_to_json(adapted.reading),
        "adapter": {
            "name": adapted.adapter.name,
            "model": adapted.adapter.model,
            "accepted": [
                {"kind": one.kind, "start": one.span.start, "end": one.span.end, "text": one.text, "used": one.used}
                for one in adapted.accepted
            ],
            "refused": [{"kind": one.kind, "text": one.text, "reason": one.reason} for one in adapted.refused],
        },
    }
