"""Finding anything from anywhere: what is typed, what is shown meanwhile, where Enter goes."""

import asyncio
from typing import Any

import pytest
from conftest import CT, MANAGER, OPERATOR, Centre, Console
from textual import events

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.customer import CustomerScreen
from dispatch_tui.console.screens.device import DeviceScreen
from dispatch_tui.console.screens.search import SearchScreen
from dispatch_tui.console.screens.ticket import TicketScreen
from dispatch_tui.domain import commands as c


async def searching(centre: Centre, size: tuple[int, int] = (80, 24), **more: Any) -> Console:
    """An operator's console with the search open."""
    console = await centre.console(OPERATOR, size, **more)
    await console.type("<f3>")
    await console.until(lambda: isinstance(console.app.screen, SearchScreen))
    return console


async def closed(centre: Centre, fault: str) -> str:
    """A ticket that is over."""
    number = await centre.log(fault)
    await centre.act(number, c.Cancel(reason="Tested"))
    return number


def selected(console: Console) -> str:
    """The ticket under the cursor of the main screen, with no screen over it."""
    main = console.app.main
    assert main is not None
    case = main.board.selected
    return case.number if console.app.screen is main and case is not None else ""


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_everything_is_found_while_typing(
    centre: Centre, size: tuple[int, int], language: str
) -> None:
    number = await centre.log("高压未就绪")
    console = await searching(centre, size, language=language)
    await console.type("高压")
    await console.seen(number, "高压未就绪")
    await console.type(*["<backspace>"] * 2, "jhyy")
    await console.seen("成都锦浣医院")
    await console.type(*["<backspace>"] * 4, "8139x")
    await console.seen(CT)


async def test_enter_goes_to_an_open_ticket_and_shows_one_that_is_over(centre: Centre) -> None:
    first, over = await centre.log("Rings"), await closed(centre, "Smoke")
    console = await searching(centre)
    await console.type("smoke", "<enter>")
    await console.until(lambda: isinstance(console.app.screen, TicketScreen))
    await console.seen(over, "cancelled")
    await console.type("<escape>", *["<backspace>"] * 5, "rings", "<enter>")
    await console.until(lambda: selected(console) == first)


async def test_enter_opens_the_file_of_a_customer_and_of_a_device(centre: Centre) -> None:
    console = await searching(centre)
    await console.type("jhyy", "<enter>")
    await console.until(lambda: isinstance(console.app.screen, CustomerScreen))
    await console.type("<escape>", *["<backspace>"] * 4, "8139x", "<enter>")
    await console.until(lambda: isinstance(console.app.screen, DeviceScreen))


async def test_enter_on_what_was_typed_too_fast_waits_for_its_answer(centre: Centre) -> None:
    await centre.log("Smoke")
    number = await centre.log("Rings in the image")
    console = await searching(centre)
    for key in (*"rings", "enter"):
        console.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await console.until(lambda: selected(console) == number)


async def test_keys_are_shown_while_an_answer_is_on_its_way_and_a_late_one_is_dropped(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    await centre.log("Rings")
    await centre.log("Smoke")
    console = await searching(centre)
    find, go_on, asked = console.app.desk.find, asyncio.Event(), []

    async def slow(said: str, *args: Any, **more: Any) -> Any:
        asked.append(said)
        await go_on.wait()
        return await find(said, *args, **more)

    monkeypatch.setattr(console.app.desk, "find", slow)
    await console.type("ring")
    await console.seen("ring")
    await console.type(*["<backspace>"] * 4, "smoke")
    await console.seen("smoke")
    assert asked == ["r"]
    go_on.set()
    await console.seen("Smoke")
    assert asked == ["r", "smoke"]


async def test_escape_waits_for_no_answer(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    console = await searching(centre)

    async def never(*_: Any, **__: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(console.app.desk, "find", never)
    await console.type("x", "<enter>", "<escape>")
    await console.until(lambda: console.app.screen is console.app.main)


async def test_further_pages_come_while_one_goes_down(centre: Centre) -> None:
    numbers = [await centre.log(f"Alarm {one}", ago=one + 1) for one in range(60)]
    console = await searching(centre, (80, 24))
    await console.type("alarm")
    await console.seen(numbers[-1])
    await console.type(*["<down>"] * 59)
    await console.seen(numbers[0])


async def test_what_is_looked_for_can_be_narrowed_by_kinds_and_filters(centre: Centre) -> None:
    over, number = await closed(centre, "锦浣 smoke"), await centre.log("Smoke again")
    console = await searching(centre)
    await console.type("锦浣")
    await console.seen("成都锦浣医院", over)
    await console.type("<f7>")
    await console.seen("only tickets", over)
    await console.gone("028-")
    await console.type(*["<backspace>"] * 2, "smoke status:open")
    await console.seen(number)
    await console.gone(over)


async def test_an_unknown_filter_is_named(centre: Centre) -> None:
    console = await searching(centre)
    await console.type("colour:red")
    await console.seen("colour: is no filter")


async def test_a_colleague_leads_to_their_tickets(centre: Centre) -> None:
    number = await centre.log("Rings")
    await centre.act(number, c.Assign(engineers=("shan.zhiyuan",)), MANAGER)
    console = await searching(centre)
    await console.type("单志远", "<enter>")
    await console.seen(number, "engineer:")
    await console.type("<enter>")
    await console.until(lambda: selected(console) == number)


async def test_a_form_lies_under_the_search_as_it_was_left(centre: Centre) -> None:
    await centre.log("Rings")
    console = await centre.console(OPERATOR)
    await console.open(CallScreen())
    await console.type("8139x", "<enter>", "Half a sen", "<f3>")
    await console.until(lambda: isinstance(console.app.screen, SearchScreen))
    await console.type("<escape>", "tence")
    await console.seen("Half a sentence")


async def test_a_ticket_is_read_over_a_form_that_goes_on_after_it(centre: Centre) -> None:
    await centre.log("Rings")
    console = await centre.console(OPERATOR)
    await console.open(CallScreen())
    await console.type("8139x", "<enter>", "Half a sen", "<f3>", "rings", "<enter>")
    await console.until(lambda: isinstance(console.app.screen, TicketScreen))
    await console.type("<escape>", "<escape>", "tence")
    await console.seen("Half a sentence")
    assert console.results == []
