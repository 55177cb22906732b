"""Two people at two real terminals on one database."""

import time

from program import CT, MANAGER, OPERATOR, Opened, Program

SOON = 5.0
"""Seconds within which everybody sees what one did, on a machine that does other things too."""

NAUGHTY = {
    "[/] [@click=app.quit]x[/] [bold red]": "[/] [@click=app.quit]x[/] [bold red]",
    "\x1b[13;37mA\x1b]0;pwned\x07B\x9b13;37mC": "[13;37mA]0;pwnedB13;37mC",
    "\u202edlrow\u2066 z\u200bw\ufeff": "dlrow zw",
    "a\tb\r\nc\x08\x0e": "a b c",
    "{name} %s $v \\x1b \\": "{name} %s $v \\x1b \\",
}
"""What somebody types, and what everybody sees."""


def test_a_call_from_the_form_is_soon_in_the_other_queue(demo: Program, opened: Opened) -> None:
    operator = opened(demo.open_queue(OPERATOR, (80, 24)))
    manager = opened(demo.open_queue(MANAGER))
    operator.send("<f2>")
    operator.shows("Caller", "Type what")
    operator.send("8139x")
    operator.shows(CT)
    operator.send("<enter>")
    operator.shows("> Fault")
    operator.send("Rings on the wire")
    operator.shows("Rings on the wire")
    saved_at = time.monotonic()
    operator.send("<enter>")
    seen_at = manager.shows("Rings on")
    operator.hides("Caller")
    operator.shows("Call logged as")
    print(f"\nfrom Enter to the other queue: {(seen_at - saved_at) * 1000:.0f} ms")  # noqa: T201
    assert seen_at - saved_at < SOON


def test_a_call_from_the_command_line_is_soon_in_every_queue(demo: Program, opened: Opened) -> None:
    consoles = [opened(demo.open_queue(login, (80, 24))) for login in (OPERATOR, MANAGER)]
    demo.call("No image since noon")
    acknowledged_at = time.monotonic()
    took = [console.shows("No image") - acknowledged_at for console in consoles]
    print(f"\nfrom the command line to each queue: {max(took) * 1000:.0f} ms")  # noqa: T201
    assert max(took) < SOON


def test_what_is_typed_into_the_form_in_one_packet_is_logged_as_it_was_typed(
    demo: Program, opened: Opened
) -> None:
    operator = opened(demo.open_queue(OPERATOR))
    operator.send("<f2>")
    operator.shows("Caller", "Type what")
    operator.type("8139x\rAll at once\r")
    operator.shows("Call logged as")
    found = demo.run(MANAGER, "tickets", "--json").document
    assert [one["device"] for one in found if one["fault"] == "All at once"] == [CT]


def test_what_people_type_is_drawn_literally_and_never_obeyed(
    demo: Program, opened: Opened
) -> None:
    manager = opened(demo.open_queue(MANAGER, (200, 60)))
    for text, seen in NAUGHTY.items():
        done = demo.run(OPERATOR, "call", "--caller", text, "--fault", text)
        assert (done.code, done.err) == (0, "")
        manager.shows(f" {seen}")
    written = manager.written
    for char in ("\x9b", "\u202e", "\u2066", "\u200b", "\ufeff"):
        assert char.encode() not in written
    for sequence in (b"\x1b[13;37m", b"\x1b]0;", b"\x07B", b"\x0e", b"\x08"):
        assert sequence not in written
    assert manager.alive
