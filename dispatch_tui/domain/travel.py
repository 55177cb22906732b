"""How long one is under way, and the latest departure that still keeps a limit."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import asin, cos, radians, sin, sqrt

import msgspec

from dispatch_tui.domain.files import Station

SPEED_KMH = 60.0
"""At which a distance is travelled for which no time is on file."""

WITHIN_CITY = timedelta(minutes=40)
"""How long one is under way within a city."""

EARTH_KM = 6371.0

Times = Mapping[tuple[str, str], int]
"""Minutes between two cities, on file in one direction or the other."""


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody is or has to go: a city, coordinates in degrees where they are known."""

    city: str = ""
    latitude: float | None = None
    longitude: float | None = None


def spot_of(place: Station | None) -> Spot:
    """Return where a station is; nowhere for None."""
    if place is None:
        return Spot()
    return Spot(city=place.city, latitude=place.latitude, longitude=place.longitude)


def travel_time(origin: Spot, destination: Spot, times: Times) -> timedelta | None:
    """Return how long it takes by the table, else by the great circle; None where nothing is known.

    Within a city it takes 40 minutes.
    """
    if origin.city and origin.city == destination.city:
        return WITHIN_CITY
    for pair in ((origin.city, destination.city), (destination.city, origin.city)):
        if pair in times:
            return timedelta(minutes=times[pair])
    km = distance(origin, destination)
    return None if km is None else max(WITHIN_CITY, timedelta(hours=km / SPEED_KMH))


def distance(origin: Spot, destination: Spot) -> float | None:
    """Return the great-circle distance in km, None without the coordinates of both."""
    ends = (origin.latitude, origin.longitude, destination.latitude, destination.longitude)
    if None in ends:
        return None
    north, west, south, east = (radians(one) for one in ends if one is not None)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((east - west) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, half)))


def leave_by(due_at: datetime, travel: timedelta | None) -> datetime | None:
    """Return the latest departure that keeps a limit on site, None where the way is not known."""
    return None if travel is None else due_at - travel
