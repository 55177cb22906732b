"""An audit passes what is sound and names whatever was tampered with."""

import pytest
from company import brought
from sqlalchemy import text

from dispatch_tui.desk.auditing import Finding, audit
from dispatch_tui.storage import proof
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

NUMBER = "260301-001"
WHOLE = (17, 28)
"""Subjects and lines of the company."""
OF_TICKET = f"WHERE subject = '{NUMBER}'"

TAMPERINGS = {
    "a changed fact": (
        f"UPDATE journal SET data = replace(data, 'New tube', 'Old tube') {OF_TICKET}",
        ("ticket", NUMBER, 6, "was changed after it was written"),
    ),
    "a changed time": (
        f"UPDATE journal SET occurred_at = recorded_at {OF_TICKET} AND seq = 2",
        ("ticket", NUMBER, 2, "was changed after it was written"),
    ),
    "another actor": (
        f"UPDATE journal SET actor = 'bob' {OF_TICKET} AND seq = 1",
        ("ticket", NUMBER, 1, "was changed after it was written"),
    ),
    "another command key": (
        f"UPDATE journal SET command_key = 'x' {OF_TICKET} AND seq = 1",
        ("ticket", NUMBER, 1, "was changed after it was written"),
    ),
    "a forged hash": (
        f"UPDATE journal SET hash = prev_hash {OF_TICKET} AND seq = 2",
        ("ticket", NUMBER, 2, "was changed after it was written"),
    ),
    "an entry cut out": (
        f"DELETE FROM journal {OF_TICKET} AND seq = 3",
        ("ticket", NUMBER, 4, "an entry is missing"),
    ),
    "an entry cut out and the rest moved up": (
        f"DELETE FROM journal {OF_TICKET} AND seq = 8;"
        f"UPDATE journal SET seq = 9 {OF_TICKET} AND seq = 6;"
        f"UPDATE journal SET seq = 6 {OF_TICKET} AND seq = 7;"
        f"UPDATE journal SET seq = 7 {OF_TICKET} AND seq = 9",
        ("ticket", NUMBER, 6, "does not follow the one before"),
    ),
    "the last entry cut off": (
        f"DELETE FROM journal {OF_TICKET} AND seq = 8",
        ("ticket", NUMBER, 0, "differs from its journal in folded, version"),
    ),
    "a journal cut off": (
        f"DELETE FROM journal {OF_TICKET}",
        ("ticket", NUMBER, 0, "there is a row, but no journal"),
    ),
    "a row cut out": (
        f"DELETE FROM tickets WHERE number = '{NUMBER}'",
        ("ticket", NUMBER, 0, "there is a journal, but no row"),
    ),
    "another status": (
        f"UPDATE tickets SET status = 'logged' WHERE number = '{NUMBER}'",
        ("ticket", NUMBER, 0, "in status"),
    ),
    "another limit": (
        f"UPDATE tickets SET next_due_at = reported_at WHERE number = '{NUMBER}'",
        ("ticket", NUMBER, 0, "in next_due_at"),
    ),
    "another fault": (
        "UPDATE tickets SET folded = replace(folded, 'No image', 'Dust')"
        f" WHERE number = '{NUMBER}'",
        ("ticket", NUMBER, 0, "in folded"),
    ),
    "numbers that would be given again": (
        "UPDATE day_numbers SET last = 1 WHERE day = '260301'",
        ("day", "260301", 0, "3 was given"),
    ),
    "another customer's name": (
        "UPDATE customers SET name = 'X' WHERE code = 'H1'",
        ("customer", "H1", 0, "in name"),
    ),
    "a contract that was never brought in": (
        "UPDATE devices SET contract_until = '2030-12-31' WHERE id = 'CT-1'",
        ("device", "CT-1", 0, "in contract_until"),
    ),
    "another answer of the customer": (
        "UPDATE journal SET data = replace(data, 'works', 'broken')"
        " WHERE subject = '260301-003' AND seq = 4",
        ("ticket", "260301-003", 4, "was changed after it was written"),
    ),
    "a device moved": (
        "UPDATE devices SET customer = 'H2' WHERE id = 'CT-1'",
        ("device", "CT-1", 0, "in customer"),
    ),
    "a person promoted": (
        "UPDATE staff SET role = 'manager' WHERE login = 'bob'",
        ("staff", "bob", 0, "in role"),
    ),
    "a person smuggled in": (
        "INSERT INTO staff SELECT 'eve', name, role, title, \"group\", station, phone, skills,"
        " active, language FROM staff WHERE login = 'mia'",
        ("staff", "eve", 0, "there is a row, but no journal"),
    ),
    "a contact taken away": (
        "DELETE FROM contacts",
        ("contact", "H1/Dr Li/027-1", 0, "there is a journal, but no row"),
    ),
    "a text that is found by other words": (
        f"UPDATE texts SET words = replace(words, ' image ', ' smoke ') {OF_TICKET}",
        ("ticket", NUMBER, 0, "not found by what it says now"),
    ),
    "a ticket that is not found": (
        f"DELETE FROM texts {OF_TICKET}",
        ("ticket", NUMBER, 0, "not found by what it says now"),
    ),
    "a reading that is forgotten": (
        "DELETE FROM terms WHERE subject = 'H1' AND term = 'cqsdyyy'",
        ("customer", "H1", 0, "not found by what it says now"),
    ),
    "a word that leads to nobody": (
        "INSERT INTO terms (way, term, kind, subject) VALUES (1, 'x', 1, 'H9')",
        ("index", "terms", 0, "words lead to what is not there"),
    ),
    "a text of nothing": (
        "INSERT INTO texts (id, kind, subject, words) VALUES (7, 'ticket', 'x', ' x ')",
        ("index", "texts", 0, "texts are found by what is not there"),
    ),
    "what cannot be read": (
        "UPDATE staff SET role = 'emperor' WHERE login = 'bob'",
        ("database", "", 0, "cannot be read"),
    ),
}


async def tamper(database: Database, statements: str) -> None:
    async def work(connection: Connection) -> None:
        for statement in statements.split(";"):
            await connection.execute(text(statement))

    await database.write(work)


async def test_what_is_sound_passes(database: Database) -> None:
    await brought(database)
    found = await audit(database)
    assert (found.first, found.bad, found.tickets) == (None, 0, 3)
    assert (found.subjects, found.lines) == WHOLE


async def test_an_empty_database_passes(database: Database) -> None:
    assert (await audit(database)).first is None


@pytest.mark.parametrize("name", TAMPERINGS)
async def test_what_was_tampered_with_is_named(database: Database, name: str) -> None:
    statements, (kind, subject, seq, words) = TAMPERINGS[name]
    await brought(database)
    await tamper(database, statements)
    first = (await audit(database)).first
    assert isinstance(first, Finding)
    assert (first.kind, first.seq) == (kind, seq)
    assert subject in first.subject
    columns = first.what.values.get("columns", ())
    sentence = first.what.template.format(**{**first.what.values, "columns": ", ".join(columns)})
    assert words in sentence


async def test_an_audit_tells_how_far_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await brought(database)
    monkeypatch.setattr(proof, "PAGE", 5)
    told: list[tuple[int, int]] = []
    await audit(database, tell=lambda done, whole: told.append((done, whole)))
    done, wholes = zip(*told, strict=True)
    lines = WHOLE[1]
    assert list(done) == [*range(5, lines, 5), lines, lines]
    assert set(wholes[:-1]) <= {wholes[0], lines}
    assert (done[-1], wholes[-1]) == (lines, lines)


async def test_pages_do_not_tear_a_subject_apart(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await brought(database)
    for page in (1, 3, 7):
        monkeypatch.setattr(proof, "PAGE", page)
        found = await audit(database)
        assert (found.first, found.subjects, found.lines) == (None, *WHOLE)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO texts_index(texts_index, rowid, words)"
        " SELECT 'delete', id, words FROM texts WHERE subject = '260301-001'",
        "INSERT INTO texts_index(rowid, words) SELECT id, ' smoke ' FROM texts WHERE kind = 'x'"
        " UNION SELECT id + 1, words FROM texts WHERE subject = '260301-001'",
    ],
)
async def test_an_index_of_the_engine_that_is_out_of_step_is_named(
    file_database: Database, statement: str
) -> None:
    await brought(file_database)
    await tamper(file_database, statement)
    first = (await audit(file_database)).first
    assert isinstance(first, Finding)
    assert (first.kind, first.subject) == ("index", "texts_index")
