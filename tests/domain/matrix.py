"""The table of commands once more, written by hand: what the code's table is held against."""

from dispatch_tui.domain.people import Role
from dispatch_tui.domain.ticket import Kind, Status

_FAULT = {
    "L": Status.LOGGED,
    "R": Status.RESPONDED,
    "A": Status.ASSIGNED,
    "U": Status.UNDER_WAY,
    "S": Status.ON_SITE,
    "I": Status.IN_WORKSHOP,
    "F": Status.AT_MANUFACTURER,
    "N": Status.UNREPAIRABLE,
    "W": Status.RESTORED,
    "P": Status.SOLVED,
    "G": Status.AGREED,
    "K": Status.CONFIRMED,
    "C": Status.CLOSED,
    "X": Status.CANCELLED,
    "M": Status.MERGED,
}
_COMPLAINT = {
    "l": Status.LOGGED,
    "k": Status.ACKNOWLEDGED,
    "i": Status.INVESTIGATED,
    "a": Status.ANSWERED,
    "s": Status.SATISFIED,
    "c": Status.CLOSED,
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
respond              LRAUSIFN.......  ......  omg.  es
need-visit           LRA............  ......  omg.  es
solve-by-phone       LRAU...........  ......  omg.  es
assign               LRAUSIFNWPGK...  ......  .mg.  ..
unassign             LRAUSIFNWPGK...  ......  .mg.  ..
plan-visit           LRAUSIFNWPGK...  ......  omg.  ..
depart               LRAUSIFNWPGK...  ......  omg.  es
expect               LRAUSIFNWPGK...  ......  omg.  es
arrive               LRAUSIFNWPGK...  ......  omg.  es
leave                LRAUSIFNWPGK...  ......  omg.  es
diagnose             LRAUSIFNWPGKC..  ......  omg.  es
escalate             LRAUSIFN.......  ......  .mg.  ..
end-escalation       LRAUSIFN.......  ......  .mg.  ..
fit-part             LRAUSIFNWPGKC..  ......  omg.  es
remove-part          LRAUSIFNWPGKC..  ......  omg.  es
restore              ....S..........  ......  omg.  es
cannot-repair        LRAUSIFN.......  ......  omg.  es
agree-way            LRAUSIFN.......  ......  omg.  es
take-away            LRAUSIFNWPGK...  ......  omg.  es
report-workshop      LRAUSIFNWPGK...  ......  omg.  es
report-exchange      LRAUSIFNWPGK...  ......  omg.  es
bring-back           LRAUSIFNWPGK...  ......  omg.  es
lend                 LRAUSIFNWPGK...  ......  omg.  es
take-loan-back       LRAUSIFNWPGK...  ......  omg.  es
ask-consent          LRAUSIFN.......  ......  .mg.  ..
consent              LRAUSIFN.......  ......  .mg.  ..
refuse-consent       LRAUSIFN.......  ......  .mg.  ..
call-back            ........WPG....  ......  omg.  ..
keep-case            ........WPGKC..  ......  omg.  es
close                ........WPGK...  ......  omg.  ..
reopen               ........WPGKCXM  ....sc  .mg.  ..
cancel               LRAUSIFN.......  ......  .mg.  ..
merge                LRA............  ......  .mg.  ..
complain             LRAUSIFNWPGKCXM  ......  omg.  ..
acknowledge          ...............  l.....  omg.  ..
investigate          ...............  lkia..  ..g.  ..
take-measures        ...............  lkia..  ..g.  ..
answer               ...............  ..i...  ..g.  ..
record-satisfaction  ...............  ...a..  omg.  ..
close-complaint      ...............  ....s.  ..g.  ..
suspect-adverse      LRAUSIFNWPGKC..  lkiasc  omg.  es
report-adverse       LRAUSIFNWPGKC..  lkiasc  .mg.  ..
clear-adverse        LRAUSIFNWPGKC..  lkiasc  .mg.  ..
record-test          LRAUSIFNWPGKC..  ......  omg.  es
describe-service     LRAUSIFNWPGKC..  ......  omg.  es
finish-report        ........WPGKC..  ......  omg.  es
sign-report          ........WPGKC..  ......  omg.  es
amend-report         ........WPGKC..  ......  omg.  es
note                 LRAUSIFNWPGKCXM  lkiasc  omgv  es
add-call             LRAUSIFNWPGK...  lkias.  omg.  ..
set-priority         LRAUSIFN.......  ......  .mg.  ..
correct              LRAUSIFNWPGKCXM  lkiasc  omg.  ..
correct-time         LRAUSIFNWPGKCXM  lkiasc  omg.  ..
undo                 LRAUSIFNWPGKCXM  lkiasc  omgv  es
"""
_NOBODY_THERE = "Nobody has been on site for ticket 260302-001 yet: record the arrival first."
_UNASSIGNED = "Nobody is assigned to ticket 260302-001 yet; assign an engineer first."
_GONE = "and nothing is away or on loan; reopen it first."
_NOTHING_AWAY = "Nothing of ticket 260302-001 is away: record first that something was taken away."
_ORDINARY = "only a major fault can be extended; diagnose it as major if it is."
_NO_ADVERSE = "No adverse event is suspected on ticket 260302-001."
_DRAFT = "The service report of ticket 260302-001 is a draft: make it final first."

_EXCEPTIONS = {
    "respond": {"R": "The customer was already answered at"},
    "assign": {"WPGK": _GONE},
    "unassign": {"WPGK": _GONE, "LR": "Nobody is assigned to ticket 260302-001 that could be"},
    "plan-visit": {"WPGK": _GONE, "LR": _UNASSIGNED},
    "depart": {"WPGK": _GONE, "LR": _UNASSIGNED},
    "expect": {
        "WPGK": _GONE,
        "LR": _UNASSIGNED,
        "ASIFN": "Nobody is under way to ticket 260302-001: record first that somebody set out.",
    },
    "arrive": {"WPGK": _GONE, "LR": _UNASSIGNED},
    "leave": {"LRAUIFNPG": "Nobody is on site for ticket 260302-001 who could leave."},
    "end-escalation": {"LRAUSIFN": "Ticket 260302-001 was not escalated."},
    "fit-part": {"LRAUP": _NOBODY_THERE},
    "remove-part": {"LRAUP": _NOBODY_THERE},
    "cannot-repair": {
        "LRAU": _NOBODY_THERE,
        "N": "It is written down already that ticket 260302-001 cannot be repaired.",
    },
    "agree-way": {"LRAUSIF": "First record for ticket 260302-001 that it cannot be repaired"},
    "take-away": {"LRAUP": _NOBODY_THERE},
    "report-workshop": {"LRAUSNWPGK": _NOTHING_AWAY},
    "report-exchange": {"LRAUSNWPGK": _NOTHING_AWAY},
    "bring-back": {"LRAUSNWPGK": _NOTHING_AWAY},
    "take-loan-back": {"LRAUSIFNWPGK": "The customer of ticket 260302-001 has nothing on loan."},
    "ask-consent": {"LRAUSIFN": _ORDINARY},
    "consent": {"LRAUSIFN": _ORDINARY},
    "refuse-consent": {
        "LRAUSIFN": "The purchaser was not asked for more time on ticket 260302-001."
    },
    "close": {"WPG": "The customer of ticket 260302-001 was not called back yet: do that first."},
    "cancel": {"IF": "till away or on loan for ticket 260302-001: ('tube S1',)"},
    "report-adverse": {"LRAUSIFNWPGKC": _NO_ADVERSE, "lkiasc": _NO_ADVERSE},
    "clear-adverse": {"LRAUSIFNWPGKC": _NO_ADVERSE, "lkiasc": _NO_ADVERSE},
    "sign-report": {"WPGKC": _DRAFT},
    "amend-report": {"WPGKC": _DRAFT},
}
_DECIDED = {
    "finish-report": {"WPGKC": "The report on ticket 260302-001 lacks: "},
    "undo": {
        "Ll": "The last act on ticket 260302-001 was not yours, so you cannot take it back.",
        "M": "This changed another ticket too and cannot be taken back: go on from 260302-001.",
    },
}

Situation = tuple[Kind, Status]


def situations(letters: str) -> frozenset[Situation]:
    """Return the kinds and states that letters stand for."""
    return frozenset(
        (Kind.FAULT, _FAULT[one]) if one in _FAULT else (Kind.COMPLAINT, _COMPLAINT[one])
        for one in letters
        if one != "."
    )


def _spread(table: dict[str, dict[str, str]]) -> dict[str, dict[Situation, str]]:
    return {
        name: {one: sentence for letters, sentence in row.items() for one in situations(letters)}
        for name, row in table.items()
    }


SITUATIONS: dict[str, frozenset[Situation]] = {}
"""In which states of which kind of ticket a command is possible."""
ROLES: dict[str, frozenset[Role]] = {}
"""Who may give it on any ticket."""
OWN_ROLES: dict[str, frozenset[Role]] = {}
"""Who may give it on tickets that are theirs."""
LACKING = _spread(_EXCEPTIONS)
"""Where the courses of `in_state` lack a fact that a command requires, and how that is said."""
REFUSED = _spread(_DECIDED)
"""Where nothing but what was entered so far refuses it there, and how that is said."""

for _row in _ROWS.strip().splitlines():
    _name, _faults, _complaints, _roles, _own = _row.split()
    SITUATIONS[_name] = situations(_faults + _complaints)
    ROLES[_name] = frozenset(_ROLES[one] for one in _roles if one != ".")
    OWN_ROLES[_name] = frozenset(_ROLES[one] for one in _own if one != ".")
