"""The sections of a service report in their order, and how far it has come."""

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


class ReportState(StrEnum):
    """How far a report has come; only a signed one has the customer's name under it."""

    DRAFT = "draft"
    FINAL = "final"
    SIGNED = "signed"
