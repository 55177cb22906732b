"""From a value to the cell of a file, as `import` reads it again."""

from collections.abc import Iterable
from datetime import date, datetime, time
from enum import Enum
from itertools import groupby
from typing import Any

import msgspec

from dispatch_tui.desk.bringing.formats import CellKind, Column
from dispatch_tui.domain.when import rfc3339


def written(value: Any, column: Column) -> Any:
    """Return the value of a column in the types of JSON, None where nothing is said."""
    if value is None or value == "":
        return None
    if column.kind is CellKind.DAYS:
        return _days(value)
    if column.kind is CellKind.WALL_TIME:
        return value.isoformat(timespec="minutes")
    return plain(value)


def plain(value: Any) -> Any:
    """Return a value of the domain in the types of JSON; times are in UTC."""
    match value:
        case Enum():
            return value.value
        case datetime():
            return rfc3339(value)
        case time():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(one) for one in value]
        case _:
            return value


def text_of(value: Any) -> str:
    """Return a value in the types of JSON as the text of a cell."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return "|".join(map(text_of, value))
        case dict():
            return msgspec.json.encode(value).decode() if value else ""
        case _:
            return str(value)


def _days(days: Iterable[int]) -> str:
    """Weekdays as numbers, 1 for Monday; those in a row as the first and the last."""
    runs = (
        [day for _, day in run]
        for _, run in groupby(enumerate(sorted(days)), key=lambda pair: pair[1] - pair[0])
    )
    return "|".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
