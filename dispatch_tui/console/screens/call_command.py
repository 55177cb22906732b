"""From what was taken down of a call to the command that it gives."""

from collections.abc import Mapping

from dispatch_tui.console.screens.caller import Caller
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.ticket import Kind, Priority


def call_command(
    caller: Caller, values: Mapping[str, str], target: str, *, complaint: bool
) -> c.Command:
    """Return the command: a call of its own, or something about the open ticket `target`."""
    said, contact, phone = (values[name] for name in ("fault", "contact", "phone"))
    if target and complaint:
        return c.Complain(text=said, contact=contact, phone=phone)
    if target:
        return c.AddCall(text=said, contact=contact, phone=phone)
    device = caller.device
    return c.LogCall(
        kind=Kind.COMPLAINT if complaint else Kind.FAULT,
        fault=said,
        customer=caller.customer_code,
        caller=caller.words,
        device=caller.device_id,
        department=device.department if device else values["department"],
        contact=contact,
        phone=phone,
        priority=Priority.NORMAL if complaint else Priority(values["priority"]),
    )
