"""Stores rows many at a time: SQLAlchemy writes the statement, the driver gets plain values.

For each row SQLAlchemy itself takes longer than the database does, and while rows are stored
others wait.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler

Rows = Sequence[Mapping[str, Any]]
_Plan = tuple[str, tuple[str, ...], tuple[tuple[int, Callable[[Any], Any]], ...]]
"""A statement, its columns in the order of its values, and how those at which places are bound."""


async def add(connection: AsyncConnection, table: Table, rows: Rows) -> None:
    """Store new rows, all with the same columns."""
    await _run(connection, _insert, table, rows)


async def put(connection: AsyncConnection, table: Table, rows: Rows) -> None:
    """Store rows, in the place of those with the same primary key."""
    await _run(connection, _upsert, table, rows)


async def _run(
    connection: AsyncConnection, plan: Callable[..., _Plan], table: Table, rows: Rows
) -> None:
    if not rows:
        return
    sql, order, processed = plan(table, tuple(rows[0]), connection.dialect)
    in_order = itemgetter(*order)
    parameters = []
    same: dict[int, tuple[Any, Any]] = dict.fromkeys(
        (place for place, _ in processed), (None, None)
    )
    for row in rows:
        values = list(in_order(row))
        for place, process in processed:
            given, bound = same[place]
            if values[place] != given:
                given, bound = values[place], process(values[place])
                same[place] = given, bound
            values[place] = bound
        parameters.append(tuple(values))
    await connection.exec_driver_sql(sql, parameters)


@lru_cache(maxsize=100)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Plan:
    return _planned(insert(table), table, names, dialect)


@lru_cache(maxsize=100)
def _upsert(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Plan:
    upsert = postgresql.insert if dialect.name == "postgresql" else sqlite.insert
    keys = [column.name for column in table.primary_key]
    statement: Any = upsert(table)
    others = {name: statement.excluded[name] for name in names if name not in keys}
    if others:
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    return _planned(statement, table, names, dialect)


def _planned(statement: Any, table: Table, names: tuple[str, ...], dialect: Dialect) -> _Plan:
    """A statement as the driver takes it."""
    compiled: SQLCompiler = statement.inline().compile(dialect=dialect, column_keys=list(names))
    order = tuple(compiled.positiontup or ())
    processed = []
    for place, name in enumerate(order):
        process = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if process is not None:
            processed.append((place, process))
    return str(compiled), order, tuple(processed)
