"""Where a person has moved keys: one file, of which every wrong line is named and passed over."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from dispatch_tui.console.keys.action import Action, with_full_width
from dispatch_tui.console.keys.names import sign
from dispatch_tui.domain.message import Message


class Keymap(msgspec.Struct, frozen=True):
    """The keys of actions that have other ones than they had at first, by name.

    `problems` has a sentence for each line of the file that is wrong.
    """

    moved: Mapping[str, tuple[str, ...]] = {}
    problems: tuple[Message, ...] = ()

    def keys(self, action: Action) -> tuple[str, ...]:
        """Return the keys of an action, the quickest first."""
        if (moved := self.moved.get(action.name)) is None:
            return action.said
        return tuple(dict.fromkeys((*moved, *action.always)))

    def signs(self, action: Action) -> tuple[str, ...]:
        """Return the same as they stand on the keyboard."""
        return tuple(map(sign, self.keys(action)))

    def every(self, action: Action) -> tuple[str, ...]:
        """Return all keys of an action for Textual, full-width letters among them."""
        return with_full_width(self.keys(action))

    def overlay(self, actions: Iterable[Action]) -> dict[str, str]:
        """Return what Textual lays over its bindings: names of actions to keys."""
        found = {one: self.every(one) for one in actions if one.name in self.moved}
        return {
            one.name: ",".join(key for key in keys if key not in one.always)
            for one, keys in found.items()
        }


def keymap_of(path: Path) -> Keymap:
    """Return what a file of keys says; one that is not there moves nothing."""
    if not path.exists():
        return Keymap()
    from dispatch_tui.console.keys.reading import read_keymap  # a start without a file needs none

    return read_keymap(path)
