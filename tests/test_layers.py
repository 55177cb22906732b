"""Imports point down only: as they are written, and as they come about in a running program."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import dispatch_tui

PACKAGE = Path(dispatch_tui.__file__).parent
NAME = PACKAGE.name

MAY_IMPORT = {
    "domain": {"msgspec"},
    "words": {"domain"},
    "reports": {"domain", "words", "jinja2", "msgspec"},
    "storage": {
        *("domain", "msgspec", "sqlalchemy", "aiosqlite", "alembic", "pysqlite3", "asyncpg"),
        "pypinyin",
    },
    "desk": {"domain", "storage", "words", "msgspec"},
    "preferences": {"domain", "msgspec"},
    "settings": {"preferences", "msgspec", "platformdirs"},
    "bootstrap": {"domain", "desk", "storage", "settings"},
    "console": {
        *("domain", "desk", "words", "reports", "preferences", "settings"),
        *("msgspec", "textual", "rich"),
    },
    "cli": {
        *("domain", "desk", "words", "reports", "bootstrap", "console", "storage"),
        *("preferences", "settings", "click", "msgspec", "platformdirs"),
    },
    "__main__": {"cli"},
    "__init__": set(),
}
"""What each room may import beside itself and the standard library; no room is left out."""

LATER = {
    *(("console.live", "bootstrap"), ("console.live", "storage")),
    ("desk.suggesting", "scipy"),
    ("desk.bringing.workbooks", "openpyxl"),
    ("desk.exporting.writers", "xlsxwriter"),
    ("reports.ics", "icalendar"),
}
"""What is loaded when it is asked for, once the first paint is there, or named for types alone."""


def files() -> Iterator[Path]:
    """Every module, without the scripts that Alembic loads by their paths."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


def room(path: Path) -> str:
    """The first part of a module's name below the package."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def module(path: Path) -> str:
    """The name of a module below the package."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and whole name of whatever a module imports, wherever in it, for types too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, one.name) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} is a relative import"
            name = node.module or ""
            if name == NAME:
                yield from ((node.lineno, f"{NAME}.{one.name}") for one in node.names)
            else:
                yield node.lineno, name


def wanted(name: str) -> str:
    """The room or the library that an import goes to, "" for the standard library and versions."""
    first, _, rest = name.partition(".")
    if first == NAME:
        found = rest.partition(".")[0]
        return found if found in MAY_IMPORT else ""
    return "" if first in sys.stdlib_module_names else first


def test_every_room_imports_what_it_may_and_nothing_else() -> None:
    bad = [
        f"{path.relative_to(PACKAGE)}:{line} imports {name}"
        for path in files()
        for line, name in imports(path)
        if wanted(name) not in {"", room(path), *MAY_IMPORT[room(path)]}
        and (module(path), wanted(name)) not in LATER
    ]
    assert bad == []


@pytest.mark.parametrize(
    ("library", "owner"),
    [
        ("sqlalchemy", "storage"),
        ("aiosqlite", "storage"),
        ("textual", "console"),
        ("rich", "console"),
        ("click", "cli"),
        ("jinja2", "reports"),
        ("pypinyin", "storage"),
    ],
)
def test_a_library_has_one_room(library: str, owner: str) -> None:
    users = {room(path) for path in files() for _, name in imports(path) if wanted(name) == library}
    assert users <= {owner}


def test_the_migrations_know_the_schema_s_library_only() -> None:
    for path in (PACKAGE / "storage" / "migrations").rglob("*.py"):
        names = {wanted(name) for _, name in imports(path)}
        assert names <= {"", "alembic", "sqlalchemy", "storage"}


def test_the_domain_reads_no_clock_and_opens_nothing() -> None:
    forbidden = {
        *("asyncio", "os", "pathlib", "random", "socket", "sqlite3", "subprocess", "time"),
        *("threading", "uuid", "logging", "gettext", "locale", "secrets", "shutil"),
    }
    for path in (PACKAGE / "domain").rglob("*.py"):
        assert not {name.partition(".")[0] for _, name in imports(path)} & forbidden, path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
                value = node.value
                assert not (isinstance(value, ast.Name) and value.id in {"datetime", "date"}), path


# In a running program

HOOK = """
import atexit, json, os, sys
def tell():
    with open(os.environ["LOADED"], "w") as file:
        json.dump(sorted({name.partition(".")[0] for name in sys.modules}
                         | {name for name in sys.modules if name.startswith("dispatch_tui")}), file)
atexit.register(tell)
"""


def loaded(folder: Path, *command: str, code: int = 0) -> set[str]:
    """Run Python in a process of its own and return what it had loaded at its end."""
    (folder / "hook.py").write_text(HOOK)
    environment = {
        **os.environ,
        "LOADED": str(folder / "loaded.json"),
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "LC_ALL": "C.UTF-8",
    }
    program = f"import sys; sys.path.insert(0, {str(folder)!r}); import hook; sys.path.pop(0)\n"
    done = subprocess.run(
        [sys.executable, "-c", program + command[0], *command[1:]],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == code, done.stderr
    found: list[str] = json.loads((folder / "loaded.json").read_text())
    return set(found)


def cli(folder: Path, *arguments: str, code: int = 0) -> set[str]:
    """Run the program itself."""
    program = (
        f"sys.argv = ['dispatch-tui', *sys.argv[1:]]\nfrom {NAME}.cli.main import main\nmain()"
    )
    return loaded(folder, program, *arguments, code=code)


def importing(folder: Path, name: str) -> set[str]:
    """Import one module."""
    return loaded(folder, f"import {name}")


def rooms(found: set[str]) -> set[str]:
    """Which rooms were loaded."""
    return {one.split(".")[1] for one in found if one.startswith(f"{NAME}.")}


THIRD_PARTY = {"sqlalchemy", "aiosqlite", "alembic", "textual", "rich", "click", "pypinyin"}


def every(folder: str) -> str:
    """An import of every module of a room."""
    names = [
        f"{NAME}.{module(path)}"
        for path in files()
        if room(path) == folder and path.stem != "__init__"
    ]
    return ", ".join(names)


def test_the_domain_loads_msgspec_and_nothing_else(tmp_path: Path) -> None:
    found = importing(tmp_path, every("domain"))
    assert not found & (THIRD_PARTY | {"asyncio", "platformdirs", "sqlite3"})
    assert "msgspec" in found


def test_words_load_no_library(tmp_path: Path) -> None:
    found = importing(tmp_path, every("words"))
    assert not found & THIRD_PARTY
    assert not rooms(found) & {"desk", "console", "cli", "bootstrap"}


def test_storage_and_desk_load_nobody_who_talks_to_people(tmp_path: Path) -> None:
    found = importing(tmp_path, every("desk") + ", " + every("storage"))
    assert not found & {"textual", "rich", "click"}
    assert not rooms(found) & {"console", "cli", "bootstrap"}


def test_the_console_is_loaded_without_a_database(tmp_path: Path) -> None:
    found = importing(tmp_path, f"{NAME}.console.app")
    assert "textual" in found
    assert not found & {"sqlalchemy", "aiosqlite", "alembic", "click", "pypinyin"}
    forms = {one for one in found if one.startswith(f"{NAME}.console.screens.")}
    assert forms == {f"{NAME}.console.screens.{one}" for one in ("acting", "main", "sight")}


def test_help_loads_neither_a_screen_nor_a_database(tmp_path: Path) -> None:
    found = cli(tmp_path, "--help")
    assert not found & {"textual", "rich", "sqlalchemy", "aiosqlite", "alembic", "pypinyin"}


@pytest.mark.parametrize(
    "command", ["call", "tickets", "doctor", "act", "show", "import", "export"]
)
def test_a_command_and_its_help_load_no_screen(tmp_path: Path, command: str) -> None:
    found = cli(tmp_path, command, "--help")
    assert not found & {"textual", "rich"}


def test_what_sshd_asks_at_every_sign_in_loads_no_database_library(tmp_path: Path) -> None:
    database = str(tmp_path / "data.db")
    cli(tmp_path, "--database", database, "init", "--login", "mia")
    found = cli(tmp_path, "--database", database, "keys", f"SHA256:{'A' * 43}")
    assert not found & (THIRD_PARTY - {"click"})
    assert not rooms(found) & {"desk", "console", "bootstrap"}


KEYS = {"keys", "actions"}
"""What of the console is data: the registry of its keys, which `doctor` and `where` read."""


def test_commands_at_work_load_no_screen(tmp_path: Path) -> None:
    database = str(tmp_path / "data.db")
    sample = PACKAGE.parent / "sample_data"
    cli(tmp_path, "--database", database, "--as", "chen.jing", "import", str(sample))
    login = ("--database", database, "--as", "luo.xiaoyan")
    for arguments in (
        ("call", "--customer", "C001", "--fault", "No image"),
        ("tickets", "--json"),
        ("doctor",),
        ("where", "--keys"),
    ):
        found = cli(tmp_path, *login, *arguments)
        assert not found & {"textual", "rich"}
        assert {one.split(".")[2] for one in found if one.startswith(f"{NAME}.console.")} <= KEYS
