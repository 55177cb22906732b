"""A work file of one import: what is too much for memory, and not to be in the database yet.

It has no name from the moment it is open: when its process ends, however that comes about, the
file is gone.
"""

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_
from dispatch_tui.storage import driver

CACHE_KB = 8 * 1024

_TABLES = """
CREATE TABLE rows(place INTEGER PRIMARY KEY, kind TEXT, sheet INTEGER, line INTEGER, name TEXT,
    cells BLOB);
CREATE INDEX rows_of_kind ON rows(kind, place);
CREATE INDEX rows_of_name ON rows(kind, name, place);
CREATE TABLE names(kind TEXT, name TEXT, PRIMARY KEY(kind, name)) WITHOUT ROWID;
CREATE TABLE firsts(kind TEXT, key TEXT, place INTEGER, PRIMARY KEY(kind, key)) WITHOUT ROWID;
CREATE TABLE made(kind TEXT, key TEXT, alias TEXT, body BLOB, PRIMARY KEY(kind, key));
CREATE INDEX made_alias ON made(kind, alias);
CREATE TABLE used(kind TEXT, subject TEXT, PRIMARY KEY(kind, subject)) WITHOUT ROWID;
CREATE TABLE foreigners(name TEXT PRIMARY KEY, at TEXT, number TEXT) WITHOUT ROWID;
CREATE INDEX foreigners_number ON foreigners(number);
CREATE INDEX foreigners_in_order ON foreigners(at, name);
"""
_DECISIONS = ("firsts", "made", "used", "foreigners")


class SpooledRow(NamedTuple):
    """A row of a file, as it was read; `place` counts the rows of all files."""

    place: int
    sheet: int
    line: int
    name: str
    cells: bytes


class Made(NamedTuple):
    """Something to be stored: `alias` is another name under which it is looked for."""

    key: str
    alias: str
    body: bytes


class Spool:
    """The rows that were read, what they speak of, and what was decided to store."""

    def __init__(self) -> None:
        with _room():
            self._folder = tempfile.TemporaryDirectory(
                prefix="dispatch-import-", ignore_cleanup_errors=True
            )
            self._file = driver.open_for_one(Path(self._folder.name) / "spool.db", CACHE_KB)
            self._file.executescript(_TABLES)
            self._file.execute("BEGIN")
            self._folder.cleanup()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._folder.cleanup()

    def forget_decisions(self) -> None:
        """Keep what was read, and nothing that was made of it."""
        for table in _DECISIONS:
            self._do(f"DELETE FROM {table}")

    def add_rows(self, rows: Iterable[tuple[str, int, int, str, bytes]]) -> None:
        """Take rows as they were read: kind, sheet, line, name, cells."""
        self._many("INSERT INTO rows(kind, sheet, line, name, cells) VALUES(?,?,?,?,?)", rows)

    def rows(self, kind: str, size: int) -> Iterator[list[SpooledRow]]:
        """Yield the rows of a kind in their order, some at a time."""
        after = 0
        while found := self._rows("kind = ? AND place > ?", (kind, after), size):
            yield found
            after = found[-1].place

    def rows_of_sheet(self, sheet: int, size: int) -> Iterator[list[SpooledRow]]:
        """Yield the rows of a sheet in their order, some at a time."""
        after = 0
        while found := self._rows("place > ? AND sheet = ?", (after, sheet), size):
            yield found
            after = found[-1].place

    def rows_named(self, kind: str, name: str, most: int) -> list[SpooledRow]:
        """Return the first rows of a kind that have a name, in their order."""
        return self._rows("kind = ? AND name = ?", (kind, name), most)

    def row(self, place: int) -> SpooledRow:
        """Return one row."""
        return self._rows("place = ?", (place,), 1)[0]

    def count(self, kind: str) -> int:
        """Return how many rows of a kind there are."""
        return int(self._one("SELECT count(*) FROM rows WHERE kind = ?", (kind,))[0])

    def row_names(self, kind: str, size: int) -> Iterator[list[str]]:
        """Yield every name that rows of a kind have, once each, some at a time."""
        after = ""
        question = (
            "SELECT DISTINCT name FROM rows WHERE kind = ? AND name > ? ORDER BY name LIMIT ?"
        )
        while found := [name for (name,) in self._do(question, (kind, after, size))]:
            yield found
            after = found[-1]

    def speak_of(self, kind: str, names: Iterable[str]) -> None:
        """Remember names that rows give, refused ones included."""
        self._many("INSERT OR IGNORE INTO names VALUES(?,?)", ((kind, name) for name in names))

    def is_spoken_of(self, kind: str, name: str) -> bool:
        """Whether a row of a kind gives a name."""
        return bool(self._do("SELECT 1 FROM names WHERE kind = ? AND name = ?", (kind, name)))

    def first(self, kind: str, key: str, place: int) -> int | None:
        """Take the place of the first row with a key; return the place of one that was before."""
        found = self._do("SELECT place FROM firsts WHERE kind = ? AND key = ?", (kind, key))
        if found:
            return int(found[0][0])
        self._do("INSERT INTO firsts VALUES(?,?,?)", (kind, key, place))
        return None

    def make(self, kind: str, things: Iterable[Made]) -> None:
        """Take what is to be stored, in the place of what has the same key."""
        self._many(
            "INSERT OR REPLACE INTO made VALUES(?,?,?,?)", ((kind, *thing) for thing in things)
        )

    def made(self, kind: str, keys: Iterable[str], column: str = "key") -> Iterator[Made]:
        """Yield what was made under these keys, or under these aliases."""
        question = f"SELECT key, alias, body FROM made WHERE kind = ? AND {column} = ?"
        for key in keys:
            yield from (Made(*row) for row in self._do(question, (kind, key)))

    def all_made(self, kind: str, size: int) -> Iterator[list[Made]]:
        """Yield all that was made of a kind by key, some at a time."""
        after = ""
        question = (
            "SELECT key, alias, body FROM made WHERE kind = ? AND key > ? ORDER BY key LIMIT ?"
        )
        while found := [Made(*row) for row in self._do(question, (kind, after, size))]:
            yield found
            after = found[-1].key

    def count_made(self) -> int:
        """Return how many things are to be stored."""
        return int(self._one("SELECT count(*) FROM made")[0])

    def made_keys(self, kind: str) -> Iterator[str]:
        """Yield the keys of all that was made of a kind."""
        for (key,) in self._file.execute("SELECT key FROM made WHERE kind = ?", (kind,)):
            yield key

    def use(self, kind: str, subjects: Iterable[str]) -> None:
        """Remember what was looked up: should it change, the decisions do not hold any more."""
        rows = ((kind, subject) for subject in subjects)
        self._many("INSERT OR IGNORE INTO used VALUES(?,?)", rows)

    def uses(self, kind: str, subject: str) -> bool:
        """Whether a decision rests on this."""
        return bool(self._do("SELECT 1 FROM used WHERE kind = ? AND subject = ?", (kind, subject)))

    def note_foreigner(self, name: str, at: str) -> None:
        """Take a ticket's name in another system, with the time by which it is numbered."""
        self._do("INSERT OR IGNORE INTO foreigners VALUES(?,?,'')", (name, at))

    def foreigners(self, size: int) -> Iterator[list[tuple[str, str]]]:
        """Yield names and times in the order of the times, some at a time."""
        at, name = "", ""
        question = (
            "SELECT name, at FROM foreigners WHERE (at, name) > (?, ?) ORDER BY at, name LIMIT ?"
        )
        while found := self._do(question, (at, name, size)):
            yield [(one[0], one[1]) for one in found]
            name, at = found[-1]

    def gives(self, number: str) -> bool:
        """Whether a ticket of another system has this number here."""
        return bool(self._do("SELECT 1 FROM foreigners WHERE number = ?", (number,)))

    def number_foreigners(self, numbers: Iterable[tuple[str, str]]) -> None:
        """Give names of another system their numbers here."""
        self._many(
            "UPDATE foreigners SET number = ? WHERE name = ?",
            ((number, name) for name, number in numbers),
        )

    def number_of(self, name: str) -> str:
        """Return the number of a ticket that has this name in another system, "" for none."""
        found = self._do("SELECT number FROM foreigners WHERE name = ?", (name,))
        return str(found[0][0]) if found else ""

    def _rows(self, where: str, values: Sequence[Any], size: int) -> list[SpooledRow]:
        question = f"SELECT place, sheet, line, name, cells FROM rows WHERE {where} ORDER BY place"
        return [SpooledRow(*row) for row in self._do(f"{question} LIMIT {size}", values)]

    def _one(self, question: str, values: Sequence[Any] = ()) -> Any:
        return self._do(question, values)[0]

    def _do(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        with _room():
            return list(self._file.execute(statement, values))

    def _many(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        with _room():
            self._file.executemany(statement, values)


@contextlib.contextmanager
def _room() -> Iterator[None]:
    failures: tuple[type[Exception], ...] = (OSError, *driver.errors())
    try:
        yield
    except failures as error:
        raise DatabaseUnusable(
            N_("There is no room for the work file of the import: {cause}."),
            cause=str(error),
        ) from error
