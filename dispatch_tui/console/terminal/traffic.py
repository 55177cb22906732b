"""How sparing a console is with bytes."""

from dispatch_tui.console.looks import low_traffic, mouse_on
from dispatch_tui.preferences import Traffic as Choice
from dispatch_tui.settings import Settings

GATHER_SECONDS, GATHER_SECONDS_LOW = 0.05, 0.3
AGE_SECONDS, AGE_SECONDS_LOW = 1, 10


class Traffic:
    """Whether as little as possible is sent: over a line, or where somebody wants it so."""

    def __init__(self, choice: Choice, *, remote: bool) -> None:
        self.remote = remote
        self.choice = choice

    @property
    def low(self) -> bool:
        """Whether nothing is sent that nobody needs."""
        return low_traffic(self.choice, remote=self.remote)

    @property
    def gather_seconds(self) -> float:
        """How long changes of others are gathered before they are drawn."""
        return GATHER_SECONDS_LOW if self.low else GATHER_SECONDS

    @property
    def age_seconds(self) -> int:
        """How often the age of the data is told while the database does not answer."""
        return AGE_SECONDS_LOW if self.low else AGE_SECONDS


def mouse_wanted(settings: Settings) -> bool:
    """Whether the terminal is asked to tell what the mouse does."""
    return mouse_on(settings.preferences.mouse, remote=settings.remote)
