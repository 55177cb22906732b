"""Naughty words on the command line: an answer or one line of refusal, and nothing but text."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from cases import CUSTOMER, ENGINEER, GENERAL_MANAGER, IN_WARRANTY, MANAGER, OPERATOR, Case
from naughty import NAUGHTY, is_harmless

from dispatch_tui.cli.main import root
from dispatch_tui.cli.run import Run
from dispatch_tui.preferences import read_preferences

CODES = frozenset({0, 1, 2, 3, 4, 5})
NOT_HERE = frozenset({"demo", "session"})
"""Commands that open a console."""

WORDS = {name: text for name, text in NAUGHTY.items() if "\0" not in text and "\ud83d" not in text}
"""What an operating system hands to a program: bytes that are no UTF-8, but no half of a pair."""

AHEAD = ("--from", "in 1 h", "--to", "in 9 h")
QUICK = ("escape", "bidi", "undecoded", "action", "statement", "options")

Call = Callable[..., Case]


def leaves(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with its words."""
    context = click.Context(command, obj=Run())
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            if name not in NOT_HERE:
                yield from leaves(found, (*path, name))
    else:
        yield path, command


def lines_with(path: tuple[str, ...], command: click.Command, text: str) -> Iterator[list[str]]:
    """Command lines that have the text in the place of each argument, and behind each option."""
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    options = [one for one in command.params if isinstance(one, click.Option)]
    usual = ["--", *(text for _ in arguments)] if arguments else []
    yield [*path, *usual]
    for option in options:
        if not option.is_flag and option.name != "output":
            yield [*path, option.opts[0], text, *usual]


def harmless(out: str) -> bool:
    """Whether what was printed is text in lines."""
    return all(is_harmless(line) for line in out.split("\n"))


@pytest.mark.parametrize("name", QUICK)
def test_every_command_answers_naughty_words_or_refuses_them_in_one_line(
    call: Call, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_everywhere(call, name, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in WORDS if one not in QUICK])
def test_every_command_answers_all_naughty_words(
    call: Call, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_everywhere(call, name, tmp_path, monkeypatch)


def check_everywhere(call: Call, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give a text to every argument and option of every command."""
    monkeypatch.chdir(folder)
    case = call(IN_WARRANTY, "图像发白")
    for path, command in leaves(root):
        for line in lines_with(path, command, WORDS[name]):
            answer = case.dispatch(*line, login=GENERAL_MANAGER)
            where = (line[:3], answer.code, answer.out[:300], answer.err[:300])
            assert answer.code in CODES, where
            assert harmless(answer.out), where
            assert harmless(answer.err), where
            assert answer.code != 2 or answer.err, where


@pytest.mark.parametrize("name", QUICK)
def test_what_was_typed_comes_out_of_every_list_and_paper_as_text(call: Call, name: str) -> None:
    check_lists(call, WORDS[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", [one for one in WORDS if one not in QUICK])
def test_all_that_was_typed_comes_out_as_text(call: Call, name: str) -> None:
    check_lists(call, WORDS[name])


def check_lists(call: Call, text: str) -> None:
    """Enter a text wherever one can, then print every list and paper."""
    case = call(IN_WARRANTY, "图像发白")
    case.act(1, "assign", MANAGER, engineers=ENGINEER)
    for words in (
        ("act", case.number, "note", f"text={text}"),
        ("act", case.number, "diagnose", f"found={text}", "cause=board"),
        ("act", case.number, "correct", f"fault={text}", f"department={text}"),
        ("call", "--caller", text, "--fault", text, "--contact", text),
        ("handover", "--note", text),
        ("override", "remove", ENGINEER, *AHEAD, "--reason", text),
        ("file", "customers", CUSTOMER, f"notes={text}"),
    ):
        assert case.dispatch(*words, login=MANAGER).code in CODES
    for words in (
        *((one,) for one in ("tickets", "roster", "handover", "parts", "override", "suggest")),
        ("show", case.number),
        ("report", case.number),
        ("report", case.number, "--format", "html"),
        ("customer", CUSTOMER),
        ("device", IN_WARRANTY),
        ("find", text[:200]),
        ("export", "journal"),
        ("export", "tickets", "--format", "json"),
        ("audit",),
    ):
        for more in ((), ("--json",)):
            answer = case.dispatch(*words, *more, login=OPERATOR)
            assert answer.code in CODES, (words, answer.err)
            assert harmless(answer.out), words
            assert harmless(answer.err), words


@pytest.mark.parametrize("text", NAUGHTY.values(), ids=NAUGHTY)
def test_a_file_of_settings_with_such_words_is_read_or_its_line_is_named(
    text: str, tmp_path: Path
) -> None:
    path = tmp_path / "settings.toml"
    for content in (f'language = "{text}"\n', f"{text} = 1\n", text):
        path.write_bytes(content.encode(errors="surrogatepass"))
        say = Run().say
        for problem in read_preferences(path).problems:
            assert is_harmless(say(problem))
