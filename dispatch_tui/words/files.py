"""The words for what stands in the files, and their values in words."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dispatch_tui.domain.device_history import Filing
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.domain.files import Contract
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.reliability import Reliability
from dispatch_tui.words.speaker import Speaker

TABLES: Mapping[str, str] = {
    "customers": N_("Customer"),
    "contacts": N_("Contact"),
    "devices": N_("Device"),
    "contracts": N_("Contract"),
    "parts": N_("Part"),
}
"""What one record of a table is called."""


def value(speaker: Speaker, name: str, stored: Any) -> str:
    """Return a value of a file's journal in words, "-" for nothing."""
    if stored in ("", None, 0):
        return "-"
    if isinstance(stored, bool):
        return speaker.translate(N_("yes") if stored else N_("no"))
    if name == "state":
        return speaker.label(DeviceState(stored))
    if name == "kind":
        return speaker.device_kind(stored)
    if name == "responsible":
        return speaker.name(stored)
    return str(stored)


def filed(filing: Filing, speaker: Speaker) -> tuple[str, str]:
    """Return one line of a file's journal: who did it, and what."""
    person = speaker.name(filing.by)
    if filing.kind == "added":
        return person, speaker.translate(N_("put on file"))
    if filing.kind == "called":
        return person, speaker.say(N_("regular call: {text}"), text=filing.words or "-")
    changes = speaker.listed(
        speaker.say(
            N_("{entry} from {was} to {new}"),
            entry=name,
            was=value(speaker, name, was),
            new=value(speaker, name, new),
        )
        for name, (was, new) in filing.changes.items()
    )
    return person, changes


def limits(contract: Contract, speaker: Speaker) -> str:
    """Return what a contract sets in the place of the service plan."""
    told = (
        (N_("answer {count} min"), contract.response_minutes),
        (N_("on site {count} h"), contract.on_site_hours),
        (N_("repair {count} h"), contract.repair_hours),
        (N_("inspection each {count} months"), contract.inspection_months),
    )
    words = [speaker.say(template, count=count) for template, count in told if count is not None]
    return speaker.listed(words) or speaker.translate(N_("limits of the service plan"))


def in_force(contract: Contract, today: date, speaker: Speaker) -> str:
    """Return from when until when a contract holds, and whether that is now."""
    days = f"{contract.since.isoformat()} - {contract.until.isoformat()}"
    if contract.since <= today <= contract.until:
        return days
    over = N_("over") if contract.until < today else N_("to come")
    return f"{days} ({speaker.translate(over)})"


def figures(found: Reliability, speaker: Speaker) -> list[str]:
    """Return how reliable a device is, in words."""
    said = [speaker.say(N_("{count} failures"), count=found.failures)]
    if found.repeats:
        said.append(speaker.say(N_("{count} repeats"), count=found.repeats))
    if found.mtbf is not None:
        days = round(found.mtbf.total_seconds() / 86400)
        said.append(speaker.say(N_("{days} days between failures"), days=days))
    if found.availability is not None:
        percent = f"{found.availability * 100:.1f}"
        said.append(speaker.say(N_("available {percent} % this year"), percent=percent))
        if found.down:
            said.append(speaker.say(N_("down {span}"), span=speaker.span(found.down)))
    if found.cost:
        said.append(speaker.say(N_("parts CNY {price}"), price=found.cost))
    return said
