"""The roster as it follows from staff, rules and open tickets."""

from collections.abc import Iterable
from datetime import datetime

from dispatch_tui.desk.views import Group, Member, Roster
from dispatch_tui.domain.duty import Rules, duty_at, on_leave, staff_at
from dispatch_tui.domain.people import FIELD_ROLES, Staff
from dispatch_tui.domain.roster import Job, jobs
from dispatch_tui.domain.ticket import Ticket


def roster_of(
    staff: dict[str, Staff], rules: Rules | None, open_tickets: Iterable[Ticket], at: datetime
) -> Roster:
    """Return the roster at a time: by group, then who is in no group."""
    duty = duty_at(rules, at) if rules else None
    serving = staff_at(rules, at)[1] if rules else ()
    held = jobs(open_tickets)
    sent = [one for one in staff.values() if one.role in FIELD_ROLES and one.active]
    names = sorted({one.group for one in sent if one.group})
    groups = [
        Group(
            name=name,
            on_duty=bool(name) and duty is not None and duty.group == name,
            members=tuple(
                Member(
                    person=one,
                    job=held.get(one.login, Job()),
                    on_duty=one.login in serving,
                    off=on_leave(rules, one.login, at) if rules else None,
                )
                for one in sent
                if one.group == name
            ),
        )
        for name in [*names, ""]
    ]
    return Roster(
        at=at,
        duty=duty,
        groups=tuple(one for one in groups if one.members),
        staff=serving,
        then=duty_at(rules, duty.until).group if rules and duty else "",
    )
