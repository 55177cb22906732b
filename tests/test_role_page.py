"""The page of roles says what the code does, and nothing that can be done is missing on it."""

from role_page import BESIDE, HOW, LOOKING, ON_TICKETS, PAGE, called_in, page

from dispatch_tui.cli.main import root
from dispatch_tui.cli.session import LOOKS
from dispatch_tui.desk.desk import Desk

NOT_OF_A_PERSON = {"demo", "init", "keys", "session"}
"""Commands that begin a database or let somebody in: there is nobody yet whose role counts."""

NAMED_APART = {"import", "export", "calendar"}
"""Commands with a table of their own on the page, and one that shows a look as a file."""

LOOKS_OF_A_DESK = {
    *("may_keep_staff", "may_move_parts", "may_file", "may_log", "shelves", "consignments"),
    *("customer_file", "device_history", "on_file", "customers_after", "devices_after"),
    *("fresh_customer_code", "key_named", "lendings", "roster_flaws", "overrides", "weights"),
    *("handover_sheet", "pending_handover", "suggestions", "reach", "day_plan", "find", "named"),
    *("kept_cases", "belongings", "open_cases", "cases", "over_cases", "cases_at", "pages"),
    *("ticket", "lines", "report", "device", "staff", "rules", "preview", "roster", "draft"),
    "session",
}
"""What only looks, which everybody may who signs in."""


def test_the_page_is_what_the_code_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"make it anew: {HOW}"


def test_every_write_of_the_desk_is_on_the_page() -> None:
    writes = {name for name in dir(Desk) if not name.startswith("_")} - LOOKS_OF_A_DESK
    on_page = {row.method for row in (*ON_TICKETS, *BESIDE)}
    assert writes - on_page == {"put_on_file", "take_off_file"}  # in one row with change_file


def test_every_command_of_the_command_line_is_on_the_page() -> None:
    on_page = {row.words[0] for row in (*ON_TICKETS, *BESIDE, *LOOKING) if row.words}
    named = on_page | NOT_OF_A_PERSON | NAMED_APART
    assert set(root.entries) == named, "put it into a table of role_page.py, and make the page anew"


def test_over_ssh_only_what_looks_has_a_letter() -> None:
    assert [row.name for row in (*ON_TICKETS, *BESIDE) if "S" in row.entrances] == []
    assert {row.words[0] for row in LOOKING if "S" in row.entrances} == set(LOOKS)
    assert {"act", "log_call", "rules"} <= called_in("console")
