"""Writing a browser's visit to a page as records of one WARC file (docs/custody-format.md, "Browser captures").

In order: `warcinfo`; for each exchange `request` and `response`; one `resource` for each part made of the page (rendered
DOM, pictures, PDF, downloads); one `metadata` record of the schema `tawthiq/visit/1` with everything else that is known.
Bodies are written one by one, so that no second copy of a visit is ever held.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from tawthiq.custody.entry import canonical_json
from tawthiq.records.errors import CaptureFailed
from tawthiq.records.visit import Loss, PageVisit, Part, PartKind
from tawthiq.store import events
from tawthiq.store.warc_writing import WarcFile, Written, exchange_facts, uri

SCHEMA = "tawthiq/visit/1"


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """The record that a visit's capture stands for, its media type, and what the log says of the visit."""

    written: Written
    content_type: str | None
    facts: dict[str, object]


def visit_size(visit: PageVisit) -> int:
    """The bytes of all bodies and parts of a visit."""
    received = sum(len(each.payload) + len(each.request_body) for each in visit.exchanges)
    return received + sum(len(part.data) for part in visit.parts)


def standing(visit: PageVisit) -> Part | None:
    """The part that stands for the page: the rendered DOM, else what was downloaded; None where the main answer does."""
    for kind in (PartKind.DOM, PartKind.DOWNLOAD):
        if found := next((part for part in visit.parts if part.kind is kind), None):
            return found
    return None


def write_visit(warc: WarcFile, visit: PageVisit, stated: Mapping[str, object], source: str) -> KeptVisit:
    """Write every record of a visit. `stated` is what each metadata record states; its schema is replaced by ours.

    Raises CaptureFailed when the visit holds neither a part that stands for the page nor a main answer.
    """
    stands = standing(visit)
    if stands is None and visit.main is None:
        raise CaptureFailed(item=source, happened="no answer came for the page", advice="collect it again")
    answers = [warc.write_exchange(exchange) for exchange in visit.exchanges]
    main = answers[visit.main] if visit.main is not None else None
    about = main.record_id if main else None
    parts = [
        warc.write_part(part.data, target=part.target, content_type=part.content_type, date=part.made, about=about)
        for part in visit.parts
    ]
    kept = parts[visit.parts.index(stands)] if stands else main
    assert kept is not None
    manifest = [asdict(each) for each in warc.manifest]
    digest = hashlib.sha256(canonical_json(manifest)).hexdigest()
    listed = [_part_facts(part, written) for part, written in zip(visit.parts, parts, strict=True)]
    metadata = {
        **stated,
        **_visit_facts(visit),
        "schema": SCHEMA,
        "parts": events.plain(listed),
        "stands_for": kept.record_id,
        "manifest": events.plain(manifest),
        "manifest_sha256": digest,
    }
    described = warc.write_metadata(kept, uri(visit.final), visit.started, metadata)
    logged: dict[str, object] = {
        "parts": [{name: each[name] for name in _LOGGED} for each in listed],
        "metadata": {"offset": described.offset, "length": described.length},
        "manifest_sha256": digest,
        "requests": visit.requests,
        "records": len(visit.exchanges),
        "stopped": visit.stopped,
        **{loss.value: sum(each.loss is loss for each in visit.unrecorded) for loss in Loss},
    }
    return KeptVisit(kept, stands.content_type if stands else _content_type(visit), logged)


_LOGGED = ("kind", "target", "content_type", "sha256", "offset", "length")


def _part_facts(part: Part, written: Written) -> dict[str, object]:
    """What is said of a part: what it is, how it came about, its place in the file and the digest of its bytes."""
    return {
        "kind": part.kind.value,
        "target": part.target,
        "content_type": part.content_type,
        "made": part.made,
        "converted": part.converted,
        "piece": asdict(part.piece) if part.piece else None,
        "size": len(part.data),
        "sha256": written.payload_sha256,
        "record_id": written.record_id,
        "offset": written.offset,
        "length": written.length,
    }


def _visit_facts(visit: PageVisit) -> dict[str, object]:
    """Everything that a visit knows beside bodies. We visit as nobody: without cookies of before, never logged in."""
    facts: dict[str, object] = {
        "asked": visit.asked,
        "final": visit.final,
        "title": visit.title,
        "started": visit.started,
        "ended": visit.ended,
        "browser": asdict(visit.browser),
        "exchanges": [exchange_facts(each) for each in visit.exchanges],
        "main": visit.main,
        "acts": [asdict(act) for act in visit.acts],
        "unrecorded": [asdict(each) for each in visit.unrecorded],
        "requests": visit.requests,
        "cookies_sent": visit.cookies_sent,
        "logged_in": False,
        "stopped": visit.stopped,
    }
    return {name: events.plain(value) for name, value in facts.items()}


def _content_type(visit: PageVisit) -> str | None:
    """The media type that the main answer states."""
    main = visit.exchanges[visit.main] if visit.main is not None else None
    headers = main.response_headers if main else ()
    return next((value for name, value in headers if name.lower() == "content-type"), None)
