"""`report`: the service report of a ticket, as text, as HTML to print, or for a script."""

import shutil
import sys
from enum import StrEnum
from pathlib import Path
from typing import Any

import click
import msgspec

from dispatch_tui.cli.frame import Command
from dispatch_tui.cli.output import rfc3339
from dispatch_tui.cli.run import Run
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ReportFile
from dispatch_tui.domain.text import clean_line
from dispatch_tui.reports.text import WIDTH, text_of


class Format(StrEnum):
    """As what a report is printed."""

    HTML = "html"
    TEXT = "text"
    JSON = "json"


@click.command(
    "report",
    cls=Command,
    help=N_(
        "Print the service report of a ticket: a draft as the journal tells it now, or the one "
        "that was made final, with its amendments. HTML prints on A4."
    ),
)
@click.argument("number", metavar="NUMBER")
@click.option(
    "--format",
    "shape",
    type=click.Choice([str(one) for one in Format]),
    default=str(Format.TEXT),
    help=N_("As what it is printed; else as text."),
)
@click.option("--output", metavar="PATH", help=N_("A new file to write it to; else it is printed."))
@click.option("--no", type=int, default=0, help=N_("Which report of a case that was reopened."))
@click.pass_obj
def command(run: Run, number: str, shape: str, output: str | None, no: int) -> None:
    """Print a service report; one whose text was changed is printed too, and ends with 1."""
    if output is not None:
        _check_free(output)
    file = run.at_desk(lambda desk: desk.report(number, no))
    content = _content(run, file, Format(shape), to_screen=output is None)
    if output is None:
        click.echo(content, nl=False)
    else:
        _write(output, content)
    if file.finding is not None:
        run.tell(file.finding)
        click.get_current_context().exit(1)


def _content(run: Run, file: ReportFile, shape: Format, *, to_screen: bool) -> bytes | str:
    """The report as it is printed: bytes where they must be UTF-8 whatever the terminal speaks."""
    if shape is Format.JSON:
        return msgspec.json.format(msgspec.json.encode(_document(file)), indent=2) + b"\n"
    if shape is Format.HTML:
        from dispatch_tui.reports.html import html_of  # loads jinja2, which nothing else needs

        return html_of(file, run.speaker).encode()
    wide = to_screen and sys.stdout.isatty()
    text = text_of(file, run.speaker, shutil.get_terminal_size().columns if wide else WIDTH)
    return text if to_screen else text.encode()


def _document(file: ReportFile) -> dict[str, Any]:
    return {
        "number": file.report.number,
        "no": file.no,
        "state": file.state,
        "hash": file.hash or None,
        "intact": file.finding is None,
        "finished_at": rfc3339(file.finished_at),
        "finished_by": file.finished_by or None,
        "signed_by": file.signed_by or None,
        "position": file.position or None,
        "signed_at": rfc3339(file.signed_at),
        "document": msgspec.Raw(file.document.encode()),
        "amendments": [
            {
                "no": one.no,
                "section": one.section,
                "text": one.text,
                "by": one.by,
                "at": rfc3339(one.at),
            }
            for one in file.amendments
        ],
        "lacking": list(file.lacking),
    }


def _check_free(path: str) -> None:
    """Raise `InvalidInput` where something is already there: no report is ever overwritten."""
    if not path or Path(path).exists():
        raise _taken(path)


def _taken(path: str) -> InvalidInput:
    return InvalidInput(
        N_("There is already something at {path}: name a file that is not there yet."),
        path=clean_line(path) or ".",
    )


def _write(path: str, content: bytes | str) -> None:
    """Write a new file, whole or not at all."""
    data = content.encode() if isinstance(content, str) else content
    made = False
    try:
        with open(path, "xb") as file:
            made = True
            file.write(data)
    except FileExistsError as error:
        raise _taken(path) from error
    except (OSError, ValueError) as error:
        if made:
            Path(path).unlink(missing_ok=True)
        raise InvalidInput(
            N_("The report cannot be written to {path}: {reason}."),
            path=clean_line(path),
            reason=str(getattr(error, "strerror", None) or error),
        ) from error
