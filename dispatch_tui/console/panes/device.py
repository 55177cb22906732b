"""The past of a device: whose it is, whether it is under warranty, what happened to it."""

from collections.abc import Iterator
from datetime import datetime

from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Case, DeviceFile
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ticket import OPEN, Status
from dispatch_tui.domain.warranty import in_warranty, warranty_end
from dispatch_tui.words.speaker import Speaker


def paragraphs(
    file: DeviceFile | None, speaker: Speaker, now: datetime, selected: str = ""
) -> Iterator[Paragraph]:
    """Yield the pane of a device; the selected ticket is marked in its past."""
    if file is None:
        yield line(Span(speaker.translate(N_("No device is known for this ticket.")), "muted"))
        return
    device = file.device
    yield line(Span(f"{device.name}  ", "heading"), Span(device.model, "strong"))
    yield line(Span(f"{device.serial}  {device.maker}", "muted"))
    owner = file.customer.short_name or file.customer.name if file.customer else ""
    yield line(Span(" ".join(one for one in (owner, device.department) if one)))
    verdict, role = warranty(device, speaker, now)
    yield line(Span(verdict, role))
    yield line()
    for case in file.history:
        yield from _past(case, speaker, now, marked=case.number == selected)


def warranty(device: Device, speaker: Speaker, now: datetime) -> tuple[str, str]:
    """Return the verdict on a device's warranty in words, and its role."""
    today = now.astimezone(speaker.zone).date()
    until = warranty_end(device.accepted_on, device.warranty_months)
    verdict = in_warranty(device.accepted_on, device.warranty_months, today)
    if until is None or verdict is None:
        return speaker.translate(N_("warranty unknown: not accepted yet")), "near"
    if verdict:
        return speaker.say(N_("in warranty until {until}"), until=until.isoformat()), "good"
    return speaker.say(N_("out of warranty since {until}"), until=until.isoformat()), "near"


def _past(case: Case, speaker: Speaker, now: datetime, *, marked: bool) -> Iterator[Paragraph]:
    ticket = case.ticket
    day = ticket.reported_at.astimezone(speaker.zone).date().isoformat()
    running = ticket.status in OPEN
    sign = ">" if marked else " "
    spans = [Span(f"{sign} {day} ", "accent" if running else "muted")]
    if running or ticket.status is Status.CANCELLED:
        spans.append(Span(f"{speaker.label(ticket.status)} ", "accent" if running else "muted"))
    spans.append(Span(ticket.fault))
    yield Paragraph(tuple(spans), wrap=False)
