"""The palette finds what can be done, and tickets, customers, devices and people."""

from typing import Any

import pytest
from conftest import CT, MANAGER, OPERATOR, Centre, Console

from dispatch_tui.console.screens.customer import CustomerScreen
from dispatch_tui.console.screens.device import DeviceScreen
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.screens.palette import PaletteScreen
from dispatch_tui.console.screens.search import SearchScreen
from dispatch_tui.console.screens.ticket import TicketScreen
from dispatch_tui.domain import commands as c
from dispatch_tui.words.catalog import translations

NAUGHTY = "[/] [@click=app.quit]x[/]"


async def palette(centre: Centre, login: str = OPERATOR, **more: Any) -> Console:
    """A console with the palette open."""
    console = await centre.console(login, (100, 30), **more)
    await console.until(lambda: console.app.main is not None and console.app.screen.is_mounted)
    await console.type("<ctrl+p>")
    await console.until(lambda: isinstance(console.app.screen, PaletteScreen))
    return console


def rows(console: Console) -> list[str]:
    """The lines of the list, the one under the cursor first marked by ">"."""
    return [" ".join(line.split()) for line in console.text().splitlines()]


async def test_every_word_of_a_name_finds_an_action_the_named_ones_first(centre: Centre) -> None:
    await centre.log()
    console = await palette(centre)
    await console.type("note")
    await console.seen("> t, ctrl+n Note")
    await console.type("<enter>")
    await console.until(lambda: isinstance(console.app.screen, FormScreen))


async def test_initials_find_an_action(centre: Centre) -> None:
    console = await palette(centre)
    await console.type("nc")
    await console.seen("> n, F2 New call")


@pytest.mark.parametrize("typed", ["xj", "xinjian", "xjian", "新建"])
async def test_pinyin_and_its_initials_find_an_action(
    centre: Centre, typed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chinese = translations("zh_CN")
    real = chinese.gettext
    monkeypatch.setattr(chinese, "gettext", lambda one: "新建" if one == "New call" else real(one))
    console = await palette(centre, language="zh_CN")
    await console.type(typed)
    await console.seen("> n, F2 新建")


@pytest.mark.parametrize(
    ("said", "screen", "words"),
    [
        ("jhyy", CustomerScreen, "成都锦浣医院"),
        ("8139x", DeviceScreen, CT),
        ("shanzhiyuan", SearchScreen, "Found by shan"),
    ],
)
async def test_customers_devices_and_people_are_found_and_opened(
    centre: Centre, said: str, screen: type[Any], words: str
) -> None:
    number = await centre.log("Found by shan")
    await centre.act(number, c.Assign(engineers=("shan.zhiyuan",)))
    console = await palette(centre)
    await console.type(said, "<enter>")
    await console.until(lambda: isinstance(console.app.screen, screen))
    await console.seen(words)


async def test_an_open_ticket_is_gone_to_and_a_closed_one_is_shown(centre: Centre) -> None:
    first, over = await centre.log("Rings", ago=30), await centre.log("Smoke", ago=60)
    await centre.act(over, c.Cancel(reason="Tested"))
    console = await palette(centre)
    main = console.app.main
    assert main is not None
    await console.type(first, "<enter>")
    await console.until(lambda: console.app.screen is main and main.board.selected is not None)
    assert main.board.selected.number == first
    await console.until(lambda: main._under_way_since is None)
    await console.type("<ctrl+p>")
    await console.until(lambda: isinstance(console.app.screen, PaletteScreen))
    await console.type("smoke", "<enter>")
    await console.until(lambda: isinstance(console.app.screen, TicketScreen))


async def test_what_is_called_so_comes_before_what_is_found_and_what_is_about_it(
    centre: Centre,
) -> None:
    number = await centre.log("device is hot")
    console = await palette(centre)
    await console.type("device")
    await console.seen(number)
    text = console.text()
    assert text.index("Device file") < text.index(number) < text.index("All customers, devices")


async def test_what_is_not_possible_is_told_and_the_palette_stays(centre: Centre) -> None:
    await centre.log()
    console = await palette(centre)
    await console.type("assign", "<enter>")
    await console.seen("Not for your role")
    assert isinstance(console.app.screen, PaletteScreen)


@pytest.mark.parametrize("said", ["status:nonsense", '"', "kind:", "zzzzqqq", NAUGHTY])
async def test_what_is_found_nowhere_says_so(centre: Centre, said: str) -> None:
    console = await palette(centre)
    await console.type(said)
    await console.seen("Nothing is called that.")
    await console.type("<enter>")
    assert isinstance(console.app.screen, PaletteScreen)


async def test_naughty_words_are_shown_as_they_are(centre: Centre) -> None:
    number = await centre.log(f"Rays {NAUGHTY}")
    console = await palette(centre, MANAGER)
    await console.type("rays")
    await console.seen(number, NAUGHTY)
    assert console.app.is_running
