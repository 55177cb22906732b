"""Every sentence that the domain hands out is given what it names."""

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

import dispatch_tui.domain
from dispatch_tui.domain.errors import DispatchError, InvalidInput
from dispatch_tui.domain.message import Message, say

SOURCES = sorted(Path(dispatch_tui.domain.__file__).parent.rglob("*.py"))
SAYERS = {"say", "_with", "NotFound", "Message"}
SAYERS |= {one.__name__ for one in DispatchError.__subclasses__()}


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def sentences(path: Path) -> Iterator[tuple[str, set[str]]]:
    """The sentences said in a module with a literal template, and the values they are given."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id not in SAYERS or not node.args:
            continue
        first = node.args[0]
        for marked in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
            if not (isinstance(marked, ast.Call) and isinstance(marked.func, ast.Name)):
                continue
            assert marked.func.id == "N_", ast.unparse(node)
            (template,) = marked.args
            assert isinstance(template, ast.Constant), ast.unparse(node)
            values = {one.arg for one in node.keywords if one.arg}
            if node.func.id == "InvalidInput":
                values.add("field")
            yield str(template.value), values


SENTENCES = [(path.name, *one) for path in SOURCES for one in sentences(path)]


def test_the_search_for_sentences_finds_them() -> None:
    assert len({path.parent for path in SOURCES}) == 6
    assert len(SENTENCES) > 150


@pytest.mark.parametrize(("module", "template", "values"), SENTENCES)
def test_sentence_is_given_every_value_that_it_names(
    module: str, template: str, values: set[str]
) -> None:
    assert placeholders(template) <= values, module


def test_a_sentence_within_a_sentence_is_filled_too() -> None:
    assert str(say("{a}: {b}", a=say("x {n}", n=1), b="{n}")) == "x 1: {n}"


def test_errors_are_their_sentence_and_keep_its_parts() -> None:
    error = InvalidInput("{field} is {value}", field="phone", value="{x}")
    assert str(error) == "phone is {x}"
    assert error.message == Message("{field} is {value}", {"field": "phone", "value": "{x}"})
