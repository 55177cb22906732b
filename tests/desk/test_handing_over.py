"""Handing over: made by one, accepted once by the next, and both in the journal."""

import pytest
from centre import CALL, DAY, FrozenClock, desk_of

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database


@pytest.fixture
def ola(centre: Database, clock: FrozenClock) -> Desk:
    return desk_of("ola", centre, clock)


@pytest.fixture
def mia(centre: Database, clock: FrozenClock) -> Desk:
    return desk_of("mia", centre, clock)


async def test_a_sheet_is_handed_over_with_a_note_and_accepted_by_the_next(
    ola: Desk, mia: Desk, centre: Database
) -> None:
    number = (await ola.log_call(CALL)).number
    assert [one.number for one in await ola.handover_sheet()] == [number]
    made = await ola.hand_over("Dr Li waits\x07 for a call", to="mia")
    assert made.note == "Dr Li waits for a call"
    assert await mia.pending_handover() == made
    await mia.accept_handover(made.id)
    assert await mia.pending_handover() is None
    async with centre.read() as connection:
        lines = await journal.lines_about(connection, "handover", made.id)
    assert [(one.kind, one.actor) for one in lines] == [("handed_over", "ola"), ("accepted", "mia")]
    assert number in lines[0].data


async def test_it_is_accepted_once_and_the_second_reads_by_whom(ola: Desk, mia: Desk) -> None:
    made = await ola.hand_over()
    await mia.accept_handover(made.id)
    with pytest.raises(Conflict, match="mia has taken over already"):
        await ola.accept_handover(made.id)
    with pytest.raises(NotFound, match="no hand-over x"):
        await ola.accept_handover("x")


async def test_the_last_one_that_waits_is_shown(ola: Desk, mia: Desk, clock: FrozenClock) -> None:
    assert await mia.pending_handover() is None
    await ola.hand_over("first")
    clock.pass_(hours=8)
    last = await mia.hand_over("second")
    assert await ola.pending_handover() == last
    clock.now += DAY
    await ola.accept_handover(last.id)
    assert await mia.pending_handover() is None


@pytest.mark.parametrize("login", ["ann", "spe", "sue", "ada"])
async def test_who_does_not_keep_the_cases_moving_neither_hands_over_nor_takes_over(
    centre: Database, ola: Desk, login: str
) -> None:
    made = await ola.hand_over()
    desk = desk_of(login, centre)
    with pytest.raises(NotAllowed):
        await desk.hand_over()
    with pytest.raises(NotAllowed):
        await desk.accept_handover(made.id)
    assert await ola.pending_handover() == made


async def test_nobody_hands_over_to_somebody_who_is_not_there(ola: Desk) -> None:
    for to in ("nobody", "gone"):
        with pytest.raises(NotFound, match="nobody with the login"):
            await ola.hand_over(to=to)
    assert await ola.pending_handover() is None


async def test_a_note_that_cannot_be_kept_whole_is_refused(ola: Desk) -> None:
    with pytest.raises(InvalidInput, match="4001 characters long"):
        await ola.hand_over("x" * 4001)
    assert await ola.pending_handover() is None
