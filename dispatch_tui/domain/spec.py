"""What a row of the table of commands is made of."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from dispatch_tui.domain.commands import Command
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Status, Ticket


class FieldKind(StrEnum):
    """How a field of a command is typed in and shown."""

    LINE = "line"
    TEXT = "text"
    TIME = "time"
    ENGINEERS = "engineers"
    ENGINEER = "engineer"
    CUSTOMER = "customer"
    DEVICE = "device"
    CHOICE = "choice"


LIMITS = {FieldKind.LINE: 200, FieldKind.TEXT: 4000}
"""Characters that a field of the kind may hold."""


class Field(msgspec.Struct, frozen=True):
    """One fact that a command takes."""

    name: str
    kind: FieldKind
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()


class Requirement(msgspec.Struct, frozen=True):
    """A fact about the ticket beyond its state that a command needs."""

    holds: Callable[[Ticket], bool]
    refusal: str


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table.

    `roles` may give the command on every ticket, `own_roles` on tickets that are theirs.
    `refusal` says why the state forbids it, `over_refusal` why it does once the fault is gone, if
    that is another reason; `time_label` asks when it happened, "" where the time
    of entry is the time of the fact. An `additive` command only adds and so never collides.
    """

    name: str
    command: type[Command]
    label: str
    help: str
    states: frozenset[Status]
    roles: frozenset[Role]
    own_roles: frozenset[Role] = frozenset()
    fields: tuple[Field, ...] = ()
    requires: tuple[Requirement, ...] = ()
    refusal: str = ""
    over_refusal: str = ""
    time_label: str = ""
    dangerous: bool = False
    additive: bool = False
