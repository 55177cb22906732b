"""What an action is: where it holds, by which keys, for whom."""

from functools import cache

import msgspec

from dispatch_tui.console.keys.names import full_width
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import BY_TYPE

SPECS = {spec.name: spec for spec in BY_TYPE.values()}


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where keys hold: a screen, or a part of one.

    The keys of the places that it is `over` hold there as well. Where there is `typing`, letters
    go into a field.
    """

    name: str
    label: str
    help: str
    over: tuple["Place", ...] = ()
    typing: bool = False


LIST = Place(
    name="list",
    label=N_("Lists and texts"),
    help=N_("Arrows or letters move the cursor of a list and scroll a text."),
)
MAIN = Place(
    name="main",
    label=N_("Main screen"),
    help=N_("The queue, the selected ticket, the roster and the device, all in sight."),
    over=(LIST,),
)


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do: `letter` is quick, `key` gets through an input method.

    `id` is what Textual runs, "" for what a widget does by itself. `command` is the row of the
    table of commands that it stands for, "" for what changes nothing. No file of keys takes away
    those that are `always` there. `label` is for a line of keys, "" where no line has room for it.
    `roles` are those who may, where no command says it.
    """

    id: str
    named: str = ""
    letter: str = ""
    key: str = ""
    others: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    label: str = ""
    help: str
    command: str = ""
    roles: frozenset[Role] = frozenset(Role)
    danger: bool = False
    footer: bool = False
    place: Place = MAIN

    @property
    def name(self) -> str:
        """What it is called in a file of keys, such as "assign" or "call-emergency"."""
        name = self.named or self.command or self.id.replace("_", "-")
        return name if self.place is MAIN else f"{self.place.name}-{name}"

    @property
    def movable(self) -> bool:
        """Whether a file may give it other keys."""
        return bool(self.id and set(self.said) - set(self.always))

    @property
    def said(self) -> tuple[str, ...]:
        """Its keys as people are told of them, the quickest first."""
        return _once((self.letter, self.key, *self.others, *self.always))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the action by its name in Textual, full-width letters among them."""
        return with_full_width(self.said)

    @property
    def spec(self) -> Spec | None:
        """The row of the table of commands that it stands for."""
        return SPECS.get(self.command)

    @property
    def dangerous(self) -> bool:
        """Whether it cannot be taken back later."""
        return self.danger or (self.spec is not None and self.spec.dangerous)

    @property
    def open_roles(self) -> frozenset[Role]:
        """The roles that may ever do it."""
        return self.roles if self.spec is None else self.spec.roles | self.spec.own_roles

    def open_to(self, role: Role) -> bool:
        """Whether somebody in this role may ever do it."""
        return role in self.open_roles


@cache
def with_full_width(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return keys, and after them those that an input method sends in their place."""
    return _once((*keys, *(one for key in keys for one in full_width(key))))


def _once(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, keys)))
