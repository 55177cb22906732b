"""The roster: two rotation groups, who is on duty, and what everybody is doing."""

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len

from dispatch_tui.console.widgets.cells import fit
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import Group, Member, Roster
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.roster import Doing
from dispatch_tui.words.labels import label_of
from dispatch_tui.words.speaker import Speaker

NAME_CELLS = 7

DOING = {doing: label_of(doing) for doing in Doing}
_ROLES = {
    Doing.FREE: "good",
    Doing.PLANNED: "watch",
    Doing.UNDER_WAY: "near",
    Doing.ON_SITE: "strong",
}


def paragraphs(roster: Roster | None, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    """Yield the pane of a roster."""
    if roster is None or not roster.groups:
        yield line(Span(speaker.translate(N_("Nobody is on the roster yet.")), "muted"))
        return
    for group in roster.groups:
        yield _heading(group, roster, speaker, now)
        for member in group.members:
            yield from _member(member, speaker, now)


def duty(roster: Roster | None, speaker: Speaker, now: datetime) -> str:
    """Return who is on duty until when, in words."""
    if roster is None or roster.duty is None:
        return speaker.translate(N_("no rotation plan"))
    return speaker.say(
        N_("group {group} until {until}"),
        now,
        group=roster.duty.group,
        until=roster.duty.until,
    )


def _heading(group: Group, roster: Roster, speaker: Speaker, now: datetime) -> Paragraph:
    if not group.name:
        return line(Span(speaker.translate(N_("In no group")), "muted"))
    name = speaker.say(N_("Group {group}"), group=group.name)
    if group.on_duty and roster.duty is not None:
        until = speaker.say(N_("on duty until {until}"), now, until=roster.duty.until)
        return line(Span(f"{name}  {until}", "heading"))
    standby = speaker.translate(N_("stands by"))
    return line(Span(f"{name}  {standby}", "muted"))


def _member(member: Member, speaker: Speaker, now: datetime) -> Iterator[Paragraph]:
    job = member.job
    words = {doing: speaker.translate(word) for doing, word in DOING.items()}
    room = max(cell_len(word) for word in words.values())
    spans = [
        Span(f"{fit(member.person.name, NAME_CELLS)} "),
        Span(fit(words[job.doing], room), _ROLES[job.doing]),
    ]
    if job.number:
        spans.append(Span(f" {job.number}"))
    if job.tickets > 1:
        spans.append(Span(f" +{job.tickets - 1}", "muted"))
    since = Span(speaker.time(job.since, now), "muted") if job.since else None
    yield Paragraph(tuple(spans), end=since, wrap=False)
