"""The feed: what any process commits is heard of soon, and listening holds nobody up."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
from centre import CALL, NOON, NOTE, FrozenClock, desk_of, disable, settle
from engines import Databases
from processes import at_once, worker

from dispatch_tui.desk.standing_by import StandingBy
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage import driver, feed, journal, news
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.feed import Change, Feed, feed_of
from dispatch_tui.storage.place import Place
from dispatch_tui.storage.tickets import Connection

LEAVES = """
import asyncio, sys
from dispatch_tui.bootstrap import opened
from dispatch_tui.settings import Settings
from dispatch_tui.storage.feed import feed_of

async def listen(database, heard):
    feed = feed_of(database)
    await feed.start()
    heard.set()
    try:
        async for change in feed.changes():
            pass
    finally:
        feed.stop()

async def main():
    async with opened(Settings(database=sys.argv[1])) as database:
        heard = asyncio.Event()
        listening = asyncio.create_task(listen(database, heard))
        await heard.wait()
        print("leaving", flush=True)
        if sys.argv[2] == "cancelling":
            listening.cancel()

asyncio.run(main())
"""


class Listener:
    """Hears of changes until it is left; `numbers` are all tickets that it knows of by them."""

    def __init__(self, database: Database, feed: Feed) -> None:
        self.changes: list[Change] = []
        self.numbers: set[str] = set()
        self._database = database
        self._feed = feed
        self._heard = asyncio.Condition()

    async def listen(self) -> None:
        """Hear, and look at what may have changed."""
        async for change in self._feed.changes():
            async with self._heard:
                if change.numbers is None:
                    cases = await desk_of("ola", self._database).open_cases()
                    self.numbers |= {case.number for case in cases}
                else:
                    self.numbers |= change.numbers
                self.changes.append(change)
                self._heard.notify_all()

    async def until_known(self, numbers: set[str]) -> None:
        """Wait until all of these were heard of: a second at most."""
        async with self._heard:
            await asyncio.wait_for(
                self._heard.wait_for(lambda: numbers <= self.numbers), timeout=1.0
            )

    async def until_heard(self, changes: int) -> None:
        """Wait for so many changes: a second each at most."""
        async with self._heard:
            await asyncio.wait_for(
                self._heard.wait_for(lambda: len(self.changes) >= changes), timeout=1.0
            )


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[Listener]:
    """Somebody who listens while the block runs."""
    heard = feed_of(database)
    await heard.start()
    listener = Listener(database, heard)
    task = asyncio.create_task(listener.listen())
    try:
        yield listener
    finally:
        heard.stop()
        await task


async def test_a_call_from_another_process_is_heard_of_within_a_second(centre: Database) -> None:
    async with listening(centre) as listener, worker(centre.place, "ola", "log", "1") as other:
        await other.ready()
        other.go()
        _, (_, number, _), _ = await other.lines()
        await listener.until_known({number})


async def test_no_change_is_missed_while_four_processes_write(centre: Database) -> None:
    async with listening(centre) as listener:
        said = await at_once(centre.place, [("ola", "log", "50")] * 4)
        numbers = {line[1] for lines in said for line in lines if line[0] == "done"}
        assert len(numbers) == 200
        await listener.until_known(numbers)


async def test_what_was_committed_before_the_start_is_no_change(
    centre: Database, databases: Databases
) -> None:
    desk = desk_of("ola", databases.open(centre.place))
    before = (await desk.log_call(CALL)).number
    async with listening(centre) as listener:
        after = (await desk.log_call(CALL)).number
        await listener.until_known({after})
        if centre.place.path is not None:
            assert before not in listener.numbers


async def test_lines_that_commit_out_of_their_order_are_all_heard_of(
    place_of_server: Place, databases: Databases
) -> None:
    database, other = databases.open(place_of_server), databases.open(place_of_server)
    await settle(database)
    desk = desk_of("ola", other)
    number = (await desk.log_call(CALL)).number
    written, let_go = asyncio.Event(), asyncio.Event()

    async def slow(connection: Connection) -> None:
        await journal.append_to(connection, "person", "ola", "refused", {}, "ola", NOON)
        written.set()
        await let_go.wait()

    async with listening(database) as listener:
        late = asyncio.create_task(other.write(slow))
        await written.wait()
        await desk.act(number, NOTE)
        await listener.until_heard(1)
        let_go.set()
        await late
        await listener.until_heard(2)


async def test_a_commit_is_heard_of_once(
    centre: Database, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind in (feed.FileFeed, feed.ServerFeed):
        monkeypatch.setattr(kind, "SECONDS", 0.01)
    heard = feed_of(centre)
    await heard.start()
    await desk_of("ola", databases.open(centre.place)).log_call(CALL)
    changes = heard.changes()
    await asyncio.wait_for(anext(changes), timeout=1.0)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(changes), timeout=0.1)
    heard.stop()


async def test_after_a_change_that_took_a_minute_the_next_is_heard_of_at_once(
    file_centre: Database, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = feed_of(file_centre)
    await heard.start()
    desk = desk_of("ola", databases.open(file_centre.place))
    await desk.log_call(CALL)
    changes = heard.changes()
    await asyncio.wait_for(anext(changes), timeout=1.0)
    late = SimpleNamespace(monotonic=lambda: time.monotonic() + 60.0)  # the machine slept
    monkeypatch.setattr(feed, "time", late)
    monkeypatch.setattr(feed, "PEOPLE_SECONDS", 1e9)
    number = (await desk.log_call(CALL)).number
    change = await asyncio.wait_for(anext(changes), timeout=1.0)
    assert change.numbers == {number}
    heard.stop()


async def test_a_draft_concerns_nobody_else(file_centre: Database, databases: Databases) -> None:
    heard = feed_of(file_centre)
    await heard.start()
    desk = desk_of("ola", databases.open(file_centre.place))
    await desk.save_draft("call", {"fault": "No im"})
    assert heard.committed()
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(anext(heard.changes()), timeout=3 * feed.FileFeed.SECONDS)
    assert not heard.committed()
    heard.stop()


async def test_a_change_of_staff_names_no_ticket_and_says_so(
    centre: Database, databases: Databases
) -> None:
    async with listening(centre) as listener:
        await disable("bob", databases.open(centre.place))
        await listener.until_heard(1)
        (change,) = listener.changes
        assert change.people
        assert change.numbers == (frozenset() if centre.place.path is not None else None)


async def test_a_flag_that_was_seen_is_heard_of_and_names_no_ticket(
    file_centre: Database, databases: Databases, clock: FrozenClock
) -> None:
    desk = desk_of("ola", databases.open(file_centre.place), clock)
    number = (await desk.log_call(CALL)).number
    clock.pass_(days=2)
    watch = Watch(desk)
    assert await watch.scan(await desk.open_cases())
    async with listening(file_centre) as listener:
        await watch.see([one.id for one in await watch.unseen()])
        await listener.until_heard(1)
        assert listener.changes == [Change(flags=True)]
    assert number


async def test_who_has_a_ticket_open_is_heard_of_and_names_no_ticket(
    centre: Database, databases: Databases
) -> None:
    there = StandingBy(desk_of("ola", databases.open(centre.place)), "console")
    async with listening(centre) as listener:
        await there.stand("260303-001", "assign", NOON)
        await listener.until_heard(1)
        (change,) = listener.changes
        assert (change.numbers, change.people) == (frozenset(), False)
        assert change.present is not None
        assert [one.login for one in change.present] == ["ola"]
        await there.leave()
        await listener.until_heard(2)
        assert listener.changes[-1] == Change(present=())


async def test_it_is_looked_who_there_is_even_if_nobody_said_that_it_changed(
    centre: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "PEOPLE_SECONDS", 0.05)
    async with listening(centre) as listener:
        await listener.until_heard(1)
        assert set(listener.changes) == {Change(people=True)}


async def test_listening_keeps_nobody_from_emptying_the_wal(
    file_centre: Database, databases: Databases
) -> None:
    path = file_centre.place.path
    assert path is not None
    desk = desk_of("ola", databases.open(file_centre.place))
    async with listening(file_centre) as listener:
        for _ in range(20):
            await desk.log_call(CALL)
        await listener.until_heard(1)
        busy = _checkpoint(path)
        while busy:  # the listener may be reading just now
            await asyncio.sleep(0)
            busy = _checkpoint(path)
        assert Path(f"{path}-wal").stat().st_size == 0  # noqa: ASYNC240 - nothing else runs
        number = (await desk.log_call(CALL)).number
        await listener.until_known({number})


async def test_a_change_is_not_lost_when_looking_at_it_fails_once(
    file_centre: Database, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = feed_of(file_centre)
    await heard.start()
    number = (await desk_of("ola", databases.open(file_centre.place)).log_call(CALL)).number

    async def fail(*_: object) -> None:
        raise OSError("the disk is away")

    with monkeypatch.context() as patch:
        patch.setattr(news, "news_since", fail)
        with pytest.raises(DatabaseUnusable, match="the disk is away"):
            await anext(heard.changes())
    change = await asyncio.wait_for(anext(heard.changes()), timeout=1.0)
    assert change.numbers == {number}
    heard.stop()


async def test_of_very_many_changes_at_once_it_is_only_told_that_there_were(
    file_centre: Database, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news, "MANY", 3)
    heard = feed_of(file_centre)
    await heard.start()
    desk = desk_of("ola", databases.open(file_centre.place))
    for _ in range(2):
        number = (await desk.log_call(CALL)).number
    changes = heard.changes()
    assert (await anext(changes)).numbers == {number[:-1] + "1", number}
    for _ in range(3):
        number = (await desk.log_call(CALL)).number
    assert (await anext(changes)).numbers is None
    await desk.act(number, NOTE)
    assert (await anext(changes)).numbers == {number}
    heard.stop()


async def test_a_long_watch_on_a_server_moves_its_window_and_misses_nothing(
    place_of_server: Place, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed.ServerFeed, "WINDOW", 3)
    monkeypatch.setattr(feed.ServerFeed, "SECONDS", 0.02)
    database = databases.open(place_of_server)
    await settle(database)
    desk = desk_of("ola", database)
    async with listening(database) as listener:
        for _ in range(12):
            number = (await desk.log_call(CALL)).number
            await listener.until_known({number})
            before = len(listener.changes)
        await desk.act(number, NOTE)
        await listener.until_heard(before + 1)


async def test_stopping_ends_the_changes(centre: Database) -> None:
    heard = feed_of(centre)
    await heard.start()
    heard.stop()
    assert [change async for change in heard.changes()] == []


@pytest.mark.parametrize("how", ["cancelling", "leaving"])
def test_a_listening_program_ends_when_it_is_told(file_place: Place, how: str) -> None:
    command = [sys.executable, "-W", "error", "-c", LEAVES, str(file_place.path), how]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == b"leaving\n"
        assert program.wait(timeout=2) == 0
        assert program.stderr.read() == b""


def _checkpoint(path: Path) -> bool:
    other = driver.connect(path)
    busy, _, _ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    other.close()
    return bool(busy)
