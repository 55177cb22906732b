"""Every cell of the page of roles about tickets, as the menu of the console offers it."""

from centre import CALL, desk_of
from courses import BY_ROLE, COMPLAINT
from role_page import ON_TICKETS

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.table import COMMANDS, role_obstacle
from dispatch_tui.domain.ticket import Kind
from dispatch_tui.storage.engine import Database


async def test_the_menu_refuses_by_role_what_the_page_refuses(file_centre: Database) -> None:
    mia = desk_of("mia", file_centre)
    theirs, nobodys, complaint = [
        (await mia.log_call(call)).number for call in (CALL, CALL, COMPLAINT)
    ]
    await mia.act(theirs, c.Assign(engineers=("ann", "spe")))
    for role in Role:
        desk = desk_of(BY_ROLE[role], file_centre)
        assert desk.may_log() is (role in ON_TICKETS[0].roles)
        for number, is_theirs in ((theirs, True), (nobodys, False), (complaint, False)):
            file = await desk.ticket(number)
            for row in ON_TICKETS[1:]:
                if file.case.ticket.kind not in COMMANDS[row.name].kinds:
                    continue
                by_role = role_obstacle(COMMANDS[row.name], desk.me, file.case.ticket)
                allowed = role in row.roles or (role in row.own_roles and is_theirs)
                assert (by_role is None) is allowed, (role, row.name)
                assert by_role in (None, file.obstacles[row.name])
    assert Kind.COMPLAINT is (await mia.ticket(complaint)).case.ticket.kind
