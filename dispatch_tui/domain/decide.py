"""What follows from a command: events, or a refusal; purely from the ticket and the facts."""

from msgspec.structs import replace

from dispatch_tui.domain import chronology
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.decisions import DECISIONS
from dispatch_tui.domain.decisions.base import CLOCK_SKEW, Facts, check_not_in_future
from dispatch_tui.domain.decisions.intake import UNDO_WITHIN, log
from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.fields import clean_fields
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.table import BY_TYPE, state_obstacle
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.when import in_utc

__all__ = ["CLOCK_SKEW", "UNDO_WITHIN", "Facts", "decide"]


def decide(number: str, command: c.Command, facts: Facts) -> tuple[tuple[e.Entry, ...], Ticket]:
    """Return the new entries and the ticket as it is with them.

    Raises `NotPossible` when the state forbids the command, `InvalidInput` when a value cannot
    be, `NotFound` when it names somebody who does not exist. Roles are not checked here.
    """
    command = clean_fields(command)
    facts = replace(facts, now=in_utc(facts.now), at=in_utc(facts.at))
    check_not_in_future(facts.at, facts.now)
    ticket = fold(number, facts.journal) if facts.journal else None
    if ticket is None:
        events = log(command, facts)
    else:
        if obstacle := state_obstacle(BY_TYPE[type(command)], ticket):
            raise NotPossible(obstacle.template, **obstacle.values)
        events = DECISIONS[type(command)](ticket, command, facts)
    entries = tuple(
        e.Entry(
            seq=len(facts.journal) + index,
            event=event,
            actor=facts.actor.login,
            occurred_at=facts.at,
            recorded_at=facts.now,
            follows=index > 1,
        )
        for index, event in enumerate(events, start=1)
    )
    after = fold(number, (*facts.journal, *entries))
    if after is None:
        raise AssertionError(f"the journal of {number} folds to nothing")
    if not isinstance(command, c.Undo):
        chronology.check_course(number, (*facts.journal, *entries))
    return entries, after
