"""Pictures: size, orientation and EXIF (CIPA DC-008), by Pillow, which reads heads only here.

Dates are told as the camera wrote them, with the offset beside them where it wrote one; nothing is shifted.
"""

import warnings
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from PIL import ExifTags, Image

from tawthiq.capture.media.telling import facts_in, line
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.media import MediaFact, MediaFacts, MediaKind

FORMATS = ("JPEG", "PNG", "GIF", "TIFF", "WEBP", "BMP")
_BASE = {
    "Orientation": ("orientation", False), "DateTime": ("changed", False), "Make": ("device_make", True),
    "Model": ("device_model", True), "Software": ("software", True), "Artist": ("author", True),
    "Copyright": ("rights", True), "ImageDescription": ("description", True), "HostComputer": ("computer", True),
}  # fmt: skip
_EXIF = {
    "DateTimeOriginal": ("taken", False), "OffsetTimeOriginal": ("taken_offset", False),
    "SubsecTimeOriginal": ("taken_fraction", False), "DateTimeDigitized": ("digitized", False),
    "LensModel": ("lens", True), "BodySerialNumber": ("device_serial", True), "CameraOwnerName": ("owner", True),
    "ImageUniqueID": ("picture_id", True), "UserComment": ("comment", True),
}  # fmt: skip


def picture_facts(stream: BinaryIO, item: str) -> MediaFacts:
    """The facts of a picture. Raises UnreadableCapture, naming `item`, when it cannot be opened as one."""
    notes: list[str] = []
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None  # only heads are read: a picture of any size costs nothing
    try:
        with Image.open(stream, formats=FORMATS) as picture:
            facts = [
                MediaFact("format", line(picture.format)),
                MediaFact("width", str(picture.width)),
                MediaFact("height", str(picture.height)),
                *_exif(picture, notes),
            ]
    except Exception as error:
        raise UnreadableCapture(
            item=item,
            happened=f"it cannot be read as a picture ({line(error)[:120]})",
            advice="look at it with other tools, with care; it stays in evidence",
        ) from error
    return MediaFacts(MediaKind.PICTURE, tuple(facts), tuple(notes))


def _exif(picture: Image.Image, notes: list[str]) -> Iterator[MediaFact]:
    """The facts of the EXIF part, as far as it can be read."""
    try:
        exif = picture.getexif()
        yield from facts_in(_named(exif, ExifTags.TAGS), _BASE)
        yield from facts_in(_named(exif.get_ifd(ExifTags.IFD.Exif), ExifTags.TAGS), _EXIF)
        yield from _place(_named(exif.get_ifd(ExifTags.IFD.GPSInfo), ExifTags.GPSTAGS))
    except Exception as error:
        notes.append(f"its EXIF part could be read only so far ({type(error).__name__})")


def _named(values: Mapping[int, Any], tags: Mapping[int, str]) -> dict[str, object]:
    return {tags[number]: value for number, value in values.items() if number in tags}


def _place(gps: Mapping[str, object]) -> Iterator[MediaFact]:
    """Where the picture says that it was taken."""
    for name, axis, negative, most in (("GPSLatitude", "latitude", "S", 90), ("GPSLongitude", "longitude", "W", 180)):
        degrees = _degrees(gps.get(name))
        if degrees is not None and degrees <= most:
            sign = -1 if line(gps.get(f"{name}Ref")).upper().startswith(negative) else 1
            yield MediaFact(axis, f"{sign * degrees:.6f}", protected=True)
    altitude = gps.get("GPSAltitude")
    if isinstance(altitude, int | float) or hasattr(altitude, "numerator"):
        below = gps.get("GPSAltitudeRef") in (1, b"\x01")
        yield MediaFact("altitude", f"{'-' if below else ''}{float(altitude):.1f} m", protected=True)  # type: ignore[arg-type]
    day, clock = line(gps.get("GPSDateStamp")), gps.get("GPSTimeStamp")
    if day and isinstance(clock, tuple) and len(clock) == 3:
        yield MediaFact(
            "gps_time", f"{day} {int(clock[0]):02d}:{int(clock[1]):02d}:{int(clock[2]):02d} UTC", protected=True
        )


def _degrees(value: object) -> float | None:
    """Degrees of a position given in degrees, minutes and seconds."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    degrees, minutes, seconds = (float(part) for part in value)
    found = degrees + minutes / 60 + seconds / 3600
    return found if found == found and found >= 0 else None  # noqa: PLR0124  not a number is unlike itself
