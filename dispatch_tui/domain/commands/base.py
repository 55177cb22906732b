"""What every command is."""

import msgspec


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a person wants to happen to a ticket."""
