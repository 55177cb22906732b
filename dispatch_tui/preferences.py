"""What a person likes: one TOML file, of which every wrong line is named and passed over."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_type_hints

import msgspec

from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line

Language = Literal["", "en", "zh_CN"]
ThemeName = Literal[
    "auto", "dispatch-dark", "dispatch-light", "high-contrast", "ansi-dark", "ansi-light"
]
Glyphs = Literal["ascii", "unicode"]
Switch = Literal["auto", "on", "off"]
Traffic = Literal["auto", "low", "full"]
Colors = Literal["auto", "none", "16", "256", "truecolor"]

MOST_BYTES = 65_536
"""A file of settings that is larger than this is something else."""


_NAME = re.compile(r"""[\s[]*("(?:\\.|[^"\\])*"|'[^']*'|[A-Za-z0-9_-]+)""")
"""A name at the start of a line of TOML, quoted or not, also that of a table."""


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of the file of settings, each with what holds where nothing is said."""

    database: str = ""
    """A path or a URL; "" is the file in the data folder."""
    language: Language = ""
    """Of words for people; "" goes by the environment."""
    theme: ThemeName = "auto"
    """`auto` goes by how many colours the terminal has."""
    glyphs: Glyphs = "ascii"
    """Signs of flags: ASCII is one cell wide in every terminal."""
    mouse: Switch = "auto"
    """`auto` is off over SSH, where it costs bytes with every move."""
    traffic: Traffic = "auto"
    """`low` draws nothing that nobody needs; `auto` is low over SSH."""
    colors: Colors = "auto"
    """How many colours are used; `auto` goes by the terminal."""


class Read(msgspec.Struct, frozen=True):
    """The preferences of a file, and one sentence for each of its lines that is wrong."""

    preferences: Preferences
    problems: tuple[Message, ...] = ()
    database_unknown: Message | None = None
    """Why it cannot be said which database the file means."""


def read_preferences(path: Path) -> Read:
    """Return what a file of settings says; a file that is not there says nothing."""
    text, said, problem = read_toml(path)
    if problem is not None:
        return Read(Preferences(), (problem,), problem)
    known: dict[str, Any] = {}
    problems = []
    database_unknown = None
    for name, value in said.items():
        if name not in CHOICES:
            problems.append(
                say(
                    N_("{path} line {line}: there is no setting {name}; known are {known}."),
                    path=str(path),
                    line=line_of(text, name),
                    name=clean_line(name)[:80],
                    known=tuple(CHOICES),
                )
            )
        elif not isinstance(value, str) or (CHOICES[name] and value not in CHOICES[name]):
            problems.append(_wrong(path, text, name))
            if name == "database":
                database_unknown = problems[-1]
        else:
            known[name] = clean_line(value)
    return Read(Preferences(**known), tuple(problems), database_unknown)


SWITCHED = ("language", "theme", "glyphs", "mouse", "traffic")
"""What can be switched in the console, where the others belong to the machine."""


def preferring(preferences: Preferences, chosen: Mapping[str, str]) -> Preferences:
    """Return preferences with choices in the place of some; what is no choice is passed over."""
    known: dict[str, Any] = {
        name: value for name, value in chosen.items() if value in CHOICES.get(name, ())
    }
    return msgspec.structs.replace(preferences, **known)


def read_toml(path: Path) -> tuple[str, dict[str, Any], Message | None]:
    """Return the text of a small TOML file, what it says, and what is wrong with all of it."""
    text, problem = _read_text(path)
    if problem is not None:
        return "", {}, problem
    try:
        return text, tomllib.loads(text), None
    except ValueError as error:  # also of numbers with thousands of digits
        cause = str(error)
    except RecursionError:
        cause = "["
    return "", {}, say(N_("{path} cannot be understood: {cause}."), path=str(path), cause=cause)


def _read_text(path: Path) -> tuple[str, Message | None]:
    """Return the text of a small file, and what is wrong with it; no file is an empty text."""
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES + 1).decode()
    except FileNotFoundError:
        return "", None
    except (OSError, UnicodeDecodeError) as error:
        cause = getattr(error, "strerror", "") or "UTF-8"
        return "", say(N_("{path} cannot be read: {cause}."), path=str(path), cause=cause)
    if len(text) > MOST_BYTES:
        return "", say(N_("{path} is too large for a file of settings."), path=str(path))
    return text, None


def line_of(text: str, name: str) -> int:
    """Return the number of the line that begins with a name, 1 where none does."""
    return _lines(text).get(name, 1)


@lru_cache(1)
def _lines(text: str) -> dict[str, int]:
    """The first line for each name that a line gives a value to, or that its table has."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if (match := _NAME.match(line)) is not None:
            found.setdefault(_unquoted(match[1]), number)
    return found


def _unquoted(name: str) -> str:
    if name[0] not in "\"'":
        return name
    try:
        return next(iter(tomllib.loads(f"{name} = 0")))
    except tomllib.TOMLDecodeError:
        return name


def _wrong(path: Path, text: str, name: str) -> Message:
    if not CHOICES[name]:
        template = N_('{path} line {line}: {name} takes a text in "quotes".')
        return say(template, path=str(path), line=line_of(text, name), name=name)
    return say(
        N_("{path} line {line}: {name} is one of {choices}."),
        path=str(path),
        line=line_of(text, name),
        name=name,
        choices=tuple(f'"{one}"' for one in CHOICES[name] if one),
    )


CHOICES: dict[str, tuple[str, ...]] = {
    name: get_args(kind) for name, kind in get_type_hints(Preferences).items()
}
"""What each setting can be; () is any text."""
