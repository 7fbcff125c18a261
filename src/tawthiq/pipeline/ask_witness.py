"""Asking a witness over HTTP to cosign the present head, and keeping what it gives (C2SP tlog-witness).

The witness is asked from the size that it saw last as far as we know; where it saw another one (409), once more from that.
"""

from tawthiq.capture.witnesses import cosignatures_of
from tawthiq.pipeline.collect import fetch_settings
from tawthiq.records.errors import CaptureFailed, WrongUsage
from tawthiq.store import ArchiveFolder
from tawthiq.store.cosignatures import Cosignature, add, known_size, request, witness_named


def ask_witness(archive: ArchiveFolder, name: str) -> list[Cosignature]:
    """Have the witness `name` of the settings cosign; what was kept, nothing when its cosignature was there already.

    Raises WrongUsage for a witness without an address, and when it saw more entries than this log has; CaptureFailed when it
    cannot be reached or refuses; EvidenceDiffers for a wrong cosignature, and when it saw another history.
    """
    witness, key = witness_named(archive, name)
    if not witness.url:
        raise WrongUsage(
            item=name,
            happened="it has no address",
            advice=f"send that team a file instead: tawthiq witness request {name}",
        )
    settings = fetch_settings(archive)
    asked = request(archive, known_size(archive.entries(), key))
    answer = cosignatures_of(witness.url, bytes(asked), settings)
    if isinstance(answer, int):
        asked = request(archive, answer)
        answer = cosignatures_of(witness.url, bytes(asked), settings)
    if isinstance(answer, int):
        raise CaptureFailed(
            item=name, happened="it contradicts itself about what it saw last", advice="try again later"
        )
    return add(archive, asked.checkpoint + answer, name)
