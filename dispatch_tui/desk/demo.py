"""The sample data as if its last minute were now: clocks run, something is near its limit."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo
from importlib.resources import files
from pathlib import Path

from dispatch_tui.desk.bringing.formats import FORMATS, CellKind
from dispatch_tui.desk.bringing.sheets import Source, sources_in
from dispatch_tui.domain.errors import NotFound
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role

Cells = dict[str, str]

OTHER_ROLE = {Role.MANAGER: Role.OPERATOR}
"""As whom a second terminal joins: the manager, or the operator where the manager sits here."""


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
    columns = [one.name for one in FORMATS["tickets"].columns if one.kind is CellKind.TIME]
    latest = max(
        datetime.fromisoformat(row[name])
        for source in sources
        if source.table == "tickets"
        for row in _rows(source)
        for name in columns
        if row[name]
    )
    shift = now.replace(second=0, microsecond=0) - latest
    movers: dict[str, Callable[[list[Cells]], list[Cells]]] = {
        "tickets": lambda rows: _numbered(_moved(rows, columns, _time_by(shift)), zone),
        "devices": lambda rows: _moved(rows, ["made_on", "accepted_on"], _day_by(shift)),
        "rotation": lambda rows: _moved(rows, ["starts_at"], _weeks_by(shift)),
    }
    return [
        _written(source, movers[source.table](_rows(source))) if source.table in movers else source
        for source in sources
    ]


def _rows(source: Source) -> list[Cells]:
    return list(csv.DictReader(io.StringIO(source.content.decode("utf-8-sig"), newline="")))


def _moved(rows: list[Cells], columns: list[str], move: Callable[[str], str]) -> list[Cells]:
    return [
        {name: move(cell) if cell and name in columns else cell for name, cell in row.items()}
        for row in rows
    ]


def _time_by(shift: timedelta) -> Callable[[str], str]:
    return lambda cell: (datetime.fromisoformat(cell) + shift).isoformat()


def _day_by(shift: timedelta) -> Callable[[str], str]:
    days = timedelta(days=round(shift / timedelta(days=1)))
    return lambda cell: (date.fromisoformat(cell) + days).isoformat()


def _weeks_by(shift: timedelta) -> Callable[[str], str]:
    """Hand-overs stay on their weekday and hour: the nearest number of whole weeks."""
    weeks = timedelta(weeks=round(shift / timedelta(weeks=1)))
    return lambda cell: (datetime.fromisoformat(cell) + weeks).isoformat(timespec="minutes")


def _numbered(rows: list[Cells], zone: tzinfo) -> list[Cells]:
    """The tickets in the order of their reports, numbered densely on their new days."""
    last: dict[str, int] = {}
    found = []
    for row in sorted(rows, key=lambda one: datetime.fromisoformat(one["reported_at"])):
        day = f"{datetime.fromisoformat(row['reported_at']).astimezone(zone):%y%m%d}"
        last[day] = last.get(day, 0) + 1
        found.append({**row, "number": f"{day}-{last[day]:03}"})
    return found


def _written(source: Source, rows: list[Cells]) -> Source:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return Source(source.name, text.getvalue().encode())
