"""Places: what a person may name as the database, and what is shown of it."""

from pathlib import Path

import pytest

from dispatch_tui.bootstrap import opened
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.settings import Settings
from dispatch_tui.storage.place import place_of, prepare

SECRET = "s3cr3t"


def test_a_relative_path_is_taken_from_where_one_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    place = place_of("data/../dispatch.db")
    assert place.path == tmp_path / "dispatch.db"
    monkeypatch.chdir("/")
    assert place.shown == str(tmp_path / "dispatch.db")


def test_the_tilde_is_the_home_of_a_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ola")
    assert place_of("~/dispatch.db").path == Path("/home/ola/dispatch.db")


def test_the_home_of_nobody_is_refused() -> None:
    with pytest.raises(InvalidInput, match="the folder of nobody"):
        place_of("~no-such-person/dispatch.db")


@pytest.mark.parametrize(
    "name", ["a b.db", "a?b=c.db", "a#b.db", "50%25.db", ":memory:", "调度.db"]
)
async def test_any_name_of_a_file_is_possible(tmp_path: Path, name: str) -> None:
    async with opened(Settings(database=str(tmp_path / name))):
        assert _names(tmp_path) == {name, f"{name}-wal", f"{name}-shm"}
    assert _names(tmp_path) == {name}


def test_what_exists_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "dispatch.db"
    path.touch(mode=0o640)
    tmp_path.chmod(0o750)
    prepare(path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert tmp_path.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (f"postgresql+asyncpg://ola:{SECRET}@db.example:5433/dispatch", "db.example:5433/dispatch"),
        (f"postgresql+asyncpg://ola:{SECRET}%40x@db/dispatch", "db/dispatch"),
        (f"postgresql+asyncpg://db/dispatch?user=ola&password={SECRET}", "db/dispatch"),
        ("postgresql+asyncpg://ola@/dispatch?host=/run/pg", "/run/pg/dispatch"),
        (f"postgresql+asyncpg://ola:{SECRET}@/d?host=a:1&host=b:2", "a:1, b:2/d"),
    ],
)
def test_a_server_is_shown_without_its_password(url: str, shown: str) -> None:
    place = place_of(url)
    assert place.path is None
    assert place.url == url
    assert place.shown == f"PostgreSQL {shown}"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://ola:{SECRET}@db/dispatch",
        f"mysql://db/dispatch?password={SECRET}",
        f"http://[{SECRET}",
    ],
)
def test_a_url_of_another_kind_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        place_of(url)
    assert SECRET not in str(refused.value)


def _names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}
