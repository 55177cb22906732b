"""The facts that a command brings: cleaned, and measured against its row of the table."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec.structs import fields, replace

from dispatch_tui.domain.commands import Command
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.phones import check_whole
from dispatch_tui.domain.spec import LIMITS, SCORES, Field, FieldKind
from dispatch_tui.domain.table import BY_TYPE
from dispatch_tui.domain.text import clean_line, clean_text
from dispatch_tui.domain.when import in_utc

AnyCommand = TypeVar("AnyCommand", bound=Command)

MAX_PEOPLE = 50
"""How many people one command may name."""


def clean_fields(command: AnyCommand) -> AnyCommand:
    """Return the command with clean texts and times in UTC.

    Raises `InvalidInput` naming the field that is too long, missing or not one of its choices.
    """
    changes: dict[str, object] = {}
    for field in BY_TYPE[type(command)].fields:
        value = _cleaned(field, getattr(command, field.name))
        if field.required and not value:
            raise InvalidInput(
                N_("{label} is missing: it is needed for this."),
                field=field.name,
                label=Message(field.label),
            )
        if field.choices and value is not None and value not in field.choices:
            raise InvalidInput(
                N_("{value} is not possible for {label}; it can be {choices}."),
                field=field.name,
                label=Message(field.label),
                value=value,
                choices=tuple(str(one) for one in field.choices),
            )
        changes[field.name] = value
    types = {one.name: one.type for one in fields(type(command))}
    return replace(
        command, **{name: msgspec.convert(value, types[name]) for name, value in changes.items()}
    )


def _cleaned(field: Field, value: object) -> object:
    if isinstance(value, str):
        return _words(field, value, clean_text if field.kind is FieldKind.TEXT else clean_line)
    if isinstance(value, tuple):
        if len(value) > MAX_PEOPLE:
            raise InvalidInput(
                N_("{count} people are too many; name at most {limit}."),
                field=field.name,
                count=len(value),
                limit=MAX_PEOPLE,
            )
        return tuple(login for one in value if (login := _words(field, one, clean_line)))
    if isinstance(value, datetime):
        return in_utc(value, field=field.name)
    if field.kind is FieldKind.SCORE and value is not None and value not in SCORES:
        raise InvalidInput(
            N_("{value} is no score: give 1 (worst) to 5 (best)."), field=field.name, value=value
        )
    return value


def _words(field: Field, value: str, clean: Callable[[str], str]) -> str:
    limit = LIMITS.get(field.kind, LIMITS[FieldKind.LINE])
    if len(value) <= 4 * limit:  # what is longer by far is not worth the time to clean it
        value = clean(value)
    if len(value) > limit:
        raise InvalidInput(
            N_("{label} is {length} characters long; at most {limit} can be kept."),
            field=field.name,
            label=Message(field.label),
            length=len(value),
            limit=limit,
        )
    check_whole(field.name, value)
    return value
