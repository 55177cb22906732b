"""The roster of two weeks as a calendar, in which the manager enters leave and stand-ins."""

from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec
from textual import on, work
from textual.app import ComposeResult

from dispatch_tui.console.keys.registry import named
from dispatch_tui.console.keys.roster import CALENDAR
from dispatch_tui.console.panes import calendar
from dispatch_tui.console.panes.calendar import DAYS, LEGEND, Day
from dispatch_tui.console.screens.days import Calendar
from dispatch_tui.console.screens.dialog import BACK, Dialog
from dispatch_tui.console.screens.slow_save import SlowSave
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.wrapping import Paragraph, Span, line
from dispatch_tui.domain.duty import Override, OverrideKind, Rules
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.overriding import ROSTER_ROLES, override
from dispatch_tui.domain.people import FIELD_ROLES, Staff
from dispatch_tui.domain.roster_quality import Flaw

GROUP = "group"
"""The key of the first line: which group has the day."""
LOOK_SECONDS = 1.0
KINDS = {
    OverrideKind.REMOVE: N_("Leave of {person}: {since} to {until}"),
    OverrideKind.ADD: N_("{person} on duty as well: {since} to {until}"),
    OverrideKind.REPLACE: N_("{by} stands in for {person}: {since} to {until}"),
}


class CalendarScreen(Dialog[None]):
    """Two weeks of both groups; what is being entered is drawn in before it is saved."""

    PLACE = CALENDAR
    WHOLE = True
    AUTO_FOCUS = "#calendar"
    DEFAULT_CSS = """
    CalendarScreen {
        & #calendar { height: 12; background: $surface; }
        &.-whole #calendar { height: 1fr; }
        & #day { height: 6; margin: 0 2; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._weeks = 0
        self._place = 0
        self._draft: Override | None = None
        self._first: Override | None = None
        self._flaws: list[Flaw] = []
        self._saving = False
        self._withdrawing = ""
        self._seen: Rules | None = None

    def compose_body(self) -> ComposeResult:
        """Make the calendar and what is said of its day."""
        yield Calendar((), empty=self.say(N_("no rotation plan")), id="calendar")
        yield Still(id="day")

    def on_mount(self) -> None:
        """Show the two weeks from today on."""
        self._draw()
        if people := self._people:
            self.query_one(Calendar).move_to(people[0].login)
        self._look()
        self.set_interval(LOOK_SECONDS, self._follow)

    def draw_words(self) -> None:
        """Draw all that is said."""
        self._draw()

    # What is shown

    @property
    def _rules(self) -> Rules | None:
        rules = self.app.live.rules
        if rules is None or self._draft is None:
            return rules
        return msgspec.structs.replace(rules, overrides=(*rules.overrides, *self._drafts))

    @property
    def _drafts(self) -> list[Override]:
        """What is being entered: of a swap the first half and the one in return."""
        return [one for one in (self._first, self._draft) if one is not None]

    @property
    def _people(self) -> list[Staff]:
        sent = [p for p in self.app.live.staff.values() if p.active and p.role in FIELD_ROLES]
        return sorted(sent, key=lambda one: (not one.group, one.group))

    def _days(self, rules: Rules) -> list[Day]:
        today = self.app.now().astimezone(ZoneInfo(rules.plan.zone)).date()
        return calendar.days(rules, today + self._weeks * timedelta(days=DAYS))

    @property
    def _here(self) -> str:
        key = self.query_one(Calendar).cursor_key or ""
        return "" if key == GROUP else key

    def _rows(self, rules: Rules) -> Iterator[Row]:
        days = self._days(rules)
        roster = calendar.shown(rules, days)
        groups = [calendar.group(day, roster) or "-" for day in days]
        said = self.say(N_("Group"))
        yield Row(GROUP, (Cell(said, "muted"), Cell(""), *(Cell(f" {one}") for one in groups)))
        here = self.query_one(Calendar).cursor_key
        for person in self._people:
            cells = [Cell(person.name), Cell(person.group, "muted")]
            for place, day in enumerate(days):
                sign = calendar.mark(rules, person.login, day, roster)
                chosen = person.login == here and place == self._place
                text = f"[{sign}]" if chosen else f" {sign} "
                cells.append(Cell(text, calendar.role(sign)))
            yield Row(person.login, tuple(cells))

    def _draw_rows(self) -> None:
        if (rules := self._rules) is not None:
            self.query_one(Calendar).show(list(self._rows(rules)))

    def _draw(self) -> None:
        rules = self._rules
        if rules is None:
            return
        days = self._days(rules)
        first, last = f"{days[0].day:%m-%d}", f"{days[-1].day:%m-%d}"
        self.head(self.say(N_("Roster")), self.say(N_("{first} to {last}"), first=first, last=last))
        self.query_one(Calendar).show_columns(
            (
                Column("name", self.say(N_("Name")), 8, priority=9),
                Column("group", "", 2, priority=5),
                *(Column(f"{day.day}", f" {day.day:%d}", 3, priority=8) for day in days),
            )
        )
        self._draw_rows()
        self.sheet("#day", list(self._words(rules, days[self._place])))
        self.keys(self._keys())

    def _words(self, rules: Rules, day: Day) -> Iterator[Paragraph]:
        """What is so on the day under the cursor, the signs, and the next thing to mend."""
        speaker, now = self.app.speaker, self.app.now()
        for span in calendar.shown(rules, [day]):
            names = speaker.people(span.staff) or self.say(N_("nobody"))
            times = f"{speaker.time(span.since, now)} - {speaker.time(span.until, now)}"
            yield line(Span(f"{times}  ", "muted"), Span(f"{span.group} ", "accent"), Span(names))
        for one in calendar.touching(rules, self._here, day):
            if one not in self._drafts:
                yield line(Span(f"{self._sentence(one)}  {one.reason}", "near"))
        signs = "   ".join(f"{sign} {self.say(word)}" for sign, word in LEGEND)
        yield line(Span(signs, "muted"))
        for flaw in self._flaws[:2]:
            yield line(
                Span(f"{speaker.glyphs.attention} {self.say(flaw.sentence)}", "near"), wrap=False
            )

    def _sentence(self, one: Override) -> str:
        person, by = self.app.speaker.name(one.login), self.app.speaker.name(one.by)
        return self.say(KINDS[one.kind], person=person, by=by, since=one.since, until=one.until)

    def _keys(self) -> list[tuple[str, str]]:
        if self._first is not None:
            return [("Left/Right", N_("day in return")), ("Enter", N_("save")), BACK]
        if self._draft is not None:
            other = []
            if self._draft.by:
                other = [self.hint("calendar-who", most=2), self.hint("calendar-swap", most=2)]
            return [("Left/Right", N_("until")), *other, ("Enter", N_("save")), BACK]
        return [
            *(self.hint(f"calendar-{one}", most=2) for one in ("leave", "stand-in", "on-duty")),
            *(self.hint("calendar-withdraw", most=2), ("PgDn", N_("later")), BACK),
        ]

    def _follow(self) -> None:
        """Draw what somebody else changed, and what is wrong now."""
        if self.app.live.rules is not self._seen:
            self._seen = self.app.live.rules
            self._draw()
            self._look()

    @work(exclusive=True, group="flaws")
    async def _look(self) -> None:
        try:
            self._flaws = await self.app.desk.roster_flaws()
        except DispatchError as error:
            self.tell(self.say(error.message))
        if self.standing:
            self._draw()

    # Moving

    @on(Calendar.Highlighted)
    def _moved(self) -> None:
        if self._drafts and self._drafts[0].login != self._here:
            self._drop()
        self._withdrawing = ""
        self._draw()

    @on(Calendar.DayClicked)
    def _day_clicked(self, event: Calendar.DayClicked) -> None:
        event.stop()
        self.action_day(event.place - self._place)

    def action_day(self, step: int) -> None:
        """Go to another day; of what is being entered, move the end."""
        rules = self._rules
        if rules is None:
            return
        self._forget_withdrawing()
        self._place = max(0, min(DAYS - 1, self._place + step))
        days = self._days(rules)
        day = days[self._place]
        if self._first is not None:
            self._in_return(self._first, day)
        elif (draft := self._draft) is not None:
            least = min(one.until for one in days if one.since >= draft.since)
            until = max(day.until, least)
            self._enter(msgspec.structs.replace(draft, until=until))
        self._draw()

    def action_weeks(self, turn: int) -> None:
        """Show the two weeks after these, or before."""
        self._drop()
        self._forget_withdrawing()
        self._weeks += turn
        self._draw()

    # Entering

    def action_begin(self, kind: str) -> None:
        """Begin a change for the person and the day under the cursor."""
        me, rules = self.app.desk.me, self.app.live.rules
        self._forget_withdrawing()
        if me.role not in ROSTER_ROLES:
            roles = self.app.speaker.listed(
                self.app.speaker.label(one) for one in sorted(ROSTER_ROLES)
            )
            self.tell(self.say(N_("Only these change the roster: {roles}."), roles=roles))
        elif not self._here or rules is None:
            self.tell(self.say(N_("Choose a person first.")))
        else:
            day = self._days(rules)[self._place]
            others = [one.login for one in self._people if one.login != self._here]
            wanted = OverrideKind(kind)
            by = next(iter(others), "") if wanted is OverrideKind.REPLACE else ""
            self._enter(override(wanted, self._here, day.since, day.until, by=by))

    def action_other(self) -> None:
        """Let the next person stand in."""
        if self._draft is not None and self._draft.by:
            others = [one.login for one in self._people if one.login != self._draft.login]
            place = others.index(self._draft.by)
            by = others[(place + 1) % len(others)]
            self._enter(msgspec.structs.replace(self._draft, by=by))

    def action_swap(self) -> None:
        """Let the one who is stood in for give it back on another day."""
        rules, draft = self.app.live.rules, self._draft
        if rules is not None and draft is not None and draft.by and self._first is None:
            self._first = draft
            self._in_return(draft, self._days(rules)[self._place])

    def _in_return(self, first: Override, day: Day) -> None:
        self._enter(override(first.kind, first.by, day.since, day.until, by=first.login))

    def _enter(self, draft: Override) -> None:
        facts = (draft.kind, draft.login, draft.since, draft.until)
        self._draft = override(*facts, by=draft.by)
        self._draw()
        words = "; ".join(self._sentence(one) for one in self._drafts)
        self.tell(f"{words}?", "accent")

    def _forget_withdrawing(self) -> None:
        if self._withdrawing:
            self._withdrawing = ""
            self.tell("")

    def _drop(self) -> None:
        self._draft = self._first = None
        self.tell("")

    def action_back(self) -> None:
        """Drop what is being entered or withdrawn; else go back."""
        if self._saving:
            return
        if self._withdrawing:
            self._forget_withdrawing()
        elif self._draft is not None:
            self._drop()
            self._draw()
        else:
            super().action_back()

    @on(Calendar.Selected)
    def _chosen(self, event: Calendar.Selected) -> None:
        event.stop()
        if self._draft is not None:
            self._save()

    def action_withdraw(self) -> None:
        """Ask whether what was changed on this day is taken back."""
        rules = self.app.live.rules
        if rules is None:
            return
        found = calendar.touching(rules, self._here, self._days(rules)[self._place])
        if not found:
            self.tell(self.say(N_("Nothing was changed for this person on this day.")))
            return
        ids = [one.id for one in found]
        place = (ids.index(self._withdrawing) + 1) % len(ids) if self._withdrawing in ids else 0
        self._drop()
        self._withdrawing = ids[place]
        keys = ", ".join(self.app.keymap.signs(named()["calendar-withdraw-now"]))
        sentence = N_("{keys} withdraws: {what}. Esc leaves it.")
        self.tell(self.say(sentence, keys=keys, what=self._sentence(found[place])), "near")
        self._draw()

    def action_withdraw_now(self) -> None:
        """Take back what was asked about."""
        if self._withdrawing:
            self._save(withdraw=self._withdrawing)

    @work(group="save")
    async def _save(self, *, withdraw: str = "") -> None:
        if self._saving:
            return
        self._saving, desk, drafts = True, self.app.desk, self._drafts
        try:
            with SlowSave(self).under_way():
                if withdraw:
                    await self.app.write(lambda: desk.withdraw_override(withdraw))
                elif drafts:
                    await self.app.write(lambda: desk.override(*drafts))
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        finally:
            self._saving = False
        self._withdrawing = ""
        self._drop()
        self.tell(self.say(N_("Saved.")), "good")
        self._draw()
        self._look()
