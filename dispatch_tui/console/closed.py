"""An app with no way out of it: no shell, no other program, no file."""

from pathlib import Path
from typing import Any, BinaryIO, TextIO

from textual.app import App


class ClosedApp(App[int]):
    """Textual's own actions that lead elsewhere do nothing: whoever is here may be a guest."""

    ENABLE_COMMAND_PALETTE = False
    """Textual's own is English, reads markup and offers to write files; ours is a screen."""

    def action_suspend_process(self) -> None:
        """Stay: behind the console there is a shell for nobody."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Write nothing: the disk is that of the server."""

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open nothing: a browser would be a program of the server's."""

    def deliver_text(self, path_or_file: str | Path | TextIO, **_: Any) -> None:
        """Write nothing: the disk is that of the server."""

    def deliver_binary(self, path_or_file: str | Path | BinaryIO, **_: Any) -> None:
        """Write nothing: the disk is that of the server."""
