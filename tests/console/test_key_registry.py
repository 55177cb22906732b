"""The registry of keys: complete, without clashes, and usable with an input method on."""

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from textual.binding import Binding
from textual.dom import DOMNode
from textual.keys import _character_to_key

from dispatch_tui.console import screens
from dispatch_tui.console.actions import ACTIONS
from dispatch_tui.console.app import DispatchApp
from dispatch_tui.console.keys.action import LIST, MAIN, Action, Place
from dispatch_tui.console.keys.copying import COPY
from dispatch_tui.console.keys.general import EVERYWHERE, FIELD, FILTER
from dispatch_tui.console.keys.menu import MENU
from dispatch_tui.console.keys.names import SIGNS, full_width, is_typed, key_of, name_of, sign
from dispatch_tui.console.keys.reading import FIELD_KEYS, FIXED, TERMINAL
from dispatch_tui.console.keys.registry import PLACES, REGISTRY, held_together, named, of
from dispatch_tui.console.screens.dialog import Dialog
from dispatch_tui.console.widgets.choice import Choice
from dispatch_tui.console.widgets.filter import FilterInput
from dispatch_tui.console.widgets.inputs import LineInput, TextInput
from dispatch_tui.console.widgets.marks import Marks
from dispatch_tui.domain.people import Role

IN_A_PLACE_OF_ITS_OWN = {
    ("calendar", "pageup"),
    ("calendar", "pagedown"),
    ("files", "tab"),
    *((place, "escape") for place in ("calendar", "file", "customer", "device", "ticket")),
    *((place, "escape") for place in ("help", "palette", "sure", "copy", "settings")),
}
"""Keys that mean something nearer to a place than what they mean around it."""


def test_names_are_fit_for_a_file_and_each_is_of_one_action() -> None:
    names = Counter(action.name for action in REGISTRY)
    assert [name for name, count in names.items() if count > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z]+(-[a-z]+)*", name)] == []
    assert {action.place.name for action in REGISTRY} == {place.name for place in PLACES}


def test_no_key_does_two_things_at_one_place() -> None:
    found = set()
    for place in PLACES:
        keys = Counter(key for action in held_together(place) for key in action.keys)
        found |= {(place.name, key) for key, count in keys.items() if count > 1}
    assert found == IN_A_PLACE_OF_ITS_OWN


def test_no_key_is_one_that_terminals_keep_for_themselves() -> None:
    for action in REGISTRY:
        assert not set(action.keys) & TERMINAL, action.name
        assert not {key for key in action.said if key in FIXED} - set(action.always), action.name


def test_where_one_types_nothing_hangs_on_a_letter() -> None:
    typed = {
        (action.name, key)
        for action in REGISTRY
        if action.place.typing and action.id
        for key in action.said
        if is_typed(key)
    }
    assert typed == set()


def without_letters(action: Action) -> Iterator[str]:
    """The keys that come through an input method as they are."""
    return (key for key in action.said if key == "space" or not is_typed(key))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.label)
def test_everything_is_reached_without_letters(place: Place) -> None:
    letters_only = [one.name for one in of(place) if not any(without_letters(one))]
    if place in (MENU, COPY):  # their rows are a list, through which arrows and Enter go
        assert all("up" in one.said or "down" in one.said for one in of(LIST)[:2])
    elif place is MAIN:  # the palette finds them, also in Chinese; F2 of the help is a key for one
        assert letters_only == ["settings", "tour"]
        assert "f2" in named()["help-settings"].said
    else:
        assert letters_only == []


@pytest.mark.parametrize("action", REGISTRY, ids=lambda action: action.name)
def test_letters_work_full_width_too(action: Action) -> None:
    for key in action.said:
        character = SIGNS.get(key, key)
        if len(character) == 1:
            assert _character_to_key(chr(ord(character) + 0xFEE0)) in action.keys


def test_every_sign_is_called_as_textual_calls_it() -> None:
    for key, character in SIGNS.items():
        assert key == _character_to_key(character) == name_of(character)
        assert key_of(character) == key_of(key) == key
        assert sign(key) == character
    assert len({one for key in SIGNS for one in full_width(key)}) == sum(
        len(full_width(key)) for key in SIGNS
    )


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("a", "a"),
        ("A", "A"),
        ("ａ", "a"),
        ("？", "question_mark"),
        ("f4", "f4"),
        ("F12", "f12"),
        ("Ctrl+G", "ctrl+g"),
        ("Esc", "escape"),
        ("PgUp", "pageup"),
        ("pagedown", "pagedown"),
        ("Return", "enter"),
        (" space ", "space"),
        ("+", "plus"),
        ("", ""),
        ("f13", ""),
        ("ctrl+", ""),
        ("ctrl+1", ""),
        ("ctrl+alt+x", ""),
        ("hyper+x", ""),
        ("派", ""),
        ("\x1b", ""),
        ("x" * 10_000, ""),
    ],
)
def test_keys_are_understood_as_people_write_them(said: str, key: str) -> None:
    assert key_of(said) == key


def own_bindings(node: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that this program gives to a class, Textual's own left out."""
    for base in node.__mro__:
        if base.__module__.startswith("dispatch_tui"):
            for one in base.__dict__.get("BINDINGS", ()):
                assert isinstance(one, Binding)
                yield from Binding.make_bindings([one])


def dialogs() -> Iterator[type[Dialog[object]]]:
    """Every screen that lies over the main one."""
    for one in pkgutil.iter_modules(screens.__path__):
        importlib.import_module(f"{screens.__name__}.{one.name}")
    waiting: list[type[Dialog[object]]] = [Dialog]
    while waiting:
        found = waiting.pop()
        waiting += found.__subclasses__()
        yield found


def test_every_key_of_every_dialog_stands_in_the_registry() -> None:
    seen = list(dialogs())
    assert len(seen) > 15
    for screen in seen:
        known = {key for one in held_together(screen.PLACE) for key in one.keys}
        missing = {one.key for one in own_bindings(screen)} - known
        assert missing == set(), screen


def test_what_holds_everywhere_is_bound_in_the_app() -> None:
    keys = {key for action in of(EVERYWHERE) for key in action.keys}
    assert {one.key for one in own_bindings(DispatchApp)} == keys
    assert all(one.priority for one in own_bindings(DispatchApp))


def test_every_place_of_the_registry_has_its_screen() -> None:
    over = {screen.PLACE for screen in dialogs()}
    assert {place.label for place in PLACES if place not in over} == {
        *("Main screen", "Lists and texts", "Everywhere", "Filter", "Fields")
    }


def test_what_a_field_does_by_itself_is_told_as_it_is() -> None:
    told = {key for action in of(FIELD) for key in action.always}
    widgets: tuple[type[DOMNode], ...] = (LineInput, TextInput, Choice, Marks)
    bound = {key for one in widgets for key in one._merged_bindings.key_to_bindings}  # type: ignore[union-attr]
    assert told <= bound | {"tab"}
    filtering = FilterInput._merged_bindings
    assert filtering is not None
    assert {key for one in of(FILTER) for key in one.always} <= set(filtering.key_to_bindings)


def test_keys_that_change_what_is_typed_are_known_as_such() -> None:
    plain = re.compile(r"ctrl\+[a-z]|f\d+|[a-z]+")
    for widget in (LineInput, TextInput):
        found = widget._merged_bindings
        assert found is not None
        keys = {key for key in found.key_to_bindings if plain.fullmatch(key)}
        assert keys <= FIELD_KEYS | FIXED | TERMINAL


def test_what_the_palette_and_the_menu_offer_has_a_name_for_people() -> None:
    assert [one.name for one in (*ACTIONS, *of(MENU)) if not one.label] == []
    assert [one.name for one in REGISTRY if not one.help.endswith(".") or not one.help] == []


def test_roles_and_danger_come_from_the_table_of_commands() -> None:
    assert named()["menu-cancel"].dangerous
    assert not named()["menu-note"].dangerous
    assert not named()["assign"].open_to(Role.OPERATOR)
    assert named()["assign"].open_to(Role.MANAGER)
    assert named()["calendar-leave"].open_roles == {Role.MANAGER, Role.GENERAL_MANAGER}
    assert named()["calendar"].open_roles == set(Role)
