"""A room full of consoles and some writers: nothing is lost, late or locked.

The full measure is `tests/bench/bench_crowd.py`; bounds are wide here, since a gate is shared.
"""

from statistics import median

import pytest
from crowd import quantile
from gathering import Gathering
from program import OPERATOR, Program
from test_soak import lost

CONSOLES, WRITERS, SECONDS, PACE = 6, 3, 20.0, 1.5
SAVED_WITHIN, SEEN_WITHIN = 10.0, 30.0
"""Seconds of the slowest twentieth on a machine that does other things too."""


@pytest.mark.slow
def test_six_consoles_and_three_writers_keep_up_with_each_other(demo: Program) -> None:
    with Gathering(demo, CONSOLES) as room:
        room.idle(5.0)
        room.work(WRITERS, SECONDS, PACE)
        took = [one.took for one in room.saved]
        print(  # noqa: T201
            f"\n{len(room.saved)} saved, p95 {quantile(took, 0.95) * 1000:.0f} ms; "
            f"seen p95 {quantile(room.seen, 0.95) * 1000:.0f} ms, {room.unseen} not at all; "
            f"idle {median(room.idle_cpu):.2%}, busy {median(room.busy_cpu):.1%} of a processor; "
            f"PSS {median(pss for _, pss in room.memory) / 1024:.0f} MB"
        )
        assert all(one.alive for one in room.consoles)
        assert not room.troubles
        assert not lost(demo.database, {one.key for one in room.saved})
        assert len(room.seen) > len(room.witnesses)
        assert quantile(took, 0.95) < SAVED_WITHIN
        assert quantile(room.seen, 0.95) < SEEN_WITHIN
    assert demo.run(OPERATOR, "audit").code == 0
