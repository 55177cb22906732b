"""Everything that can be refused, each with a sentence that a user can act on.

DispatchError
├── InvalidInput        a value cannot be taken as it is
│   └── NotFound        nothing goes by that number, name or login
├── NotPossible         the ticket's state or its facts forbid the command
├── NotAllowed          the role forbids it
├── Conflict            somebody else was faster
└── DatabaseUnusable    the database cannot be used
    └── DatabaseAway    it does not answer now, but may by itself
"""

from typing import Any

from dispatch_tui.domain.message import Message


class DispatchError(Exception):
    """A refusal; `message` is the sentence for the user, untranslated."""

    def __init__(self, template: str, **values: Any) -> None:
        self.message = Message(template, values)
        super().__init__(str(self.message))


class InvalidInput(DispatchError):
    """A value cannot be taken as it is; `field` names the one that is meant, if any."""

    def __init__(self, template: str, *, field: str = "", **values: Any) -> None:
        super().__init__(template, field=field, **values)
        self.field = field


class NotFound(InvalidInput):
    """Nothing goes by that number, name or login."""


class NotPossible(DispatchError):
    """The ticket's state or its facts forbid the command."""


class NotAllowed(DispatchError):
    """The role of the person forbids the command."""


class Conflict(DispatchError):
    """Somebody else changed the ticket since it was looked at."""


class DatabaseUnusable(DispatchError):
    """The database cannot be opened, read or written."""


class DatabaseAway(DatabaseUnusable):
    """The database does not answer now; it may again without anybody at this terminal."""
