"""Bringing along a layer of outlines for maps, choosing it, and going back to the bundled one. Each act enters the log.

The file is named by its own digest and holds what `web.mapping.layer_file` left of what was sent: geometries and names.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from tawthiq.casework.domain import custody
from tawthiq.casework.models import MapLayerDecision
from tawthiq.records.errors import UnreadableInput
from tawthiq.store.files import write_new

LAYERS = "layers"
_DIGEST = re.compile(r"[0-9a-f]{64}")
Step = MapLayerDecision.Step


@dataclass(frozen=True, slots=True)
class NewLayer:
    """A layer to be kept: its file, what people call it, where it comes from, and how many areas it holds."""

    data: bytes
    title: str
    source: str
    areas: int


def layer_file(folder: Path, digest: str) -> Path:
    """Where the layer with this digest lies. Raises UnreadableInput for what is no digest, so that no name is ever a path."""
    if not _DIGEST.fullmatch(digest):
        raise UnreadableInput(item="a layer", happened="this is no digest", advice="choose a layer from the list")
    return folder / LAYERS / f"{digest}.geojson"


def add_layer(folder: Path, layer: NewLayer, by: str) -> MapLayerDecision:
    """Keep a layer; one that is there already is kept once. Raises StorageFailed when the disk refuses."""
    digest = sha256(layer.data).hexdigest()
    file = layer_file(folder, digest)
    if not file.is_file():
        write_new(file, layer.data)
    row = MapLayerDecision(
        step=Step.ADDED, sha256=digest, title=layer.title, source=layer.source, areas=layer.areas, by=by, at=_now()
    )
    return _decided(folder, row, custody.LAYER_ADDED)


def choose_layer(folder: Path, digest: str, by: str, *, alone: bool) -> MapLayerDecision:
    """Show a layer on maps from now on, alone or over the bundled outlines. Raises UnreadableInput where there is none."""
    known = MapLayerDecision.objects.filter(step=Step.ADDED, sha256=digest).last()
    if known is None or not layer_file(folder, digest).is_file():
        raise UnreadableInput(
            item="a layer", happened="it is not in this archive", advice="bring the file along again, then choose it"
        )
    row = MapLayerDecision(step=Step.CHOSEN, sha256=digest, title=known.title, alone=alone, by=by, at=_now())
    return _decided(folder, row, custody.LAYER_CHOSEN)


def back_to_bundled(folder: Path, by: str) -> MapLayerDecision:
    """Show the bundled outlines on maps from now on."""
    return _decided(folder, MapLayerDecision(step=Step.BUNDLED, by=by, at=_now()), custody.LAYER_CHOSEN)


def layer_in_force() -> MapLayerDecision | None:
    """The layer that maps show; None for the bundled outlines."""
    last = MapLayerDecision.objects.exclude(step=Step.ADDED).last()
    return last if last and last.step == Step.CHOSEN else None


def _decided(folder: Path, row: MapLayerDecision, kind: str) -> MapLayerDecision:
    with transaction.atomic():
        row.save()
    custody.record(folder, kind, row.by, facts={"layer": row.sha256 or "bundled"}, at=row.at)
    return row


def _now() -> datetime:
    return datetime.now(UTC)
