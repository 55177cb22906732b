"""What somebody likes, put in force: as early as it is known, and at once when it is switched."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from dispatch_tui.console.widgets.under import Calm
from dispatch_tui.domain.errors import DispatchError
from dispatch_tui.domain.session import Kept
from dispatch_tui.preferences import Preferences, preferring
from dispatch_tui.settings import Settings
from dispatch_tui.words.catalog import LANGUAGES

if TYPE_CHECKING:
    from dispatch_tui.console.app import DispatchApp


class Tastes:
    """The preferences that hold in one console, by whom they were said.

    The command line goes over what the person switched, that over the file of settings, that over
    the language of the staff list, and that over the environment.
    """

    def __init__(self, settings: Settings, kept: Kept | None) -> None:
        self._settings = settings
        self._said = dict(settings.said)
        self._own: Mapping[str, str] = {}
        self._listed = ""
        if kept is not None:
            self.learn(kept.session.chosen, kept.language)

    def learn(self, chosen: Mapping[str, str], language: str) -> None:
        """Take over what the person switched before, and the language of the staff list."""
        self._own = chosen
        self._listed = language if language in LANGUAGES else ""

    def switch(self, name: str, value: str) -> None:
        """Let the person have it otherwise: from now on, whatever the command line said."""
        self._said.pop(name, None)
        self._own = {**self._own, name: value}

    @property
    def preferences(self) -> Preferences:
        """What holds of all that was said."""
        chosen = {name: value for name, value in self._own.items() if value}
        return preferring(preferring(self._settings.preferences, chosen), self._said)

    @property
    def language(self) -> str:
        """The language of words."""
        return self.preferences.language or self.usual_language

    @property
    def usual_language(self) -> str:
        """The language of somebody who says nothing here."""
        said = self._settings.preferences.language
        return said or self._listed or self._settings.language

    @property
    def settings(self) -> Settings:
        """The settings with these preferences in them."""
        return msgspec.structs.replace(self._settings, preferences=self.preferences)


def _use_language(app: "DispatchApp") -> None:
    app.speaker.speak(app.tastes.language)
    app.run_worker(_say_anew(app), group="words")


async def _say_anew(app: "DispatchApp") -> None:
    """Say everything on every screen in the language that is spoken now."""
    for screen in list(app.screen_stack):
        if isinstance(screen, Calm):
            await screen.say_anew()


def _use_theme(app: "DispatchApp") -> None:
    app.use_theme(app.tastes.preferences.theme)


def _use_glyphs(app: "DispatchApp") -> None:
    app.use_glyphs(app.tastes.preferences.glyphs)


def _use_traffic(app: "DispatchApp") -> None:
    app.choose_traffic(app.tastes.preferences.traffic)


AT_ONCE: Mapping[str, Callable[["DispatchApp"], Any]] = {
    "language": _use_language,
    "theme": _use_theme,
    "glyphs": _use_glyphs,
    "traffic": _use_traffic,
}
"""What takes effect at once, and how; the rest does when the console is opened again."""


def in_force(app: "DispatchApp") -> dict[str, str]:
    """Return what holds now, by what can take effect at once."""
    preferences = app.tastes.preferences
    return {
        name: app.tastes.language if name == "language" else getattr(preferences, name)
        for name in AT_ONCE
    }


def change(app: "DispatchApp", how: Callable[[], None]) -> None:
    """Change what is liked and put in force whatever is different then."""
    before = in_force(app)
    how()
    app.settings = app.tastes.settings
    for name, value in in_force(app).items():
        if value != before[name]:
            AT_ONCE[name](app)


def switch(app: "DispatchApp", name: str, value: str) -> None:
    """Have a preference otherwise, here at once and in every console that the person opens."""
    change(app, lambda: app.tastes.switch(name, value))
    app.run_worker(_keep(app, name, value), group="choices")


async def _keep(app: "DispatchApp", name: str, value: str) -> None:
    try:
        await app.write(lambda: app.desk.choose({name: value}))
    except DispatchError as error:
        if app.main is not None:
            app.main.tell(error.message)
