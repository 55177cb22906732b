"""What moves the cursor of a list, and scrolls a text."""

from dispatch_tui.console.keys.action import LIST, Action
from dispatch_tui.domain.message import N_

MOVES = (
    Action(
        id="move(-1)",
        named="up",
        letter="k",
        always=("up",),
        help=N_("One row up."),
        place=LIST,
    ),
    Action(
        id="move(1)",
        named="down",
        letter="j",
        always=("down",),
        help=N_("One row down."),
        place=LIST,
    ),
    Action(
        id="page(-1)",
        named="page-up",
        letter="left_curly_bracket",
        always=("pageup",),
        help=N_("One screen up."),
        place=LIST,
    ),
    Action(
        id="page(1)",
        named="page-down",
        letter="right_curly_bracket",
        always=("pagedown",),
        help=N_("One screen down."),
        place=LIST,
    ),
    Action(
        id="first",
        letter="less_than_sign",
        always=("home",),
        help=N_("To the first row."),
        place=LIST,
    ),
    Action(
        id="last",
        letter="greater_than_sign",
        others=("G",),
        always=("end",),
        help=N_("To the last row."),
        place=LIST,
    ),
)
"""As in `less` and vim, as far as letters are free."""
