"""What sshd is told of a key."""

import asyncio
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from centre import desk_of, settle

from dispatch_tui import bootstrap
from dispatch_tui.settings import Settings, settings_file
from dispatch_tui.storage.place import Place

Dispatch = Callable[..., Any]

MANAGER, OPERATOR = "chen.jing", "luo.xiaoyan"
BODY = "AAAAC3NzaC1lZDI1NTE5AAAAIIGY10G6DhWbKEiJ6d4Oc6Fb/XaTRMcPQ2Gcvi+7s7pX"
FINGERPRINT = "SHA256:3UoYz/8+nTfsreW5vkyZ9HLEDY33GsoesPCfu1MyKOo"
STRANGE = f"SHA256:{'A' * 43}"


@pytest.fixture
def known(dispatch: Dispatch, demo: Path, tmp_path: Path) -> Path:
    """A database in which the operator has a key."""
    path = tmp_path / "mine.pub"
    path.write_text(f"ssh-ed25519 {BODY} mine\n")
    assert dispatch("staff", "key", "add", OPERATOR, str(path), login=MANAGER).code == 0
    return demo


def test_the_line_opens_the_console_of_its_owner_and_nothing_else(
    dispatch: Dispatch, known: Path
) -> None:
    answer = dispatch("keys", FINGERPRINT)
    command = shlex.join(
        [
            *("exec", sys.executable, "-I", "-X", "utf8", "-m", "dispatch_tui"),
            *("session", "--database", str(known), "--as", OPERATOR),
        ]
    )
    assert answer.out == f'restrict,pty,command="{command}" ssh-ed25519 {BODY}\n'
    assert (answer.code, answer.err) == (0, "")


@pytest.mark.parametrize("said", [STRANGE, "", "MD5:00", "x' OR 1=1 --", f"{FINGERPRINT}\n", "诗"])
@pytest.mark.usefixtures("known")
def test_for_any_other_key_there_is_nothing(dispatch: Dispatch, said: str) -> None:
    answer = dispatch("keys", said)
    assert (answer.code, answer.out, answer.err) == (0, "", "")


@pytest.mark.usefixtures("known")
def test_the_key_of_somebody_who_is_disabled_is_like_any_other(dispatch: Dispatch) -> None:
    assert dispatch("staff", "disable", OPERATOR, login=MANAGER).code == 0
    answer = dispatch("keys", FINGERPRINT)
    assert (answer.code, answer.out, answer.err) == (0, "", "")


def test_a_database_that_cannot_be_read_is_said_to_the_log_of_sshd(
    dispatch: Dispatch, environment: Path
) -> None:
    for content in (None, b"no database"):
        if content is not None:
            environment.write_bytes(content)
        answer = dispatch("keys", FINGERPRINT)
        assert (answer.code, answer.out, answer.err.count("\n")) == (5, "", 1)
    assert environment.read_bytes() == b"no database"


def test_a_database_that_the_settings_name_is_not_shown_to_the_list_of_processes(
    dispatch: Dispatch, known: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = tmp_path / "dispatch-tui" / "settings.toml"
    settings.parent.mkdir()
    settings.write_text(f"database = {json.dumps(str(known))}\n")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DISPATCH_DATABASE")
    assert f"session --as {OPERATOR}" in dispatch("keys", FINGERPRINT).out


async def _settled(url: str) -> str:
    """Give a server's database the people of the centre, one of them a key; its fingerprint."""
    async with bootstrap.opened(Settings(database=url)) as database:
        await settle(database)
        key = await desk_of("mia", database).add_staff_key("ann", f"ssh-ed25519 {BODY}")
        return key.fingerprint


def test_a_server_is_asked_as_a_file_is(dispatch: Dispatch, place_of_server: Place) -> None:
    fingerprint = asyncio.run(_settled(place_of_server.url))
    answer = dispatch("--database", place_of_server.url, "keys", fingerprint)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.endswith(f'--as ann" ssh-ed25519 {BODY}\n')
    nothing = dispatch("--database", place_of_server.url, "keys", STRANGE)
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "")


@pytest.mark.parametrize(
    "content", ['database = "postgresql+asyncpg://db/x', "database = 5", "[" * 9]
)
def test_no_other_database_answers_for_one_that_the_settings_name_in_vain(
    dispatch: Dispatch,
    known: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: str,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("DISPATCH_DATABASE")
    file = settings_file()
    file.parent.mkdir(parents=True)
    file.write_text(content)
    for words in (("keys", FINGERPRINT), ("staff", "list"), ("init",), ("tickets",)):
        answer = dispatch(*words, login=MANAGER)
        assert (answer.code, answer.out) == (5, ""), words
        assert "It is not known which database is meant" in answer.err
    assert dispatch("--database", str(known), "staff", "list", login=MANAGER).code == 0
    assert dispatch("where").code == 0
