"""A file of keys: what it moves, and what is said of each wrong line."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_key_registry import IN_A_PLACE_OF_ITS_OWN

from dispatch_tui.console.keys.keymap import Keymap, keymap_of
from dispatch_tui.console.keys.names import sign
from dispatch_tui.console.keys.reading import read_keymap
from dispatch_tui.console.keys.registry import PLACES, REGISTRY, held_together, named


def keymap(folder: Path, *lines: str) -> Keymap:
    """The keymap of a file with these lines."""
    path = folder / "keys.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return keymap_of(path)


def said(found: Keymap) -> list[str]:
    """What is wrong, without the path."""
    return [str(one).partition("keys.toml ")[2] for one in found.problems]


def keys(found: Keymap, name: str) -> tuple[str, ...]:
    """The keys of an action as they stand on the keyboard."""
    return found.signs(named()[name])


def test_without_a_file_every_action_has_its_first_keys(tmp_path: Path) -> None:
    found = keymap_of(tmp_path / "keys.toml")
    assert found == Keymap()
    assert keys(found, "assign") == ("a", "F4")


def test_a_key_or_a_list_of_keys_takes_the_place_of_the_first_ones(tmp_path: Path) -> None:
    found = keymap(
        tmp_path, 'assign = "Z"', 'note = ["F9", "!"]', 'undo = "u"', 'pane-ticket = "+"'
    )
    assert said(found) == []
    assert keys(found, "assign") == ("Z",)
    assert keys(found, "note") == ("F9", "!")
    assert found.overlay(REGISTRY) == {
        "assign": "Z,Ｚ",
        "undo": "u,ｕ",
        "note": "f9,exclamation_mark,fullwidth_exclamation_mark",
        "pane-ticket": "plus,fullwidth_plus_sign",
    }


def test_two_actions_may_change_their_keys_with_each_other(tmp_path: Path) -> None:
    found = keymap(tmp_path, 'assign = ["r", "f5"]', 'respond = ["a", "f4"]')
    assert said(found) == []
    assert keys(found, "respond") == ("a", "F4")


def test_the_same_key_may_do_other_things_at_other_places(tmp_path: Path) -> None:
    found = keymap(tmp_path, 'device-topic = "z"', 'customer-edit = "z"', 'note = "z"')
    assert said(found) == []


WRONG = [
    ('asign = "z"', "line 2: there is no action asign; assign is the nearest."),
    (
        'fly = "z"',
        "line 2: there is no action fly; dispatch-tui where --keys prints all of them.",
    ),
    ('back = "z"', "line 2: there is no action back; "),
    ("assign = 4", 'line 2: assign takes a key in "quotes", or a list of them.'),
    ("assign = []", "line 2: assign takes a key"),
    ('assign = ["z", 1]', "line 2: assign takes a key"),
    ("assign = {}", "line 2: assign takes a key"),
    ('assign = ""', "line 2: there is no key  that every terminal has."),
    ('assign = "hyper+x"', "line 2: there is no key hyper+x that every terminal has."),
    ('assign = "\\u001b[31m"', "line 2: there is no key [31m that every terminal has."),
    *(
        (f'assign = "ctrl+{letter}"', f"line 2: ctrl+{letter} is kept back by some terminals.")
        for letter in "sqzbajo"
    ),
    *(
        (f'assign = "{key}"', f"line 2: {key} does the same everywhere and stays where it is.")
        for key in ("Enter", "Esc", "Tab", "F10", "ctrl+c", "ctrl+i", "ctrl+m", "ctrl+h")
    ),
    ('call-emergency = "x"', "line 2: x is typed into the field there: take an F-key, or ctrl"),
    ('form-save = "ctrl+e"', "line 2: ctrl+e is typed into the field there"),
    ('search-scope = "PgUp"', "line 2: PgUp is typed into the field there"),
    ('assign = "n"', "line 2: n is already the key of call there."),
    ('assign = "ｎ"', "line 2: n is already the key of call there."),
    ('assign = "j"', "line 2: j is already the key of list-down there."),
    ('assign = "Up"', "line 2: Up is already the key of list-up there."),
    ('dialog-search = "e"', "line 2: e is already the key of customer-edit there."),
    ('list-down = "l"', "line 2: l is already the key of "),
    ('menu-note = "r"', "line 2: r is already the key of menu-respond there."),
    ('call-emergency = "F5"', "line 2: F5 is already the key of call-complaint there."),
    ('form-afresh = "F8"', "line 2: F8 is already the key of call-emergency there."),
]


@pytest.mark.parametrize(("wrong", "sentence"), WRONG, ids=[one for one, _ in WRONG])
def test_a_wrong_line_is_named_and_alone_passed_over(
    tmp_path: Path, wrong: str, sentence: str
) -> None:
    found = keymap(tmp_path, "# mine", wrong, 'undo = "U"')
    assert len(found.problems) == 1
    assert said(found)[0].startswith(sentence)
    assert found.moved == {"undo": ("U",)}


def test_of_two_lines_with_one_key_the_later_one_is_wrong(tmp_path: Path) -> None:
    found = keymap(tmp_path, 'note = "z"', 'assign = "z"')
    assert said(found) == ["line 2: z is already the key of note there."]
    assert set(found.moved) == {"note"}


def test_what_relied_on_a_wrong_line_is_wrong_with_it(tmp_path: Path) -> None:
    found = keymap(tmp_path, 'call = "t"', 'note = "ctrl+s"', 'alarm = ["n", "f8"]')
    assert said(found) == [
        "line 1: t is already the key of note there.",
        "line 2: ctrl+s is kept back by some terminals.",
        "line 3: n is already the key of call there.",
    ]
    assert found.moved == {}


def test_whatever_a_file_says_f10_quits_and_arrows_move(tmp_path: Path) -> None:
    found = keymap(tmp_path, 'quit = "Q"', 'list-up = "i"', 'calendar-close = "v"')
    assert said(found) == []
    assert keys(found, "quit") == ("Q", "F10")
    assert keys(found, "list-up") == ("i", "Up")
    assert keys(found, "calendar-close") == ("v", "Esc")
    assert "f10" not in found.overlay(REGISTRY)["quit"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"assign = ", "cannot be understood"),
        (b'assign = "z"\nassign = "y"', "cannot be understood"),
        (b"\xff\xfe\x00", "cannot be read: UTF-8."),
        (b"#" * 70_000, "is too large"),
        (b"\x00\x01\x02", "cannot be understood"),
        ("".join(f"a{number} = 1\n" for number in range(501)).encode(), "is too large"),
    ],
)
def test_a_file_that_is_no_file_of_keys_moves_nothing(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "keys.toml"
    path.write_bytes(content)
    found = keymap_of(path)
    assert found.moved == {}
    assert len(found.problems) == 1
    assert sentence in str(found.problems[0])


def test_a_folder_in_its_place_moves_nothing(tmp_path: Path) -> None:
    assert "cannot be read" in str(keymap_of(tmp_path).problems[0])


NAMES = st.sampled_from([one.name for one in REGISTRY])
KEYS = st.sampled_from(
    [*"abcdefghijklmnopqrstuvwxyzGTU!/?<", *(f"F{number}" for number in range(1, 13))]
    + [f"ctrl+{letter}" for letter in "acdefgklnprtuvwxy"]
    + ["Up", "Enter", "Esc", "Home"]
)


@given(st.dictionaries(NAMES, st.lists(KEYS, min_size=1, max_size=3), max_size=12))
def test_whatever_is_moved_no_key_does_two_things(
    tmp_path_factory: pytest.TempPathFactory, wanted: dict[str, list[str]]
) -> None:
    path = tmp_path_factory.mktemp("keys") / "keys.toml"
    path.write_text("".join(f"{name} = {keys!r}\n" for name, keys in wanted.items()))
    found = read_keymap(path)
    assert len(found.moved) + len(found.problems) == len(wanted)
    for place in PLACES:
        held = Counter(key for action in held_together(place) for key in found.every(action))
        twice = {(place.name, key) for key, count in held.items() if count > 1}
        assert twice <= IN_A_PLACE_OF_ITS_OWN
    for name, moved in found.moved.items():
        assert {sign(key) for key in moved} == set(wanted[name])
