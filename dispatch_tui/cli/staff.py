"""`staff`: who works here, and by which keys they are known."""

from typing import Any

import click

from dispatch_tui.cli.frame import Branch, Command, Entry
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.records import plain
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff

_ENTRIES = tuple(
    Entry(name, module, words, called)
    for name, module, words, called in (
        ("list", __name__, N_("List everybody."), "show"),
        ("add", __name__, N_("Put somebody on the list."), "add"),
        ("disable", __name__, N_("Let somebody in no more, from this moment on."), "disable"),
        ("enable", __name__, N_("Let somebody in again."), "enable"),
        ("key", "dispatch_tui.cli.staff_key", N_("The keys by which people are known."), "command"),
    )
)

command = Branch(
    "staff", _ENTRIES, help=N_("Say who works here, and by which keys they are known over SSH.")
)


@click.command("list", cls=Command, help=N_("List everybody: login, name, role, group, station."))
@json_option()
@click.pass_obj
def show(run: Run, as_json: bool) -> None:
    """List everybody."""

    async def work(desk: Desk) -> list[Staff]:
        return list((await desk.staff()).values())

    found = run.at_desk(work)
    if as_json:
        print_json([plain(one) for one in found])
        return
    away = run.speaker.translate(N_("disabled"))
    print_rows(
        (
            one.login,
            one.name,
            run.speaker.label(one.role),
            one.group,
            one.station,
            one.phone,
            "" if one.active else away,
        )
        for one in found
    )


@click.command("add", cls=Command, help=N_("Put somebody on the list; a key is given after that."))
@click.argument("who", metavar="LOGIN")
@click.option("--name", metavar="NAME", required=True, help=N_("How they are called."))
@click.option(
    "--role",
    type=click.Choice([str(one) for one in Role]),
    required=True,
    help=N_("What they may do; docs/roles.md has all of it."),
)
@click.option("--group", metavar="NAME", help=N_("An engineer's rotation group."))
@click.option("--station", metavar="CODE", help=N_("Where they work."))
@click.option("--phone", metavar="NUMBER", help=N_("Where they are reached."))
@click.option("--title", metavar="TEXT", help=N_("What stands on their card."))
@click.option("--language", metavar="LANG", help=N_("The language that they like to read."))
@json_option()
@click.pass_obj
def add(run: Run, /, who: str, as_json: bool, **said: str | None) -> None:
    """Put somebody on the list."""
    texts = {name: text for name, text in said.items() if text is not None}

    async def work(desk: Desk) -> Staff:
        return await desk.add_person({"login": who, **texts})

    _tell(run, run.at_desk(work), as_json=as_json)


@click.command("disable", cls=Command, help=N_("Let somebody in no more, from this moment on."))
@click.argument("who", metavar="LOGIN")
@json_option()
@click.pass_obj
def disable(run: Run, who: str, as_json: bool) -> None:
    """Let somebody in no more."""
    _tell(run, run.at_desk(lambda desk: desk.set_active(who, is_active=False)), as_json=as_json)


@click.command("enable", cls=Command, help=N_("Let somebody in again."))
@click.argument("who", metavar="LOGIN")
@json_option()
@click.pass_obj
def enable(run: Run, who: str, as_json: bool) -> None:
    """Let somebody in again."""
    _tell(run, run.at_desk(lambda desk: desk.set_active(who, is_active=True)), as_json=as_json)


def _tell(run: Run, person: Staff, *, as_json: bool) -> None:
    if as_json:
        print_json(plain(person))
        return
    template = N_("{name} ({login}), {role}, is let in.")
    if not person.active:
        template = N_("{name} ({login}), {role}, is let in no more.")
    values: dict[str, Any] = {"name": person.name, "login": person.login, "role": person.role}
    click.echo(run.say(template, **values))
