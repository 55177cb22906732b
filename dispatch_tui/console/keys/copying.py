"""What is copied of a ticket, and what is had otherwise: lists over whatever is open."""

from dispatch_tui.console.keys.action import LIST, Action, Place
from dispatch_tui.console.keys.general import DIALOG
from dispatch_tui.domain.message import N_

COPY = Place(
    name="copy",
    label=N_("Copy"),
    help=N_("Sends one thing to the clipboard of the terminal, and shows it."),
    over=(DIALOG, LIST),
)
SETTINGS = Place(
    name="settings",
    label=N_("Settings"),
    help=N_("Each switch holds at once, and in every console to come."),
    over=(DIALOG,),
)

_LETTERS = {
    "number": ("n", N_("Number"), N_("The number of the ticket.")),
    "phone": ("p", N_("Phone"), N_("Whom to call; it is journaled who looks up a masked number.")),
    "contact": ("c", N_("Contact"), N_("The name of whom to call.")),
    "customer": ("h", N_("Customer"), N_("The name of the customer.")),
    "address": ("a", N_("Address"), N_("The address of the customer.")),
    "serial": ("s", N_("Serial"), N_("The serial number of the device.")),
    "fault": ("f", N_("Fault"), N_("The fault in the words of the customer.")),
}

THINGS = tuple(
    Action(
        id=f"take({name!r})",
        named=name,
        letter=letter,
        label=label,
        help=words,
        place=COPY,
    )
    for name, (letter, label, words) in _LETTERS.items()
)
"""The arrows and Enter take them as well."""

COPYING = (
    Action(
        id="back",
        named="close",
        letter="y",
        key="f11",
        others=("q",),
        always=("escape",),
        label=N_("back"),
        help=N_("Copy nothing."),
        place=COPY,
    ),
)
SETTING = (
    Action(
        id="back",
        named="close",
        letter="q",
        always=("escape",),
        label=N_("back"),
        help=N_("Close the settings."),
        place=SETTINGS,
    ),
)
