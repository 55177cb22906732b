"""What is had otherwise holds at once and from then on; a newcomer is shown around once."""

import msgspec
import pytest
from shift import MANAGER, OPERATOR, SUPERVISOR, App, Console, Shift
from sqlalchemy import update

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.settings import SettingsScreen
from dispatch_tui.console.screens.tour import SIX, TourScreen, six
from dispatch_tui.console.tastes import Tastes
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.session import Kept, Session
from dispatch_tui.preferences import CHOICES, SWITCHED, Preferences, preferring
from dispatch_tui.settings import Settings
from dispatch_tui.storage.schema import staff
from dispatch_tui.storage.tickets import Connection
from dispatch_tui.words.glyphs import UNICODE

pytest_plugins = ("main_fixtures",)

EN, ZH = "en", "zh_CN"


async def on(console: Console, screen: type) -> None:
    await console.until(lambda: type(console.app.screen) is screen)
    await console.settled()


# What holds


@pytest.mark.parametrize(
    ("said", "chosen", "file", "listed", "environment", "spoken"),
    [
        (EN, ZH, ZH, ZH, ZH, EN),
        ("", EN, ZH, ZH, ZH, EN),
        ("", "", EN, ZH, ZH, EN),
        ("", "", "", EN, ZH, EN),
        ("", "", "", "", EN, EN),
        ("", "", "", "Esperanto", EN, EN),
        ("", "Klingon", "", "", EN, EN),
    ],
)
def test_the_language_is_the_one_that_was_said_nearest(
    said: str, chosen: str, file: str, listed: str, environment: str, spoken: str
) -> None:
    settings = Settings(
        database="",
        language=environment,
        preferences=preferring(Preferences(), {"language": file}),
        said={"language": said} if said else {},
    )
    session = Session(chosen={"language": chosen} if chosen else {})
    tastes = Tastes(settings, Kept(session, listed))
    assert tastes.language == spoken
    tastes.switch("language", ZH)
    assert tastes.language == ZH, "what one switches holds at once, whatever was said before"


def test_what_is_no_choice_is_passed_over() -> None:
    chosen = {"theme": "no such theme", "database": "/etc/passwd", "glyphs": "unicode", "x": "y"}
    assert preferring(Preferences(), chosen) == Preferences(glyphs="unicode")
    assert set(SWITCHED) <= set(CHOICES)


async def test_a_switch_holds_at_once_and_in_the_next_console(shift: Shift) -> None:
    console = await shift.console(MANAGER, (80, 24))
    await console.press("s")
    await on(console, SettingsScreen)
    await console.shows("auto (English)", "Signs", "Traffic", "auto (full)")
    await console.press("right", "right")
    await console.shows("(*) 中文")
    await console.until(lambda: console.app.speaker.language == ZH)
    await console.press("down", *["right"] * 3)
    await console.until(lambda: console.app.settings.preferences.theme == "high-contrast")
    assert console.app.shown_colors == "16"
    await console.until(lambda: "已记住" in console.text)
    await console.press("right", "right")
    await console.until(lambda: console.app.theme == "ansi-light")
    await console.press("escape")
    await console.shows("未结")
    desk = await shift.desk(MANAGER)
    chosen = {"language": ZH, "theme": "ansi-light"}
    while (await desk.session()).chosen != chosen:
        await console.settled()
    await console.close()
    again = await shift.console(MANAGER, (80, 24))
    assert (again.app.theme, again.app.speaker.language) == ("ansi-light", ZH)
    assert again.app.settings.preferences.theme == "ansi-light"
    other = await shift.console(OPERATOR)
    assert other.app.speaker.language == EN


async def test_what_cannot_be_switched_at_once_says_when_it_holds(shift: Shift) -> None:
    console = await shift.console(MANAGER)
    await console.press("s")
    await on(console, SettingsScreen)
    await console.press("up", "up")
    await console.shows("Clicks and the wheel")
    await console.press("right")
    await console.shows("when you open the console the next time")
    assert console.app.settings.preferences.mouse == "on"
    await console.press("down", "right")
    await console.until(lambda: console.app.traffic.low)
    await console.press("up", "up", "right")
    await console.until(lambda: console.app.glyphs is UNICODE)


async def test_the_language_of_the_staff_list_is_spoken_to_who_said_nothing(shift: Shift) -> None:
    async def listed(connection: Connection) -> None:
        found = staff.c.login == SUPERVISOR
        await connection.execute(update(staff).where(found).values(language=ZH))

    await (await shift.desk()).database.write(listed)
    console = await shift.console(SUPERVISOR)
    await console.shows("未结")
    assert console.app.speaker.language == ZH


# The tour


def newcomer(shift: Shift, login: str) -> App:
    """The console of somebody who opens it by the program."""
    settings = msgspec.structs.replace(shift.settings(login), tour=True)
    return App(settings, clock=shift.clock)


async def test_it_is_shown_once_and_never_again(shift: Shift) -> None:
    console = await shift.start(newcomer(shift, OPERATOR))
    await on(console, TourScreen)
    await console.shows("Welcome, 罗晓燕", "n, F2", "Log a call", "?, F1", "u, F9")
    await console.press("escape")
    await on(console, type(console.main))
    desk = await shift.desk(OPERATOR)
    while not (await desk.session()).toured:
        await console.settled()
    await console.close()
    again = await shift.start(newcomer(shift, OPERATOR))
    await again.until(lambda: all(one.group != "session" for one in again.app.workers))
    await again.settled()
    assert again.app.screen is again.main
    await again.press("ctrl+p")
    await again.type("tour")
    await again.press("enter")
    await on(again, TourScreen)


@pytest.mark.parametrize("key", ["f2", "n", "ｎ", "f1"])
async def test_a_ringing_call_does_not_wait_for_it(shift: Shift, key: str) -> None:
    console = await shift.start(newcomer(shift, OPERATOR))
    await on(console, TourScreen)
    await console.press(key)
    await on(console, HelpScreen if key == "f1" else CallScreen)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
@pytest.mark.parametrize("language", [EN, ZH])
async def test_all_of_it_is_in_sight(shift: Shift, size: tuple[int, int], language: str) -> None:
    console = await shift.start(shift.app(OPERATOR, language=language), size)
    await console.main.run_action("tour")
    await on(console, TourScreen)
    await console.shows("F10", "ctrl+p", "F1", "F2", "F6", "F3")


@pytest.mark.parametrize("role", Role)
def test_every_role_has_six_keys_of_its_own(role: Role) -> None:
    found = six(role)
    assert len({one.id for one in found}) == SIX
    assert found[-1].id == "help"
    assert all(one.open_to(role) for one in found)


async def test_it_is_for_consoles_that_people_open(shift: Shift) -> None:
    console = await shift.console(OPERATOR)
    await console.until(lambda: all(one.group != "session" for one in console.app.workers))
    await console.settled()
    assert console.app.screen is console.main
