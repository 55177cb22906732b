"""A small service centre for tests: its people, two customers, three devices, a frozen clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import asdict, replace

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.rotation import RotationPlan, Unit
from dispatch_tui.storage import files, index, records, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

ZONE = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 3, 4, 0, tzinfo=UTC)
"""Tuesday noon in the company's zone."""

DAY = timedelta(days=1)

STAFF = {
    one.login: one
    for one in (
        Staff(login="ola", name="Ola Operator", role=Role.OPERATOR),
        Staff(login="mia", name="Mia Manager", role=Role.MANAGER),
        Staff(login="max", name="Max Manager", role=Role.MANAGER),
        Staff(login="gina", name="Gina General", role=Role.GENERAL_MANAGER),
        Staff(login="sue", name="Sue Supervisor", role=Role.SUPERVISOR),
        Staff(login="ada", name="Ada Admin", role=Role.ADMINISTRATOR),
        Staff(login="spe", name="Spe Specialist", role=Role.SPECIALIST),
        Staff(login="ann", name="Ann", role=Role.ENGINEER, group="A", skills=("MRI", "CT")),
        Staff(login="abe", name="Abe", role=Role.ENGINEER, group="A"),
        Staff(login="bob", name="Bob", role=Role.ENGINEER, group="B"),
        Staff(login="bea", name="Bea", role=Role.ENGINEER, group="B"),
        Staff(login="gone", name="Gone", role=Role.MANAGER, active=False),
    )
}
CUSTOMERS = (
    Customer(code="H1", name="First People's Hospital", short_name="First", city="Wuhan"),
    Customer(code="H2", name="Second People's Hospital", short_name="Second", city="Jinan"),
)
CONTACTS = (Contact(customer="H1", name="Dr Li", phone="027-1", department="Radiology"),)
DEVICES = (
    Device(id="CT-1", serial="CT-1", maker="M", model="X1", name="CT", kind="CT", customer="H1"),
    Device(id="MR-1", serial="MR-1", maker="M", model="Y1", name="MR", kind="MR", customer="H1"),
    Device(id="CT-2", serial="CT-2", maker="M", model="X1", name="CT", kind="CT", customer="H2"),
)
PLAN = RotationPlan(
    name="weekly",
    groups=("A", "B"),
    starts_at=datetime(2026, 1, 5, 9, 0),  # noqa: DTZ001 - plans are in the wall time of their zone
    every=1,
    unit=Unit.WEEKS,
    zone="Asia/Shanghai",
)
CALL = c.LogCall(fault="No image after warm-up", customer="H1", device="CT-1", contact="Dr Li")
NOTE = c.Note(text="Spare tube is in Wuhan")
ASSIGN = c.Assign(engineers=("ann",))


class FrozenClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The time now."""
        return self.now

    def pass_(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


async def settle(database: Database) -> None:
    """Give the database the people and files of the centre."""

    async def work(connection: Connection) -> None:
        for table, rows in (
            (schema.staff, [files.staff_row(one) for one in STAFF.values()]),
            (schema.customers, [asdict(one) for one in CUSTOMERS]),
            (schema.contacts, [asdict(one) for one in CONTACTS]),
            (schema.devices, [asdict(one) for one in DEVICES]),
            (schema.rotation_plans, [records.BY_TYPE[RotationPlan].row(PLAN)]),
        ):
            await files.put(connection, table, rows)
        await index.keep(connection, [*STAFF.values(), *CUSTOMERS, *CONTACTS, *DEVICES])

    await database.write(work)


async def disable(login: str, database: Database) -> None:
    """Let somebody of the centre no longer sign in."""
    person = replace(STAFF[login], active=False)

    async def work(connection: Connection) -> None:
        await records.keep(connection, "staff", [(person, False)], "ada", NOON)

    await database.write(work)


def desk_of(login: str, database: Database, clock: FrozenClock | None = None) -> Desk:
    """Return the desk of one of the centre's people, by the system's clock if none is given."""
    if clock is None:
        return Desk(database, STAFF[login], zone=ZONE)
    return Desk(database, STAFF[login], zone=ZONE, clock=clock)
