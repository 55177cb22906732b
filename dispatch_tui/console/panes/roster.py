"""The roster: two rotation groups, who is on duty, and what everybody is doing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.cells import cell_len

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Group, Member, Roster
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.roster import Doing
from dispatch_tui.words.labels import label_of
from dispatch_tui.words.speaker import Speaker

NAME_CELLS = 7
PHONES = 56
"""Cells from which on there is room for phone numbers."""

SOON = timedelta(minutes=60)
"""From when on before a hand-over it is said who comes."""

DOING = {doing: label_of(doing) for doing in Doing}
_ROLES = {
    Doing.FREE: "good",
    Doing.PLANNED: "watch",
    Doing.UNDER_WAY: "near",
    Doing.ON_SITE: "strong",
}


def paragraphs(
    roster: Roster | None, speaker: Speaker, now: datetime, width: int = 0
) -> Iterator[Paragraph]:
    """Yield the pane of a roster; with phone numbers where so many cells have room for them."""
    if roster is None or not roster.groups:
        yield line(Span(speaker.translate(N_("Nobody is on the roster yet.")), "muted"))
        return
    for group in roster.groups:
        yield _heading(group, roster, speaker, now)
        for member in group.members:
            yield _member(member, speaker, now, phone=width >= PHONES)
            if note := _duty_note(member, group, speaker, now):
                yield line(Span(f"  {note}", "near" if member.off else "accent"))


def duty(roster: Roster | None, speaker: Speaker, now: datetime) -> str:
    """Return who is on duty until when, in words."""
    if roster is None or roster.duty is None:
        return speaker.translate(N_("no rotation plan"))
    duty = roster.duty
    if roster.then and roster.then != duty.group and duty.until - now <= SOON:
        left = speaker.span(duty.until - now)
        return speaker.say(
            N_("group {group}; in {left} group {then}"),
            group=duty.group or "-",
            left=left,
            then=roster.then,
        )
    if not duty.group:
        return speaker.say(N_("holiday roster until {until}"), now, until=duty.until)
    return speaker.say(N_("group {group} until {until}"), now, group=duty.group, until=duty.until)


def _heading(group: Group, roster: Roster, speaker: Speaker, now: datetime) -> Paragraph:
    if not group.name:
        return line(Span(speaker.translate(N_("In no group")), "muted"))
    name = speaker.say(N_("Group {group}"), group=group.name)
    if group.on_duty and roster.duty is not None:
        until = speaker.say(N_("on duty until {until}"), now, until=roster.duty.until)
        return line(Span(f"{name}  {until}", "heading"))
    standby = speaker.translate(N_("stands by"))
    return line(Span(f"{name}  {standby}", "muted"))


def _duty_note(member: Member, group: Group, speaker: Speaker, now: datetime) -> str:
    """What is said of a member alone: leave, somebody in their place, on duty as well."""
    if off := member.off:
        if off.by:
            return speaker.say(
                N_("{person} stands in until {until}"), now, person=off.by, until=off.until
            )
        return speaker.say(N_("on leave until {until}"), now, until=off.until)
    if member.on_duty and not group.on_duty:
        return speaker.translate(N_("on duty as well"))
    return ""


def _member(member: Member, speaker: Speaker, now: datetime, *, phone: bool) -> Paragraph:
    job = member.job
    words = {doing: speaker.translate(word) for doing, word in DOING.items()}
    room = max(cell_len(word) for word in words.values())
    spans = [
        Span(f"{fit(member.person.name, NAME_CELLS, cut=speaker.glyphs.cut)} "),
        Span(fit(words[job.doing], room), _ROLES[job.doing]),
    ]
    if job.number:
        spans.append(Span(f" {job.number}"))
    if job.tickets > 1:
        spans.append(Span(f" +{job.tickets - 1}", "muted"))
    if phone and member.person.phone:
        spans.append(Span(f"  {member.person.phone}", "muted"))
    since = Span(speaker.time(job.since, now), "muted") if job.since else None
    return Paragraph(tuple(spans), end=since, wrap=False)
