"""What can be said of whatever has the keys: a pane, or a field and what it takes."""

from collections.abc import Iterator
from typing import NamedTuple

from textual.widget import Widget

from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.console.widgets.inputs import TextInput
from dispatch_tui.console.widgets.marks import Marks
from dispatch_tui.domain.message import N_, Message, say
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import LIMITS, Field, FieldKind, Spec


class Part(NamedTuple):
    """What is said under a heading, which is in the reader's words already."""

    title: str
    sentences: tuple[Message, ...]


PANES = {
    "queue": N_(
        "The queue: open tickets, the least time left first. The line above it names its views; "
        "signs and words tell how near a limit is."
    ),
    "ticket": N_(
        "The selected ticket: its clocks in words, what must happen next and by when, its timeline."
    ),
    "roster": N_("The roster: who is on duty, in which group, and what everybody does now."),
    "device": N_("The past of the device of the selected ticket; Enter opens its file."),
}

PAST = N_(
    "A time as one says it: 20 min ago, half an hour ago, 08:15, yesterday 17:00, 3-11 08:15; "
    "nothing means now. Beside it stands how it is understood."
)
AHEAD = N_(
    "A time to come, as one says it: in 2 h, 15:30, tomorrow 09:00. Beside it stands how it is "
    "understood."
)
KINDS = {
    FieldKind.LINE: N_("One line, at most {most} characters."),
    FieldKind.TEXT: N_("Some lines, at most {most} characters; alt+Enter begins a new one."),
    FieldKind.DAY: N_("A day, written like 2026-01-31."),
    FieldKind.SCORE: N_("A number from 1 to 5, 5 the best: arrows choose, or the digit."),
    FieldKind.ENGINEERS: N_("Some of those on the ticket: arrows move, Space marks."),
    FieldKind.ENGINEER: N_("One of those on the ticket: arrows choose, or a first letter."),
    FieldKind.PERSON: N_("Somebody of the staff: type, then pick one from the list."),
    FieldKind.CUSTOMER: N_(
        "A customer on file: name, former name, initials, pinyin, phone; then pick from the list."
    ),
    FieldKind.DEVICE: N_(
        "A device on file: serial or its tail, asset number, model; then pick from the list."
    ),
    FieldKind.TICKET: N_("Another ticket: its number or its words; then pick from the list."),
    FieldKind.AWAY: N_("One of the things that were taken away: arrows choose."),
    FieldKind.LOAN: N_("One of the things that were lent: arrows choose."),
    FieldKind.CHECK: N_("A test of the checklist, picked from the list, or one in your own words."),
    FieldKind.CHOICE: N_("One of a few: arrows choose, or a first letter; of many type and pick."),
}


CALLER = N_(
    "Who calls: name, former name, initials, pinyin, phone or its tail, serial or its tail. "
    "Pick from the list; who is not on file is picked there, too."
)


def pane(name: str) -> Message:
    """Return what a pane of the main screen shows."""
    return say(PANES[name])


def when(*, ahead: bool = False) -> Message:
    """Return how a time is typed."""
    return say(AHEAD if ahead else PAST)


def control(widget: Widget) -> Message:
    """Return what can be typed into a control, whatever it is for."""
    if isinstance(widget, Marks):
        kind = FieldKind.ENGINEERS
    elif isinstance(widget, Choice):
        kind = FieldKind.CHOICE
    else:
        kind = FieldKind.TEXT if isinstance(widget, TextInput) else FieldKind.LINE
    return say(KINDS[kind], most=LIMITS.get(kind, 0))


def field(asked: Field) -> Iterator[Message]:
    """Yield what a field of a command takes, and whether it may stay empty."""
    if asked.kind is FieldKind.TIME:
        yield when(ahead=asked.ahead)
    else:
        yield say(KINDS[asked.kind], most=LIMITS.get(asked.kind, 0))
    yield need(asked.required)


def need(required: bool) -> Message:
    """Return whether a field may stay empty."""
    return say(N_("It is needed.") if required else N_("It may stay empty."))


def command(spec: Spec) -> Iterator[Message]:
    """Yield what a command does and who may give it."""
    yield say(spec.help)
    yield say(N_("Who may: {roles}."), roles=_in_order(spec.roles))
    if spec.own_roles:
        yield say(N_("On tickets of their own also: {roles}."), roles=_in_order(spec.own_roles))


def _in_order(roles: frozenset[Role]) -> tuple[Role, ...]:
    return tuple(one for one in Role if one in roles)
