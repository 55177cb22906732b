"""Files of settings and of keys with all that can be in them: what is as at first is a comment."""

from collections.abc import Iterable, Iterator

import msgspec

from dispatch_tui.cli.run import Run
from dispatch_tui.console.keys.action import Action
from dispatch_tui.console.keys.keymap import Keymap, keymap_of
from dispatch_tui.console.keys.names import sign
from dispatch_tui.console.keys.registry import PLACES, of
from dispatch_tui.domain.message import N_
from dispatch_tui.preferences import CHOICES, Preferences
from dispatch_tui.reports.wrapping import wrapped
from dispatch_tui.settings import keys_file, settings_file

SAVED = N_("Saved as {path}, this is read at each start.")

ABOUT = {
    "database": N_("A path, or postgresql+asyncpg://…; empty is the file in the data folder."),
    "language": N_("Of words for people; empty goes by the environment."),
    "theme": N_("The colours; auto goes by how many the terminal has."),
    "glyphs": N_("Signs of flags: ascii is one cell wide in every terminal."),
    "mouse": N_("auto is off over SSH, where the mouse costs bytes with every move."),
    "traffic": N_("low draws nothing that nobody needs; auto is low over SSH."),
    "colors": N_("How many colours are used; auto goes by the terminal."),
}
"""What each setting is about."""


def settings_template(run: Run) -> Iterator[str]:
    """Yield the lines of a file of settings."""
    now, first = run.settings.preferences, Preferences()
    yield from _comment(run.say(SAVED, path=str(settings_file())))
    for name, choices in CHOICES.items():
        yield ""
        yield from _comment(run.say(ABOUT[name]) if name in ABOUT else name)
        known = tuple(_quoted(one) for one in choices if one)
        if known:
            yield from _comment(run.say(N_("One of {choices}."), choices=known))
        value = getattr(now, name)
        yield _entry(name, _quoted(value), at_first=value == getattr(first, name))


def keys_template(run: Run) -> Iterator[str]:
    """Yield the lines of a file of keys, as they are now."""
    keymap = keymap_of(keys_file())
    yield from _comment(run.say(SAVED, path=str(keys_file())))
    yield from _comment(
        run.say(
            N_(
                'An action has the keys that are written here and no others: one key in "quotes", '
                "or a list of them. F10 always quits; Enter, Esc, Tab and arrows stay as they are."
            )
        )
    )
    for place in PLACES:
        movable = [one for one in of(place) if one.movable]
        if movable:
            yield ""
            yield from _comment(run.say(place.label))
        for action in movable:
            yield from _comment(run.say(action.help))
            yield _entry(
                action.name, _keys(keymap, action), at_first=action.name not in keymap.moved
            )


def _keys(keymap: Keymap, action: Action) -> str:
    keys = keymap.moved.get(action.name) or [k for k in action.said if k not in action.always]
    signs = [_quoted(sign(key)) for key in keys]
    return signs[0] if len(signs) == 1 else f"[{', '.join(signs)}]"


def _entry(name: str, value: str, *, at_first: bool) -> str:
    return f"{'# ' if at_first else ''}{name} = {value}"


def _quoted(text: str) -> str:
    """A text as TOML writes it, which is how JSON does."""
    return msgspec.json.encode(text).decode()


def _comment(text: str) -> Iterable[str]:
    return (f"## {line}" for line in wrapped(text, 90))
