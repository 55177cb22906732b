"""The table of commands once more, written by hand: what the code's table is held against."""

from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Status

_STATES = {
    "L": Status.LOGGED,
    "R": Status.RESPONDED,
    "A": Status.ASSIGNED,
    "U": Status.UNDER_WAY,
    "S": Status.ON_SITE,
    "W": Status.RESTORED,
    "P": Status.SOLVED,
    "C": Status.CLOSED,
    "X": Status.CANCELLED,
}
_ROLES = {
    "o": Role.OPERATOR,
    "m": Role.MANAGER,
    "g": Role.GENERAL_MANAGER,
    "v": Role.SUPERVISOR,
    "e": Role.ENGINEER,
    "s": Role.SPECIALIST,
}
_ROWS = """
respond         LRAUS....  omg.  es
assign          LRAUS....  .mg.  ..
unassign        ..AUS....  .mg.  ..
depart          ..AUS....  omg.  es
arrive          ..AUS....  omg.  es
restore         ....S....  omg.  es
solve-by-phone  LRAU.....  omg.  es
close           .....WP..  omg.  ..
note            LRAUSWPCX  omgv  es
add-call        LRAUSWP..  omg.  ..
set-priority    LRAUS....  .mg.  ..
correct         LRAUSWPCX  omg.  ..
correct-time    LRAUSWPCX  omg.  ..
reopen          .....WPCX  .mg.  ..
cancel          LRAUS....  .mg.  ..
undo            LRAUSWPCX  omgv  es
"""

STATES: dict[str, frozenset[Status]] = {}
"""In which states a command is possible."""
ROLES: dict[str, frozenset[Role]] = {}
"""Who may give it on any ticket."""
OWN_ROLES: dict[str, frozenset[Role]] = {}
"""Who may give it on tickets that are theirs."""

for _row in _ROWS.strip().splitlines():
    _name, _states, _roles, _own = _row.split()
    STATES[_name] = frozenset(_STATES[one] for one in _states if one != ".")
    ROLES[_name] = frozenset(_ROLES[one] for one in _roles if one != ".")
    OWN_ROLES[_name] = frozenset(_ROLES[one] for one in _own if one != ".")
