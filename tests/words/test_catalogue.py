"""The Chinese catalogue says every sentence that is marked in the code, and nothing else.

`uv run python tests/words/test_catalogue.py` takes new sentences into it, for somebody to
translate, and compiles it. The files hold no dates, so that the same words give the same bytes.
"""

import ast
import io
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import dispatch_tui
from dispatch_tui.words.catalog import DOMAIN, LANGUAGES, translations

CODE = Path(dispatch_tui.__file__).parent
TEMPLATE = CODE / "locale" / f"{DOMAIN}.pot"
FOLDER = CODE / "locale" / "zh_CN" / "LC_MESSAGES"
PO, MO = FOLDER / f"{DOMAIN}.po", FOLDER / f"{DOMAIN}.mo"

HEADERS = [
    ("Project-Id-Version", "dispatch-tui"),
    ("Language", "zh_CN"),
    ("Plural-Forms", "nplurals=1; plural=0;"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class Plain(Catalog):
    """A catalogue whose headers name no people and no times."""

    mime_headers = property(lambda self: HEADERS)

    def __init__(self) -> None:
        super().__init__(locale="zh_CN", domain=DOMAIN, header_comment="", fuzzy=False)


def marked() -> Iterator[str]:
    """Every marked sentence, as Babel extracts it."""
    for _, _, message, _, _ in extract_from_dir(str(CODE), keywords={"N_": None}):
        assert isinstance(message, str)
        yield message


def in_file() -> Catalog:
    """The catalogue as it lies there."""
    with PO.open("rb") as file:
        return read_po(file, domain=DOMAIN)


def said() -> dict[str, str]:
    """English and Chinese of the catalogue."""
    return {str(one.id): str(one.string) for one in in_file() if one.id}


def template() -> Plain:
    """The marked sentences, untranslated."""
    found = Plain()
    for message in marked():
        found.add(message)
    return found


def brought_up_to_date() -> Plain:
    """The marked sentences with the Chinese that the file has for them."""
    known, found = said() if PO.exists() else {}, template()
    for one in found:
        if one.id:
            one.string = known.get(str(one.id), "")
    return found


def written(catalogue: Catalog, **options: Any) -> bytes:
    """A catalogue as a text file."""
    file = io.BytesIO()
    write_po(file, catalogue, width=100, sort_output=True, no_location=True, **options)
    return file.getvalue().strip() + b"\n"


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as the program reads it."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def update() -> None:
    """Write all three files anew."""
    catalogue = brought_up_to_date()
    TEMPLATE.write_bytes(written(template(), omit_header=True))
    PO.write_bytes(written(catalogue))
    MO.write_bytes(compiled(catalogue))


# The catalogue


def test_every_marked_sentence_is_in_the_catalogue_and_nothing_else() -> None:
    code, catalogue = set(marked()), set(said())
    assert sorted(code - catalogue) == []
    assert sorted(catalogue - code) == []
    assert list(in_file().obsolete) == []


def test_every_sentence_is_translated() -> None:
    assert sorted(english for english, chinese in said().items() if not chinese.strip()) == []
    assert [one.id for one in in_file() if one.fuzzy] == []


def test_the_files_are_what_the_tool_of_this_test_writes() -> None:
    catalogue = brought_up_to_date()
    assert TEMPLATE.read_bytes() == written(template(), omit_header=True)
    assert PO.read_bytes() == written(catalogue)
    assert MO.read_bytes() == compiled(catalogue)


def test_the_program_reads_the_compiled_catalogue() -> None:
    chinese = translations("zh_CN")
    assert {english: chinese.gettext(english) for english in marked()} == said()
    assert chinese.ngettext("a", "b", 1) == "a"
    assert {path.name for path in (CODE / "locale").iterdir() if path.is_dir()} | {"en"} == set(
        LANGUAGES
    )


def fields(text: str) -> list[str]:
    return sorted(
        f"{name}!{conversion}:{spec}"
        for _, name, spec, conversion in string.Formatter().parse(text)
        if name is not None
    )


def test_placeholders_are_the_same_on_both_sides() -> None:
    assert [one for one in said().items() if fields(one[0]) != fields(one[1])] == []


HAN = "[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e]"
HALF_WIDTH = re.compile(rf"{HAN}[,.:;!?()'\"]|[,:;!?()'\"] ?{HAN}|\.\.\.")


def test_chinese_has_its_own_punctuation() -> None:
    filled = {text: re.sub(r"\{\w+\}", "字", text) for text in said().values()}
    assert [text for text, words in filled.items() if HALF_WIDTH.search(words)] == []


def test_chinese_addresses_nobody() -> None:
    assert [text for text in said().values() if re.search("[您你]", text)] == []


# The code

Place = tuple[str, int, str]
"""A file, a line and what stands there."""

TRANSLATING = {"translate", "say", "tell", "_tell", "Message", "plural"}
"""What is handed to these is looked up in the catalogue, or shown as it is."""

PEOPLE_SEE = ("cli", "console", "reports")
WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}|^[A-Z][a-z]+$")
"""What reads like words for people rather than like a name in the code."""

AMONG_VALUES = re.compile(r"\0 [a-z]|[a-z] \0|[A-Za-z]{2,} [A-Za-z]{2,}")
"""The same in a text with values in it, where a mere unit is a word too."""

KEYS = {
    *("Enter", "Esc", "Space", "Tab", "Backspace", "Ins", "Del", "Home", "End"),
    *("Up", "Down", "Left", "Right"),
}
"""They stand so on Chinese keyboards."""

NO_SENTENCE = {
    "DEFAULT_CSS",  # styles
    "AUTO_FOCUS",  # selectors
    "TypeVar",  # names for the type checker
    "Binding",  # with show=False nobody reads its words; the footer takes them from the registry
    "execute",  # SQL
    "ValueError",  # faults of the program, which end in the log
    "RuntimeError",
    "AssertionError",
}
"""What is given to these is no sentence for people."""

AS_TYPED = {
    *("--occurred-at TIME", "dispatch-tui where", "page up", "page down"),
    *("English", "Unicode"),
}
"""Written just so in every language: on the command line, in a file of keys, as a name."""


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(CODE.rglob("*.py")):
        name = path.relative_to(CODE)
        if not rooms or name.parts[0] in rooms:
            yield str(name), ast.parse(path.read_text("utf-8"))


def name_of(called: ast.expr) -> str:
    return getattr(called, "attr", getattr(called, "id", ""))


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def text_of(node: ast.AST) -> str:
    """A literal text, with NUL for each value in it; "" for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(one) or "\0" for one in node.values)
    return ""


def test_everything_that_is_marked_is_one_literal() -> None:
    marks = [
        (name, node)
        for name, tree in modules()
        for node in calls(tree)
        if name_of(node.func) == "N_"
    ]
    odd: list[Place] = [
        (name, node.lineno, ast.unparse(node))
        for name, node in marks
        if len(node.args) != 1 or node.keywords or not isinstance(node.args[0], ast.Constant)
    ]
    assert odd == []
    # A mark within the braces of an f-string is hidden from Babel.
    assert {text_of(node.args[0]) for _, node in marks} == set(marked())


def test_nothing_is_said_that_is_not_marked() -> None:
    bare: list[Place] = [
        (name, node.lineno, ast.unparse(node))
        for name, tree in modules()
        for node in calls(tree)
        if name_of(node.func) in TRANSLATING
        and node.args
        and re.search("[A-Za-z]", text_of(node.args[0]))
    ]
    assert bare == []


def hidden(tree: ast.Module) -> Iterator[ast.AST]:
    """What in a module is no sentence for people, or is marked as one."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=called) if name_of(called) in {"N_"} | NO_SENTENCE:
                yield node
            case ast.Assign(targets=[ast.Name(id=name)]) if name in NO_SENTENCE:
                yield node
            case ast.Expr(value=ast.Constant()) | ast.Subscript():
                yield node
            case ast.FormattedValue(format_spec=ast.JoinedStr() as spec):
                yield spec
            case ast.AnnAssign(annotation=note) | ast.arg(annotation=ast.expr() as note):
                yield note
            case (
                ast.FunctionDef(returns=ast.expr() as note)
                | ast.AsyncFunctionDef(returns=ast.expr() as note)
            ):
                yield note


def plain_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    out = {part for node in hidden(tree) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node not in out:
            out |= set(node.values)
            if AMONG_VALUES.search(text_of(node)):
                yield node.lineno, text_of(node)
    for node in ast.walk(tree):
        text = text_of(node) if isinstance(node, ast.Constant) and node not in out else ""
        if WORDS.search(text) and text not in KEYS | AS_TYPED:
            yield getattr(node, "lineno", 0), text


def test_no_words_for_people_stand_in_the_code_unmarked() -> None:
    found: list[Place] = [
        (name, line, text)
        for name, tree in modules(*PEOPLE_SEE)
        for line, text in plain_words(tree)
    ]
    assert found == []


if __name__ == "__main__":
    update()
