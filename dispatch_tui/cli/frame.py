"""The frame of the command line: commands that load when they are called, help in two languages."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

import click
import msgspec

from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.words.catalog import LANGUAGES

HELP = N_("Show this message and exit.")


def common_options() -> list[click.Option]:
    """Return the options that hold for every command, before its name or after."""
    return [
        _common("--database", "database", "PATH|URL", N_("The database: a path, or a URL.")),
        _common("--as", "login", "LOGIN", N_("Who you are; else the login of this computer.")),
        _common(
            "--lang",
            "language",
            None,
            N_("The language of words for people."),
            type=click.Choice(LANGUAGES),
            is_eager=True,
        ),
    ]


def _common(flag: str, name: str, metavar: str | None, words: str, **more: Any) -> click.Option:
    def take(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value is not None:
            context.ensure_object(Run).ask(**{name: value})

    return click.Option(
        [flag, name], metavar=metavar, help=words, callback=take, expose_value=False, **more
    )


class Command(click.Command):
    """A command whose help is translated when it is shown, and that takes the common options."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.params = [*self.params, *common_options()]

    def format_help(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write usage, what the command does, and its options, in the reader's language."""
        formatter.write_usage(
            context.command_path,
            " ".join(self.collect_usage_pieces(context)),
            prefix=_translate(context, N_("Usage:")) + " ",
        )
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_translate(context, self.help or ""))
        rows = list(_option_rows(self, context))
        with formatter.section(_translate(context, N_("Options"))):
            formatter.write_dl(rows)
        self.format_further(context, formatter)

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what follows the options."""


class Entry(msgspec.Struct, frozen=True):
    """A command of the group: where it is, and what it does in a few words."""

    name: str
    module: str
    words: str
    called: str = "command"
    """Its name in the module."""


class Group(Command, click.Group):
    """A group that knows its commands by name and loads the one that is called."""

    def __init__(self, name: str, entries: Sequence[Entry], **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.entries = {entry.name: entry for entry in entries}

    def list_commands(self, context: click.Context) -> list[str]:
        """Return the names in their order."""
        return list(self.entries)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Load a command."""
        entry = self.entries.get(name)
        if entry is None:
            return None
        command = getattr(import_module(entry.module), entry.called)
        assert isinstance(command, click.Command)
        return command

    def format_further(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands."""
        with formatter.section(_translate(context, N_("Commands"))):
            formatter.write_dl(
                [(one.name, _translate(context, one.words)) for one in self.entries.values()]
            )


class Branch(Group):
    """A command that is nothing without one of its own commands."""

    def __init__(self, name: str, entries: Sequence[Entry], **attributes: Any) -> None:
        super().__init__(
            name, entries, callback=self._ask, invoke_without_command=True, **attributes
        )

    def _ask(self) -> None:
        if click.get_current_context().invoked_subcommand is None:
            raise InvalidInput(N_("Say what: {commands}."), commands=tuple(self.entries))


def _option_rows(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record is None or not isinstance(param, click.Option):
            continue
        words = HELP if param.is_eager and param.name == "help" else param.help or ""
        yield record[0], _translate(context, words)


def _translate(context: click.Context, words: str) -> str:
    return context.ensure_object(Run).speaker.translate(words) if words else ""
