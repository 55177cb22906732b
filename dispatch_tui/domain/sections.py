"""The sections of a service report, in their order."""

from enum import StrEnum


class Section(StrEnum):
    """A part of the report that an amendment can name."""

    DEVICE = "device"
    CUSTOMER = "customer"
    CALL = "call"
    COURSE = "course"
    FAULT = "fault"
    WORK = "work"
    PARTS = "parts"
    TESTS = "tests"
    AWAY = "away"
    OUTCOME = "outcome"
