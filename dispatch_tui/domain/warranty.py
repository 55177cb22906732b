"""What a device is covered by: the whole-machine warranty (S5) in calendar months, a contract."""

import calendar
from datetime import date
from enum import StrEnum

import msgspec

from dispatch_tui.domain.files import Device


def add_months(start: date, months: int) -> date:
    """Return the day `months` calendar months later, clipped to the end of its month."""
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def warranty_end(accepted_on: date | None, months: int) -> date | None:
    """Return the last day of the warranty, None when it is not known when it began."""
    if accepted_on is None:
        return None
    return add_months(accepted_on, months)


class Coverage(StrEnum):
    """Whether a repair is charged: nothing within the warranty or as a contract says (S5, S8)."""

    WARRANTY = "warranty"
    CONTRACT = "contract"
    NONE = "none"
    UNKNOWN = "unknown"


class Verdict(msgspec.Struct, frozen=True):
    """What a device is covered by on a day, and until when that lasts or lasted."""

    coverage: Coverage
    until: date | None = None

    @property
    def free(self) -> bool:
        """Whether the customer is charged nothing."""
        return self.coverage is Coverage.WARRANTY


def verdict(device: Device | None, on: date) -> Verdict:
    """Return what a device is covered by on a day: the warranty goes before a contract.

    Both days are within; it is unknown for a device that was not accepted and has no contract.
    """
    if device is None:
        return Verdict(Coverage.UNKNOWN)
    end = warranty_end(device.accepted_on, device.warranty_months)
    if end is not None and on <= end:
        return Verdict(Coverage.WARRANTY, end)
    if (device.contract_from or on) <= on <= (device.contract_until or date.min):
        return Verdict(Coverage.CONTRACT, device.contract_until)
    return Verdict(Coverage.UNKNOWN if end is None else Coverage.NONE, end)
