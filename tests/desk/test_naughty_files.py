"""Naughty texts in every column of every file: kept clean and whole, or refused by name."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

import pytest
from centre import FrozenClock
from company import NOW, ZONE, brought, told
from naughty import RAW, is_harmless, strings_in
from taken_out import as_sources, taken_out

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS, CellKind, Column
from dispatch_tui.desk.bringing.report import Brought
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.writers import Format
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.storage import files
from dispatch_tui.storage.engine import Database

WORDS = frozenset({CellKind.LINE, CellKind.NAME, CellKind.TEXT, CellKind.NAMES})
DAY = timedelta(days=1)


class Good(NamedTuple):
    """A good row of a file, and what tells its rows apart."""

    row: dict[str, str]
    apart: Callable[[int], dict[str, str]]


def _at(days: int) -> str:
    return (NOW + days * DAY).isoformat()


GOOD: dict[str, Good] = {
    "stations": Good({"name": "S"}, lambda n: {"code": f"S{n}"}),
    "travel": Good({"destination": "B", "minutes": "5"}, lambda n: {"origin": f"A{n}"}),
    "rotation": Good(
        {"plan": "weekly", "groups": "A|B", "starts_at": "2026-01-05T08:00"}, lambda _: {}
    ),
    "staff": Good({"name": "N", "role": "engineer"}, lambda n: {"login": f"p{n}"}),
    "skills": Good({"login": "ann"}, lambda n: {"kind": f"k{n}"}),
    "groups": Good({"group": "A", "login": "ann"}, lambda _: {}),
    "holidays": Good(
        {"roster": "r", "staff": "ann"}, lambda n: {"from": _at(2 * n), "to": _at(2 * n + 1)}
    ),
    "overrides": Good(
        {"kind": "remove", "login": "ann"}, lambda n: {"from": _at(2 * n), "to": _at(2 * n + 1)}
    ),
    "customers": Good({"name": "N"}, lambda n: {"code": f"C{n}"}),
    "contacts": Good({"customer": "H1"}, lambda n: {"name": f"N{n}"}),
    "devices": Good({"maker": "M", "name": "N", "customer": "H1"}, lambda n: {"serial": f"D{n}"}),
    "contracts": Good(
        {"customer": "H1", "since": "2026-01-01", "until": "2026-12-31"},
        lambda n: {"number": f"N{n}"},
    ),
    "parts": Good({"name": "N"}, lambda n: {"code": f"P{n}"}),
    "stock": Good({"part": "P", "station": "CD", "count": "1"}, lambda _: {}),
    "tickets": Good(
        {"customer": "H1", "reported_at": "2026-02-28T08:00", "fault": "F"},
        lambda n: {"number": f"2602{n // 900 + 10}-{n % 900 + 1:03}"},
    ),
    "acts": Good(
        {"at": "2026-03-01T09:00", "by": "ola", "command": "note"},
        lambda _: {"number": "260301-001"},
    ),
}
"""By table; a new file is missed by `test_every_file_has_a_good_row`."""


class Cell(NamedTuple):
    """A naughty text in a column."""

    column: Column
    text: str

    @property
    def kept(self) -> str:
        """What is kept of it."""
        clean = clean_text if self.column.kind is CellKind.TEXT else clean_line
        return clean(self.text)


def cells(table: str) -> Iterator[Cell]:
    """Every column of words with every text that a file can hold."""
    for column in FORMATS[table].columns:
        if column.kind in WORDS:
            yield from (Cell(column, text) for text in RAW.values())


def rows(table: str, tried: list[Cell]) -> list[dict[str, str]]:
    """A row of a file for each of the cells."""
    good = GOOD[table]
    return [
        {**good.row, **good.apart(place), one.column.name: one.text}
        for place, one in enumerate(tried)
    ]


def as_json(table: str, tried: list[Cell]) -> list[Source]:
    """Return a file whose problems are told by the place of their row."""
    return [Source(f"{table}.json", json.dumps(rows(table, tried)).encode())]


def as_csv(table: str, tried: list[Cell]) -> list[Source]:
    """Return the same as lines."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [one.name for one in FORMATS[table].columns], restval="")
    writer.writeheader()
    writer.writerows(rows(table, tried))
    return [Source(f"{table}.csv", text.getvalue().encode())]


def test_every_file_has_a_good_row() -> None:
    assert set(GOOD) == set(FORMATS)


@pytest.mark.parametrize("table", FORMATS)
async def test_every_column_takes_naughty_texts_or_refuses_them_by_name(
    file_database: Database, table: str
) -> None:
    assert not (await brought(file_database)).problems
    tried = list(cells(table))
    refused: set[int] = set()
    for _ in range(3):  # what is refused may hide what else is wrong
        found = await bring(file_database, as_json(table, tried), "mia", zone=ZONE, now=NOW)
        check_told(found)
        refused = {one.line for one in found.problems}
        tried = [one for place, one in enumerate(tried, 1) if place not in refused]
        if found.kept or not tried:
            break
    assert found.kept or not tried
    await check_kept(file_database, table, tried)


def check_told(found: Brought) -> None:
    """Every refusal is a sentence that can be shown."""
    for file, line, column, sentence in told(found):
        assert line or not column
        assert sentence
        assert is_harmless(clean_line(f"{file} {column} {sentence}"))


async def check_kept(database: Database, table: str, tried: list[Cell]) -> None:
    """What was taken comes out clean and whole, and goes in again as the same."""
    async with database.read() as connection:
        me = (await files.all_staff(connection))["mia"]
    desk = Desk(database, me, zone=ZONE, clock=FrozenClock(NOW + DAY))
    first, _ = await taken_out(desk, table, shape=Format.JSON)
    out = list(strings_in(json.loads(first[table])))
    assert all(is_harmless(one) for one in out)
    for one in tried:
        parts = one.kept.split("|") if one.column.kind is CellKind.NAMES else [one.kept]
        for part in filter(None, (part.strip() for part in parts)):
            assert part in out, (one.column.name, part)
    for shape in (Format.JSON, Format.CSV):
        files_out, _ = await taken_out(desk, table, shape=shape)
        again = await bring(
            database, as_sources(files_out, shape), "mia", zone=ZONE, now=NOW + DAY, dry_run=True
        )
        assert not again.problems
        assert not [one for one in again.counts if one.adds or one.changes], shape


@pytest.mark.parametrize("table", FORMATS)
async def test_a_file_of_naughty_lines_is_read_to_its_end(
    file_database: Database, table: str
) -> None:
    assert not (await brought(file_database)).problems
    found = await bring(
        file_database, as_csv(table, list(cells(table))), "mia", zone=ZONE, now=NOW, dry_run=True
    )
    check_told(found)
