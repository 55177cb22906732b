"""`doctor`: versions, paths, settings in force, and what is known to go wrong."""

import asyncio
import os
import platform
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import click
from platformdirs import user_log_path

from dispatch_tui import __version__
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.where import file_problems
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.settings import APP
from dispatch_tui.storage import driver
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.inspection import revision, settings_in_force
from dispatch_tui.storage.place import Place, is_there, place_of
from dispatch_tui.storage.revision import HEAD

LIBRARIES = (
    *("aiosqlite", "alembic", "asyncpg", "click", "msgspec", "platformdirs", "pypinyin"),
    *("pysqlite3", "sqlalchemy", "textual", "tzdata"),
)
NETWORK_FILES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"})
"""File systems on which processes of several machines cannot share an SQLite file."""

LARGE_WAL = 2**30
"""Bytes of a WAL file that say that nobody has been able to write it back for long."""


@click.command(
    "doctor",
    cls=Command,
    help=N_(
        "Show versions, paths and the settings in force, and name what is known to go wrong. "
        "Works without a usable database; exit code 1 when something is wrong."
    ),
)
@json_option()
@click.pass_obj
def command(run: Run, as_json: bool) -> None:
    """Show versions, paths and settings, and what is wrong."""
    problems = [*_machine_problems(), *file_problems(run)]
    report: dict[str, Any] = {
        "versions": _versions(),
        "sqlite": _sqlite(),
        "paths": {"log": str(user_log_path(APP, appauthor=False)), "python": sys.executable},
        "database": {},
    }
    try:
        place = place_of(run.settings.database)
        report["database"] = asyncio.run(_database(place))
        problems += _file_problems(place)
        problems += _schema_problems(report["database"])
    except DispatchError as error:
        problems.append(error.message)
    report["problems"] = [run.say(problem) for problem in problems]
    if as_json:
        print_json(report)
    else:
        _print(run, report)
    for problem in report["problems"]:
        click.echo(problem, err=True)
    click.get_current_context().exit(1 if problems else 0)


def _versions() -> dict[str, str | None]:
    found: dict[str, str | None] = {APP: __version__, "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = None
    return found


def _sqlite() -> dict[str, Any]:
    module, number, safe = driver.library()
    return {
        "library": module,
        "version": number,
        "stand_in": not module.startswith("sqlite3"),
        "safe_with_wal": safe,
    }


async def _database(place: Place) -> dict[str, Any]:
    """What is known of the database; nothing is made or changed."""
    found: dict[str, Any] = {"place": place.shown, "exists": True}
    if place.path is not None and not is_there(place.path):
        return {**found, "exists": False}
    database = Database(place)
    try:
        found["schema"] = await revision(database)
        found["newest_schema"] = HEAD
        found["settings"] = await settings_in_force(database)
    finally:
        await database.close()
    if place.path is not None:
        found["bytes"] = place.path.stat().st_size
    return found


def _machine_problems() -> Iterator[Message]:
    _, number, safe = driver.library()
    if not safe:
        yield say(
            N_(
                "SQLite {version} can lose what was saved when several programs write: "
                "install pysqlite3. Until then the slower safe mode is used."
            ),
            version=number,
        )
    if sys.stdout.encoding.lower().replace("-", "") != "utf8":
        yield say(
            N_("The terminal's character set is {encoding}: set LANG to one with UTF-8."),
            encoding=sys.stdout.encoding,
        )
    if os.environ.get("TERM", "") in ("", "dumb") and sys.stdout.isatty():
        yield say(N_("This terminal cannot show the console (TERM is empty or dumb): try another."))


def _file_problems(place: Place) -> Iterator[Message]:
    path = place.path
    if path is None or not is_there(path):
        return
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield say(
            N_("Others on this machine can open {path}: chmod 600 keeps customers' data private."),
            path=str(path),
        )
    kind = _file_system(path)
    if kind in NETWORK_FILES:
        yield say(
            N_("{path} lies on a network file system ({kind}), where SQLite can lose data."),
            path=str(path),
            kind=kind,
        )
    wal = Path(f"{path}-wal")
    if wal.exists() and wal.stat().st_size > LARGE_WAL:
        yield say(
            N_("{path} has grown very large: end all programs that use the database once."),
            path=str(wal),
        )


def _file_system(path: Path) -> str:
    """The kind of file system below a path, "" where the system does not say."""
    found, longest = "", -1
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    for mount in mounts:
        _, folder, kind, *_ = mount.split(" ")
        folder = folder.replace("\\040", " ")
        if path.resolve().is_relative_to(folder) and len(folder) > longest:
            found, longest = kind, len(folder)
    return found


def _schema_problems(database: dict[str, Any]) -> Iterator[Message]:
    schema = database.get("schema")
    if schema is not None and schema != HEAD:
        yield say(
            N_("The database has schema {schema}, this program {head}: the newer one is needed."),
            schema=schema,
            head=HEAD,
        )
    expected = {"journal_mode": ("wal", "delete"), "synchronous": ("FULL",), "foreign_keys": (1,)}
    settings = database.get("settings", {})
    for name, wanted in expected.items():
        if name in settings and settings[name] not in wanted:
            yield say(
                N_("The database runs with {name}={value}: saved work is not safe."),
                name=name,
                value=settings[name],
            )
    for name in ("fsync", "full_page_writes"):
        if settings.get(name) == "off":
            yield say(
                N_("The database runs with {name}={value}: saved work is not safe."),
                name=name,
                value="off",
            )


def _print(run: Run, report: dict[str, Any]) -> None:
    rows = [
        (name, number or run.say(N_("not installed")))
        for name, number in report["versions"].items()
    ]
    sqlite = report["sqlite"]
    rows.append(("SQLite", f"{sqlite['version']} ({sqlite['library']})"))
    rows += [(name, path) for name, path in report["paths"].items()]
    database = report["database"]
    if database:
        place = database["place"]
        rows.append(
            (
                "database",
                place
                if database["exists"]
                else run.say(N_("{place} (not there yet)"), place=place),
            )
        )
        rows.append(("schema", database.get("schema") or ""))
    rows += [(name, str(one)) for name, one in database.get("settings", {}).items()]
    print_rows(row for row in rows if row[1])
    if not report["problems"]:
        click.echo(run.say(N_("Nothing is known to be wrong.")))
