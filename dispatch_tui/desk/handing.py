"""Handing over at a change of group or operator: made here, noted, accepted by the next."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from dispatch_tui.desk.permission import active, note_refusal, one_of
from dispatch_tui.desk.suggesting import Suggesting
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dispatch_tui.domain.handover import HANDING_ROLES, HandOver, Item, sheet
from dispatch_tui.domain.lending import Lending
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.storage import files, journal, records
from dispatch_tui.storage.engine import Duplicate
from dispatch_tui.storage.journal import Line
from dispatch_tui.storage.tickets import Connection

Result = TypeVar("Result")

KIND, HANDED, ACCEPTED = "handover", "handed_over", "accepted"
LONGEST_NOTE = 4000


class HandingOver(Suggesting):
    """The sheet of what is open, and who has it from whom."""

    async def handover_sheet(self) -> tuple[Item, ...]:
        """Return what whoever comes next has to know, as things are now."""
        cases = await self.open_cases()
        async with self.database.read() as connection:
            lendings = await records.everything(connection, Lending)
        pairs = ((one.ticket, one.clocks) for one in cases)
        return sheet(pairs, lendings.values(), self.clock())

    async def pending_handover(self) -> HandOver | None:
        """Return the last sheet that was handed over, if nobody accepted it yet."""
        async with self.database.read() as connection:
            lines = await journal.newest_of_kind(connection, KIND)
        found = _handover(lines)
        return self._as_seen(found) if found is not None and not found.accepted_by else None

    async def hand_over(self, note: str = "", to: str = "") -> HandOver:
        """Hand over the sheet of this moment, with a note.

        Raises `NotAllowed`, `NotFound` for somebody who is not there to take it, `InvalidInput`.
        """
        note, to = clean_text(note), clean_line(to)
        if len(note) > LONGEST_NOTE:
            raise InvalidInput(
                N_("It is {length} characters long; at most {limit} can be kept."),
                field="note",
                length=len(note),
                limit=LONGEST_NOTE,
            )
        items, now = await self.handover_sheet(), self.clock()
        subject = f"{now.astimezone(UTC):%Y%m%dT%H%M%S.%f}-{self.me.login}"
        data = {
            "note": note,
            "to": to,
            "items": [{"topic": one.topic, "number": one.number, "at": one.at} for one in items],
        }

        async def work(connection: Connection) -> None:
            staff = await self._may_hand_over(connection)
            if to and (to not in staff or not staff[to].active):
                raise NotFound(N_("There is nobody with the login {value}."), field="to", value=to)
            await journal.append_to(connection, KIND, subject, HANDED, data, self.me.login, now)

        await self._noted(work, KIND)
        return HandOver(id=subject, by=self.me.login, at=now, note=note, to=to, items=len(items))

    async def accept_handover(self, id: str) -> None:  # noqa: A002
        """Take over; raises `NotAllowed`, `NotFound`, and `Conflict` where somebody has already."""

        async def work(connection: Connection) -> None:
            await self._may_hand_over(connection)
            lines = await journal.lines_about(connection, KIND, id)
            found = _handover(lines)
            if found is None:
                raise NotFound(N_("There is no hand-over {id}."), field="id", id=id)
            if found.accepted_by:
                raise Conflict(
                    N_("{person} has taken over already, {at}."),
                    person=found.accepted_by,
                    at=found.accepted_at,
                )
            await journal.append(connection, [_accepted(lines[-1], self.me.login, self.clock())])

        try:
            await self._noted(work, KIND)
        except Duplicate as error:
            raise Conflict(N_("Somebody else took over at this moment.")) from error

    async def _may_hand_over(self, connection: Connection) -> dict[str, Staff]:
        staff = await files.all_staff(connection)
        one_of(active(staff.get(self.me.login), self.me.login), HANDING_ROLES, KIND)
        return staff

    async def _noted(self, work: Callable[[Connection], Awaitable[Result]], command: str) -> Result:
        """Run a write; that it was not allowed is journaled."""
        try:
            return await self.database.write(work)
        except NotAllowed as refusal:
            me, now = self.me.login, self.clock()
            await note_refusal(self.database, me, refusal, now, command=command)
            raise


def _accepted(last: Line, login: str, now: datetime) -> Line:
    """The line right after the one that was read: of two that are written one fails."""
    line = replace(
        last,
        seq=last.seq + 1,
        kind=ACCEPTED,
        data="{}",
        actor=login,
        occurred_at=now,
        recorded_at=now,
    )
    return journal.chained([line], last.hash)[0]


def _handover(lines: list[Line]) -> HandOver | None:
    if not lines:
        return None
    first, last = lines[0], lines[-1]
    data = msgspec.json.decode(first.data)
    accepted = last if last.kind == ACCEPTED else None
    return HandOver(
        id=first.subject,
        by=first.actor,
        at=first.occurred_at,
        note=data["note"],
        to=data["to"],
        items=len(data["items"]),
        accepted_by=accepted.actor if accepted else "",
        accepted_at=accepted.occurred_at if accepted else None,
    )
