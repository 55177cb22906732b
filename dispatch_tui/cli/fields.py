"""Fields of commands as they are typed: name=value, in the words of the table."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from dispatch_tui.cli.values import time_ahead, time_of
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.naming import customer_named, device_named
from dispatch_tui.domain.commands import Command
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.spec import LIMITS, SCORES, Field, FieldKind, Spec
from dispatch_tui.domain.text import fold_width
from dispatch_tui.domain.when import parse_day
from dispatch_tui.words.speaker import Speaker

_BETWEEN = re.compile(r"[,，、;；|]")
_SHAPES = {
    FieldKind.LINE: "TEXT",
    FieldKind.TEXT: "TEXT",
    FieldKind.TIME: "TIME",
    FieldKind.DAY: "YYYY-MM-DD",
    FieldKind.SCORE: "1-5",
    FieldKind.PERSON: "LOGIN",
    FieldKind.TICKET: "NUMBER",
    FieldKind.AWAY: "SERIAL",
    FieldKind.LOAN: "SERIAL",
    FieldKind.CHECK: "TEST",
    FieldKind.ENGINEERS: "LOGIN[,LOGIN]",
    FieldKind.ENGINEER: "LOGIN",
    FieldKind.CUSTOMER: "CUSTOMER",
    FieldKind.DEVICE: "DEVICE",
}


def shape(field: Field) -> str:
    """Return how a field is typed: `engineers=LOGIN[,LOGIN]*`, the star where it is needed."""
    value = "|".join(str(one) for one in field.choices) or _SHAPES[field.kind]
    return f"{field.name}={value}{'*' if field.required else ''}"


def summary(speaker: Speaker, spec: Spec) -> str:
    """Return what a command does, and its fields."""
    shapes = " ".join(shape(field) for field in spec.fields)
    return f"{speaker.translate(spec.help)} {shapes}".strip()


async def command_of(desk: Desk, spec: Spec, typed: Sequence[str]) -> Command:
    """Return the command with the fields that were typed.

    Raises `InvalidInput` for a field that is unknown, missing, there twice or not understood.
    """
    known = {field.name: field for field in spec.fields}
    values: dict[str, Any] = {}
    for one in typed:
        name, equals, said = one.partition("=")
        name = name.strip().casefold().replace("-", "_")
        if not equals or name not in known:
            raise _unknown(spec, one if not equals else name)
        if name in values:
            raise InvalidInput(N_("{name} is there twice."), name=name)
        check_length(known[name], said)
        values[name] = await _value(desk, known[name], said)
    for field in spec.fields:
        if field.required and field.name not in values:
            raise InvalidInput(
                N_("{name} is missing: write {shape}"), name=field.name, shape=shape(field)[:-1]
            )
    known_values = {name: value for name, value in values.items() if value is not None}
    return msgspec.convert(known_values, spec.command)


def check_length(field: Field, said: str) -> None:
    """Raise `InvalidInput` for what is longer by far than anything that can be looked up."""
    if field.kind not in LIMITS and len(said) > (limit := LIMITS[FieldKind.TEXT]):
        raise InvalidInput(
            N_("{label} is {length} characters long; at most {limit} can be kept."),
            field=field.name,
            label=Message(field.label),
            length=len(said),
            limit=limit,
        )


def _unknown(spec: Spec, typed: str) -> InvalidInput:
    shapes = tuple(shape(field) for field in spec.fields)
    if not shapes:
        return InvalidInput(
            N_("{command} takes no fields: {typed} is too much."),
            command=spec.name,
            typed=typed[:80],
        )
    return InvalidInput(
        N_("{typed} is no field of {command}; there are: {shapes}."),
        typed=typed[:80],
        command=spec.name,
        shapes=shapes,
    )


async def _value(desk: Desk, field: Field, said: str) -> Any:
    match field.kind:
        case FieldKind.TIME if field.ahead:
            return time_ahead(said, desk, field.name)
        case FieldKind.TIME:
            return time_of(said, desk, field.name)
        case FieldKind.DAY:
            return parse_day(said) if said.strip() else None
        case FieldKind.SCORE:
            return _score(field, said)
        case FieldKind.ENGINEERS:
            return await _logins(desk, [one for one in _BETWEEN.split(said) if one.strip()])
        case FieldKind.ENGINEER | FieldKind.PERSON:
            return next(iter(await _logins(desk, [said] if said.strip() else [])), "")
        case FieldKind.CUSTOMER if said.strip():
            return (await customer_named(desk.database, said)).code
        case FieldKind.DEVICE if said.strip():
            return (await device_named(desk.database, said)).id
        case FieldKind.CHOICE:
            return _choice(field, said)
        case _:
            return said


def _score(field: Field, said: str) -> int | None:
    value = fold_width(said).strip()
    if value and value not in map(str, SCORES):
        raise InvalidInput(
            N_("{value} is no score: give 1 (worst) to 5 (best)."), field=field.name, value=value
        )
    return int(value) if value else None


def _choice(field: Field, said: str) -> str | None:
    value = fold_width(said).strip().casefold().replace("-", "_")
    if not value and not field.required:
        return None
    if value not in field.choices:
        raise InvalidInput(
            N_("{name} can be {choices}."),
            name=field.name,
            choices=tuple(str(one) for one in field.choices),
        )
    return value


async def _logins(desk: Desk, said: Sequence[str]) -> tuple[str, ...]:
    """Logins as they are; a name that only one person has becomes their login."""
    staff = await desk.staff()
    found = []
    for one in said:
        word = one.strip()
        named = [person.login for person in staff.values() if person.name == word]
        found.append(named[0] if word not in staff and len(named) == 1 else word)
    return tuple(found)
