"""What an operator sees of a caller at once: device, warranty, last repairs, open tickets."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatch_tui.console.panes.device import warranty
from dispatch_tui.console.widgets.cells import Row
from dispatch_tui.console.widgets.pick import row
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, DeviceFile, Hit
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.repeats import WITHIN
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.domain.warranty import Coverage, verdict
from dispatch_tui.words.speaker import Speaker

LAST_REPAIRS = 3


def hit_row(key: str, hit: Hit) -> Row:
    """Return the row that offers what was found."""
    customer, device, contact = hit.customer, hit.device, hit.contact
    name = customer.short_name or customer.name
    if device is not None:
        return row(key, name, f"{device.name} {device.model}", device.department, device.serial)
    if contact is not None:
        person = " ".join(one for one in (contact.name, contact.position) if one)
        return row(key, name, person, contact.department, contact.phone)
    return row(key, customer.name, customer.alias.replace("|", " "), customer.city, customer.phone)


def device_row(key: str, device: Device, speaker: Speaker, now: datetime) -> Row:
    """Return the row that offers a device of a known customer."""
    found = verdict(device, now.astimezone(speaker.zone).date())
    words = "" if found.coverage is Coverage.UNKNOWN else speaker.label(found.coverage)
    return row(key, f"{device.name} {device.model}", words, device.department, device.serial)


def contact_row(key: str, contact: Contact) -> Row:
    """Return the row that offers a contact of a known customer."""
    return row(key, contact.name, contact.position, contact.department, contact.phone)


def hint(speaker: Speaker) -> Iterator[Paragraph]:
    """Yield what can be typed."""
    for sentence in (
        N_("Type what the caller says; Enter takes the marked line."),
        N_("Customer: any part of the name, a former name, or pinyin initials."),
        N_("Person: name or phone.  Device: serial or its tail, asset number, model."),
        N_("Two words narrow it down: customer, then device."),
    ):
        yield line(Span(speaker.translate(sentence), "muted"))


def who(customer: Customer | None, caller: str, speaker: Speaker) -> Iterator[Paragraph]:
    """Yield the customer, or what an unknown caller says."""
    if customer is None:
        if caller:
            yield line(
                Span(caller, "strong"),
                Span("  " + speaker.translate(N_("not on file: kept as the caller says")), "near"),
            )
        return
    facts = "  ".join(one for one in (customer.level, customer.city, customer.phone) if one)
    yield line(Span(customer.name, "strong"), Span(f"  {facts}", "muted"), wrap=False)


def what(device: Device | None, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    """Yield the device and its warranty."""
    if device is None:
        yield line(Span(speaker.translate(N_("No device named yet.")), "muted"))
        return
    facts = "  ".join(one for one in (device.serial, device.department, device.maker) if one)
    yield line(Span(f"{device.name} {device.model}", "strong"), Span(f"  {facts}"), wrap=False)
    yield line(*warranty(device, speaker, now), wrap=False)


def alike(cases: Sequence[Case], speaker: Speaker) -> Iterator[Paragraph]:
    """Yield the kept cases that are like the fault: what it came from, and what cured it."""
    for case in cases:
        if (kept := case.ticket.kept) is not None:
            told = N_("Like {number}: {cause} - {cure}")
            words = speaker.say(told, number=case.number, cause=kept.cause, cure=kept.cure)
            yield line(Span(words, "good"), wrap=False)


def last_repairs(file: DeviceFile | None, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    """Yield the last repairs of the device, the newest first, and whether this may be a repeat."""
    if file is None:
        return
    faults = [case for case in file.history if case.ticket.kind is Kind.FAULT]
    yield from _repeat(faults, speaker, now)
    past = [case for case in faults if not case.is_open]
    past = sorted(past, key=lambda case: case.ticket.reported_at, reverse=True)[:LAST_REPAIRS]
    if not past:
        yield line(Span(speaker.translate(N_("No repairs before.")), "muted"))
    for case in past:
        day = case.ticket.reported_at.astimezone(speaker.zone).date().isoformat()
        lead = f"  {speaker.name(case.ticket.lead)}" if case.ticket.lead else ""
        yield Paragraph(
            (Span(f"{day}  ", "muted"), Span(case.ticket.fault)),
            end=Span(f"{speaker.label(case.ticket.status)}{lead}", "muted"),
            wrap=False,
        )


def _repeat(faults: Sequence[Case], speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    recent = [
        (at, case.ticket)
        for case in faults
        if (at := case.ticket.dealt_with_at) is not None and now - at <= WITHIN
    ]
    if recent:
        at, last = max(recent, key=lambda one: one[0])
        cause = speaker.label(last.cause) if last.cause else "-"
        sentence = N_(
            "Perhaps a repeat: last dealt with {days} days ago ({number}), cause: {cause}"
        )
        days = (now - at).days
        words = speaker.say(sentence, days=days, number=last.number, cause=cause)
        yield line(Span(words, "near"))


def open_tickets(
    cases: Sequence[Case], target: str, adds: str, speaker: Speaker, now: datetime
) -> Iterator[Paragraph]:
    """Yield the open tickets that the call may belong to, the chosen one marked.

    `adds` is the key that adds the call to one of them.
    """
    if not cases:
        return
    glyphs = speaker.glyphs
    for case in cases[:LAST_REPAIRS]:
        ticket = case.ticket
        chosen = case.number == target
        lead = f", {speaker.name(ticket.lead)}" if ticket.lead else ""
        since = speaker.time(ticket.reported_at, now)
        yield Paragraph(
            (
                Span(f"{glyphs.cursor if chosen else glyphs.attention} ", "near"),
                Span(
                    speaker.say(
                        N_("Open since {since}: {number}"), since=since, number=case.number
                    ),
                    "near",
                ),
                Span(f"  {speaker.label(ticket.status)}{lead}  "),
                Span(ticket.fault, "muted"),
            ),
            wrap=False,
        )
    key = Span(adds, "heading")
    if target:
        numbers = [case.number for case in cases]
        after = numbers[numbers.index(target) + 1 :] if target in numbers else []
        sentence = N_("this call is added to {number}; again for a new ticket")
        if after:
            sentence = N_("this call is added to {number}; again for {other}")
        words = speaker.say(sentence, number=target, other=after[0] if after else "")
        yield line("  ", key, Span(f" {words}", "strong"))
    else:
        sentence = N_("adds this call to {number}; or go on with a new ticket")
        yield line("  ", key, Span(" " + speaker.say(sentence, number=cases[0].number)))
