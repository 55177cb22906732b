"""Two terminals on one ticket, and a terminal whose person is disabled."""

import csv
import time

import pytest
from program import MANAGER, NAMES, OPERATOR, Opened, Program

SOON = 6.0
"""Seconds within which one sees who else is there, or is signed out, on a busy machine too."""

IDLE = 2.5
"""Seconds in which every clock of the console has ticked."""

NOT_ALLOWED = 3
BOM = "\ufeff"


def test_who_has_a_ticket_open_is_seen_soon_and_costs_nothing_while_it_stays_so(
    demo: Program, opened: Opened
) -> None:
    operator = opened(demo.open_queue(OPERATOR, (80, 24)))
    manager = opened(demo.open_queue(MANAGER, (80, 24)))
    began_at = time.monotonic()
    operator.send("t")
    seen_at = manager.shows(f"Also here: {NAMES[OPERATOR]}")
    print(f"\nfrom the key to the other terminal: {seen_at - began_at:.2f} s")  # noqa: T201
    assert seen_at - began_at < SOON
    manager.quiet(IDLE)
    manager.send("a")
    manager.shows("Assign", f"Also here: {NAMES[OPERATOR]} (Write a note)")
    operator.shows(f"Also here: {NAMES[MANAGER]} (Assign engineers)")
    manager.quiet(IDLE)
    before = manager.count
    operator.send("<escape>")
    gone_at = manager.hides("Also here")
    assert gone_at - operator.sent_at < SOON
    manager.quiet(IDLE)
    assert manager.count - before < 3000


@pytest.mark.parametrize("keys", [(), ("t",), ("m",), ("<f2>",), ("?",)], ids=str)
def test_whoever_is_disabled_is_signed_out_soon_whatever_is_open(
    demo: Program, opened: Opened, keys: tuple[str, ...]
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    for key in keys:
        before = console.count
        console.send(key)
        console.writes_more(before)
        console.quiet()
    staff = demo.database.with_name("staff.csv")
    rows = list(csv.DictReader(demo.run(MANAGER, "export", "staff").out.lstrip(BOM).splitlines()))
    with staff.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(
            one | ({"active": "no"} if one["login"] == OPERATOR else {}) for one in rows
        )
    brought = demo.run(MANAGER, "import", str(staff))
    assert brought.code == 0, brought.err
    assert console.exit_status(SOON) == NOT_ALLOWED
    assert b"may not sign in any more" in console.written
