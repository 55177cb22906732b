"""A report as one HTML file with print styles, complete in itself."""

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from dispatch_tui.domain.report import ReportFile
from dispatch_tui.reports.content import page_of
from dispatch_tui.words.speaker import Speaker

TEMPLATE = "report.html.jinja"

_TIME = re.compile(r"(\d{4}-\d\d-\d\d(?: \d\d:\d\d [+-]\d\d:\d\d)?)")
_LONG = re.compile(r"[!-,./-~]{16}(?=[!-~])")


def html_of(file: ReportFile, speaker: Speaker) -> str:
    """Return the report as a page that prints on A4; texts from people are escaped in it."""
    return _template().render(page=page_of(file, speaker))


def css_string(text: str) -> str:
    """Return a text as a string of CSS, in which nothing but letters and digits stands bare."""
    bare = (char if char.isascii() and char.isalnum() else f"\\{ord(char):x} " for char in text)
    return f'"{"".join(bare)}"'


def pieces(text: str) -> list[tuple[str, bool]]:
    """Return a text in pieces between which a line may break, with whether one stays together.

    A day and a time with its offset do; a long word without a hyphen is in several pieces.
    """
    found = []
    for part in _TIME.split(text):
        if _TIME.fullmatch(part):
            found.append((part, True))
        else:
            found += [(piece, False) for piece in _LONG.sub("\\g<0>\0", part).split("\0")]
    return found


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("dispatch_tui.reports", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"css_string": css_string, "pieces": pieces}
    return environment.get_template(TEMPLATE)
