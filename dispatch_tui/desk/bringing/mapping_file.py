"""Reads a mapping file, and says which line or key of it is wrong."""

import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from dispatch_tui.desk.bringing.cells import read_cell
from dispatch_tui.desk.bringing.formats import FORMATS, Column, Format
from dispatch_tui.desk.bringing.mapping import Mapping
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_, Message
from dispatch_tui.domain.text import clean_line

LARGEST = 1 << 20
LONGEST_SYSTEM = 20

_SAMPLE = datetime(2025, 10, 23, 14, 45, 50, tzinfo=UTC)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raises `InvalidInput` naming the line or the key that is wrong."""
    try:
        content = path.read_bytes()[: LARGEST + 1]
    except OSError as error:
        raise InvalidInput(
            N_("{path} cannot be read: {cause}."), path=str(path), cause=error.strerror
        ) from error
    if len(content) > LARGEST:
        raise InvalidInput(N_("{path} is too large for a mapping file."), path=str(path))
    try:
        found = msgspec.convert(tomllib.loads(content.decode("utf-8-sig")), Mapping)
        for key, reason in _mistakes(found):
            raise InvalidInput(N_("{key}: {reason}"), key=key, reason=reason)
    except UnicodeDecodeError as error:
        raise _bad(path, Message(N_("it is no UTF-8 text"))) from error
    except RecursionError as error:
        raise _bad(path, Message(N_("it is nested too deep"))) from error
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise _bad(path, clean_line(str(error)[:400])) from error
    except InvalidInput as error:
        raise _bad(path, error.message) from error
    return found


def _bad(path: Path, reason: Message | str) -> InvalidInput:
    return InvalidInput(
        N_("The mapping file {path} cannot be used: {reason}"), path=str(path), reason=reason
    )


def _mistakes(mapping: Mapping) -> Iterator[tuple[str, Message]]:
    """The keys that are wrong, and why."""
    known = FORMATS.get(mapping.table)
    if known is None:
        yield (
            "table",
            Message(N_("there is no such table; there are {names}"), {"names": tuple(FORMATS)}),
        )
        return
    yield from _of_the_whole(mapping)
    if not mapping.columns:
        yield "columns", Message(N_("it is empty"))
    places = [(f'columns."{theirs}"', ours) for theirs, ours in mapping.columns.items()]
    places += [
        (f"{name}.{ours}", ours)
        for name in ("values", "constants", "otherwise")
        for ours in getattr(mapping, name)
    ]
    places += [(f"otherwise.{name}", other) for name, other in mapping.otherwise.items()]
    for key, ours in places:
        if known.column(ours) is None:
            names = tuple(one.name for one in known.columns)
            yield (
                key,
                Message(
                    N_("{name} is no column of {table}; there are {names}"),
                    {"name": clean_line(ours[:80]), "table": mapping.table, "names": names},
                ),
            )
            return
    yield from _of_columns(mapping, known)
    for key, column, text in _fixed(mapping, known):
        try:
            read_cell(column, text, UTC)
        except InvalidInput as error:
            yield key, error.message


def _of_the_whole(mapping: Mapping) -> Iterator[tuple[str, Message]]:
    try:
        mapping.zone_or(UTC)
    except (ValueError, OSError, KeyError):
        yield (
            "zone",
            Message(N_("there is no time zone {value}"), {"value": clean_line(mapping.zone[:80])}),
        )
    if mapping.system and (
        len(mapping.system) > LONGEST_SYSTEM or not mapping.system.isprintable()
    ):
        yield "system", Message(N_("at most {limit} characters"), {"limit": LONGEST_SYSTEM})
    if mapping.table == "tickets" and not mapping.system:
        yield "system", Message(N_("the numbers of tickets need the name of their system"))
    if mapping.table != "tickets" and mapping.system:
        yield "system", Message(N_("only tickets have numbers of another system"))
    for place, shape in enumerate(mapping.times, start=1):
        try:
            said = datetime.strptime(_SAMPLE.strftime(shape), shape)  # noqa: DTZ007
            good = len(shape) <= 80 and said.year == _SAMPLE.year
        except ValueError:
            good = False
        if not good:
            yield (
                f"times, {place}",
                Message(
                    N_("“{value}” is no form of a time, such as %d.%m.%Y %H:%M"),
                    {"value": clean_line(shape[:80])},
                ),
            )


def _of_columns(mapping: Mapping, known: Format) -> Iterator[tuple[str, Message]]:
    targets = list(mapping.columns.values())
    for theirs, ours in mapping.columns.items():
        column = known.column(ours)
        if column and targets.count(ours) > 1 and not mapping.joins(column):
            yield (
                f'columns."{theirs}"',
                Message(N_("only one column can give {name}"), {"name": ours}),
            )
    told = {*targets, *mapping.constants, *mapping.otherwise}
    for column in known.columns:
        if column.needed and not column.may_be_empty and column.name not in told:
            yield (
                "columns",
                Message(N_("no column gives {name}, but it is needed"), {"name": column.name}),
            )


def _fixed(mapping: Mapping, known: Format) -> Iterator[tuple[str, Column, str]]:
    """What the file itself says of our values, with the column that each is for."""
    for column in known.columns:
        if column.name in mapping.constants:
            yield f"constants.{column.name}", column, mapping.constants[column.name]
        for theirs, ours in mapping.values.get(column.name, {}).items():
            if ours:
                yield f'values.{column.name}."{theirs}"', column, ours
