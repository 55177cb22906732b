"""The words on the call form: what it is at the moment, and what its keys do."""

from collections.abc import Iterator
from dataclasses import dataclass

from dispatch_tui.domain.message import N_
from dispatch_tui.domain.table import LOG

LABELS = {field.name: field.label for field in LOG.fields}
PICKING_KEYS = (("Up/Down", N_("choose")), ("Enter", N_("take")))


@dataclass(frozen=True)
class Naming:
    """A call, a further call on an open ticket, or a complaint, on its own or about one."""

    further: str
    """The number of the open ticket that it is about, where there is one."""
    complaint: bool
    choosing_device: bool
    addable: bool
    """Whether the caller has open tickets to add it to."""
    unfiled: str = ""
    """The table on whose files the caller or the device is not yet, "" for none."""

    @property
    def title(self) -> str:
        """The heading, which may name the `number`."""
        if self.complaint:
            return N_("Complaint about {number}") if self.further else N_("New complaint")
        return N_("Further call on {number}") if self.further else N_("New call")

    @property
    def caller(self) -> str:
        """What the field that finds the caller is called."""
        return N_("Device") if self.choosing_device else N_("Caller")

    @property
    def fault(self) -> str:
        """What the field of the customer's words is called."""
        if self.complaint:
            return N_("Complaint")
        return N_("Said") if self.further else LABELS["fault"]

    @property
    def keys(self) -> Iterator[tuple[str, str]]:
        """The actions by name, or keys that are always the same, in the order of their use."""
        if self.addable:
            yield "call-add", N_("another ticket") if self.further else N_("add")
        yield "Enter", N_("on, save")
        if not self.unfiled:
            yield "form-save", N_("save")
        else:
            yield (
                "call-put-on-file",
                N_("device on file") if self.unfiled == "devices" else N_("put on file"),
            )
        yield from self.turns

    @property
    def turns(self) -> Iterator[tuple[str, str]]:
        """The actions that make something else of the call, whatever is being typed or picked."""
        yield "call-complaint", N_("no complaint") if self.complaint else N_("complaint")
        if not self.further and not self.complaint:
            yield "call-emergency", N_("emergency")
