"""The index of what can be found follows every write, on both engines."""

from collections.abc import Collection
from typing import Any

import pytest
from centre import ASSIGN, CALL, CONTACTS, CUSTOMERS, NOON, NOTE, desk_of
from msgspec.structs import replace
from sqlalchemy import text

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.errors import Conflict
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.fold import FOLD_VERSION
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.tokens import Phrase, mark, phrase
from dispatch_tui.storage import index, journal, migrate, records, refold, search, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.search import Asked
from dispatch_tui.storage.terms import Subject, Way
from dispatch_tui.storage.tickets import Connection

TICKETS = {Thing.TICKET}
SAID = (
    "CT不能曝光，报高压故障 E-0607",
    "高压油箱漏油，机房有味道",
    '100% humidity, sensor a_b says "off" *',
    "No image after warm-up",
)


async def said(database: Database, *faults: str) -> list[str]:
    """Log calls and return their numbers."""
    ola = desk_of("ola", database)
    return [(await ola.log_call(replace(CALL, fault=one))).number for one in faults]


async def written(
    database: Database, *words: str, things: Collection[Thing] = TICKETS, **asked: Any
) -> list[str]:
    """What has all of this in its text."""
    wanted = Asked(phrases=tuple(phrase(one) for one in words), **asked)
    async with database.read() as connection:
        found = await search.written(connection, wanted, things, 50)
    return [subject for _, (_, subject) in found]


async def looked_up(database: Database, way: Way, word: str, **more: Any) -> list[Subject]:
    """What a word leads to."""
    async with database.read() as connection:
        found = await search.looked_up(connection, way, word, set(Thing), limit=50, **more)
    return [subject for _, subject in found]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["高压"], [1, 0]),
        (["压"], [1, 0]),
        (["油"], [1]),
        (["味道"], [1]),
        (["高压故障"], [0]),
        (["高压 故障"], []),
        (["高压", "曝光"], [0]),
        (["E-0607"], [0]),
        (["0607 E"], []),
        (["image after"], [3]),
        (["after image"], []),
        (["%"], [2]),
        (["100%"], [2]),
        (["_"], [2]),
        (["a_b"], [2]),
        (['"'], [2]),
        (["*"], [2]),
        (["'"], []),
        (["imag"], []),
    ],
)
async def test_texts_are_found_by_what_stands_in_them(
    centre: Database, words: list[str], found: list[int]
) -> None:
    numbers = await said(centre, *SAID)
    if words == ["高压 故障"]:
        words = ["高压，故障"]
    if [one for word in words for one in phrase(word)]:
        assert await written(centre, *words) == [numbers[one] for one in found]
    else:
        assert found == []


async def test_a_word_that_is_typed_is_found_by_its_beginning(centre: Database) -> None:
    numbers = await said(centre, *SAID)
    wanted = Asked(phrases=(phrase("no ima", growing=True),))
    async with centre.read() as connection:
        found = await search.written(connection, wanted, TICKETS, 50)
    assert [subject for _, (_, subject) in found] == [numbers[3]]


async def test_words_that_must_not_be_there(centre: Database) -> None:
    numbers = await said(centre, *SAID)
    for without, left in ((["曝光"], [1]), (["高压油箱", "没有"], [0]), (["压"], []), (["高"], [])):
        phrases = tuple(phrase(one) for one in without)
        assert await written(centre, "高压", without=phrases) == [numbers[one] for one in left]


async def test_marks_narrow_it_down_and_days_bound_it(centre: Database) -> None:
    numbers = await said(centre, *SAID)
    await desk_of("mia", centre).act(numbers[1], c.Cancel(reason="Twice"))
    open_, cancelled = (mark("status", one) for one in ("open", "cancelled"))
    assert await written(centre, "高压", marks=((cancelled,),)) == [numbers[1]]
    assert await written(centre, "高压", marks=((open_,),)) == [numbers[0]]
    both = ((open_, cancelled), (mark("client", "H1"),))
    assert await written(centre, marks=both) == numbers[::-1]
    assert await written(centre, without=(Phrase((open_,)),)) == [numbers[1]]
    assert await written(centre, marks=((mark("client", "H2"),),)) == []
    async with centre.read() as connection:
        every = await search.written(connection, Asked(), TICKETS, 50)
    ids = [one for one, _ in every]
    assert ids == sorted(ids, reverse=True)
    assert await written(centre, beyond=ids[1]) == numbers[1::-1]
    assert await written(centre, first=ids[1]) == numbers[:1:-1]


async def test_what_becomes_of_a_ticket_is_found_at_once(centre: Database) -> None:
    (number,) = await said(centre, "Smkoe")
    mia = desk_of("mia", centre)
    await mia.act(number, NOTE)
    assert await written(centre, "spare tube") == [number]
    await mia.act(number, c.Undo())
    assert await written(centre, "spare tube") == []
    await mia.act(number, c.Correct(fault="Smoke", reason="Typing"))
    assert await written(centre, "smoke") == [number]
    assert await written(centre, "smkoe") == []
    await mia.act(number, ASSIGN)
    assert await written(centre, marks=((mark("engineer", "ann"),),)) == [number]


async def test_what_is_refused_is_not_found(centre: Database) -> None:
    (number,) = await said(centre, "Smoke")
    mia, max_ = desk_of("mia", centre), desk_of("max", centre)
    await mia.act(number, ASSIGN, version=1)
    with pytest.raises(Conflict):
        await max_.act(number, c.Correct(fault="Fire"), version=1)

    async def fails(connection: Connection) -> None:
        lost = Customer(code="L1", name="Lost", notes="Lost notes")
        await records.keep(connection, "customer", [(lost, True)], "mia", NOON)
        raise LookupError

    with pytest.raises(LookupError):
        await centre.write(fails)
    assert await written(centre, "fire") == []
    assert await looked_up(centre, Way.CHARACTERS, "lost") == []
    assert await written(centre, "lost", things={Thing.CUSTOMER}) == []


async def test_records_are_found_as_they_are_now_until_they_are_withdrawn(
    centre: Database,
) -> None:
    changed = replace(CUSTOMERS[0], name="重庆市渝岚医院", notes="后门进，找保安")

    async def change(connection: Connection) -> None:
        await records.change(connection, changed, "changed", "mia", NOON)
        device = Device(
            **{"id": "MR-9", "serial": "MR-9", "maker": "M", "model": "", "name": "MR"},
            **{"kind": "MR", "customer": "H1", "notes": "安装在地下室"},
        )
        await records.keep(connection, "device", [(device, True)], "mia", NOON)
        await records.withdraw(connection, "contact", CONTACTS[0], "mia", NOON)

    contact = (Thing.CONTACT, "\n".join(("H1", "Dr Li", "027-1")))
    assert await looked_up(centre, Way.CHARACTERS, "drli") == [contact]
    await centre.write(change)
    customer = (Thing.CUSTOMER, "H1")
    assert await looked_up(centre, Way.CHARACTERS, "重庆") == [customer]
    assert set(await looked_up(centre, Way.INITIALS, "cqsyl")) == {customer}
    assert set(await looked_up(centre, Way.PINYIN, "chongqing")) == {customer}
    assert set(await looked_up(centre, Way.PART, "渝岚")) == {customer}
    assert await looked_up(centre, Way.CHARACTERS, "firstpeople") == []
    assert await looked_up(centre, Way.TAIL, "MR-9"[::-1].lower().replace("-", "")) == [
        (Thing.DEVICE, "MR-9")
    ]
    assert await looked_up(centre, Way.CHARACTERS, "drli") == []
    both = {Thing.CUSTOMER, Thing.DEVICE}
    assert await written(centre, "保安", things=both) == ["H1"]
    assert await written(centre, "地下", things=both) == ["MR-9"]
    assert await written(centre, "地下", things=TICKETS) == []


async def test_words_are_paged_by_key_smaller_ones_first(centre: Database) -> None:
    places, after = [], None
    while True:
        async with centre.read() as connection:
            page = await search.looked_up(
                connection, Way.CHARACTERS, "", set(Thing), after=after, limit=7
            )
        if not page:
            break
        places += [place for place, _ in page]
        after = places[-1]
    assert places == sorted(set(places))
    assert len(places) > 20


async def test_tickets_are_found_by_the_beginning_of_their_numbers(centre: Database) -> None:
    numbers = await said(centre, *SAID)
    async with centre.read() as connection:
        for length in (1, 2, 6, 7, 9):
            start = numbers[0][:length]
            assert await search.numbered(connection, start, limit=50) == numbers[::-1]
        assert await search.numbered(connection, numbers[1], limit=50) == [numbers[1]]
        assert await search.numbered(connection, "25", limit=50) == []
        below = await search.numbered(connection, numbers[0][:2], before=numbers[2], limit=1)
        assert below == [numbers[1]]


async def _both(database: Database) -> list[list[Any]]:
    async with database.read() as connection:
        return [
            [tuple(row) for row in await connection.execute(text(f"SELECT * FROM {one}"))]
            for one in ("terms ORDER BY way, term, kind, subject", "texts ORDER BY id")
        ]


@pytest.mark.parametrize("version", ["2", f"{FOLD_VERSION}.0", None])
async def test_an_index_of_another_version_is_made_anew(
    centre: Database, version: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await said(centre, *SAID)
    before = await _both(centre)
    monkeypatch.setattr(refold, "BATCH", 3)

    async def spoil(connection: Connection) -> None:
        await index.clear(connection)
        await connection.execute(
            text("INSERT INTO terms (way, term, kind, subject) VALUES (1, 'stale', 1, 'H1')")
        )
        await connection.execute(text("DELETE FROM settings"))
        if version is not None:
            await connection.execute(text(f"INSERT INTO settings VALUES ('fold', '{version}')"))

    await centre.write(spoil)
    assert await written(centre, "高压") == []
    await migrate.migrate(centre)
    assert await _both(centre) == before
    assert len(await written(centre, "高压")) == 2


async def test_a_ticket_that_is_written_anew_is_found_by_its_new_words_alone(
    centre: Database,
) -> None:
    (number,) = await said(centre, "Smoke")
    async with centre.read() as connection:
        entries = journal.entries_of(await journal.ticket_journal(connection, number))
        (row,) = await tickets.rows(connection, [number])
    ticket = replace(row.ticket, fault="Steam")
    await centre.write(
        lambda connection: tickets.put_anew(connection, [(ticket, entries)], Policy())
    )
    assert await written(centre, "steam") == [number]
    assert await written(centre, "smoke") == []
