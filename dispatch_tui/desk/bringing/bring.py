"""Brings files in: all of them in one transaction, or nothing."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, tzinfo
from functools import partial
from pathlib import Path

from dispatch_tui.desk.bringing import refused
from dispatch_tui.desk.bringing.checking import Checking
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.gathering import Gathering
from dispatch_tui.desk.bringing.keeping import Changed, keep
from dispatch_tui.desk.bringing.mapping import Mapping
from dispatch_tui.desk.bringing.report import (
    Brought,
    Count,
    Enough,
    Problem,
    Problems,
    Progress,
    Stage,
)
from dispatch_tui.desk.bringing.sheets import Sheet, Source
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.desk.permission import active, note_refusal, one_of
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import Conflict, NotAllowed
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.storage import files, imports
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.spool import Spool
from dispatch_tui.storage.tickets import Connection

IMPORTERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER, Role.ADMINISTRATOR})
ADMINISTRATORS_TABLES = frozenset({"stations", "staff", "rotation", "skills", "travel"})
"""What an administrator may bring: nothing of customers and tickets."""

TRIES = 3
"""How often an import is checked when others change meanwhile what it rests on."""


def _nothing(_: Stage, __: int, ___: int, ____: int) -> None:
    """Nobody watches."""


async def bring(
    database: Database,
    sources: Sequence[Source],
    actor: str,
    *,
    zone: tzinfo,
    now: datetime,
    policy: Policy | None = None,
    dry_run: bool = False,
    mapping: Mapping | None = None,
    refused_to: Path | None = None,
    progress: Progress = _nothing,
) -> Brought:
    """Bring files into the database, told by the person with the login `actor` at `now`.

    Nothing is kept when a row is refused, or in a dry run; the refused rows are written to
    `refused_to`, a file or a folder. Times without an offset are in `zone`, those of another
    system as its `mapping` says. Others can save while the files are read and checked; what is
    stored then is stored at once. Raises `NotAllowed` for whoever may not import (on a database
    without staff anybody may), and `Conflict` when others keep changing what the files rest on.
    """
    terms = Terms(actor=actor, now=now, zone=zone, policy=policy or Policy())
    if refused_to is not None:
        refused.check(refused_to, sources)
    tables = {mapping.table} if mapping else {source.table for source in sources} & FORMATS.keys()
    try:
        async with database.read() as connection:
            await _check_role(connection, actor, tables)
        with Spool() as spool:
            importing = _Import(database, spool, terms, progress)
            await importing.gather(sources, mapping)
            kept = await importing.check_and_keep(dry_run=dry_run)
            return importing.result(kept=kept, refused_to=refused_to)
    except NotAllowed as refusal:
        await note_refusal(database, actor, refusal, now, command="import")
        raise


async def _check_role(connection: Connection, actor: str, tables: Iterable[str]) -> None:
    staff = await files.all_staff(connection)
    if not staff:
        return
    me = one_of(active(staff.get(actor), actor), IMPORTERS, "import")
    foreign = tuple(sorted(set(tables) - ADMINISTRATORS_TABLES))
    if me.role is Role.ADMINISTRATOR and foreign:
        raise NotAllowed(
            N_("An administrator may not import {tables}; ask a manager."), tables=foreign
        )


class _Import:
    """One import from its files to its end."""

    def __init__(self, database: Database, spool: Spool, terms: Terms, progress: Progress) -> None:
        self._database = database
        self._spool = spool
        self._terms = terms
        self._progress = progress
        self._problems = Problems()
        self._sheets: list[Sheet] = []
        self._counts: list[Count] = []

    async def gather(self, sources: Sequence[Source], mapping: Mapping | None) -> None:
        """Read the files; raises `NotAllowed` for tables that the person may not bring."""
        gathering = Gathering(self._spool, mapping, self._problems, self._progress)
        self._sheets = gathering.sheets
        try:
            gathering.gather(sources)
        except Enough:
            return
        async with self._database.read() as connection:
            await _check_role(connection, self._terms.actor, self._tables())

    async def check_and_keep(self, *, dry_run: bool) -> bool:
        """Check what was read, store it if it is all good, and say whether it was."""
        if self._problems.enough:
            return False
        gathered = len(self._problems.found)
        for _ in range(TRIES):
            async with self._database.read() as connection:
                mark = await imports.mark(connection)
            self._problems.forget_after(gathered)
            self._spool.forget_decisions()
            await self._check()
            if dry_run or self._problems.found:
                return False
            try:
                await self._database.write(partial(self._keep, mark))
            except (Changed, Duplicate):
                continue
            return True
        raise Conflict(
            N_(
                "Others kept changing what this import rests on while it was checked, and nothing "
                "of it was kept: try again."
            )
        )

    def result(self, *, kept: bool, refused_to: Path | None) -> Brought:
        """Return what became of it; the refused rows are in their file then."""
        by_table = {count.table: count for count in self._counts}
        for sheet in self._sheets:
            table = sheet.format.table
            count = by_table.setdefault(table, Count(table=table))
            count.refuses += len(self._problems.refused(sheet.number))
            count.passed_over += sheet.passed_over
        written: tuple[str, ...] = ()
        unwritten: tuple[Problem, ...] = ()
        if refused_to is not None:
            written, unwritten = refused.write(
                refused_to, self._spool, self._sheets, self._problems
            )
        return Brought(
            counts=tuple(by_table.values()),
            problems=self._problems.in_order() + unwritten,
            kept=kept,
            read_as=tuple((one.file, one.read_as) for one in self._sheets if one.read_as),
            refused_in=written,
        )

    async def _check(self) -> None:
        rows = sum(self._spool.count(table) for table in FORMATS)
        tell = self._teller(Stage.CHECKING, rows)
        checking = Checking(self._database, self._spool, self._sheets, self._terms, tell)
        self._counts = checking.counts
        try:
            await checking.check()
        except Enough:
            return

    async def _keep(self, mark: imports.Mark, connection: Connection) -> None:
        await _check_role(connection, self._terms.actor, self._tables())
        tell = self._teller(Stage.KEEPING, self._spool.count_made())
        await keep(connection, self._spool, mark, self._terms, tell)

    def _tables(self) -> set[str]:
        return {sheet.format.table for sheet in self._sheets}

    def _teller(self, stage: Stage, total: int) -> Callable[[int], None]:
        done = 0

        def tell(more: int) -> None:
            nonlocal done
            done += more
            self._progress(stage, done, total, done)

        return tell
