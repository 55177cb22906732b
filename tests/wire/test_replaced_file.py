"""A database file that is replaced under a running console: nothing is acknowledged into it."""

import os
import shutil

from program import CT, OPERATOR, Opened, Program

FAULT = "Never to be acknowledged"


def test_a_call_into_a_replaced_file_is_not_acknowledged_and_stays_in_the_form(
    demo: Program, opened: Opened
) -> None:
    console = opened(demo.open_queue(OPERATOR))
    console.send("<f2>")
    console.shows("Type what")
    console.send("8139x")
    console.shows(CT)
    console.send("<enter>")
    console.shows("> Fault")
    other = demo.database.with_name("restored.db")
    shutil.copy(demo.database, other)
    os.replace(other, demo.database)
    console.send(FAULT, "<ctrl+g>")
    console.shows("was replaced", "start again", FAULT)
    assert "Call logged as" not in console.text
    console.close()
    found = demo.run(OPERATOR, "tickets", "--json").document
    assert FAULT not in [one["fault"] for one in found]
    assert demo.run(OPERATOR, "audit").code == 0
