"""The desk: acts for one signed-in person, for every client alike."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, tzinfo

from dispatch_tui.desk import carrying
from dispatch_tui.desk.carrying import new_key
from dispatch_tui.desk.permission import active, note_refusal
from dispatch_tui.desk.remembering import Remembering
from dispatch_tui.desk.searching import Searching
from dispatch_tui.desk.staffing import Staffing
from dispatch_tui.desk.views import Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.consequences import consequence, other_ticket
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.decisions import FIRST_EVENTS
from dispatch_tui.domain.errors import (
    Conflict,
    DatabaseUnusable,
    DispatchError,
    InvalidInput,
    NotAllowed,
    NotFound,
)
from dispatch_tui.domain.fields import clean_fields
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import BY_TYPE, LOG, role_obstacle
from dispatch_tui.domain.text import clean_line
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage import drafts, files, journal, tickets
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.tickets import Connection

MAX_KEY = 80
"""Characters that the key of a command may have."""


def system_clock() -> datetime:
    """The time now, aware UTC."""
    return datetime.now(UTC)


class Desk(Remembering, Staffing, Searching):
    """Everything that one person can do and see; each write is acknowledged after its commit.

    `zone` is the company's, by which tickets are numbered. Every write takes a `key` made when
    its form opened: a second try with the same key returns the first result.
    """

    def __init__(
        self,
        database: Database,
        me: Staff,
        *,
        zone: tzinfo,
        clock: Callable[[], datetime] = system_clock,
        policy: Policy | None = None,
    ) -> None:
        super().__init__(database, me, zone=zone, clock=clock, policy=policy or Policy())

    async def log_call(
        self, command: c.LogCall, *, key: str = "", reported_at: datetime | None = None
    ) -> Done:
        """Take a call: returns the number of its new ticket.

        Raises `NotAllowed`, `NotFound` for an unknown customer or device, `InvalidInput`.
        """
        command = clean_fields(command)
        key = _checked(key) or new_key()

        async def work(connection: Connection) -> Done:
            now = self.clock()
            found = await files.intake(connection, self.me.login, command.customer, command.device)
            me = self._allowed(LOG, found.me if found else None, None)
            _check_intake(found, command.customer, command.device)
            if command.about:
                await self._check_about(connection, command.about)
            at = reported_at or now
            limits = await carrying.limits(
                connection, command.customer, command.device, at, self.zone
            )
            facts = Facts(now=now, at=at, actor=me, policy=self.policy, limits=limits)
            number = await tickets.next_number(connection, now, self.zone)
            ticket = await carrying.open_ticket(connection, number, command, facts, key)
            if command.about:
                await carrying.tell_case(connection, number, command, facts)
            await drafts.drop(connection, self.me.login, LOG.name)
            return Done(number=number, version=ticket.version)

        return await self._once(work, key, LOG, None)

    async def act(
        self,
        number: str,
        command: c.Command,
        *,
        key: str = "",
        version: int | None = None,
        occurred_at: datetime | None = None,
    ) -> Done:
        """Give a command on a ticket, as it was seen at `version`.

        Raises `NotFound`, `NotAllowed`, `NotPossible`, `InvalidInput`, and `Conflict` when
        somebody else changed the ticket since; what only adds to it (notes, calls) never collides.
        """
        spec = BY_TYPE[type(command)]
        command = clean_fields(command)
        number = clean_line(number)
        key = _checked(key) or new_key()

        async def work(connection: Connection) -> Done:
            now = self.clock()
            current = await carrying.lock(connection, number, other_ticket(command))
            if current is None:
                raise NotFound(N_("There is no ticket {number}."), number=number)
            lines = await journal.ticket_journal(connection, number)
            before = journal.entries_of(lines)
            staff = await files.all_staff(connection)
            me = self._allowed(spec, staff.get(self.me.login), ticket := fold(number, before))
            if version is not None and version != current and not spec.additive:
                raise carrying.collision(number, before, version, self.me)
            if isinstance(command, c.Correct) and ticket is not None:
                await self._check_correction(connection, ticket, command)
            if ticket is None:
                raise AssertionError(f"the journal of {number} folds to nothing")
            facts = Facts(
                now=now,
                at=occurred_at or now,
                actor=me,
                staff=staff,
                journal=before,
                policy=self.policy,
                zone=self.zone,
            )
            facts = await carrying.gathered(connection, ticket, command, facts)
            entries, after = decide(number, command, facts)
            await carrying.put(connection, after, entries, lines, key, facts)
            if follows := consequence(ticket, command, facts.at):
                await carrying.follow(connection, follows, facts)
            opened = facts.fresh_number or other_ticket(command)
            return Done(number=number, version=after.version, other=opened)

        return await self._once(work, key, spec, number)

    async def save_draft(self, form: str, body: Mapping[str, str]) -> None:
        """Keep what stands in a form; an empty body forgets it.

        Raises `NotAllowed` for somebody who has left.
        """

        async def work(connection: Connection) -> None:
            active(await files.person(connection, self.me.login), self.me.login)
            if any(body.values()):
                await drafts.save(connection, self.me.login, form, body, self.clock())
            else:
                await drafts.drop(connection, self.me.login, form)

        await self.database.write(work)

    async def _once(
        self,
        work: Callable[[Connection], Awaitable[Done]],
        key: str,
        spec: Spec,
        number: str | None,
    ) -> Done:
        """Run a write; where its key has done it before, return what that gave."""
        try:
            return await self.database.write(work)
        except DatabaseUnusable:
            raise
        except (DispatchError, Duplicate) as refusal:
            async with self.database.read() as connection:
                lines = await journal.lines_of_key(connection, key)
            line = lines[0] if lines else None
            if line is not None and self._is_same(line, spec, number):
                opened = carrying.opened_by(lines)
                version = lines[-1].seq
                return Done(number=line.subject, version=version, other=opened, repeated=True)
            if isinstance(refusal, NotAllowed):
                await note_refusal(
                    self.database,
                    self.me.login,
                    refusal,
                    self.clock(),
                    command=spec.name,
                    ticket=number or "",
                )
            if not isinstance(refusal, Duplicate):
                raise
            if line is not None:
                raise InvalidInput(
                    N_("The key {key} was used for something else."), field="key", key=key
                ) from refusal
            raise Conflict(
                N_("Somebody else was faster on ticket {number}: look again."),
                number=number or "",
            ) from refusal

    def _is_same(self, line: journal.Line, spec: Spec, number: str | None) -> bool:
        """Whether a line was written by an earlier try of the same command."""
        return (
            line.actor == self.me.login
            and line.kind == journal.kind_of(FIRST_EVENTS[spec.command])
            and number in (None, line.subject)
        )

    def _allowed(self, spec: Spec, me: Staff | None, ticket: Ticket | None) -> Staff:
        """Return who acts, as the staff list has them now; raises `NotAllowed`."""
        me = active(me, self.me.login)
        if obstacle := role_obstacle(spec, me, ticket):
            raise NotAllowed(obstacle.template, **obstacle.values)
        return me

    async def _check_about(self, connection: Connection, number: str) -> None:
        if await tickets.lock(connection, number) is None:
            raise NotFound(
                N_("There is no ticket {number}: check the number."), field="about", number=number
            )

    async def _check_correction(
        self, connection: Connection, ticket: Ticket, command: c.Correct
    ) -> None:
        if not command.customer and not command.device:
            return
        customer = ticket.customer if command.customer is None else command.customer
        device = ticket.device if command.device is None else command.device
        found = await files.intake(connection, self.me.login, customer, device)
        _check_intake(found, customer, device)


def _check_intake(found: files.Intake | None, customer: str, device: str) -> None:
    """Refuse a customer or a device that is not on file, or not together."""
    if customer and (found is None or not found.customer_known):
        raise NotFound(N_("There is no customer {customer}."), field="customer", customer=customer)
    if not device:
        return
    if found is None or found.device_owner is None:
        raise NotFound(N_("There is no device {device}."), field="device", device=device)
    if customer and found.device_owner != customer:
        raise InvalidInput(
            N_("Device {device} belongs to customer {owner}, not to {customer}."),
            field="device",
            device=device,
            owner=found.device_owner,
            customer=customer,
        )


def _checked(key: str) -> str:
    if len(key) > MAX_KEY or not key.isprintable():
        raise InvalidInput(
            N_("A key has at most {limit} printable characters."), field="key", limit=MAX_KEY
        )
    return key
