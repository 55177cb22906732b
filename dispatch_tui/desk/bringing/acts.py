"""Takes the acts of a file: decided as if they were given on the tickets of the same import."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from dispatch_tui.desk.bringing.asked import command_of
from dispatch_tui.desk.bringing.past import Journals, Past
from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Row, Sheet
from dispatch_tui.desk.bringing.taking import Terms
from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.consequences import opens_ticket, other_ticket
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.decisions import FIRST_EVENTS
from dispatch_tui.domain.errors import (
    DispatchError,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotPossible,
)
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import COMMANDS, role_obstacle
from dispatch_tui.domain.ticket import Ticket


class Cases(msgspec.Struct, kw_only=True):
    """The tickets that acts can be on.

    Those that the import adds; those that are stored; all that its rows speak of, refused or not.
    """

    added: dict[str, Past]
    stored: Journals
    spoken_of: set[str]


class _Act(NamedTuple):
    sheet: Sheet
    line: int
    number: str
    at: datetime
    by: Staff
    spec: Spec
    command: c.Command

    def refuse(self, refusal: DispatchError) -> None:
        self.sheet.refuse(self.line, _column(refusal, self.spec), refusal.message)


def take(sheets: list[Sheet], cases: Cases, shelves: Shelves, terms: Terms) -> Count:
    """Add the acts to the tickets of the import; what cannot be taken is noted in its sheet.

    The acts of a ticket are taken in the order of their times; after one that is refused the
    others of the same ticket are passed over, as they may rest on it. Acts that are in the journal
    of a stored ticket are left alone, others on it are refused.
    """
    count = Count(table="acts")
    broken = {number for sheet in sheets for number in sheet.refused}
    told = _Told(cases, shelves, terms)
    acts = [act for sheet in sheets for row in sheet.rows if (act := told.act(sheet, row, broken))]
    for act in sorted(acts, key=lambda one: one.at):
        if act.number in broken:
            continue
        try:
            if act.number in cases.added:
                told.add(act)
                count.adds += 1
            else:
                told.check_same(act)
                count.same += 1
        except DispatchError as refusal:
            act.refuse(refusal)
            if act.number in cases.added:
                broken.add(act.number)
    return count


class _Told:
    """The acts of one import."""

    def __init__(self, cases: Cases, shelves: Shelves, terms: Terms) -> None:
        self.cases = cases
        self.shelves = shelves
        self.terms = terms
        self.staff = {one.login: one for one in shelves["staff"].records.values()}
        self._same: set[tuple[str, int]] = set()

    def act(self, sheet: Sheet, row: Row, broken: set[str]) -> _Act | None:
        """What a row asks for; None where that cannot be said, which is noted if it is its fault.

        What refers to a row that was refused is not blamed too.
        """
        number, by = row.values["number"], row.values["by"]
        try:
            if not self._is_known(number):
                return None
            spec = _spec(row.values["command"])
            command = _command(spec, row.values.get("fields", {}), self.terms)
            if by not in self.staff and by not in self.shelves["staff"].spoken_of:
                raise InvalidInput(N_("Nobody has the login {value}."), field="by", value=by)
        except InvalidInput as error:
            sheet.refuse(row.line, error.field, error.message)
        else:
            if by in self.staff:
                return _Act(
                    sheet, row.line, number, row.values["at"], self.staff[by], spec, command
                )
        if number in self.cases.added:
            broken.add(number)
        return None

    def add(self, act: _Act) -> None:
        """Add an act to the ticket that came with it; raises as the desk would."""
        past = self.cases.added[act.number]
        if obstacle := role_obstacle(act.spec, act.by, past.ticket):
            raise NotAllowed(obstacle.template, **obstacle.values)
        facts = self._facts(act, past.ticket, past.journal)
        entries, ticket = decide(act.number, act.command, facts)
        self.cases.added[act.number] = Past(ticket, past.entries, (*past.acts, entries))

    def check_same(self, act: _Act) -> None:
        """Raise `NotPossible` for an act that is not in the journal of its stored ticket."""
        journal = tuple(self.cases.stored[act.number])
        ticket = fold(act.number, journal)
        if ticket is None:
            raise AssertionError(f"the journal of {act.number} folds to nothing")
        for place, entry in enumerate(journal):
            alike = type(entry.event) is FIRST_EVENTS[type(act.command)]
            if not alike or entry.occurred_at != act.at or (act.number, place) in self._same:
                continue
            facts = self._facts(act, ticket, journal[:place])
            if _gives(act, facts, journal[place:]):
                self._same.add((act.number, place))
                return
        raise NotPossible(
            N_(
                "Ticket {number} was stored before, and without this act: "
                "enter it with dispatch-tui act."
            ),
            number=act.number,
        )

    def _is_known(self, number: str) -> bool:
        """Whether there is such a ticket; raises `InvalidInput` where nobody speaks of it."""
        if number in self.cases.added or number in self.cases.stored:
            return True
        if number in self.cases.spoken_of:
            return False
        raise InvalidInput(
            N_("There is no ticket {number}: check the number."), field="number", number=number
        )

    def _facts(self, act: _Act, ticket: Ticket, journal: tuple[e.Entry, ...]) -> Facts:
        return Facts(
            now=self.terms.now,
            at=act.at,
            actor=act.by,
            staff=self.staff,
            journal=journal,
            policy=self.terms.policy,
            customer=self.shelves["customers"].records.get((ticket.customer,)),
            device=self.shelves["devices"].records.get((ticket.device,)),
            zone=self.terms.zone,
        )


def _spec(name: str) -> Spec:
    spec = COMMANDS.get(name)
    if spec is None:
        raise InvalidInput(
            N_("There is no command {value}; dispatch-tui commands lists them."),
            field="command",
            value=name,
        )
    return spec


def _command(spec: Spec, given: Mapping[str, Any], terms: Terms) -> c.Command:
    try:
        command = command_of(spec, given, terms.zone)
    except InvalidInput as error:
        values = {**error.message.values, "field": "fields"}
        raise InvalidInput(error.message.template, **values) from error
    if opens_ticket(command) or other_ticket(command):
        raise InvalidInput(
            N_(
                "With this another ticket would open or change: leave it out, "
                "and enter it with dispatch-tui act after the import."
            ),
            field="command",
        )
    if isinstance(command, c.Undo):
        raise InvalidInput(
            N_("Leave out what was taken back, instead of taking it back."), field="command"
        )
    if isinstance(command, c.Correct) and (command.customer or command.device):
        raise InvalidInput(
            N_("Put customer and device right in tickets.csv, not by an act."), field="fields"
        )
    return command


def _gives(act: _Act, facts: Facts, journal: tuple[e.Entry, ...]) -> bool:
    """Whether deciding an act gives what the journal has there; the text of a report is its own."""
    try:
        entries, _ = decide(act.number, act.command, facts)
    except DispatchError:
        return False
    return len(journal) >= len(entries) and all(
        new.event == old.event or isinstance(old.event, e.ReportFinished)
        for new, old in zip(entries, journal, strict=False)
    )


def _column(refusal: DispatchError, spec: Spec) -> str:
    """The column that a refusal is about."""
    if isinstance(refusal, NotAllowed):
        return "by"
    if isinstance(refusal, NotFound):
        return "fields"
    if isinstance(refusal, InvalidInput):
        return "fields" if any(one.name == refusal.field for one in spec.fields) else "at"
    return "command"
