"""How long one is under way, and the latest departure that keeps a limit."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatch_tui.domain.files import Station
from dispatch_tui.domain.travel import (
    WITHIN_CITY,
    Spot,
    distance,
    leave_by,
    spot_of,
    travel_time,
)

CHENGDU = Spot(city="Chengdu", latitude=30.66, longitude=104.07)
WUHAN = Spot(city="Wuhan", latitude=30.59, longitude=114.31)
TIMES = {("Wuhan", "Chengdu"): 600}
DUE = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)


def test_the_table_counts_in_both_directions() -> None:
    assert travel_time(CHENGDU, WUHAN, TIMES) == timedelta(hours=10)
    assert travel_time(WUHAN, CHENGDU, TIMES) == timedelta(hours=10)


def test_without_a_row_the_great_circle_counts_at_60_km_an_hour() -> None:
    km = distance(CHENGDU, WUHAN)
    assert km == pytest.approx(980, abs=5)
    assert travel_time(CHENGDU, WUHAN, {}) == timedelta(hours=(km or 0) / 60)


def test_within_a_city_and_close_by_it_takes_forty_minutes() -> None:
    assert travel_time(CHENGDU, Spot(city="Chengdu"), {}) == WITHIN_CITY
    near = Spot(city="Shuangliu", latitude=30.6, longitude=104.0)
    assert travel_time(CHENGDU, near, {}) == WITHIN_CITY


def test_where_nothing_is_known_nothing_is_said() -> None:
    assert travel_time(CHENGDU, Spot(city="Nowhere"), TIMES) is None
    assert travel_time(Spot(), Spot(), TIMES) is None
    assert leave_by(DUE, None) is None


def test_the_latest_departure_still_arrives_at_the_limit() -> None:
    assert leave_by(DUE, timedelta(hours=10)) == DUE - timedelta(hours=10)


def test_the_way_round_the_world_is_not_longer_than_half_of_it() -> None:
    north, south = Spot(latitude=90.0, longitude=0.0), Spot(latitude=-90.0, longitude=0.0)
    assert distance(north, south) == pytest.approx(20015, abs=1)
    assert distance(north, north) == pytest.approx(0)


def test_a_place_is_where_its_file_says() -> None:
    station = Station(code="CD", name="S", city="Chengdu", latitude=30.66, longitude=104.07)
    assert spot_of(station) == CHENGDU
    assert spot_of(Station(code="H", name="H", city="Wuhan")) == Spot(city="Wuhan")
    assert spot_of(None) == Spot()
