"""The roster as it follows from staff, rotation plan and open tickets."""

from collections.abc import Iterable
from datetime import datetime

from dispatch_tui.desk.views import Group, Member, Roster
from dispatch_tui.domain.people import FIELD_ROLES, Staff
from dispatch_tui.domain.roster import Job, jobs
from dispatch_tui.domain.rotation import RotationPlan, on_duty
from dispatch_tui.domain.ticket import Ticket


def roster_of(
    staff: dict[str, Staff], plan: RotationPlan | None, open_tickets: Iterable[Ticket], at: datetime
) -> Roster:
    """Return the roster at a time: the group on duty first, then who is in no group."""
    duty = on_duty(plan, at) if plan else None
    held = jobs(open_tickets)
    sent = [one for one in staff.values() if one.role in FIELD_ROLES and one.active]
    names = sorted({one.group for one in sent if one.group})
    groups = [
        Group(
            name=name,
            on_duty=duty is not None and duty.group == name,
            members=tuple(
                Member(person=one, job=held.get(one.login, Job()))
                for one in sent
                if one.group == name
            ),
        )
        for name in [*names, ""]
    ]
    return Roster(at=at, duty=duty, groups=tuple(one for one in groups if one.members))
