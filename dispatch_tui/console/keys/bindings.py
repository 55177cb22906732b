"""The registry as Textual takes it: bindings, known by name so that a keymap can move them."""

from collections.abc import Iterable

from textual.binding import Binding, BindingType

from dispatch_tui.console.keys.action import Action

FIRST = frozenset({"ctrl+c", "tab", "shift+tab"})
"""Keys that a focused field would take for itself."""


def bindings(actions: Iterable[Action], *, first: bool = False) -> list[BindingType]:
    """Return the bindings of what is not done by a widget itself.

    Those that come `first` hold before anything that has the focus.
    """
    return [
        Binding(
            key,
            action.id,
            show=False,
            priority=first or key in FIRST,
            id=action.name if key not in action.always else None,
        )
        for action in actions
        if action.id
        for key in action.keys
    ]
