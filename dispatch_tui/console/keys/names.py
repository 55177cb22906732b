"""How keys are called: by Textual, by people, and on the keyboard."""

import string
import unicodedata

from dispatch_tui.domain.text import fold_width

REPLACED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Signs that Textual calls otherwise than Unicode does."""

FULL_WIDTH = 0xFEE0
"""From a character to the full-width one that an input method sends in its place."""

CHINESE = {
    **{"/": "、", "<": "《", ">": "》", "[": "【", "]": "】"},
    **{"{": "「", "}": "」", "_": "—", "`": "·"},
}
"""What an input method with Chinese punctuation on sends for a sign."""

PRINTED = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "alt+enter": "alt+Enter",
    "backspace": "Backspace",
    "delete": "Del",
    "insert": "Ins",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
}
"""What is printed on keys that send no character."""

WRITTEN = {
    **{printed.casefold(): key for key, printed in PRINTED.items()},
    **{key: key for key in PRINTED},
    **{"return": "enter", "del": "delete", "ins": "insert"},
}
"""Such keys as people write them."""

FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 13))


def name_of(character: str) -> str:
    """Return what Textual calls the key of a character."""
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return REPLACED.get(name, name)


SIGNS = {name_of(sign): sign for sign in string.punctuation}
"""The signs by the names of their keys."""


def key_of(said: str) -> str:
    """Return the key that somebody means, "" for none that every terminal sends."""
    text = fold_width(said).strip()
    if len(text) == 1:
        return name_of(text) if text.isascii() and text.isprintable() else ""
    text = text.casefold()
    head, _, letter = text.partition("+")
    if head in ("ctrl", "control") and len(letter) == 1 and letter in string.ascii_lowercase:
        return f"ctrl+{letter}"
    return text if text in FUNCTION_KEYS or text in SIGNS else WRITTEN.get(text, "")


def is_typed(key: str) -> bool:
    """Whether a key puts a character into a field."""
    return len(key) == 1 or key in SIGNS or key == "space"


def sign(key: str) -> str:
    """Return what is printed on a key."""
    return SIGNS.get(key) or PRINTED.get(key) or (key.upper() if key in FUNCTION_KEYS else key)


def full_width(key: str) -> tuple[str, ...]:
    """Return the keys that come in the place of a letter or a sign with an input method on."""
    character = SIGNS.get(key, key)
    if len(character) != 1:
        return ()
    found = [chr(ord(character) + FULL_WIDTH), CHINESE.get(character, "")]
    return tuple(name_of(one) for one in found if one)
