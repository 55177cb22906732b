"""A database file replaced under an open form: what is acknowledged stands in the new one."""

import os
import shutil

from program import CT, OPERATOR, Opened, Program

FAULT = "Acknowledged once"


def test_a_call_into_a_replaced_file_stays_in_the_form_until_it_is_in_the_new_one(
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
    console.until(lambda: "Call logged as" in console.text or "The database" in console.text)
    if "Call logged as" not in console.text:
        assert FAULT in console.text
        console.until(
            lambda: "Call logged as" in console.text or "database answers" in console.text
        )
        if "Call logged as" not in console.text:
            console.send("<ctrl+g>")
            console.shows("Call logged as")
    console.close()
    found = demo.run(OPERATOR, "tickets", "--json").document
    assert [one["fault"] for one in found].count(FAULT) == 1
    assert demo.run(OPERATOR, "audit").code == 0
