"""The work file of an import: it has no name, keeps what it is given, and says when it is full."""

import os
import tempfile
from pathlib import Path

import pytest

from dispatch_tui.domain.errors import DatabaseUnusable
from dispatch_tui.storage.spool import Made, Spool


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where work files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nothing_of_it_can_be_seen_while_it_is_open_and_after(folder: Path) -> None:
    with Spool() as spool:
        spool.add_rows([("devices", 0, line, "", os.urandom(1000)) for line in range(20_000)])
        assert list(folder.iterdir()) == []
        assert spool.count("devices") == 20_000
    assert list(folder.iterdir()) == []


def test_rows_come_back_in_their_order_some_at_a_time(folder: Path) -> None:
    with Spool() as spool:
        spool.add_rows([("acts", line % 2, line, f"N{line % 3}", b"x") for line in range(10)])
        batches = list(spool.rows("acts", 4))
        assert [[row.line for row in batch] for batch in batches] == [
            *([0, 1, 2, 3], [4, 5, 6, 7], [8, 9]),
        ]
        assert [row.line for row in spool.rows_named("acts", "N1", 2)] == [1, 4]
        assert list(spool.row_names("acts", 2)) == [["N0", "N1"], ["N2"]]
        assert [row.line for batch in spool.rows_of_sheet(1, 2) for row in batch] == [1, 3, 5, 7, 9]


def test_decisions_are_forgotten_and_what_was_read_is_kept(folder: Path) -> None:
    with Spool() as spool:
        spool.add_rows([("devices", 0, 2, "", b"x")])
        spool.speak_of("devices", ["X"])
        assert spool.first("devices", "X", 1) is None
        assert spool.first("devices", "X", 2) == 1
        spool.make("device", [Made("X", "serial", b"1"), Made("X", "serial", b"2")])
        spool.use("customer", ["H1"])
        assert [made.body for made in spool.made("device", ["serial"], "alias")] == [b"2"]
        assert spool.uses("customer", "H1")
        spool.forget_decisions()
        assert spool.first("devices", "X", 2) is None
        assert spool.count_made() == 0
        assert not spool.uses("customer", "H1")
        assert spool.is_spoken_of("devices", "X")
        assert spool.count("devices") == 1


def test_no_place_for_it_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(DatabaseUnusable, match="no room for the work file"):
        Spool()
