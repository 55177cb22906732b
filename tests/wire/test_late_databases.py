"""A database that answers late or not at all: keys answer, nothing is lost, and it goes on."""

import resource
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from program import CT, MANAGER, OPEN_MARK, OPERATOR, Opened, Program
from terminal import Terminal

from dispatch_tui.storage import driver

AT_ONCE = 1.0
"""Seconds within which a key answers, whatever the database does and the machine does besides.

Alone it is some 10 ms; a key that waited for the database would take five seconds and more."""

FAULT = "Said while nobody could save"


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program that holds the write lock while the block runs."""
    holder = driver.connect(path)
    holder.execute("PRAGMA busy_timeout=5000")
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


def slowest(console: Terminal, *keys: str) -> float:
    """Press keys, each after the answer to the one before; returns the longest time, seconds."""
    found = []
    for key in keys:
        console.quiet(0.05)
        before = console.count
        console.send(key)
        found.append(console.writes_more(before) - console.sent_at)
    print(f"\nslowest key: {max(found) * 1000:.0f} ms")  # noqa: T201
    return max(found)


def filled(demo: Program, opened: Opened, size: tuple[int, int] = (80, 24)) -> Terminal:
    """A console with a call that needs nothing more than to be saved."""
    console = opened(demo.open_queue(OPERATOR, size))
    console.send("<f2>")
    console.shows("Type what")
    console.send("8139x")
    console.shows(CT)
    console.send("<enter>")
    console.shows("> Fault")
    console.type(FAULT)
    console.shows(FAULT)
    return console


def logged(demo: Program) -> int:
    """How many tickets tell of the fault."""
    found = demo.run(MANAGER, "tickets", "--view", "all", "--json").document
    return [one["fault"] for one in found].count(FAULT)


def test_a_save_that_waits_for_a_lock_says_so_and_is_done_when_it_is_free(
    demo: Program, opened: Opened
) -> None:
    console = filled(demo, opened)
    with locked(demo.database):
        console.send("<ctrl+g>")
        console.shows("Saving for", "Esc goes back", FAULT)
        assert slowest(console, "x", "<backspace>", "<f3>") < AT_ONCE
        console.shows("Find anything")
        console.send("<escape>")
        console.shows(FAULT)
    console.shows("Call logged as")
    assert logged(demo) == 1


def test_one_can_leave_a_form_that_waits_and_is_told_what_became_of_it(
    demo: Program, opened: Opened
) -> None:
    console = filled(demo, opened)
    with locked(demo.database):
        console.send("<ctrl+g>")
        console.shows("Saving for", "Esc goes back")
        console.send("<escape>")
        console.hides("Saving for")
        console.shows("nothing saved for", "others are at work")
        assert slowest(console, *("<down>", "<up>") * 5) < AT_ONCE
        assert "saved after all" not in console.text
    console.shows("saved after all")
    assert logged(demo) == 1


def test_what_is_typed_while_nothing_can_be_saved_is_offered_again(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(OPERATOR, (80, 24)))
    with locked(demo.database):
        console.send("<f2>")
        console.shows("Type what")
        console.type("8139x")
        console.shows(CT)
        console.send("<enter>")
        console.shows("> Fault")
        console.type(FAULT)
        console.shows(FAULT)
        console.send("<escape>")
        console.hides(FAULT)
        console.send("<f2>")
        console.shows("restored", FAULT)
    console.send("<ctrl+g>")
    console.shows("Call logged as")
    assert logged(demo) == 1


def full(console: Terminal) -> Callable[[], None]:
    """Let the console write no further, as on a full disk; returns what ends that."""
    before = resource.prlimit(console.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(console.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    return lambda: resource.prlimit(console.pid, resource.RLIMIT_FSIZE, before) and None


def test_a_full_disk_is_said_and_all_goes_on_when_there_is_room(
    demo: Program, opened: Opened
) -> None:
    console = filled(demo, opened)
    make_room = full(console)
    console.send("<ctrl+g>")
    console.shows("cannot be used", FAULT)
    assert slowest(console, "x", "<backspace>", "y", "<backspace>") < AT_ONCE
    console.send("<escape>")
    console.shows("nothing saved for", "Since", "cannot be used")
    assert slowest(console, *("<down>", "<up>") * 5) < AT_ONCE
    assert logged(demo) == 0
    make_room()
    console.hides("nothing saved for")
    console.send("<f2>")
    console.shows("restored", FAULT)
    console.send("<ctrl+g>")
    console.shows("Call logged as")
    assert logged(demo) == 1


def moved_onto(path: Path, backup: Path) -> None:
    """Put a backup in the place of the database, whose WAL and index go with it."""
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink()
    backup.replace(path)


def copied_over(path: Path, backup: Path) -> None:
    """Copy a backup into the file of the database, all of which is in the file itself."""
    other = driver.connect(path)
    other.execute("PRAGMA busy_timeout=5000")
    busy, *_ = other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy
    shutil.copyfile(backup, path)
    other.close()


def written_back(path: Path, backup: Path) -> None:
    """Restore a backup as SQLite itself does it."""
    source, target = driver.connect(backup), driver.connect(path)
    target.execute("PRAGMA busy_timeout=5000")
    source.backup(target)
    source.close()
    target.close()


RESTORES = [moved_onto, copied_over, written_back]


@pytest.mark.parametrize("restore", RESTORES, ids=lambda one: one.__name__)
def test_after_a_restore_the_console_goes_on_with_what_was_restored(
    demo: Program, opened: Opened, restore: Callable[[Path, Path], None]
) -> None:
    backup = demo.database.with_name("backup.db")
    shutil.copy(demo.database, backup)
    console = opened(demo.open_queue(OPERATOR))
    lost = demo.call("Lost")
    console.shows("Lost")
    restore(demo.database, backup)
    console.shows("The database answers.")
    console.hides("Lost")
    assert slowest(console, *("<down>", "<up>") * 5) < AT_ONCE
    assert demo.call("Anew") == lost
    console.shows("Anew")
    console.send("<f2>")
    console.shows("Type what")
    console.send("8139x")
    console.shows(CT)
    console.send("<enter>")
    console.shows("> Fault")
    console.send("Own", "<ctrl+g>")
    console.shows("Call logged as")
    assert demo.run(MANAGER, "audit").code == 0


def test_after_its_wal_was_removed_the_console_goes_on(demo: Program, opened: Opened) -> None:
    console = opened(demo.open_queue(OPERATOR))
    demo.call("Before")
    console.shows("Before")
    Path(f"{demo.database}-wal").unlink()
    console.shows("The database answers.")
    demo.call("After")
    console.shows("After")
    assert demo.run(MANAGER, "audit").code == 0


def test_a_file_that_is_away_is_waited_for(demo: Program, opened: Opened) -> None:
    console = filled(demo, opened)
    away = demo.database.with_name("away")
    away.mkdir()
    parts = [Path(f"{demo.database}{end}") for end in ("", "-wal", "-shm")]
    for part in parts:
        part.rename(away / part.name)
    console.send("<ctrl+g>")
    console.shows("The database", FAULT)
    assert slowest(console, "x", "<backspace>", "y", "<backspace>") < AT_ONCE
    console.send("<escape>")
    console.shows("data ", " old", "Since", "is not there")
    assert slowest(console, *("<down>", "<up>") * 5) < AT_ONCE
    assert not demo.database.exists()
    for part in parts:
        (away / part.name).rename(part)
    console.shows("The database answers.")
    console.send("<f2>")
    console.shows("restored", FAULT)
    console.send("<ctrl+g>")
    console.shows("Call logged as")
    assert logged(demo) == 1


def test_a_database_that_is_not_free_at_the_start_is_waited_for(
    demo: Program, opened: Opened
) -> None:
    holder = driver.connect(demo.database)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("COMMIT")
    console = opened(demo.console(OPERATOR, (80, 24)))
    console.shows("Opening the database ... for", "is busy")
    assert console.alive
    holder.close()
    console.until(lambda: OPEN_MARK in console.text)
    console.shows("The database answers.")
