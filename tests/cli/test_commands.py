"""The printed table of commands against what is enforced: every role, command and state."""

import asyncio
import re
from collections.abc import Callable
from datetime import UTC
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from cases import ENGINEER, GENERAL_MANAGER, IN_WARRANTY, MANAGER, Case

from dispatch_tui import bootstrap
from dispatch_tui.cli.fields import summary
from dispatch_tui.domain.errors import NotAllowed, NotPossible
from dispatch_tui.domain.fields import clean_fields
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.spec import Field, FieldKind, Spec
from dispatch_tui.domain.table import COMMANDS, LOG, role_obstacle, state_obstacle
from dispatch_tui.domain.ticket import Kind, Status, Ticket
from dispatch_tui.settings import Settings
from dispatch_tui.words.speaker import Speaker

Call = Callable[..., Case]
Dispatch = Callable[..., Any]
Printed = dict[str, dict[str, Any]]


@pytest.fixture
def printed(dispatch: Dispatch) -> Printed:
    """The rows of the table as scripts get them, by name."""
    answer = dispatch("commands", "--json")
    assert answer.code == 0
    rows = answer.document
    assert len({row["name"] for row in rows}) == len(rows)
    return {row["name"]: row for row in rows}


@pytest.fixture
def company(call: Call, environment: Path) -> tuple[list[Ticket], dict[str, Staff]]:
    """A ticket of each kind in each state, and everybody by login."""
    numbers = [case.number for case in (*faults(call), *complaints(call))]

    async def look() -> tuple[list[Ticket], dict[str, Staff]]:
        settings = Settings(database=str(environment), login=MANAGER)
        async with bootstrap.desk(settings) as desk:
            cases = {one.number: one.ticket for one in await desk.cases(numbers)}
            return [cases[number] for number in numbers], await desk.staff()

    return asyncio.run(look())


def faults(call: Call) -> list[Case]:
    """A fault in each of its states; from the assigned one on it is an engineer's."""

    def told(*steps: tuple[str, dict[str, Any]]) -> Case:
        case = call(IN_WARRANTY, "停机", days_ago=2)
        for hour, (command, fields) in enumerate(steps, start=1):
            case.act(hour, command, GENERAL_MANAGER, **fields)
        return case

    receipt = {"item": "板", "serial": "B-1", "signed_by": "查文彬", "word_due_at": "in 9 h"}
    assign = ("assign", {"engineers": ENGINEER})
    arrive: tuple[str, dict[str, Any]] = ("arrive", {})
    leave: tuple[str, dict[str, Any]] = ("leave", {})
    hopeless = ("cannot-repair", {"reduced": "手动", "remains": "自动", "report": "WX-1"})
    way = ("agree-way", {"way": "换一台", "name": "查文彬", "document": "函 1"})
    restore = ("restore", {"what_was_done": "换板"})
    works = ("call-back", {"result": "works", "words": "好了"})
    first = call(IN_WARRANTY, "停机", days_ago=2)
    return [
        first,
        told(("respond", {})),
        told(assign),
        told(assign, ("depart", {})),
        told(assign, arrive),
        told(assign, arrive, ("take-away", {**receipt, "to": "workshop"}), leave),
        told(assign, arrive, ("take-away", {**receipt, "to": "manufacturer"}), leave),
        told(assign, arrive, hopeless, leave),
        told(assign, arrive, restore),
        told(assign, ("solve-by-phone", {"what_was_done": "重启"})),
        told(assign, arrive, hopeless, leave, way),
        told(assign, arrive, restore, works),
        told(assign, arrive, restore, works, ("close", {})),
        told(assign, ("cancel", {"reason": "打错"})),
        told(assign, ("merge", {"into": first.number})),
    ]


def complaints(call: Call) -> list[Case]:
    """A complaint in each of its states."""
    steps = (
        ("acknowledge", {}),
        ("investigate", {"findings": "属实"}),
        ("answer", {"answer": "道歉"}),
        ("record-satisfaction", {"satisfied": "yes", "name": "任玉洁"}),
        ("close-complaint", {}),
    )
    found = []
    for count in range(len(steps) + 1):
        case = call(IN_WARRANTY, "态度不好", "--kind", "complaint", days_ago=2)
        for hour, (command, fields) in enumerate(steps[:count], start=1):
            case.act(hour, command, GENERAL_MANAGER, **fields)
        found.append(case)
    return found


def may(row: dict[str, Any], who: Staff, ticket: Ticket) -> bool:
    """Whether the printed row lets somebody give the command on a ticket."""
    theirs = ticket.assignment(who.login) is not None
    return who.role in row["roles"] or (who.role in row["own_roles"] and theirs)


def test_the_printed_table_is_what_is_enforced_for_every_role_command_and_state(
    printed: Printed, company: tuple[list[Ticket], dict[str, Staff]]
) -> None:
    tickets, staff = company
    assert {ticket.status for ticket in tickets} == set(Status)
    assert {who.role for who in staff.values()} == set(Role)
    assert set(printed) == {LOG.name, *COMMANDS}
    refused_by_facts = 0
    for spec, ticket in product(COMMANDS.values(), tickets):
        row = printed[spec.name]
        for who in staff.values():
            allowed = role_obstacle(spec, who, ticket) is None
            assert allowed is may(row, who, ticket), (spec.name, who.login, ticket.status)
        obstacle = state_obstacle(spec, ticket)
        if ticket.kind in row["kinds"] and ticket.status in row["states"]:
            refused_by_facts += obstacle is not None
            assert obstacle is None or obstacle.template in row["requires"], (spec.name, ticket)
        else:
            assert obstacle is not None, (spec.name, ticket.status)
            assert obstacle.template not in row["requires"]
    assert refused_by_facts > 50


def test_the_desk_refuses_what_the_printed_table_does_not_allow(
    printed: Printed, company: tuple[list[Ticket], dict[str, Staff]], environment: Path
) -> None:
    tickets, staff = company
    assigned = [one for one in tickets if one.status is Status.ASSIGNED]
    people = {who.role: who for who in staff.values()}

    async def refusals() -> int:
        count = 0
        async with bootstrap.opened(Settings(database=str(environment))) as database:
            for role, who in people.items():
                desk = await bootstrap.desk_on(database, who.login)
                tried = tickets if role is Role.GENERAL_MANAGER else assigned
                for spec, ticket in product(COMMANDS.values(), tried):
                    if expected := refusal(printed[spec.name], who, ticket):
                        with pytest.raises(expected):
                            await desk.act(ticket.number, complete(spec, ticket))
                        count += 1
        return count

    assert asyncio.run(refusals()) > 500


def refusal(row: dict[str, Any], who: Staff, ticket: Ticket) -> type[Exception] | None:
    """How the printed row refuses the command, None when it does not."""
    if not may(row, who, ticket):
        return NotAllowed
    possible = ticket.kind in row["kinds"] and ticket.status in row["states"]
    return None if possible else NotPossible


def complete(spec: Spec, ticket: Ticket) -> Any:
    """A command with all that it needs."""
    needed = {one.name: _value(one, ticket) for one in spec.fields if one.required}
    return clean_fields(spec.command(**needed))


def _value(field: Field, ticket: Ticket) -> Any:
    if field.choices:
        return field.choices[0]
    if field.kind is FieldKind.TIME:
        return ticket.reported_at
    return (ENGINEER,) if field.kind is FieldKind.ENGINEERS else "x"


def test_the_printed_rows_say_the_same_in_words(dispatch: Dispatch, printed: Printed) -> None:
    speaker = Speaker("en", UTC)
    blocks = dispatch("commands").out.strip("\n").split("\n\n")
    assert [block.split("  ", 1)[0] for block in blocks] == list(printed)
    for block in blocks:
        head, *lines = block.splitlines()
        name, words = head.split("  ", 1)
        row = printed[name]
        spec = LOG if name == LOG.name else COMMANDS[name]
        assert words == spec.help
        pairs = [re.split(r"\s{2,}", line.strip(), maxsplit=1) for line in lines]
        said = {label: value for label, value in pairs if label != "refused with"}
        assert said["for"] == speaker.listed(speaker.label(Kind(one)) for one in row["kinds"])
        states = [speaker.label(Status(one)) for one in row["states"]]
        every = len(states) == len(Status)
        assert said.get("in state", "") == ("any" if every else speaker.listed(states))
        for label, key in (("by", "roles"), ("if theirs, by", "own_roles")):
            roles = speaker.listed(speaker.label(Role(one)) for one in row[key])
            assert said.get(label, "") == roles
        facts = said.get("facts", "")
        assert re.findall(r"(?:^|, )-*([a-z_]+)[= ]", facts.removesuffix("--occurred-at TIME")) == [
            field["name"] for field in row["fields"]
        ]
        if spec is not LOG:
            assert ("--occurred-at" in facts) is row["occurred_at"]
        assert sum(label == "refused with" for label, _ in pairs) == len(row["requires"])
        assert "{" not in block


def test_the_help_of_act_has_the_same_commands_with_the_same_fields(
    dispatch: Dispatch, printed: Printed
) -> None:
    said = "".join(dispatch("act", "--help").out.split())
    place = said.index("Commands(fieldswith*areneeded)")
    for name, spec in COMMANDS.items():
        words = f"{name} {summary(Speaker('en', UTC), spec)}"
        place = said.index("".join(words.split()), place)
        shapes = words.removeprefix(f"{name} {spec.help}").split()
        assert [(one.partition("=")[0], one.endswith("*")) for one in shapes] == [
            (field["name"], field["required"]) for field in printed[name]["fields"]
        ]
    assert list(COMMANDS) == [name for name in printed if name != LOG.name]


@pytest.mark.parametrize("role", [one.value for one in Role])
def test_the_help_for_a_ticket_says_what_the_printed_table_allows_now(
    call: Call, printed: Printed, sample: Callable[[str], str], role: str
) -> None:
    case = call(IN_WARRANTY, "停机")
    case.act(1, "assign", MANAGER, engineers=ENGINEER)
    case.act(2, "depart")
    answer = case.dispatch("act", case.number, "--help", login=sample(role))
    possible, _, impossible = answer.out.partition("Not possible now:")
    rows = [row for row in printed.values() if row["name"] != LOG.name and "fault" in row["kinds"]]
    for row in rows:
        listed, refused = (
            re.search(rf"^  {row['name']}(  |$)", part, re.MULTILINE) is not None
            for part in (possible, impossible)
        )
        assert listed is not refused, row["name"]
        theirs = role in row["own_roles"] and sample(role) == ENGINEER
        allowed = (role in row["roles"] or theirs) and "under_way" in row["states"]
        assert listed <= allowed, row["name"]
        assert listed or not allowed or row["requires"], row["name"]
