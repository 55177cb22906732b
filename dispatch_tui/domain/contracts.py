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
    accepted_on: date | None, contract: Contract | None, today: date
) -> date | None:
    """Return the day of the next inspection round (S5, S7), None before acceptance.

    Rounds are counted from the acceptance, each quarter unless a contract sets another interval.
    """
    if accepted_on is None:
        return None
    months = (contract.inspection_months if contract else None) or INSPECTION_MONTHS
    passed = (today.year - accepted_on.year) * 12 + today.month - accepted_on.month
    rounds = max(1, passed // months)
    while (due := add_months(accepted_on, rounds * months)) < today:
        rounds += 1
    return due
