"""What one import knows and has decided so far."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Row, Sheet
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, say
from dispatch_tui.storage.records import Key, Record


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Under which an import is taken: who brings it, when, and what holds in the company.

    `actor` is a login, `now` aware UTC, `zone` that of times without an offset.
    """

    actor: str
    now: datetime
    zone: tzinfo
    policy: Policy = Policy()


class Shelf(msgspec.Struct, kw_only=True):
    """The records of one table: those stored, with those of this import in their place."""

    records: dict[Key, Any]
    stored: frozenset[Key]
    spoken_of: set[str]
    changed: dict[Key, tuple[Record, bool]]
    """What has to be stored, each with whether it is new."""

    @classmethod
    def of(cls, records: dict[Key, Any], sheets: Iterable[Sheet]) -> "Shelf":
        """A shelf as it is stored, to which the rows of the sheets will come."""
        return cls(
            records=dict(records),
            stored=frozenset(records),
            spoken_of={name for sheet in sheets for name in sheet.spoken_of},
            changed={},
        )

    def put(self, key: Key, record: Record, count: Count) -> None:
        """Take a record, and count what it means for what is stored."""
        if key not in self.stored:
            count.adds += 1
        elif self.records[key] == record:
            count.same += 1
            return
        else:
            count.changes += 1
        self.records[key] = record
        self.changed[key] = (record, key not in self.stored)


class Rows:
    """The rows of one table from all its files, of which none may be there twice."""

    def __init__(self, sheets: list[Sheet]) -> None:
        self.sheets = sheets
        self._seen: dict[Any, tuple[str, int]] = {}

    def __iter__(self) -> Iterator[tuple[Sheet, Row]]:
        """Every row with its sheet."""
        for sheet in self.sheets:
            for row in sheet.rows:
                yield sheet, row

    def first(self, key: Any, column: str, sheet: Sheet, row: Row) -> None:
        """Raise `InvalidInput` when a row of this key came before."""
        if key in self._seen:
            file, line = self._seen[key]
            raise InvalidInput(
                N_("The same is already in {file}, line {line}."),
                field=column,
                file=file,
                line=line,
            )
        self._seen[key] = (sheet.file, row.line)


def refuse(sheet: Sheet, row: Row, error: InvalidInput) -> None:
    """Note that a row cannot be taken, under the column that the error names."""
    columns = {column.name for column in sheet.format.columns}
    column = error.field if error.field in columns else ""
    sheet.refuse(row.line, column, say(error.message.template, **error.message.values))
