"""A room full of consoles and writers: `bench_crowd.py [CONSOLES WRITERS SECONDS PACE]`.

30 consoles, 5 writers, 600 seconds and one save a second for each writer where nothing is said.
Nothing is asserted; the floor is one writer on an empty machine in the same run.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1] / "wire"))

from bench_console import prepared
from crowd import Writer, quantile
from figures import heading, line, ms, ratio
from gathering import Gathering
from program import OPERATOR, Program
from test_soak import lost


def alone(program: Program) -> list[float]:
    """How long saves of one writer take while nobody looks."""
    with Writer(program, "alone", cases=25, hours=6) as writer:
        writer.go()
        writer.end(120)
        return [one.took for one in writer.saved]


def spread(seconds: Sequence[float]) -> tuple[str, ...]:
    """Return the middle, the slowest twentieth and the slowest of times."""
    return (
        ms(seconds),
        *(f"{one * 1000:.0f} ms" for one in (quantile(seconds, 0.95), max(seconds))),
    )


def main(consoles: str = "30", writers: str = "5", seconds: str = "600", pace: str = "1") -> None:
    """Measure on a fresh file in the temporary folder, and print the table."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        program = prepared(Path(name), 0)
        floor = alone(program)
        with Gathering(program, int(consoles)) as room:
            room.idle(min(30.0, float(seconds)))
            room.work(int(writers), float(seconds), float(pace))
            tell(room, floor, f"{consoles} consoles, {writers} writers, {pace} saves/s each")
            line("consoles that ended", str(sum(not one.alive for one in room.consoles)))
            line("words of trouble on screens", str(len(room.troubles)))
        missing = lost(program.database, {one.key for one in room.saved})
        line("acknowledged and lost", str(len(missing)))
        line("audit", "clean" if program.run(OPERATOR, "audit").code == 0 else "NOT CLEAN")
    line("")
    line(f"measured in {time.monotonic() - began:.0f} s")


def tell(room: Gathering, floor: Sequence[float], title: str) -> None:
    """Print what it cost."""
    took = [one.took for one in room.saved]
    heading(title, "median", "p95", "worst", "x floor")
    line("one writer alone, a save", *spread(floor), "1.00 x")
    line(f"a save, of {len(took):,}", *spread(took), ratio(took, floor))
    line(f"saved to seen elsewhere, of {len(room.seen):,}", *spread(room.seen))
    line("not seen at all", str(room.unseen))
    line("")
    changes = room.busy_cpu
    heading("a console", "median", "most")
    line(
        "processor while nobody works", f"{median(room.idle_cpu):.2%}", f"{max(room.idle_cpu):.2%}"
    )
    line("processor while all work", f"{median(changes):.1%}", f"{max(changes):.1%}")
    for place, words in enumerate(("RSS MB", "PSS MB")):
        found = [one[place] / 1024 for one in room.memory]
        line(words, f"{median(found):.0f}", f"{max(found):.0f}")
    line(f"keys pressed meanwhile: {room.typed:,}")


if __name__ == "__main__":
    main(*sys.argv[1:])
