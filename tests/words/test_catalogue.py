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

import pytest
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

    mime_headers = property(lambda self: HEADERS)  # type: ignore[assignment]

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
    assert [english for english, chinese in said().items() if fields(english) != fields(chinese)] == []


HAN = "[\u4e00-\u9fff\u3001-\u3011\uff01-\uff5e]"
HALF_WIDTH = re.compile(rf"{HAN}[,.:;!?()'\"]|[,:;!?()'\"] ?{HAN}|\.\.\.")


def test_chinese_has_its_own_punctuation() -> None:
    filled = {text: re.sub(r"\{\w+\}", "字", text) for text in said().values()}
    assert [text for text, words in filled.items() if HALF_WIDTH.search(words)] == []


def test_chinese_addresses_nobody() -> None:
    assert [text for text in said().values() if re.search("[您你]", text)] == []


if __name__ == "__main__":
    update()
