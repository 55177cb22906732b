"""What is asked for about the service report."""

from dispatch_tui.domain.commands.base import Command
from dispatch_tui.domain.facts import Answer, DeviceState
from dispatch_tui.domain.sections import Section


class RecordTest(Command, frozen=True, kw_only=True):
    """Enter one test after the repair."""

    item: str
    value: str
    passed: Answer
    instrument: str = ""
    limit: str = ""


class DescribeService(Command, frozen=True, kw_only=True):
    """Tell what the device can be used for now, and who confirmed it."""

    state_after: DeviceState
    confirmed_by: str
    advice: str = ""


class FinishReport(Command, frozen=True, kw_only=True):
    """Make the service report final."""


class SignReport(Command, frozen=True, kw_only=True):
    """The customer signed the report."""

    name: str
    position: str = ""


class AmendReport(Command, frozen=True, kw_only=True):
    """Change a final report by an amendment."""

    section: Section
    text: str
