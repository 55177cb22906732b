"""Files that are broken in any way: refused in words, nothing of them kept, and soon.

`python tests/desk/test_mutated_files.py 20000` does as many as it is told, in a process.
"""

import asyncio
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest
from company import NOW, ZONE, brought, sources
from mutations import COMPANY, IMPORTER, mutated

from dispatch_tui.desk.auditing import audit
from dispatch_tui.desk.bringing.bring import bring
from dispatch_tui.desk.bringing.sheets import Source
from dispatch_tui.storage import journal
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.migrate import migrate
from dispatch_tui.storage.place import place_of, prepare
from dispatch_tui.words.speaker import Speaker

SECONDS = 20.0
"""How long one file may take; on a busy machine most of a 10 MB file's time is waiting."""


async def _tell(database: Database, seeds: range) -> Counter[str]:
    """Bring each file in; whatever is refused is named, and leaves nothing behind."""
    speakers = [Speaker(language, ZONE) for language in ("en", "zh_CN")]
    told: Counter[str] = Counter()
    for seed in seeds:
        name, content = mutated(seed)
        async with database.read() as connection:
            before = await journal.newest_id(connection)
        began = time.monotonic()
        result = await bring(database, [Source(name, content)], IMPORTER, zone=ZONE, now=NOW)
        assert time.monotonic() - began < SECONDS, (seed, name)
        async with database.read() as connection:
            after = await journal.newest_id(connection)
        for problem in result.problems:
            for speaker in speakers:
                assert speaker.say(problem.reason, NOW)
        assert result.kept == (not result.problems), (seed, name)
        assert result.kept or after == before, (seed, name)
        told["kept" if result.kept else "refused"] += 1
    return told


async def test_five_hundred_mutated_files_are_taken_whole_or_refused(
    file_database: Database,
) -> None:
    await brought(file_database, **COMPANY)
    told = await _tell(file_database, range(500))
    assert told["refused"] > 300
    assert told["kept"] > 20
    assert (await audit(file_database)).first is None


@pytest.mark.slow
async def test_many_mutated_files_are_taken_whole_or_refused(file_database: Database) -> None:
    await brought(file_database, **COMPANY)
    await _tell(file_database, range(500, 2000))
    assert (await audit(file_database)).first is None


async def main(count: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="dispatch-mutated-"))
    path = folder / "dispatch.db"
    prepare(path)
    database = Database(place_of(path))
    try:
        await migrate(database)
        await bring(database, sources(**COMPANY), IMPORTER, zone=ZONE, now=NOW)
        began = time.monotonic()
        for start in range(0, count, 1000):
            told = await _tell(database, range(start, min(start + 1000, count)))
            sys.stdout.write(f"{start} {dict(told)} {time.monotonic() - began:.0f} s\n")
            sys.stdout.flush()
        found = await audit(database)
        sys.stdout.write(f"audit: {found.tickets} tickets, first fault {found.first}\n")
    finally:
        await database.close()
        shutil.rmtree(folder)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
