"""Every cell of the page of roles about files that are taken out and brought in."""

import msgspec
import pytest
from centre import ZONE, desk_of
from courses import BY_ROLE
from role_page import EXPORTS, IMPORTS, Row
from taken_out import taken_out

from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.domain.errors import NotAllowed
from dispatch_tui.domain.people import Role
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database


async def refused(database: Database, login: str) -> list[str]:
    """What was refused to somebody, by the journal."""
    async with database.read() as connection:
        lines = await journal.lines_about(connection, "person", login)
    return [msgspec.json.decode(line.data)["command"] for line in lines]


@pytest.mark.parametrize("row", EXPORTS, ids=lambda row: row.name)
async def test_a_table_is_taken_out_by_the_roles_that_the_page_says(
    file_centre: Database, row: Row
) -> None:
    for role, login in BY_ROLE.items():
        desk = desk_of(login, file_centre)
        if role in row.roles:
            assert row.name in (await taken_out(desk, row.name))[0]
        else:
            with pytest.raises(NotAllowed):
                await taken_out(desk, row.name)
        assert await refused(file_centre, login) == ([] if role in row.roles else ["export"])


@pytest.mark.parametrize("row", IMPORTS, ids=lambda row: row.name)
async def test_a_table_is_brought_in_by_the_roles_that_the_page_says(
    file_centre: Database, row: Row
) -> None:
    header = ",".join(column.name for column in FORMATS[row.name].columns)
    source = Source(f"{row.name}.csv", f"{header}\n".encode())
    for role in Role:
        login = BY_ROLE[role]
        now = desk_of(login, file_centre).clock()
        if role in row.roles:
            found = await bring(file_centre, [source], login, zone=ZONE, now=now, dry_run=True)
            assert not found.problems
        else:
            with pytest.raises(NotAllowed):
                await bring(file_centre, [source], login, zone=ZONE, now=now, dry_run=True)
        assert await refused(file_centre, login) == ([] if role in row.roles else ["import"])
