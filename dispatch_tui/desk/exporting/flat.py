"""The flat form of a case: the row of which an import makes the beginning of its journal again."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from dispatch_tui.desk.bringing.course import course_of
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.files import Customer, Device
from dispatch_tui.domain.people import FIELD_ROLES, Staff

Values = Mapping[str, Any]

_NOTHING: Values = {one.name: one.empty for one in FORMATS["tickets"].columns}


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What is on file when cases are told.

    `twins` are ids of machines that an import cannot tell from another one by the same serial.
    """

    terms: Terms
    staff: Mapping[str, Staff]
    customers: Mapping[str, Customer]
    devices: Mapping[str, Device]
    twins: frozenset[str] = frozenset()

    def device(self, call: e.CallLogged) -> Device | None:
        """The machine of a call, None where an import would not find it."""
        found = self.devices.get(call.device)
        there = found is not None and found.customer == call.customer
        return found if there and call.device not in self.twins else None


class Flat(NamedTuple):
    """A row, the entries that an import makes of it, and how many facts of the case they are."""

    values: Values
    entries: tuple[e.Entry, ...]
    facts: int


def flat(number: str, facts: Sequence[e.Entry], known: Known) -> Flat:
    """Return the row that holds as many facts as an import makes the very same of again."""
    call = facts[0].event
    assert isinstance(call, e.CallLogged)
    device = known.device(call)
    rows = [_intake(number, facts[0], call, device, known)]
    for columns in _columns(facts[1:], known):
        if any(rows[-1][name] not in ("", None, ()) for name in columns):
            break
        rows.append({**rows[-1], **columns})
    for count in range(len(rows), 1, -1):
        try:
            entries = course_of(number, rows[count - 1], device, known.terms)
        except InvalidInput:
            continue
        if _same(entries[1:], facts[1:count]):  # the call is as an import takes it
            return Flat(rows[count - 1], entries, count)
    return Flat(rows[0], course_of(number, rows[0], device, known.terms), 1)


def _intake(
    number: str, first: e.Entry, call: e.CallLogged, device: Device | None, known: Known
) -> Values:
    same = ("kind", "priority", "customer", "caller", "department", "contact", "phone")
    return {
        **_NOTHING,
        **{name: getattr(call, name) for name in (*same, "fault", "about", "channel")},
        "number": number,
        "department": call.department or (device.department if device else ""),
        "device_serial": device.id if device else "",
        "reported_at": first.occurred_at,
        "logged_by": first.actor if first.actor in known.staff else "",
    }


def _columns(facts: Sequence[e.Entry], known: Known) -> Iterator[Values]:
    """What each fact is in columns, up to the first that is in none."""
    for fact in facts:
        at, found = fact.occurred_at, None
        match fact.event:
            case e.Responded(note=note):
                found = {"responded_at": at, "response_note": note}
            case e.Assigned(engineers=engineers) if _can_be_sent(engineers, known):
                found = {"assigned_at": at, "engineers": engineers}
            case e.Departed():
                found = {"departed_at": at}
            case e.Arrived():
                found = {"arrived_at": at}
            case e.LeftSite():
                found = {"left_at": at}
            case e.Diagnosed() as said:
                found = {"severity": said.severity, "cause": said.cause, "found": said.found}
            case e.Restored(what_was_done=what):
                found = {"restored_at": at, "what_was_done": what}
            case e.SolvedByPhone(what_was_done=what):
                found = {"solved_by_phone_at": at, "what_was_done": what}
            case e.CalledBack() as said:
                scores = {name: getattr(said, name) for name in ("attitude", "skill", "speed")}
                found = {"called_back_at": at, **scores, "call_back_words": said.words}
            case e.Closed():
                found = {"closed_at": at}
            case e.Cancelled(reason=reason):
                found = {"cancelled_at": at, "cancel_reason": reason}
            case e.Reopened(reason=reason):
                found = {"reopened_at": at, "reopen_reason": reason}
            case e.Noted(text=text):
                found = {"notes": text}
        if found is None:
            return
        yield found


def _can_be_sent(logins: Sequence[str], known: Known) -> bool:
    people = [known.staff.get(one) for one in logins]
    return all(one is not None and one.role in FIELD_ROLES for one in people)


def _same(entries: Sequence[e.Entry], facts: Sequence[e.Entry]) -> bool:
    return len(entries) == len(facts) and all(
        (new.event, new.occurred_at) == (old.event, old.occurred_at)
        for new, old in zip(entries, facts, strict=True)
    )
