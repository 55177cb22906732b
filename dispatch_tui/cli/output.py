"""How results reach stdout: one JSON document, or aligned lines."""

import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

import click
import msgspec

from dispatch_tui.domain import when
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line
from dispatch_tui.words.columns import aligned

Callback = TypeVar("Callback", bound=Callable[..., Any])


def json_option() -> Callable[[Callback], Callback]:
    """The option that asks for one JSON document."""
    return click.option("--json", "as_json", is_flag=True, help=N_("Print one JSON document."))


def print_json(document: Any) -> None:
    """Print one document: UTF-8 whatever the terminal speaks."""
    text = msgspec.json.format(msgspec.json.encode(document), indent=2)
    click.echo(text)


class JsonList:
    """One JSON document that is a list, printed as its parts come: it may be long."""

    def __init__(self) -> None:
        self._begun = False

    def add(self, documents: Sequence[Any]) -> None:
        """Print some more."""
        if documents:
            text = msgspec.json.format(msgspec.json.encode(documents), indent=2).decode()
            click.echo(f"{',' if self._begun else '['}{text[1:-2]}", nl=False)
            self._begun = True

    def end(self) -> None:
        """Print the end, without which it is no document."""
        click.echo("\n]" if self._begun else "[]")


def print_rows(
    rows: Iterable[Sequence[str]], *, right: Collection[int] = (), indent: int = 0
) -> None:
    """Print aligned rows of clean cells; on a terminal each stays within its line."""
    cells = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    clean = [[clean_line(cell) for cell in row] for row in rows]
    for line in aligned(clean, right=right, cells=max(cells - indent, 0)):
        click.echo(" " * indent + line)


def rfc3339(at: datetime | None) -> str | None:
    """Return a time as scripts read it: UTC with Z, None for none."""
    return when.rfc3339(at) if at else None
