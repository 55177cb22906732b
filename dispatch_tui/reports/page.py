"""What stands on a service report, in its reader's words, before it is laid out."""

import msgspec

from dispatch_tui.domain.sections import Section

EMPTY = "—"
"""Stands where nothing is known."""


class Row(msgspec.Struct, frozen=True):
    """A label and its value, which may have several lines; a `wide` one has the line to itself.

    An empty value is one to be filled in by hand.
    """

    label: str
    value: str
    wide: bool = False


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table with its title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """One section of the report; `amended` says which amendments change it."""

    section: Section
    no: int = 0
    title: str = ""
    rows: tuple[Row, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    amended: str = ""

    @property
    def titled(self) -> bool:
        """Whether its tables need titles: a single one is what the section is about."""
        return bool(self.rows) or len(self.tables) > 1


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """An amendment beside what it amends."""

    title: str
    told: str
    was_title: str
    was: tuple[str, ...]
    now_title: str
    now: str


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """A box that somebody signs in."""

    title: str
    rows: tuple[Row, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report.

    `pair` puts a label before its value in running text; `paging` stands around the number of the
    page and that of all pages.
    """

    language: str
    pair: str
    title: str
    number: str
    state: str
    head: tuple[Row, ...]
    warning: str = ""
    lacking: tuple[str, ...] = ()
    blocks: tuple[Block, ...]
    changes_title: str
    changes: tuple[Change, ...] = ()
    signatures_title: str
    signatures: tuple[Signature, ...]
    closing: tuple[str, ...]
    foot: str
    paging: tuple[str, str, str]
