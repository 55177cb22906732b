"""What is done with the files: lists of them, one of them, finding them."""

from dispatch_tui.console.keys.action import LIST, Action, Place
from dispatch_tui.console.keys.general import DIALOG, FIELD
from dispatch_tui.domain.filing import DECIDERS, FILE_KEEPERS
from dispatch_tui.domain.message import N_

FILES = Place(
    name="files",
    label=N_("Files"),
    help=N_("All customers, devices and parts; what is typed searches the list."),
    over=(DIALOG, FIELD),
    typing=True,
)
FILE = Place(
    name="file",
    label=N_("One file"),
    help=N_("Facts at the top, rows below, one Enter for each."),
    over=(DIALOG, LIST),
)
CUSTOMER = Place(
    name="customer",
    label=N_("Customer file"),
    help=N_("One customer with its contacts, contracts, devices, tickets and changes."),
    over=(FILE, DIALOG, LIST),
)
DEVICE = Place(
    name="device",
    label=N_("Device file"),
    help=N_("One machine: how reliable it is, and all that ever happened to it."),
    over=(FILE, DIALOG, LIST),
)
TICKET = Place(
    name="ticket",
    label=N_("Ticket"),
    help=N_("One ticket to be read, open or closed."),
    over=(DIALOG, LIST),
)
REPORT = Place(
    name="report",
    label=N_("Service report"),
    help=N_("The service report of a ticket as it stands."),
    over=(DIALOG, LIST),
)
SEARCH = Place(
    name="search",
    label=N_("Find anything"),
    help=N_("Tickets, customers, devices and people, by whatever is known of them."),
    over=(DIALOG, FIELD),
    typing=True,
)

LISTING = (
    Action(
        id="turn(1)",
        named="next",
        key="ctrl+g",
        always=("tab",),
        help=N_("The next list: customers, devices, parts."),
        place=FILES,
    ),
    Action(
        id="turn(-1)",
        named="back",
        always=("shift+tab",),
        help=N_("The list before."),
        place=FILES,
    ),
    Action(
        id="new",
        key="f2",
        label=N_("put on file"),
        help=N_("Put a customer or a device on file."),
        roles=FILE_KEEPERS,
        place=FILES,
    ),
)
FILED = (
    Action(
        id="back",
        named="close",
        letter="q",
        always=("escape",),
        help=N_("Close the file."),
        place=FILE,
    ),
)
OF_A_CUSTOMER = (
    Action(
        id="edit",
        letter="e",
        key="f2",
        label=N_("change"),
        help=N_("Change what stands on file."),
        roles=FILE_KEEPERS,
        place=CUSTOMER,
    ),
    Action(
        id="add('contacts')",
        named="contact",
        letter="p",
        key="f8",
        label=N_("contact"),
        help=N_("Put a contact on file."),
        roles=FILE_KEEPERS,
        place=CUSTOMER,
    ),
    Action(
        id="add('devices')",
        named="device",
        letter="d",
        key="f4",
        label=N_("device"),
        help=N_("Put a device on file."),
        roles=FILE_KEEPERS,
        place=CUSTOMER,
    ),
    Action(
        id="add('contracts')",
        named="contract",
        letter="o",
        key="f5",
        label=N_("contract"),
        help=N_("Put a contract on file."),
        roles=DECIDERS,
        place=CUSTOMER,
    ),
    Action(
        id="called",
        letter="l",
        key="f6",
        label=N_("called"),
        help=N_("Note a regular call."),
        roles=FILE_KEEPERS,
        place=CUSTOMER,
    ),
    Action(
        id="remove",
        letter="x",
        key="f7",
        label=N_("take off"),
        help=N_("Take the contact or contract under the cursor off the files, once asked."),
        roles=FILE_KEEPERS,
        place=CUSTOMER,
    ),
)
OF_A_DEVICE = (
    Action(
        id="edit",
        letter="e",
        key="f2",
        label=N_("change"),
        help=N_("Change what stands on file."),
        roles=FILE_KEEPERS,
        place=DEVICE,
    ),
    Action(
        id="topic(1)",
        named="topic",
        letter="t",
        key="f7",
        label=N_("topic"),
        help=N_("Leave only the next topic of its past, after the last one all."),
        place=DEVICE,
    ),
    Action(
        id="topic(-1)",
        named="topic-back",
        letter="T",
        key="ctrl+y",
        help=N_("Leave only the topic before."),
        place=DEVICE,
    ),
    Action(
        id="customer",
        letter="c",
        key="f4",
        label=N_("customer"),
        help=N_("The file of its customer."),
        place=DEVICE,
    ),
)
OF_A_TICKET = (
    Action(
        id="go",
        always=("enter",),
        help=N_("To the ticket in the queue, while it is open."),
        place=TICKET,
    ),
    Action(
        id="device",
        letter="d",
        key="f2",
        label=N_("device"),
        help=N_("The file of its device."),
        place=TICKET,
    ),
    Action(
        id="customer",
        letter="c",
        key="f4",
        label=N_("customer"),
        help=N_("The file of its customer."),
        place=TICKET,
    ),
    Action(
        id="copy",
        letter="y",
        key="f11",
        label=N_("copy"),
        help=N_("Number, phone, address, serial: to the clipboard of your terminal."),
        place=TICKET,
    ),
    Action(
        id="back",
        named="close",
        letter="q",
        always=("escape",),
        help=N_("Close the ticket."),
        place=TICKET,
    ),
)
OF_A_REPORT = (
    Action(
        id="back",
        named="close",
        letter="e",
        key="ctrl+e",
        others=("q",),
        help=N_("Close the report."),
        place=REPORT,
    ),
)
FINDING = (
    Action(
        id="scope(1)",
        named="scope",
        key="f7",
        label=N_("what"),
        help=N_("Only tickets, only customers, and so on."),
        place=SEARCH,
    ),
    Action(
        id="scope(-1)",
        named="scope-back",
        key="ctrl+y",
        help=N_("The same the other way round."),
        place=SEARCH,
    ),
)
