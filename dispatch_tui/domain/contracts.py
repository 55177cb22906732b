"""Which contract holds for a customer's device on a day, and which limits it sets."""

from collections.abc import Iterable
from datetime import date

from dispatch_tui.domain.facts import Limits
from dispatch_tui.domain.files import Contract
from dispatch_tui.domain.warranty import add_months

INSPECTION_MONTHS = 3
"""The interval of inspection rounds where nothing was agreed (S7)."""


def in_force(contracts: Iterable[Contract], device: str, on: date) -> Contract | None:
    """Return the contract that holds: one for the device alone goes first, then the newest."""
    held = [one for one in contracts if one.covers(device, on)]
    return max(held, key=lambda one: (one.device != "", one.since, one.number), default=None)


def limits_of(contract: Contract | None) -> Limits | None:
    """Return the limits of a contract, None where it leaves all of them to the service plan."""
    if contract is None:
        return None
    limits = (contract.response_minutes, contract.on_site_hours, contract.repair_hours)
    if limits == (None, None, None):
        return None
    response, on_site, repair = limits
    return Limits(
        contract=contract.number,
        response_minutes=response,
        on_site_hours=on_site,
        repair_hours=repair,
    )


def next_inspection(
    accepted_on: date | None, last: date | None, contract: Contract | None
) -> date | None:
    """Return the day by which a device is due for inspection (S5, S7), None before acceptance."""
    since = last or accepted_on
    if since is None:
        return None
    agreed = contract.inspection_months if contract else None
    return add_months(since, agreed or INSPECTION_MONTHS)
