"""The desk: acts for one signed-in person, for every client alike."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, tzinfo
from uuid import uuid4

from dispatch_tui.desk.reading import Reading
from dispatch_tui.desk.views import Done
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.errors import (
    Conflict,
    DatabaseUnusable,
    DispatchError,
    InvalidInput,
    NotAllowed,
    NotFound,
)
from dispatch_tui.domain.events import Entry
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.table import BY_TYPE, LOG, Spec, role_obstacle
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.domain.timeline import describe
from dispatch_tui.storage import drafts, files, journal, tickets
from dispatch_tui.storage.engine import Database, Duplicate
from dispatch_tui.storage.tickets import Connection

PERSON = "person"
"""Subject kind of what is journaled about a person: refusals."""


def system_clock() -> datetime:
    """The time now, aware UTC."""
    return datetime.now(UTC)


class Desk(Reading):
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
        super().__init__(database, me, clock=clock, policy=policy or Policy())
        self.zone = zone

    async def log_call(
        self, command: c.LogCall, *, key: str = "", reported_at: datetime | None = None
    ) -> Done:
        """Take a call: returns the number of its new ticket.

        Raises `NotAllowed`, `NotFound` for an unknown customer or device, `InvalidInput`.
        """
        key = key or new_key()

        async def work(connection: Connection) -> Done:
            now = self.clock()
            me = await self._allowed(connection, LOG, None)
            await self._check_files(connection, command.customer, command.device)
            facts = Facts(now=now, at=reported_at or now, actor=me)
            number = await tickets.next_number(connection, now, self.zone)
            entries, ticket = decide(number, command, facts)
            await journal.append(connection, journal.ticket_lines(number, entries, key=key))
            await tickets.add(connection, [tickets.row_of(ticket, self.policy)])
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
        key = key or new_key()

        async def work(connection: Connection) -> Done:
            now = self.clock()
            current = await tickets.lock(connection, number)
            if current is None:
                raise NotFound(N_("There is no ticket {number}."), number=number)
            lines = await journal.ticket_journal(connection, number)
            before = journal.entries_of(lines)
            staff = await files.all_staff(connection)
            me = await self._allowed(connection, spec, fold(number, before), staff)
            if version is not None and version != current and not spec.additive:
                raise self._collision(number, before, version)
            if isinstance(command, c.Correct):
                await self._check_files(connection, command.customer or "", command.device or "")
            facts = Facts(now=now, at=occurred_at or now, actor=me, staff=staff, journal=before)
            entries, ticket = decide(number, command, facts)
            await journal.append(
                connection, journal.ticket_lines(number, entries, lines[-1].hash, key)
            )
            if not await tickets.put(connection, tickets.row_of(ticket, self.policy), current):
                raise self._collision(number, before, current)
            return Done(number=number, version=ticket.version)

        return await self._once(work, key, spec, number)

    async def save_draft(self, form: str, body: Mapping[str, str]) -> None:
        """Keep what stands in a form; an empty body forgets it."""

        async def work(connection: Connection) -> None:
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
            if done := await self._done_before(key, spec, number):
                return done
            if isinstance(refusal, NotAllowed):
                await self._journal_refusal(spec, number, refusal)
            if isinstance(refusal, Duplicate):
                raise Conflict(
                    N_("Somebody else was faster on ticket {number}: look again."),
                    number=number or "",
                ) from refusal
            raise

    async def _done_before(self, key: str, spec: Spec, number: str | None) -> Done | None:
        async with self.database.read() as connection:
            line = await journal.line_of_key(connection, key)
        if line is None:
            return None
        if line.actor != self.me.login or number not in (None, line.subject):
            raise InvalidInput(N_("The key {key} was used for something else."), key=key)
        return Done(number=line.subject, version=line.seq, repeated=True)

    async def _journal_refusal(self, spec: Spec, number: str | None, refusal: NotAllowed) -> None:
        data = {"command": spec.name, "ticket": number or "", "reason": str(refusal)}

        async def work(connection: Connection) -> None:
            await journal.append_to(
                connection, PERSON, self.me.login, "refused", data, self.me.login, self.clock()
            )

        await self.database.write(work)

    async def _allowed(
        self,
        connection: Connection,
        spec: Spec,
        ticket: Ticket | None,
        staff: Mapping[str, Staff] | None = None,
    ) -> Staff:
        """Return who acts, as the staff list has them now; raises `NotAllowed`."""
        people = staff if staff is not None else await files.all_staff(connection)
        me = people.get(self.me.login)
        if me is None or not me.active:
            raise NotAllowed(N_("{login} is not signed in any more."), login=self.me.login)
        if obstacle := role_obstacle(spec, me, ticket):
            raise NotAllowed(obstacle.template, **obstacle.values)
        return me

    async def _check_files(self, connection: Connection, customer: str, device: str) -> None:
        if customer and await files.customer(connection, customer) is None:
            raise NotFound(
                N_("There is no customer {customer}."), field="customer", customer=customer
            )
        if not device:
            return
        machine = await files.device(connection, device)
        if machine is None:
            raise NotFound(N_("There is no device {device}."), field="device", device=device)
        if customer and machine.customer != customer:
            raise InvalidInput(
                N_("Device {device} belongs to customer {owner}, not to {customer}."),
                field="device",
                device=device,
                owner=machine.customer,
                customer=customer,
            )

    def _collision(self, number: str, entries: tuple[Entry, ...], seen: int) -> Conflict:
        last = next((e for e in reversed(entries) if e.actor != self.me.login), entries[-1])
        return Conflict(
            N_("{person} was faster on ticket {number}: {what} ({at}). Look, then decide again."),
            number=number,
            person=last.actor,
            what=describe(last, entries),
            at=last.recorded_at,
        )


def new_key() -> str:
    """Return a fresh key for a command: made when its form opens, kept for every retry."""
    return uuid4().hex
