"""Assigning, the menu of what can be done, and the help."""

import pytest
from conftest import CT, MANAGER, OPERATOR, OTHER_MANAGER, VENTILATOR, Centre, Console

from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.keys.menu import LETTERS
from dispatch_tui.console.screens.assign import AssignScreen, People
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.menu import MenuScreen
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Kind, Status

ANN, ABE, BOB = "shan.zhiyuan", "zeng.liqun", "zhou.guodong"
NAUGHTY = "[/] [@click=app.quit]x[/]"


async def assigning(centre: Centre, number: str) -> Console:
    """A manager's console with the engineers to choose from."""
    console = await centre.console(MANAGER, (120, 40))
    console.enter()
    await console.open(AssignScreen(await console.app.desk.ticket(number)))
    return console


async def menu(centre: Centre, number: str, login: str = MANAGER) -> Console:
    """A console with the menu of a ticket."""
    console = await centre.console(login, (120, 40))
    console.enter()
    await console.open(MenuScreen(await console.app.desk.ticket(number)))
    return console


def go_to(console: Console, login: str) -> None:
    """Put the cursor on an engineer."""
    console.enter()
    assert console.app.screen.query_one(People).move_to(login)


async def test_two_are_assigned_and_the_second_leads(centre: Centre) -> None:
    number = await centre.log()
    console = await assigning(centre, number)
    go_to(console, ANN)
    await console.type("<space>")
    await console.seen("[L]", "Lead: 单志远")
    go_to(console, BOB)
    await console.type("<space>", "l")
    await console.seen("Lead: 周国栋")
    await console.type("<enter>")
    await console.until(lambda: bool(console.results))
    ticket = (await (await centre.desk()).ticket(number)).case.ticket
    assert {one.login for one in ticket.engineers} == {ANN, BOB}
    assert ticket.lead == BOB


async def test_enter_alone_marks_first_and_assigns_only_then(centre: Centre) -> None:
    number = await centre.log()
    console = await assigning(centre, number)
    go_to(console, ABE)
    await console.type("<enter>")
    await console.seen("Enter again assigns 曾立群")
    assert console.results == []
    await console.type("<enter>")
    await console.until(lambda: bool(console.results))
    assert (await (await centre.desk()).ticket(number)).case.ticket.lead == ABE


async def test_engineers_are_shown_with_what_they_do_and_why(centre: Centre) -> None:
    busy = await centre.log(device=VENTILATOR)
    await centre.act(busy, c.Assign(engineers=(ANN,)))
    await centre.act(busy, c.Arrive(engineers=(ANN,)))
    number = await centre.log()
    console = await assigning(centre, number)
    await console.until(lambda: busy in console.app.live.cases)
    await console.seen(f"on site with {busy}")
    lines = console.text().splitlines()
    ann = next(line for line in lines if "]  单志远" in line)
    assert "on site" in ann
    assert busy in ann
    abe = next(line for line in lines if "]  曾立群" in line)
    assert "free" in abe
    assert "- no certificate" in " ".join(abe.split())


async def test_who_is_suggested_stands_first_and_one_key_assigns_them_with_the_reasons(
    centre: Centre,
) -> None:
    number = await centre.log()
    console = await assigning(centre, number)
    found = await console.app.desk.suggestions(number)
    assert found.first is not None
    first = found.first.person
    await console.seen(f"> [ ]  {first.name}", f"{first.name}: on duty", "duty 30/30")
    lines = [line for line in console.text().splitlines() if "[ ]" in line]
    assert [line.split("[ ]")[1].split()[0] for line in lines] == [
        one.person.name for one in found.ranked
    ]
    await console.type("s")
    await console.until(lambda: bool(console.results))
    file = await (await centre.desk()).ticket(number)
    assert file.case.ticket.lead == first.login
    [assigned] = [one.event for one in file.journal if isinstance(one.event, e.Assigned)]
    assert assigned.why.startswith("on duty, ")


async def test_of_two_managers_one_reads_who_was_faster_and_keeps_the_marks(
    centre: Centre,
) -> None:
    number = await centre.log()
    console = await assigning(centre, number)
    go_to(console, ABE)
    await console.type("<space>")
    await centre.act(number, c.Assign(engineers=(ANN,)), OTHER_MANAGER)
    await console.type("<enter>")
    await console.seen("沈卫国 was faster", "Assigned: 单志远", "marks are still here")
    await console.type("<enter>")
    await console.until(lambda: bool(console.results))
    ticket = (await (await centre.desk()).ticket(number)).case.ticket
    assert [one.login for one in ticket.engineers] == [ANN, ABE]
    assert ticket.lead == ANN


async def test_the_menu_puts_the_next_step_first_and_says_why_not(centre: Centre) -> None:
    number = await centre.log()
    console = await centre.console(MANAGER, (120, 90))
    await console.open(MenuScreen(await console.app.desk.ticket(number)))
    await console.seen("What to do with")
    lines = console.text().splitlines()
    answer = next(at for at, line in enumerate(lines) if "Answer the customer" in line)
    assign = next(at for at, line in enumerate(lines) if "Assign engineers" in line)
    closing = next(at for at, line in enumerate(lines) if "Close the case" in line)
    assert answer < assign < closing
    assert "the fault must be gone before it is" in lines[closing]


async def test_the_menu_of_a_complaint_offers_what_is_done_with_complaints(centre: Centre) -> None:
    number = await centre.log("Nobody called back", kind=Kind.COMPLAINT)
    console = await centre.console(MANAGER, (120, 90))
    await console.open(MenuScreen(await console.app.desk.ticket(number)))
    await console.seen("Acknowledge", "Close the complaint")
    assert "Assign engineers" not in console.text()
    await console.type("A")
    await console.until(lambda: console.results == ["acknowledge"])


async def test_the_menu_gives_the_chosen_command_by_letter_or_enter(centre: Centre) -> None:
    number = await centre.log()
    console = await menu(centre, number)
    await console.type("<enter>")
    await console.until(lambda: console.results == ["respond"])
    console.enter()
    await console.open(MenuScreen(await console.app.desk.ticket(number)))
    await console.type("ｘ")
    await console.until(lambda: console.results == ["respond", "cancel"])


async def test_what_is_not_possible_is_not_chosen_but_explained(centre: Centre) -> None:
    number = await centre.log()
    console = await menu(centre, number, OPERATOR)
    await console.type("a")
    await console.seen("Not for your role (hotline operator): assign")
    await console.type("<enter>")
    await console.pilot.pause()
    assert console.results == []
    await console.type("<escape>")
    await console.until(lambda: console.results == [None])


async def test_a_letter_and_a_reason_exist_for_every_command() -> None:
    assert set(LETTERS) == set(COMMANDS)
    letters = list(LETTERS.values())
    assert len(letters) == len(set(letters))
    assert not set(letters) & set("jk")
    quick = {action.command: action.letter for action in ACTIONS if action.command}
    assert {name: LETTERS[name] for name in quick if name in LETTERS} == {
        name: letter for name, letter in quick.items() if name in COMMANDS
    }


async def test_the_help_names_every_key_and_command(centre: Centre) -> None:
    console = await centre.console(OPERATOR, (120, 260))
    await console.open(HelpScreen())
    text = console.text()
    for action in ACTIONS:
        assert action.help.split(":")[0][:40] in text
    for spec in COMMANDS.values():
        assert spec.label in text
    await console.type("<f1>")
    await console.until(lambda: console.results == [None])


@pytest.mark.parametrize("size", [(40, 10), (80, 24)])
async def test_menu_assigning_and_help_fit_small_screens(
    centre: Centre, size: tuple[int, int]
) -> None:
    number = await centre.log(NAUGHTY)
    console = await centre.console(MANAGER, size)
    console.enter()
    file = await console.app.desk.ticket(number)
    assert file.case.ticket.status is Status.LOGGED
    assert file.case.ticket.device == CT
    for screen, word in (
        (MenuScreen(file), "r Answer the"),
        (AssignScreen(file), "单志远"),
        (HelpScreen(), "Up/Down"),
    ):
        await console.open(screen)
        await console.seen(word)
        await console.type("<escape>")
    await console.until(lambda: len(console.results) == 3)
