"""What can be done with a ticket now, and what not and why."""

from collections.abc import Iterable, Iterator

import click

from dispatch_tui.cli.fields import shape
from dispatch_tui.cli.output import print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.desk.views import TicketFile
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.spec import Spec


def print_possible(run: Run, file: TicketFile, specs: Iterable[Spec]) -> None:
    """Print the commands that can be given with their fields, the others with the reason."""
    specs = list(specs)
    ticket, translate = file.case.ticket, run.speaker.translate
    click.echo(run.say(N_("{number} is {status}."), number=ticket.number, status=ticket.status))
    possible = [spec for spec in specs if file.obstacles[spec.name] is None]
    if possible:
        click.echo()
        click.echo(run.say(N_("Possible now (fields with * are needed):")))
        rows = [row for spec in possible for row in _rows(run, spec)]
        print_rows(rows, indent=2)
    obstacles = [(spec.name, file.obstacles[spec.name]) for spec in specs if spec not in possible]
    if obstacles:
        click.echo()
        click.echo(run.say(N_("Not possible now:")))
        print_rows(((name, run.say(why)) for name, why in obstacles if why), indent=2)
    if len(specs) == 1:
        click.echo()
        print_rows(((shape(one), translate(one.label)) for one in specs[0].fields), indent=2)


def _rows(run: Run, spec: Spec) -> Iterator[tuple[str, str]]:
    yield spec.name, run.speaker.translate(spec.help)
    shapes = [shape(field) for field in spec.fields]
    if spec.time_label:
        shapes.append("--occurred-at TIME")
    if shapes:
        yield "", " ".join(shapes)
