"""An app of Textual's that is drawn on its terminal by differences."""

from typing import Any, ClassVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.binding import BindingType
from textual.screen import Screen

from dispatch_tui.console.keys.bindings import bindings
from dispatch_tui.console.keys.general import ALWAYS
from dispatch_tui.console.terminal.driver import LineDriver
from dispatch_tui.console.terminal.traffic import Traffic
from dispatch_tui.preferences import Traffic as TrafficChoice
from dispatch_tui.settings import Settings


class DrawnApp(App[int]):
    """Hands every update of the screen to the driver, and says what the line bears.

    `traffic` says whether little is sent.
    """

    color_system: ColorSystem | None = ColorSystem.STANDARD
    """In how many colours the screen is drawn, None for none."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(ALWAYS, first=True)

    def __init__(self, settings: Settings) -> None:
        super().__init__(driver_class=LineDriver)
        self.traffic = Traffic(settings.preferences.traffic, remote=settings.remote)
        self._use_traffic()

    def choose_traffic(self, choice: TrafficChoice) -> None:
        """Send little from now on, or all that is pleasant."""
        self.traffic.choice = choice
        self._use_traffic()
        self.redraw()

    def action_redraw(self) -> None:
        """Draw all of the screen again: another program has written across it."""
        self.redraw()

    def redraw(self) -> None:
        """Draw all of the screen again, whatever stands on the terminal."""
        if isinstance(self._driver, LineDriver):
            self._driver.renew()
        self.screen.refresh()

    def not_understood(self) -> None:
        """Hear that bytes were typed which are no text."""

    def on_resize(self) -> None:
        """Take nothing for granted: terminals cut or move what stands when their size changes."""
        if isinstance(self._driver, LineDriver):
            self._driver.forget()
            self.call_after_refresh(self._driver.paint)

    def _use_traffic(self) -> None:
        self.animation_level = "none" if self.traffic.low else "full"

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        driver = self._driver
        if not isinstance(driver, LineDriver) or not isinstance(
            renderable, (LayoutUpdate, ChopsUpdate)
        ):
            super()._display(screen, renderable)
            return
        if not self._batch_count and self._running and not self._closed:
            width, height = size = screen._compositor.size
            x, y = self.cursor_position
            driver.show(renderable, size, (max(0, min(x, width - 1)), max(0, min(y, height - 1))))
        self.post_display_hook()
