"""Over SSH everybody is who their key says, and who has none that is known is nobody."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from gatehouse import DISABLED, PEOPLE, STRANGER, SUPERVISOR, Gatehouse, fragment
from program import MANAGER, OPERATOR, Opened, Program
from sshd import SERVER, WHY_NOT, new_key

pytestmark = pytest.mark.skipif(WHY_NOT != "", reason=WHY_NOT)


TRAP = "sprung-by-a-login"


@pytest.fixture
def gate(demo: Program, tmp_path: Path) -> Iterator[Gatehouse]:
    """The centre behind a server."""
    with Gatehouse(demo, tmp_path) as gatehouse:
        yield gatehouse


def test_three_people_sign_in_and_are_who_they_are(gate: Gatehouse, opened: Opened) -> None:
    terminals = {login: opened(gate.terminal(login)) for login in PEOPLE}
    for login, terminal in terminals.items():
        terminal.shows(" open  ", PEOPLE[login])


def test_an_act_over_ssh_is_journaled_under_the_login_of_the_key(
    gate: Gatehouse, opened: Opened
) -> None:
    terminal = opened(gate.terminal(SUPERVISOR))
    terminal.shows(" open  ")
    terminal.quiet()
    terminal.send("p")
    terminal.shows("(noted in the journal)")
    terminal.send("<f10>")
    assert terminal.exit_status() == 0
    journal = gate.program.run(MANAGER, "export", "journal").out
    (line,) = [line for line in journal.splitlines() if ",phone_revealed," in line]
    assert line.startswith(f"person,{SUPERVISOR},")
    assert f",{SUPERVISOR}," in line.removeprefix(f"person,{SUPERVISOR},")


@pytest.mark.parametrize("nobody", [STRANGER, DISABLED])
def test_a_stranger_and_somebody_who_is_disabled_do_not_get_in(
    gate: Gatehouse, nobody: str
) -> None:
    for words in ((), ("tickets",)):
        done = gate.ask(nobody, *words)
        assert (done.code, done.out) == (255, "")
        assert "Permission denied" in done.err


def test_a_key_that_is_disabled_or_removed_opens_nothing_from_then_on(gate: Gatehouse) -> None:
    assert gate.ask(OPERATOR, "roster").code == 0
    gate.at_desk(lambda desk: desk.set_active(OPERATOR, is_active=False))
    assert gate.ask(OPERATOR, "roster").code == 255
    gate.at_desk(lambda desk: desk.set_active(OPERATOR, is_active=True))
    assert gate.ask(OPERATOR, "roster").code == 0
    keys = gate.at_desk(lambda desk: desk.staff_keys())
    (mine,) = [one.fingerprint for one in keys if one.login == OPERATOR]
    gate.at_desk(lambda desk: desk.remove_staff_key(mine))
    assert gate.ask(OPERATOR, "roster").code == 255


def test_no_login_breaks_out_of_the_line_that_sshd_reads(gate: Gatehouse, tmp_path: Path) -> None:
    logins = (f"'\"$(touch>{TRAP})", "a\\", "--lang", "诗人`id`%h")
    gate.let_in(*logins)
    for login in logins:
        done = gate.ask(login, "tickets", "--limit", "1", "--json")
        assert (done.code, len(done.document)) == (0, 1), (login, done.err)
    places = (tmp_path, Path.home(), gate.program.database.parent)
    assert not [one for one in places if (one / TRAP).exists()]


def test_a_look_is_printed_and_goes_by_the_options_that_only_look(gate: Gatehouse) -> None:
    there = gate.program.run(SUPERVISOR, "tickets", "--view", "near", "--json").document
    seen = gate.ask(SUPERVISOR, "tickets", "--view", "near", "--json")
    assert [one["number"] for one in seen.document] == [one["number"] for one in there] != []
    assert there[0]["fault"] in gate.ask(OPERATOR, f"show '{there[0]['number']}'").out
    assert gate.ask(MANAGER, "roster --from 2026-01-05T08:00 --to '2026-01-12T08:00'").code == 0


def test_the_folder_and_the_files_are_for_the_account_alone(
    gate: Gatehouse, opened: Opened
) -> None:
    terminal = opened(gate.terminal(OPERATOR))
    terminal.shows(" open  ")
    database = gate.program.database
    files = sorted(database.parent.glob(f"{database.name}*"))
    assert {one.name for one in files} >= {database.name, f"{database.name}-wal"}
    assert {one.stat().st_mode & 0o777 for one in files} == {0o600}


def test_a_new_database_is_for_the_account_alone(tmp_path: Path) -> None:
    program = Program(tmp_path / "here" / "dispatch.db")
    assert program.run("mia", "init").code == 0
    assert program.database.parent.stat().st_mode & 0o777 == 0o700
    assert program.database.stat().st_mode & 0o777 == 0o600


def test_sshd_takes_the_fragment_as_it_is(tmp_path: Path) -> None:
    config = tmp_path / "sshd_config"
    lines = [f"HostKey {new_key(tmp_path, 'host')}", *fragment("dispatch", "/usr/bin/true")]
    config.write_text("\n".join(lines) + "\n")
    assert SERVER is not None
    told = subprocess.run(
        [SERVER, "-T", "-f", str(config), "-C", "user=dispatch,host=x,addr=127.0.0.1"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stderr) == (0, "")
    for line in (
        "authorizedkeyscommand /usr/bin/true keys %f",
        "authorizedkeyscommanduser dispatch",
        "authorizedkeysfile none",
        "authenticationmethods publickey",
        "disableforwarding yes",
        "x11forwarding no",
        "allowagentforwarding no",
        "permituserrc no",
    ):
        assert re.search(rf"^{line}$", told.stdout, re.MULTILINE), line


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd here")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    for path in (Path(__file__).parents[2] / "deploy").glob("dispatch-*"):
        text = path.read_text().replace("/opt/dispatch/bin/dispatch-tui", "/usr/bin/true")
        (tmp_path / path.name).write_text(text)
    units = sorted(str(one) for one in tmp_path.glob("dispatch-*"))
    assert len(units) == 2
    told = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (told.returncode, told.stderr) == (0, "")
