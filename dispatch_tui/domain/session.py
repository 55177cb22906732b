"""Where somebody was in the console and what they chose there, to go on from at any terminal."""

from collections.abc import Mapping

import msgspec

from dispatch_tui.domain.text import clean_line

MOST_CHARACTERS = 400
"""Of each text; a place holds no more than what fits a line."""

MOST_CHOICES = 20


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place in the console; each part is "" where it is as in the plain queue.

    `said` is what the queue is filtered by, `form` the name of the draft of the form that is open.
    """

    view: str = ""
    said: str = ""
    ticket: str = ""
    pane: str = ""
    form: str = ""


class Session(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A person's last place, the preferences they switched, and whether they were shown around."""

    place: Place = Place()
    chosen: Mapping[str, str] = {}
    toured: bool = False


class Kept(msgspec.Struct, frozen=True):
    """What is kept of a person: their session, and the language that the staff list has."""

    session: Session
    language: str


def clean_place(place: Place) -> Place:
    """Return a place of which every part is one clean line of bounded length."""
    parts = {name: clean_line(text)[:MOST_CHARACTERS] for name, text in _parts(place)}
    return Place(**parts)


def clean_choices(chosen: Mapping[str, str]) -> dict[str, str]:
    """Return choices as clean lines, not more than there can be."""
    found = {clean_line(name)[:40]: clean_line(value)[:40] for name, value in chosen.items()}
    return dict(list(found.items())[:MOST_CHOICES])


def _parts(place: Place) -> list[tuple[str, str]]:
    return [(name, getattr(place, name)) for name in Place.__struct_fields__]
