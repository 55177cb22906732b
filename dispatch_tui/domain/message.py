"""Sentences that the domain hands out untranslated: a template and its values."""

from collections.abc import Mapping
from typing import Any

import msgspec


def N_(template: str) -> str:
    """Mark a template for translation; it is translated where it is shown."""
    return template


class Message(msgspec.Struct, frozen=True):
    """A sentence for people: a template marked with `N_` and the values that fill it.

    Values may be text, numbers, aware datetimes, enums of the domain or further messages; whoever
    shows the sentence puts them into the reader's language and time zone.
    """

    template: str
    values: Mapping[str, Any] = {}

    def __str__(self) -> str:
        return self.template.format(**self.values)


def say(template: str, **values: Any) -> Message:
    """Make a message from a marked template and its values."""
    return Message(template, values)
