"""The people of the service centre and their roles."""

from datetime import date
from enum import StrEnum

import msgspec

from dispatch_tui.domain.errors import NotPossible
from dispatch_tui.domain.message import N_


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

STEWARDS = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.GENERAL_MANAGER})
"""Who says who works here, and by which keys they are known."""


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
    language: str = ""


def check_stays(before: Staff, after: Staff) -> None:
    """Raise `NotPossible` where somebody who changes themselves could not take it back.

    While nobody does, somebody is always left who lets others in.
    """
    if before.active and not after.active:
        raise NotPossible(N_("Nobody disables themselves: let somebody else do it."))
    if before.role in STEWARDS and after.role not in STEWARDS:
        raise NotPossible(N_("Nobody takes this role from themselves: let somebody else do it."))


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """That somebody may work on a kind of device; it does not count after `expires_on`."""

    login: str
    kind: str
    level: str = ""
    number: str = ""
    expires_on: date | None = None

    def valid(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.expires_on is None or day <= self.expires_on
