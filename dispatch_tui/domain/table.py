"""The table of commands: in which state, by which role, with which facts, refused how.

The permission check, the menu of the console, the command line, the help and the documentation
are all read from it.
"""

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import FIELD_ROLES, Role, Staff
from dispatch_tui.domain.spec import Field, FieldKind, Requirement, Spec
from dispatch_tui.domain.ticket import ACTIVE, OVER, WORKING_AGAIN, Priority, Status, Ticket

CORRECTABLE = {
    "reported": N_("Fault reported"),
    "responded": N_("Customer answered"),
    "departed": N_("Engineer set out"),
    "arrived": N_("Engineer on site"),
    "restored": N_("Works again"),
    "solved": N_("Solved by phone"),
    "closed": N_("Case closed"),
}
"""The facts whose time can be corrected, as typed and as shown."""

DESK = frozenset({Role.OPERATOR, Role.MANAGER, Role.GENERAL_MANAGER})
DECIDERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
EVERYONE_BUT_ADMIN = frozenset(Role) - {Role.ADMINISTRATOR}

_IS_OVER = N_("Ticket {number} is {status}; reopen it first.")
_NOT_YET = N_("Ticket {number} is {status}: the fault must be gone before it is closed.")
_NOT_ANSWERED = Requirement(
    lambda ticket: ticket.responded_at is None,
    N_("The customer was already answered at {responded_at}; correct the time if it is wrong."),
)
_SOMEBODY_TO_DEPART = Requirement(
    lambda ticket: any(not one.departed_at and not one.arrived_at for one in ticket.engineers),
    N_("Every engineer on ticket {number} has already set out."),
)
_SOMEBODY_TO_ARRIVE = Requirement(
    lambda ticket: any(not one.arrived_at for one in ticket.engineers),
    N_("Every engineer on ticket {number} is already on site."),
)
_REASON = Field("reason", FieldKind.TEXT, N_("Reason"))
_NEEDED_REASON = Field("reason", FieldKind.TEXT, N_("Reason"), required=True)
_CONTACT = Field("contact", FieldKind.LINE, N_("Contact"))
_PHONE = Field("phone", FieldKind.LINE, N_("Phone"))
_CURE = Field("what_was_done", FieldKind.TEXT, N_("What was done"), required=True)
_ENGINEERS = Field("engineers", FieldKind.ENGINEERS, N_("Engineers"))
_PRIORITIES = tuple(Priority)

LOG = Spec(
    name="call",
    command=c.LogCall,
    label=N_("Log a call"),
    help=N_("Take a fault notification; its clocks start with it."),
    states=frozenset(),
    refusal=N_("Ticket {number} was already logged; add the call to it, or log a new one."),
    roles=DESK,
    fields=(
        Field("customer", FieldKind.CUSTOMER, N_("Customer")),
        Field("caller", FieldKind.LINE, N_("Unknown caller")),
        Field("device", FieldKind.DEVICE, N_("Device")),
        Field("department", FieldKind.LINE, N_("Department")),
        Field("fault", FieldKind.TEXT, N_("Fault"), required=True),
        _CONTACT,
        _PHONE,
        Field("priority", FieldKind.CHOICE, N_("Priority"), choices=_PRIORITIES),
        Field("kind", FieldKind.CHOICE, N_("Kind"), choices=("fault",)),
    ),
    time_label=N_("Reported at"),
)

COMMANDS: dict[str, Spec] = {
    spec.name: spec
    for spec in (
        Spec(
            name="respond",
            command=c.Respond,
            label=N_("Answer the customer"),
            help=N_(
                "Record the first talk with the customer about the fault; stops the response clock."
            ),
            states=ACTIVE,
            roles=DESK,
            own_roles=FIELD_ROLES,
            fields=(Field("note", FieldKind.TEXT, N_("What was learnt")),),
            requires=(_NOT_ANSWERED,),
            refusal=_IS_OVER,
            time_label=N_("Talked at"),
        ),
        Spec(
            name="assign",
            command=c.Assign,
            label=N_("Assign engineers"),
            help=N_("Give the ticket to one or more engineers, one of whom leads."),
            states=ACTIVE,
            roles=DECIDERS,
            fields=(
                Field("engineers", FieldKind.ENGINEERS, N_("Engineers"), required=True),
                Field("lead", FieldKind.ENGINEER, N_("Lead")),
            ),
            refusal=_IS_OVER,
        ),
        Spec(
            name="unassign",
            command=c.Unassign,
            label=N_("Take engineers off"),
            help=N_("Take engineers off the ticket; none named means all of them."),
            states=frozenset({Status.ASSIGNED, Status.UNDER_WAY, Status.ON_SITE}),
            roles=DECIDERS,
            fields=(_ENGINEERS, _REASON),
            refusal=N_("Nobody is assigned to ticket {number} that could be taken off."),
            over_refusal=_IS_OVER,
        ),
        Spec(
            name="depart",
            command=c.Depart,
            label=N_("Engineer set out"),
            help=N_("Record that engineers set out for the customer."),
            states=frozenset({Status.ASSIGNED, Status.UNDER_WAY, Status.ON_SITE}),
            roles=DESK,
            own_roles=FIELD_ROLES,
            fields=(_ENGINEERS, Field("expected_at", FieldKind.TIME, N_("Expected at"))),
            requires=(_SOMEBODY_TO_DEPART,),
            refusal=N_("Nobody is assigned to ticket {number} yet; assign an engineer first."),
            over_refusal=_IS_OVER,
            time_label=N_("Set out at"),
        ),
        Spec(
            name="arrive",
            command=c.Arrive,
            label=N_("Engineer on site"),
            help=N_("Record the arrival; stops the on-site clock and starts the repair clock."),
            states=frozenset({Status.ASSIGNED, Status.UNDER_WAY, Status.ON_SITE}),
            roles=DESK,
            own_roles=FIELD_ROLES,
            fields=(_ENGINEERS,),
            requires=(_SOMEBODY_TO_ARRIVE,),
            refusal=N_("Nobody is assigned to ticket {number} yet; assign an engineer first."),
            over_refusal=_IS_OVER,
            time_label=N_("Arrived at"),
        ),
        Spec(
            name="restore",
            command=c.Restore,
            label=N_("Works again"),
            help=N_(
                "Record that the device, or a replacement, works again; stops the repair clock."
            ),
            states=frozenset({Status.ON_SITE}),
            roles=DESK,
            own_roles=FIELD_ROLES,
            fields=(_CURE,),
            refusal=N_("No engineer is on site for ticket {number}: record the arrival first."),
            over_refusal=_IS_OVER,
            time_label=N_("Works since"),
        ),
        Spec(
            name="solve-by-phone",
            command=c.SolveByPhone,
            label=N_("Solved by phone"),
            help=N_("Record that the fault is gone without a visit; the on-site clock falls away."),
            states=ACTIVE - {Status.ON_SITE},
            roles=DESK,
            own_roles=FIELD_ROLES,
            fields=(_CURE,),
            refusal=N_("Ticket {number} is {status}: solving by phone is no longer what happened."),
            over_refusal=_IS_OVER,
            time_label=N_("Solved at"),
        ),
        Spec(
            name="close",
            command=c.Close,
            label=N_("Close the case"),
            help=N_("End the case after the customer confirmed that the fault is gone."),
            states=WORKING_AGAIN,
            roles=DESK,
            fields=(Field("note", FieldKind.TEXT, N_("Note")),),
            refusal=_NOT_YET,
            over_refusal=N_("Ticket {number} is already {status}."),
        ),
        Spec(
            name="note",
            command=c.Note,
            label=N_("Write a note"),
            help=N_("Write something down that whoever comes next must know."),
            states=frozenset(Status),
            roles=EVERYONE_BUT_ADMIN - FIELD_ROLES,
            own_roles=FIELD_ROLES,
            fields=(Field("text", FieldKind.TEXT, N_("Note"), required=True),),
            additive=True,
        ),
        Spec(
            name="add-call",
            command=c.AddCall,
            label=N_("Add a further call"),
            help=N_("Attach another call of the customer about the same fault."),
            states=ACTIVE | WORKING_AGAIN,
            roles=DESK,
            fields=(
                Field("text", FieldKind.TEXT, N_("What was said"), required=True),
                _CONTACT,
                _PHONE,
            ),
            refusal=_IS_OVER,
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
                Field("priority", FieldKind.CHOICE, N_("Priority"), True, _PRIORITIES),
                _REASON,
            ),
            refusal=_IS_OVER,
        ),
        Spec(
            name="correct",
            command=c.Correct,
            label=N_("Correct the intake"),
            help=N_("Put right what was written down when the call was taken."),
            states=frozenset(Status),
            roles=DESK,
            fields=(
                Field("customer", FieldKind.CUSTOMER, N_("Customer")),
                Field("device", FieldKind.DEVICE, N_("Device")),
                Field("department", FieldKind.LINE, N_("Department")),
                Field("fault", FieldKind.TEXT, N_("Fault")),
                _CONTACT,
                _PHONE,
                _REASON,
            ),
        ),
        Spec(
            name="correct-time",
            command=c.CorrectTime,
            label=N_("Correct a time"),
            help=N_(
                "Put right when something happened; clocks follow, the first limit stays visible."
            ),
            states=frozenset(Status),
            roles=DESK,
            fields=(
                Field("what", FieldKind.CHOICE, N_("What happened"), True, tuple(CORRECTABLE)),
                Field("to", FieldKind.TIME, N_("It happened at"), required=True),
                Field("engineer", FieldKind.ENGINEER, N_("Engineer")),
                _REASON,
            ),
        ),
        Spec(
            name="reopen",
            command=c.Reopen,
            label=N_("Reopen"),
            help=N_("Take the case up again; its clocks run on as if they had never stopped."),
            states=WORKING_AGAIN | OVER,
            roles=DECIDERS,
            fields=(_NEEDED_REASON,),
            refusal=N_("Ticket {number} is {status}: it is still open."),
            dangerous=True,
        ),
        Spec(
            name="cancel",
            command=c.Cancel,
            label=N_("Cancel"),
            help=N_("End a ticket that was opened by mistake; its clocks become void."),
            states=ACTIVE,
            roles=DECIDERS,
            fields=(_NEEDED_REASON,),
            refusal=N_("Ticket {number} is {status} and can no longer be cancelled."),
            dangerous=True,
        ),
        Spec(
            name="undo",
            command=c.Undo,
            label=N_("Take back my last act"),
            help=N_("Take back one's own last act within 10 seconds; the journal keeps both."),
            states=frozenset(Status),
            roles=EVERYONE_BUT_ADMIN - FIELD_ROLES,
            own_roles=FIELD_ROLES,
        ),
    )
}

BY_TYPE: dict[type[c.Command], Spec] = {spec.command: spec for spec in (LOG, *COMMANDS.values())}
"""The row of the table for a command."""

_ROLE_REFUSAL = N_("Not for your role ({role}): {command}. Ask: {allowed}.")
_OWN_REFUSAL = N_(
    "Ticket {number} is not yours: only those assigned to it may do this ({command})."
)


def role_obstacle(spec: Spec, who: Staff, ticket: Ticket | None) -> Message | None:
    """Why this person may not give the command on this ticket, None when they may."""
    if who.role in spec.roles:
        return None
    if who.role in spec.own_roles:
        if ticket is not None and ticket.assignment(who.login):
            return None
        number = ticket.number if ticket else ""
        return say(_OWN_REFUSAL, number=number, command=spec.name)
    allowed = tuple(sorted(spec.roles))
    return say(_ROLE_REFUSAL, role=who.role, command=spec.name, allowed=allowed)


def state_obstacle(spec: Spec, ticket: Ticket) -> Message | None:
    """Why the ticket's state or facts forbid the command, None when they do not."""
    values = {
        "number": ticket.number,
        "status": ticket.status,
        "responded_at": ticket.responded_at,
    }
    if ticket.status not in spec.states:
        over = ticket.status not in ACTIVE and spec.over_refusal
        return Message(over or spec.refusal, values)
    for requirement in spec.requires:
        if not requirement.holds(ticket):
            return Message(requirement.refusal, values)
    return None
