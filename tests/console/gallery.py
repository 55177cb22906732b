"""A walk through every screen of a console in its states, for whoever looks at how they look."""

from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pathlib import Path

from rich.style import Style
from shift import Console
from textual.screen import Screen
from textual.strip import Strip

from dispatch_tui.console import screens
from dispatch_tui.console.screens.dialog import Dialog

WALK: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("MainScreen", ("down",)),
    ("MainScreen", ("2",)),
    ("MainScreen", ("3",)),
    ("MainScreen", ("4",)),
    ("MainScreen", ("1", "slash", *"ct")),
    ("MainScreen", (*"zz", "down")),
    ("MainScreen", ("escape", "V")),
    ("MainScreen", ("v", "v", "v", "v")),
    ("MainScreen", ("escape", "u")),
    ("MenuScreen", ("m",)),
    ("MenuScreen", ("end",)),
    ("MainScreen", ("escape",)),
    ("CallScreen", ("n",)),
    ("CallScreen", (*"jhyy", "ctrl+g")),
    ("CallScreen", ("f8", "down", *"x", "ctrl+g")),
    ("CallScreen", ("down", "down")),
    ("CallScreen", ("f5",)),
    ("MainScreen", ("escape", "down", "down")),
    ("FormScreen", ("r",)),
    ("FormScreen", ("down", "down", "right")),
    ("MainScreen", ("escape",)),
    ("FormScreen", ("t",)),
    ("FormScreen", ("ctrl+g",)),
    ("FormScreen", (*"text", "shift+left", "shift+left")),
    ("MainScreen", ("escape",)),
    ("AssignScreen", ("a",)),
    ("AssignScreen", ("space", "down", "space", "l")),
    ("MainScreen", ("escape",)),
    ("SearchScreen", ("g",)),
    ("SearchScreen", (*"jh", "down")),
    ("SearchScreen", ("down", "down")),
    ("MainScreen", ("escape",)),
    ("CalendarScreen", ("c",)),
    ("CalendarScreen", ("down", "right", "l", "right")),
    ("MainScreen", ("escape", "escape")),
    ("HandOverScreen", ("h",)),
    ("MainScreen", ("escape",)),
    ("DeviceScreen", ("d",)),
    ("MainScreen", ("escape",)),
    ("ReportScreen", ("e",)),
    ("MainScreen", ("escape",)),
    ("HelpScreen", ("question_mark",)),
    ("MainScreen", ("escape",)),
    ("PaletteScreen", ("ctrl+p",)),
    ("PaletteScreen", (*"call", "down")),
    ("MainScreen", ("escape",)),
    ("PaletteScreen", ("ctrl+p",)),
    ("TourScreen", (*"tour", "enter")),
    ("MainScreen", ("escape",)),
    ("SettingsScreen", ("s",)),
    ("SettingsScreen", ("up",)),
    ("MainScreen", ("escape",)),
    ("CopyScreen", ("y",)),
    ("MainScreen", ("escape",)),
    ("FilesScreen", ("f",)),
    ("CustomerScreen", ("enter",)),
    ("TicketScreen", ("enter",)),
    ("CustomerScreen", ("escape",)),
    ("FileForm", ("e",)),
    ("FileForm", ("down", "shift+home")),
    ("CustomerScreen", ("escape",)),
    ("RegularCall", ("l",)),
    ("CustomerScreen", ("escape",)),
    ("SureScreen", ("home", "down", "down", "down", "x")),
    ("CustomerScreen", ("escape",)),
    ("FilesScreen", ("escape",)),
    ("FilesScreen", ("tab", "tab", "down")),
    ("StockForm", ("enter",)),
    ("FilesScreen", ("escape",)),
    ("MainScreen", ("escape",)),
)
"""Keys, and the screen that they lead to from the one before."""


def every_screen() -> set[str]:
    """The names of all the screens that anybody can come to."""
    for path in sorted(Path(screens.__path__[0]).glob("*.py")):
        import_module(f"{screens.__name__}.{path.stem}")
    return {one.__name__ for one in _leaves(Screen) if one.__module__.startswith(screens.__name__)}


def _leaves(kind: type) -> set[type]:
    below = kind.__subclasses__()
    return {one for child in below for one in _leaves(child)} if below else {kind}


async def at_rest(console: Console, screen: str = "MainScreen") -> None:
    """Wait until a screen is on top and all is drawn that was being read for it."""
    await console.until(lambda: type(console.app.screen).__name__ == screen)
    await console.until(lambda: not _at_work(console))
    await console.settled()


def _at_work(console: Console) -> bool:
    """Whether something is still being read; what waits for a screen to close is not."""
    return any(one.group != "act" and not one.is_finished for one in console.app.workers)


async def walk(console: Console) -> AsyncIterator[str]:
    """Go through the screens; yields the name of each state once all of it is drawn."""
    for place, (screen, keys) in enumerate(WALK):
        await console.press(*keys)
        await at_rest(console, screen)
        yield f"{place:02} {screen} {' '.join(keys)}"


def drawn(console: Console) -> list[Strip]:
    """The lines of the screen on top; of a dialog its box, since the panes about it are dimmed."""
    screen = console.app.screen
    strips = screen._compositor.render_strips()
    region = screen.query_one("#box").region if isinstance(screen, Dialog) else screen.region
    return [one.crop(region.x, region.right) for one in strips[region.y : region.bottom]]


def pairs(console: Console) -> Iterator[tuple[str, Style]]:
    """Every text that can be seen on the screen on top, with its style."""
    for strip in drawn(console):
        for segment in strip:
            if segment.text.strip() and segment.style is not None:
                yield segment.text, segment.style
