"""The selected ticket: where it stands, what comes next, what happened."""

from collections.abc import Iterator
from datetime import datetime

from dispatch_tui.console.theme import SIGNS
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, TicketFile
from dispatch_tui.domain.clocks import Clock, Level, Outcome
from dispatch_tui.domain.events import CallLogged
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.next_step import next_step
from dispatch_tui.domain.ticket import ACTIVE, OVER, Priority, Ticket
from dispatch_tui.domain.timeline import describe
from dispatch_tui.words.speaker import Speaker

SIGN_CELLS = 3

FIRST = N_("Fault reported")
"""The first entry where the words of the caller stand in the headline."""


def paragraphs(file: TicketFile | None, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    """Yield the pane of a ticket."""
    if file is None:
        yield line(Span(speaker.translate(N_("No ticket is selected.")), "muted"))
        return
    case = file.case
    yield _title(case, speaker)
    yield line(Span(case.ticket.fault, "strong"))
    yield from _who(case, speaker)
    yield line()
    for clock in case.clocks:
        yield clock_line(clock, speaker, now)
    step = speaker.say(next_step(case.ticket), now)
    role = "muted" if case.ticket.status in OVER else "accent"
    yield line(Span(speaker.translate(N_("Next: ")), role), Span(step, role), indent=SIGN_CELLS)
    yield line()
    yield from _timeline(file, speaker, now)


def clock_line(clock: Clock, speaker: Speaker, now: datetime) -> Paragraph:
    """Return a clock in words, with the sign and the colour of its flag."""
    level = clock.level(now)
    if clock.running:
        sign, role = SIGNS[level], "" if level is Level.NORMAL else level.value
        flag: Level | Outcome | None = None if level is Level.NORMAL else level
    else:
        missed = clock.outcome is Outcome.MISSED
        sign, role = ("X", "breached") if missed else ("", "muted")
        flag = clock.outcome if missed else None
    words = speaker.clock(clock, now)
    if flag is not None:
        words = speaker.say(N_("{clock} ({flag})"), clock=words, flag=flag)
    return line(Span(sign.ljust(SIGN_CELLS), role), Span(words, role), indent=SIGN_CELLS)


def _title(case: Case, speaker: Speaker) -> Paragraph:
    ticket = case.ticket
    spans = [Span(case.number, "heading"), Span("  ")]
    if ticket.priority is Priority.EMERGENCY:
        role = "emergency" if ticket.status in ACTIVE else "muted"
        spans += [Span(f" {speaker.label(ticket.priority)} ", role), Span("  ")]
    spans.append(Span(case.customer_name, "strong"))
    if ticket.department:
        spans.append(Span(f" {ticket.department}"))
    return line(*spans, end=Span(speaker.label(ticket.status), "accent"))


def _who(case: Case, speaker: Speaker) -> Iterator[Paragraph]:
    ticket = case.ticket
    device = " ".join(one for one in (case.device_name, case.model) if one)
    spans = [Span(device or speaker.translate(N_("device unknown")))]
    if case.serial:
        spans.append(Span(f"  {case.serial}", "muted"))
    contact = " ".join(one for one in (ticket.contact, ticket.phone) if one)
    if contact:
        spans.append(Span(f"  {contact}"))
    yield line(*spans)
    if ticket.engineers:
        yield line(Span(_team(ticket, speaker)))


def _team(ticket: Ticket, speaker: Speaker) -> str:
    lead = speaker.name(ticket.lead)
    others = [speaker.name(one.login) for one in ticket.engineers if one.login != ticket.lead]
    if not others:
        return speaker.say(N_("Engineer: {lead}"), lead=ticket.lead)
    return speaker.say(
        N_("Engineers: {first} (lead), {others}"), first=lead, others=speaker.listed(others)
    )


def _timeline(file: TicketFile, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    for entry in reversed(file.journal):
        told_late = (entry.recorded_at - entry.occurred_at).total_seconds() > 90
        times = speaker.time(entry.occurred_at, now)
        sentence = describe(entry, file.journal)
        if isinstance(entry.event, CallLogged) and entry.event.fault == file.case.ticket.fault:
            sentence = Message(FIRST)
        told = ""
        if told_late:
            told = speaker.say(N_(" (told {at})"), now, at=entry.recorded_at)
        yield line(
            Span(f"{times}  ", "muted"),
            Span(speaker.say(sentence, now)),
            Span(told, "muted"),
            indent=SIGN_CELLS,
            end=Span(speaker.name(entry.actor), "muted"),
        )
