"""The queue: one row per ticket, the next limit first."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from rich.cells import cell_len

from dispatch_tui.console.widgets.cells import Cell
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.desk.views import WAITING, Case, View
from dispatch_tui.domain.clocks import ClockKind, Level
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.reach import Reach, setting_out
from dispatch_tui.domain.standing import next_word_at, overdue
from dispatch_tui.domain.ticket import ACTIVE, Kind, Priority, Status, Ticket
from dispatch_tui.domain.visits import silent
from dispatch_tui.words.glyphs import SIGN_WIDTH, Glyphs
from dispatch_tui.words.speaker import Speaker

LIMIT_WORDS = {
    ClockKind.RESPONSE: N_("answer"),
    ClockKind.ON_SITE: N_("arrive"),
    ClockKind.REPAIR: N_("repair"),
    ClockKind.CALL_BACK: N_("call"),
    ClockKind.ADVERSE_PHONE: N_("report"),
    ClockKind.ADVERSE_REPORT: N_("report"),
}
NEXT_WORDS = {
    Status.CONFIRMED: N_("close"),
    Status.LOGGED: N_("tell"),
    Status.ACKNOWLEDGED: N_("look"),
    Status.INVESTIGATED: N_("reply"),
    Status.ANSWERED: N_("ask"),
    Status.SATISFIED: N_("close"),
}
"""What waits where no clock runs."""
PAIR = N_("{label}: {value}")
SOON = timedelta(hours=12)
"""From so long before it on it is said when somebody must set out."""
ABOUT_CELLS = 34
"""Room for whom to call: a name, a phone number, how often it was tried."""


def columns(speaker: Speaker, view: View = View.OPEN) -> tuple[Column, ...]:
    """Return the columns of the queue; the time left comes first, since it changes most.

    What a view is about stands in the last one, which gets its room before the others.
    """
    say = speaker.translate
    about = ABOUT_CELLS if view in WAITING else 0
    what = max(cell_len(say(word)) for word in (*LIMIT_WORDS.values(), *NEXT_WORDS.values()))
    status = max(cell_len(speaker.label(one)) for one in Status)
    return (
        Column("left", say(N_("Left")), 6, align="right", priority=9),
        Column("sign", "", SIGN_WIDTH, priority=9),
        Column("what", say(N_("Next")), what, priority=6),
        Column("number", say(N_("Number")), 10, priority=9),
        Column("emergency", "", 1, priority=9),
        Column("customer", say(N_("Customer")), 14, min_width=10, grow=2, priority=8),
        Column("status", say(N_("Status")), status, priority=5),
        Column("engineer", say(N_("Engineer")), 9, min_width=8, grow=1, priority=4),
        Column("device", say(N_("Device")), 14, min_width=12, grow=2, priority=3),
        Column(
            "fault", say(N_("Fault")), max(20, about), min_width=max(16, about), grow=5, priority=7
        ),
    )


def cells(
    case: Case,
    speaker: Speaker,
    now: datetime,
    view: View = View.OPEN,
    reach: Reach | None = None,
) -> tuple[Cell, ...]:
    """Return the cells of a case as it stands now; the last one says what its view is about."""
    ticket = case.ticket
    clock = case.next_clock
    level = case.level(now)
    if clock is not None:
        mine = clock.level(now)
        left = speaker.short_span(clock.due_at - now)
        sign, what = speaker.glyphs.level(level), speaker.translate(LIMIT_WORDS[clock.kind])
        tone = mine.value if mine is not Level.NORMAL else ""
    else:
        left, sign, tone = "", "", "muted"
        template = NEXT_WORDS.get(ticket.status)
        what = speaker.translate(template) if template else ""
    over = "" if case.is_open else "muted"
    engineers = speaker.name(ticket.lead) if ticket.lead else ""
    if len(ticket.engineers) > 1:
        engineers += f" +{len(ticket.engineers) - 1}"
    return (
        Cell(left, tone),
        Cell(sign, level.value if sign else ""),
        Cell(what, tone),
        Cell(case.number, over or "strong"),
        _mark(ticket, speaker.glyphs),
        Cell(case.short_name or case.customer_name, over),
        Cell(speaker.label(ticket.status), over),
        Cell(engineers, over),
        Cell(case.device_name or case.model, over),
        _about(case, speaker, now, view, reach),
    )


def _mark(ticket: Ticket, glyphs: Glyphs) -> Cell:
    """What must not be overlooked: an adverse event, an emergency."""
    if ticket.adverse is not None and ticket.adverse.suspected:
        return Cell(glyphs.adverse, "emergency" if ticket.adverse.pending else "near")
    urgent = ticket.priority is Priority.EMERGENCY and ticket.status in ACTIVE
    return Cell(glyphs.emergency if urgent else "", "emergency" if urgent else "")


def _about(case: Case, speaker: Speaker, now: datetime, view: View, reach: Reach | None) -> Cell:
    """The fault; before it what is odd about the case, or what its view is about."""
    ticket = case.ticket
    late = next(_odd(ticket, now), None) or departure(case, reach, speaker, now)
    words = _of_view(case, speaker, now, view)
    if not words and late is not None:
        words = speaker.say(late, now)
    if words:
        return Cell(f"{words} | {ticket.fault}", "near" if late is not None else "")
    if ticket.kind is Kind.COMPLAINT and view is not View.COMPLAINTS:
        return Cell(speaker.say(PAIR, label=ticket.kind, value=ticket.fault))
    return Cell(ticket.fault, "" if case.is_open else "muted")


def departure(
    case: Case, reach: Reach | None, speaker: Speaker, now: datetime, ahead: timedelta = SOON
) -> Message | None:
    """Return until when somebody must set out, where that is soon, or that it is too late."""
    if reach is None:
        return None
    day = now.astimezone(speaker.zone).date()
    found = setting_out(reach, case.ticket, case.device_kind, case.clocks, now, day)
    return found[1] if found is not None and found[0] - now <= ahead else None


def _odd(ticket: Ticket, now: datetime) -> Iterator[Message]:
    for trip in silent(ticket.visits, now):
        yield say(N_("silent: {person}"), person=trip.login)
    for thing in overdue(ticket, now):
        yield say(N_("no word: {item}"), item=thing.item)


def _of_view(case: Case, speaker: Speaker, now: datetime, view: View) -> str:
    ticket = case.ticket
    match view:
        case View.AWAY:
            stands = [one for one in ticket.removals if one.out]
            due = next_word_at(ticket)
            words = speaker.listed(
                speaker.say(PAIR, label=one.item, value=one.step) for one in stands
            )
            return f"{speaker.time(due, now)} {words}" if due is not None else words
        case View.CALL_BACKS:
            who = " ".join(one for one in (ticket.contact, ticket.phone) if one)
            tried = ticket.failed_calls
            return speaker.say(N_("{who} (tried {count})"), who=who, count=tried) if tried else who
        case View.CONSENT if ticket.consent_asked is not None:
            asked = ticket.consent_asked
            who = " ".join(one for one in (asked.name, asked.phone) if one)
            return speaker.say(N_("{who} until {until}"), now, who=who, until=asked.until)
        case View.COMPLAINTS:
            return speaker.say(N_("since {since}"), now, since=ticket.reported_at)
        case _:
            return ""


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
            self._cells = cells(self.case, *self._said)
        return self._cells

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, LazyRow):
            return NotImplemented
        same = self.case is other.case and self._said is other._said
        return same or (self.key == other.key and self.cells == other.cells)

    def __hash__(self) -> int:
        return hash(self.key)


class Said(NamedTuple):
    """To whom, when and in which view rows are said."""

    speaker: Speaker
    now: datetime
    view: View = View.OPEN
    reach: Reach | None = None
