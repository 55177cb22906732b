"""Every way in which an act of a file can be wrong: named with line, column and reason."""

import csv
import io

import pytest
from company import acts, brought, tickets, told

from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database

ARRIVED = {
    "number": "260305-001",
    "customer": "H1",
    "device_serial": "CT-1",
    "reported_at": "2026-03-05T08:00",
    "fault": "Beeps",
    "responded_at": "2026-03-05T08:10",
    "engineers": "ann",
    "arrived_at": "2026-03-05T09:00",
}
ACT = ("number", "at", "by", "command", "fields")
Wrong = tuple[dict[str, str], str, str]
"""Cells of an act, and the column and words that must be named."""


def wrong(column: str, words: str, command: str, fields: str = "", **cells: str) -> Wrong:
    """An act on a ticket that was just arrived for."""
    known = {"number": ARRIVED["number"], "at": "2026-03-05T11:00", "by": "mia"}
    return {**known, "command": command, "fields": fields, **cells}, column, words


ACTS = {
    "an act on no ticket": wrong("number", "no ticket 260305-009", "close", number="260305-009"),
    "an unknown command": wrong("command", "no command fly", "fly"),
    "nobody": wrong("by", "login eve", "close", by="eve"),
    "no time": wrong("at", "must be a day and a time", "close", at="noon"),
    "a time to come": wrong("at", "in the future", "note", '{"text": "x"}', at="2026-03-11T08:00"),
    "a role that may not": wrong(
        "by", "Not for your role", "escalate", '{"reason": "core_down"}', by="ola"
    ),
    "an engineer of another ticket": wrong("by", "not yours", "leave", by="bob"),
    "a state that forbids it": wrong("command", "must be gone", "close"),
    "text": wrong("fields", "no JSON object", "note", "text=x"),
    "half an object": wrong("fields", "no JSON object", "note", '{"text": "x'),
    "a list": wrong("fields", "no JSON object", "note", '["x"]'),
    "a deep list": wrong("fields", "no JSON object", "note", "[" * 9000),
    "one megabyte": wrong("", "length of this row", "note", f'{{"text": "{"x" * 10**6}"}}'),
    "too much": wrong("fields", "100012 characters", "note", f'{{"text": "{"x" * 10**5}"}}'),
    "a long text": wrong("fields", "4001 characters", "note", f'{{"text": "{"x" * 4001}"}}'),
    "an unknown fact": wrong("fields", "colour is no fact of note", "note", '{"colour": "red"}'),
    "a fact too much": wrong("fields", "undo takes no facts", "undo", '{"text": "x"}'),
    "a missing fact": wrong("fields", "text is missing: note needs it", "note"),
    "an empty fact": wrong("fields", "text is missing", "note", '{"text": null}'),
    "a fact of controls": wrong("fields", "is missing", "note", '{"text": "\\u202e\\u0007"}'),
    "a number for a text": wrong("fields", "text: It must be a text", "note", '{"text": 5}'),
    "yes for a text": wrong("fields", "text: It must be a text", "note", '{"text": true}'),
    "an unknown choice": wrong(
        "fields", "severity: “huge” is not possible here", "diagnose", '{"severity": "huge"}'
    ),
    "a number for a time": wrong(
        "fields", "planned_at: It must be a day and a time", "plan-visit", '{"planned_at": 5}'
    ),
    "a word for a time": wrong(
        "fields", "planned_at: “soon” must be", "plan-visit", '{"planned_at": "soon"}'
    ),
    "a plan for the past": wrong(
        "fields", "has passed already", "plan-visit", '{"planned_at": "2026-03-05T10:59"}'
    ),
    "a word for a day": wrong(
        "fields", "made_on: “old” must be a day", "fit-part", '{"name": "x", "made_on": "old"}'
    ),
    "an engineer who is unknown": wrong("fields", "eve", "assign", '{"engineers": "eve"}'),
    "a number for engineers": wrong(
        "fields", "engineers: It must be logins", "assign", '{"engineers": 5}'
    ),
    "an engineer who is elsewhere": wrong(
        "fields", "Bob is not on ticket", "leave", '{"engineers": ["bob"]}'
    ),
    "a score of six": wrong(
        "fields", "6 is no score", "call-back", '{"result": "works", "attitude": 6}'
    ),
    "restored before arrived": wrong(
        "at", "It cannot be", "restore", '{"what_was_done": "x"}', at="2026-03-05T08:30"
    ),
    "more time than can be": wrong(
        "fields",
        "More than 48 h",
        "ask-consent",
        '{"name": "Dr Li", "until": "2026-03-07T09:01"}',
    ),
    "merging": wrong("command", "another ticket", "merge", '{"into": "260301-003"}'),
    "complaining": wrong("command", "another ticket", "complain", '{"text": "x"}'),
    "a call-back that complains": wrong(
        "command",
        "another ticket",
        "call-back",
        '{"result": "works", "attitude": 1, "skill": 5, "speed": 5, "words": "Rude"}',
    ),
    "taking back": wrong("command", "instead of taking it back", "undo"),
    "another device": wrong("fields", "in tickets.csv", "correct", '{"device": "CT-2"}'),
}


@pytest.mark.parametrize("name", ACTS)
async def test_an_act_that_cannot_be_is_named(file_database: Database, name: str) -> None:
    cells, column, words = ACTS[name]
    await brought(file_database)
    major = (ARRIVED["number"], ARRIVED["arrived_at"], "ann", "diagnose", {"severity": "major"})
    lines = acts(major).rstrip("\r\n") + "\r\n" + row_of(cells)
    result = await brought(file_database, tickets=tickets(ARRIVED), acts=lines)
    assert not result.kept
    [(found_file, found_line, found_column, sentence)] = told(result)
    assert (found_file, found_line, found_column) == ("acts.csv", 3, column)
    assert words in sentence
    async with file_database.read() as connection:
        assert await journal.ticket_journal(connection, ARRIVED["number"]) == []


def row_of(cells: dict[str, str]) -> str:
    text = io.StringIO(newline="")
    csv.DictWriter(text, ACT).writerow(cells)
    return text.getvalue()
