"""The files that can be imported: which columns each has, and which of them it must have."""

from enum import StrEnum
from typing import Any

import msgspec

from dispatch_tui.domain.duty import EVERY_DAY, OverrideKind
from dispatch_tui.domain.facts import Cause, DeviceState, How
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.rotation import Unit
from dispatch_tui.domain.ticket import Kind, Priority, Severity


class CellKind(StrEnum):
    """How the text of a cell is read."""

    LINE = "line"
    NAME = "name"
    TEXT = "text"
    NAMES = "names"
    CHOICE = "choice"
    YES_NO = "yes_no"
    COUNT = "count"
    DAY = "day"
    TIME = "time"
    WALL_TIME = "wall_time"
    OBJECT = "object"
    CLOCK = "clock"
    DAYS = "days"
    DEGREES = "degrees"


class Column(msgspec.Struct, frozen=True):
    """One column: `limit` is the longest text, or the largest count, `least` the smallest.

    A needed column must be there; its cells must not be empty unless `may_be_empty`.
    """

    name: str
    kind: CellKind = CellKind.LINE
    limit: int = 200
    least: int = 0
    needed: bool = False
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()
    empty: Any = ""


class Format(msgspec.Struct, frozen=True):
    """One file, known by its name; `spoken_of` is the column by which other files refer to it."""

    table: str
    columns: tuple[Column, ...]
    spoken_of: str = ""

    def column(self, name: str) -> Column | None:
        """Return the column of this name, if the file may have it."""
        return next((one for one in self.columns if one.name == name), None)


_LINE, _NAME, _TEXT, _NAMES, _CHOICE, _YES_NO, _COUNT, _DAY, _TIME, _WALL = list(CellKind)[:10]
_OBJECT, _CLOCK, _DAYS, _DEGREES = list(CellKind)[10:]
_COORDINATES = (
    Column("latitude", _DEGREES, 90, empty=None),
    Column("longitude", _DEGREES, 180, empty=None),
)

FORMATS: dict[str, Format] = {
    one.table: one
    for one in (
        Format(
            "stations",
            (
                Column("code", _NAME, 40, needed=True),
                Column("name", limit=200, needed=True),
                Column("city", limit=80),
                Column("address", limit=300),
                Column("phone", limit=60),
                *_COORDINATES,
            ),
            spoken_of="code",
        ),
        Format(
            "travel",
            (
                Column("origin", limit=80, needed=True),
                Column("destination", limit=80, needed=True),
                Column("minutes", _COUNT, 100_000, least=1, needed=True),
            ),
        ),
        Format(
            "rotation",
            (
                Column("plan", limit=80, needed=True),
                Column("groups", _NAMES, 20, needed=True),
                Column("starts_at", _WALL, needed=True),
                Column("every", _COUNT, 1000, least=1, empty=1),
                Column("unit", _CHOICE, choices=tuple(Unit), empty=Unit.WEEKS.value),
                Column("zone", limit=60, empty="Asia/Shanghai"),
            ),
            spoken_of="groups",
        ),
        Format(
            "staff",
            (
                Column("login", _NAME, 80, needed=True),
                Column("name", limit=120, needed=True),
                Column("role", _CHOICE, needed=True, choices=tuple(Role)),
                Column("title", limit=120),
                Column("group", limit=20),
                Column("station", limit=40),
                Column("phone", limit=60),
                Column("skills", _NAMES, 80, empty=()),
                Column("active", _YES_NO, empty=True),
                Column("language", limit=20),
            ),
            spoken_of="login",
        ),
        Format(
            "skills",
            (
                Column("login", _NAME, 80, needed=True),
                Column("kind", _NAME, 80, needed=True),
                Column("level", limit=40),
                Column("certificate", limit=80),
                Column("expires_on", _DAY, empty=None),
            ),
        ),
        Format(
            "groups",
            (
                Column("group", limit=20, needed=True),
                Column("login", _NAME, 80, needed=True),
                Column("days", _DAYS, empty=EVERY_DAY),
                Column("from", _CLOCK, empty=None),
                Column("to", _CLOCK, empty=None),
            ),
        ),
        Format(
            "holidays",
            (
                Column("roster", limit=80, needed=True),
                Column("from", _TIME, needed=True),
                Column("to", _TIME, needed=True),
                Column("staff", _NAMES, 80, needed=True),
            ),
        ),
        Format(
            "overrides",
            (
                Column("kind", _CHOICE, needed=True, choices=tuple(OverrideKind)),
                Column("login", _NAME, 80, needed=True),
                Column("by", limit=80),
                Column("from", _TIME, needed=True),
                Column("to", _TIME, needed=True),
                Column("reason", limit=500),
            ),
        ),
        Format(
            "customers",
            (
                Column("code", _NAME, 40, needed=True),
                Column("name", limit=200, needed=True),
                Column("short_name", limit=80),
                Column("former_name", limit=200),
                Column("kind", limit=80),
                Column("level", limit=40),
                Column("city", limit=80),
                Column("address", limit=300),
                Column("phone", limit=60),
                Column("alias", limit=200),
                *_COORDINATES,
                Column("departments", limit=500),
                Column("responsible", limit=80),
                Column("call_every_days", _COUNT, 3660, empty=0),
                Column("next_call_on", _DAY, empty=None),
                Column("notes", _TEXT, 4000),
            ),
            spoken_of="code",
        ),
        Format(
            "contacts",
            (
                Column("customer", _NAME, 40, needed=True),
                Column("department", limit=80),
                Column("name", limit=80, needed=True),
                Column("position", limit=80),
                Column("phone", limit=60),
            ),
        ),
        Format(
            "devices",
            (
                Column("serial", limit=80, needed=True),
                Column("maker", limit=120, needed=True),
                Column("model", limit=120),
                Column("name", limit=120, needed=True),
                Column("kind", limit=40),
                Column("customer", _NAME, 40, needed=True),
                Column("department", limit=80),
                Column("asset_number", limit=80),
                Column("made_on", _DAY, empty=None),
                Column("accepted_on", _DAY, empty=None),
                Column("warranty_months", _COUNT, 1200, empty=36),
                Column("core", _YES_NO, empty=False),
                Column("udi", limit=120),
                Column("contract_from", _DAY, empty=None),
                Column("contract_until", _DAY, empty=None),
                Column("registration_number", limit=120),
                Column("delivered_on", _DAY, empty=None),
                Column("manuals", limit=500),
                Column("software", limit=120),
                Column(
                    "state", _CHOICE, choices=tuple(DeviceState), empty=DeviceState.IN_USE.value
                ),
                Column("notes", _TEXT, 4000),
            ),
            spoken_of="serial",
        ),
        Format(
            "contracts",
            (
                Column("customer", _NAME, 40, needed=True),
                Column("number", _NAME, 80, needed=True),
                Column("device", limit=120),
                Column("since", _DAY, needed=True),
                Column("until", _DAY, needed=True),
                Column("response_minutes", _COUNT, 100_000, least=1, empty=None),
                Column("on_site_hours", _COUNT, 10_000, least=1, empty=None),
                Column("repair_hours", _COUNT, 10_000, least=1, empty=None),
                Column("inspection_months", _COUNT, 120, least=1, empty=None),
                Column("note", limit=500),
            ),
        ),
        Format(
            "parts",
            (
                Column("code", _NAME, 80, needed=True),
                Column("name", limit=200, needed=True),
                Column("maker", limit=120),
                Column("model", limit=120),
                Column("unit", limit=20),
                Column("price", limit=40),
                Column("note", limit=500),
            ),
            spoken_of="code",
        ),
        Format(
            "stock",
            (
                Column("part", _NAME, 80, needed=True),
                Column("station", _NAME, 40, needed=True),
                Column("count", _COUNT, 999_999, needed=True),
                Column("minimum", _COUNT, 999_999, empty=0),
            ),
        ),
        Format(
            "tickets",
            (
                Column("number", _NAME, 20, needed=True),
                Column("kind", _CHOICE, choices=tuple(Kind), empty=Kind.FAULT.value),
                Column("priority", _CHOICE, choices=tuple(Priority), empty=Priority.NORMAL.value),
                Column("customer", limit=40, needed=True, may_be_empty=True),
                Column("caller"),
                Column("device_serial"),
                Column("department"),
                Column("contact"),
                Column("phone"),
                Column("reported_at", _TIME, needed=True),
                Column("logged_by", limit=80),
                Column("fault", _TEXT, 4000, needed=True),
                Column("about", limit=20),
                Column("channel", _CHOICE, choices=tuple(How), empty=How.CALL.value),
                Column("responded_at", _TIME, empty=None),
                Column("response_note", _TEXT, 4000),
                Column("assigned_at", _TIME, empty=None),
                Column("engineers", _NAMES, 80, empty=()),
                Column("departed_at", _TIME, empty=None),
                Column("arrived_at", _TIME, empty=None),
                Column("left_at", _TIME, empty=None),
                Column("severity", _CHOICE, choices=tuple(Severity)),
                Column("cause", _CHOICE, choices=tuple(Cause)),
                Column("found", _TEXT, 4000),
                Column("restored_at", _TIME, empty=None),
                Column("solved_by_phone_at", _TIME, empty=None),
                Column("what_was_done", _TEXT, 4000),
                Column("called_back_at", _TIME, empty=None),
                Column("attitude", _COUNT, 5, least=1, empty=None),
                Column("skill", _COUNT, 5, least=1, empty=None),
                Column("speed", _COUNT, 5, least=1, empty=None),
                Column("call_back_words", _TEXT, 4000),
                Column("closed_at", _TIME, empty=None),
                Column("cancelled_at", _TIME, empty=None),
                Column("cancel_reason", _TEXT, 4000),
                Column("reopened_at", _TIME, empty=None),
                Column("reopen_reason", _TEXT, 4000),
                Column("notes", _TEXT, 4000),
            ),
            spoken_of="number",
        ),
        Format(
            "acts",
            (
                Column("number", _NAME, 20, needed=True),
                Column("at", _TIME, needed=True),
                Column("by", _NAME, 80, needed=True),
                Column("command", _NAME, 40, needed=True),
                Column("fields", _OBJECT, 20_000, empty={}),
            ),
            spoken_of="number",
        ),
    )
}
"""In the order in which they are taken: what others refer to comes first."""
