"""Colours and signs that change while the console runs, and a console without any colour."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from gallery import at_rest, drawn, pairs, walk
from rich.cells import cell_len
from rich.segment import Segment
from shift import MANAGER, NOW, OPERATOR, App, Console, Shift

from dispatch_tui.console.shades import SHADES
from dispatch_tui.console.terminal.pens import REVERSE, pen_of
from dispatch_tui.domain.clocks import Level
from dispatch_tui.preferences import Preferences
from dispatch_tui.settings import Settings
from dispatch_tui.words.glyphs import ASCII, UNICODE

pytest_plugins = ("main_fixtures",)


def looking(shift: Shift, login: str = OPERATOR, language: str = "en", **liked: str) -> App:
    """The console of somebody who likes it so, not started yet."""
    settings = Settings(
        database=str(shift.path),
        login=login,
        language=language,
        preferences=Preferences(**liked),  # type: ignore[arg-type]
    )
    return App(settings, clock=shift.clock)


def colours(console: Console) -> set[str]:
    """Every colour of the screen on top."""
    styles = [style for _, style in pairs(console)]
    return {str(one) for style in styles for one in (style.color, style.bgcolor)}


# Themes


@pytest.mark.parametrize(
    ("key", "screen"),
    [
        ("home", "MainScreen"),
        ("n", "CallScreen"),
        ("c", "CalendarScreen"),
        ("question_mark", "HelpScreen"),
        ("m", "MenuScreen"),
    ],
)
async def test_another_theme_is_on_every_open_screen_at_once(
    shift: Shift, key: str, screen: str
) -> None:
    console = await shift.start(looking(shift, colors="truecolor"))
    console.app.use_theme("dispatch-light")
    await at_rest(console)
    await console.press(key)
    await at_rest(console, screen)
    wanted = [list(strip) for strip in drawn(console)]
    console.app.use_theme("high-contrast")
    await console.settled()
    assert [list(strip) for strip in drawn(console)] != wanted
    console.app.use_theme("dispatch-light")
    await console.settled()
    assert [list(strip) for strip in drawn(console)] == wanted
    await console.press("escape")
    await console.until(lambda: console.app.screen is console.main)
    dark = {SHADES["dispatch-dark"].background, SHADES["high-contrast"].background}
    assert not {one.lower() for one in dark} & colours(console)


async def test_a_theme_of_the_terminal_s_own_colours_leaves_them_to_it(shift: Shift) -> None:
    console = await shift.start(looking(shift, theme="dispatch-dark", colors="256"))
    console.app.use_theme("ansi-light")
    await console.settled()
    assert all(style.color is None or style.color.triplet is None for _, style in pairs(console))
    console.app.use_theme("auto")
    await console.settled()
    assert console.app.theme == "dispatch-dark"
    assert all(style.bgcolor and style.bgcolor.triplet for _, style in pairs(console))


# Signs


def aligned(console: Console) -> list[list[int]]:
    """In which cells of each line Chinese characters begin."""
    found = []
    for text in console.lines:
        assert cell_len(text) == console.app.size.width
        place, places = 0, []
        for char in text:
            if cell_len(char) == 2:
                places.append(place)
            place += cell_len(char)
        found.append(places)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_other_signs_are_on_the_screen_at_once_and_nothing_moves(
    shift: Shift, language: str, size: tuple[int, int]
) -> None:
    console = await shift.start(looking(shift, language=language), size)
    await console.press("down")
    await console.rested()
    await at_rest(console)
    before, plain = aligned(console), console.text
    assert plain.isascii() or not set(plain) & set("▸▵▴✕⋯▰")
    console.app.use_glyphs("unicode")
    await console.settled()
    assert aligned(console) == before
    assert {UNICODE.cursor, UNICODE.cut, *map(UNICODE.level, (Level.NEAR, Level.CRITICAL))} <= set(
        console.text
    )
    console.app.use_glyphs("ascii")
    await console.settled()
    assert console.text == plain


async def test_signs_of_a_form_change_under_what_is_typed(shift: Shift) -> None:
    console = await shift.start(looking(shift))
    await console.press("n")
    await at_rest(console, "CallScreen")
    await console.press(*"abc")
    await at_rest(console, "CallScreen")
    assert f"{ASCII.cursor} " in console.text
    assert f"({ASCII.chosen})" in console.text
    console.app.use_glyphs("unicode")
    await console.settled()
    assert f"{UNICODE.cursor} " in console.text
    assert f"({UNICODE.chosen})" in console.text
    assert "abc" in console.text


async def test_signs_are_those_of_the_file_of_settings(shift: Shift) -> None:
    console = await shift.start(looking(shift, glyphs="unicode"))
    assert UNICODE.level(console.main.board.in_sight[0].level(NOW)) in console.text


# Without colours


async def test_no_state_is_told_by_colour_alone(shift: Shift) -> None:
    """Of what looks the same without colours nothing looks different with them."""
    console = await shift.start(looking(shift, MANAGER, theme="ansi-dark", colors="16"))
    with_colours: dict[object, set[object]] = defaultdict(set)
    where: dict[object, str] = {}
    async for state in walk(console):
        screen = type(console.app.screen).__name__
        for y, strip in enumerate(drawn(console)):
            plain = tuple(_plain_cells(list(strip)))
            key = (screen, y, plain)
            with_colours[key].add(tuple(_cells(list(strip))))
            where.setdefault(key, state)
    told = {
        f"{where[key]}: {''.join(char for char, _ in key[2])}"  # type: ignore[index]
        for key, looks in with_colours.items()
        if len(looks) > 1
    }
    assert told == set()


def _plain_cells(segments: list[Segment]) -> Iterator[tuple[str, object]]:
    """Characters with their looks in a terminal that has no colours; what a blank's text is like
    is not seen."""
    for text, style, _ in segments:
        pen = pen_of(style, None) if style else None
        for char in text:
            yield char, pen and (pen.ground if char == " " else pen)


def _cells(segments: list[Segment]) -> list[tuple[str, object]]:
    """Characters with their looks; of a blank only its ground is seen."""
    found: list[tuple[str, object]] = []
    for text, style, _ in segments:
        ground = style.bgcolor if style and style.bgcolor and not style.bgcolor.is_default else None
        seen = (style.bold, style.reverse, style.color) if style else None
        for char in text:
            found.append((char, ground if char == " " else (ground, seen)))
    return found


async def test_the_cursor_a_field_and_a_refusal_are_seen_without_colour(shift: Shift) -> None:
    console = await shift.start(looking(shift, colors="none"))
    await console.press("down")
    row = next(strip for strip in drawn(console) if strip.text.startswith("> "))
    style = next(iter(row)).style
    assert style is not None
    assert pen_of(style, None).attributes & REVERSE
    await console.press("2")
    assert any(line.startswith("- ") for line in console.lines)
    assert any(line.startswith(">") for line in console.lines)
    await console.press("t")
    await at_rest(console, "FormScreen")
    await console.press("ctrl+g")
    await console.shows("> Note", "! Note is missing")
