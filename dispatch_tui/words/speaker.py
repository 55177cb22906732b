"""Says the domain's values to one reader: in their language, time zone and names of people."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from dispatch_tui.domain.checklists import NAMES
from dispatch_tui.domain.clocks import Clock, ClockKind, Outcome
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import Field
from dispatch_tui.words.catalog import translations
from dispatch_tui.words.glyphs import ASCII, Glyphs
from dispatch_tui.words.labels import (
    FIELD_LABELS,
    FILE_LABELS,
    choice_label,
    device_kind,
    label_of,
)

WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
PEOPLE = frozenset({"lead", "people", "person"})
"""Values of messages under these names are logins, said as names."""

_RUNNING = {
    ClockKind.RESPONSE: N_("answer by {due}, {left}"),
    ClockKind.ON_SITE: N_("on site by {due}, {left}"),
    ClockKind.REPAIR: N_("repaired by {due}, {left}"),
    ClockKind.CALL_BACK: N_("call back by {due}, {left}"),
    ClockKind.ADVERSE_PHONE: N_("adverse event told by phone by {due}, {left}"),
    ClockKind.ADVERSE_REPORT: N_("adverse event reported by {due}, {left}"),
}
_ENDED = {
    (ClockKind.RESPONSE, Outcome.MET): N_("answered {stopped}, {spare} before the limit"),
    (ClockKind.RESPONSE, Outcome.MISSED): N_("answered {stopped}, {spare} after the limit"),
    (ClockKind.ON_SITE, Outcome.MET): N_("on site {stopped}, {spare} before the limit"),
    (ClockKind.ON_SITE, Outcome.MISSED): N_("on site {stopped}, {spare} after the limit"),
    (ClockKind.REPAIR, Outcome.MET): N_("repaired {stopped}, {spare} before the limit"),
    (ClockKind.REPAIR, Outcome.MISSED): N_("repaired {stopped}, {spare} after the limit"),
    (ClockKind.REPAIR, Outcome.MET_EXTENDED): N_(
        "repaired {stopped}, after consented extension, {spare} before its end"
    ),
    (ClockKind.REPAIR, Outcome.SETTLED): N_(
        "way forward agreed {stopped}, {spare} before the limit"
    ),
    (ClockKind.CALL_BACK, Outcome.MET): N_("called back {stopped}, {spare} before the limit"),
    (ClockKind.CALL_BACK, Outcome.MISSED): N_("called back {stopped}, {spare} after the limit"),
    (ClockKind.CALL_BACK, Outcome.VOID): N_("call-back: void since {stopped}"),
    (ClockKind.ADVERSE_PHONE, Outcome.MET): N_(
        "adverse event told by phone {stopped}, {spare} before the limit"
    ),
    (ClockKind.ADVERSE_PHONE, Outcome.MISSED): N_(
        "adverse event told by phone {stopped}, {spare} after the limit"
    ),
    (ClockKind.ADVERSE_PHONE, Outcome.VOID): N_("adverse event by phone: void since {stopped}"),
    (ClockKind.ADVERSE_REPORT, Outcome.MET): N_(
        "adverse event reported {stopped}, {spare} before the limit"
    ),
    (ClockKind.ADVERSE_REPORT, Outcome.MISSED): N_(
        "adverse event reported {stopped}, {spare} after the limit"
    ),
    (ClockKind.ADVERSE_REPORT, Outcome.VOID): N_("adverse event report: void since {stopped}"),
    (ClockKind.RESPONSE, Outcome.VOID): N_("answer: void since {stopped}"),
    (ClockKind.ON_SITE, Outcome.VOID): N_("visit: void since {stopped}"),
    (ClockKind.REPAIR, Outcome.VOID): N_("repair: void since {stopped}"),
}
LIST = N_(", ")
_ORIGINALLY = N_("{sentence} (first limit {original})")


class Speaker:
    """The one way from values to words; `names` turns logins into names of people.

    `glyphs` are the signs that stand beside the words.
    """

    def __init__(self, language: str, zone: tzinfo, names: Mapping[str, str] | None = None) -> None:
        self.zone = zone
        self.names: Mapping[str, str] = names or {}
        self.glyphs: Glyphs = ASCII
        self.speak(language)

    def speak(self, language: str) -> None:
        """Speak another language from now on."""
        self.language = language
        self.translate = translations(language).gettext
        self.plural = translations(language).ngettext

    def say(self, message: Message | str, now: datetime | None = None, **values: Any) -> str:
        """Return a marked template or a message as a sentence, with times as seen from `now`."""
        if isinstance(message, str):
            message = Message(message, values)
        said = {name: self._value(name, one, now) for name, one in message.values.items()}
        return self.translate(message.template).format(**said)

    def label(self, value: StrEnum) -> str:
        """Return the word for a fixed value of the domain."""
        return self.translate(label_of(value))

    def device_kind(self, kind: str) -> str:
        """Return the word for a kind of device."""
        return self.translate(device_kind(kind)) if kind else ""

    def check(self, item: str) -> str:
        """Return the word for a test of a checklist."""
        return self.translate(NAMES[item]) if item in NAMES else item

    def choice(self, field: Field, value: str) -> str:
        """Return the word for one of the values that a field can have."""
        return self.translate(choice_label(field, value))

    def entry(self, name: str, table: str = "") -> str:
        """Return the word for what stands in a file, in that of a table."""
        return self.translate(FILE_LABELS.get(f"{table}.{name}") or FILE_LABELS[name])

    def who(self, holder: str | Role) -> str:
        """Return the name of a person, or the word for a role."""
        return self.label(holder) if isinstance(holder, Role) else self.name(holder)

    def name(self, login: str) -> str:
        """Return the name of a person, the login where no name is known."""
        return self.names.get(login, login)

    def people(self, logins: tuple[str, ...] | list[str]) -> str:
        """Return the names of several people."""
        return self.listed(self.name(one) for one in logins)

    def listed(self, words: Any) -> str:
        """Join words as the language lists them."""
        return self.translate(LIST).join(words)

    def either(self, words: Sequence[str]) -> str:
        """Join two words of which either will do; one stands for itself."""
        if len(words) == 1:
            return words[0]
        return self.say(N_("{one} or {other}"), one=words[0], other=words[1])

    def time(self, at: datetime, now: datetime | None = None) -> str:
        """Return a time of day, with the weekday within six days of `now`, else with the date."""
        local = at.astimezone(self.zone)
        if now is None:
            return f"{local:%Y-%m-%d %H:%M}"
        today = now.astimezone(self.zone).date()
        if local.date() == today:
            return f"{local:%H:%M}"
        if abs((local.date() - today).days) < 7:
            return f"{self.translate(WEEKDAYS[local.weekday()])} {local:%H:%M}"
        if local.year == today.year:
            return f"{local:%m-%d %H:%M}"
        return f"{local:%Y-%m-%d %H:%M}"

    def span(self, length: timedelta) -> str:
        """Return a span in its two largest units, without its sign: "5 h 12 min"."""
        minutes = int(abs(length).total_seconds() // 60)
        if minutes < 60:
            return self.say(N_("{minutes} min"), minutes=minutes)
        if minutes < 72 * 60:
            hours, minutes = divmod(minutes, 60)
            return self.say(N_("{hours} h {minutes} min"), hours=hours, minutes=f"{minutes:02}")
        days, minutes = divmod(minutes, 24 * 60)
        return self.say(N_("{days} d {hours} h"), days=days, hours=minutes // 60)

    def short_span(self, length: timedelta) -> str:
        """Return a signed span for a column: "-0:12", "5:12", "3d 04"."""
        sign = "-" if length < timedelta() else ""
        minutes = int(abs(length).total_seconds() // 60)
        if minutes < 100 * 60:
            return f"{sign}{minutes // 60}:{minutes % 60:02}"
        return f"{sign}{minutes // 1440}d {minutes % 1440 // 60:02}"

    def left(self, due_at: datetime, now: datetime) -> str:
        """Return how much of a limit is left, or by how much it is over."""
        template = N_("{span} left") if now < due_at else N_("{span} over")
        return self.say(template, span=self.span(due_at - now))

    def clock(self, clock: Clock, now: datetime) -> str:
        """Return a clock in words: "on site by Tue 09:10, 5 h 12 min left"."""
        if clock.running or clock.stopped_at is None:
            sentence = self.say(
                _RUNNING[clock.kind],
                due=self.time(clock.due_at, now),
                left=self.left(clock.due_at, now),
            )
        else:
            sentence = self.say(
                _ENDED[clock.kind, clock.outcome],
                stopped=self.time(clock.stopped_at, now),
                spare=self.span(clock.due_at - clock.stopped_at),
            )
        if clock.original_due_at == clock.due_at:
            return sentence
        original = self.time(clock.original_due_at, now)
        return self.say(_ORIGINALLY, sentence=sentence, original=original)

    def _value(self, name: str, value: Any, now: datetime | None) -> Any:
        if isinstance(value, Message):
            return self.say(value, now)
        if isinstance(value, datetime):
            return self.time(value, now)
        if isinstance(value, tuple):
            return self.listed(str(self._value(name, one, now)) for one in value)
        if name in PEOPLE and isinstance(value, str):
            return self.name(value)
        if name == "device_kind":
            return self.device_kind(value)
        if name == "item" and value:
            return self.check(value)
        if name == "field" and value in FIELD_LABELS:
            return self.translate(FIELD_LABELS[value])
        if name in ("entry", "field") and value in FILE_LABELS:
            return self.entry(value)
        if isinstance(value, StrEnum):
            return self.label(value)
        return value
