"""What is wrong with a command line, in one sentence of the reader's language."""

import click

from dispatch_tui.domain.message import N_, Message, say


def sentence(error: click.UsageError) -> Message:
    """Return what was wrong, and where help is."""
    path = error.ctx.command_path if error.ctx else "dispatch-tui"
    return say(N_("{what} See: {path} --help"), what=_what(error), path=path)


def _what(error: click.UsageError) -> Message | str:
    match error:
        case click.NoSuchOption(option_name=name):
            return say(N_("There is no option {name}."), name=name)
        case click.exceptions.NoSuchCommand(command_name=name):
            return say(N_("There is no command {name}."), name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            return say(N_("{name} is missing."), name=_name_of(param))
        case click.BadParameter(param=click.Parameter() as param):
            if isinstance(param.type, click.Choice):
                return say(
                    N_("{name} can be {choices}."),
                    name=_name_of(param),
                    choices=tuple(str(one) for one in param.type.choices),
                )
            if isinstance(param.type, click.Path):
                return say(N_("{name}: there is no such file or folder."), name=_name_of(param))
            return say(N_("{name} cannot be this."), name=_name_of(param))
        case _:
            return " ".join(error.format_message().split())


def _name_of(param: click.Parameter) -> str:
    return param.opts[0] if isinstance(param, click.Option) else param.make_metavar(_EMPTY)


_EMPTY = click.Context(click.Command(""))
