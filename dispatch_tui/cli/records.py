"""Records of the files as rows for people and as documents for scripts."""

from collections.abc import Sequence
from typing import Any

import msgspec

from dispatch_tui.cli.output import rfc3339
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.files import Consignment
from dispatch_tui.words import files as words


def filled(run: Run, record: msgspec.Struct, skip: Sequence[str]) -> list[tuple[str, str]]:
    """Return what stands in a record, each with its label."""
    stored = msgspec.to_builtins(record)
    return [
        (run.speaker.entry(name), words.value(run.speaker, name, one))
        for name, one in stored.items()
        if name not in skip and one not in ("", None, 0, False)
    ]


def plain(record: msgspec.Struct) -> dict[str, Any]:
    """Return a record as scripts read it."""
    found: dict[str, Any] = msgspec.to_builtins(record)
    return found


def consignment(one: Consignment) -> dict[str, Any]:
    """Return parts under way as scripts read them."""
    return {
        **plain(one),
        "sent_at": rfc3339(one.sent_at),
        "received_at": rfc3339(one.received_at),
    }
