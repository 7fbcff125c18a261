"""Films, sounds and HEIC pictures: container, length, codecs, dates, device, place, by MediaInfo, which is given bytes alone.

MediaInfo gives dates as the container holds them: those of MP4 are meant as UTC and often are not.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from pymediainfo import MediaInfo

from tawthiq.capture.media.telling import facts_in
from tawthiq.records.media import MediaFact, MediaFacts, MediaKind

_GENERAL = {
    "format": ("format", False), "duration": ("milliseconds", False), "encoded_date": ("made", False),
    "tagged_date": ("tagged", False), "recorded_date": ("taken", False), "comapplequicktimecreationdate": ("taken", False),
    "writing_application": ("software", True), "writing_library": ("library", True),
    "comapplequicktimemake": ("device_make", True), "comapplequicktimemodel": ("device_model", True),
    "comapplequicktimesoftware": ("device_software", True), "comandroidversion": ("device_software", True),
    "comandroidmanufacturer": ("device_make", True), "comandroidmodel": ("device_model", True),
    "comapplequicktimelocationiso6709": ("position", True), "xyz": ("position", True), "recorded_location": ("position", True),
    "performer": ("author", True), "title": ("title", True), "comment": ("comment", True), "description": ("description", True),
}  # fmt: skip
_TRACKS = {
    "Video": {
        "format": ("picture_codec", False), "width": ("width", False), "height": ("height", False),
        "frame_rate": ("frames_a_second", False), "rotation": ("rotation", False), "encoded_date": ("picture_made", False),
    },
    "Audio": {
        "format": ("sound_codec", False), "channel_s": ("channels", False), "sampling_rate": ("samples_a_second", False),
        "language": ("language", False),
    },
}  # fmt: skip
_TRACKS["Image"] = _TRACKS["Video"]
_MOST_TRACKS = 20


def film_facts(stream: BinaryIO) -> MediaFacts | None:
    """The facts of a film or sound; None where the bytes are neither."""
    found: Any = MediaInfo.parse(stream, parse_speed=0.25)
    tracks = [track.to_data() for track in found.tracks[:_MOST_TRACKS]]
    kinds = {track.get("track_type") for track in tracks}
    if not kinds & set(_TRACKS):
        return None
    kind = MediaKind.FILM if "Video" in kinds else MediaKind.PICTURE if "Image" in kinds else MediaKind.SOUND
    return MediaFacts(kind, tuple(dict.fromkeys(fact for track in tracks for fact in _facts(track))))


def _facts(track: dict[str, Any]) -> Iterator[MediaFact]:
    sort = track.get("track_type")
    yield from facts_in(track, _GENERAL if sort == "General" else _TRACKS.get(str(sort), {}))
