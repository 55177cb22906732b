"""The selected ticket: where it stands, what comes next, what happened."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from dispatch_tui.console.panes import bars
from dispatch_tui.console.panes.device import covering
from dispatch_tui.console.panes.queue import departure
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, TicketFile
from dispatch_tui.domain.clocks import Clock, Level, Outcome
from dispatch_tui.domain.events import CallLogged
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.next_step import Step, next_step
from dispatch_tui.domain.people import Staff
from dispatch_tui.domain.presence import Beside
from dispatch_tui.domain.reach import Reach
from dispatch_tui.domain.standing import concerns, holder, standing
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import ACTIVE, Kind, Priority, Severity, Ticket
from dispatch_tui.domain.timeline import describe
from dispatch_tui.words.speaker import Speaker

SIGN_CELLS = 3
BAR_CELLS = 10
"""The bar of a promise: one cell for a tenth of its time."""

FIRST = {Kind.FAULT: N_("Fault reported"), Kind.COMPLAINT: N_("Customer complained")}
"""The first entry where the words of the caller stand in the headline."""


def paragraphs(
    file: TicketFile | None,
    staff: Mapping[str, Staff],
    speaker: Speaker,
    now: datetime,
    reach: Reach | None = None,
    *,
    beside: Sequence[Beside] = (),
) -> Iterator[Paragraph]:
    """Yield the pane of a ticket; `staff` and `reach` say how our own people are reached.

    `beside` are those who have it open.
    """
    if file is None:
        yield line(Span(speaker.translate(N_("No ticket is selected.")), "muted"))
        return
    case = file.case
    yield _title(case, speaker)
    if beside:
        yield line(Span(also_here(beside, speaker), "watch"))
    yield line(Span(case.ticket.fault, "strong"))
    yield from _who(file, speaker)
    step = next_step(case.ticket, now)
    yield from _stands(file, step, staff, speaker, now)
    attention = speaker.glyphs.attention.ljust(SIGN_CELLS)
    for sentence in concerns(case.ticket, now):
        spans = [Span(attention, "near"), Span(speaker.say(sentence, now), "near")]
        person = str(sentence.values.get("person", ""))
        if person != step.person and (number := _phone(person, staff)):
            spans.append(Span(f"  {number}", "strong"))
        yield line(*spans, indent=SIGN_CELLS)
    if by := departure(case, reach, speaker, now, timedelta(days=3)):
        yield line(Span(" " * SIGN_CELLS), Span(speaker.say(by, now)), indent=SIGN_CELLS)
    if file.repeats:
        words = speaker.say(N_("Repeat fault: the same cause as {number}"), number=file.repeats)
        yield line(Span(attention, "near"), Span(words, "near"), indent=SIGN_CELLS)
    yield line()
    for clock in case.clocks:
        yield clock_line(clock, speaker, now)
    yield line()
    yield from _timeline(file, speaker, now)


def also_here(beside: Sequence[Beside], speaker: Speaker) -> str:
    """Return who else has a ticket open, and what they do with it."""
    return speaker.say(N_("Also here: {who}"), who=speaker.listed(_at_it(beside, speaker)))


def _at_it(beside: Sequence[Beside], speaker: Speaker) -> Iterator[str]:
    for one in beside:
        name, spec = speaker.name(one.login), COMMANDS.get(one.doing)
        if spec is None:
            yield name
        else:
            doing = speaker.translate(spec.label)
            yield speaker.say(N_("{name} ({doing})"), name=name, doing=doing)


def clock_line(clock: Clock, speaker: Speaker, now: datetime) -> Paragraph:
    """Return a clock in words behind the bar of its used time, in the colour of its flag."""
    level, glyphs = clock.level(now), speaker.glyphs
    if clock.running:
        sign, role = glyphs.level(level), "" if level is Level.NORMAL else level.value
        flag: Level | Outcome | None = None if level is Level.NORMAL else level
    else:
        missed = clock.outcome is Outcome.MISSED
        sign = glyphs.level(Level.BREACHED) if missed else ""
        role = "breached" if missed else "muted"
        flag = clock.outcome if missed else None
    words = speaker.clock(clock, now)
    if flag is not None:
        words = speaker.say(N_("{clock} ({flag})"), clock=words, flag=flag)
    used = clock.used(now)
    bar = bars.bar(used, BAR_CELLS, glyphs)
    return line(
        Span(sign.ljust(SIGN_CELLS), role),
        Span(f"[{bar}] {round(100 * used):>3} %  ", role or "accent"),
        Span(words, role),
        indent=SIGN_CELLS + BAR_CELLS + 10,
    )


def _stands(
    file: TicketFile, step: Step, staff: Mapping[str, Staff], speaker: Speaker, now: datetime
) -> Iterator[Paragraph]:
    """Where the case stands and who has it; what comes next, and whom to call for it."""
    ticket = file.case.ticket
    if words := _now(ticket, speaker, now):
        yield line(Span(speaker.translate(N_("Now: ")), "accent"), Span(words), indent=SIGN_CELLS)
    role = "accent" if ticket.is_open else "muted"
    spans = [Span(speaker.translate(N_("Next: ")), role)]
    spans.append(Span(speaker.say(step.sentence, now), role))
    if number := _whom(step, file, staff, speaker):
        spans.append(Span(f"  {number}", "strong"))
    yield line(*spans, indent=SIGN_CELLS)


def _now(ticket: Ticket, speaker: Speaker, now: datetime) -> str:
    has_it, stands = holder(ticket), standing(ticket)
    who = speaker.say(N_("with {who}"), who=speaker.who(has_it)) if has_it is not None else ""
    if stands is None:
        return who
    what = speaker.say(stands, now)
    return speaker.say(N_("{stands}; {who}"), stands=what, who=who) if who else what


def _whom(step: Step, file: TicketFile, staff: Mapping[str, Staff], speaker: Speaker) -> str:
    """Whom to call, and under which number: the customer's own where nobody left another."""
    whom = []
    if step.phone:
        ticket = file.case.ticket
        number = ticket.phone or (file.customer.phone if file.customer is not None else "")
        whom.append(" ".join(one for one in (ticket.contact, number) if one))
    if number := _phone(step.person, staff):
        whom.append(f"{speaker.name(step.person)} {number}")
    return "  ".join(one for one in whom if one)


def _phone(login: str, staff: Mapping[str, Staff]) -> str:
    person = staff.get(login)
    return person.phone if person is not None else ""


def _title(case: Case, speaker: Speaker) -> Paragraph:
    ticket = case.ticket
    spans = [Span(case.number, "heading"), Span("  ")]
    if ticket.kind is Kind.COMPLAINT:
        spans += [Span(speaker.label(ticket.kind), "near"), Span("  ")]
    if ticket.adverse is not None and ticket.adverse.suspected:
        word = speaker.translate(N_("adverse event"))
        spans += [Span(f" {word} ", "emergency"), Span("  ")]
    if ticket.priority is Priority.EMERGENCY:
        role = "emergency" if ticket.status in ACTIVE else "muted"
        spans += [Span(f" {speaker.label(ticket.priority)} ", role), Span("  ")]
    spans.append(Span(case.customer_name, "strong"))
    if ticket.department:
        spans.append(Span(f" {ticket.department}"))
    return line(*spans, end=Span(speaker.label(ticket.status), "accent"))


def _who(file: TicketFile, speaker: Speaker) -> Iterator[Paragraph]:
    case, ticket = file.case, file.case.ticket
    device = " ".join(one for one in (case.device_name, case.model) if one)
    spans = [Span(device or speaker.translate(N_("device unknown")))]
    if case.serial:
        spans.append(Span(f"  {case.serial}", "muted"))
    contact = " ".join(one for one in (ticket.contact, ticket.phone) if one)
    if contact:
        spans.append(Span(f"  {contact}"))
    yield line(*spans)
    if case.device_name and ticket.kind is Kind.FAULT and file.journal:
        yield line(*covering(file.verdict, speaker))
    facts = []
    if ticket.severity is Severity.MAJOR:
        facts.append(speaker.label(ticket.severity))
    if ticket.cause is not None:
        facts.append(speaker.say(N_("cause: {cause}"), cause=ticket.cause))
    if ticket.complaint is not None and ticket.complaint.about:
        facts.append(speaker.say(N_("about {number}"), number=ticket.complaint.about))
    if len(ticket.engineers) > 1:
        facts.append(_team(ticket, speaker))
    if facts:
        yield line(Span("  ".join(facts)))


def _team(ticket: Ticket, speaker: Speaker) -> str:
    lead = speaker.name(ticket.lead)
    others = [speaker.name(one.login) for one in ticket.engineers if one.login != ticket.lead]
    return speaker.say(
        N_("Engineers: {first} (lead), {others}"), first=lead, others=speaker.listed(others)
    )


def _timeline(file: TicketFile, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    for entry in reversed(file.journal):
        told_late = (entry.recorded_at - entry.occurred_at).total_seconds() > 90
        times = speaker.time(entry.occurred_at, now)
        sentence = describe(entry, file.journal)
        if isinstance(entry.event, CallLogged) and entry.event.fault == file.case.ticket.fault:
            sentence = Message(FIRST[file.case.ticket.kind])
        told = ""
        if entry.imported:
            told = speaker.translate(N_(" (imported)"))
        elif told_late:
            told = speaker.say(N_(" (told {at})"), now, at=entry.recorded_at)
        yield line(
            Span(f"{times}  ", "muted"),
            Span(speaker.say(sentence, now)),
            Span(told, "muted"),
            indent=SIGN_CELLS,
            end=Span(speaker.name(entry.actor), "muted"),
        )
