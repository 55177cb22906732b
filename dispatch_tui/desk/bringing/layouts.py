"""Which cell of a row stands for which of our columns."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dispatch_tui.desk.bringing.formats import Column, Format
from dispatch_tui.desk.bringing.mapping import Mapping, key_of
from dispatch_tui.domain.message import N_, Message, say

Mistake = tuple[str, Message]
"""A name in a header, and what is wrong with it."""


class Cell(NamedTuple):
    """What a row says for one of our columns.

    `shown` and `given` are the column's name and the text as they stand in the file.
    """

    column: Column
    text: str
    shown: str
    given: str


class _Place(NamedTuple):
    column: Column
    shown: str
    places: tuple[int, ...]
    meanings: dict[str, str]


class Layout:
    """The columns of a header; `mistakes` is empty where its rows can be read."""

    def __init__(self, names: Sequence[str], known: Format, mapping: Mapping | None) -> None:
        self.names = tuple(names)
        self.mapping = mapping
        self.zone: tzinfo | None = ZoneInfo(mapping.zone) if mapping and mapping.zone else None
        self._keys = [key_of(name) for name in names]
        self._format = known
        self.mistakes = list(self._of_mapped() if mapping else self._of_known())
        self._places = [] if self.mistakes else list(self._placed())

    def cells(self, cells: Sequence[str]) -> Iterator[Cell]:
        """Yield what a row of these cells says."""
        mapping = self.mapping
        if mapping is None:
            for column, shown, (place,), _ in self._places:
                yield Cell(column, cells[place], shown, cells[place])
            return
        said: dict[str, Cell] = {}
        for column, shown, places, meanings in self._places:
            texts = [cells[place] for place in places]
            ours = mapping.ours(column, meanings, texts)
            said[column.name] = Cell(column, ours, shown, " ".join(texts).strip())
        for name, text in mapping.constants.items():
            self._fill(said, name, Cell(self._column(name), text, name, text))
        for name, other in mapping.otherwise.items():
            if other in said:
                self._fill(said, name, said[other]._replace(column=self._column(name)))
        for column in self._format.columns:
            if column.needed and column.name not in said:
                said[column.name] = Cell(column, "", column.name, "")
        yield from said.values()

    def takes(self, cells: Sequence[str]) -> bool:
        """Whether a row of these cells is wanted."""
        if self.mapping is None or not self.mapping.only:
            return True
        return self.mapping.takes(dict(zip(self._keys, cells, strict=False)))

    def text_of(self, column: str, cells: Sequence[str]) -> str:
        """Return what a row says for one of our columns, as it stands there."""
        for place in self._places:
            if place.column.name == column:
                return " ".join(cells[one] for one in place.places if one < len(cells))
        return ""

    def _fill(self, said: dict[str, Cell], name: str, cell: Cell) -> None:
        if name not in said or not said[name].text.strip():
            said[name] = cell

    def _column(self, name: str) -> Column:
        return next(one for one in self._format.columns if one.name == name)

    def _placed(self) -> Iterator[_Place]:
        ours = self._keys
        if self.mapping is not None:
            meant = {key_of(theirs): name for theirs, name in self.mapping.columns.items()}
            ours = [meant.get(key, "") for key in self._keys]
        for column in self._format.columns:
            places = tuple(place for place, name in enumerate(ours) if name == column.name)
            if places:
                meanings = self.mapping.meanings(column) if self.mapping else {}
                yield _Place(column, self.names[places[0]], places, meanings)

    def _of_known(self) -> Iterator[Mistake]:
        possible = tuple(one.name for one in self._format.columns)
        for name in dict.fromkeys(self._keys):
            if name not in possible:
                reason = N_("This column is not known; known are {names}.")
                yield name, say(reason, names=possible)
            elif self._keys.count(name) > 1:
                yield name, say(N_("This column is there twice."))
        for column in self._format.columns:
            if column.needed and column.name not in self._keys:
                yield column.name, say(N_("This column is missing, but it is needed."))

    def _of_mapped(self) -> Iterator[Mistake]:
        mapping = self.mapping
        if mapping is None:
            return
        for theirs in (*mapping.columns, *mapping.only):
            count = self._keys.count(key_of(theirs))
            column = self._format.column(mapping.columns.get(theirs, ""))
            if not count:
                yield theirs, say(N_("The mapping names this column, but the file has none."))
            elif count > 1 and column is not None and not mapping.joins(column):
                yield theirs, say(N_("This column is there twice."))
