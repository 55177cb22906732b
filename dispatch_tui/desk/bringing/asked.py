"""What an act of a file asks for: from the JSON of its row to the command."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.cells import read_time
from dispatch_tui.domain.commands import Command
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.text import clean_line, fold_width
from dispatch_tui.domain.when import parse_day

_SHAPES = {
    FieldKind.TIME: N_("a day and a time in quotes, such as 2026-01-31T08:15"),
    FieldKind.DAY: N_("a day in quotes, such as 2026-01-31"),
    FieldKind.SCORE: N_("a whole number"),
    FieldKind.ENGINEERS: N_("logins: a list, or in quotes with | between them"),
}
_TEXT = N_("a text in quotes")
_QUOTED = frozenset({FieldKind.TIME, FieldKind.DAY})


def command_of(spec: Spec, given: Mapping[str, Any], zone: tzinfo) -> Command:
    """Return the command with the facts of an act; times without an offset are in `zone`.

    Raises `InvalidInput` naming the fact that is unknown, missing or not understood.
    """
    known = {field.name: field for field in spec.fields}
    for name in given:
        if name not in known:
            raise _unknown(spec, name)
    types = {one.name: one.type for one in msgspec.structs.fields(spec.command)}
    values = {
        name: _value(known[name], value, types[name], zone)
        for name, value in given.items()
        if value not in (None, "")
    }
    for field in spec.fields:
        if field.required and not values.get(field.name):
            raise InvalidInput(
                N_("{name} is missing: {command} needs it."), name=field.name, command=spec.name
            )
    return msgspec.convert(values, spec.command)


def _unknown(spec: Spec, name: str) -> InvalidInput:
    known = tuple(field.name for field in spec.fields)
    if not known:
        return InvalidInput(
            N_("{command} takes no facts: leave {name} out."),
            command=spec.name,
            name=clean_line(name[:80]),
        )
    return InvalidInput(
        N_("{name} is no fact of {command}; there are: {names}."),
        name=clean_line(name[:80]),
        command=spec.name,
        names=known,
    )


def _value(field: Field, value: Any, wanted: Any, zone: tzinfo) -> Any:
    try:
        return _read(field, value, wanted, zone)
    except InvalidInput as error:
        raise InvalidInput(N_("{name}: {reason}"), name=field.name, reason=error.message) from error


def _read(field: Field, value: Any, wanted: Any, zone: tzinfo) -> Any:
    if isinstance(value, str):
        match field.kind:
            case FieldKind.TIME:
                return read_time(clean_line(value), zone)
            case FieldKind.DAY:
                return parse_day(value)
            case FieldKind.ENGINEERS:
                value = [login for one in value.split("|") if (login := clean_line(one))]
            case FieldKind.CHOICE:
                value = _choice(field, value)
    try:
        if isinstance(value, bool) or field.kind in _QUOTED:
            raise msgspec.ValidationError
        return msgspec.convert(value, wanted, strict=False)
    except msgspec.ValidationError as error:
        shape = Message(_SHAPES.get(field.kind, _TEXT))
        raise InvalidInput(N_("It must be {shape}."), shape=shape) from error


def _choice(field: Field, value: str) -> str:
    found = fold_width(clean_line(value)).casefold().replace("-", "_")
    if found not in field.choices:
        raise InvalidInput(
            N_("“{value}” is not possible here; it can be {choices}."),
            value=clean_line(value[:80]),
            choices=tuple(str(one) for one in field.choices),
        )
    return found
