"""The words for the domain's fixed values."""

from enum import StrEnum

from dispatch_tui.domain.clocks import ClockKind, Level, Outcome
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.roster import Doing
from dispatch_tui.domain.table import COMMANDS, LOG
from dispatch_tui.domain.ticket import Kind, Priority, Severity, Status

_LABELS: dict[type[StrEnum], dict[str, str]] = {
    Role: {
        Role.OPERATOR: N_("hotline operator"),
        Role.MANAGER: N_("manager"),
        Role.ENGINEER: N_("engineer"),
        Role.SPECIALIST: N_("specialist"),
        Role.SUPERVISOR: N_("supervisor"),
        Role.GENERAL_MANAGER: N_("general manager"),
        Role.ADMINISTRATOR: N_("administrator"),
    },
    Kind: {Kind.FAULT: N_("fault")},
    Priority: {Priority.NORMAL: N_("normal"), Priority.EMERGENCY: N_("emergency")},
    Severity: {Severity.ORDINARY: N_("ordinary fault"), Severity.MAJOR: N_("major fault")},
    Status: {
        Status.LOGGED: N_("logged"),
        Status.RESPONDED: N_("answered"),
        Status.ASSIGNED: N_("assigned"),
        Status.UNDER_WAY: N_("under way"),
        Status.ON_SITE: N_("on site"),
        Status.RESTORED: N_("restored"),
        Status.SOLVED: N_("solved"),
        Status.CLOSED: N_("closed"),
        Status.CANCELLED: N_("cancelled"),
    },
    Doing: {
        Doing.FREE: N_("free"),
        Doing.PLANNED: N_("planned"),
        Doing.UNDER_WAY: N_("under way"),
        Doing.ON_SITE: N_("on site"),
    },
    ClockKind: {
        ClockKind.RESPONSE: N_("answer"),
        ClockKind.ON_SITE: N_("arrival"),
        ClockKind.REPAIR: N_("repair"),
    },
    Outcome: {
        Outcome.RUNNING: N_("running"),
        Outcome.MET: N_("met"),
        Outcome.MISSED: N_("missed"),
        Outcome.VOID: N_("void"),
    },
    Level: {
        Level.NORMAL: N_("in time"),
        Level.WATCH: N_("watch"),
        Level.NEAR: N_("near the limit"),
        Level.CRITICAL: N_("critical"),
        Level.BREACHED: N_("breached"),
    },
}

_DEVICE_KINDS: dict[str, str] = {
    "ct": N_("CT"),
    "mri": N_("MRI"),
    "dr": N_("DR"),
    "ultrasound": N_("ultrasound"),
    "ventilator": N_("ventilator"),
    "monitor": N_("patient monitor"),
    "anaesthesia": N_("anaesthesia machine"),
    "dialysis": N_("dialysis"),
    "analyser": N_("analyser"),
    "infusion_pump": N_("infusion pump"),
}

FIELD_LABELS: dict[str, str] = {
    field.name: field.label for spec in (LOG, *COMMANDS.values()) for field in spec.fields
}
"""The untranslated word for a field of a command."""


def label_of(value: StrEnum) -> str:
    """Return the untranslated word for a fixed value of the domain."""
    return _LABELS[type(value)][value.value]


def device_kind(kind: str) -> str:
    """Return the untranslated word for a kind of device; an unknown one stands for itself."""
    return _DEVICE_KINDS.get(kind, kind)
