"""From a train: 300 ms each way and 100 more or less, 9.6 kbit/s, now and then nothing for 5 s."""

import time
from collections.abc import Iterator
from statistics import median

import pytest
from program import CT, MANAGER, NAMES, OPERATOR, Program
from relay import SLOW, TRAIN
from service import ALIVE, LONG, Service
from sshd import WHY_NOT
from terminal import Terminal

pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)

ROUND_TRIP = 2 * (SLOW.delay + SLOW.jitter)
AT_ONCE = 0.1
"""Seconds in which a console answers a key that has reached it."""

MOST_TO_OPEN = 20_000
"""Bytes from the server until the queue is there, those of the sign-in among them."""

IDLE_MINUTE = 2000
"""Bytes that a console sends in a minute in which nobody does anything."""

HELD = 30
"""How often a key repeats until it is let go."""

KEYS = ("<down>", "<down>", "<up>", "<down>", "<up>", "<down>", "<down>", "<up>", "<up>")


@pytest.fixture
def service(demo: Program) -> Iterator[Service]:
    """The program behind a server, as it is deployed."""
    with Service(demo, *ALIVE) as service:
        yield service


def settled(service: Service, terminal: Terminal) -> None:
    """Wait until nothing is under way any more: a packet is seen only once all of it has come."""
    give_up_at = time.monotonic() + LONG
    carried = -1
    while carried != service.relay.down:
        assert time.monotonic() < give_up_at, "it still sends"
        carried = service.relay.down
        terminal.quiet(2 * ROUND_TRIP, LONG)
        terminal.pause_until(time.monotonic() + ROUND_TRIP)


@pytest.mark.slow
def test_a_call_is_logged_and_a_ticket_assigned_from_a_train(service: Service) -> None:
    with service.open_queue(MANAGER, weather=TRAIN) as console:
        console.send("<f2>")
        console.shows("Caller", "Type what", seconds=LONG)
        console.send("8139x")
        console.shows(CT, seconds=LONG)
        console.send("<enter>")
        console.shows("> Fault", seconds=LONG)
        console.send("Typed on a train")
        console.shows("Typed on a train", seconds=LONG)
        console.send("<enter>")
        console.shows("Call logged as", seconds=LONG)
        settled(service, console)
        console.send("<f4>")
        console.shows("Enter assign", seconds=LONG)
        settled(service, console)
        console.send(" ", "<enter>")
        console.hides("Enter assign", seconds=LONG)
    found = service.program.run(OPERATOR, "tickets", "--json").document
    logged = [one for one in found if one["fault"] == "Typed on a train"]
    assert [one["device"] for one in logged] == [CT]
    assert [one["status"] for one in logged] == ["assigned"]
    assert service.program.run(OPERATOR, "audit").code == 0


@pytest.mark.slow
def test_a_key_is_answered_within_a_round_trip(service: Service) -> None:
    """The first packet, beside the time that its own bytes take on such a line."""
    late: list[float] = []
    whole: list[float] = []
    with service.open_queue(OPERATOR) as console:
        service.relay.weather = SLOW
        for key in KEYS:
            before, carried, sent_at = console.count, service.relay.down, time.monotonic()
            console.send(key)
            first_at = console.writes_more(before)
            packet = service.relay.down - carried
            settled(service, console)
            carried = service.relay.down - carried
            late.append(first_at - sent_at - packet / SLOW.rate)
            whole.append(console.written_at - sent_at - carried / SLOW.rate)
    print(f"\nfirst {median(late):.3f} s, whole {median(whole):.3f} s beside its bytes")  # noqa: T201
    assert median(late) <= ROUND_TRIP + AT_ONCE
    assert median(whole) <= 2 * ROUND_TRIP + AT_ONCE


def test_letters_typed_ahead_are_all_there(service: Service) -> None:
    with service.open_queue(OPERATOR) as console:
        service.relay.weather = SLOW
        console.send("<f2>")
        console.shows("Type what", seconds=LONG)
        for letter in "8139x":
            console.send(letter)
        console.shows("8139x", CT, seconds=LONG)


def test_of_a_held_key_the_screens_in_between_are_left_out(service: Service) -> None:
    with service.open_queue(OPERATOR, (120, 40)) as console:
        before = console.count
        console.send("<pagedown>")
        console.quiet()
        one = console.count - before
        service.relay.weather = SLOW
        before = console.count
        console.hold("<pagedown>", "<pageup>", times=HELD // 2)
        let_go_at = console.sent_at
        settled(service, console)
        written = console.count - before
        took = console.written_at - let_go_at
    print(f"\n{written} bytes instead of {HELD * one}, the last {took:.1f} s after")  # noqa: T201
    assert written < HELD * one / 2
    assert took < 3 * ROUND_TRIP + 2 * one / SLOW.rate


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_opening_takes_few_bytes(service: Service, size: tuple[int, int]) -> None:
    with service.open_queue(OPERATOR, size) as console:
        print(f"\n{console.count} bytes, {service.relay.down} with the sign-in")  # noqa: T201
        assert service.relay.down < MOST_TO_OPEN
        assert NAMES[OPERATOR] in console.text


def test_over_a_line_no_mouse_and_no_reports_are_asked_for(service: Service) -> None:
    with service.open_queue(OPERATOR) as console:
        assert not {1000, 1002, 1003, 1004, 1006, 2026, 2048} & console.modes.keys()
        assert b"38;2;" not in console.written


@pytest.mark.slow
def test_an_idle_console_sends_little_in_a_minute(service: Service) -> None:
    """All that the server sends: the turn of the minute, and its questions whether one is there."""
    with service.open_queue(OPERATOR) as console:
        before, written = service.relay.down, console.count
        console.pause_until(time.monotonic() + 60.0)
        sent = service.relay.down - before
        print(f"\n{sent} bytes, {console.count - written} of the console")  # noqa: T201
        assert 0 < console.count - written <= IDLE_MINUTE
        assert sent <= IDLE_MINUTE
