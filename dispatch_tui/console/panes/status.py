"""The lines at the edges: where everything stands, what rang, what the keys do."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from rich.cells import cell_len

from dispatch_tui.console.keys.action import Action
from dispatch_tui.console.keys.keymap import Keymap
from dispatch_tui.console.panes import roster as roster_pane
from dispatch_tui.console.troubles import Trouble
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.desk.views import WAITING, Case, Roster, View
from dispatch_tui.domain.alarms import ADVERSE, EMERGENCY, Alarm
from dispatch_tui.domain.clocks import ClockKind, Level
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Staff
from dispatch_tui.words.speaker import Speaker

SCAN_LATE = timedelta(seconds=60)
"""A watcher silent for longer than this is said aloud: a silent one is the worst fault."""

VIEW_WORDS = {
    View.OPEN: N_("Open"),
    View.NEAR: N_("Near"),
    View.BREACHED: N_("Breached"),
    View.MINE: N_("Mine"),
    View.CALL_BACKS: N_("Call-backs"),
    View.AWAY: N_("Away"),
    View.COMPLAINTS: N_("Complaints"),
    View.CONSENT: N_("Consent"),
    View.OVER: N_("Closed"),
}


def status(
    count: Mapping[View, int],
    roster: Roster | None,
    me: Staff | None,
    trouble: Trouble | None,
    scanned_at: datetime | None,
    speaker: Speaker,
    now: datetime,
    *,
    narrow: bool = False,
) -> Paragraph:
    """Return the line at the top; a narrow one leaves out what one knows of oneself."""
    if me is None:
        opening = speaker.translate(N_("Opening the database ..."))
        if trouble is not None:
            waiting = N_("{opening} for {age}")
            opening = speaker.say(waiting, opening=opening, age=_age(now - trouble.since, speaker))
        return line(Span(opening), wrap=False)
    near, breached = count[View.NEAR], count[View.BREACHED]
    spans = [
        Span(speaker.say(N_("{count} open"), count=count[View.OPEN]), "strong"),
        Span("  "),
        Span(
            speaker.say(
                N_("{sign} {count} near"), sign=speaker.glyphs.level(Level.NEAR), count=near
            ),
            "near" if near else "muted",
        ),
        Span("  "),
        Span(
            speaker.say(
                N_("{sign} {count} breached"),
                sign=speaker.glyphs.level(Level.BREACHED),
                count=breached,
            ),
            "breached" if breached else "muted",
        ),
        Span("   "),
        Span(roster_pane.duty(roster, speaker, now)),
    ]
    who = me.name if narrow else f"{me.name}  {speaker.label(me.role)}"
    end = Span(f"{who}  {speaker.time(now, now)}", "muted")
    if trouble is not None:
        template = N_("nothing saved for {age}") if trouble.saving else N_("data {age} old")
        since = speaker.say(template, age=_age(now - trouble.since, speaker))
        spans = [Span(f" {since} ", "emergency"), Span("  "), *spans]
    elif scanned_at is not None and now - scanned_at > SCAN_LATE:
        late = speaker.say(N_("watch silent for {age}"), age=_age(now - scanned_at, speaker))
        spans = [Span(f" {late} ", "emergency"), Span("  "), *spans]
    return Paragraph(tuple(spans), end=end, wrap=False)


def views(
    current: View, count: Mapping[View, int], waiting: int, speaker: Speaker, width: int
) -> Paragraph:
    """Return the line of views over the queue.

    Where it is narrow, empty ones are left out, then those that are farthest from the current one;
    signs at the ends tell that there are more.
    """
    news = speaker.say(N_("{count} new"), count=waiting) if waiting else ""
    texts = {view: _view(view, current, count, speaker) for view in VIEW_WORDS}
    room = width - 2 - (cell_len(news) + 1 if news else 0)
    order = list(VIEW_WORDS)
    glyphs = speaker.glyphs
    ends = ((f"{glyphs.before} ", View.OPEN), (f"{glyphs.after} ", View.OVER))
    empty = [view for view in (*reversed(WAITING), View.MINE) if not count.get(view, 0)]
    far = sorted(order, key=lambda view: -abs(order.index(view) - order.index(current)))
    for view in (*empty, *far):
        more = sum(cell_len(sign) for sign, end in ends if end not in texts)
        wide = sum(cell_len(one) + 1 for one in texts.values()) + more > room
        if wide and view is not current:
            texts.pop(view, None)
    before, after = ([Span(sign, "muted")] if end not in texts else [] for sign, end in ends)
    spans: list[Span] = before
    for view, text in texts.items():
        role = "heading" if view is current else "muted"
        spans += [Span(text, role, f"show_view({view.value!r})"), Span(" ")]
    spans += after
    if news:
        spans.append(Span(news, "near"))
    return Paragraph(tuple(spans), wrap=False)


def _view(view: View, current: View, count: Mapping[View, int], speaker: Speaker) -> str:
    number = f" {count[view]}" if view in count else ""
    text = f"{speaker.translate(VIEW_WORDS[view])}{number}"
    return f"[{text}]" if view is current else f" {text} "


def alarm(
    alarms: tuple[Alarm, ...], cases: dict[str, Case], keys: Sequence[str], speaker: Speaker
) -> Paragraph:
    """Return the line that stays until what rang was seen, with the keys that show it."""
    flag = alarms[-1].flag
    case = cases.get(flag.ticket)
    name = case.short_name if case else ""
    if flag.level == EMERGENCY:
        what = speaker.translate(N_("new emergency"))
    elif flag.level == ADVERSE:
        what = speaker.translate(N_("suspected adverse event"))
    else:
        what = speaker.say(
            N_("{clock} {level}"),
            clock=ClockKind(flag.clock),
            level=Level(flag.level),
        )
    text = speaker.say(N_("{number} {name}: {what}"), number=flag.ticket, name=name, what=what)
    more = speaker.say(N_("and {count} more"), count=len(alarms) - 1) if len(alarms) > 1 else ""
    hint = speaker.say(N_("{keys} shows it"), keys=speaker.either(keys[:2]))
    return Paragraph(
        (
            Span(f" {text} ", "emergency", "alarm"),
            Span(f" {more}  " if more else "  "),
            Span(hint, "muted", "alarm"),
        ),
        wrap=False,
    )


def trouble(one: Trouble, speaker: Speaker, now: datetime) -> Paragraph:
    """Return the line that stays for as long as something does not work."""
    if one.error is None:
        return line()
    what = speaker.say(one.error.message, now)
    words = speaker.say(N_("Since {at}: {what}"), now, at=one.since, what=what)
    return line(Span(words, "near"))


def footer(
    actions: Iterable[Action], keymap: Keymap, me: Staff | None, speaker: Speaker, width: int
) -> Paragraph:
    """Return the line of keys, as wide apart as fits; what the role never does is dim."""
    shown = [one for one in actions if one.footer]
    words = [f" {speaker.translate(one.label)}" for one in shown]
    signs = [keymap.signs(one)[0] for one in shown]
    used = sum(len(sign) + cell_len(word) for sign, word in zip(signs, words, strict=True))
    gap = max(1, min(3, (width - used) // max(1, len(shown) - 1)))
    spans: list[Span] = []
    for action, sign, word in zip(shown, signs, words, strict=True):
        dim = me is not None and not action.open_to(me.role)
        spans.append(Span(sign, "muted" if dim else "heading", action.id))
        spans.append(Span(word, "muted" if dim else "", action.id))
        spans.append(Span(" " * gap, "muted" if dim else ""))
    return Paragraph(tuple(spans), wrap=False)


def _age(length: timedelta, speaker: Speaker) -> str:
    seconds = int(length.total_seconds())
    return (
        speaker.say(N_("{seconds} s"), seconds=seconds) if seconds < 120 else speaker.span(length)
    )


def tabs(panes: Mapping[str, str], current: str, speaker: Speaker) -> Paragraph:
    """Return the line of panes where one is shown at a time."""
    spans: list[Span] = []
    for place, (name, template) in enumerate(panes.items(), start=1):
        word = f"{place} {speaker.translate(template)}"
        text = f"[{word}]" if name == current else f" {word} "
        role = "heading" if name == current else "muted"
        spans += [Span(text, role, f"pane({name!r})"), Span(" ")]
    return Paragraph(tuple(spans), wrap=False)
