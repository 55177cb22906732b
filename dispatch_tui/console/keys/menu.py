"""The letters of the menu of commands, the same in every state."""

from dispatch_tui.console.keys.action import Action, Place
from dispatch_tui.console.keys.general import DIALOG
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import COMMANDS

MENU = Place(
    name="menu",
    label=N_("What can be done with a ticket"),
    help=N_("What is possible now stands first, the rest with its reason."),
    over=(DIALOG,),
)

LETTERS = {
    "respond": "r",
    "need-visit": "v",
    "solve-by-phone": "s",
    "assign": "a",
    "unassign": "n",
    "plan-visit": "P",
    "depart": "d",
    "expect": "h",
    "arrive": "i",
    "leave": "L",
    "diagnose": "g",
    "escalate": "E",
    "end-escalation": "Z",
    "fit-part": "f",
    "remove-part": "F",
    "restore": "w",
    "cannot-repair": "N",
    "agree-way": "G",
    "take-away": "y",
    "report-workshop": "W",
    "report-exchange": "M",
    "bring-back": "B",
    "lend": "D",
    "take-loan-back": "K",
    "ask-consent": "q",
    "consent": "Y",
    "refuse-consent": "Q",
    "call-back": "b",
    "keep-case": "H",
    "close": "c",
    "reopen": "e",
    "cancel": "x",
    "merge": "z",
    "complain": "O",
    "acknowledge": "A",
    "investigate": "I",
    "take-measures": "T",
    "answer": "R",
    "record-satisfaction": "S",
    "close-complaint": "C",
    "suspect-adverse": "X",
    "report-adverse": "U",
    "clear-adverse": "V",
    "record-test": "1",
    "describe-service": "2",
    "finish-report": "3",
    "sign-report": "4",
    "amend-report": "5",
    "note": "t",
    "add-call": "l",
    "set-priority": "p",
    "correct": "o",
    "correct-time": "m",
    "undo": "u",
}
"""One letter per command, the same in every state; j and k move the cursor."""

CHOICES = tuple(
    Action(
        id=f"choose({name!r})",
        letter=letter,
        label=COMMANDS[name].label,
        help=COMMANDS[name].help,
        command=name,
        place=MENU,
    )
    for name, letter in LETTERS.items()
)
