"""The whole-machine warranty (S5), in calendar months."""

import calendar
from datetime import date


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


def in_warranty(accepted_on: date | None, months: int, on: date) -> bool | None:
    """Whether the device is under warranty on a day, None when that cannot be known."""
    end = warranty_end(accepted_on, months)
    return None if end is None else on <= end
