"""What the manager changes of the roster: leave, stand-ins, swaps, and who may."""

from datetime import timedelta

import pytest
from centre import DAY, NOON, FrozenClock, desk_of
from msgspec.structs import replace
from sqlalchemy import select

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import InvalidInput, NotAllowed, NotFound, NotPossible
from dispatch_tui.domain.overriding import override, swap
from dispatch_tui.domain.roster_quality import FlawKind
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.schema import journal

ADD, REMOVE, REPLACE = OverrideKind
LEAVE = override(REMOVE, "ann", NOON, NOON + DAY, reason="ill")


@pytest.fixture
def mia(centre: Database, clock: FrozenClock) -> Desk:
    return desk_of("mia", centre, clock)


async def test_leave_is_on_the_roster_at_once(mia: Desk, clock: FrozenClock) -> None:
    before = await mia.roster()
    assert before.duty is not None
    assert before.duty.group == "A"
    assert (before.staff, before.then) == (("abe", "ann"), "B")
    await mia.override(LEAVE)
    roster = await mia.roster()
    assert roster.staff == ("abe",)
    [ann] = [one for group in roster.groups for one in group.members if one.person.login == "ann"]
    assert (ann.on_duty, ann.off) == (False, LEAVE)
    clock.pass_(days=1)
    assert (await mia.roster()).staff == ("abe", "ann")
    assert await mia.overrides() == []


async def test_a_preview_shows_a_swap_in_both_its_weeks(mia: Desk) -> None:
    week = timedelta(weeks=1)
    first, second = (NOON, NOON + DAY), (NOON + week, NOON + week + DAY)
    await mia.override(*swap("ann", "bob", first, second, reason="wedding"))
    found = await mia.preview(NOON, NOON + 2 * week)
    by_start = {one.since: one.staff for one in found}
    assert by_start[NOON] == ("abe", "bob")
    assert by_start[NOON + week] == ("bea", "ann")
    assert [one.since for one in found][1:] == [one.until for one in found][:-1]


async def test_of_a_swap_that_is_half_possible_nothing_is_written(mia: Desk) -> None:
    await mia.override(LEAVE)
    later, again = NOON + 2 * DAY, (NOON, NOON + DAY)
    with pytest.raises(NotPossible, match="ann has remove"):
        await mia.override(*swap("bob", "ann", (later, later + DAY), again))
    assert await mia.overrides() == [LEAVE]


async def test_saying_it_twice_is_one(mia: Desk) -> None:
    await mia.override(LEAVE)
    await mia.override(replace(LEAVE, reason="still ill"))
    assert await mia.overrides() == [LEAVE]


async def test_what_is_withdrawn_is_gone_and_can_be_said_again(mia: Desk, centre: Database) -> None:
    await mia.override(LEAVE)
    await mia.withdraw_override(LEAVE.id)
    assert await mia.overrides() == []
    with pytest.raises(NotFound, match=f"no override {LEAVE.id}"):
        await mia.withdraw_override(LEAVE.id)
    await mia.override(LEAVE)
    assert await mia.overrides() == [LEAVE]


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        (replace(LEAVE, login="nobody"), NotFound, "nobody who is sent"),
        (replace(LEAVE, login="ola"), NotFound, "nobody who is sent"),
        (override(REPLACE, "ann", NOON, NOON + DAY, by="ola"), NotFound, "nobody who is sent"),
        (override(REPLACE, "ann", NOON, NOON + DAY), InvalidInput, "who stands in"),
        (override(REMOVE, "ann", NOON, NOON + DAY, by="bob"), InvalidInput, "who stands in"),
        (override(REPLACE, "ann", NOON, NOON + DAY, by="ann"), InvalidInput, "for themselves"),
        (override(REMOVE, "ann", NOON, NOON), InvalidInput, "after the beginning"),
        (override(REMOVE, "ann", NOON, NOON - DAY), InvalidInput, "after the beginning"),
    ],
)
async def test_bad_input_is_refused_in_one_sentence(
    mia: Desk, bad: object, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        await mia.override(bad)  # type: ignore[arg-type]
    assert await mia.overrides() == []


@pytest.mark.parametrize("login", ["ola", "ann", "spe", "sue", "ada"])
async def test_who_does_not_decide_about_the_roster_is_refused_and_it_is_journaled(
    centre: Database, login: str
) -> None:
    desk = desk_of(login, centre)
    with pytest.raises(NotAllowed, match="Not for your role"):
        await desk.override(LEAVE)
    with pytest.raises(NotAllowed):
        await desk.withdraw_override(LEAVE.id)
    async with centre.read() as connection:
        about = select(journal.c.kind).where(journal.c.subject == login)
        assert list(await connection.scalars(about)) == ["refused", "refused"]


async def test_who_has_left_changes_nothing(centre: Database) -> None:
    with pytest.raises(NotAllowed, match="not signed in"):
        await desk_of("gone", centre).override(LEAVE)


async def test_gaps_and_missing_phones_ahead_are_said(mia: Desk) -> None:
    kinds = {one.kind for one in await mia.roster_flaws()}
    assert kinds == {FlawKind.NO_PHONE}
    start = NOON + 2 * DAY
    for login in ("ann", "abe"):
        await mia.override(override(REMOVE, login, start, start + DAY))
    [gap] = [one for one in await mia.roster_flaws() if one.kind is FlawKind.GAP]
    assert gap.at == start
    assert "Nobody is on duty" in str(gap.sentence)
