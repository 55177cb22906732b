"""`override`: leave, stand-ins, additions and swaps on the roster."""

from datetime import datetime

import click

from dispatch_tui.cli import documents
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.cli.values import time_ahead
from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import overriding
from dispatch_tui.domain.duty import Override, OverrideKind
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line

LIST, SWAP, WITHDRAW = "list", "swap", "withdraw"
ACTIONS = (LIST, *OverrideKind, SWAP, WITHDRAW)


@click.command(
    "override",
    cls=Command,
    help=N_(
        "Change the roster of one person for a time: add, remove (leave), replace (with --by), "
        "swap (with --by and the times back), withdraw ID; list shows what is there."
    ),
)
@click.argument("action", required=False, metavar="[ACTION]", default=LIST)
@click.argument("who", required=False, metavar="[LOGIN|ID]", default="")
@click.option("--from", "since", metavar="TIME", help=N_("From when on."))
@click.option("--to", "until", metavar="TIME", help=N_("Until when, not included."))
@click.option("--by", metavar="LOGIN", default="", help=N_("Who stands in."))
@click.option(
    "--back-from", "back_since", metavar="TIME", help=N_("Of a swap: from when on in return.")
)
@click.option(
    "--back-to", "back_until", metavar="TIME", help=N_("Of a swap: until when in return.")
)
@click.option("--reason", metavar="TEXT", default="", help=N_("Why."))
@json_option()
@click.pass_obj
def command(run: Run, /, action: str, who: str, *, as_json: bool, **said: str | None) -> None:
    """Change the roster, or list what was changed."""
    if action not in ACTIONS:
        raise InvalidInput(
            N_("There is no action {name}; there are: {names}."),
            name=clean_line(action[:80]),
            names=tuple(str(one) for one in ACTIONS),
        )

    async def work(desk: Desk) -> tuple[list[Override], datetime]:
        if action == WITHDRAW:
            await desk.withdraw_override(clean_line(who))
        elif action != LIST:
            await desk.override(*_wanted(desk, action, clean_line(who), said))
        return await desk.overrides(), desk.clock()

    found, now = run.at_desk(work)
    if as_json:
        print_json([documents.override(one) for one in found])
        return
    print_rows(_row(run, one, now) for one in found)


def _wanted(desk: Desk, action: str, who: str, said: dict[str, str | None]) -> tuple[Override, ...]:
    def time(name: str, option: str) -> datetime:
        if not (words := said[name]):
            raise InvalidInput(N_("{option} is missing: it needs a time."), option=option)
        at = time_ahead(words, desk, option)
        assert at is not None
        return at

    by = clean_line(said["by"] or "")
    reason = clean_line(said["reason"] or "")
    times = time("since", "--from"), time("until", "--to")
    if action == SWAP:
        back = time("back_since", "--back-from"), time("back_until", "--back-to")
        return overriding.swap(who, by, times, back, reason=reason)
    return (overriding.override(OverrideKind(action), who, *times, by=by, reason=reason),)


def _row(run: Run, one: Override, now: datetime) -> tuple[str, ...]:
    return (
        one.id,
        run.speaker.label(one.kind),
        run.speaker.name(one.login),
        run.speaker.name(one.by) if one.by else "",
        run.speaker.time(one.since, now),
        run.speaker.time(one.until, now),
        one.reason,
    )
