"""The page about the keys is what the registry says.

`uv run python tests/console/test_keys_document.py` writes it anew.
"""

from collections.abc import Iterator
from pathlib import Path

from dispatch_tui.console.keys.action import Action, Place
from dispatch_tui.console.keys.names import sign
from dispatch_tui.console.keys.registry import PLACES, of
from dispatch_tui.domain.people import Role
from dispatch_tui.words.labels import label_of

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"

HEAD = """\
# Keys

Everything that the console does by keys, place by place. `?` or F1 shows the same for where one is,
with keys that were moved; the palette (ctrl+p) finds it by name, by initials and by pinyin.

- F10 quits, Esc and ctrl+c go back, wherever one is.
- With an input method on, letters that arrive full-width work as well; what it swallows altogether
  is reached by the F-key or the ctrl key beside the letter.
- Keys are moved in a file, `keys.toml`: `dispatch-tui where` tells its path, and
  `dispatch-tui where --keys` prints one with all that can be in it. `assign = "Z"` or
  `assign = ["Z", "F4"]` gives an action these keys in the place of those that it had. A line that
  is wrong is named at the start, by `where` and by `doctor`, and its action keeps its first keys.
- Enter, Esc, Tab, Backspace, F10 and ctrl+c do the same everywhere and cannot be moved. Terminals
  keep back ctrl+s, ctrl+q, ctrl+z, ctrl+b, ctrl+a, ctrl+j and ctrl+o, so no action can have them.
  What is done while one types can have neither a letter nor a key that edits.
- What cannot be taken back later is **bold** below.
"""


def written() -> str:
    """The page as the registry has it."""
    return HEAD + "".join(part for place in PLACES for part in _place(place))


def _place(place: Place) -> Iterator[str]:
    actions = of(place)
    if not actions:
        return
    yield f"\n## {place.label}\n\n{place.help}\n\n"
    yield "| keys | what | who | in keys.toml |\n| --- | --- | --- | --- |\n"
    yield from map(_row, actions)


def _row(action: Action) -> str:
    keys = ", ".join(f"`{sign(key)}`" for key in action.said)
    what = f"**{action.help}**" if action.dangerous else action.help
    roles = [label_of(one) for one in Role if one in action.open_roles]
    who = "all" if len(roles) == len(Role) else ", ".join(roles)
    name = f"`{action.name}`" if action.movable else ""
    return f"| {keys} | {what} | {who} | {name} |\n"


def test_the_page_says_what_the_registry_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == written()


if __name__ == "__main__":
    PAGE.write_text(written(), encoding="utf-8")
