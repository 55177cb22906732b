"""`commands`: the table of commands: in which state, by which role, with which facts."""

from collections.abc import Iterable, Iterator
from string import Formatter
from typing import Any

import click

from dispatch_tui.cli.fields import shape
from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import json_option, print_json, print_rows
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.spec import Spec
from dispatch_tui.domain.table import COMMANDS, LOG
from dispatch_tui.domain.ticket import Kind, Status


@click.command(
    "commands",
    cls=Command,
    help=N_("Print the table of commands: states, roles, facts that each needs."),
)
@json_option()
@click.pass_obj
def command(run: Run, as_json: bool) -> None:
    """Print the table of commands."""
    specs = (LOG, *COMMANDS.values())
    if as_json:
        print_json([_document(spec) for spec in specs])
        return
    for place, spec in enumerate(specs):
        if place:
            click.echo()
        click.echo(f"{spec.name}  {run.speaker.translate(spec.help)}")
        print_rows(_rows(run, spec), indent=2)


def _document(spec: Spec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "kinds": _ordered(Kind, spec.kinds),
        "states": _ordered(Status, spec.states),
        "roles": _ordered(Role, spec.roles),
        "own_roles": _ordered(Role, spec.own_roles),
        "fields": [
            {
                "name": field.name,
                "kind": field.kind,
                "required": field.required,
                "choices": [str(one) for one in field.choices],
            }
            for field in spec.fields
        ],
        "requires": [requirement.refusal for requirement in spec.requires],
        "occurred_at": bool(spec.time_label),
    }


def _rows(run: Run, spec: Spec) -> Iterator[tuple[str, str]]:
    speaker = run.speaker
    labels = {
        N_("for"): [speaker.label(one) for one in Kind if one in spec.kinds],
        N_("in state"): [speaker.label(one) for one in Status if one in spec.states],
        N_("by"): [speaker.label(one) for one in Role if one in spec.roles],
        N_("if theirs, by"): [speaker.label(one) for one in Role if one in spec.own_roles],
        N_("facts"): _facts(spec),
    }
    if spec.states == frozenset(Status):
        labels[N_("in state")] = [speaker.translate(N_("any"))]
    for label, words in labels.items():
        if words:
            yield speaker.translate(label), speaker.listed(words)
    for requirement in spec.requires:
        yield speaker.translate(N_("refused with")), _refusal(run, requirement.refusal)


def _facts(spec: Spec) -> list[str]:
    if spec is LOG:
        return [f"--{shape(field).replace('=', ' ')}" for field in spec.fields]
    shapes = [shape(field) for field in spec.fields]
    return [*shapes, "--occurred-at TIME"] if spec.time_label else shapes


def _refusal(run: Run, template: str) -> str:
    """The sentence with names of values in their places."""
    names = (name for _, name, _, _ in Formatter().parse(template) if name)
    return run.say(template, **{name: name.upper() for name in names})


def _ordered(kind: Iterable[Any], chosen: frozenset[Any]) -> list[str]:
    return [one.value for one in kind if one in chosen]
