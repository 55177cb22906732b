"""Two people who decide about the same ticket at once, each in a process of their own."""

import random

import pytest
from program import MANAGER, NAMES, OPERATOR, OTHER_MANAGER, Opened, Program, ended
from terminal import Terminal

RACES = 20
AT_ONCE = 4
"""Tickets that are raced for at the same time."""

CONFLICT = 4


def test_of_two_managers_who_assign_at_once_one_wins_and_the_other_reads_who(
    demo: Program, opened: Opened
) -> None:
    number = demo.call("Both want this one", "--priority", "emergency")
    managers = {login: opened(demo.open_queue(login)) for login in (MANAGER, OTHER_MANAGER)}
    for console in managers.values():
        choose(console, number)
        console.send("<f4>")
        console.shows(f"Assign {number}")
    forms = list(managers.values())
    for console in forms:
        console.send(" ")
        console.shows("[L]", "Enter assigns")
    for console in forms:
        console.send("<enter>")
    for console in forms:
        wait_for_answer(console, number)
    losers = [login for login, console in managers.items() if f"Assign {number}" in console.text]
    assert len(losers) == 1
    winner = OTHER_MANAGER if losers == [MANAGER] else MANAGER
    managers[losers[0]].shows(f"{NAMES[winner]} was faster on ticket {number}")
    done = demo.run(OPERATOR, "show", number, "--json").document
    assert [line["actor"] for line in done["journal"] if line["kind"] == "assigned"] == [winner]


def choose(console: Terminal, number: str) -> None:
    """Put the cursor on a ticket by filtering for it."""
    console.send("/")
    console.shows("number, customer, initials")
    console.quiet()
    console.send(number, "<enter>")
    console.until(
        lambda: any(line.startswith(">") and number in line for line in console.lines),
        what=f"the cursor on {number}",
    )


def wait_for_answer(console: Terminal, number: str) -> None:
    """Wait until the form has closed, or says why it has not."""
    console.until(
        lambda: f"Assign {number}" not in console.text or "was faster" in console.text,
        what="an answer",
    )


@pytest.mark.slow
def test_of_two_processes_that_assign_the_same_version_exactly_one_wins(demo: Program) -> None:
    numbers = [demo.call(f"Raced for {place}") for place in range(RACES)]
    engineers = {MANAGER: "shan.zhiyuan", OTHER_MANAGER: "xie.xiaodong"}
    chance = random.Random(4)
    wins = dict.fromkeys(engineers, 0)
    for start in range(0, RACES, AT_ONCE):
        racing = []
        for number in numbers[start : start + AT_ONCE]:
            for login in chance.sample(sorted(engineers), 2):
                words = ("act", number, "assign", f"engineers={engineers[login]}", "--version", "1")
                racing.append((number, login, demo.start(login, *words, "--json")))
        found = [(number, login, ended(process)) for number, login, process in racing]
        for number in numbers[start : start + AT_ONCE]:
            codes = {login: done.code for one, login, done in found if one == number}
            assert sorted(codes.values()) == [0, CONFLICT]
            winner = min(codes, key=lambda login: codes[login])
            wins[winner] += 1
            for one, login, done in found:
                if one == number and login == winner:
                    assert done.document["engineers"] == [engineers[winner]]
                elif one == number:
                    assert done.out == ""
                    assert done.err.startswith(f"{NAMES[winner]} was faster on ticket {number}")
                    assert done.err.count("\n") == 1
    print(f"\nwho won: {wins}")  # noqa: T201
    assert demo.run(MANAGER, "audit").code == 0
