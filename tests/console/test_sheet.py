"""Paragraphs in a pane: how they wrap, what they write, what text can do to them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from dispatch_tui.console.theme import install_themes
from dispatch_tui.console.widgets.sheet import MARGIN, Sheet
from dispatch_tui.console.widgets.wrapping import (
    Drawn,
    Paragraph,
    Span,
    common_cells,
    line,
    width_of,
    wrapped,
)

NAUGHTY = (
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]x",
    "\x1b[2J\x1b]0;title\x07",
    "\x1b]8;;http://evil\x1b\\link\x1b]8;;\x1b\\",
    "\x9b31mred\x9d0;t\x9c",
    "a\u202eb\u200bc\u2066d\ufeffe\u2028f",
    "line\nbreak\r\ttab\0\x0b\x0c\x7f",
    "e" + "\u0301" * 200,
    "\ud800 lone",
    "心电监护仪" * 60,
    "👩\u200d⚕️👨\u200d👩\u200d👧\u200d👦🇨🇳" * 20,
    "x" * 5000,
    "word " * 1000,
    "",
    "   ",
)
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def texts(drawn: list[Drawn]) -> list[str]:
    """The lines as plain text, without the blanks at their ends."""
    return ["".join(span.text for span in one).rstrip(" ") for one in drawn]


def said(text: str, width: int, **more: int) -> list[str]:
    """Wrap one text."""
    return texts(wrapped(Paragraph((Span(text),), **more), width))  # type: ignore[arg-type]


def test_words_are_kept_whole_and_blanks_do_not_begin_a_line() -> None:
    assert said("the cooling fan stopped", 11) == ["the cooling", "fan stopped"]
    assert said("an old fan that hums", 9) == ["an old", "fan that", "hums"]


def test_chinese_breaks_about_every_character_and_fills_its_line() -> None:
    assert said("开机后无图像", 6) == ["开机后", "无图像"]
    assert said("CT开机后", 5) == ["CT开", "机后"]


def test_a_word_that_is_longer_than_half_a_line_is_broken() -> None:
    assert said("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_breaks_are_kept_and_what_goes_on_is_indented() -> None:
    assert said("a\nb", 10) == ["a", "b"]
    assert said("one two four", 9, indent=2) == ["one two", "  four"]


def test_an_end_stands_at_the_right_edge_of_the_first_line() -> None:
    found = texts(wrapped(line("fault reported", end=Span("Li")), 20))
    assert found == ["fault reported    Li"]
    found = texts(wrapped(line("the cooling fan stopped", end=Span("Li")), 15))
    assert found[0].endswith(" Li")
    assert cell_len(found[0]) == 15
    assert found[1:] == ["fan stopped"]


def test_without_wrapping_what_does_not_fit_is_cut() -> None:
    assert texts(wrapped(line("the cooling fan", wrap=False), 8)) == ["the coo~"]
    assert texts(wrapped(line("a\nb", wrap=False), 8)) == ["a b"]
    assert texts(wrapped(line("abc", Span("def"), wrap=False), 5)) == ["abcd~"]


@pytest.mark.parametrize("text", NAUGHTY, ids=range(len(NAUGHTY)))
def test_any_text_in_any_place_stays_within_its_width_and_is_clean(text: str) -> None:
    for width in (1, 2, 3, 5, 20, 79):
        for paragraph in (
            line(text),
            line(text, indent=3),
            line(text, wrap=False),
            line("a ", Span(text, "near"), " b", end=Span("x")),
            line("who", end=Span(text, "muted")),
            line("who", end=Span(text, "muted"), wrap=False),
        ):
            for one in texts(wrapped(paragraph, width)):
                assert cell_len(one) <= max(width, 2)
                assert not CONTROL.search(one)
                assert "\n" not in one


def test_the_cells_in_common_are_counted_from_the_left() -> None:
    assert common_cells((Span("in 5 min"),), (Span("in 4 min"),)) == 3
    assert common_cells((Span("心电a"),), (Span("心电b"),)) == 4
    assert common_cells((Span("ab", "near"),), (Span("ab"),)) == 0


class SheetApp(App[None]):
    """One sheet."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        install_themes(self, "dispatch-dark")
        self.sheet = Sheet()

    def compose(self) -> ComposeResult:
        yield self.sheet


@asynccontextmanager
async def shown(*lines: str, size: tuple[int, int] = (30, 6)) -> AsyncIterator[Pilot[None]]:
    """A sheet with lines."""
    app = SheetApp()
    async with app.run_test(size=size) as pilot:
        app.sheet.focus()
        app.sheet.show([line(one) for one in lines])
        await pilot.pause()
        yield pilot


def screen(pilot: Pilot[None]) -> list[str]:
    """The lines that are on the screen."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(part.text for part in one).strip() for one in strips]


def sheet_of(pilot: Pilot[None]) -> Sheet:
    """The sheet."""
    assert isinstance(pilot.app, SheetApp)
    return pilot.app.sheet


async def test_keys_and_wheel_scroll_and_stay_within_the_text() -> None:
    many = [f"line {n}" for n in range(20)]
    async with shown(*many) as pilot:
        await pilot.press("down", "down", "j")
        assert screen(pilot)[0] == "line 3"
        await pilot.press("end")
        assert screen(pilot)[-1] == "line 19"
        await pilot.press("pagedown", "down")
        assert screen(pilot)[-1] == "line 19"
        await pilot.press("home", "k", "pageup")
        assert screen(pilot)[0] == "line 0"
        sheet = sheet_of(pilot)
        wheel = MouseScrollDown(sheet, 1, 1, 0, 1, 0, False, False, False)
        sheet.post_message(wheel)
        for _ in range(200):
            await pilot.pause(0.01)
            if screen(pilot)[0] != "line 0":
                break
        assert screen(pilot)[0] != "line 0"


async def test_a_shorter_text_is_in_sight_where_a_longer_one_was_scrolled() -> None:
    async with shown(*[f"line {n}" for n in range(40)]) as pilot:
        await pilot.press("end")
        sheet_of(pilot).show([line("short")])
        await pilot.pause()
        assert screen(pilot)[0] == "short"


async def test_another_text_begins_at_its_top() -> None:
    async with shown(*[f"line {n}" for n in range(40)]) as pilot:
        await pilot.press("end")
        sheet_of(pilot).show([line(f"other {n}") for n in range(40)], top=True)
        await pilot.pause()
        assert screen(pilot)[0] == "other 0"


async def test_the_same_text_stays_where_it_was_scrolled_to() -> None:
    async with shown(*[f"line {n}" for n in range(40)]) as pilot:
        await pilot.press("pagedown")
        before = screen(pilot)
        sheet_of(pilot).show([line(f"line {n}") for n in range(41)])
        await pilot.pause()
        assert screen(pilot) == before


async def test_a_narrower_terminal_wraps_anew() -> None:
    async with shown("the cooling fan stopped", size=(40, 6)) as pilot:
        assert screen(pilot)[0] == "the cooling fan stopped"
        await pilot.resize_terminal(13 + 2 * MARGIN, 6)
        await pilot.pause()
        assert [one.rstrip() for one in screen(pilot)[:2]] == ["the cooling", "fan stopped"]
        await pilot.resize_terminal(1, 1)
        await pilot.resize_terminal(40, 6)
        await pilot.pause()
        assert screen(pilot)[0] == "the cooling fan stopped"


async def test_a_fitted_sheet_is_as_high_as_what_it_says_at_every_width() -> None:
    async with shown() as pilot:
        sheet = Sheet()
        sheet.fit(2)
        sheet.show([line(Span("the cooling fan stopped"))])  # before anybody knows how wide it is
        await pilot.app.mount(sheet)
        heights = []
        for width in (40, 13, 7, 40):
            await pilot.resize_terminal(width + 2 * MARGIN, 6)
            await pilot.pause()
            heights.append(sheet.size.height)
        assert heights == [1, 2, 2, 1]
        sheet.show([line(Span("the fan")), line(Span("stopped"))])
        await pilot.pause()
        assert sheet.size.height == 2
        sheet.show([])
        await pilot.pause()
        assert sheet.size.height == 1


async def test_naughty_text_is_drawn_literally_and_does_nothing() -> None:
    async with shown("[/]", "[@click=app.quit]x[/]", "\x1b[2Jx", size=(40, 6)) as pilot:
        assert screen(pilot)[:3] == ["[/]", "[@click=app.quit]x[/]", "[2Jx"]
        await pilot.click(Sheet, offset=(20, 1))
        await pilot.pause()
        assert pilot.app.is_running


async def test_only_lines_that_differ_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    async with shown("in 5 min", "same", "same too") as pilot:
        sheet = sheet_of(pilot)
        drawn: list[object] = []
        monkeypatch.setattr(sheet, "refresh", lambda *regions, **_: drawn.extend(regions))
        sheet.show([line("in 5 min"), line("same"), line("same too")])
        assert drawn == []
        sheet.show([line("in 4 min"), line("same"), line("same too")])
        (region,) = drawn
        assert width_of((Span("in "),)) == region.x == 3  # type: ignore[attr-defined]
        assert region.y == 0  # type: ignore[attr-defined]
