"""An import beside others: they save, they change what it rests on, they import, it is killed."""

import asyncio
import glob
import random
import tempfile
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from centre import CALL, NOON, ZONE, FrozenClock, desk_of, settle
from engines import Databases
from processes import at_once, worker
from sound import sound

from dispatch_tui.desk.bringing.bring import TRIES, bring
from dispatch_tui.desk.bringing.report import Brought, Stage
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.domain.errors import Conflict
from dispatch_tui.domain.files import Device
from dispatch_tui.storage import files, journal, records, tickets
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.tickets import Connection

NOW = NOON.replace(day=10)


def devices(count: int, start: int = 0) -> str:
    """A file of devices."""
    rows = (f"SN-{place},M,CT,H1,X1\n" for place in range(start, start + count))
    return "serial,maker,name,customer,model\n" + "".join(rows)


async def memory(place: Place, file: Path) -> int:
    """Return the megabytes that an import of a file takes at most, in a process of its own."""
    [said] = await at_once(place, [("mia", "bring", str(file))])
    assert said[-1][0] == "kept"
    [(_, megabytes)] = [line for line in said if line[0] == "memory"]
    return int(megabytes)


def past(count: int) -> str:
    """A file of tickets that are over."""
    rows = (
        f"2601{place // 900 + 1:02}-{place % 900 + 1:03},H1,CT-1,2026-01-01T08:00,No image,"
        "2026-01-01T08:20,2026-01-01T09:00,Reset,2026-01-02T09:00\n"
        for place in range(count)
    )
    columns = "number,customer,device_serial,reported_at,fault,responded_at,solved_by_phone_at"
    return f"{columns},what_was_done,closed_at\n" + "".join(rows)


class Meanwhile:
    """Lets others do something at an import's check: each time, or the first time only."""

    def __init__(self, place: Place, work: Callable[[Database], Awaitable[object]], times: int):
        self._place = place
        self._work = work
        self.left = times
        self.checks = 0

    def __call__(self, stage: Stage, done: int, total: int, rows: int) -> None:
        """Hear how far the import is; what the others do is done when this returns."""
        if stage is not Stage.CHECKING or done < total:
            return
        self.checks += 1
        if self.left:
            self.left -= 1
            other = threading.Thread(target=lambda: asyncio.run(self._act()))
            other.start()
            other.join()

    async def _act(self) -> None:
        database = Database(self._place)
        try:
            await self._work(database)
        finally:
            await database.close()


async def brought(database: Database, table: str, content: str, meanwhile: Meanwhile) -> Brought:
    source = Source(f"{table}.csv", content.encode())
    return await bring(database, [source], "mia", zone=ZONE, now=NOW, progress=meanwhile)


async def change(database: Database, **changes: object) -> None:
    """Change the device CT-1 as its file does."""

    async def work(connection: Connection) -> None:
        found = await files.device(connection, "CT-1")
        assert found is not None
        changed = Device(
            **{name: getattr(found, name) for name in found.__struct_fields__} | changes
        )
        await records.keep(connection, "device", [(changed, False)], "max", NOW)

    await database.write(work)


async def test_what_others_changed_meanwhile_is_not_written_over(centre: Database) -> None:
    meanwhile = Meanwhile(centre.place, lambda other: change(other, department="ICU"), 1)
    content = "serial,maker,name,customer\nCT-1,M,Renamed,H1\n"
    assert (await brought(centre, "devices", content, meanwhile)).kept
    assert meanwhile.checks == 2
    async with centre.read() as connection:
        device = await files.device(connection, "CT-1")
    assert device is not None
    assert (device.name, device.department) == ("Renamed", "ICU")


async def test_what_others_change_elsewhere_lets_an_import_be(centre: Database) -> None:
    ola = FrozenClock(NOW)
    meanwhile = Meanwhile(centre.place, lambda other: desk_of("ola", other, ola).log_call(CALL), 1)
    assert (await brought(centre, "devices", devices(3), meanwhile)).kept
    assert meanwhile.checks == 1


async def test_a_number_that_was_given_meanwhile_is_not_given_twice(centre: Database) -> None:
    ola = FrozenClock(NOW)
    meanwhile = Meanwhile(centre.place, lambda other: desk_of("ola", other, ola).log_call(CALL), 1)
    number = f"{NOW.astimezone(ZONE):%y%m%d}-001"
    content = f"number,customer,reported_at,fault\n{number},H1,2026-03-10T08:00,Beeps\n"
    result = await brought(centre, "tickets", content, meanwhile)
    assert [str(one.reason) for one in result.problems] == [
        f"Ticket {number} is already there with other facts."
    ]
    async with centre.read() as connection:
        [row] = await tickets.rows(connection, [number])
    assert row.ticket.fault == CALL.fault


async def test_an_import_gives_up_in_words_when_others_never_rest(centre: Database) -> None:
    notes = iter(range(100))
    meanwhile = Meanwhile(centre.place, lambda other: change(other, notes=str(next(notes))), 100)
    with pytest.raises(Conflict, match="nothing of it was kept"):
        await brought(centre, "devices", devices(2) + "CT-1,M,CT,H1,X1\n", meanwhile)
    assert meanwhile.checks == TRIES
    async with centre.read() as connection:
        assert await files.device(connection, "SN-0") is None


async def test_saves_of_others_wait_for_an_import_and_none_fails(
    file_place: Place, file_centre: Database, tmp_path: Path
) -> None:
    (tmp_path / "devices.csv").write_text(devices(3000))
    async with (
        worker(file_place, "mia", "bring", str(tmp_path / "devices.csv")) as bringing,
        worker(file_place, "ola", "log", "60") as logging,
    ):
        await bringing.ready()
        await logging.ready()
        bringing.go()
        logging.go()
        told, said = await asyncio.gather(bringing.lines(), logging.lines())
    assert told[-1] == ["kept", "3000", "0", "0", "0"]
    assert sum(line[0] == "done" for line in said) == 60
    assert len((await sound(file_centre)).tickets) == 60


async def test_of_two_imports_at_once_the_second_finds_what_the_first_stored(
    place: Place, centre: Database, tmp_path: Path
) -> None:
    file = tmp_path / "devices.csv"
    file.write_text(devices(1500))
    both = await at_once(place, [("mia", "bring", str(file)), ("gina", "bring", str(file))])
    ends = sorted(tuple(said[-1]) for said in both)
    assert ends == [("kept", "0", "0", "1500", "0"), ("kept", "1500", "0", "0", "0")]
    await sound(centre)


async def _killed(place: Place, chance: random.Random, *files: str) -> str:
    """Kill an import when it has told for the so-manieth time how far it is; return its stage."""
    async with worker(place, "mia", "bring", *files) as bringing:
        await bringing.ready()
        bringing.go()
        for _ in range(chance.randrange(1, 27)):
            said = await bringing.line()
            if not said or said[0] != "at":
                break
        last = (await bringing.kill() or [said])[-1]
        return last[1] if last[0] == "at" else last[0]


@pytest.mark.parametrize("kills", [4, pytest.param(15, marks=pytest.mark.slow)])
async def test_killed_at_any_moment_nothing_of_an_import_is_there(
    file_place: Place, databases: Databases, tmp_path: Path, kills: int
) -> None:
    database = databases.open(file_place)
    await settle(database)
    count = 1500
    (tmp_path / "devices.csv").write_text(devices(4 * count))
    (tmp_path / "tickets.csv").write_text(past(count))
    paths = [str(tmp_path / name) for name in ("devices.csv", "tickets.csv")]
    chance = random.Random(20260310)
    ends = set()
    for _ in range(kills):
        end = await _killed(file_place, chance, *paths)
        ends.add(end)
        async with database.read() as connection:
            lines = await journal.newest_id(connection)
            found = await records.everything(connection, Device)
        whole = len(found) == 3 + 4 * count
        assert (len(found), lines) == (3, 0) or whole
        if whole:
            assert end in ("keeping", "kept")
            break
    assert kills < 10 or len(ends) > 1
    assert not glob.glob(f"{tempfile.gettempdir()}/dispatch-import-*/*")
    [(_, *told)] = [said[-1] for said in await at_once(file_place, [("mia", "bring", *paths)])]
    assert sum(map(int, told)) == 5 * count
    assert len((await sound(database)).tickets) == count


@pytest.mark.slow
async def test_a_hundred_thousand_rows_take_less_than_three_hundred_megabytes(
    file_place: Place, file_centre: Database, tmp_path: Path
) -> None:
    file = tmp_path / "devices.csv"
    file.write_text(devices(100_000))
    assert await memory(file_place, file) < 300


@pytest.mark.slow
async def test_the_memory_of_an_import_does_not_grow_with_its_tickets(
    file_place: Place, file_centre: Database, tmp_path: Path
) -> None:
    file = tmp_path / "tickets.csv"
    file.write_text(past(2_000))
    few = await memory(file_place, file)
    file.write_text(past(22_000))
    assert await memory(file_place, file) < few + 40
