"""The way in: over SSH nothing is loaded before what came from the client was looked through."""

import os
import re
import sys
from typing import NoReturn

INTERRUPTED = 130
"""The exit code where somebody did not wait for the program to load."""

TERMINAL = r"[A-Za-z0-9._+-]{1,32}"
_LOCALE = r"[A-Za-z0-9._@-]{1,32}"

ALLOWED = {
    "TERM": TERMINAL,
    "LANG": _LOCALE,
    "LC_ALL": _LOCALE,
    "LC_MESSAGES": _LOCALE,
    "COLORTERM": r"truecolor|24bit",
    "NO_COLOR": r"1",
    "SSH_CONNECTION": r"[0-9A-Fa-f:.]{2,45} \d{1,5} [0-9A-Fa-f:.]{2,45} \d{1,5}",
    "SSH_ORIGINAL_COMMAND": r"[^\0]+",
}
"""All that a session has of its environment, and what each may be; the rest never gets through."""


def main() -> None:
    """Run the command line; a session gets an environment of its own first."""
    if sys.argv[1:2] == ["session"]:
        secure()
    try:
        from dispatch_tui.cli.main import main as run
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    run()


def secure() -> None:
    """Leave of the environment what is allowed, for this process and all that it loads.

    Home and path are those of the account, never the client's, and what is written is for the
    account's eyes only. Ends the process where the terminal's name is none.
    """
    import pwd

    terminal = os.environ.get("TERM", "dumb")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ALLOWED and re.fullmatch(ALLOWED[name], value)
    }
    os.environ.clear()
    home = pwd.getpwuid(os.getuid()).pw_dir
    os.environ.update(kept, HOME=home, PATH="/usr/local/bin:/usr/bin:/bin")
    os.umask(0o077)
    if not re.fullmatch(TERMINAL, terminal):
        _refuse_terminal()


def _refuse_terminal() -> NoReturn:
    from dispatch_tui.cli.run import Run
    from dispatch_tui.domain.message import N_

    Run().tell(
        N_("The name of this terminal cannot be one: set TERM to xterm-256color, and try again.")
    )
    sys.exit(2)
