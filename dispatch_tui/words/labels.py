"""The words for the domain's fixed values."""

from enum import StrEnum

from dispatch_tui.domain import device_history
from dispatch_tui.domain import facts as f
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.clocks import ClockKind, Level, Outcome
from dispatch_tui.domain.correctable import CORRECTABLE
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.handover import Topic
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.people import Role
from dispatch_tui.domain.roster import Doing
from dispatch_tui.domain.roster_quality import FlawKind
from dispatch_tui.domain.sections import ReportState, Section
from dispatch_tui.domain.spec import Field, FieldKind
from dispatch_tui.domain.stocking import Move
from dispatch_tui.domain.suggestion import PartName
from dispatch_tui.domain.table import COMMANDS, LOG
from dispatch_tui.domain.ticket import Kind, Priority, Severity, Status
from dispatch_tui.domain.visits import Purpose, VisitState
from dispatch_tui.domain.warranty import Coverage

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
    OverrideKind: {
        OverrideKind.ADD: N_("on duty as well"),
        OverrideKind.REMOVE: N_("leave"),
        OverrideKind.REPLACE: N_("a stand-in"),
    },
    FlawKind: {
        FlawKind.GAP: N_("gap"),
        FlawKind.DOUBLE: N_("double booking"),
        FlawKind.NO_PHONE: N_("no phone"),
        FlawKind.UNEVEN: N_("uneven load"),
        FlawKind.CERTIFICATE: N_("certificate"),
    },
    PartName: {
        PartName.DUTY: N_("duty"),
        PartName.SKILL: N_("skill"),
        PartName.TRAVEL: N_("way"),
        PartName.LOAD: N_("load"),
        PartName.KNOWN: N_("was there"),
        PartName.FAIR: N_("fairness"),
    },
    Topic: {
        Topic.CONCERN: N_("look after"),
        Topic.PROMISE: N_("promise"),
        Topic.CALL_BACK: N_("call-back"),
        Topic.AWAY: N_("away"),
        Topic.LOAN: N_("loan"),
        Topic.LENT: N_("lent"),
    },
    Thing: {
        Thing.TICKET: N_("ticket"),
        Thing.CUSTOMER: N_("customer"),
        Thing.CONTACT: N_("contact"),
        Thing.DEVICE: N_("device"),
        Thing.PERSON: N_("colleague"),
    },
    Kind: {Kind.FAULT: N_("fault"), Kind.COMPLAINT: N_("complaint")},
    Priority: {Priority.NORMAL: N_("normal"), Priority.EMERGENCY: N_("emergency")},
    Severity: {Severity.ORDINARY: N_("ordinary fault"), Severity.MAJOR: N_("major fault")},
    Status: {
        Status.LOGGED: N_("logged"),
        Status.RESPONDED: N_("answered"),
        Status.ASSIGNED: N_("assigned"),
        Status.UNDER_WAY: N_("under way"),
        Status.ON_SITE: N_("on site"),
        Status.IN_WORKSHOP: N_("workshop"),
        Status.AT_MANUFACTURER: N_("exchange"),
        Status.UNREPAIRABLE: N_("no repair"),
        Status.RESTORED: N_("restored"),
        Status.SOLVED: N_("solved"),
        Status.AGREED: N_("agreed"),
        Status.CONFIRMED: N_("confirmed"),
        Status.ACKNOWLEDGED: N_("taken up"),
        Status.INVESTIGATED: N_("examined"),
        Status.ANSWERED: N_("replied"),
        Status.SATISFIED: N_("satisfied"),
        Status.CLOSED: N_("closed"),
        Status.CANCELLED: N_("cancelled"),
        Status.MERGED: N_("merged"),
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
        ClockKind.CALL_BACK: N_("call-back"),
        ClockKind.ADVERSE_PHONE: N_("adverse event by phone"),
        ClockKind.ADVERSE_REPORT: N_("adverse event report"),
    },
    Outcome: {
        Outcome.RUNNING: N_("running"),
        Outcome.MET: N_("met"),
        Outcome.MET_EXTENDED: N_("met after consented extension"),
        Outcome.SETTLED: N_("way forward agreed"),
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
    Purpose: {Purpose.REPAIR: N_("to repair"), Purpose.REINSTALL: N_("to put it in again")},
    VisitState: {
        VisitState.PLANNED: N_("planned"),
        VisitState.DEPARTED: N_("under way"),
        VisitState.ARRIVED: N_("on site"),
        VisitState.LEFT: N_("over"),
    },
    Place: {Place.WORKSHOP: N_("repair workshop"), Place.MANUFACTURER: N_("manufacturer")},
    Step: {
        Step.TAKEN: N_("on its way there"),
        Step.RECEIVED: N_("received"),
        Step.IN_WORK: N_("in work"),
        Step.READY: N_("ready"),
        Step.ASKED: N_("asked for"),
        Step.SENT: N_("sent"),
        Step.PROMISED: N_("promised"),
        Step.EXCHANGED: N_("exchanged"),
    },
    Move: {
        Move.TAKEN: N_("taken out"),
        Move.PUT_BACK: N_("put back"),
        Move.SENT: N_("sent"),
        Move.RECEIVED: N_("arrived"),
        Move.COUNTED: N_("counted"),
    },
    Coverage: {
        Coverage.WARRANTY: N_("in warranty"),
        Coverage.CONTRACT: N_("under a service contract"),
        Coverage.NONE: N_("out of warranty"),
        Coverage.UNKNOWN: N_("warranty unknown"),
    },
    f.Answer: {f.Answer.YES: N_("yes"), f.Answer.NO: N_("no")},
    f.How: {
        f.How.CALL: N_("phone call"),
        f.How.MESSAGE: N_("message"),
        f.How.LETTER: N_("letter"),
        f.How.IN_PERSON: N_("in person"),
    },
    f.Cause: {
        f.Cause.OPERATION: N_("operation"),
        f.Cause.POWER: N_("power supply"),
        f.Cause.CABLE: N_("cable, connector"),
        f.Cause.PROBE: N_("probe, sensor"),
        f.Cause.TUBE: N_("tube, source"),
        f.Cause.DETECTOR: N_("detector"),
        f.Cause.BOARD: N_("circuit board"),
        f.Cause.MECHANICS: N_("mechanics"),
        f.Cause.COOLING: N_("cooling"),
        f.Cause.SOFTWARE: N_("software"),
        f.Cause.NETWORK: N_("network, data"),
        f.Cause.CALIBRATION: N_("calibration"),
        f.Cause.CONSUMABLE: N_("consumable"),
        f.Cause.ENVIRONMENT: N_("environment"),
        f.Cause.DAMAGE: N_("damage"),
        f.Cause.OTHER: N_("other"),
    },
    f.EscalationReason: {
        f.EscalationReason.CORE_DOWN: N_("core equipment down over a large area"),
        f.EscalationReason.CORE_TROUBLE: N_("core system in serious trouble, slow or unstable"),
        f.EscalationReason.CORE_USE_HIT: N_("non-core fault hits part of the core use"),
        f.EscalationReason.NOBODY_ELSE: N_("nobody else can solve it"),
    },
    f.Harm: {f.Harm.SERIOUS_INJURY: N_("serious injury"), f.Harm.DEATH: N_("death")},
    f.AdverseReport: {
        f.AdverseReport.PHONE: N_("by phone"),
        f.AdverseReport.WRITTEN: N_("in writing"),
    },
    f.DeviceState: {
        f.DeviceState.IN_USE: N_("in use"),
        f.DeviceState.LIMITED: N_("in limited use"),
        f.DeviceState.STOPPED: N_("out of use"),
        f.DeviceState.WORKSHOP: N_("in the workshop"),
        f.DeviceState.MANUFACTURER: N_("at the manufacturer"),
        f.DeviceState.LOAN: N_("on loan"),
        f.DeviceState.RETIRED: N_("retired"),
    },
    device_history.Topic: {
        device_history.Topic.FAULT: N_("fault"),
        device_history.Topic.COMPLAINT: N_("complaint"),
        device_history.Topic.VISIT: N_("visit"),
        device_history.Topic.PART: N_("part"),
        device_history.Topic.AWAY: N_("away"),
        device_history.Topic.REPORT: N_("report"),
        device_history.Topic.MOVED: N_("moved"),
        device_history.Topic.FILE: N_("file"),
    },
    f.CallBackResult: {
        f.CallBackResult.WORKS: N_("yes, works"),
        f.CallBackResult.BROKEN: N_("no, still broken"),
        f.CallBackResult.UNREACHED: N_("nobody reached"),
    },
    f.PartSource: {
        f.PartSource.STOCK: N_("our stock"),
        f.PartSource.WORKSHOP: N_("our workshop"),
        f.PartSource.MANUFACTURER: N_("the manufacturer"),
        f.PartSource.CUSTOMER: N_("the customer"),
    },
    ReportState: {
        ReportState.DRAFT: N_("draft"),
        ReportState.FINAL: N_("final"),
        ReportState.SIGNED: N_("signed"),
    },
    Section: {
        Section.DEVICE: N_("Device"),
        Section.CUSTOMER: N_("Customer"),
        Section.CALL: N_("Call"),
        Section.COURSE: N_("Visits"),
        Section.FAULT: N_("Fault"),
        Section.WORK: N_("Work"),
        Section.PARTS: N_("Parts"),
        Section.TESTS: N_("Tests"),
        Section.AWAY: N_("Taken away, on loan"),
        Section.OUTCOME: N_("Outcome"),
    },
}

DEVICE_KINDS: dict[str, str] = {
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
"""The untranslated words for the kinds of devices that are known."""

FIELD_LABELS: dict[str, str] = {
    field.name: field.label for spec in (LOG, *COMMANDS.values()) for field in spec.fields
}
"""The untranslated word for a field of a command."""


FILE_LABELS: dict[str, str] = {
    "code": N_("Code"),
    "name": N_("Name"),
    "short_name": N_("Short name"),
    "former_name": N_("Former name"),
    "kind": N_("Kind"),
    "level": N_("Level"),
    "city": N_("City"),
    "address": N_("Address"),
    "phone": N_("Phone"),
    "alias": N_("Also called"),
    "latitude": N_("Latitude"),
    "longitude": N_("Longitude"),
    "departments": N_("Departments"),
    "responsible": N_("Answers for it"),
    "call_every_days": N_("Call every (days)"),
    "next_call_on": N_("Next call on"),
    "notes": N_("Notes"),
    "customer": N_("Customer"),
    "department": N_("Department"),
    "position": N_("Position"),
    "serial": N_("Serial"),
    "maker": N_("Maker"),
    "model": N_("Model"),
    "asset_number": N_("Asset number"),
    "udi": N_("UDI"),
    "registration_number": N_("Registration"),
    "made_on": N_("Made on"),
    "delivered_on": N_("Delivered on"),
    "accepted_on": N_("Accepted on"),
    "warranty_months": N_("Warranty (months)"),
    "contract_from": N_("Contract from"),
    "contract_until": N_("Contract until"),
    "manuals": N_("Manuals handed over"),
    "software": N_("Software"),
    "core": N_("Core equipment"),
    "state": N_("State"),
    "number": N_("Number"),
    "device": N_("Device"),
    "since": N_("From"),
    "until": N_("Until"),
    "response_minutes": N_("Answer within (min)"),
    "on_site_hours": N_("On site within (h)"),
    "repair_hours": N_("Repair within (h)"),
    "inspection_months": N_("Inspect every (months)"),
    "note": N_("Note"),
    "unit": N_("Unit"),
    "price": N_("Price"),
    "count": N_("Count"),
    "minimum": N_("At least"),
    "customers.name": N_("Full name"),
    "devices.name": N_("Device name"),
    "parts.name": N_("Part name"),
    "contracts.number": N_("Contract number"),
    "contracts.since": N_("Valid from"),
    "contracts.until": N_("Valid until"),
}
"""The untranslated word for a field of a file, by its table where another has one of its own."""


def label_of(value: StrEnum) -> str:
    """Return the untranslated word for a fixed value of the domain."""
    return _LABELS[type(value)][value.value]


def device_kind(kind: str) -> str:
    """Return the untranslated word for a kind of device; an unknown one stands for itself."""
    return DEVICE_KINDS.get(kind, kind)


def choice_label(field: Field, value: str) -> str:
    """Return the untranslated word for one value of a field."""
    if isinstance(value, StrEnum):
        return label_of(value)
    return CORRECTABLE[value].label if field.kind is FieldKind.CHOICE else value
