"""The queue as a list in the console: ordered, counted and filtered without asking anybody."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from dispatch_tui.desk.views import WAITING, Case, View, by_time_left, waits_for
from dispatch_tui.domain.clocks import Level
from dispatch_tui.domain.terms import plain
from dispatch_tui.domain.text import fold_width, search_key
from dispatch_tui.words.speaker import Speaker

APART = "|"
"""Stands between what a case can be filtered by; it was cleaned on its way into the database."""

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Listed:
    """A case with what its list needs to know about it, worked out once."""

    case: Case
    order: tuple[bool, datetime, str]
    near_at: datetime = NEVER
    breached_at: datetime = NEVER
    waits: frozenset[View] = frozenset()
    words: str = field(default="")

    @classmethod
    def of(cls, case: Case) -> "Listed":
        """Work out when the case comes near its limits."""
        running = [one for one in case.clocks if one.running]
        return cls(
            case=case,
            order=by_time_left(case),
            near_at=min((one.crosses(Level.NEAR) for one in running), default=NEVER),
            breached_at=min((one.due_at for one in running), default=NEVER),
            waits=frozenset(view for view in WAITING if waits_for(view, case.ticket)),
        )


class Queue:
    """Open cases, least time left first."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._listed: dict[str, Listed] = {}
        self._order: list[Listed] = []

    def load(self, cases: Mapping[str, Case]) -> None:
        """Take over every open case."""
        self._listed = {number: Listed.of(case) for number, case in cases.items()}
        self._sort()

    def change(self, numbers: Iterable[str], cases: Mapping[str, Case]) -> None:
        """Take over the cases that changed; one that is no longer among them is gone."""
        for number in numbers:
            if number in cases:
                self._listed[number] = Listed.of(cases[number])
            else:
                self._listed.pop(number, None)
        self._sort()

    def shown(self, view: View, said: str, login: str, now: datetime) -> list[Case]:
        """Return the cases of a view that hold every word of a filter."""
        found = (one for one in self._order if _in_view(one, view, login, now))
        return matching(found, said, self._speaker)

    def counts(self, login: str, now: datetime) -> dict[View, int]:
        """Return how many cases each view of open cases has; near ones are not yet breached."""
        breached = sum(one.breached_at <= now for one in self._order)
        return {
            View.OPEN: len(self._order),
            View.NEAR: sum(one.near_at <= now < one.breached_at for one in self._order),
            View.BREACHED: breached,
            View.MINE: sum(_is_mine(one.case, login) for one in self._order),
            **{view: sum(view in one.waits for one in self._order) for view in WAITING},
        }

    def _sort(self) -> None:
        self._order = sorted(self._listed.values(), key=lambda one: one.order)


MOST_OF_THE_PAST = 500
"""Closed cases that are kept in memory; older ones are found by searching."""


class Past:
    """Closed cases, the newest number first, as far back as they were asked for and have room."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._listed: dict[str, Listed] = {}
        self.asked = False
        self.complete = False

    @property
    def oldest(self) -> str:
        """The number down to which all are here, "" before the first were asked for."""
        return min(self._listed, default="")

    @property
    def full(self) -> bool:
        """Whether there is no room for older ones."""
        return len(self._listed) >= MOST_OF_THE_PAST

    def add(self, cases: Iterable[Case]) -> None:
        """Take over older ones; none means that there are no more."""
        found = {case.number: Listed.of(case) for case in cases}
        self.complete = not found
        self._listed.update(found)

    def change(self, numbers: Iterable[str], over: Mapping[str, Case]) -> None:
        """Take over what was closed as far back as is known; what is no longer closed leaves."""
        oldest = self.oldest
        for number in numbers:
            if number not in over:
                self._listed.pop(number, None)
            elif self.asked and (self.complete or (oldest and number >= oldest)):
                self._listed[number] = Listed.of(over[number])
        for number in sorted(self._listed)[:-MOST_OF_THE_PAST]:
            del self._listed[number]
            self.complete = False

    def shown(self, said: str) -> list[Case]:
        """Return those that hold every word of a filter."""
        newest_first = sorted(self._listed.values(), key=lambda one: one.case.number, reverse=True)
        return matching(newest_first, said, self._speaker)


def matching(listed: Iterable[Listed], said: str, speaker: Speaker) -> list[Case]:
    """Return the cases that hold every word of a filter, as it stands or by letters and digits."""
    words = [(search_key(word), plain(word)) for word in said.split()]
    return [one.case for one in listed if not words or _has(_words_of(one, speaker), words)]


def _has(text: str, words: Iterable[tuple[str, str]]) -> bool:
    return all(word in text or (bare and bare in text) for word, bare in words)


def _words_of(listed: Listed, speaker: Speaker) -> str:
    if not listed.words:
        listed.words = words_of(listed.case, speaker)
    return listed.words


def words_of(case: Case, speaker: Speaker) -> str:
    """Return all that a case can be filtered by, folded."""
    ticket = case.ticket
    people = (word for one in ticket.engineers for word in (one.login, speaker.name(one.login)))
    texts = (
        ticket.number,
        case.customer_name,
        case.short_name,
        case.city,
        case.device_name,
        case.model,
        case.serial,
        ticket.fault,
        ticket.contact,
        ticket.phone,
        ticket.department,
        *case.initials.split(),
        *people,
    )
    folded = "".join(fold_width(APART.join(texts)).casefold().split())
    return APART.join((folded, *(plain(one) for one in texts)))


def _in_view(listed: Listed, view: View, login: str, now: datetime) -> bool:
    match view:
        case View.NEAR:
            return listed.near_at <= now < listed.breached_at
        case View.BREACHED:
            return listed.breached_at <= now
        case View.MINE:
            return _is_mine(listed.case, login)
        case view if view in WAITING:
            return view in listed.waits
        case _:
            return True


def _is_mine(case: Case, login: str) -> bool:
    return case.ticket.assignment(login) is not None or case.ticket.logged_by == login
