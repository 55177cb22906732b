"""What is written to a terminal shows what Textual's own bytes would show, and is less."""

from collections.abc import Sequence
from typing import NamedTuple

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import LayoutUpdate
from textual.geometry import Region
from textual.strip import Strip

from dispatch_tui.console.terminal.canvas import BLANK, RIGHT_HALF, Canvas
from dispatch_tui.console.terminal.kinds import kind_of
from dispatch_tui.console.terminal.shadow import Shadow

WIDTH, HEIGHT = 24, 5
COLOURS = ColorSystem.EIGHT_BIT
CONSOLE = Console(color_system="256")
KINDS = ["xterm-256color", "screen", "linux", "putty", "unheard-of"]
SEEN_ON_BLANKS = ("underscore", "reverse", "strikethrough")

words = st.text(alphabet="ab  X─漢字é急", min_size=1, max_size=14) | st.sampled_from(
    [BLANK * WIDTH, "e\u0301o\u0308", "2611260001 医院 ", "X" * WIDTH]
)
styles = st.builds(
    Style,
    color=st.sampled_from([None, "default", "red", "#87afd7", "bright_white"]),
    bgcolor=st.sampled_from([None, "default", "#14161a", "#1d4f73", "blue"]),
    bold=st.sampled_from([None, True]),
    italic=st.sampled_from([None, True]),
    underline=st.sampled_from([None, None, True]),
    reverse=st.sampled_from([None, None, True]),
)


class Update(NamedTuple):
    """A line of segments from a place on."""

    x: int
    y: int
    segments: list[tuple[str, Style]]

    @property
    def layout(self) -> LayoutUpdate:
        """The same as Textual gives it, cut where the screen ends."""
        whole = Strip([Segment(text, style) for text, style in self.segments])
        strip = whole.crop(0, min(WIDTH - self.x, whole.cell_length))
        return LayoutUpdate([[strip]], Region(self.x, self.y, strip.cell_length, 1))


updates = st.builds(
    Update,
    st.integers(0, WIDTH - 2),
    st.integers(0, HEIGHT - 1),
    st.lists(st.tuples(words, styles), min_size=1, max_size=4),
)
places = st.tuples(st.integers(0, WIDTH - 1), st.integers(0, HEIGHT - 1))
frames = st.lists(st.tuples(st.lists(updates, max_size=6), places), min_size=1, max_size=5)


def terminal() -> tuple[pyte.Screen, pyte.Stream]:
    """A terminal that does not wrap, as Textual sets it."""
    screen = pyte.Screen(WIDTH, HEIGHT)
    stream = pyte.Stream(screen)
    stream.feed("\x1b[?7l")
    return screen, stream


def seen(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What a person sees: of blanks, and of halves of wide characters, the ground alone."""
    return [
        [look(screen.buffer[y][x], screen.buffer[y][x - 1] if x else None,
              screen.buffer[y][x + 1] if x + 1 < screen.columns else None)
         for x in range(screen.columns)]
        for y in range(screen.lines)
    ]  # fmt: skip


def look(
    cell: pyte.screens.Char, before: pyte.screens.Char | None, after: pyte.screens.Char | None
) -> tuple[object, ...]:
    """How one cell looks, beside its neighbours."""
    text = cell.data
    if text == RIGHT_HALF and (before is None or not is_wide(before.data)):
        text = BLANK
    if is_wide(text) and (after is None or after.data != RIGHT_HALF):
        text = BLANK
    marks = tuple(getattr(cell, name) for name in SEEN_ON_BLANKS)
    if text == BLANK and not any(marks):
        return (BLANK, cell.bg)
    return (text, cell.fg, cell.bg, cell.bold, cell.italics, *marks)


def is_wide(text: str) -> bool:
    """Whether a text of one cell needs two."""
    return text in tuple("漢字急医院")


@pytest.mark.parametrize("term", KINDS)
@given(frames=frames)
@settings(max_examples=60, deadline=None)
def test_any_updates_look_as_textual_s_own_bytes_make_them_look(
    term: str, frames: Sequence[tuple[list[Update], tuple[int, int]]]
) -> None:
    theirs, their_stream = terminal()
    ours, our_stream = terminal()
    canvas, shadow = Canvas(WIDTH, HEIGHT, COLOURS), Shadow(kind_of(term))
    for given_updates, cursor in frames:
        for update in given_updates:
            their_stream.feed(update.layout.render_segments(CONSOLE))
            canvas.take(update.layout)
        our_stream.feed(shadow.draw(canvas, cursor))
        assert seen(ours) == seen(theirs)
        assert (ours.cursor.x, ours.cursor.y) == cursor
        assert shadow.draw(canvas, cursor) == ""


@given(frames=frames)
@settings(max_examples=60, deadline=None)
def test_without_colours_the_same_text_stands(
    frames: Sequence[tuple[list[Update], tuple[int, int]]],
) -> None:
    theirs, their_stream = terminal()
    ours, our_stream = terminal()
    canvas, shadow = Canvas(WIDTH, HEIGHT, None), Shadow(kind_of("vt220"))
    for given_updates, cursor in frames:
        for update in given_updates:
            their_stream.feed(update.layout.render_segments(CONSOLE))
            canvas.take(update.layout)
        our_stream.feed(shadow.draw(canvas, cursor))
        assert texts(ours) == texts(theirs)
        assert {cell.fg + cell.bg for line in ours.buffer.values() for cell in line.values()} <= {
            "defaultdefault"
        }


def texts(screen: pyte.Screen) -> list[list[object]]:
    """The characters that a person sees."""
    return [[cell[0] for cell in line] for line in seen(screen)]


def canvas_with(*lines: str, width: int = WIDTH) -> Canvas:
    """A canvas with these lines in plain text."""
    canvas = Canvas(width, len(lines), COLOURS)
    for y, text in enumerate(lines):
        canvas.put(0, y, [Strip([Segment(text)])])
    return canvas


def test_one_letter_costs_the_way_there_and_the_letter() -> None:
    canvas, shadow = canvas_with("Fault: no image", "Caller"), Shadow(kind_of("xterm"))
    shadow.draw(canvas, (0, 0))
    canvas.put(0, 0, [Strip([Segment("Fault: no imago")])])
    assert shadow.draw(canvas, (15, 0)) == "\x1b[14Co"


def test_the_rest_of_a_line_is_erased_not_written_over() -> None:
    canvas, shadow = canvas_with("A long line of words"), Shadow(kind_of("xterm"))
    shadow.draw(canvas, (0, 0))
    canvas.put(0, 0, [Strip([Segment("A long" + BLANK * 18)])])
    assert shadow.draw(canvas, (7, 0)) == "\x1b[7C\x1b[K"


def test_a_ground_is_not_erased_to_where_erasing_leaves_another() -> None:
    style = Style(bgcolor="blue")
    canvas, shadow = canvas_with("A long line of words"), Shadow(kind_of("screen"))
    shadow.draw(canvas, (0, 0))
    canvas.put(0, 0, [Strip([Segment(BLANK * WIDTH, style)])])
    text = shadow.draw(canvas, (0, 0))
    assert "\x1b[K" not in text
    assert BLANK * WIDTH in text


def test_after_a_character_of_doubtful_width_the_place_is_said_anew() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    canvas, shadow = canvas_with("abcd", "x"), Shadow(kind_of("xterm"))
    shadow.draw(canvas, (0, 0))
    canvas.put(0, 0, [Strip([Segment(f"{family}cd" + BLANK * 20)])])
    assert shadow.draw(canvas, (0, 0)).startswith(f"{family}\x1b[;3Hcd")


def test_what_is_forgotten_is_drawn_whole() -> None:
    canvas, shadow = canvas_with("Fault", "Caller"), Shadow(kind_of("xterm"))
    first = shadow.draw(canvas, (0, 0))
    assert shadow.draw(canvas, (0, 0)) == ""
    shadow.forget()
    assert shadow.draw(canvas, (0, 0)) == first


def test_links_of_a_style_do_not_reach_the_terminal() -> None:
    canvas, shadow = canvas_with("Fault"), Shadow(kind_of("xterm"))
    canvas.put(0, 0, [Strip([Segment("Fault", Style(link="https://example.invalid"))])])
    assert "\x1b]8" not in shadow.draw(canvas, (0, 0))
