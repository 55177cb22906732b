"""Giving a ticket to engineers: who is suggested, and why."""

from collections.abc import Iterator
from typing import ClassVar
from uuid import uuid4

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.forms import ASSIGN, MARKING
from dispatch_tui.console.panes.roster import DOING
from dispatch_tui.console.screens.dialog import BACK
from dispatch_tui.console.screens.on_ticket import OnTicket
from dispatch_tui.console.screens.slow_save import SlowSave
from dispatch_tui.console.widgets.cells import Cell, Row
from dispatch_tui.console.widgets.columns import Column
from dispatch_tui.console.widgets.field import Still
from dispatch_tui.console.widgets.table import KeyedTable
from dispatch_tui.console.widgets.wrapping import Span, line
from dispatch_tui.desk.roster import roster_of
from dispatch_tui.desk.views import Done, Group, Member, TicketFile
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import Conflict, DispatchError
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.roster import Doing
from dispatch_tui.domain.suggestion import Suggestion
from dispatch_tui.words.speaker import Speaker

ROLES = {
    Doing.FREE: "",
    Doing.PLANNED: "watch",
    Doing.UNDER_WAY: "near",
    Doing.ON_SITE: "near",
}
LOOK_SECONDS = 1.0
"""How often it is shown anew what people do; only what differs is drawn."""

EXPLAINED = 20
"""From so many lines on it is said at length what speaks for somebody."""

_RANK = {doing: rank for rank, doing in enumerate(Doing)}


class People(KeyedTable, inherit_bindings=True):
    """The engineers; space marks, and the screen knows what is marked."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(MARKING)

    def clicked(self, cell: int | None) -> None:
        """Mark by a click into the brackets."""
        if cell == 0:
            self.app.simulate_key("space")

    def clicked_twice(self) -> None:
        """Mark; whoever is marked is assigned by the key below only."""
        self.app.simulate_key("space")


class AssignScreen(OnTicket[Done | None]):
    """Marks one or more engineers, one of whom leads; closes when they are assigned."""

    WHOLE = True
    AUTO_FOCUS = "#people"
    PLACE = ASSIGN
    DEFAULT_CSS = """
    AssignScreen {
        & #about { height: 1; margin: 0 0 1 2; }
        & #people { height: 10; margin: 0 1; background: $surface; }
        & #why { height: 6; margin: 0 2; }
        &.-whole #people { height: 1fr; }
    }
    """

    def __init__(self, file: TicketFile) -> None:
        super().__init__()
        self.form = f"act:{file.case.number}:assign"
        self._file = file
        self._key = uuid4().hex
        self._marked: list[str] = []
        self._lead = ""
        self._saving = False
        self._save_of = SlowSave(self)
        self._suggestions: dict[str, Suggestion] = {}
        self._suggested = ""
        self._shortfall: tuple[Message, ...] = ()

    @property
    def number(self) -> str:
        """The ticket that is given to somebody."""
        return self._file.case.number

    @property
    def doing(self) -> str:
        """What is done with it."""
        return "assign"

    def compose_body(self) -> ComposeResult:
        """Make the list."""
        yield Still(id="about")
        say = self.app.speaker.translate
        yield People(
            (
                Column("mark", "", 4, priority=9),
                Column("name", say(N_("Name")), 12, min_width=8, grow=1, priority=9),
                Column("group", say(N_("Group")), 11, priority=6),
                Column("doing", say(N_("Doing")), 9, priority=8),
                Column("ticket", say(N_("Ticket")), 13, priority=5),
                Column("leave", say(N_("Leave by")), 11, priority=3),
                Column("score", say(N_("Score")), 5, align="right", priority=6),
                Column("why", say(N_("Why")), 20, min_width=8, grow=3, priority=7),
            ),
            empty=say(N_("Nobody is on the roster yet.")),
            id="people",
        )
        yield Still(id="why")

    def on_mount(self) -> None:
        """Show who there is, then who is suggested."""
        self.draw_words()
        self.set_interval(LOOK_SECONDS, self._draw_rows)
        self._rank()

    def draw_words(self) -> None:
        """Draw all that is said."""
        case = self._file.case
        about = "  ".join(one for one in (case.short_name, case.city, case.device_name) if one)
        said = Span(f"  {case.ticket.fault}")
        self.sheet("#about", [line(Span(about or case.ticket.caller, "strong"), said, wrap=False)])
        self.head(self.say(N_("Assign {number}"), number=case.number))
        self._draw()
        self._draw_why()

    def on_resize(self) -> None:
        """Leave what little room there is to the people."""
        super().on_resize()
        self.query_one("#why").display = self.size.height >= EXPLAINED

    # Who there is

    @property
    def _groups(self) -> list[Group]:
        live = self.app.live
        tickets = (case.ticket for case in live.cases.values())
        roster = roster_of(live.staff, live.rules, tickets, self.app.now())
        return sorted(roster.groups, key=lambda group: not group.on_duty)

    def _rows(self) -> Iterator[Row]:
        found = [(group, member) for group in self._groups for member in group.members]
        for group, member in sorted(found, key=self._place):
            yield Row(member.person.login, tuple(self._cells(group, member)))

    def _place(self, one: tuple[Group, Member]) -> tuple[int, bool, int]:
        """Where somebody stands: as suggested; before that, who serves and who is free."""
        group, member = one
        ranked = list(self._suggestions)
        login = member.person.login
        place = ranked.index(login) if login in ranked else len(ranked)
        return place, not group.on_duty, _RANK[member.job.doing]

    def _cells(self, group: Group, member: Member) -> Iterator[Cell]:
        person, job, speaker = member.person, member.job, self.app.speaker
        mark, role = self._mark_of(person.login)
        yield Cell(mark, role)
        yield Cell(person.name, "strong" if role or group.on_duty else "")
        yield Cell(group_word(group, speaker), "accent" if group.on_duty else "muted")
        yield Cell(speaker.translate(DOING[job.doing]), ROLES[job.doing])
        others = f" +{job.tickets - 1}" if job.tickets > 1 else ""
        yield Cell(f"{job.number}{others}")
        found = self._suggestions.get(person.login)
        if found is None:
            yield from (Cell(""), Cell(""), Cell(""))
            return
        now = self.app.now()
        leave = speaker.time(found.leave_by, now) if found.leave_by is not None else ""
        yield Cell(leave, "near" if found.late else "muted")
        yield Cell("-" if found.obstacles else f"{found.score:.0f}")
        yield Cell(self._why(found), "near" if found.obstacles else "muted")

    def _why(self, one: Suggestion) -> str:
        words = (*one.obstacles, *one.reasons)
        return self.app.speaker.listed(self.say(sentence) for sentence in words)

    def _mark_of(self, login: str) -> tuple[str, str]:
        ticket, marked = self._file.case.ticket, self.app.speaker.glyphs.marked
        if login == self._lead_now:
            return "[L]" if login in self._marked else "(L)", "strong"
        if login in self._marked:
            return f"[{marked}]", "strong"
        return (f"({marked})", "muted") if ticket.assignment(login) else ("[ ]", "")

    @property
    def _lead_now(self) -> str:
        """Who will lead: as was said, or as before, or the first who is marked."""
        return self._lead or self._file.case.ticket.lead or next(iter(self._marked), "")

    # Marking

    @property
    def _here(self) -> str:
        return self.query_one(People).cursor_key or ""

    def action_mark(self) -> None:
        """Mark the engineer under the cursor, or take the mark away."""
        login = self._here
        if login in self._marked:
            self._marked.remove(login)
            if self._lead == login:
                self._lead = ""
        elif login:
            self._marked.append(login)
        self._draw()

    def action_lead(self) -> None:
        """Let the engineer under the cursor lead."""
        if login := self._here:
            if login not in self._marked:
                self._marked.append(login)
            self._lead = login
            self._draw()

    @work(exclusive=True, group="rank")
    async def _rank(self) -> None:
        """Learn who is suggested, and begin with the first of them."""
        try:
            found = await self.app.desk.suggestions(self._file.case.number)
        except DispatchError as error:
            self.tell(self.say(error.message))
            return
        if not self.standing:
            return
        self._suggestions = {one.person.login: one for one in found.ranked}
        self._suggested = found.first.person.login if found.first is not None else ""
        self._shortfall = found.shortfall
        self._draw()
        if not self._marked and self._suggested:
            self.query_one(People).move_to(self._suggested)
        self._draw_why()

    @on(People.Highlighted)
    def _moved(self) -> None:
        self._draw_why()

    def _draw_why(self) -> None:
        """Say all that speaks for and against the one under the cursor, and what is lacking."""
        found = self._suggestions.get(self._here)
        lines = [line(Span(self.say(one), "near")) for one in self._shortfall[:2]]
        if found is not None:
            name = self.app.speaker.name(found.person.login)
            parts = "  ".join(
                f"{self.app.speaker.label(part.name)} {part.points:.0f}/{part.weight:.0f}"
                for part in found.parts
            )
            spans = [Span(f"{name}: ", "strong"), Span(self._why(found))]
            if found.leave_by is not None:
                leave = self.say(N_("leave by {at}"), at=found.leave_by)
                spans.append(Span(f"  {leave}", "near" if found.late else "strong"))
            lines.append(line(*spans))
            lines.append(line(Span(parts, "muted")))
        self.sheet("#why", lines)

    def _draw_rows(self) -> None:
        self.query_one(People).show(list(self._rows()))

    def _draw(self) -> None:
        self._draw_rows()
        names = self.app.speaker.people(self._marked)
        lead = self.app.speaker.name(self._lead_now)
        if self._marked:
            sentence = N_("Enter assigns: {names}. Lead: {lead}.")
            self.tell(self.say(sentence, names=names, lead=lead), "accent")
        else:
            self.tell("")
        self.keys(
            [
                self.hint("assign-suggested", most=2),
                ("Space", N_("mark")),
                self.hint("assign-lead", most=2),
                ("Enter", N_("assign")),
                BACK,
            ]
        )

    # Assigning

    @on(People.Selected)
    def _selected(self, event: People.Selected) -> None:
        event.stop()
        if self._marked:
            self.action_assign()
        else:
            self._marked.append(event.key)
            self._draw()
            name = self.app.speaker.name(event.key)
            self.tell(self.say(N_("Enter again assigns {name}."), name=name), "accent")

    def action_back(self) -> None:
        """Go back; an assignment that takes long goes on being saved."""
        if self._saving:
            self._save_of.go_back(super().action_back)
        else:
            super().action_back()

    def action_suggested(self) -> None:
        """Assign the one who is suggested, and nobody else."""
        if not self._suggested:
            self.tell(self.say(N_("Nobody can be suggested: mark whom you choose.")))
            return
        self._marked, self._lead = [self._suggested], ""
        self.action_assign()

    def action_assign(self) -> None:
        """Assign whoever is marked."""
        if not self._marked:
            self.tell(self.say(N_("Mark at least one with space.")))
        elif not self._saving:
            self._saving = True
            self.app.run_worker(self._assign(), group="save")

    async def _assign(self) -> None:
        case, desk = self._file.case, self.app.desk
        found = self._suggestions.get(self._marked[0])
        why = self._why(found) if found is not None else ""
        command = c.Assign(engineers=tuple(self._marked), lead=self._lead, why=why)
        try:
            with self._save_of.under_way():
                done = await self.app.write(
                    lambda: desk.act(
                        case.number, command, key=self._key, version=case.ticket.version
                    )
                )
        except DispatchError as error:
            self._saving = False
            if not self.standing:
                self._save_of.tell_not_saved(error)
                return
            self.tell(self.say(error.message))
            if isinstance(error, Conflict):
                await self._look_again(error)
            return
        if self.standing:
            self.dismiss(done)
        else:
            self._save_of.tell_saved(done)

    async def _look_again(self, error: Conflict) -> None:
        try:
            self._file = await self.app.desk.ticket(self._file.case.number)
        except DispatchError as trouble:
            self.tell(self.say(trouble.message))
            return
        if not self.standing:
            return
        self._draw()
        then = self._file.obstacles["assign"] or N_("Your marks are still here: Enter assigns too.")
        self.tell(f"{self.say(error.message)} {self.say(then)}")


def group_word(group: Group, speaker: Speaker) -> str:
    """Return the name of a group and whether it is on duty."""
    if not group.name:
        return ""
    return speaker.say(N_("{group} on duty") if group.on_duty else N_("{group}"), group=group.name)
