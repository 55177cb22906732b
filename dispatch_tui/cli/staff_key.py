"""`staff key`: the keys by which people are known over SSH."""

import sys
from datetime import datetime

import click

from dispatch_tui.cli.frame import Branch, Command, Entry
from dispatch_tui.cli.output import json_option, print_json, print_rows, rfc3339
from dispatch_tui.cli.records import plain
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.ssh_keys import MOST_BYTES, StaffKey

_ENTRIES = tuple(
    Entry(name, __name__, words, called)
    for name, words, called in (
        ("list", N_("List the keys of everybody."), "show"),
        ("add", N_("Let somebody be known by a key."), "add"),
        ("remove", N_("Let nobody be known by a key any more."), "remove"),
    )
)

STDIN = "-"

command = Branch("key", _ENTRIES, help=N_("The keys by which people are known over SSH."))


@click.command("list", cls=Command, help=N_("List the keys of everybody."))
@json_option()
@click.pass_obj
def show(run: Run, as_json: bool) -> None:
    """List the keys."""

    async def work(desk: Desk) -> tuple[list[StaffKey], datetime]:
        return await desk.staff_keys(), desk.clock()

    found, now = run.at_desk(work)
    if as_json:
        print_json([_document(one) for one in found])
        return
    print_rows(
        (one.login, one.fingerprint, one.kind, one.comment, run.speaker.time(one.added_at, now))
        for one in found
    )


@click.command(
    "add",
    cls=Command,
    help=N_("Let somebody be known by the key in FILE (what ssh-keygen calls the .pub file)."),
)
@click.argument("who", metavar="LOGIN")
@click.argument("file", metavar="FILE|-")
@json_option()
@click.pass_obj
def add(run: Run, who: str, file: str, as_json: bool) -> None:
    """Let somebody be known by a key."""
    text = _text(file)
    _print(run.at_desk(lambda desk: desk.add_staff_key(who, text)), as_json=as_json)


@click.command("remove", cls=Command, help=N_("Let nobody be known by a key any more."))
@click.argument("fingerprint", metavar="FINGERPRINT")
@json_option()
@click.pass_obj
def remove(run: Run, fingerprint: str, as_json: bool) -> None:
    """Let nobody be known by a key any more."""
    _print(run.at_desk(lambda desk: desk.remove_staff_key(fingerprint)), as_json=as_json)


def _text(file: str) -> str:
    """The text of a file or of stdin, of one that is too long somewhat more than can be a key."""
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with open(file, "rb") as opened:
                content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise InvalidInput(
            N_("{path} cannot be read: {cause}."), path=file, cause=error.strerror
        ) from error
    return content.decode(errors="replace")


def _print(key: StaffKey, *, as_json: bool) -> None:
    if as_json:
        print_json(_document(key))
    else:
        print_rows([(key.login, key.fingerprint, key.kind, key.comment)])


def _document(key: StaffKey) -> dict[str, object]:
    return {**plain(key), "added_at": rfc3339(key.added_at)}
