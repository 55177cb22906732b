"""What is done in forms, and where something is asked."""

from dispatch_tui.console.keys.action import LIST, Action, Place
from dispatch_tui.console.keys.general import DIALOG, FIELD
from dispatch_tui.domain.filing import FILE_KEEPERS
from dispatch_tui.domain.handover import HANDING_ROLES
from dispatch_tui.domain.message import N_

FORM = Place(
    name="form",
    label=N_("Forms"),
    help=N_("One thing is told field by field; nothing is saved before all that is needed is."),
    over=(DIALOG, FIELD),
    typing=True,
)
MERGING = Place(
    name="form",
    label=N_("Forms of a ticket and of the files"),
    help=N_("Shows what somebody else wrote meanwhile beside what was typed."),
    over=(FORM, DIALOG, FIELD),
    typing=True,
)
CALL = Place(
    name="call",
    label=N_("New call"),
    help=N_("Log a call while the customer is talking."),
    over=(FORM, DIALOG, FIELD),
    typing=True,
)
ASSIGN = Place(
    name="assign",
    label=N_("Assign engineers"),
    help=N_("Mark one or more, and who leads; the best suggestion stands first."),
    over=(DIALOG, LIST),
)
HANDOVER = Place(
    name="handover",
    label=N_("Hand over"),
    help=N_("What the next shift has to know; what waits is taken over by one key."),
    over=(DIALOG, FIELD),
    typing=True,
)
SURE = Place(
    name="sure",
    label=N_("What cannot be undone"),
    help=N_("Names what it is about, and does it only by a key of its own."),
    over=(DIALOG,),
)

WRITING = (
    Action(
        id="save",
        key="ctrl+g",
        label=N_("save"),
        help=N_("Save, from any field; gives what is dangerous after it was asked."),
        place=FORM,
    ),
    Action(
        id="afresh",
        key="ctrl+n",
        help=N_("Set the draft aside and start afresh; again brings it back."),
        place=FORM,
    ),
)
TAKING = (
    Action(
        id="theirs",
        key="f5",
        help=N_("Take what somebody else wrote into this field meanwhile."),
        place=MERGING,
    ),
)
CALLING = (
    Action(
        id="target",
        named="add",
        key="f4",
        help=N_("Add the call to an open ticket of the caller, or to the next of them."),
        place=CALL,
    ),
    Action(
        id="complaint",
        key="f5",
        help=N_("A complaint, or a call again."),
        place=CALL,
    ),
    Action(
        id="put_on_file",
        key="f2",
        help=N_("Put the unknown caller or device on file, and go on with the call."),
        roles=FILE_KEEPERS,
        place=CALL,
    ),
    Action(
        id="emergency",
        key="f8",
        help=N_("An emergency, or a normal call again."),
        place=CALL,
    ),
)
MARKING = (
    Action(
        id="screen.mark",
        named="mark",
        always=("space",),
        help=N_("Mark the engineer, or take the mark away."),
        place=ASSIGN,
    ),
    Action(
        id="screen.lead",
        named="lead",
        letter="l",
        key="f4",
        label=N_("who leads"),
        help=N_("Let the engineer under the cursor lead."),
        place=ASSIGN,
    ),
    Action(
        id="screen.suggested",
        named="suggested",
        letter="s",
        key="f2",
        label=N_("suggested"),
        help=N_("Assign who is suggested first, and nobody else."),
        place=ASSIGN,
    ),
    Action(
        id="screen.assign",
        named="save",
        key="ctrl+g",
        help=N_("Assign whoever is marked; Enter does it too."),
        place=ASSIGN,
    ),
)
HANDING = (
    Action(
        id="hand_over",
        key="ctrl+g",
        label=N_("hand over"),
        help=N_("Hand over what is shown, with the note."),
        roles=HANDING_ROLES,
        place=HANDOVER,
    ),
    Action(
        id="accept",
        key="f2",
        label=N_("take over"),
        help=N_("Take over what waits."),
        roles=HANDING_ROLES,
        place=HANDOVER,
    ),
)
ASKING = (
    Action(
        id="yes",
        letter="y",
        key="f9",
        label=N_("yes"),
        help=N_("Yes: do it."),
        danger=True,
        place=SURE,
    ),
    Action(
        id="back",
        named="no",
        letter="n",
        others=("q",),
        always=("enter", "escape"),
        label=N_("no, back"),
        help=N_("No: everything stays as it is."),
        place=SURE,
    ),
)
