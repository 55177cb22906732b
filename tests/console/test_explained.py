"""The help explains what has the keys first, then all that holds elsewhere."""

import pytest
from conftest import CT, MANAGER, OPERATOR, Centre, Console

from dispatch_tui.console.keys.registry import PLACES, held_together
from dispatch_tui.console.screens.assign import AssignScreen
from dispatch_tui.console.screens.explaining import KINDS, PANES
from dispatch_tui.console.screens.file_form import FileForm
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.console.screens.help import HelpScreen
from dispatch_tui.console.screens.sight import PANES as NAMES
from dispatch_tui.domain.spec import FieldKind
from dispatch_tui.domain.table import COMMANDS


def first(console: Console) -> str:
    """What the help says under its first heading, as one line."""
    text = console.flat().partition("Here: ")[2]
    return text.partition(" Here: ")[0]


async def helped(console: Console, *keys: str) -> str:
    """Press keys, the last of which asks for help; returns what is explained first."""
    await console.type(*keys)
    await console.until(lambda: isinstance(console.app.screen, HelpScreen))
    await console.seen("Here: ")
    return first(console)


def test_every_pane_and_every_kind_of_field_is_explained() -> None:
    assert set(PANES) == set(NAMES)
    assert set(KINDS) | {FieldKind.TIME} == set(FieldKind)


@pytest.mark.parametrize("key", ["?", "<f1>"])
@pytest.mark.parametrize(
    ("pane", "words"),
    [
        ("1", "Queue The queue: open tickets"),
        ("2", "Ticket The selected ticket"),
        ("3", "Roster The roster"),
        ("4", "Device The past of the device"),
    ],
)
async def test_on_the_main_screen_the_pane_is_explained(
    centre: Centre, pane: str, words: str, key: str
) -> None:
    await centre.log()
    console = await centre.console(OPERATOR)
    assert (await helped(console, pane, key)).startswith(words)
    await console.seen("Main screen", "n, F2")
    await console.type(key)
    await console.until(lambda: console.app.screen is console.app.main)


async def test_while_one_filters_the_filter_is_explained(centre: Centre) -> None:
    console = await centre.console(OPERATOR)
    assert (await helped(console, "/", "<f1>")).startswith("Filter What is typed leaves only")
    await console.seen("Down, Enter")


async def test_in_a_form_the_field_is_explained_with_examples_and_who_may(
    centre: Centre,
) -> None:
    number = await centre.log()
    console = await centre.console(OPERATOR, (100, 40))
    file = await console.app.desk.ticket(number)
    await console.open(FormScreen(file, COMMANDS["respond"]))
    told = await helped(console, "<f1>")
    assert "It is needed." in told or "It may stay empty." in told
    await console.seen("Who may: hotline operator, manager, ", "Here: Answer the customer")
    await console.type("<f1>", *["<tab>"] * (len(COMMANDS["respond"].fields)))
    told = await helped(console, "<f1>")
    assert "20 min ago" in told
    await console.seen("ctrl+g          Save, from any field")


async def test_in_a_call_the_caller_is_explained_and_a_question_mark_is_text(
    centre: Centre,
) -> None:
    console = await centre.console(OPERATOR)
    await console.type("n")
    await console.seen("New call")
    await console.type("?")
    assert not isinstance(console.app.screen, HelpScreen)
    assert "Caller Who calls: name, former name, initials" in await helped(console, "<f1>")
    await console.seen("F8 An emergency")
    await console.type("<escape>")
    await console.seen("?")  # what was typed is still there


async def test_in_a_form_of_the_files_a_day_is_explained(centre: Centre) -> None:
    console = await centre.console(MANAGER, (100, 60))
    await console.open(FileForm("devices", prefilled={"customer": "C001"}))
    form = console.app.screen
    assert isinstance(form, FileForm)
    console.enter()
    form.go_to("made_on")
    await console.until(lambda: form.here is not None and form.here.field == "made_on")
    told = await helped(console, "<f1>")
    assert "A day, written like 2026-01-31. It may stay empty." in told


async def test_in_a_dialog_the_dialog_is_explained_with_its_keys(centre: Centre) -> None:
    number = await centre.log(device=CT)
    console = await centre.console(MANAGER, (100, 40))
    console.enter()
    await console.open(AssignScreen(await console.app.desk.ticket(number)))
    assert (await helped(console, "?")).startswith("Assign engineers Mark one or more")
    await console.seen("l, F4           Let the engineer under the cursor lead.", "Esc, ctrl+c")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_place_is_told_with_all_its_keys(centre: Centre, language: str) -> None:
    console = await centre.console(OPERATOR, (140, 300), language=language)
    for place in PLACES:
        await console.open(HelpScreen(place))
        speak = console.app.speaker.translate
        flat = console.flat()
        for action in held_together(place):
            assert " ".join(speak(action.help).split())[:30] in flat
        await console.type("q")
        await console.until(lambda: console.app.screen is console.app.main)
