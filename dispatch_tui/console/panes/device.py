"""The past of a device: whose it is, whether it is under warranty, what happened to it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, DeviceFile
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import Kind, Status
from dispatch_tui.domain.warranty import Coverage, Verdict, verdict
from dispatch_tui.words.covering import charged, covered
from dispatch_tui.words.speaker import Speaker

REPEATED = N_("repeat fault")

ENTRIES = 5
"""Tickets of the past that are in sight; the file has all of them."""


def paragraphs(
    file: DeviceFile | None, speaker: Speaker, now: datetime, selected: str, key: str
) -> Iterator[Paragraph]:
    """Yield the pane of a device, whose file the key opens; the selected ticket is marked."""
    if file is None:
        yield line(Span(speaker.translate(N_("No device is known for this ticket.")), "muted"))
        return
    device = file.device
    yield line(Span(f"{device.name}  ", "heading"), Span(device.model, "strong"))
    yield line(Span(f"{device.serial}  {device.maker}", "muted"))
    owner = file.customer.short_name or file.customer.name if file.customer else ""
    stands = "muted" if file.state is DeviceState.IN_USE else "near"
    yield line(
        Span(" ".join(one for one in (owner, device.department) if one)),
        Span(f"  {speaker.label(file.state)}", stands),
    )
    yield line(*warranty(device, speaker, now))
    yield line()
    for case in _in_sight(file.history, selected):
        repeated = case.number in file.repeats
        yield from _past(case, speaker, now, marked=case.number == selected, repeated=repeated)
    more = len(file.history) - ENTRIES
    template = N_("Enter or {key} opens the file")
    if more > 0:
        template = N_("{count} more: Enter or {key} opens the file")
    yield line(Span(speaker.say(template, count=more, key=key), "muted"))


def _in_sight(history: Sequence[Case], selected: str) -> list[Case]:
    """The newest of the past, and the selected ticket however old it is."""
    found = list(history[:ENTRIES])
    others = [case for case in history[ENTRIES:] if case.number == selected]
    return [*found[: ENTRIES - len(others)], *others]


def warranty(device: Device | None, speaker: Speaker, now: datetime) -> tuple[Span, Span]:
    """Return what covers a device today, and what follows for the bill, in words."""
    return covering(verdict(device, now.astimezone(speaker.zone).date()), speaker)


def covering(found: Verdict, speaker: Speaker) -> tuple[Span, Span]:
    """Return a verdict in words: what covers the device, and what the customer is charged."""
    good = found.coverage in (Coverage.WARRANTY, Coverage.CONTRACT)
    words = Span(covered(found, speaker), "good" if good else "near")
    return words, Span(f"  {charged(found, speaker)}", "muted")


def _past(
    case: Case, speaker: Speaker, now: datetime, *, marked: bool, repeated: bool
) -> Iterator[Paragraph]:
    ticket = case.ticket
    day = ticket.reported_at.astimezone(speaker.zone).date().isoformat()
    running = case.is_open
    sign = speaker.glyphs.cursor if marked else " "
    spans = [Span(f"{sign} {day} ", "accent" if running else "muted")]
    if running or ticket.status is Status.CANCELLED:
        spans.append(Span(f"{speaker.label(ticket.status)} ", "accent" if running else "muted"))
    if ticket.kind is Kind.COMPLAINT:
        spans.append(Span(f"{speaker.label(ticket.kind)} ", "near"))
    if repeated:
        spans.append(Span(speaker.translate(REPEATED) + " ", "near"))
    spans.append(Span(ticket.fault))
    if ticket.cause is not None:
        spans.append(Span(f"  {speaker.label(ticket.cause)}", "muted"))
    yield Paragraph(tuple(spans), wrap=False)
