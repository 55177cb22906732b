"""The queue: one row per ticket, the next limit first."""

from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

from dispatch_tui.console.theme import EMERGENCY_SIGN, SIGNS
from dispatch_tui.console.widgets.cells import Cell
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.clocks import ClockKind, Level
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import ACTIVE, OVER, Priority, Status
from dispatch_tui.words.speaker import Speaker

LIMIT_WORDS = {
    ClockKind.RESPONSE: N_("answer"),
    ClockKind.ON_SITE: N_("arrive"),
    ClockKind.REPAIR: N_("repair"),
}
NEXT_WORDS = {
    Status.RESTORED: N_("call"),
    Status.SOLVED: N_("call"),
}
"""What waits where no clock runs."""


def columns(speaker: Speaker) -> tuple[Column, ...]:
    """Return the columns of the queue; the time left comes first, since it changes most."""
    say = speaker.translate
    what = max(cell_len(say(word)) for word in (*LIMIT_WORDS.values(), *NEXT_WORDS.values()))
    status = max(cell_len(speaker.label(one)) for one in Status)
    return (
        Column("left", say(N_("Left")), 6, align="right", priority=9),
        Column("sign", "", 2, priority=9),
        Column("what", say(N_("Next")), what, priority=6),
        Column("number", say(N_("Number")), 10, priority=9),
        Column("emergency", "", 1, priority=9),
        Column("customer", say(N_("Customer")), 14, min_width=10, grow=2, priority=8),
        Column("status", say(N_("Status")), status, priority=5),
        Column("engineer", say(N_("Engineer")), 9, min_width=8, grow=1, priority=4),
        Column("device", say(N_("Device")), 14, min_width=12, grow=2, priority=3),
        Column("fault", say(N_("Fault")), 20, min_width=16, grow=5, priority=7),
    )


def cells(case: Case, speaker: Speaker, now: datetime) -> tuple[Cell, ...]:
    """Return the cells of a case as it stands now."""
    ticket = case.ticket
    clock = case.next_clock
    level = case.level(now)
    if clock is not None:
        mine = clock.level(now)
        left = speaker.short_span(clock.due_at - now)
        sign, what = SIGNS[level], speaker.translate(LIMIT_WORDS[clock.kind])
        tone = mine.value if mine is not Level.NORMAL else ""
    else:
        left, sign, tone = "", "", "muted"
        template = NEXT_WORDS.get(ticket.status)
        what = speaker.translate(template) if template else ""
    urgent = ticket.priority is Priority.EMERGENCY and ticket.status in ACTIVE
    over = "muted" if ticket.status in OVER else ""
    engineers = speaker.name(ticket.lead) if ticket.lead else ""
    if len(ticket.engineers) > 1:
        engineers += f" +{len(ticket.engineers) - 1}"
    return (
        Cell(left, tone),
        Cell(sign, level.value if sign else ""),
        Cell(what, tone),
        Cell(case.number, over or "strong"),
        Cell(EMERGENCY_SIGN if urgent else "", "emergency" if urgent else ""),
        Cell(case.short_name, over),
        Cell(speaker.label(ticket.status), over or "muted"),
        Cell(engineers, over),
        Cell(case.device_name or case.model, over),
        Cell(ticket.fault, over),
    )


class LazyRow:
    """A row whose cells are made when they are drawn: of thousands, a screenful is."""

    __slots__ = ("_cells", "_said", "case", "key")

    def __init__(self, case: Case, said: "Said") -> None:
        self.key = case.number
        self.case = case
        self._said = said
        self._cells: tuple[Cell, ...] | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells as they are at the minute."""
        if self._cells is None:
            self._cells = cells(self.case, self._said.speaker, self._said.now)
        return self._cells

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LazyRow):
            return NotImplemented
        same = self.case is other.case and self._said is other._said
        return same or (self.key == other.key and self.cells == other.cells)

    def __hash__(self) -> int:
        return hash(self.key)


class Said(NamedTuple):
    """To whom and when rows are said."""

    speaker: Speaker
    now: datetime
