"""The dates of an engineer or a device, as somebody at the desk may see them."""

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.naming import device_named
from dispatch_tui.desk.views import Case
from dispatch_tui.domain.dates import Date, Job, of_device, of_engineer
from dispatch_tui.domain.files import Contract
from dispatch_tui.domain.text import clean_line
from dispatch_tui.storage import records


async def dates_of(desk: Desk, said: str) -> tuple[str, list[Date]]:
    """Return whose dates are meant, and the dates of the person or the device.

    `said` is a login, else a device by id, serial or the tail of one. Raises `NotFound`,
    `InvalidInput` where several devices are meant.
    """
    said, now = clean_line(said), desk.clock()
    cases = await desk.open_cases()
    jobs = [_job(case) for case in cases]
    person = (await desk.staff()).get(said)
    if person is not None:
        return person.name, of_engineer(said, await desk.rules(), jobs, now)
    device = await device_named(desk.database, said)
    async with desk.database.read() as connection:
        contracts = await records.everything(connection, Contract)
    today = now.astimezone(desk.zone).date()
    name = " ".join(one for one in (device.name, device.id) if one)
    return name, of_device(device, contracts.values(), jobs, today)


def _job(case: Case) -> Job:
    return Job(ticket=case.ticket, clocks=case.clocks, customer=case.customer_name)
