"""Who may take out what: whole tables are more than a look at a list."""

from collections.abc import Iterable

from dispatch_tui.desk.bringing.bring import ADMINISTRATORS_TABLES
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.permission import one_of
from dispatch_tui.domain.people import Role, Staff

JOURNAL = "journal"
"""The whole truth: with every number in it, or its hashes would not hold."""

_DECIDERS = frozenset({Role.MANAGER, Role.GENERAL_MANAGER})
_LOOKERS = _DECIDERS | {Role.SUPERVISOR}
"""Who may look at everything, with masks or without."""

EXPORTERS: dict[str, frozenset[Role]] = {
    **{
        table: _LOOKERS | {Role.ADMINISTRATOR} if table in ADMINISTRATORS_TABLES else _LOOKERS
        for table in FORMATS
    },
    JOURNAL: _DECIDERS,
}
"""By table; lists on screen are for everybody, as they see them."""


def check_tables(me: Staff, tables: Iterable[str]) -> None:
    """Raise `NotAllowed` for the first of the tables that somebody may not take out."""
    for table in tables:
        one_of(me, EXPORTERS[table], f"export {table}")
