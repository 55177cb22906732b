"""No question of the console reads the whole past: each is answered through an index."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from typing import Any

from centre import ASSIGN, CALL, NOTE, FrozenClock, desk_of
from courses import COMPLAIN, RESTORED, begun
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain import commands as c
from dispatch_tui.storage import driver, glance, journal, news
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.feed import feed_of
from dispatch_tui.storage.news import Mark
from dispatch_tui.storage.place import Place

Asked = dict[str, Any]
"""Statements with the values that they were first asked with."""

GROWING = ("journal", "tickets", "alarms", "alarms_seen", "terms", "texts")
"""The tables that hold the past."""

_WHOLE = re.compile(rf"SCAN ({'|'.join(GROWING)}|t)\b(?! USING INDEX ix_tickets_o)")
"""An index of only the open or only the over tickets may be followed from its beginning."""
_SEQUENTIAL = re.compile(rf"Seq Scan on ({'|'.join(GROWING)})\b")


@asynccontextmanager
async def listened(database: Database) -> AsyncIterator[Asked]:
    """Hear every statement that reads or changes rows."""
    asked: Asked = {}

    def note(_: Any, __: Any, statement: str, values: Any, ___: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE")):
            asked.setdefault(statement, values[0] if many else values)

    engines = [one.sync_engine for one in (database._readers, database._writers)]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    yield asked
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)


async def plans(database: Database, asked: Asked) -> dict[str, str]:
    """Return how the engine would answer each statement, where it may choose."""
    on_file = database.place.path is not None

    async def work(connection: AsyncConnection) -> dict[str, str]:
        if not on_file:
            await connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        found = {}
        for statement, values in asked.items():
            question = ("EXPLAIN QUERY PLAN " if on_file else "EXPLAIN ") + statement
            rows = await connection.exec_driver_sql(question, values)
            found[statement] = "\n".join(str(row[-1]) for row in rows)
        return found

    return await database.write(work)


SAID = ("H1", "first hospital", "260303-001", "图像", "rings -dark", "status:open client:H1 tube")


async def _look(desk: Desk, number: str, clock: FrozenClock) -> None:
    """What the console asks while somebody works with it."""
    await desk.open_cases()
    await desk.cases([number])
    await desk.over_cases()
    await desk.over_cases(number)
    await desk.cases_at(clock() - timedelta(days=30))
    await desk.over_cases(number, at=clock())
    await desk.ticket(number)
    await desk.device("CT-1")
    await desk.device_history("CT-1")
    await desk.customer_file("H1")
    await desk.customers_after()
    await desk.devices_after()
    for said in SAID:
        await desk.find(said, growing=True)
    await desk.suggestions(number)
    await desk.roster()
    await desk.reach()
    await desk.handover_sheet()
    await desk.pending_handover()
    watch = Watch(desk)
    await watch.start()
    await watch.scan(await desk.open_cases())
    await watch.unseen()
    feed = feed_of(desk.database)
    await feed.start()
    feed.stop()
    async with desk.database.read() as connection:
        await news.news_since(connection, Mark(1, ""))
        await news.newest(connection)
        await news.is_same(connection, Mark(1, ""))
        await journal.lines_of_key(connection, "key")


async def _act(centre: Database, clock: FrozenClock) -> str:
    """What it writes."""
    number = await begun(centre, clock, RESTORED)
    first = (await desk_of("ola", centre, clock).log_call(CALL)).number
    await desk_of("mia", centre, clock).act(first, ASSIGN)
    await desk_of("mia", centre, clock).act(first, c.Merge(into=await begun(centre, clock)))
    for command in (NOTE, COMPLAIN, c.FitPart(name="tube")):
        await desk_of("mia", centre, clock).act(number, command)
    await desk_of("mia", centre, clock).hand_over("Dr Li calls at nine")
    return number


async def test_no_question_of_the_console_reads_a_whole_table_of_the_past(
    centre: Database, clock: FrozenClock
) -> None:
    async with listened(centre) as asked:
        number = await _act(centre, clock)
        await _look(desk_of("mia", centre, clock), number, clock)
    found = await plans(centre, asked)
    assert len(found) > 30
    whole = _WHOLE if centre.place.path is not None else _SEQUENTIAL
    assert {question: plan for question, plan in found.items() if whole.search(plan)} == {}


async def test_a_question_without_an_index_would_be_noticed(
    centre: Database, clock: FrozenClock
) -> None:
    async with listened(centre) as asked, centre.read() as connection:
        await connection.exec_driver_sql("SELECT number FROM tickets WHERE status = 'logged'")
    (plan,) = (await plans(centre, asked)).values()
    assert _WHOLE.search(plan) or _SEQUENTIAL.search(plan)


def test_the_first_look_reads_only_what_is_open(file_place: Place) -> None:
    assert file_place.path is not None
    with closing(driver.connect(file_place.path)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {glance._OPEN}", (1,)).fetchall()
    assert not any(_WHOLE.search(row[-1]) for row in rows)
