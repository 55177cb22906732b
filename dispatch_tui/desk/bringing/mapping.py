"""What the export of another system means here: their columns and values, their times."""

from datetime import datetime, tzinfo
from zoneinfo import ZoneInfo

import msgspec

from dispatch_tui.desk.bringing.formats import FORMATS, CellKind, Column, Format
from dispatch_tui.domain.text import clean_line, fold_width

ANY = "*"
"""Stands for every value that is not named."""

_NUMBERS = {
    one.name: one for one in (Column("number", limit=50, needed=True), Column("about", limit=50))
}
"""Numbers of tickets in the other system: with its name they fit into a command's key."""

_JOINED = {CellKind.TEXT: "\n", CellKind.LINE: " ", CellKind.NAMES: "|"}
_TIMES = frozenset({CellKind.TIME, CellKind.WALL_TIME, CellKind.DAY})


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mapping file; the examples among the sample data show each of its keys.

    `columns` are ours by theirs, `values` ours by theirs for each of our columns, `constants` hold
    where a row says nothing, and then what another of our columns says, by `otherwise`. Of a file
    those rows are taken that have one of the values in each column of `only`.
    """

    table: str
    columns: dict[str, str]
    system: str = ""
    zone: str = ""
    times: tuple[str, ...] = ()
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, str] = {}
    otherwise: dict[str, str] = {}
    only: dict[str, tuple[str, ...]] = {}

    @property
    def format(self) -> Format:
        """The format of its table, in which tickets may have the numbers of the other system."""
        known = FORMATS[self.table]
        if not self.system:
            return known
        columns = tuple(_NUMBERS.get(one.name, one) for one in known.columns)
        return Format(known.table, columns, known.spoken_of)

    def zone_or(self, zone: tzinfo) -> tzinfo:
        """The zone of their times."""
        return ZoneInfo(self.zone) if self.zone else zone

    def joins(self, column: Column) -> bool:
        """Whether several of their columns can give one of ours."""
        return column.kind in _JOINED

    def takes(self, theirs: dict[str, str]) -> bool:
        """Whether a row is to be taken, by its cells under their names for the columns."""
        return all(
            key_of(theirs.get(key_of(name), "")) in map(key_of, values)
            for name, values in self.only.items()
        )

    def meanings(self, column: Column) -> dict[str, str]:
        """Return what their values mean for one of our columns."""
        return {key_of(name): value for name, value in self.values.get(column.name, {}).items()}

    def ours(self, column: Column, meanings: dict[str, str], texts: list[str]) -> str:
        """Return what the cells that stand for one of our columns say in our words."""
        found = []
        for text in texts:
            if meanings and (key := key_of(text)):
                text = meanings.get(key, meanings.get(ANY, text))
            if column.kind in _TIMES and text.strip():
                text = self._time(column, text)
            found.append(text)
        return _JOINED.get(column.kind, " ").join(one for one in found if one.strip())

    def _time(self, column: Column, text: str) -> str:
        said = fold_width(clean_line(text[:200]))
        for shape in self.times:
            try:
                at = datetime.strptime(said, shape)  # noqa: DTZ007
            except ValueError:
                continue
            return at.date().isoformat() if column.kind is CellKind.DAY else at.isoformat()
        try:
            at = datetime.fromisoformat(said)
        except ValueError:
            return text
        return at.date().isoformat() if column.kind is CellKind.DAY else text


def key_of(text: str) -> str:
    """Return the form in which names and values of theirs are compared."""
    return clean_line(text).casefold()
