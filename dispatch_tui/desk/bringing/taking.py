"""Under which terms an import is taken, and its rows as they are taken one after the other."""

import json
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.sheets import Row, Sheet
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.storage.spool import Spool, SpooledRow


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Under which an import is taken: who brings it, when, and what holds in the company.

    `actor` is a login, `now` aware UTC, `zone` that of times without an offset.
    """

    actor: str
    now: datetime
    zone: tzinfo
    policy: Policy = Policy()


class Rows:
    """Some rows of one table that could be read, of which none may be there twice in all."""

    def __init__(self, spool: Spool, sheets: list[Sheet], rows: list[SpooledRow], terms: Terms):
        self.actor = terms.actor
        self._spool = spool
        self._sheets = sheets
        self._rows = {row.place: row for row in rows}
        self.found: list[tuple[Sheet, Row]] = []
        for row in rows:
            sheet = sheets[row.sheet]
            if (read := sheet.read(row, terms.zone)) is not None:
                self.found.append((sheet, read))

    def __iter__(self) -> Iterator[tuple[Sheet, Row]]:
        """Every row with its sheet."""
        return iter(self.found)

    def first(self, table: str, key: Any, column: str, row: Row) -> None:
        """Raise `InvalidInput` when a row of this key came before."""
        place = self._spool.first(table, json.dumps(key, ensure_ascii=False), row.place)
        if place is None:
            return
        before = self._spool.row(place)
        raise InvalidInput(
            N_("The same is already in {file}, line {line}."),
            field=column,
            file=self._sheets[before.sheet].file,
            line=before.line,
        )

    def refuse(self, sheet: Sheet, row: Row, error: InvalidInput) -> None:
        """Note that a row cannot be taken, under the column that the error names."""
        sheet.blame(self._rows[row.place], error)
