"""`check`: what this terminal can do, and what the console makes of it."""

import contextlib
import os
import sys
from collections.abc import Iterator, Mapping

import click
import msgspec

from dispatch_tui.cli.between import between
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.probe import Answers, ask
from dispatch_tui.cli.run import Run
from dispatch_tui.console.looks import colors_of, low_traffic, mouse_on, theme_for
from dispatch_tui.console.shades import SHADES
from dispatch_tui.console.swatch import swatch
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line
from dispatch_tui.words.glyphs import UNICODE

VARIABLES = (
    *("TERM", "COLORTERM", "COLORFGBG", "NO_COLOR", "TERM_PROGRAM", "TERM_PROGRAM_VERSION"),
    *("LANG", "LC_ALL", "LC_CTYPE"),
)
"""What of the environment says something about the terminal, and nothing about the person."""

COLUMNS, LINES = 80, 24
"""From this size on everything can be used."""
UNDERSTATED = frozenset({"xterm", "screen", "tmux", "rxvt", "putty", "konsole", "gnome"})
"""Values of TERM that promise 16 colours where there usually are 256."""
BARS = ("|成都锦浣医院|CT|", "|abcdefghijkl|CT|")
SAID_ABOUT = (
    ("synchronized_output", N_("synchronized output")),
    ("kitty_keys", N_("kitty keys")),
    ("mouse", N_("mouse")),
    ("clipboard", N_("clipboard (OSC 52)")),
)


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """All that is known of where the console would be opened."""

    variables: dict[str, str]
    on_terminal: bool
    columns: int
    lines: int
    encoding: str
    colors: str
    remote: bool
    between: tuple[str, ...]
    answers: Answers


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What the console would make of it."""

    theme: str
    colors: str
    glyphs: str
    mouse: bool
    traffic: str


@click.command(
    "check",
    cls=Command,
    help=N_(
        "Show what this terminal can do, what the console would choose by it, and what is wrong "
        "with it. Exit code 1 when something is wrong."
    ),
)
@json_option()
@click.pass_obj
def command(run: Run, as_json: bool) -> None:
    """Show what the terminal can do."""
    found = _look(run)
    chosen = _choose(run, found, os.environ)
    problems = [run.say(one) for one in (*_problems(found, chosen), *run.problems)]
    if as_json:
        print_json({"terminal": found, "chosen": chosen, "problems": problems})
    else:
        _print(run, found, chosen)
        if not problems:
            click.echo(run.say(N_("Nothing is known to be wrong.")))
    for problem in problems:
        click.echo(problem, err=True)
    click.get_current_context().exit(1 if problems else 0)


def _look(run: Run) -> Surroundings:
    answers, (columns, lines) = ask(), _size()
    return Surroundings(
        variables={
            name: clean_line(os.environ[name])[:80] for name in VARIABLES if name in os.environ
        },
        on_terminal=answers.asked or (sys.stdin.isatty() and sys.stdout.isatty()),
        columns=columns,
        lines=lines,
        encoding=sys.stdout.encoding,
        colors=colors_of(os.environ),
        remote=run.settings.remote,
        between=between(os.environ),
        answers=answers,
    )


def _size() -> tuple[int, int]:
    """Columns and lines of the first of the standard streams that is a terminal, else none."""
    for stream in (1, 0, 2):
        with contextlib.suppress(OSError):
            size = os.get_terminal_size(stream)
            return size.columns, size.lines
    return 0, 0


def _choose(run: Run, found: Surroundings, environment: Mapping[str, str]) -> Chosen:
    liked, remote = run.settings.preferences, found.remote
    low = low_traffic(liked.traffic, remote=remote)
    colors = colors_of(environment, liked.colors, low=low)
    return Chosen(
        theme=theme_for(colors, liked.theme, environment),
        colors=colors,
        glyphs=liked.glyphs,
        mouse=mouse_on(liked.mouse, remote=remote),
        traffic="low" if low else "full",
    )


def _problems(found: Surroundings, chosen: Chosen) -> Iterator[Message]:
    if not found.on_terminal:
        yield say(N_("There is no terminal here: run this where the console will be opened."))
    elif found.variables.get("TERM", "") in ("", "dumb"):
        yield say(N_("This terminal cannot show the console (TERM is empty or dumb): try another."))
    elif found.columns < COLUMNS or found.lines < LINES:
        yield say(
            N_("The terminal has {columns} x {lines} cells: all can be used from 80 x 24 on."),
            columns=found.columns,
            lines=found.lines,
        )
    if found.encoding.lower().replace("-", "") != "utf8":
        yield say(
            N_("The terminal's character set is {encoding}: set LANG to one with UTF-8."),
            encoding=found.encoding,
        )
    yield from _answer_problems(found.answers)
    yield from _color_problems(found, chosen)


def _answer_problems(answers: Answers) -> Iterator[Message]:
    if answers.asked and not answers.answered:
        yield say(
            N_(
                "The terminal does not answer when it is asked what it can do: look at the lines "
                "of Chinese yourself, and try another terminal if the bars do not line up."
            )
        )
    wide = answers.wide_cells
    if wide is not None and wide > 2:
        yield say(
            N_(
                "The terminal does not read UTF-8: set its character set to UTF-8 "
                "(PuTTY: Window, Translation)."
            )
        )
    elif wide is not None and wide < 2:
        yield say(
            N_(
                "The terminal draws a Chinese character in {count} cell instead of two, and no "
                "column lines up: take another terminal or font."
            ),
            count=wide,
        )
    if answers.ambiguous_cells == 2:
        yield say(
            N_(
                "The terminal draws characters such as the degree sign in two cells, and lines "
                "with them are shifted: set its ambiguous width to one cell."
            )
        )


def _color_problems(found: Surroundings, chosen: Chosen) -> Iterator[Message]:
    term, light = found.variables.get("TERM", ""), found.answers.light_ground
    if found.on_terminal and found.colors == "16" and term in UNDERSTATED:
        yield say(
            N_("TERM={term} promises 16 colours only: most terminals have more as {better}."),
            term=term,
            better=f"{term}-256color",
        )
    shades = SHADES[chosen.theme]
    if shades.ansi and chosen.colors != "none" and light is not None and light == shades.dark:
        yield say(
            N_(
                "The ground of this terminal does not suit the theme {theme}: "
                'write theme = "{better}" in settings.toml.'
            ),
            theme=chosen.theme,
            better="ansi-light" if light else "ansi-dark",
        )


def _print(run: Run, found: Surroundings, chosen: Chosen) -> None:
    print_rows(_rows(run, found))
    click.echo(run.say(N_("The bars stand one below the other where Chinese is drawn well:")))
    for line in BARS:
        click.echo(f"  {line}")
    click.echo(run.say(N_("Signs and colours of the themes:")))
    colors = colors_of(os.environ) if sys.stdout.isatty() else "none"
    for name in SHADES if colors != "none" else (chosen.theme,):
        click.echo(f"  {name:<15}{swatch(name, colors, run.speaker)}")
    click.echo(f"  {'unicode':<15}{swatch(chosen.theme, colors, run.speaker, UNICODE)}")
    click.echo(run.say(N_("The console would choose:")))
    shown = msgspec.to_builtins(chosen)
    shown["mouse"] = "on" if chosen.mouse else "off"
    print_rows(((name, str(value)) for name, value in shown.items()), indent=2)


def _rows(run: Run, found: Surroundings) -> Iterator[tuple[str, str]]:
    answers = found.answers
    term = found.variables.get("TERM", "")
    yield run.say(N_("terminal")), f"{term} ({answers.name})" if answers.name else term
    if found.columns:
        yield run.say(N_("size")), f"{found.columns}x{found.lines}"
    yield run.say(N_("colours")), found.colors
    yield run.say(N_("character set")), found.encoding
    yield run.say(N_("a Chinese character")), _cells(run, answers.wide_cells)
    yield run.say(N_("an ambiguous one")), _cells(run, answers.ambiguous_cells)
    for name, words in SAID_ABOUT:
        yield run.say(words), _yes_or_no(run, getattr(answers, name))
    here = run.say(N_("yes")) if found.remote else run.say(N_("no"))
    yield run.say(N_("over SSH")), here
    if found.between:
        yield run.say(N_("in between")), ", ".join(found.between)
    if "tmux" in found.between:
        yield "", run.say(N_("tmux lets numbers be copied after: set -g set-clipboard on"))
    for name, value in found.variables.items():
        yield name, value


def _cells(run: Run, cells: int | None) -> str:
    return run.say(N_("not said")) if cells is None else run.say(N_("{count} cells"), count=cells)


def _yes_or_no(run: Run, said: bool | None) -> str:
    if said is None:
        return run.say(N_("not said"))
    return run.say(N_("yes") if said else N_("no"))
