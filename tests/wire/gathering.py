"""Many consoles and writers on one database for some time, and what came of it."""

import time
from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

from crowd import NUMBER, Saved, Witness, Writer, cpu, memory, trouble_in, watched, witness
from program import MANAGER, OPERATOR, Program
from restless import Restless
from terminal import Terminal

SEEN_BY = 3
"""So many consoles are drawn, to know when they show what; of the others only bytes are kept."""


class Gathering:
    """So many people look, a third of them type, and writers save at a pace."""

    def __init__(self, program: Program, consoles: int) -> None:
        self._stack = ExitStack()
        self.program = program
        self.witnesses: list[Witness] = []
        self.others: list[Terminal] = []
        self.saved: list[Saved] = []
        self.seen: list[float] = []
        self.unseen = 0
        self.idle_cpu: list[float] = []
        self.busy_cpu: list[float] = []
        self.typed = 0
        for place in range(consoles):
            self._open(place)

    def __enter__(self) -> "Gathering":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    @property
    def consoles(self) -> list[Terminal]:
        """Everybody's console."""
        return [*self.witnesses, *self.others]

    @property
    def memory(self) -> list[tuple[int, int]]:
        """Resident and proportional kilobytes of each console."""
        return [memory(one.pid) for one in self.consoles]

    @property
    def troubles(self) -> list[str]:
        """What was said on any screen of a database that is locked, busy or late."""
        drawn = [text for one in self.witnesses for text in one.troubles]
        return drawn + [word for one in self.others for word in trouble_in(one.written)]

    def idle(self, seconds: float) -> None:
        """Let nobody do anything, and note what a console costs then, in parts of a processor."""
        self.idle_cpu = self._cost(lambda: time.sleep(seconds))

    def work(self, writers: int, seconds: float, pace: float) -> None:
        """Let writers save, each so many a second, while a third of the consoles is typed at."""
        with ExitStack() as stack:
            made = [
                stack.enter_context(
                    Writer(
                        self.program,
                        f"writer{place}",
                        cases=int(seconds * pace / 6) + 3,
                        hours=6,
                        pace=pace,
                    )
                )
                for place in range(writers)
            ]
            hands = [Restless(one, seed, pause=0.5) for seed, one in enumerate(self.others[::3])]

            def all_work() -> None:
                for writer in made:
                    writer.go()
                for writer in made:
                    writer.end(seconds * 4 + 60)

            self.busy_cpu = self._cost(all_work)
            for hand in hands:
                hand.stop()
            self.typed = sum(hand.pressed for hand in hands)
            self.saved = [one for writer in made for one in writer.saved]
        self._look()

    def _open(self, place: int) -> None:
        login = OPERATOR if place % 2 else MANAGER
        if place < SEEN_BY:
            self.witnesses.append(self._stack.enter_context(witness(self.program, login)))
            return
        command, surroundings = self.program.command(login), self.program.environment
        other = self._stack.enter_context(Terminal(command, environment=surroundings, drawn=False))
        self.others.append(other)
        other.until(lambda: NUMBER.search(other.output.decode(errors="replace")), 60, "the queue")

    def _cost(self, job: Callable[[], None]) -> list[float]:
        before, began = [cpu(one.pid) for one in self.consoles], time.monotonic()
        job()
        took = time.monotonic() - began
        after = [cpu(one.pid) for one in self.consoles]
        return [(late - early) / took for early, late in zip(before, after, strict=True)]

    def _look(self) -> None:
        """Note how long after it was saved each call was seen by those who only look."""
        calls: dict[str, Saved] = {}
        there = watched(self.program)
        for one in self.witnesses:  # what is below the last line is seen by nobody
            one.shows(*(number for number, is_open in there.items() if is_open))
        for one in sorted(self.saved, key=lambda one: one.began_at):
            if one.number in there:
                calls.setdefault(one.number, one)
        for one in self.witnesses:
            seen = [number for number in calls if number in one.seen_at]
            self.unseen += len(calls) - len(seen)
            late = (one.seen_at[number] - calls[number].acknowledged_at for number in seen)
            self.seen += [max(0.0, span) for span in late]
