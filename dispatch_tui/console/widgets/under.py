"""Screens over one another, each of which may be drawn on while another one is on top."""

from typing import TYPE_CHECKING, Any

from textual import events
from textual._styles_cache import StylesCache
from textual.screen import Screen

if TYPE_CHECKING:
    Base = Screen[Any]
else:
    Base = object


class Calm(Base):
    """A screen that is drawn under others only where it has changed.

    The base class would draw all of it anew at every turn, once anything of it has changed: on a
    slow line that is more than a form and all that is typed into it.
    """

    async def say_anew(self) -> None:
        """Say everything in the language that is spoken now."""
        raise NotImplementedError

    async def on_unmount(self) -> None:
        """Let go of all that was drawn here: Textual's cache of colours has it among its keys."""
        StylesCache.get_inner_outer.cache_clear()

    async def on_event(self, event: events.Event) -> None:
        """Hear of no size but that of the terminal.

        The base class tells itself of each size that it has laid out: two that wait at the same
        time would be answered by each other for ever, and nothing else would ever be heard.
        """
        if not isinstance(event, events.Resize) or event.size == self.app.size:
            await super().on_event(event)

    def _compositor_refresh(self) -> None:
        if self is self.app.screen:
            super()._compositor_refresh()
            return
        changed = set(self._compositor._dirty_regions)
        self._compositor._dirty_regions.clear()
        self._dirty_widgets.clear()
        if changed:
            self.app.screen.refresh(*changed)
