"""What a text is found by: its words; of Chinese, every two characters that stand together."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from dispatch_tui.domain.text import clean_text, fold_width

LONGEST_TOKEN = 64
"""Characters of a word that are compared."""

MOST_TOKENS = 20_000
"""Tokens of one text that are kept: some hundred pages."""

BREAK = "~"
"""Stands between texts, so that no phrase reaches from one into the next."""

MARK = "="
"""Begins what is no word of a text: nobody can type it as one."""

THEMSELVES = '%_"*'
"""Signs that can be looked for."""

_HAN = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+|[{THEMSELVES}]")


class Phrase(tuple[str, ...]):
    """Tokens that stand together; of one that is `open` the last may go on."""

    open: bool

    def __new__(cls, tokens: Iterable[str], *, open: bool = False) -> "Phrase":  # noqa: A002
        """Make it of its tokens."""
        phrase = super().__new__(cls, tokens)
        phrase.open = open
        return phrase


def tokens(text: str) -> list[str]:
    """Return the tokens of a text in order.

    Every Chinese character begins one of its own, with the one after it where there is one.
    """
    return [token for pieces in _pieces(text) for token in pieces]


def phrase(said: str, *, growing: bool = False) -> Phrase:
    """Return what a text must hold to hold `said`; one that is `growing` is still being typed."""
    pieces = list(_pieces(said))
    found = [token for piece in pieces for token in piece]
    if not found:
        return Phrase(())
    if _is_han(found[-1]):
        return Phrase(found[:-1]) if len(pieces[-1]) > 1 else Phrase(found, open=True)
    return Phrase(found, open=growing and len(found[-1]) > 1)


def words_of(texts: Iterable[str], marks: Iterable[str] = ()) -> str:
    """Return marks and the tokens of texts as they are kept: each between two blanks."""
    found = list(marks)
    for text in texts:
        if text and len(found) < MOST_TOKENS:
            found += [BREAK, *tokens(text)]
    return f" {' '.join(found[:MOST_TOKENS])} "


def mark(name: str, value: str = "") -> str:
    """Return the mark of a text that has this value, such as the code of a customer."""
    return f"{MARK}{name}.{re.sub('[^a-z0-9]', _escaped, value)}"


def _escaped(char: re.Match[str]) -> str:
    return f"_{char[0].encode().hex()}"


def _pieces(text: str) -> Iterator[list[str]]:
    folded = fold_width(clean_text(text)).casefold()
    for piece in _PIECES.finditer(folded):
        word = piece[0]
        if piece["han"]:
            yield [*map("".join, pairwise(word)), word[-1]]
        else:
            yield [word[:LONGEST_TOKEN]]


def _is_han(token: str) -> bool:
    return re.match(f"[{_HAN}]", token) is not None
