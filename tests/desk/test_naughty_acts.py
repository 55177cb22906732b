"""Naughty texts in every field of every command: kept clean and whole, or refused."""

from collections.abc import Awaitable, Iterator, Sequence

import msgspec
import pytest
from centre import CALL, FrozenClock, desk_of
from courses import COURSES, begun
from msgspec.structs import replace
from naughty import NAUGHTY, is_harmless, strings_in
from sound import sound

from dispatch_tui.cli import documents
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.spec import LIMITS, Field, FieldKind
from dispatch_tui.domain.table import BY_TYPE, COMMANDS
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database
from dispatch_tui.words.speaker import Speaker

WORDS = (FieldKind.LINE, FieldKind.TEXT)
QUICK = 2
"""So many of the texts are tried on each field in the ordinary suite, others on each."""


def wordy(command: c.Command) -> list[Field]:
    """The fields of a command that take any words."""
    return [one for one in BY_TYPE[type(command)].fields if one.kind in WORDS]


def kept_as(field: Field, text: str) -> str:
    """What a field keeps of a text."""
    return clean_text(text) if field.kind is FieldKind.TEXT else clean_line(text)


def rows(*, some: bool) -> Iterator[tuple[str, str]]:
    """A command and a text for each row of the table; with `some` a few texts for each."""
    names = list(NAUGHTY)
    for place, command in enumerate(COMMANDS):
        chosen = [names[(place * QUICK + step) % len(names)] for step in range(QUICK)]
        yield from ((command, name) for name in (chosen if some else names))


async def check(database: Database, clock: FrozenClock, name: str, text: str) -> None:
    """Give a command with a text in one field after the other."""
    course = COURSES[name]
    login = "gina"
    for field in wordy(course.command):
        number = await begun(database, clock, course.before, call=course.call, me=login)
        desk = desk_of(login, database, clock)
        before = len((await desk.ticket(number)).journal)
        command = replace(course.command, **{field.name: text})
        done = await outcome(desk.act(number, command))
        if isinstance(done, Done):
            wanted = kept_as(field, text)
            assert len(wanted) <= LIMITS[field.kind]
            await kept_well(desk, [number, done.other or number], wanted, (name, field.name))
        else:
            assert clean_line(Speaker("en", desk.zone).say(done.message)), (name, field.name)
            assert len((await desk.ticket(number)).journal) == before


async def outcome(act: Awaitable[Done]) -> Done | InvalidInput:
    """What came of an act, or why it was not taken."""
    try:
        return await act
    except InvalidInput as refusal:
        return refusal


async def kept_well(
    desk: Desk, numbers: Sequence[str], wanted: str, where: tuple[str, str]
) -> None:
    """Check that all that is kept is clean, and that what was said is whole among it."""
    for case in await desk.cases(numbers):
        shown = strings_in(msgspec.to_builtins(documents.ticket(case, desk.clock())))
        assert all(is_harmless(one) for one in shown), where
    async with desk.database.read() as connection:
        found = [await journal.ticket_journal(connection, number) for number in numbers]
    lines = [line for one in found for line in one]
    written = [one for line in lines for one in strings_in(msgspec.json.decode(line.data))]
    assert all(is_harmless(one) for one in written), where
    assert not wanted or wanted in written, where


@pytest.mark.parametrize("name", COMMANDS)
async def test_each_command_takes_some_naughty_texts_or_refuses_them(
    file_centre: Database, clock: FrozenClock, name: str
) -> None:
    await desk_of("ola", file_centre, clock).log_call(CALL)  # the one that others name
    for command, text in rows(some=True):
        if command == name:
            await check(file_centre, clock, name, NAUGHTY[text])
    await sound(file_centre)


@pytest.mark.slow
@pytest.mark.parametrize("text", NAUGHTY)
async def test_every_command_takes_a_naughty_text_or_refuses_it(
    file_centre: Database, clock: FrozenClock, text: str
) -> None:
    await desk_of("ola", file_centre, clock).log_call(CALL)
    for name in COMMANDS:
        await check(file_centre, clock, name, NAUGHTY[text])
    await sound(file_centre)


@pytest.mark.parametrize("text", NAUGHTY)
async def test_a_call_takes_a_naughty_text_or_refuses_it(
    file_centre: Database, clock: FrozenClock, text: str
) -> None:
    desk = desk_of("ola", file_centre, clock)
    for field in wordy(CALL):
        done = await outcome(desk.log_call(replace(CALL, **{field.name: NAUGHTY[text]})))
        if isinstance(done, Done):
            wanted = kept_as(field, NAUGHTY[text])
            await kept_well(desk, [done.number], wanted, ("call", field.name))
        else:
            assert clean_line(Speaker("en", desk.zone).say(done.message))
    await sound(file_centre)
