"""Who is suggested for a ticket, from what is on file about people, places and the past."""

import sys
from datetime import date, timedelta

import pytest
from centre import CALL, DAY, NOON, FrozenClock, desk_of
from msgspec.structs import replace
from sqlalchemy import select

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.suggesting import WEIGHTS
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.duty import OverrideKind
from dispatch_tui.domain.errors import InvalidInput, NotAllowed, NotFound, NotPossible
from dispatch_tui.domain.files import Customer, Station, Travel
from dispatch_tui.domain.lending import Lending, lending
from dispatch_tui.domain.overriding import override
from dispatch_tui.domain.people import Certificate
from dispatch_tui.domain.suggestion import Suggestion, Weights
from dispatch_tui.storage import records, schema
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

PAPERS = [
    Certificate(login=login, kind=kind, expires_on=date(2027, 1, 1))
    for login, kind in (("abe", "CT"), ("bob", "CT"), ("ann", "MR"))
]


async def keep(database: Database, kind: str, *things: object) -> None:
    async def work(connection: Connection) -> None:
        await records.keep(connection, kind, [(one, True) for one in things], "mia", NOON)  # type: ignore[misc]

    await database.write(work)


@pytest.fixture
async def mia(centre: Database, clock: FrozenClock) -> Desk:
    """The manager of a centre with two stations, whose people have papers for CT."""
    places = {"WH": "Wuhan", "JN": "Jinan"}
    stations = [Station(code=code, name=code, city=city) for code, city in places.items()]
    await keep(centre, "station", *stations)
    await keep(centre, "travel", Travel(origin="Jinan", destination="Wuhan", minutes=300))
    await keep(centre, "certificate", *PAPERS)
    desk = desk_of("mia", centre, clock)
    staff = await desk.staff()
    for login, station in (("abe", "JN"), ("bob", "WH")):
        await keep(centre, "staff", replace(staff[login], station=station))
    return desk


def of(found: tuple[Suggestion, ...], login: str) -> Suggestion:
    return next(one for one in found if one.person.login == login)


async def test_everybody_who_is_sent_is_ranked_with_the_way_from_their_station(mia: Desk) -> None:
    number = (await mia.log_call(CALL)).number
    found = await mia.suggestions(number)
    assert {one.person.login for one in found.ranked} == {"ann", "abe", "bob", "bea", "spe"}
    abe, bob = of(found.ranked, "abe"), of(found.ranked, "bob")
    assert (abe.on_duty, bob.on_duty) == (True, False)
    assert (abe.travel, bob.travel) == (timedelta(hours=5), timedelta(minutes=40))
    assert found.need.due_at is not None
    assert abe.leave_by == found.need.due_at - timedelta(hours=5)
    assert found.first == abe
    assert found.shortfall == ()


async def test_leave_turns_to_the_other_group_and_says_so(mia: Desk) -> None:
    number = (await mia.log_call(CALL)).number
    await mia.override(override(OverrideKind.REMOVE, "abe", NOON, NOON + DAY))
    found = await mia.suggestions(number)
    assert found.first is not None
    assert found.first.person.login == "bob"
    assert str(found.shortfall[0]).startswith("Nobody on duty has a valid certificate for CT")
    assert found.shortfall[1].values["person"] == "bob"


async def test_who_was_at_the_device_or_at_the_customer_is_known_by_the_journal(
    mia: Desk, clock: FrozenClock
) -> None:
    first = (await mia.log_call(CALL)).number
    await mia.act(first, c.Assign(engineers=("bob",)))
    await mia.act(first, c.Arrive(engineers=("bob",)))
    other = (await mia.log_call(replace(CALL, device="MR-1"))).number
    await mia.act(other, c.Assign(engineers=("bea",)))
    await mia.act(other, c.Arrive(engineers=("bea",)))
    clock.pass_(hours=1)
    number = (await mia.log_call(CALL)).number
    found = await mia.suggestions(number)
    bob, bea = of(found.ranked, "bob"), of(found.ranked, "bea")
    words = {str(one) for one in (*bob.reasons, *bea.reasons)}
    assert {"knows this device (1)", "knows this customer (1)"} <= words
    assert bob.busy
    assert bob.travel == timedelta(minutes=40)
    abe = of(found.ranked, "abe")
    assert "their group had less of the last 30 days" in {str(one) for one in abe.reasons}


async def test_who_is_at_a_customer_sets_out_from_there(mia: Desk) -> None:
    away = (await mia.log_call(replace(CALL, customer="H2", device="CT-2"))).number
    await mia.act(away, c.Assign(engineers=("bob",)))
    await mia.act(away, c.Arrive(engineers=("bob",)))
    number = (await mia.log_call(CALL)).number
    assert of((await mia.suggestions(number)).ranked, "bob").travel == timedelta(hours=5)


async def test_weights_decide_how_much_each_part_counts(mia: Desk) -> None:
    number = (await mia.log_call(CALL)).number
    weights = Weights(duty=0, skill=0, travel=100, load=0, known=0, fair=0)
    found = await mia.suggestions(number, weights)
    bob = of(found.ranked, "bob")
    assert bob.score == pytest.approx(100 * (1 - 40 / 720))


async def test_a_customer_nobody_knows_the_place_of_leaves_the_way_open(
    mia: Desk, centre: Database
) -> None:
    await keep(centre, "customer", Customer(code="H9", name="Ninth", city="Nowhere"))
    number = (await mia.log_call(c.LogCall(fault="smoke", customer="H9"))).number
    found = await mia.suggestions(number)
    assert {one.travel for one in found.ranked} == {None}
    assert all(one.obstacles == () for one in found.ranked)


async def test_an_unknown_number_is_refused(mia: Desk) -> None:
    with pytest.raises(NotFound, match="no ticket 1"):
        await mia.suggestions("1")


async def test_a_plan_for_all_that_nobody_has_leaves_what_somebody_has_alone(mia: Desk) -> None:
    taken = (await mia.log_call(CALL)).number
    await mia.act(taken, c.Assign(engineers=("abe",)))
    first, second = [(await mia.log_call(CALL)).number for _ in range(2)]
    found = await mia.day_plan()
    assert [one.number for one in found] == [first, second]
    assert {one.person for one in found} == {"abe"}
    assert sorted(one.turn for one in found) == [0, 1]
    assert await mia.day_plan() == found


async def test_without_the_package_it_is_said_what_to_install(
    mia: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(NotPossible, match=r"install dispatch-tui\[plan\]"):
        await mia.day_plan()


async def test_weights_are_a_setting_that_the_manager_makes_and_that_is_journaled(
    mia: Desk, centre: Database
) -> None:
    assert await mia.weights() == Weights()
    wanted = Weights(duty=0, skill=0, travel=100, load=0, known=0, fair=0)
    await mia.set_weights(wanted)
    assert await mia.weights() == wanted
    number = (await mia.log_call(CALL)).number
    found = await mia.suggestions(number)
    assert of(found.ranked, "bob").score == pytest.approx(100 * (1 - 40 / 720))
    with pytest.raises(NotAllowed):
        await desk_of("ola", centre).set_weights(Weights())
    with pytest.raises(InvalidInput, match="from 0 to 1000"):
        await mia.set_weights(replace(wanted, load=-1))
    assert await mia.weights() == wanted
    about = select(schema.journal.c.kind).where(schema.journal.c.subject == WEIGHTS)
    async with centre.read() as connection:
        assert list(await connection.scalars(about)) == ["set"]


async def test_who_is_lent_sets_out_from_there_until_they_are_back(
    mia: Desk, clock: FrozenClock
) -> None:
    number = (await mia.log_call(CALL)).number
    lent = lending("abe", "WH", NOON, NOON + DAY, "a big repair")
    await mia.lend(lent)
    await mia.lend(lent)
    assert await mia.lendings() == [lent]
    assert of((await mia.suggestions(number)).ranked, "abe").travel == timedelta(minutes=40)
    with pytest.raises(NotPossible, match="bring them back"):
        await mia.lend(lending("abe", "WH", NOON + DAY / 2, NOON + 2 * DAY, "another"))
    clock.pass_(hours=2)
    await mia.bring_back(lent.id)
    assert await mia.lendings() == []
    assert of((await mia.suggestions(number)).ranked, "abe").travel == timedelta(hours=5)
    with pytest.raises(NotFound, match="Nobody is lent"):
        await mia.bring_back(lent.id)
    await mia.lend(lending("abe", "WH", NOON + DAY / 2, NOON + 2 * DAY, "another"))


@pytest.mark.parametrize(
    ("bad", "error", "words"),
    [
        (lending("ola", "WH", NOON, NOON + DAY, "x"), NotFound, "nobody who is sent"),
        (lending("abe", "XX", NOON, NOON + DAY, "x"), NotFound, "no station XX"),
        (lending("abe", "JN", NOON, NOON + DAY, "x"), InvalidInput, "already"),
        (lending("abe", "WH", NOON, NOON, "x"), InvalidInput, "after the beginning"),
        (lending("abe", "WH", NOON, NOON + DAY, ""), InvalidInput, "what they are lent for"),
    ],
)
async def test_who_cannot_be_lent_is_refused_and_nothing_is_kept(
    mia: Desk, centre: Database, bad: Lending, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        await mia.lend(bad)
    with pytest.raises(NotAllowed):
        await desk_of("ola", centre).lend(lending("abe", "WH", NOON, NOON + DAY, "x"))
    assert await mia.lendings() == []
