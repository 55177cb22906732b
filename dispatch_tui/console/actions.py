"""The registry of what can be done in the console: keys, footer, help and palette come from it."""

from collections.abc import Iterator

import msgspec
from textual.binding import Binding

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import BY_TYPE

SIGNS = {"slash": "/", "question_mark": "?"}
"""What is printed on keys whose names are words."""

FULL_WIDTH = 0xFEE0
"""From a character to the full-width one that an input method sends in its place."""

SPECS = {spec.name: spec for spec in BY_TYPE.values()}


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do: `letter` is quick, `key` gets through an input method.

    `command` is the row of the table of commands that it stands for, "" for what changes nothing.
    """

    id: str
    letter: str = ""
    key: str = ""
    label: str
    help: str
    command: str = ""
    footer: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key of the action by its name in Textual, full-width letters among them."""
        return tuple(one for one in (self.letter, self.key, *_full_width(self.letter)) if one)

    def open_to(self, role: Role) -> bool:
        """Whether somebody in this role may ever do it."""
        spec = SPECS.get(self.command)
        return spec is None or role in spec.roles | spec.own_roles


def sign(letter: str) -> str:
    """Return what is printed on a key."""
    return SIGNS.get(letter, letter)


def _full_width(letter: str) -> Iterator[str]:
    if letter in SIGNS:
        yield f"fullwidth_{'solidus' if letter == 'slash' else letter}"
    elif len(letter) == 1:
        yield chr(ord(letter) + FULL_WIDTH)


ACTIONS: tuple[Action, ...] = (
    Action(
        id="call",
        letter="n",
        key="f2",
        label=N_("New call"),
        help=N_("Log a call while the customer is talking."),
        command="call",
        footer=True,
    ),
    Action(
        id="search",
        letter="g",
        key="f3",
        label=N_("Find"),
        help=N_("Find anything, from anywhere: tickets, customers, devices, people, by any word."),
        footer=True,
    ),
    Action(
        id="menu",
        letter="m",
        key="f6",
        label=N_("Do"),
        help=N_("Everything that can be done with this ticket now."),
        footer=True,
    ),
    Action(
        id="command('assign')",
        letter="a",
        key="f4",
        label=N_("Assign"),
        help=N_("Give the ticket to engineers."),
        command="assign",
        footer=True,
    ),
    Action(
        id="command('respond')",
        letter="r",
        key="f5",
        label=N_("Answer"),
        help=N_("Record the talk with the customer."),
        command="respond",
        footer=True,
    ),
    Action(
        id="command('note')",
        letter="t",
        key="ctrl+n",
        label=N_("Note"),
        help=N_("Write something down."),
        command="note",
    ),
    Action(
        id="report",
        letter="e",
        key="ctrl+e",
        label=N_("Report"),
        help=N_("Read the service report of this ticket as it stands."),
    ),
    Action(
        id="device_file",
        letter="d",
        key="ctrl+u",
        label=N_("Device file"),
        help=N_("Everything that ever happened to the device of this ticket."),
    ),
    Action(
        id="files",
        letter="f",
        key="ctrl+v",
        label=N_("Files"),
        help=N_("All customers, devices and parts: look, search, change."),
    ),
    Action(
        id="calendar",
        letter="c",
        key="ctrl+k",
        label=N_("Calendar"),
        help=N_("The roster of two weeks: leave, stand-ins, what is wrong with it."),
    ),
    Action(
        id="handover",
        letter="h",
        key="ctrl+l",
        label=N_("Hand over"),
        help=N_("What the next shift has to know: hand it over with a note, or take it over."),
    ),
    Action(
        id="filter",
        letter="slash",
        key="ctrl+f",
        label=N_("Filter"),
        help=N_("Show only tickets with these words: number, customer, initials, engineer."),
        footer=True,
    ),
    Action(
        id="view(1)",
        letter="v",
        key="f7",
        label=N_("View"),
        help=N_("The next view: what is open, what is late, what waits for what, what is closed."),
        footer=True,
    ),
    Action(
        id="view(-1)",
        letter="V",
        key="ctrl+y",
        label=N_("View back"),
        help=N_("The view before."),
    ),
    Action(
        id="alarm",
        letter="x",
        key="f8",
        label=N_("Alarm"),
        help=N_("Go to the ticket that rang, and mark it as seen."),
        footer=True,
    ),
    Action(
        id="phone",
        letter="p",
        key="ctrl+x",
        label=N_("Phone"),
        help=N_("Whom to call about this ticket; it is journaled who looks up a masked number."),
    ),
    Action(
        id="export",
        letter="w",
        key="ctrl+w",
        label=N_("Export"),
        help=N_("Write this list to a new file for a spreadsheet."),
    ),
    Action(
        id="undo",
        letter="u",
        key="f9",
        label=N_("Undo"),
        help=N_("Take back my last act, within 10 seconds."),
        command="undo",
    ),
    Action(
        id="pane('queue')",
        letter="1",
        key="ctrl+g",
        label=N_("Queue"),
        help=N_("The queue of tickets."),
    ),
    Action(
        id="pane('ticket')",
        letter="2",
        key="ctrl+t",
        label=N_("Ticket"),
        help=N_("The selected ticket."),
    ),
    Action(
        id="pane('roster')",
        letter="3",
        key="ctrl+r",
        label=N_("Roster"),
        help=N_("Who is on duty, doing what."),
    ),
    Action(
        id="pane('device')",
        letter="4",
        key="ctrl+d",
        label=N_("Device"),
        help=N_("The past of the ticket's device."),
    ),
    Action(
        id="back",
        key="escape",
        label=N_("Back"),
        help=N_("Out of the filter, the pane, the view: back to the open tickets."),
    ),
    Action(
        id="help",
        letter="question_mark",
        key="f1",
        label=N_("Help"),
        help=N_("What the keys do here."),
        footer=True,
    ),
    Action(
        id="palette",
        key="ctrl+p",
        label=N_("Palette"),
        help=N_("Find any action by its name."),
    ),
    Action(
        id="quit",
        letter="q",
        key="f10",
        label=N_("Quit"),
        help=N_("Leave the console."),
        footer=True,
    ),
)


def bindings() -> list[Binding]:
    """Return the bindings of the main screen."""
    return [
        Binding(",".join(action.keys), action.id, action.label, show=False) for action in ACTIONS
    ]
