"""How far apart two places lie on the globe."""

from math import asin, cos, radians, sin, sqrt

from tawthiq.records.place import Place

EARTH = 6371.0  # kilometres, the mean radius


def kilometres(one: Place, other: Place) -> float | None:
    """Great-circle kilometres (haversine) between two places, or None where one has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    south, north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))
