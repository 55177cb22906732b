"""Rows: calls, and what was written down of them."""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.facts import How
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import FIELD_ROLES
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.table.common import (
    CONTACT,
    DECIDERS,
    DESK,
    EVERY_KIND,
    EVERYONE_BUT_ADMIN,
    IS_OVER,
    PHONE,
    REASON,
)
from dispatch_tui.domain.ticket import ACTIVE, OPEN, Kind, Priority, Status

PRIORITIES = tuple(Priority)

LOG = Spec(
    name="call",
    command=c.LogCall,
    label=N_("Log a call"),
    help=N_("Take a fault notification or a complaint; the clocks of a fault start with it."),
    states=frozenset(),
    refusal=N_("Ticket {number} was already logged; add the call to it, or log a new one."),
    roles=DESK,
    kinds=EVERY_KIND,
    fields=(
        Field("customer", FieldKind.CUSTOMER, N_("Customer")),
        Field("caller", FieldKind.LINE, N_("Unknown caller")),
        Field("device", FieldKind.DEVICE, N_("Device")),
        Field("department", FieldKind.LINE, N_("Department")),
        Field("fault", FieldKind.TEXT, N_("Fault"), required=True),
        CONTACT,
        PHONE,
        Field("priority", FieldKind.CHOICE, N_("Priority"), choices=PRIORITIES),
        Field("kind", FieldKind.CHOICE, N_("Kind"), choices=tuple(Kind)),
        Field("about", FieldKind.TICKET, N_("About ticket")),
        Field("channel", FieldKind.CHOICE, N_("By"), choices=tuple(How)),
    ),
    time_label=N_("Reported at"),
)

TAKE_IN = Spec(
    name="take-in-call",
    command=c.TakeInCall,
    label=N_("Take in a merged call"),
    help=N_("Attach the call of a ticket that was merged into this one; follows from merging."),
    states=OPEN,
    roles=frozenset(),
    fields=(
        Field("text", FieldKind.TEXT, N_("What was said"), required=True),
        Field("merged_from", FieldKind.TICKET, N_("Merged ticket"), required=True),
        CONTACT,
        PHONE,
    ),
    refusal=N_("Ticket {number} is {status}: nothing can be merged into it."),
    additive=True,
)

SET_LIMITS = Spec(
    name="set-limits",
    command=c.SetLimits,
    label=N_("Set the limits of a contract"),
    help=N_("Take over the limits of the customer's contract; follows from changing the contract."),
    states=OPEN,
    roles=frozenset(),
    fields=(Field("contract", FieldKind.LINE, N_("Contract")),),
    refusal=N_("Ticket {number} is {status}: its limits are not changed any more."),
    additive=True,
)

ROWS = (
    Spec(
        name="note",
        command=c.Note,
        label=N_("Write a note"),
        help=N_("Write something down that whoever comes next must know."),
        states=frozenset(Status),
        kinds=EVERY_KIND,
        roles=EVERYONE_BUT_ADMIN - FIELD_ROLES,
        own_roles=FIELD_ROLES,
        fields=(Field("text", FieldKind.TEXT, N_("Note"), required=True),),
        additive=True,
    ),
    Spec(
        name="add-call",
        command=c.AddCall,
        label=N_("Add a further call"),
        help=N_("Attach another call of the customer about the same matter."),
        states=OPEN,
        kinds=EVERY_KIND,
        roles=DESK,
        fields=(
            Field("text", FieldKind.TEXT, N_("What was said"), required=True),
            CONTACT,
            PHONE,
        ),
        refusal=IS_OVER,
        time_label=N_("Called at"),
        additive=True,
    ),
    Spec(
        name="set-priority",
        command=c.SetPriority,
        label=N_("Set the priority"),
        help=N_("Make the ticket an emergency, or a normal one."),
        states=ACTIVE,
        roles=DECIDERS,
        fields=(
            Field("priority", FieldKind.CHOICE, N_("Priority"), True, PRIORITIES),
            REASON,
        ),
        refusal=IS_OVER,
    ),
    Spec(
        name="correct",
        command=c.Correct,
        label=N_("Correct the intake"),
        help=N_("Put right what was written down when the call was taken."),
        states=frozenset(Status),
        kinds=EVERY_KIND,
        roles=DESK,
        fields=(
            Field("customer", FieldKind.CUSTOMER, N_("Customer")),
            Field("device", FieldKind.DEVICE, N_("Device")),
            Field("department", FieldKind.LINE, N_("Department")),
            Field("fault", FieldKind.TEXT, N_("Fault")),
            CONTACT,
            PHONE,
            REASON,
        ),
    ),
    Spec(
        name="correct-time",
        command=c.CorrectTime,
        label=N_("Correct a time"),
        help=N_("Put right when something happened; clocks follow, the first limit stays visible."),
        states=frozenset(Status),
        kinds=EVERY_KIND,
        roles=DESK,
        fields=(
            Field("what", FieldKind.CHOICE, N_("What happened"), True, tuple(CORRECTABLE)),
            Field("to", FieldKind.TIME, N_("It happened at"), required=True),
            Field("engineer", FieldKind.ENGINEER, N_("Engineer")),
            REASON,
        ),
    ),
    Spec(
        name="undo",
        command=c.Undo,
        label=N_("Take back my last act"),
        help=N_("Take back one's own last act within 10 seconds; the journal keeps both."),
        states=frozenset(Status),
        kinds=EVERY_KIND,
        roles=EVERYONE_BUT_ADMIN - FIELD_ROLES,
        own_roles=FIELD_ROLES,
    ),
)
