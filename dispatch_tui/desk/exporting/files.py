"""New files: whole or not at all, never in the place of another, for their owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.text import clean_line


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give a file to write to, which is at `path` once the block has ended well.

    Raises `InvalidInput` where something is there already, or nothing can be written.
    """
    if os.path.lexists(path):
        raise _taken(path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except (OSError, ValueError) as error:
        raise _unwritable(path, error) from error
    try:
        yield part
        _move(part, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        part.unlink(missing_ok=True)


def new_folder(path: Path) -> None:
    """Make a folder for its owner alone, unless it is there; raises `InvalidInput`."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from error


def _move(part: Path, path: Path) -> None:
    """Give a file its name; where links are not possible, another may come between."""
    try:
        os.link(part, path)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError:
        if os.path.lexists(path):
            raise _taken(path) from None
        part.rename(path)


def _taken(path: Path) -> InvalidInput:
    return InvalidInput(
        N_("There is already something at {path}: name a file that is not there yet."),
        path=clean_line(str(path)),
    )


def _unwritable(path: Path, error: OSError | ValueError) -> InvalidInput:
    return InvalidInput(
        N_("{path} cannot be written: {reason}."),
        path=clean_line(str(path)),
        reason=str(getattr(error, "strerror", None) or error),
    )
