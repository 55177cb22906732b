"""Questions to the database while somebody types: no letter waits for an answer."""

from collections.abc import Awaitable, Callable
from typing import Any, Generic, TypeVar

from textual.screen import Screen

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Asker(Generic[Question, Answer]):
    """Asks one question at a time, always the newest; an answer that is late is dropped."""

    def __init__(
        self,
        screen: Screen[Any],
        ask: Callable[[Question], Awaitable[Answer]],
        answered: Callable[[Question, Answer], None],
    ) -> None:
        self._screen = screen
        self._ask = ask
        self._answered = answered
        self._wanted: Question | None = None
        self._known: Question | None = None
        self._busy = False

    def knows(self, question: Question) -> bool:
        """Whether the last answer is the one to this question."""
        return self._known == question

    def ask(self, question: Question) -> None:
        """Ask as soon as the question before is answered."""
        self._wanted = question
        if not self._busy:
            self._busy = True
            self._screen.run_worker(self._run(), group="ask")

    def leave(self) -> None:
        """Want no answer any more."""
        self._wanted = None

    def forget(self) -> None:
        """Take the last answer for none, so that the same can be asked again."""
        self._known = None

    async def _run(self) -> None:
        try:
            while (question := self._wanted) is not None:
                answer = await self._ask(question)
                if self._wanted == question:
                    self._wanted, self._known = None, question
                    self._answered(question, answer)
        finally:
            self._busy = False
