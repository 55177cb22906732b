"""The people of the service centre and their roles."""

from enum import StrEnum

import msgspec


class Role(StrEnum):
    """What a person may do; the table of commands says it command by command."""

    OPERATOR = "operator"
    MANAGER = "manager"
    ENGINEER = "engineer"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    GENERAL_MANAGER = "general_manager"
    ADMINISTRATOR = "administrator"


FIELD_ROLES = frozenset({Role.ENGINEER, Role.SPECIALIST})
"""The roles that are sent to customers."""


class Staff(msgspec.Struct, frozen=True, kw_only=True):
    """One person: `login` is the identity, `group` an engineer's rotation group ("" for none)."""

    login: str
    name: str
    role: Role
    title: str = ""
    group: str = ""
    station: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    active: bool = True
