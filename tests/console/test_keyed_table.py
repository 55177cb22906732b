"""The keyed table: what it writes, where its cursor stays, what text can do to it."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any

import pyte
import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.reactive import Reactive
from textual.screen import Screen

from dispatch_tui.console.theme import THEMES, install_themes
from dispatch_tui.console.widgets.cells import Cell, KeyedRows, Row, fit
from dispatch_tui.console.widgets.columns import Column, arrange
from dispatch_tui.console.widgets.table import KeyedTable

COLUMNS = (
    Column("left", "Left", 9, align="right", priority=9),
    Column("level", "Level", 8, priority=5),
    Column("number", "Number", 10, priority=8),
    Column("customer", "Customer", 22, min_width=14, grow=2, priority=7),
    Column("fault", "Fault", 20, min_width=10, grow=3, priority=4),
)
LEVELS = ("normal", "watch", "near", "critical", "breached")
NAUGHTY = (
    "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]x",
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31mred",
    "a\u202eb\u200bc\u2066d\ufeff",
    "line\nbreak\r\ttab\0",
    "e" + "\u0301" * 200,
    "\ud800 lone",
    "心电监护仪" * 60,
    "👩‍⚕️🇨🇳" * 20,
    "",
)


def row(number: int, left: str | None = None) -> Row:
    """Return the row of one ticket."""
    level = LEVELS[number % 5]
    return Row(
        f"t{number}",
        (
            Cell(left or f"{number} h", level),
            Cell(level, level),
            Cell(f"No {number}", "emergency" if number % 7 == 0 else "strong"),
            Cell("人民医院 影像科" if number % 2 else "County Hospital"),
            Cell("开机后无图像 E17", "muted"),
        ),
    )


def rows(*numbers: int) -> list[Row]:
    """Return the rows of these tickets."""
    return [row(number) for number in numbers]


class CalmScreen(Screen[None]):
    focused = Reactive(None, repaint=False)


class TableApp(App[None]):
    """One table, with all that would go to the terminal kept and played."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, shown: Sequence[Row], theme: str = "dispatch-dark", **options: Any) -> None:
        super().__init__()
        install_themes(self, theme)
        self.table = KeyedTable(COLUMNS, empty="No open tickets", **options)
        self.first = shown
        self.said: list[tuple[str | None, bool]] = []
        self.selected: list[str] = []
        self.written: list[str] = []
        self.terminal: pyte.Screen | None = None

    def get_default_screen(self) -> Screen[None]:
        return CalmScreen(id="_default")

    def compose(self) -> ComposeResult:
        yield self.table

    def on_mount(self) -> None:
        self.table.show(self.first)
        self.table.focus()

    def on_keyed_table_highlighted(self, message: KeyedTable.Highlighted) -> None:
        self.said.append((message.key, message.forced))

    def on_keyed_table_selected(self, message: KeyedTable.Selected) -> None:
        self.selected.append(message.key)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if renderable is not None:
            text = renderable.render_segments(self.console)
            self.written.append(text)
            if self.terminal is not None:
                pyte.Stream(self.terminal).feed(text)

    def lines(self) -> list[str]:
        """Return the text of the table's lines."""
        region = self.table.size.region
        return [strip.text for strip in self.table.render_lines(region)]

    def line_of(self, key: str) -> int:
        """Return the screen line that a ticket is drawn on."""
        number = f" No {key[1:]} "
        return next(y for y, line in enumerate(self.lines()) if number in line)


@asynccontextmanager
async def running(
    shown: Sequence[Row], size: tuple[int, int] = (120, 20), **options: Any
) -> AsyncIterator[tuple[TableApp, KeyedTable, Pilot[None]]]:
    """Run a table of these rows and forget what its first paint wrote."""
    app = TableApp(shown, **options)
    async with app.run_test(size=size) as pilot:
        await painted(app, pilot)
        app.said.clear()
        yield app, app.table, pilot


async def painted(app: TableApp, pilot: Pilot[None]) -> None:
    """Let the app do all that is due and paint it, without waiting for its paint timer."""
    await pilot.pause()
    app.screen._on_timer_update()
    await pilot.pause()


async def cost(app: TableApp, pilot: Pilot[None], act: Callable[[], object]) -> int:
    """Return how many bytes an act makes the app write."""
    await painted(app, pilot)
    app.written.clear()
    act()
    await painted(app, pilot)
    return len("".join(app.written).encode())


# ------------------------------------------------------------------ what is written


async def test_showing_the_same_rows_again_writes_nothing() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        assert await cost(app, pilot, lambda: table.show(rows(*range(50)))) == 0


async def test_a_changed_cell_writes_one_short_piece_of_its_line() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        changed = [row(5, "99 h") if number == 5 else row(number) for number in range(50)]
        assert 0 < await cost(app, pilot, lambda: table.show(changed)) <= 120


async def test_a_row_that_changes_altogether_writes_no_more_than_its_line() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        other = Row("t5", tuple(Cell("改" * 20, level) for level in LEVELS))
        changed = [other if number == 5 else row(number) for number in range(50)]
        assert 0 < await cost(app, pilot, lambda: table.show(changed)) <= 400


async def test_a_change_out_of_sight_writes_nothing() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        changed = [row(40, "99 h") if number == 40 else row(number) for number in range(50)]
        assert await cost(app, pilot, lambda: table.show(changed)) == 0


@pytest.mark.parametrize("theme", THEMES)
async def test_a_move_of_the_cursor_writes_two_lines(theme: str) -> None:
    async with running(rows(*range(50)), theme=theme) as (app, table, pilot):
        for _ in range(4):
            assert 0 < await cost(app, pilot, lambda: table.action_move(1)) <= 700


async def test_focus_that_comes_and_goes_redraws_the_cursor_only() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        assert 0 < await cost(app, pilot, lambda: app.set_focus(None)) <= 400
        assert 0 < await cost(app, pilot, lambda: app.set_focus(table)) <= 400


async def test_what_was_written_bit_by_bit_equals_the_whole() -> None:
    async with running(rows(*range(60)), size=(100, 16)) as (app, table, pilot):
        app.terminal = pyte.Screen(100, 16)
        app.screen.refresh()
        await painted(app, pilot)
        random, shown, fresh = Random(7), rows(*range(60)), 60
        for _ in range(80):
            place = random.randrange(len(shown))
            match random.randrange(8):
                case 0:
                    shown.insert(place, row(fresh))
                    fresh += 1
                case 1 if len(shown) > 5:
                    del shown[place]
                case 2:
                    shown[place] = Row(shown[place].key, row(random.randrange(99)).cells)
                case 3:
                    shown = [one for one in shown if one.key != table.cursor_key] or rows(0)
                case 4:
                    table.action_page(random.choice((-1, 1)))
                case 5:
                    app.set_focus(None if app.focused else table)
                case 6:
                    shown.insert(random.randrange(len(shown)), shown.pop(place))
                case _:
                    table.action_move(random.choice((-2, -1, 1, 2)))
            table.show(shown)
            await painted(app, pilot)
            seen = [line.rstrip() for line in app.terminal.display]
            assert seen == [line.rstrip() for line in app.lines()]


# ------------------------------------------------------------------ where the cursor stays


async def test_the_first_rows_put_the_cursor_on_the_first_of_them() -> None:
    async with running([]) as (app, table, pilot):
        assert table.cursor_key is None
        table.show(rows(3, 4))
        await pilot.pause()
        assert table.cursor_key == "t3"
        assert app.said == [("t3", False)]


async def test_removing_a_row_above_keeps_the_cursor_on_its_ticket() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        table.move_to("t10")
        await pilot.pause()
        app.said.clear()
        table.show(rows(*(number for number in range(50) if number not in (2, 3))))
        await pilot.pause()
        assert table.cursor_key == "t10"
        assert app.said == []


@pytest.mark.parametrize("added", [1, 3, 40])
async def test_rows_that_come_in_above_leave_the_cursor_on_its_screen_line(added: int) -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        table.move_to("t10")
        await pilot.pause()
        line = app.line_of("t10")
        table.show(rows(*range(100, 100 + added), *range(50)))
        await pilot.pause()
        assert table.cursor_key == "t10"
        assert app.line_of("t10") == line
        assert table.rows_above == added


async def test_a_row_that_comes_in_out_of_sight_writes_the_scroll_bar_at_most() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        table.move_to("t10")
        table.show(rows(100, *range(50)))
        assert await cost(app, pilot, lambda: table.show(rows(101, 100, *range(50)))) <= 700


async def test_rows_that_leave_above_leave_the_cursor_on_its_screen_line() -> None:
    async with running(rows(*range(60))) as (app, table, pilot):
        table.move_to("t40")
        await pilot.pause()
        line = app.line_of("t40")
        table.show(rows(*range(5, 60)))
        await pilot.pause()
        assert app.line_of("t40") == line


async def test_a_new_order_keeps_the_cursor_on_its_ticket() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        table.move_to("t10")
        table.show(rows(*reversed(range(50))))
        await pilot.pause()
        assert table.cursor_key == "t10"
        assert app.lines()[app.line_of("t10")].startswith("> ")


@pytest.mark.parametrize(
    ("at", "left", "expected"),
    [
        (1, (0, 2, 3), "t2"),
        (3, (0, 1, 2), "t2"),
        (1, (0, 3), "t0"),
        (2, (), None),
        (2, (8, 9), "t8"),
    ],
)
async def test_a_row_that_goes_from_under_the_cursor_hands_it_to_a_neighbour_and_says_so(
    at: int, left: tuple[int, ...], expected: str | None
) -> None:
    async with running(rows(0, 1, 2, 3)) as (app, table, pilot):
        table.move_to(f"t{at}")
        await pilot.pause()
        app.said.clear()
        table.show(rows(*left))
        await pilot.pause()
        assert table.cursor_key == expected
        assert app.said == [(expected, True)]


async def test_rows_seen_after_scrolling_away_stay_where_they_are() -> None:
    async with running(rows(*range(90))) as (app, table, pilot):
        table.scroll_to(y=40, animate=False)
        await pilot.pause()
        before = app.lines()
        table.show(rows(*range(100, 110), *range(90)))
        await pilot.pause()
        assert [line[:-1] for line in app.lines()] == [line[:-1] for line in before]


async def test_rows_may_be_shown_before_the_table_is_on_a_screen() -> None:
    table = KeyedTable(COLUMNS)
    table.show(rows(0, 1, 2))
    table.move_to("t2")
    async with running([]) as (app, _, pilot):
        await app.mount(table)
        await painted(app, pilot)
        assert table.cursor_key == "t2"


async def test_two_rows_with_one_key_are_refused_and_nothing_changes() -> None:
    async with running(rows(0, 1)) as (_, table, _pilot):
        with pytest.raises(ValueError, match="same key"):
            table.show(rows(3, 3))
        assert table.cursor_key == "t0"
        assert table.row_count == 2


# ------------------------------------------------------------------ keys and mouse


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("down",), "t1"),
        (("j", "j", "k"), "t1"),
        (("up",), "t0"),
        (("end",), "t49"),
        (("end", "down"), "t49"),
        (("end", "home"), "t0"),
        (("pagedown",), "t19"),
        (("pagedown", "pageup"), "t0"),
        (("end", "pageup"), "t30"),
    ],
)
async def test_keys_move_the_cursor_and_keep_it_in_sight(
    keys: tuple[str, ...], expected: str
) -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        await pilot.press(*keys)
        assert table.cursor_key == expected
        assert app.lines()[app.line_of(expected)].startswith("> ")


async def test_a_held_key_scrolls_by_half_screens_and_not_by_lines() -> None:
    async with running(rows(*range(200))) as (_, table, _pilot):
        tops = set()
        for _ in range(100):
            table.action_move(1)
            tops.add(table.rows_above)
        assert len(tops) <= 12


async def test_moves_are_told_and_remembered_but_rows_that_come_are_not_moves() -> None:
    async with running(rows(0, 1, 2)) as (app, table, pilot):
        table.show(rows(5, 0, 1, 2))
        assert table.last_moved_at == float("-inf")
        await pilot.press("down")
        assert app.said == [("t1", False)]
        moved_at = table.last_moved_at
        assert moved_at > 0
        table.show(rows(5, 0, 2))
        assert table.last_moved_at == moved_at


async def test_enter_selects_the_ticket_under_the_cursor() -> None:
    async with running(rows(0, 1)) as (app, _, pilot):
        await pilot.press("down", "enter")
        assert app.selected == ["t1"]


async def test_keys_on_an_empty_table_do_nothing() -> None:
    async with running([]) as (app, table, pilot):
        await pilot.press("down", "up", "pagedown", "home", "end", "enter")
        assert (app.said, app.selected, table.cursor_key) == ([], [], None)


async def test_a_click_moves_the_cursor_and_a_double_click_selects() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        await pilot.click(table, offset=(30, 4))
        assert table.cursor_key == "t3"
        assert app.selected == []
        await pilot.click(table, offset=(30, 6), times=2)
        assert app.selected == ["t5"]


async def test_clicks_on_the_header_and_below_the_rows_move_nothing() -> None:
    async with running(rows(0, 1)) as (app, table, pilot):
        await pilot.click(table, offset=(30, 0))
        await pilot.click(table, offset=(30, 9))
        assert (table.cursor_key, app.said) == ("t0", [])


async def test_the_wheel_scrolls_and_leaves_the_cursor() -> None:
    async with running(rows(*range(50))) as (_, table, pilot):
        await pilot._post_mouse_events([MouseScrollDown], table, (5, 5))
        await pilot.pause()
        assert table.rows_above > 0
        assert table.cursor_key == "t0"


# ------------------------------------------------------------------ how it looks


async def test_the_cursor_is_seen_without_colour_and_dimmed_without_focus() -> None:
    async with running(rows(0, 1)) as (app, table, pilot):
        assert [line[:2] for line in app.lines()[:3]] == ["  ", "> ", "  "]
        focused = list(table.render_line(1))
        app.set_focus(None)
        await pilot.pause()
        assert app.lines()[1].startswith("- ")
        assert list(table.render_line(1)) != focused


async def test_another_theme_draws_other_colours() -> None:
    async with running(rows(0, 1, 2)) as (app, table, pilot):
        dark = list(table.render_line(3))
        app.theme = "dispatch-light"
        await pilot.pause()
        assert list(table.render_line(3)) != dark


async def test_an_unknown_role_is_drawn_plain() -> None:
    odd = Row("t1", (Cell("text", "no such role"),))
    async with running([odd]) as (app, _, _pilot):
        assert "text" in app.lines()[1]


async def test_an_empty_table_says_so_in_its_middle() -> None:
    async with running([], size=(60, 11)) as (app, table, pilot):
        assert app.lines()[5].strip() == "No open tickets"
        table.show([], empty="[b]没有[/b] ~")
        await pilot.pause()
        assert app.lines()[5].strip() == "[b]没有[/b] ~"


async def test_every_line_is_exactly_as_wide_as_the_table_at_any_width() -> None:
    naughty = [Row(text, (Cell(text, "near"),) * 5) for text in NAUGHTY]
    async with running(naughty) as (app, _, pilot):
        for width in (1, 2, 3, 5, 8, 13, 21, 40, 80, 81, 119, 200):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            assert {cell_len(line) for line in app.lines()} == {width}


async def test_any_size_down_to_one_cell_is_survived() -> None:
    async with running(rows(*range(50))) as (app, table, pilot):
        for size in ((1, 1), (2, 2), (1, 40), (200, 1), (3, 3), (80, 24), (120, 40)):
            await pilot.resize_terminal(*size)
            await pilot.press("down", "pagedown", "end", "home")
            table.move_to("t30")
            await pilot.pause()
            assert len(app.lines()) == size[1]
            assert any(line.startswith((">", "> ")) for line in app.lines())


@pytest.mark.parametrize("text", NAUGHTY)
async def test_text_from_people_neither_acts_nor_reaches_the_terminal_raw(text: str) -> None:
    async with running([Row("t1", (Cell(text, "near"),) * 5)]) as (app, _, pilot):
        await pilot.press("down", "enter")
        await pilot.click(app.table, offset=(6, 1))
        drawn = "".join(app.lines())
        assert drawn.isprintable()
        assert not set(drawn) & set("\u202e\u200b\u2066\ufeff\u200d\ufe0f\x9b")
        assert drawn.count("\u0301") <= 9 * 5
        drawn.encode()


# ------------------------------------------------------------------ columns and cells


@pytest.mark.parametrize(
    ("text", "width", "align", "expected"),
    [
        ("abc", 5, "left", "abc  "),
        ("abc", 5, "right", "  abc"),
        ("abcdef", 5, "left", "abcd~"),
        ("心电监护", 8, "left", "心电监护"),
        ("心电监护", 7, "left", "心电监~"),
        ("心电监护", 6, "left", "心电~ "),
        ("心电监护", 1, "left", "~"),
        ("abc", 0, "left", ""),
        ("é́x" * 3, 2, "left", "é́~"),
    ],
)
def test_text_is_cut_and_padded_to_cells(text: str, width: int, align: Any, expected: str) -> None:
    assert fit(text, width, align) == expected


def test_columns_fill_the_room_and_never_pass_it() -> None:
    for width in range(1, 240):
        placed = arrange(COLUMNS, width)
        assert placed
        ends = [one.start + one.width for one in placed]
        assert ends[-1] <= width
        assert all(end < one.start for end, one in zip(ends, placed[1:], strict=False))
        if width >= sum(column.least + 1 for column in COLUMNS):
            assert ends[-1] == width


def test_the_least_important_columns_drop_out_first() -> None:
    kept = [[one.column.key for one in arrange(COLUMNS, width)] for width in (80, 50, 40, 20, 9)]
    assert kept == [
        ["left", "level", "number", "customer", "fault"],
        ["left", "level", "number", "customer"],
        ["left", "number", "customer"],
        ["left", "number"],
        ["left"],
    ]


def test_neighbours_are_looked_for_below_and_above_nearest_first() -> None:
    old = KeyedRows(rows(0, 1, 2, 3, 4))
    assert old.nearest("t2", KeyedRows(rows(0, 1, 4))) == "t1"
    assert old.nearest("t2", KeyedRows(rows(1, 3))) == "t3"
    assert old.nearest("t2", KeyedRows(rows(9))) is None
