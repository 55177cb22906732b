"""How the console looks: its colours and its signs, chosen at the start and while it runs."""

import os
from collections.abc import Sequence

from rich.color import ColorSystem
from textual.filter import LineFilter, Monochrome, NoColor

from dispatch_tui.console.looks import SYSTEMS, colors_of, theme_for
from dispatch_tui.console.terminal.drawn import DrawnApp
from dispatch_tui.console.theme import VARIABLE_DEFAULTS, install_themes
from dispatch_tui.preferences import Glyphs as GlyphsName
from dispatch_tui.preferences import Preferences, ThemeName
from dispatch_tui.words.glyphs import GLYPHS, Glyphs
from dispatch_tui.words.speaker import Speaker


class Dressed(DrawnApp):
    """An app that looks as its reader likes, as far as the terminal can."""

    speaker: Speaker

    def dress(self, preferences: Preferences) -> None:
        """Begin with these colours, this theme and these signs."""
        self.shown_colors = colors_of(os.environ, preferences.colors, low=self.traffic.low)
        self.color_system = SYSTEMS.get(self.shown_colors)
        # Textual asks for no other way, and knows no terminal without colours.
        self.console._color_system = self.color_system or ColorSystem.STANDARD
        self.speaker.glyphs = GLYPHS[preferences.glyphs]
        install_themes(self, theme_for(self.shown_colors, preferences.theme, os.environ))
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def glyphs(self) -> Glyphs:
        """The signs in force."""
        return self.speaker.glyphs

    def use_theme(self, name: ThemeName) -> None:
        """Show everything in another theme from now on."""
        self.theme = theme_for(self.shown_colors, name, os.environ)

    def use_glyphs(self, name: GlyphsName) -> None:
        """Show everything with other signs from now on."""
        self.speaker.glyphs = GLYPHS[name]
        self.redraw()

    def redraw(self) -> None:
        """Draw every widget of every screen anew; what they were told stays as it was said."""
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                widget.notify_style_update()
                widget.refresh()
        super().redraw()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what colours pass through; without any, the driver leaves no greys either."""
        others = super().get_line_filters()
        return [one for one in others if not isinstance(one, Monochrome | NoColor)]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give Textual our variables for themes that lack them."""
        return dict(VARIABLE_DEFAULTS)
