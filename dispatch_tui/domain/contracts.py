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
    return max(held, key=_standing, default=None)


def _standing(contract: Contract) -> tuple[bool, date, str]:
    return contract.device != "", contract.since, contract.number


def limits_of(contracts: Iterable[Contract], device: str, on: date) -> Limits | None:
    """Return the limits for a device on a day, None where the service plan's hold.

    A limit that the contract for the device alone leaves open is that of the others.
    """
    held = sorted((one for one in contracts if one.covers(device, on)), key=_standing, reverse=True)
    names = ("response_minutes", "on_site_hours", "repair_hours")
    limits = {
        name: next((one for one in (getattr(c, name) for c in held) if one is not None), None)
        for name in names
    }
    setting = [c for c in held if any(getattr(c, name) is not None for name in names)]
    return Limits(contract=setting[0].number, **limits) if setting else None


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
