"""Text from people in every field of every command: floods, control characters, nothing at all."""

import pytest
from course import Course
from msgspec.structs import replace
from samples import SAMPLES

from dispatch_tui.domain import commands as c
from dispatch_tui.domain import events as e
from dispatch_tui.domain.errors import InvalidInput
from dispatch_tui.domain.fields import clean_fields
from dispatch_tui.domain.spec import LIMITS, Field, FieldKind
from dispatch_tui.domain.table import COMMANDS

NO_TEXT = {FieldKind.TIME, FieldKind.DAY, FieldKind.SCORE, FieldKind.CHOICE, FieldKind.ENGINEERS}
WORDY = [
    pytest.param(name, field, id=f"{name}-{field.name}")
    for name, spec in COMMANDS.items()
    for field in spec.fields
    if field.kind not in NO_TEXT
]
"""The fields that hold what somebody typed."""


def only_event(course: Course, command: c.Command) -> e.TicketEvent:
    (event,) = course.events(command)
    return event


@pytest.mark.parametrize("char", ["x", "中", "\u0301", "\u0301\u0323", "\n", "\x00", "\ud800"])
def test_a_megabyte_is_refused_with_one_sentence_at_once(char: str) -> None:
    flood = (char * 1_000_000)[:1_000_000]
    for command in (c.Note(text=flood), c.AddCall(text="x", phone=flood), c.Correct(device=flood)):
        with pytest.raises(InvalidInput, match="is 1000000 characters long") as refused:
            Course().decided(command)
        assert len(str(refused.value)) < 100


def test_limits_count_what_is_kept_not_what_was_pasted() -> None:
    noted = only_event(Course(), c.Note(text=" \x00\u200b" * 1000 + "x" * 4000))
    assert noted == e.Noted(text="x" * 4000)


def test_words_that_look_like_values_stay_words() -> None:
    corrected = only_event(Course(), c.Correct(phone="null", contact="NULL", device="{x}"))
    assert corrected == e.Corrected(phone="null", contact="NULL", device="{x}")


def test_most_commands_take_words() -> None:
    assert len(WORDY) > 80


@pytest.mark.parametrize(("name", "field"), WORDY)
def test_every_field_has_a_limit_that_its_refusal_names(name: str, field: Field) -> None:
    limit = LIMITS[FieldKind.TEXT if field.kind is FieldKind.TEXT else FieldKind.LINE]
    fitting = replace(SAMPLES[name], **{field.name: "x" * limit})
    assert getattr(clean_fields(fitting), field.name) == "x" * limit
    flooded = replace(SAMPLES[name], **{field.name: "x" * (limit + 1)})
    with pytest.raises(InvalidInput, match=f"at most {limit} can be kept") as no:
        Course().decided(flooded)
    assert no.value.field == field.name


@pytest.mark.parametrize(("name", "field"), WORDY)
def test_every_field_is_cleaned_of_what_moves_the_cursor(name: str, field: Field) -> None:
    typed = replace(SAMPLES[name], **{field.name: " a\x1b[2J\u202eb\x07\n\u200bc "})
    kept = getattr(clean_fields(typed), field.name)
    assert kept == ("a[2Jb\nc" if field.kind is FieldKind.TEXT else "a[2Jb c")


@pytest.mark.parametrize(("name", "field"), WORDY)
def test_what_is_required_is_more_than_blanks(name: str, field: Field) -> None:
    blank = replace(SAMPLES[name], **{field.name: " \u200b\n"})
    if not field.required:
        assert not getattr(clean_fields(blank), field.name)
        return
    with pytest.raises(InvalidInput, match="is missing: it is needed for this") as no:
        Course().decided(blank)
    assert no.value.field == field.name
