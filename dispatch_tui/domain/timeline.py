"""The entries of a journal as sentences."""

from dispatch_tui.domain import events as e
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.table import CORRECTABLE

_FACT_OF = {
    e.CallLogged: "reported",
    e.Responded: "responded",
    e.Departed: "departed",
    e.Arrived: "arrived",
    e.Restored: "restored",
    e.SolvedByPhone: "solved",
    e.Closed: "closed",
}


def describe(entry: e.Entry, journal: tuple[e.Entry, ...] = ()) -> Message:
    """Return the sentence for one entry; logins in it are for the reader to turn into names."""
    match entry.event:
        case e.CallLogged(fault=fault):
            return say(N_("Fault reported: {text}"), text=fault)
        case e.CallAdded(text=text):
            return say(N_("Customer called again: {text}"), text=text)
        case e.Responded(note=note):
            return _with(N_("Customer answered"), note)
        case e.Noted(text=text):
            return say(N_("Note: {text}"), text=text)
        case e.Assigned(engineers=logins, lead=lead):
            if not logins:
                return say(N_("{lead} leads now"), lead=lead)
            return say(N_("Assigned: {people}"), people=logins)
        case e.Unassigned(engineers=logins, reason=reason):
            return _with(N_("Taken off: {people}"), reason, people=logins)
        case e.Departed(engineers=logins, expected_at=None):
            return say(N_("Set out: {people}"), people=logins)
        case e.Departed(engineers=logins, expected_at=expected):
            return say(
                N_("Set out: {people}, expected {expected}"), people=logins, expected=expected
            )
        case e.Arrived(engineers=logins):
            return say(N_("On site: {people}"), people=logins)
        case e.Restored(what_was_done=text):
            return say(N_("Works again: {text}"), text=text)
        case e.SolvedByPhone(what_was_done=text):
            return say(N_("Solved by phone: {text}"), text=text)
        case e.Closed(note=note):
            return _with(N_("Case closed"), note)
        case e.Cancelled(reason=reason):
            return say(N_("Cancelled: {text}"), text=reason)
        case e.Reopened(reason=reason):
            return say(N_("Reopened: {text}"), text=reason)
        case e.PrioritySet(priority=priority, reason=reason):
            return _with(N_("Priority set to {priority}"), reason, priority=priority)
        case e.Corrected() as corrected:
            return _with(N_("Intake corrected"), corrected.reason)
        case e.TimeCorrected(seq=seq, to=to, reason=reason):
            return _with(
                N_("Time corrected: {what} at {to}"), reason, what=_what(seq, journal), to=to
            )
        case e.Withdrawn(seqs=seqs):
            return say(N_("Taken back: entry {seqs}"), seqs=seqs)


def _with(template: str, words: str, **values: object) -> Message:
    """A sentence, and after a colon what somebody added to it."""
    sentence = Message(template, values)
    return say(N_("{sentence}: {text}"), sentence=sentence, text=words) if words else sentence


def _what(seq: int, journal: tuple[e.Entry, ...]) -> Message | str:
    fact = next((_FACT_OF.get(type(one.event)) for one in journal if one.seq == seq), None)
    return Message(CORRECTABLE[fact]) if fact else str(seq)
