"""What a row of the table of commands is made of."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from dispatch_tui.domain.commands import Command
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Kind, Status, Ticket


class FieldKind(StrEnum):
    """How a field of a command is typed in and shown."""

    LINE = "line"
    TEXT = "text"
    TIME = "time"
    DAY = "day"
    SCORE = "score"
    ENGINEERS = "engineers"
    ENGINEER = "engineer"
    PERSON = "person"
    CUSTOMER = "customer"
    DEVICE = "device"
    TICKET = "ticket"
    AWAY = "away"
    LOAN = "loan"
    CHECK = "check"
    CHOICE = "choice"


LIMITS = {FieldKind.LINE: 200, FieldKind.TEXT: 4000}
"""Characters that a field of the kind may hold."""

SCORES = tuple(range(1, 6))
"""What a customer can give when called back, best last."""


class Field(msgspec.Struct, frozen=True):
    """One fact that a command takes; a time that lies `ahead` is read as one to come."""

    name: str
    kind: FieldKind
    label: str
    required: bool = False
    choices: tuple[str, ...] = ()
    ahead: bool = False


class Requirement(msgspec.Struct, frozen=True):
    """A fact about the ticket beyond its state that a command needs.

    One that is not `for_past` is not asked of cases that are brought in from elsewhere.
    """

    holds: Callable[[Ticket], bool]
    refusal: str
    for_past: bool = True


class Spec(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the table.

    `roles` may give the command on every ticket of its `kinds`, `own_roles` on those that are
    theirs. `refusal` says why the state forbids it, `over_refusal` why it does once the fault is
    gone, if that is another reason; `time_label` asks when it happened, "" where the time
    of entry is the time of the fact. An `additive` command only adds and so never collides;
    a `final` one cannot be taken back, not even at once.
    """

    name: str
    command: type[Command]
    label: str
    help: str
    states: frozenset[Status]
    roles: frozenset[Role]
    own_roles: frozenset[Role] = frozenset()
    kinds: frozenset[Kind] = frozenset({Kind.FAULT})
    fields: tuple[Field, ...] = ()
    requires: tuple[Requirement, ...] = ()
    refusal: str = ""
    over_refusal: str = ""
    time_label: str = ""
    dangerous: bool = False
    final: bool = False
    additive: bool = False
