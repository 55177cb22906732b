"""Reading a file of keys: `action = "key"` or `action = ["key", "key"]`, line by line."""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dispatch_tui.console.keys.action import Action, Place
from dispatch_tui.console.keys.keymap import Keymap
from dispatch_tui.console.keys.names import is_typed, key_of, sign
from dispatch_tui.console.keys.registry import PLACES, held_together, named
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.text import clean_line
from dispatch_tui.preferences import line_of, read_toml

TERMINAL = frozenset(f"ctrl+{letter}" for letter in "sqzbajo")
"""Flow control, job control, the prefixes of screen and tmux, a line feed."""

FIXED = frozenset(
    {"enter", "escape", "tab", "shift+tab", "backspace", "f10", "ctrl+c"}
    | {f"ctrl+{letter}" for letter in "him"}
)
"""Keys that do the same everywhere, with those that a terminal cannot tell from them."""

FIELD_KEYS = frozenset(
    {"left", "right", "up", "down", "home", "end", "pageup", "pagedown", "delete", "f6", "f7"}
    | {f"ctrl+{letter}" for letter in "dekuvwxy"}
)
"""Keys by which what is typed into a field is changed."""

MOST_ENTRIES = 500
"""Some times as many as there are actions: what has more is no file of keys."""

Entries = dict[str, tuple[str, ...]]


def read_keymap(path: Path) -> Keymap:
    """Return what a file of keys says; where a line is wrong, its action keeps its keys."""
    text, said, problem = read_toml(path)
    if problem is not None:
        return Keymap(problems=(problem,))
    if len(said) > MOST_ENTRIES:
        template = N_("{path} is too large for a file of settings.")
        return Keymap(problems=(say(template, path=str(path)),))
    lines = {name: line_of(text, name) for name in said}
    entries: Entries = {}
    wrong: dict[str, Message] = {}
    for name, value in said.items():
        found = _entry(name, value)
        if isinstance(found, Message):
            wrong[name] = found
        else:
            entries[name] = found
    wrong |= _without_clashes(entries, lines)
    problems = tuple(
        say(N_("{path} line {line}: {why}"), path=str(path), line=lines[name], why=wrong[name])
        for name in sorted(wrong, key=lambda name: lines[name])
    )
    return Keymap(moved=entries, problems=problems)


def _entry(name: str, value: Any) -> tuple[str, ...] | Message:
    """The keys that an entry gives to an action, or what is wrong with it."""
    action = named().get(name)
    if action is None or not action.movable:
        return _no_action(name)
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(t, str) for t in texts):
        return say(N_('{name} takes a key in "quotes", or a list of them.'), name=name)
    keys = [key_of(text) for text in texts]
    for text, key in zip(texts, keys, strict=True):
        if (why := _unfit(action, text, key)) is not None:
            return why
    return tuple(dict.fromkeys(keys))


def _no_action(name: str) -> Message:
    shown = clean_line(name)[:80]
    movable = [one.name for one in named().values() if one.movable]
    near = difflib.get_close_matches(shown, movable, 1)
    if near:
        return say(
            N_("there is no action {name}; {near} is the nearest."), name=shown, near=near[0]
        )
    template = N_("there is no action {name}; dispatch-tui where --keys prints all of them.")
    return say(template, name=shown)


def _unfit(action: Action, said: str, key: str) -> Message | None:
    """Why a key cannot be given to an action, whatever else is in the file."""
    shown = sign(key) if key else clean_line(said)[:40]
    if not key:
        return say(N_("there is no key {key} that every terminal has."), key=shown)
    if key in action.said:
        return None
    if key in FIXED:
        return say(N_("{key} does the same everywhere and stays where it is."), key=shown)
    if key in TERMINAL:
        return say(N_("{key} is kept back by some terminals."), key=shown)
    if action.place.typing and (is_typed(key) or key in FIELD_KEYS):
        template = N_("{key} is typed into the field there: take an F-key, or ctrl with a letter.")
        return say(template, key=shown)
    return None


def _without_clashes(entries: Entries, lines: Mapping[str, int]) -> dict[str, Message]:
    """Take out what would give one key two things to do; returns what is wrong with it.

    An entry that goes gives its action its first keys again, which another one may have taken.
    """
    wrong: dict[str, Message] = {}
    while (found := _clash(entries, lines)) is not None:
        key, loser, other = found
        del entries[loser.name]
        wrong[loser.name] = say(
            N_("{key} is already the key of {other} there."), key=sign(key), other=other.name
        )
    return wrong


def _clash(entries: Entries, lines: Mapping[str, int]) -> tuple[str, Action, Action] | None:
    """Return a key with two things to do at one place, who has to give it up, and to whom."""
    keymap = Keymap(moved=entries)
    for place in PLACES:
        holders: dict[str, Action] = {}
        for key, action in _held(keymap, place):
            other = holders.setdefault(key, action)
            moved = [one for one in (other, action) if one.name in entries and key not in one.said]
            if other != action and moved:
                loser = max(moved, key=lambda one: lines[one.name])
                return key, loser, other if loser is action else action
    return None


def _held(keymap: Keymap, place: Place) -> Iterator[tuple[str, Action]]:
    actions: Iterable[Action] = held_together(place)
    return ((key, action) for action in actions for key in keymap.every(action))
