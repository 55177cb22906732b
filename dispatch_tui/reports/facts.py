"""Sections of a report: the device, the customer, the call, the fault."""

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ServiceReport
from dispatch_tui.domain.sections import Section
from dispatch_tui.reports.page import Block, Row
from dispatch_tui.reports.writer import Writer
from dispatch_tui.words.covering import charged, covered


def device(report: ServiceReport, writer: Writer) -> Block:
    """Return which device it was, and what it was covered by on the day of the call."""
    speaker = writer.speaker
    cover = writer.say(
        N_("{covered}; {charged} (as on {day})"),
        covered=covered(report.cover, speaker),
        charged=charged(report.cover, speaker),
        day=report.reported_at.astimezone(writer.zone).date().isoformat(),
    )
    return Block(
        section=Section.DEVICE,
        rows=(
            writer.row(N_("Name of the device"), report.device_name),
            writer.row(N_("Kind of device"), speaker.device_kind(report.kind)),
            writer.row(N_("Model"), report.model),
            writer.row(N_("Serial number"), report.serial),
            writer.row(N_("Maker"), report.maker),
            writer.row(N_("Asset number"), report.asset_number),
            writer.row(N_("Made on"), writer.day(report.made_on)),
            writer.row(N_("Installed on"), writer.day(report.installed_on)),
            writer.row(N_("UDI"), report.udi, wide=True),
            writer.row(N_("Warranty"), cover, wide=True),
        ),
    )


def customer(report: ServiceReport, writer: Writer) -> Block:
    """Return whose device it was."""
    return Block(
        section=Section.CUSTOMER,
        rows=(
            writer.row(N_("Hospital"), report.customer),
            writer.row(N_("Department"), report.department),
            writer.row(N_("Contact"), report.reported_by),
            writer.row(N_("Phone"), report.phone),
        ),
    )


def call(report: ServiceReport, writer: Writer) -> Block:
    """Return who reported the fault, when and how, and who answered."""
    return Block(
        section=Section.CALL,
        rows=(
            writer.row(N_("Reported at"), writer.time(report.reported_at)),
            writer.row(N_("Reported by"), report.reported_by),
            writer.row(N_("Reported how"), writer.label(report.reported_how)),
            writer.row(N_("Call taken by"), report.taken_by),
            writer.row(N_("Answered at"), writer.time(report.answered_at)),
            writer.row(N_("Answered by"), report.answered_by),
        ),
    )


def fault(report: ServiceReport, writer: Writer) -> Block:
    """Return what the customer saw, and what it came from."""
    return Block(
        section=Section.FAULT,
        rows=(
            writer.row(N_("Fault as reported"), report.fault, wide=True),
            writer.row(N_("Severity"), writer.label(report.severity)),
            writer.row(N_("Cause"), writer.label(report.cause)),
            *_repeat(report, writer),
            writer.row(N_("What was found"), report.found, wide=True),
            writer.row(N_("What was tried"), report.tried, wide=True),
        ),
    )


def _repeat(report: ServiceReport, writer: Writer) -> tuple[Row, ...]:
    if not report.repeats:
        return ()
    words = writer.say(N_("the same cause as in {number}"), number=report.repeats)
    return (writer.row(N_("Repeat fault"), words),)
