"""What happened with the service report."""

from dispatch_tui.domain.events.base import Event
from dispatch_tui.domain.facts import Answer, DeviceState
from dispatch_tui.domain.sections import Section


class TestRecorded(Event, frozen=True, kw_only=True, tag="test_recorded"):
    """One test after the repair."""

    __test__ = False

    item: str
    value: str
    passed: Answer
    instrument: str = ""
    limit: str = ""


class ServiceDescribed(Event, frozen=True, kw_only=True, tag="service_described"):
    """What the device can be used for, and who confirmed it."""

    state_after: DeviceState
    confirmed_by: str
    advice: str = ""


class ReportFinished(Event, frozen=True, kw_only=True, tag="report_finished"):
    """The report is final: `document` is its text as JSON, `hash` its SHA-256."""

    document: str
    hash: str


class ReportSigned(Event, frozen=True, kw_only=True, tag="report_signed"):
    """The customer signed."""

    name: str
    position: str = ""


class ReportAmended(Event, frozen=True, kw_only=True, tag="report_amended"):
    """A final report is changed by an amendment, which names what it amends."""

    section: Section
    text: str
