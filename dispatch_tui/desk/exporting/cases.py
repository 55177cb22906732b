"""A case as the files of an import tell it: its row, and the acts beyond what a row holds."""

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from dispatch_tui.desk.bringing.asked import command_of
from dispatch_tui.desk.exporting.cells import plain
from dispatch_tui.desk.exporting.flat import Known, Values, flat
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.consequences import opens_ticket, other_ticket
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.decisions import FIRST_EVENTS
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.fold import fold, standing
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import COMMANDS, role_obstacle
from dispatch_tui.domain.ticket import Ticket

_SPECS: dict[type[e.Event], list[Spec]] = {}
for _spec in COMMANDS.values():
    _SPECS.setdefault(FIRST_EVENTS[_spec.command], []).append(_spec)


_PUT_RIGHT = frozenset(e.Corrected.__struct_fields__) & frozenset(e.CallLogged.__struct_fields__)


class Told(NamedTuple):
    """The values of a row and of its acts; `left_out` counts the facts that neither can hold."""

    row: Values
    acts: list[Values]
    left_out: int


class _Act(NamedTuple):
    """An act, the entries that an import makes of it, and the ticket as it is with them."""

    values: Values
    entries: tuple[e.Entry, ...]
    after: Ticket


def told(number: str, journal: Sequence[e.Entry], known: Known) -> Told:
    """Return a case as files tell it, so that an import of them tells it the same way again.

    What was put right stands as it was put right, what was taken back is not told. Facts that an
    import would not take are left out, with all that rests on them.
    """
    facts = _facts(journal)
    first = facts[0].event
    assert isinstance(first, e.CallLogged)
    all_facts = len(facts) + sum(isinstance(one.event, e.LimitsSet) for one in journal)
    while True:
        row, entries, count = flat(number, facts, known)
        later = sorted(facts[count:], key=lambda one: one.occurred_at)  # as an import takes acts
        acts, kept = _acts(number, entries, later, known)
        before, facts = facts, [*facts[:count], *kept]
        if facts == before:
            lost_device = bool(first.device) and not row["device_serial"]
            return Told(row, acts, all_facts - len(facts) + lost_device)


def _facts(journal: Sequence[e.Entry]) -> list[e.Entry]:
    """What stands of a journal, with the call as it was put right and the usual limits."""
    (first, called_at), *later = standing(journal)
    call = first.event
    facts = []
    for entry, at in later:
        if isinstance(entry.event, e.Corrected):
            said = {name: getattr(entry.event, name) for name in _PUT_RIGHT}
            call = replace(call, **{name: one for name, one in said.items() if one is not None})
        elif isinstance(entry.event, e.Merged):
            facts.append(replace(entry, event=_cancelled(entry.event), occurred_at=at))
        elif not isinstance(entry.event, e.LimitsSet):
            facts.append(replace(entry, occurred_at=at))
    return [replace(first, event=call, occurred_at=called_at), *facts]


def _cancelled(merged: e.Merged) -> e.Cancelled:
    """The end of a case that goes on as another: one row tells of one case."""
    reason = f": {merged.reason}" if merged.reason else ""
    return e.Cancelled(reason=f"merged into {merged.into}{reason}")


def _acts(
    number: str, entries: Sequence[e.Entry], facts: Sequence[e.Entry], known: Known
) -> tuple[list[Values], list[e.Entry]]:
    """The acts that an import takes after the entries of a row, and the facts that they are."""
    journal, acts, kept = tuple(entries), list[Values](), list[e.Entry]()
    ticket, place = fold(number, journal), 0
    assert ticket is not None
    while place < len(facts):
        later = facts[place:]
        act = _act(ticket, journal, later, known)
        if act is None:
            later = [_in_words(later[0]), *later[1:]]
            act = _act(ticket, journal, later, known)
        if act is None:
            place += 1
            continue
        acts.append(act.values)
        journal += act.entries
        ticket = act.after
        kept += later[: len(act.entries)]
        place += len(act.entries)
    return acts, kept


def _in_words(fact: e.Entry) -> e.Entry:
    """A call-back with its scores in words: a low one would open a complaint once more."""
    if not isinstance(fact.event, e.CalledBack):
        return fact
    names = ("attitude", "skill", "speed")
    scores = (f"{name} {score}" for name in names if (score := getattr(fact.event, name)))
    words = f"{fact.event.words} ({', '.join(scores)})"
    return replace(fact, event=e.CalledBack(result=fact.event.result, words=words))


def _act(
    ticket: Ticket, journal: tuple[e.Entry, ...], facts: Sequence[e.Entry], known: Known
) -> _Act | None:
    """The act of which an import makes the next facts, None where there is none."""
    actor = known.staff.get(facts[0].actor)
    if actor is None:
        return None
    for spec in _SPECS.get(type(facts[0].event), ()):
        if role_obstacle(spec, actor, ticket):
            continue
        given = _given(spec, facts[0].event, ticket)
        try:
            command = command_of(spec, given, known.terms.zone)
            if opens_ticket(command) or other_ticket(command):
                continue
            resting_on = _resting_on(journal, facts[0], actor, ticket, known)
            entries, after = decide(ticket.number, command, resting_on)
        except DispatchError:
            continue
        if _same(entries, facts):
            values = {
                "number": ticket.number,
                "at": facts[0].occurred_at,
                "by": actor.login,
                "command": spec.name,
                "fields": given,
            }
            return _Act(values, entries, after)
    return None


def _resting_on(
    journal: tuple[e.Entry, ...], fact: e.Entry, actor: Staff, ticket: Ticket, known: Known
) -> Facts:
    return Facts(
        now=known.terms.now,
        at=fact.occurred_at,
        actor=actor,
        staff=known.staff,
        journal=journal,
        policy=known.terms.policy,
        customer=known.customers.get(ticket.customer),
        device=known.devices.get(ticket.device),
        zone=known.terms.zone,
    )


def _given(spec: Spec, event: e.Event, ticket: Ticket) -> dict[str, Any]:
    """The facts of an act as the file says them, without what goes without saying."""
    usual = _usual(spec.command)
    said = {
        one.name: value
        for one in spec.fields
        if (value := getattr(event, one.name, None)) is not None and value != usual.get(one.name)
    }
    if isinstance(event, e.Assigned) and not event.engineers:
        said["engineers"] = (event.lead,)
    if isinstance(event, (e.LegReported, e.BroughtBack, e.LoanReturned)):
        things = ticket.loans if isinstance(event, e.LoanReturned) else ticket.removals
        said["serial"] = next((one.serial for one in things if one.no == event.no), "")
    return {name: plain(value) for name, value in said.items() if value not in ("", ())}


@cache
def _usual(command: type[c.Command]) -> dict[str, Any]:
    """What a command says of the facts that it is not told."""
    return {
        one.name: one.default
        for one in msgspec.structs.fields(command)
        if one.default is not msgspec.NODEFAULT
    }


def _same(entries: Sequence[e.Entry], facts: Sequence[e.Entry]) -> bool:
    """Whether an act gives the next facts; the text of a report is made anew."""
    return len(facts) >= len(entries) and all(
        new.occurred_at == old.occurred_at
        and type(new.event) is type(old.event)
        and (new.event == old.event or isinstance(old.event, e.ReportFinished))
        for new, old in zip(entries, facts, strict=False)
    )
