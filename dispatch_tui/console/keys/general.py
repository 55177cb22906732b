"""What holds in whatever is open over the main screen, in fields, and around the main screen."""

from dispatch_tui.console.keys.action import LIST, Action, Place
from dispatch_tui.domain.message import N_

EVERYWHERE = Place(
    name="everywhere",
    label=N_("Everywhere"),
    help=N_("Whatever is open, and whatever has the keys."),
    typing=True,
)
FILTER = Place(
    name="filter",
    label=N_("Filter"),
    help=N_("What is typed leaves only tickets with these words in the queue."),
    typing=True,
)
DIALOG = Place(
    name="dialog",
    label=N_("Whatever is open"),
    help=N_("What lies over the main screen, which goes on beneath it."),
)
FIELD = Place(
    name="field",
    label=N_("Fields"),
    help=N_("What is typed is kept as a draft."),
    typing=True,
)
HELP = Place(
    name="help",
    label=N_("Help"),
    help=N_("What has the keys, and what they do."),
    over=(DIALOG, LIST),
)
PALETTE = Place(
    name="palette",
    label=N_("Palette"),
    help=N_(
        "Finds what can be done, and tickets, customers, devices and people, by any word, "
        "by initials and by pinyin."
    ),
    over=(DIALOG, FIELD),
    typing=True,
)

ALWAYS = (
    Action(
        id="redraw",
        key="f12",
        help=N_("Draw the whole screen again: another program has written across it."),
        place=EVERYWHERE,
    ),
)

AROUND = (
    Action(
        id="",
        named="enter",
        always=("enter",),
        help=N_("Everything that can be done with the row; the file of what the pane shows."),
    ),
    Action(
        id="",
        named="panes",
        always=("tab", "shift+tab"),
        help=N_("The next pane, or the one before."),
    ),
    Action(
        id="",
        named="leave",
        always=("down", "enter"),
        help=N_("To the rows that were found; the filter stays."),
        place=FILTER,
    ),
    Action(
        id="",
        named="drop",
        always=("escape",),
        help=N_("Drop the filter."),
        place=FILTER,
    ),
)

OPEN = (
    Action(
        id="back",
        always=("escape", "ctrl+c"),
        help=N_("Back; what was typed is kept as a draft."),
        place=DIALOG,
    ),
    Action(
        id="help",
        letter="question_mark",
        key="f1",
        help=N_("What has the keys, and what they do."),
        place=DIALOG,
    ),
    Action(
        id="search",
        key="f3",
        help=N_("Find anything; what is open stays as it is."),
        place=DIALOG,
    ),
    Action(
        id="leave",
        named="quit",
        always=("f10",),
        help=N_("Leave the console; what was typed is kept as a draft."),
        place=DIALOG,
    ),
)

FIELDS = (
    Action(
        id="",
        named="enter",
        always=("enter",),
        help=N_("Take what is offered, or on to what is missing; saves when nothing is."),
        place=FIELD,
    ),
    Action(
        id="",
        named="next",
        always=("tab", "up", "down"),
        help=N_("Another field, or another row of a list that is offered."),
        place=FIELD,
    ),
    Action(
        id="",
        named="turn",
        always=("space", "left", "right"),
        help=N_("The next choice; Space marks people."),
        place=FIELD,
    ),
    Action(
        id="",
        named="break",
        always=("alt+enter",),
        help=N_("A new line within a text."),
        place=FIELD,
    ),
)

HELPING = (
    Action(
        id="settings",
        key="f2",
        label=N_("Settings"),
        help=N_("Language, colours, signs, mouse, traffic; what is open stays as it is."),
        place=HELP,
    ),
    Action(
        id="back",
        named="close",
        letter="q",
        always=("escape",),
        help=N_("Close the help."),
        place=HELP,
    ),
)
LOOKING = (
    Action(
        id="back",
        named="close",
        key="ctrl+p",
        always=("escape",),
        help=N_("Close the palette."),
        place=PALETTE,
    ),
)
