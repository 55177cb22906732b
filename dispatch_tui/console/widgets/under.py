"""Screens over one another, each of which may be drawn on while another one is on top."""

from typing import TYPE_CHECKING, Any

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

    def _compositor_refresh(self) -> None:
        if self is self.app.screen:
            super()._compositor_refresh()
            return
        changed = set(self._compositor._dirty_regions)
        self._compositor._dirty_regions.clear()
        self._dirty_widgets.clear()
        if changed:
            self.app.screen.refresh(*changed)
