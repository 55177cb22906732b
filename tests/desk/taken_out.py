"""What an export writes, in memory."""

import io
from collections.abc import Sequence

from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.exporting.export import Exported, export
from dispatch_tui.desk.exporting.rights import JOURNAL
from dispatch_tui.desk.exporting.writers import Format, Writer, streamed

ALL = tuple(FORMATS)


async def taken_out(
    desk: Desk, *tables: str, shape: Format = Format.CSV
) -> tuple[dict[str, bytes], Exported]:
    """Export tables, all of an import where none is named; returns the files by table."""
    files: dict[str, io.BytesIO] = {}

    def opener(table: str, columns: Sequence[str]) -> Writer:
        files[table] = io.BytesIO()
        return streamed(shape, lines=table == JOURNAL)(files[table], columns)

    done = await export(desk, tables or ALL, opener)
    return {table: file.getvalue() for table, file in files.items()}, done


def as_sources(files: dict[str, bytes], shape: Format = Format.CSV) -> list[Source]:
    """Return exported files as an import reads them."""
    return [Source(f"{table}.{shape}", content) for table, content in files.items()]
