"""What a ticket can hold beside its course: diagnosis, consent, parts, tests, words of customers.

All times are aware UTC; logins name people of the centre, `name` people of the customer.
"""

from datetime import date, datetime
from enum import StrEnum

import msgspec


class Answer(StrEnum):
    """Yes or no, as somebody said it."""

    YES = "yes"
    NO = "no"


class How(StrEnum):
    """By which channel somebody said something."""

    CALL = "call"
    MESSAGE = "message"
    LETTER = "letter"
    IN_PERSON = "in_person"


class Cause(StrEnum):
    """What a fault came from: fine enough that the same one twice is a repeat fault."""

    OPERATION = "operation"
    POWER = "power"
    CABLE = "cable"
    PROBE = "probe"
    TUBE = "tube"
    DETECTOR = "detector"
    BOARD = "board"
    MECHANICS = "mechanics"
    COOLING = "cooling"
    SOFTWARE = "software"
    NETWORK = "network"
    CALIBRATION = "calibration"
    CONSUMABLE = "consumable"
    ENVIRONMENT = "environment"
    DAMAGE = "damage"
    OTHER = "other"


class EscalationReason(StrEnum):
    """Why the pre-sales specialist goes on site: the list of the service plan."""

    CORE_DOWN = "core_down"
    CORE_TROUBLE = "core_trouble"
    CORE_USE_HIT = "core_use_hit"
    NOBODY_ELSE = "nobody_else"


class Harm(StrEnum):
    """What a suspected adverse event did to a patient."""

    SERIOUS_INJURY = "serious_injury"
    DEATH = "death"


class AdverseReport(StrEnum):
    """How the authority is told of an adverse event."""

    PHONE = "phone"
    WRITTEN = "written"


class DeviceState(StrEnum):
    """Where a machine stands in its life, and whether it can be used."""

    IN_USE = "in_use"
    LIMITED = "limited"
    STOPPED = "stopped"
    WORKSHOP = "workshop"
    MANUFACTURER = "manufacturer"
    LOAN = "loan"
    RETIRED = "retired"


AFTER_SERVICE = (DeviceState.IN_USE, DeviceState.LIMITED, DeviceState.STOPPED)
"""What a device can be after the service."""


class CallBackResult(StrEnum):
    """What a call-back gave."""

    WORKS = "works"
    BROKEN = "broken"
    UNREACHED = "unreached"


class PartSource(StrEnum):
    """Where a fitted part came from."""

    STOCK = "stock"
    WORKSHOP = "workshop"
    MANUFACTURER = "manufacturer"
    CUSTOMER = "customer"


LOW_SCORE = 2
"""A score up to this is a complaint, whether the customer calls it one or not."""


class _Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fact of a ticket."""


class Escalation(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """The specialist was called in."""

    specialist: str
    reason: EscalationReason
    at: datetime


class Consent(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Who at the purchaser agreed that a repair may take longer, when and how (S4)."""

    name: str
    position: str = ""
    phone: str = ""
    how: How
    why: str
    until: datetime
    at: datetime


class ConsentAsked(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Somebody at the purchaser was asked and has not answered yet."""

    name: str
    phone: str = ""
    until: datetime
    at: datetime


class Unrepairable(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A fault that cannot be removed: to what it was reduced, what stays, where it is written."""

    reduced: str
    remains: str
    report: str
    at: datetime


class Agreement(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """The way forward that was fixed with the customer in writing, and what is then open."""

    way: str
    name: str
    document: str
    left_open: str = ""
    at: datetime


class Part(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A part that came out of a device or went in; `price` "" means nothing is charged."""

    fitted: bool
    name: str
    model: str = ""
    serial: str = ""
    maker: str = ""
    made_on: date | None = None
    source: PartSource | None = None
    price: str = ""
    at: datetime


class Test(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A test after the repair: with which instrument, what may be, what was measured."""

    __test__ = False

    item: str
    instrument: str = ""
    limit: str = ""
    value: str
    passed: bool
    at: datetime


class ServiceFacts(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What a service report needs and no other fact tells."""

    state_after: DeviceState
    confirmed_by: str
    advice: str = ""
    at: datetime


class KeptCase(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What a solved case teaches (S16): how it showed, where it came from, what cured it."""

    symptom: str
    cause: str
    cure: str
    by: str
    at: datetime


class Limits(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """The limits that a contract sets in the place of the service plan's, None for those of it."""

    contract: str = ""
    response_minutes: int | None = None
    on_site_hours: int | None = None
    repair_hours: int | None = None


class CallBack(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What the customer said when called back after the repair."""

    result: CallBackResult
    attitude: int | None = None
    skill: int | None = None
    speed: int | None = None
    words: str = ""
    by: str
    at: datetime


class Adverse(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A suspected adverse event: what happened, when it was learnt, what was reported of it.

    `…_to` is whom the authority's word was given to, with its reference; `due_at` is the date of
    the written report where graver news made it another one than that of `harm`, `several_at` is
    when it was learnt that several patients were hit. The `…original…` ones are those first told.
    """

    harm: Harm
    several: bool = False
    what: str
    at: datetime
    original_at: datetime
    due_at: datetime | None = None
    original_due_at: datetime | None = None
    several_at: datetime | None = None
    several_original_at: datetime | None = None
    phoned_at: datetime | None = None
    phoned_to: str = ""
    reported_at: datetime | None = None
    reported_to: str = ""
    cleared_at: datetime | None = None
    why_cleared: str = ""

    @property
    def suspected(self) -> bool:
        """Whether the suspicion stands."""
        return self.cleared_at is None

    @property
    def pending(self) -> bool:
        """Whether the authority is still to be told."""
        told = self.reported_at is not None and (self.phoned_at is not None or not self.several)
        return self.suspected and not told


class Report(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A service report that is final: `seq` of the entry that holds its text, and its hash."""

    seq: int
    hash: str
    at: datetime
    life: int = 0
    signed_by: str = ""
    signed_at: datetime | None = None
    amendments: int = 0


class Complaint(_Fact, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """How a complaint was followed (S17), None for what has not been done yet."""

    about: str = ""
    channel: How = How.CALL
    acknowledged_at: datetime | None = None
    investigated_at: datetime | None = None
    findings: str = ""
    measures: str = ""
    answered_at: datetime | None = None
    answer: str = ""
    refusals: int = 0
    satisfied_at: datetime | None = None
    satisfied_by: str = ""
