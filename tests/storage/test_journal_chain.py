"""The journal is appended to in one place at a time, and shows whether it was tampered with."""

import asyncio
from typing import Any

import pytest
from centre import CALL, NOON, NOTE, FrozenClock, desk_of
from sqlalchemy import update

from dispatch_tui.storage import journal, schema
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.tickets import Connection


async def _ticket_with_notes(database: Database, notes: int) -> list[Line]:
    desk = desk_of("ola", database, FrozenClock())
    number = (await desk.log_call(CALL)).number
    for _ in range(notes):
        await desk.act(number, NOTE)
    return await _lines(database, number)


async def _lines(database: Database, number: str) -> list[Line]:
    async with database.read() as connection:
        return await journal.ticket_journal(connection, number)


def _is_whole(lines: list[Line]) -> bool:
    before = ["", *(line.hash for line in lines)]
    return all(
        line.prev_hash == prev and line.hash == line.computed_hash() and line.seq == seq
        for seq, (line, prev) in enumerate(zip(lines, before, strict=False), start=1)
    )


async def test_each_line_is_bound_to_the_one_before(centre: Database) -> None:
    lines = await _ticket_with_notes(centre, 3)
    assert [line.seq for line in lines] == [1, 2, 3, 4]
    assert len({line.hash for line in lines}) == 4
    assert _is_whole(lines)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("data", '{"event":"noted","text":"nothing was said"}'),
        ("actor", "mia"),
        ("kind", "responded"),
        ("occurred_at", NOON.replace(year=2025)),
        ("recorded_at", NOON.replace(microsecond=1)),
        ("command_key", "another"),
        ("hash", "0" * 64),
        ("seq", 9),
    ],
)
async def test_a_line_that_was_changed_is_found(centre: Database, column: str, value: Any) -> None:
    lines = await _ticket_with_notes(centre, 3)

    async def work(connection: Connection) -> None:
        table = schema.journal
        await connection.execute(
            update(table)
            .where(table.c.subject == lines[0].subject, table.c.seq == 2)
            .values({column: value})
        )

    await centre.write(work)
    assert not _is_whole(await _lines(centre, lines[0].subject))


async def test_a_line_that_was_removed_is_found(centre: Database) -> None:
    lines = await _ticket_with_notes(centre, 3)
    assert not _is_whole([lines[0], *lines[2:]])


async def test_hashes_stay_computable_whatever_the_engine_and_the_version(centre: Database) -> None:
    async def work(connection: Connection) -> None:
        await journal.append_to(connection, "person", "ola", "refused", {"a": "甲"}, "ola", NOON)

    await centre.write(work)
    async with centre.read() as connection:
        (line,) = await journal.lines_about(connection, "person", "ola")
    assert line.hash == line.computed_hash()
    assert line.hash[:8] == "53a29f68"


async def test_two_lines_for_the_same_place_are_refused(centre: Database) -> None:
    lines = await _ticket_with_notes(centre, 1)

    async def work(connection: Connection) -> None:
        await journal.append(connection, [lines[-1]])

    with pytest.raises(Duplicate):
        await centre.write(work)
    assert await _lines(centre, lines[0].subject) == lines


async def test_two_refusals_at_once_are_both_journaled(centre: Database) -> None:
    desk = desk_of("ada", centre)
    found = await asyncio.gather(*(desk.log_call(CALL) for _ in range(8)), return_exceptions=True)
    assert {type(one).__name__ for one in found} == {"NotAllowed"}
    async with centre.read() as connection:
        lines = await journal.lines_about(connection, "person", "ada")
    assert [line.seq for line in lines] == list(range(1, 9))
    assert _is_whole(lines)
