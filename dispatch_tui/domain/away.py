"""What is away from the customer: parts taken to the workshop or exchanged, and loans there."""

from datetime import datetime
from enum import StrEnum

import msgspec


class Place(StrEnum):
    """Where something is that was taken away, or was asked for."""

    WORKSHOP = "workshop"
    MANUFACTURER = "manufacturer"


class Step(StrEnum):
    """How far a leg has come: on its way, then in the workshop, or with the manufacturer."""

    TAKEN = "taken"
    RECEIVED = "received"
    IN_WORK = "in_work"
    READY = "ready"
    ASKED = "asked"
    SENT = "sent"
    PROMISED = "promised"
    EXCHANGED = "exchanged"


WORKSHOP_STEPS = (Step.RECEIVED, Step.IN_WORK, Step.READY)
EXCHANGE_STEPS = (Step.ASKED, Step.SENT, Step.PROMISED, Step.EXCHANGED)
DONE_STEPS = frozenset({Step.READY, Step.EXCHANGED})
"""After these nothing is waited for but the way back to the customer."""


class Removal(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """Something that left the customer, by its receipt, and the leg that it is on.

    `owner` is the login of who answers for the leg; `word_due_at` is when the next word is due.
    """

    no: int
    item: str
    model: str = ""
    serial: str
    signed_by: str
    taken_at: datetime
    place: Place
    step: Step = Step.TAKEN
    step_at: datetime
    owner: str
    word_due_at: datetime | None = None
    returned_at: datetime | None = None
    returned_serial: str = ""

    @property
    def out(self) -> bool:
        """Whether it is still away."""
        return self.returned_at is None

    @property
    def ready(self) -> bool:
        """Whether it waits for its way back."""
        return self.step in DONE_STEPS

    def overdue(self, now: datetime) -> bool:
        """Whether the next word on this leg should have come."""
        return self.out and self.word_due_at is not None and self.word_due_at <= now


class Loan(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A device or part that the customer has on loan, by its receipt."""

    no: int
    item: str
    model: str = ""
    serial: str
    signed_by: str
    lent_at: datetime
    returned_at: datetime | None = None

    @property
    def out(self) -> bool:
        """Whether the customer still has it."""
        return self.returned_at is None
