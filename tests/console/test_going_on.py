"""The next console goes on where the last one was, at whatever terminal."""

import asyncio
from collections.abc import Callable
from time import monotonic

import pytest
from shift import MANAGER, OPERATOR, PATIENCE, SUPERVISOR, Console, Shift
from sqlalchemy import update

from dispatch_tui.console.screens.assign import AssignScreen
from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.views import View
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.session import Place, Session
from dispatch_tui.storage.schema import staff
from dispatch_tui.storage.tickets import Connection

pytest_plugins = ("main_fixtures",)

NUMBER = "260311-003"


async def kept(shift: Shift, holds: Callable[[Session], bool], login: str = MANAGER) -> Session:
    """Wait until what is kept of a person is so."""
    desk: Desk = await shift.desk(login)
    give_up_at = monotonic() + PATIENCE
    session = await desk.session()
    while not holds(session):
        assert monotonic() < give_up_at, session
        await asyncio.sleep(0.02)
        session = await desk.session()
    return session


async def open_command(console: Console, name: str) -> None:
    await console.main.run_action(f"command('{name}')")
    await console.until(lambda: console.app.screen is not console.main)
    await console.settled()


async def test_view_filter_ticket_and_pane_are_as_they_were_left(shift: Shift) -> None:
    console = await shift.console(MANAGER, (80, 24))
    await console.press("v", "slash")
    await console.type("26031")
    await console.press("enter", "down", "down", "2")
    view, cursor = console.board.view, console.cursor
    assert view is View.NEAR
    wanted = Place(view=view, said="26031", ticket=cursor or "", pane="ticket")
    await kept(shift, lambda session: session.place == wanted)
    await console.close()
    again = await shift.console(MANAGER, (80, 24))
    assert (again.board.view, again.board.said, again.cursor) == (view, "26031", cursor)
    assert again.main.place("") == wanted
    await again.shows("[2 Ticket]", "As you left it: Near 26031 - Esc goes back")
    await again.press("escape", "escape", "escape")
    assert (again.board.view, again.board.said) == (View.OPEN, "")


async def test_the_first_look_shows_it_before_anybody_is_signed_in(shift: Shift) -> None:
    desk = await shift.desk(OPERATOR)
    await desk.keep_place(Place(view="breached", ticket=NUMBER))
    app = shift.app(OPERATOR)
    app._follow = lambda: None  # type: ignore[method-assign]
    console = await shift.start(app, opened=False)
    await console.until(lambda: bool(console.numbers))
    assert console.board.view is View.BREACHED
    assert console.cursor == NUMBER
    assert not app.live.signed_in


async def test_closed_tickets_are_shown_once_somebody_is_signed_in(shift: Shift) -> None:
    await (await shift.desk(OPERATOR)).keep_place(Place(view="over", ticket="260214-001"))
    console = await shift.start(shift.app(OPERATOR), opened=False)
    await console.until(lambda: console.board.view is View.OVER and bool(console.numbers))


async def test_leaving_keeps_the_place_at_once(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("down", "v", "v")
    cursor = console.cursor
    console.app.whereabouts.look = lambda: None  # type: ignore[method-assign]
    await console.close()
    await kept(shift, lambda session: session.place == Place(view="breached", ticket=cursor or ""))


async def test_a_form_is_open_again_with_its_draft(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.go_to(NUMBER)
    await open_command(console, "note")
    await console.type("Half a sentence")
    form = f"act:{NUMBER}:note"
    await kept(shift, lambda session: session.place.form == form)
    await console.close()
    again = await shift.console(MANAGER)
    await again.until(lambda: isinstance(again.app.screen, FormScreen))
    await again.shows("Half a sentence", "restored", NUMBER)
    await again.press("escape")
    assert again.cursor == NUMBER
    await kept(shift, lambda session: session.place.form == "")


@pytest.mark.parametrize(
    ("form", "screen"), [("call", CallScreen), (f"act:{NUMBER}:assign", AssignScreen)]
)
async def test_other_forms_are_open_again_too(shift: Shift, form: str, screen: type) -> None:
    await (await shift.desk(MANAGER)).keep_place(Place(form=form))
    console = await shift.console(MANAGER)
    await console.until(lambda: type(console.app.screen) is screen)


async def test_a_form_that_is_no_longer_possible_keeps_its_draft_and_says_so(shift: Shift) -> None:
    desk = await shift.desk(MANAGER)
    draft = {"text": "x", "reason": "logged twice"}
    await desk.save_draft(f"act:{NUMBER}:cancel", draft)
    await desk.keep_place(Place(ticket=NUMBER, form=f"act:{NUMBER}:cancel"))
    await shift.act(NUMBER, c.SolveByPhone(what_was_done="x"))
    console = await shift.console(MANAGER)
    await console.until(lambda: "its draft is kept" in console.notice)
    assert NUMBER in console.notice
    assert console.app.screen is console.main
    found = await desk.draft(f"act:{NUMBER}:cancel")
    assert found is not None
    assert found[0] == draft


@pytest.mark.parametrize(
    "place",
    [
        Place(view="no such view", said="zzz", ticket="999999-999", pane="nowhere", form="x:y:z"),
        Place(form="act:999999-999:note"),
        Place(form="act:::"),
        Place(form=f"act:{NUMBER}:no-such-command"),
        Place(ticket="[@click=app.quit]x[/]", said="\\", view="over"),
    ],
)
async def test_a_place_that_is_no_more_is_no_trouble(shift: Shift, place: Place) -> None:
    await (await shift.desk(MANAGER)).keep_place(place)
    console = await shift.start(shift.app(MANAGER), opened=False)
    await console.until(lambda: console.app.live.signed_in)
    await console.settled()
    assert console.app.screen is console.main
    while console.board.filtered or console.board.view is not View.OPEN:
        await console.press("escape")
    await console.until(lambda: NUMBER in console.numbers)


async def test_two_consoles_of_one_person_do_each_other_no_harm(shift: Shift) -> None:
    first = await shift.console(MANAGER)
    second = await shift.console(MANAGER)
    await first.press("v")
    await kept(shift, lambda session: session.place.view == "near")
    await second.press("down", "down")
    cursor = second.cursor
    await kept(shift, lambda session: session.place.ticket == cursor)
    assert first.board.view is View.NEAR


async def test_resting_writes_nothing(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    written: list[Place] = []
    keep = console.app.desk.keep_place

    async def counted(place: Place) -> None:
        written.append(place)
        await keep(place)

    console.app.desk.keep_place = counted
    await console.press(*["down"] * 12)
    cursor = console.cursor
    await kept(shift, lambda session: session.place.ticket == cursor)
    count = len(written)
    assert count <= 2
    for _ in range(5):
        console.app.whereabouts.look()
        await console.settled()
    assert len(written) == count


async def test_who_was_disabled_meanwhile_sees_no_error_of_it(shift: Shift) -> None:
    console = await shift.console(SUPERVISOR)

    async def leave(connection: Connection) -> None:
        found = staff.c.login == SUPERVISOR
        await connection.execute(update(staff).where(found).values(active=False))

    await (await shift.desk()).database.write(leave)
    notice = console.notice
    await console.press("down")
    console.enter()
    await console.app.whereabouts._keep(Place(view="near"))
    assert console.app.crash is None
    assert console.notice == notice
