"""Section of a report: what the device can be used for, complaints, adverse events."""

from dispatch_tui.domain.facts import Adverse, CallBack
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ServiceReport
from dispatch_tui.domain.sections import Section
from dispatch_tui.reports.page import Block
from dispatch_tui.reports.writer import Writer


def outcome(report: ServiceReport, writer: Writer) -> Block:
    """Return the state after service, who confirmed it, advice, and what may follow."""
    service = report.service
    return Block(
        section=Section.OUTCOME,
        rows=(
            writer.row(
                N_("Device after service"), writer.label(service.state_after if service else None)
            ),
            writer.row(N_("Confirmed by"), service.confirmed_by if service else ""),
            writer.row(N_("Advice"), service.advice if service else "", wide=True),
            writer.row(N_("Complaint"), _complaint(report, writer), wide=True),
            writer.row(N_("Adverse event"), _adverse(report.adverse, writer), wide=True),
        ),
    )


def _complaint(report: ServiceReport, writer: Writer) -> str:
    """Whether the customer complained, and why or why not."""
    if report.complaints:
        return "\n".join(
            writer.say(N_("yes, followed as {number}: {why}"), number=one.number, why=one.why)
            for one in report.complaints
        )
    if report.call_back is not None:
        return _called_back(report.call_back, writer)
    return writer.say(N_("no: the customer made none, and has not been called back yet"))


def _called_back(call: CallBack, writer: Writer) -> str:
    sentence = writer.say(
        N_("no: asked by {by} {at}, the customer made none; works as it should: {result}"),
        by=call.by,
        at=writer.time(call.at),
        result=writer.label(call.result),
    )
    scores = (call.attitude, call.skill, call.speed)
    if None not in scores:
        attitude, skill, speed = scores
        said = N_("attitude {attitude}, skill {skill}, speed {speed} of 5")
        told = writer.say(said, attitude=attitude, skill=skill, speed=speed)
        sentence = writer.say(N_("{sentence}; {told}"), sentence=sentence, told=told)
    return f"{sentence}\n{call.words}"


def _adverse(adverse: Adverse | None, writer: Writer) -> str:
    if adverse is None:
        return writer.say(N_("none suspected"))
    lines = [
        writer.say(
            N_("{harm}, learnt {at}: {what}"),
            harm=writer.label(adverse.harm),
            at=writer.time(adverse.at),
            what=adverse.what,
        )
    ]
    if adverse.several:
        lines.append(writer.say(N_("several patients were hit")))
    for template, at, words in (
        (N_("authority told by phone {at}: {words}"), adverse.phoned_at, adverse.phoned_to),
        (N_("authority told in writing {at}: {words}"), adverse.reported_at, adverse.reported_to),
        (N_("found to be unfounded {at}: {words}"), adverse.cleared_at, adverse.why_cleared),
    ):
        if at is not None:
            lines.append(writer.say(template, at=writer.time(at), words=words))
    return "\n".join(lines)
