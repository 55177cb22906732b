"""What people, and what they paste, may hold: texts that break programs and terminals.

Everything here goes through every field, file, screen and list. `HARMLESS` holds whatever can
be shown: what is drawn, written to a file or kept matches it, whatever came in.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from dispatch_tui.domain.text import MAX_COMBINING_MARKS

SENTINEL = "37;13"
"""Stands in every order to a terminal here: the console never draws in these two attributes."""

NAUGHTY: dict[str, str] = {
    "controls": "a\x01b\x02c\x05\x07d\x08\x0b\x0c\x0e\x0f\x11\x13\x18\x1a\x7fe",
    "nul": "before\0after",
    "breaks": "one\r\ntwo\rthree\nfour\u2028five\u2029six\x85seven\teight",
    "escape": f"\x1b[{SENTINEL}mred\x1b[2J\x1b[H\x1bc\x1b(0\x1b#8\x1b[6n\x1b[?1049l\x1b[8;1;1t",
    "link": "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x07 \x1b]0;title\x07",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07 \x1b]52;c;?\x1b\\",
    "device control": "\x1bP+q544e\x1b\\ \x1bP1$r0m\x1b\\ \x1b^pm\x1b\\ \x1bXs",
    "image": "\x1b_Gf=100,a=T;iVBORw0KGgo=\x1b\\ \x1bP0;0;0q#0~-\x1b\\",
    "eight bit": f"\x9b{SENTINEL}m \x9d0;t\x9c \x90q\x9c \x84\x85\x8d\x8e\x8f\x9e\x9f x",
    "unfinished": "the end \x1b[",
    "bidi": "a\u202eb\u202dc\u202ad\u202be\u202cf\u2066g\u2067h\u2068i\u2069j\u200ek\u200fl\u061cm",
    "zero width": "w\u200bi\u200cd\u200dt\u2060h\ufeff\u00ad\u180e\u3164\u115f end",
    "tower": "e" + "\u0301" * 200 + "Z\u0335\u0338\u20dd" * 9,
    "only marks": "\u0301\u0302\u20e3",
    "end of markup": "[/]",
    "action": "[@click=app.quit]x[/] [@click='app.bell']y[/]",
    "open markup": "[bold",
    "markup": " [/] [b red on blue]x[/nothing] \\[ [link=http://e.example]l[/link] :warning:",
    "families": "👨\u200d👩\u200d👧\u200d👦👩🏽\u200d⚕️🏳️\u200d🌈" * 3,
    "flags": "🇨🇳🇩🇪🇨 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "variations": "⚠️ ⚠︎ ☎️ 1️⃣ 葛\U000e0100",
    "long": "Abc " * 1250,
    "long and wide": "心电监护仪" * 1000,
    "one word": "x" * 5000,
    "half a pair": "before \ud83d after \udc00",
    "undecoded": "caf\udce9",
    "unassigned": "a\u0378b\U000e01efc\U0010ffffd\ufdd0e\ufffef",
    "private": "a\ue000b\U000f0000c",
    "right to left": "مرحبا بالعالم 123 שלום",
    "full width": "ＡＢＣ１２３／％＿　＜＞",
    "scripts": "ไม่ ตี่ क्षि ఠ్ఠా ﷽ ꧅ 𒐫 ⸻ ㌫",
    "statement": "'; DROP TABLE tickets; -- \" OR 1=1 %_ [a-z]*? MATCH NEAR(",
    "page": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;\"'</td></html>",
    "formula": "=cmd|'/c calc'!A0",
    "plus": "+1+1",
    "at": "@SUM(A1)",
    "minus": "-2+3",
    "quote": "'=1",
    "template": "{x} {0} {} {{lead}} {now!r:>{width}} %s %(name)s %n ${HOME} $(id) `id` #{1}",
    "json": '{"kind": null, "x": [1',
    "paths": "../../etc/passwd \\\\host\\share C:\\NUL ~root file:///etc/passwd",
    "calendar": "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x;y,z\\n",
    "options": "--help",
    "dots": "…—–“”·°≥±",
    "nothing": " \t\r\n\u200b\x1b\u202e ",
}  # fmt: skip

RAW = {name: text for name, text in NAUGHTY.items() if name not in ("half a pair", "undecoded")}
"""What a database could hold whatever wrote it: text that UTF-8 has."""

HARMLESS = re.compile(r"[^\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u2028\u2029\ud800-\udfff]*")
_FORMATS = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufe00-\ufe0f\u180b-\u180f\U000e0000-\U000e0fff]"
)


def is_harmless(text: str, *, marks: int = MAX_COMBINING_MARKS) -> bool:
    """Whether a text can do nothing to a terminal but show, breaks of lines aside.

    No character may carry more combining marks than so many.
    """
    if HARMLESS.fullmatch(text) is None or _FORMATS.search(text):
        return False
    found = 0
    for char in text:
        found = found + 1 if unicodedata.combining(char) else 0
        if found > marks:
            return False
    return True


def strings_in(document: Any) -> Iterator[str]:
    """Every text in a JSON document."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for name, value in document.items():
            yield name
            yield from strings_in(value)
    elif isinstance(document, list):
        for value in document:
            yield from strings_in(value)
