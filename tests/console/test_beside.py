"""Who else has a ticket open: seen in the pane, in forms and menus, and gone when they are."""

import asyncio

from msgspec.structs import replace
from shift import MANAGER, OPERATOR, OTHER_MANAGER, Console, Shift

from dispatch_tui.console.presence import EVERY
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.presence import FADES_AFTER, Present
from dispatch_tui.storage import presence, records
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

TICKET = "260311-006"
SEEN = "Also here: 陈敬"


async def _rows(shift: Shift) -> tuple[Present, ...]:
    async with (await shift.desk()).database.read() as connection:
        return await presence.everybody(connection)


async def _until_told(shift: Shift, *doing: str) -> None:
    async with asyncio.timeout(10):
        while [one.doing for one in await _rows(shift)] != [*doing]:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _at(shift: Shift, login: str, *keys: str) -> Console:
    console = await shift.console(login)
    await console.go_to(TICKET)
    await console.rested()
    for key in keys:
        await _open(console, key)
    return console


async def _open(console: Console, key: str) -> None:
    await console.press(key)
    await console.until(lambda: console.app.screen is not console.main)


async def _back(console: Console) -> None:
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)


async def test_a_form_and_a_menu_are_seen_by_others_and_the_cursor_is_not(shift: Shift) -> None:
    mine = await _at(shift, OPERATOR)
    theirs = await _at(shift, MANAGER)
    await _open(theirs, "m")
    await mine.until(lambda: SEEN in mine.sheet("ticket"))
    assert "Also here" not in theirs.sheet("ticket")
    await _back(theirs)
    await _open(theirs, "a")
    await mine.until(lambda: f"{SEEN} (Assign engineers)" in mine.sheet("ticket"))
    await theirs.press("escape")
    await mine.until(lambda: SEEN not in mine.sheet("ticket"))
    assert await _rows(shift) == ()


async def test_it_stands_in_the_form_of_whoever_opens_one_too(shift: Shift) -> None:
    theirs = await _at(shift, MANAGER, "t")
    await _until_told(shift, "note")
    mine = await _at(shift, OPERATOR, "r")
    await mine.until(lambda: f"{SEEN} (Write a note)" in mine.text)
    await theirs.until(lambda: "Also here: 罗晓燕 (Answer the customer)" in theirs.text)
    await theirs.press("escape")
    await mine.hides(SEEN)


async def test_it_fades_two_minutes_after_the_last_key_and_comes_back_with_one(
    shift: Shift,
) -> None:
    mine, theirs = await _at(shift, OPERATOR), await _at(shift, MANAGER, "t")
    await mine.until(lambda: SEEN in mine.sheet("ticket"))
    shift.clock.pass_(seconds=FADES_AFTER.total_seconds() - 1)
    await mine.settled()
    assert SEEN in mine.sheet("ticket")
    shift.clock.pass_(seconds=1)
    await mine.until(lambda: SEEN not in mine.sheet("ticket"))
    await theirs.press("x")
    await mine.until(lambda: SEEN in mine.sheet("ticket"))


async def test_keys_are_told_of_every_thirty_seconds_at_most(shift: Shift) -> None:
    theirs = await _at(shift, MANAGER, "t")
    await _until_told(shift, "note")
    (before,) = await _rows(shift)
    shift.clock.pass_(seconds=EVERY.total_seconds() - 1)
    await theirs.type("quick hands")
    assert theirs.app.live.presence._wake.is_set() is False
    assert await _rows(shift) == (before,)
    shift.clock.pass_(seconds=1)
    await theirs.press("x")
    async with asyncio.timeout(10):
        while await _rows(shift) == (before,):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    (after,) = await _rows(shift)
    assert after == replace(before, pressed_at=shift.clock.now)


async def test_a_console_that_ends_is_nowhere_any_more(shift: Shift) -> None:
    theirs = await _at(shift, MANAGER, "t")
    await _until_told(shift, "note")
    await theirs.close()
    await _until_told(shift)


async def test_whoever_is_disabled_is_signed_out_with_a_form_open_whose_draft_is_kept(
    shift: Shift,
) -> None:
    console = await _at(shift, OTHER_MANAGER, "t")
    await console.type("half a note")
    desk = await shift.desk(OTHER_MANAGER)

    async def kept() -> bool:
        draft = await desk.draft(f"act:{TICKET}:note")
        return draft is not None and draft[0]["text"] == "half a note"

    async with asyncio.timeout(10):
        while not await kept():  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    await _change(shift, OTHER_MANAGER, active=False)
    await console.until(lambda: not console.app.is_running)
    assert "may not sign in any more" in str(console.app.refusal)
    assert await kept()


async def test_another_role_is_in_force_at_once(shift: Shift) -> None:
    console = await _at(shift, OPERATOR)
    await _change(shift, OPERATOR, role=Role.SUPERVISOR)
    await console.until(lambda: "supervisor" in console.lines[0])
    await console.press("n")
    await console.shows("You may look, but not log calls.")
    await console.press("r")
    await console.shows("Not for your role")


async def _change(shift: Shift, login: str, **facts: object) -> None:
    desk = await shift.desk()
    person = replace((await desk.staff())[login], **facts)

    async def work(connection: Connection) -> None:
        await records.keep(connection, "staff", [(person, False)], MANAGER, shift.clock.now)

    await desk.database.write(work)
