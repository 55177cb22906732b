"""What a browser would see of a page."""

import re
from html.parser import HTMLParser

VOID = {"meta", "wbr"}


class Reader(HTMLParser):
    """Reads a page: its tags, its text, its cells, its styles; fails on tags that do not pair."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles = ""
        self.pieces: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(page)
        self.close()
        assert self.open == []

    @property
    def text(self) -> str:
        """All that is read, the styles left out."""
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.styles += data
            return
        self.pieces.append(data)
        for tag in set(self.open):
            self.texts[tag][-1] += data


def css_strings(styles: str) -> list[str]:
    """The strings of a style sheet, their escapes undone."""
    found = re.findall(r'"((?:[^"\\]|\\[0-9a-f]+ )*)"', styles)
    return [re.sub(r"\\([0-9a-f]+) ", lambda one: chr(int(one[1], 16)), each) for each in found]
