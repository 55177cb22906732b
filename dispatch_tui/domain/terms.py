"""How a name, a serial or a phone number is compared with what is said of it."""

from collections.abc import Iterable

from dispatch_tui.domain.files import Device
from dispatch_tui.domain.text import clean_line, fold_width

_COUNTRY = "86"
_DIALLED = frozenset("0123456789+-()./ \N{EN DASH}")

LONGEST_TERM = 80
"""Characters of a word that are compared; the others are passed over."""

SHORTEST_TAIL = 3
"""Fewer characters than this are no tail of a serial or a phone number that is worth a look."""


def plain(text: str) -> str:
    """Return the letters and digits of a text, width and case folded: "ＮＶ-8009" as "nv8009"."""
    if not text.isascii():
        text = fold_width(clean_line(text))
    text = text.casefold()
    text = text if text.isalnum() else "".join(filter(str.isalnum, text))
    return text[:LONGEST_TERM]


def phone_digits(text: str) -> str:
    """Return the digits of a phone number without the country's, "" if it is something else."""
    text = fold_width(clean_line(text)).strip()
    if not text or not _DIALLED.issuperset(text):
        return ""
    digits = "".join(filter(str.isdigit, text))[:LONGEST_TERM]
    for start in (f"00{_COUNTRY}", _COUNTRY if text.startswith("+") else ""):
        if start and digits.startswith(start):
            return digits[len(start) :]
    return digits


def has_words(device: Device, words: Iterable[str]) -> bool:
    """Whether every word, letters and digits only, is in what a device is called."""
    names = (device.name, device.model, device.kind, device.department, device.serial)
    text = "\n".join(plain(one) for one in (*names, device.asset_number))
    return all(one in text for one in words)
