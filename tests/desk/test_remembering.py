"""A person's session: kept part by part, for whoever it is of, and read without SQLAlchemy too."""

import pytest
from centre import FrozenClock, desk_of
from sqlalchemy import update

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.glimpse import remembered
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.session import MOST_CHARACTERS, MOST_CHOICES, Place, Session
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.schema import sessions, staff
from dispatch_tui.storage.tickets import Connection

PLACE = Place(
    view="near", said="ct", ticket="260303-001", pane="device", form="act:260303-001:note"
)


@pytest.fixture
def ola(centre: Database, clock: FrozenClock) -> Desk:
    return desk_of("ola", centre, clock)


async def test_a_person_who_never_was_here_begins_in_the_plain_queue(ola: Desk) -> None:
    assert await ola.session() == Session()


async def test_each_part_is_kept_beside_the_others(ola: Desk, centre: Database) -> None:
    await ola.keep_place(PLACE)
    await ola.choose({"language": "zh_CN", "theme": "high-contrast"})
    await ola.keep_toured()
    await ola.choose({"theme": "", "glyphs": "unicode"})
    again = desk_of("ola", centre)
    chosen = {"language": "zh_CN", "glyphs": "unicode"}
    assert await again.session() == Session(place=PLACE, chosen=chosen, toured=True)


async def test_of_two_consoles_of_one_person_the_last_place_counts_and_no_choice_is_lost(
    ola: Desk, centre: Database
) -> None:
    other = desk_of("ola", centre)
    await ola.choose({"language": "zh_CN"})
    await other.keep_place(PLACE)
    await ola.keep_place(Place(view="over"))
    found = await other.session()
    assert (found.place, found.chosen) == (Place(view="over"), {"language": "zh_CN"})


async def test_everybody_has_a_session_of_their_own(ola: Desk, centre: Database) -> None:
    await ola.keep_place(PLACE)
    assert await desk_of("mia", centre).session() == Session()


async def test_what_is_kept_is_clean_and_bounded(ola: Desk) -> None:
    await ola.keep_place(Place(said="a\x1b]52;c;x\x07b\ud800\n" + "x" * 9000))
    await ola.choose({f"name{n}": "v" * 500 for n in range(99)})
    found = await ola.session()
    assert found.place.said.isprintable()
    assert len(found.place.said) <= MOST_CHARACTERS
    assert len(found.chosen) == MOST_CHOICES
    assert max(map(len, found.chosen.values())) == 40


@pytest.mark.parametrize("state", ["", "{", '{"place": 7}', "[]", '{"later": {"version": 2}}'])
async def test_a_state_that_cannot_be_read_is_no_error(
    ola: Desk, centre: Database, state: str
) -> None:
    await ola.keep_place(PLACE)

    async def spoil(connection: Connection) -> None:
        await connection.execute(update(sessions).values(state=state))

    await centre.write(spoil)
    assert await ola.session() == Session()
    await ola.keep_place(PLACE)
    assert (await ola.session()).place == PLACE


async def test_who_has_left_keeps_nothing(ola: Desk, centre: Database) -> None:
    async def leave(connection: Connection) -> None:
        await connection.execute(update(staff).where(staff.c.login == "ola").values(active=False))

    await centre.write(leave)
    with pytest.raises(NotAllowed):
        await ola.keep_place(PLACE)
    assert await ola.session() == Session()


async def test_nothing_of_it_is_journaled(ola: Desk, centre: Database) -> None:
    async def newest() -> int:
        async with centre.read() as connection:
            return await journal.newest_id(connection)

    before = await newest()
    await ola.keep_place(PLACE)
    await ola.choose({"theme": "ansi-dark"})
    assert await newest() == before


async def test_a_file_tells_it_before_the_database_is_opened(
    file_centre: Database, clock: FrozenClock
) -> None:
    path = str(file_centre.place.path)
    desk = desk_of("ola", file_centre, clock)
    kept = remembered(path, "ola")
    assert kept is not None
    assert kept.session == Session()
    await desk.keep_place(PLACE)
    await desk.choose({"language": "zh_CN"})
    kept = remembered(path, "ola")
    assert kept is not None
    assert kept.session == await desk.session()
    assert remembered(path, "gone") is None
    assert remembered(path, "nobody") is None
    assert remembered(path + ".missing", "ola") is None
    assert remembered("postgresql+asyncpg://localhost/x", "ola") is None
