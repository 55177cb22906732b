"""Takes acts of files: decided as if they were given on the tickets of the same import."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from dispatch_tui.desk.bringing.asked import command_of
from dispatch_tui.desk.bringing.past import Past
from dispatch_tui.desk.bringing.references import Shelves
from dispatch_tui.desk.bringing.report import Count
from dispatch_tui.desk.bringing.sheets import Row, Sheet
from dispatch_tui.desk.bringing.taking import Rows, Terms
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


class Case(NamedTuple):
    """A ticket that acts can be on: one that the import adds, or one that is stored."""

    number: str
    past: Past | None = None
    stored: Sequence[e.Entry] = ()


class _Act(NamedTuple):
    rows: Rows
    sheet: Sheet
    row: Row
    at: datetime
    by: Staff
    spec: Spec
    command: c.Command

    def refuse(self, refusal: DispatchError) -> None:
        values = {**refusal.message.values, "field": _column(refusal, self.spec)}
        self.rows.refuse(self.sheet, self.row, InvalidInput(refusal.message.template, **values))


class Acts:
    """The taking of the acts of an import, ticket by ticket."""

    def __init__(self, shelves: Shelves, terms: Terms, count: Count) -> None:
        self.shelves = shelves
        self.terms = terms
        self.count = count
        self.staff = {one.login: one for one in shelves["staff"].records.values()}

    def take(self, rows: Rows, case: Case, *, whole: bool) -> Past | None:
        """Return the ticket with its acts where the import adds it; what is wrong is noted.

        The acts are taken in the order of their times; after one that is refused the others are
        passed over, as they may rest on it, and all are where not all of its rows are `whole`.
        Acts that are in the journal of a stored ticket are left alone, others on it are refused.
        """
        told = [self._act(rows, sheet, row) for sheet, row in rows]
        acts = sorted((act for act in told if act), key=lambda one: one.at)
        if case.past is None:
            self._compare(acts, case)
            return None
        past = case.past
        if not whole or None in told:
            return past
        for act in acts:
            try:
                past = self._with(past, act)
            except DispatchError as refusal:
                act.refuse(refusal)
                break
            self.count.adds += 1
        return past

    def _act(self, rows: Rows, sheet: Sheet, row: Row) -> _Act | None:
        """What a row asks for; None where that cannot be said, which is noted if it is its fault.

        What refers to a person who was refused is not blamed too.
        """
        by = row.values["by"]
        try:
            spec = _spec(row.values["command"])
            command = _command(spec, row.values.get("fields", {}), self.terms)
            if by not in self.staff and by not in self.shelves["staff"].spoken_of:
                raise InvalidInput(N_("Nobody has the login {value}."), field="by", value=by)
        except InvalidInput as error:
            rows.refuse(sheet, row, error)
            return None
        if by not in self.staff:
            return None
        return _Act(rows, sheet, row, row.values["at"], self.staff[by], spec, command)

    def _with(self, past: Past, act: _Act) -> Past:
        """A ticket with one act more; raises as the desk would."""
        if obstacle := role_obstacle(act.spec, act.by, past.ticket):
            raise NotAllowed(obstacle.template, **obstacle.values)
        facts = self._facts(act, past.ticket, past.journal)
        entries, ticket = decide(past.ticket.number, act.command, facts)
        return past._replace(ticket=ticket, acts=(*past.acts, entries))

    def _compare(self, acts: Sequence[_Act], case: Case) -> None:
        """Refuse the acts that are not in the journal of a stored ticket."""
        journal = tuple(case.stored)
        ticket = fold(case.number, journal)
        if ticket is None:
            raise AssertionError(f"the journal of {case.number} folds to nothing")
        taken: set[int] = set()
        for act in acts:
            place = self._place(act, case.number, ticket, journal, taken)
            if place is None:
                act.refuse(
                    NotPossible(
                        N_(
                            "Ticket {number} was stored before, and without this act: "
                            "enter it with dispatch-tui act."
                        ),
                        number=case.number,
                    )
                )
            else:
                taken.add(place)
                self.count.same += 1

    def _place(
        self, act: _Act, number: str, ticket: Ticket, journal: tuple[e.Entry, ...], taken: set[int]
    ) -> int | None:
        """Where an act stands in a journal, beside those that others are."""
        for place, entry in enumerate(journal):
            alike = type(entry.event) is FIRST_EVENTS[type(act.command)]
            if not alike or entry.occurred_at != act.at or place in taken:
                continue
            if _gives(act, number, self._facts(act, ticket, journal[:place]), journal[place:]):
                return place
        return None

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


def _gives(act: _Act, number: str, facts: Facts, journal: tuple[e.Entry, ...]) -> bool:
    """Whether deciding an act gives what the journal has there; the text of a report is its own."""
    try:
        entries, _ = decide(number, act.command, facts)
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
