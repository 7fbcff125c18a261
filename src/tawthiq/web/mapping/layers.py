"""The outlines that maps show now: the bundled ones, a team's own layer, or that over the bundled ones."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from tawthiq.casework.domain.map_layers import layer_file, layer_in_force
from tawthiq.casework.models import MapLayerDecision
from tawthiq.records.errors import TawthiqError, UnreadableInput
from tawthiq.web.mapping.layer_file import read_layer
from tawthiq.web.mapping.outlines import Outline, bundled


@dataclass(frozen=True, slots=True)
class LayerShown:
    """Outlines to draw. `row` is the decision for a team's own layer; `lost` says that its file cannot be read any more."""

    outlines: tuple[Outline, ...]
    row: MapLayerDecision | None = None
    countries: bool = True
    lost: bool = False


def layer_shown() -> LayerShown:
    """What maps show; the bundled outlines stand in for a layer whose file is lost."""
    row, folder = layer_in_force(), settings.ARCHIVE_FOLDER
    if row is None or folder is None:
        return LayerShown(bundled())
    try:
        file = layer_file(folder, row.sha256)
        own = _outlines(file, file.stat().st_mtime_ns)
    except (OSError, TawthiqError):
        return LayerShown(bundled(), row, lost=True)
    return LayerShown(own if row.alone else _over(own), row, countries=not row.alone)


@lru_cache(maxsize=4)
def _outlines(file: Path, _changed: int) -> tuple[Outline, ...]:
    """The areas in a layer's file; looked at anew when the file changed, which it never should."""
    return read_layer(layer_bytes(file)).outlines()


def layer_bytes(file: Path) -> bytes:
    """What a layer's file holds. Raises OSError, and UnreadableInput where it is not what its name, its digest, says."""
    data = file.read_bytes()
    if sha256(data).hexdigest() != file.stem:
        raise UnreadableInput(
            item=file.name, happened="it is not what was brought along", advice="bring it along again"
        )
    return data


@lru_cache(maxsize=4)
def _over(own: tuple[Outline, ...]) -> tuple[Outline, ...]:
    return (*bundled(), *own)
