"""The sample data as if its last minute were now: clocks run, something is near its limit."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from importlib.resources import files
from pathlib import Path

import msgspec

from dispatch_tui.desk.bringing.formats import FORMATS, CellKind
from dispatch_tui.desk.bringing.sheets import Source, sources_in
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.table import COMMANDS

Cells = dict[str, str]
Mover = Callable[[str], str]

OTHER_ROLE = {Role.MANAGER: Role.OPERATOR}
"""As whom a second terminal joins: the manager, or the operator where the manager sits here."""

DUTY = frozenset({"overrides", "holidays"})
"""What keeps its weekday and hour, as the hand-overs do."""

_NUMBER = re.compile(r"(?<!\d)\d{6}-\d{3,5}(?!\d)")
_MOVED = {FieldKind.TIME: CellKind.TIME, FieldKind.DAY: CellKind.DAY}


def sample_folder() -> Path:
    """Return where the sample data lie: in the package, or beside it in a checkout."""
    package = Path(str(files("dispatch_tui")))
    for folder in (package / "sample_data", package.parent / "sample_data"):
        if folder.is_dir():
            return folder
    raise NotFound(N_("The sample data are not installed with this program."))


def login_of(asked: str, sources: Iterable[Source]) -> tuple[str, str]:
    """Return the login for a role or a login, and that of somebody else who may join.

    Raises `NotFound` when the sample has nobody of that role or login.
    """
    staff = [row for source in sources if source.table == "staff" for row in _rows(source)]
    first = {row["role"]: row["login"] for row in reversed(staff)}
    roles = {row["login"]: Role(row["role"]) for row in staff}
    login = first.get(asked.replace("-", "_"), asked)
    if login not in roles:
        raise NotFound(
            N_("Nobody in the sample data is called {login}; use one of: {logins}."),
            login=asked[:80],
            logins=(*first, *roles),
        )
    return login, first[OTHER_ROLE.get(roles[login], Role.MANAGER)]


def sample(now: datetime, zone: tzinfo) -> list[Source]:
    """Return the sample data, moved so that its latest time is the last full minute."""
    sources = sources_in([sample_folder()])
    tables = {source.table: _rows(source) for source in sources}
    shift = now.replace(second=0, microsecond=0) - _latest(tables)
    movers = {
        CellKind.TIME: _time_by(shift),
        CellKind.DAY: _day_by(shift),
        CellKind.WALL_TIME: _weeks_by(shift),
    }
    columns = {
        table: {one.name: one.kind for one in FORMATS[table].columns if one.kind in movers}
        for table in tables
    }
    for table, rows in tables.items():
        by_kind = movers | {CellKind.TIME: movers[CellKind.WALL_TIME]} if table in DUTY else movers
        for row in rows:
            for name, kind in columns[table].items():
                if row.get(name):
                    row[name] = by_kind[kind](row[name])
    for act in tables["acts"]:
        act["fields"] = _moved_facts(act, movers)
    tables["tickets"].sort(key=lambda one: datetime.fromisoformat(one["reported_at"]))
    numbers = _numbers(tables["tickets"], zone)
    return [
        _written(source, tables[source.table], numbers) if columns[source.table] else source
        for source in sources
    ]


def _latest(tables: Mapping[str, list[Cells]]) -> datetime:
    """The latest time at which something happened."""
    return max(
        datetime.fromisoformat(row[column.name])
        for table in ("tickets", "acts")
        for column in FORMATS[table].columns
        if column.kind is CellKind.TIME
        for row in tables[table]
        if row.get(column.name)
    )


def _rows(source: Source) -> list[Cells]:
    with source.open() as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        return list(csv.DictReader(text))


def _moved_facts(act: Cells, movers: Mapping[CellKind, Mover]) -> str:
    """The facts of an act with its times and days moved."""
    if not act["fields"]:
        return ""
    facts = msgspec.json.decode(act["fields"])
    for field in COMMANDS[act["command"]].fields:
        kind = _MOVED.get(field.kind)
        if kind and facts.get(field.name):
            facts[field.name] = movers[kind](facts[field.name])
    return msgspec.json.encode(facts).decode()


def _time_by(shift: timedelta) -> Mover:
    return lambda cell: (datetime.fromisoformat(cell) + shift).isoformat()


def _day_by(shift: timedelta) -> Mover:
    days = timedelta(days=round(shift / timedelta(days=1)))
    return lambda cell: (date.fromisoformat(cell) + days).isoformat()


def _weeks_by(shift: timedelta) -> Mover:
    """Hand-overs stay on their weekday and hour: the nearest number of whole weeks."""
    weeks = timedelta(weeks=round(shift / timedelta(weeks=1)))
    return lambda cell: (datetime.fromisoformat(cell) + weeks).isoformat(timespec="minutes")


def _numbers(tickets: list[Cells], zone: tzinfo) -> dict[str, str]:
    """New numbers of the tickets by their old ones: dense on their new days, in their order."""
    last: dict[str, int] = {}
    found = {}
    for row in tickets:
        day = f"{datetime.fromisoformat(row['reported_at']).astimezone(zone):%y%m%d}"
        last[day] = last.get(day, 0) + 1
        found[row["number"]] = f"{day}-{last[day]:03}"
    return found


def _written(source: Source, rows: list[Cells], numbers: Mapping[str, str]) -> Source:
    """A file of the rows, in which every ticket goes by its new number."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    content = _NUMBER.sub(lambda one: numbers.get(one[0], one[0]), text.getvalue())
    return Source(source.name, content.encode())
