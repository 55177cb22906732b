"""One run of the command line: what it was asked for, and in which words it answers."""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

import click
import msgspec

from dispatch_tui.cli.waiting import Bar
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.text import clean_line
from dispatch_tui.preferences import read_preferences
from dispatch_tui.settings import DEFAULT_ZONE, Settings, default_database, settings_file
from dispatch_tui.words.catalog import language_of
from dispatch_tui.words.columns import cut
from dispatch_tui.words.speaker import Speaker

if TYPE_CHECKING:
    from dispatch_tui.desk.desk import Desk
    from dispatch_tui.storage.place import Place

T = TypeVar("T")

LONGEST_VALUE = 400
"""Cells of one value, a path among them, that a sentence repeats."""

_LONGEST_LOGIN = 200

SSH = ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY")
"""Variables that say that the terminal is at the other end of a line."""


class Run:
    """The settings of a run, and its speaker: the company's zone and names come with the desk.

    `problems` are what is wrong with the file of settings, a sentence for each of its lines.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        read = read_preferences(settings_file())
        self.problems = read.problems
        named = environment.get("DISPATCH_DATABASE")
        self._unknown = None if named else read.database_unknown
        preferences = read.preferences
        self.settings = Settings(
            database=named or preferences.database or str(default_database()),
            language=preferences.language or language_of(environment),
            preferences=preferences,
            remote=any(environment.get(name) for name in SSH),
        )
        self.speaker = Speaker(self.settings.language, ZoneInfo(DEFAULT_ZONE))

    def ask(self, *, database: str = "", login: str = "", language: str = "") -> None:
        """Take what the command line says over what the environment says."""
        if database:
            self._unknown = None
        self.settings = msgspec.structs.replace(
            self.settings,
            database=database or self.settings.database,
            login=clean_line(login[:_LONGEST_LOGIN]) or self.settings.login,
            language=language or self.settings.language,
            said={"language": language} if language else self.settings.said,
        )
        if language:
            self.speaker = Speaker(language, self.speaker.zone, self.speaker.names)

    def say(self, message: Message | str, **values: object) -> str:
        """Return a sentence in the reader's words, as one clean line."""
        return clean_line(self.speaker.say(message, self.now(), **values))

    def tell(self, message: Message | str, **values: object) -> None:
        """Say a sentence to the person, aside from the results on stdout."""
        if isinstance(message, str):
            message = Message(message, values)
        click.echo(self.say(_brief(message)), err=True)

    def now(self) -> datetime:
        """The time now, aware UTC."""
        return datetime.now(UTC)

    def at_desk(self, work: Callable[["Desk"], Awaitable[T]]) -> T:
        """Run `work` at the desk of whoever is signed in, and return its result.

        Raises `NoStaff` where there is no database yet: only what fills one makes it.
        """

        import asyncio  # takes longer to load than all that help and sshd's question need

        async def seated() -> T:
            async with self._desk() as desk:
                return await work(desk)

        return asyncio.run(seated())

    def bringing_forward(self) -> Bar:
        """What shows how far it is to bring the database of an earlier version to this one."""
        return Bar(self.say(N_("Bringing the database to this version")))

    def place(self) -> "Place":
        """Return where the database is.

        Raises `DatabaseUnusable` where the file of settings is in doubt: another database than the
        one that is meant would answer for it, and be written to.
        """
        from dispatch_tui.storage.place import place_of

        if self._unknown is not None:
            raise DatabaseUnusable(
                N_("It is not known which database is meant: {why}"), why=self._unknown
            )
        return place_of(self.settings.database)

    def check_database(self) -> None:
        """Raise `NoStaff` where there is no database: looking for something makes none."""
        from dispatch_tui import bootstrap
        from dispatch_tui.storage.place import is_there

        path = self.place().path
        if path is not None and not is_there(path):
            raise bootstrap.NoStaff(
                N_(
                    "There is no database {path} yet. Look around with: dispatch-tui demo; bring "
                    "your own data with: dispatch-tui import FOLDER; or start empty with: "
                    "dispatch-tui init."
                ),
                path=str(path),
            )

    @asynccontextmanager
    async def _desk(self) -> AsyncIterator["Desk"]:
        from dispatch_tui import bootstrap  # loads SQLAlchemy, which help and usage do without

        self.check_database()
        async with bootstrap.desk(self.settings, self.bringing_forward()) as desk:
            names = {one.login: one.name for one in (await desk.staff()).values()}
            self.speaker = Speaker(self.settings.language, desk.zone, names)
            yield desk


def _brief(message: Message) -> Message:
    """The sentence without more of what somebody typed than is needed to know it again."""
    return Message(message.template, {name: _cut(one) for name, one in message.values.items()})


def _cut(value: object) -> object:
    if isinstance(value, Message):
        return _brief(value)
    return cut(value, LONGEST_VALUE) if type(value) is str else value


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
