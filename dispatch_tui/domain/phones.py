"""Phone numbers: who needs them, and what is left of one for everybody else: 138****5678."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args

import msgspec

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.terms import phone_digits
from dispatch_tui.domain.ticket import Ticket

Thing = TypeVar("Thing")


class Sight(StrEnum):
    """Whose customers' numbers somebody sees: everybody's, those of their own tickets, none."""

    ALL = "all"
    OWN = "own"
    NONE = "none"


CUSTOMERS: Mapping[Role, Sight] = {
    Role.OPERATOR: Sight.ALL,
    Role.MANAGER: Sight.ALL,
    Role.GENERAL_MANAGER: Sight.ALL,
    Role.ENGINEER: Sight.OWN,
    Role.SPECIALIST: Sight.OWN,
    Role.SUPERVISOR: Sight.NONE,
    Role.ADMINISTRATOR: Sight.NONE,
}
"""Who calls customers; the others can do their work without their numbers."""

COLLEAGUES: frozenset[Role] = frozenset(Role) - {Role.SUPERVISOR}
"""Who calls colleagues, or keeps the staff list."""

SEEN_DIGITS = 4
"""The end of a number that everybody sees; by more of it nobody finds who may not see it."""

_DAY_AND_NUMBER = re.compile(r"2\d{5}(-\d{0,5}|\d{1,3})?")


def guessed_numbers(words: Iterable[str]) -> list[str]:
    """Return the words that are looked for and hold more of a number than everybody sees."""
    return [one for one in words if len(phone_digits(one)) > SEEN_DIGITS]


def reads_as_ticket(word: str) -> bool:
    """Whether a word may be the number of a ticket of these years, which no mobile number is."""
    return _DAY_AND_NUMBER.fullmatch(word) is not None


IDENTITIES = frozenset(
    {
        *("about", "actor", "asset_number", "by", "code", "complaints", "customer", "device"),
        *("device_serial", "engineers", "event", "hash", "id", "initials", "into", "lead"),
        *("logged_by", "login", "merged_from", "merged_into", "model", "new_serial", "number"),
        *("owner", "part", "registration_number", "responsible", "serial", "specialist"),
        *("ticket", "udi"),
    }
)
"""Fields by which things are known: however long their digits are, they are no phone numbers."""

_DIGIT = "[0-9０-９]"  # an input method may have left full-width ones
_MOBILE = re.compile(
    rf"(?<!{_DIGIT})([1１][3-9３-９]{_DIGIT})([- ]?){_DIGIT}{{4}}([- ]?)({_DIGIT}{{4}})(?!{_DIGIT})"
)
_MASKED_MOBILE = re.compile(rf"[1１]{_DIGIT}{{2}}[- ]?\*{{4}}[- ]?{_DIGIT}{{4}}")
_KEPT = ((7, 4), (5, 3), (3, 2))
"""From so many digits on, so many of the last ones are kept."""


def sees_customers(who: Staff, ticket: Ticket | None = None) -> bool:
    """Whether somebody sees the numbers of customers, those of a ticket if one is given."""
    sight = CUSTOMERS[who.role]
    own = ticket is not None and ticket.assignment(who.login) is not None
    return sight is Sight.ALL or (sight is Sight.OWN and own)


def sees_colleagues(who: Staff) -> bool:
    """Whether somebody sees the numbers of the people of the centre."""
    return who.role in COLLEAGUES


def mask_phone(said: str) -> str:
    """Return what is left of a phone number: its last digits, of a mobile one the first three too.

    What has no digits, or was masked before, stays as it is.
    """
    if is_masked(said):
        return said
    if _MOBILE.search(said):
        said = mask_text(said)
    parts = re.split(r"([,;/、，；]|\bor\b|或)", said)
    return "".join(part if is_masked(part) else _without_first(part) for part in parts)


def mask_text(text: str) -> str:
    """Return a text in which mobile numbers are masked."""
    return _MOBILE.sub(r"\1\2****\3\4", text)


def is_masked(said: str) -> bool:
    """Whether a phone number is one of which only a part was left."""
    return "*" in said


def check_whole(name: str, said: str) -> None:
    """Raise `InvalidInput` for a masked number, which would take the place of a whole one.

    `name` is that of the field or column in which it stands.
    """
    if (name == "phone" and is_masked(said)) or _MASKED_MOBILE.search(said):
        raise InvalidInput(
            N_("“{value}” is a masked phone number: write the whole number, or leave it out."),
            field=name,
            value=said[:80],
        )


def masked(thing: Thing, name: str = "") -> Thing:
    """Return a struct, or what it is made of, with every phone number in it masked."""
    found: Any = thing
    if type(found) is str:
        found = _masked_words(found, name)
    elif isinstance(thing, msgspec.Struct):
        found = _masked_struct(thing)
    elif isinstance(thing, (tuple, list)):
        found = type(thing)(masked(one, name) for one in thing)
    elif isinstance(thing, dict):
        found = {key: masked(one, str(key)) for key, one in thing.items()}
    return found  # type: ignore[no-any-return]


def masked_data(said: str) -> str:
    """Return a text with its numbers masked, by their names where it is the JSON of an object."""
    try:
        found = msgspec.json.decode(said)
    except (msgspec.DecodeError, RecursionError):
        found = None
    return (
        msgspec.json.encode(masked(found)).decode() if isinstance(found, dict) else mask_text(said)
    )


def _masked_words(said: str, name: str) -> str:
    if name in IDENTITIES:
        return said
    if name == "document":
        return masked_data(said)
    return mask_phone(said) if name == "phone" else mask_text(said)


def _masked_struct(thing: msgspec.Struct) -> msgspec.Struct:
    changes = {}
    for name in _with_words(type(thing)):
        before = getattr(thing, name)
        if before:
            after = masked(before, name)
            if after != before:
                changes[name] = after
    return msgspec.structs.replace(thing, **changes) if changes else thing


@cache
def _with_words(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a struct in which there may be words."""
    return tuple(one.name for one in msgspec.structs.fields(kind) if not _wordless(one.type))


def _wordless(kind: Any) -> bool:
    if isinstance(kind, type):
        return issubclass(kind, (bool, int, float, datetime, date, time, timedelta, Enum, NoneType))
    parts = get_args(kind)
    return bool(parts) and all(_wordless(one) for one in parts)


def _without_first(part: str) -> str:
    """A number whose first digits are gone; its signs show what kind of number it was."""
    count = sum(char.isdigit() for char in part)
    kept = next((kept for least, kept in _KEPT if count >= least), 0)
    hidden = count - kept
    found = []
    for char in part:
        hide = char.isdigit() and hidden > 0
        hidden -= hide
        found.append("*" if hide else char)
    return "".join(found)
