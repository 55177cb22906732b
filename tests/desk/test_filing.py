"""The files of customers and devices: read whole, changed by several people."""

from datetime import date, timedelta

import pytest
from centre import ASSIGN, CALL, FrozenClock, desk_of

from dispatch_tui.desk.desk import Desk
from dispatch_tui.domain.clocks import ClockKind
from dispatch_tui.domain.device_history import Topic
from dispatch_tui.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from dispatch_tui.domain.facts import DeviceState
from dispatch_tui.storage.engine import Database

DEVICE = {"serial": "S-9", "maker": "M", "name": "CT", "customer": "H1", "kind": "ct"}
KEY = ("H1",)
LAST = "accepted_on"


@pytest.fixture
def ola(centre: Database, clock: FrozenClock) -> Desk:
    """The desk of the operator."""
    return desk_of("ola", centre, clock)


@pytest.fixture
def mia(centre: Database, clock: FrozenClock) -> Desk:
    """The desk of the manager."""
    return desk_of("mia", centre, clock)


async def test_a_customer_is_put_on_file_and_found_with_its_devices(ola: Desk) -> None:
    code = await ola.fresh_customer_code()
    assert code == "H3"
    key = await ola.put_on_file("customers", {"code": code, "name": "重庆儿童医院"})
    await ola.put_on_file("devices", {**DEVICE, "customer": code})
    await ola.put_on_file("contacts", {"customer": code, "name": "Dr Wu", "phone": "1"})
    file = await ola.customer_file(code)
    assert key == (code,)
    assert "cqetyy" in file.customer.initials.split()
    assert [one.id for one in file.devices] == ["S-9"]
    assert [one.name for one in file.contacts] == ["Dr Wu"]
    assert [(one.kind, one.by) for one in file.filings] == [("added", "ola")]
    assert file.version == 1


async def test_a_change_of_a_name_brings_its_initials(ola: Desk) -> None:
    await ola.change_file("customers", KEY, {"short_name": "厦门医院"}, seen=0)
    assert "xmyy" in (await ola.customer_file("H1")).customer.initials.split()


async def test_each_changed_field_stands_in_the_history(ola: Desk, mia: Desk) -> None:
    await ola.change_file("customers", KEY, {"city": "Wuhan", "level": "3A"}, seen=0)
    await mia.change_file("customers", KEY, {"city": "Hankou", "notes": "two\nlines"}, seen=1)
    file = await ola.customer_file("H1")
    last = file.filings[-1]
    assert (last.by, dict(last.changes)) == (
        "mia",
        {"city": ("Wuhan", "Hankou"), "notes": ("", "two\nlines")},
    )
    assert file.version == 2


async def test_changes_of_different_fields_go_together(ola: Desk, mia: Desk) -> None:
    await ola.change_file("customers", KEY, {"level": "3A"}, seen=0)
    await ola.change_file("customers", KEY, {"city": "Wuhan"}, seen=1)
    await mia.change_file("customers", KEY, {"phone": "027-9"}, seen=1)
    customer = (await mia.customer_file("H1")).customer
    assert (customer.city, customer.phone) == ("Wuhan", "027-9")


async def test_of_two_changes_of_one_field_the_second_reads_who_was_faster(
    ola: Desk, mia: Desk
) -> None:
    await ola.change_file("customers", KEY, {"level": "3A"}, seen=0)
    await ola.change_file("customers", KEY, {"city": "Hankou"}, seen=1)
    with pytest.raises(Conflict, match=r"ola was faster: city is “Hankou” now"):
        await mia.change_file("customers", KEY, {"city": "Wuchang", "phone": "1"}, seen=1)
    customer = (await mia.customer_file("H1")).customer
    assert (customer.city, customer.phone) == ("Hankou", "")


async def test_what_changes_nothing_leaves_no_trace(ola: Desk) -> None:
    await ola.change_file("customers", KEY, {"city": "Wuhan"}, seen=0)
    assert (await ola.customer_file("H1")).version == 0


async def test_a_moved_device_keeps_its_past(ola: Desk, clock: FrozenClock) -> None:
    await ola.put_on_file("devices", DEVICE)
    number = (await ola.log_call(CALL)).number
    told = clock() - timedelta(hours=2)
    changes = {"customer": "H2", "department": "ICU"}
    await ola.change_file("devices", ("S-9",), changes, seen=1, occurred_at=told)
    file = await ola.device_history("S-9")
    moved = [one for one in file.entries if one.topic is Topic.MOVED]
    assert [(one.at, dict(one.text.values)) for one in moved] == [
        (told, {"was": "H1 -", "new": "H2 ICU"})
    ]
    assert file.file.customer is not None
    assert file.file.customer.code == "H2"
    past = await ola.device_history("CT-1")
    assert [(one.topic, one.number) for one in past.entries] == [(Topic.FAULT, number)]


async def test_a_contact_changes_its_number(ola: Desk) -> None:
    key = ("H1", "Dr Li", "027-1")
    assert await ola.change_file("contacts", key, {"phone": "027-2"}, seen=0) == (
        *("H1", "Dr Li"),
        "027-2",
    )
    assert [one.phone for one in (await ola.customer_file("H1")).contacts] == ["027-2"]
    await ola.take_off_file("contacts", ("H1", "Dr Li", "027-2"), seen=1)
    assert (await ola.customer_file("H1")).contacts == ()


@pytest.mark.parametrize(
    ("table", "texts", "field"),
    [
        ("customers", {"code": "H9", "name": ""}, "name"),
        ("customers", {"code": "H1", "name": "Again"}, "code"),
        ("customers", {"code": "two words", "name": "x"}, "code"),
        ("customers", {"code": "H9", "name": "x", "responsible": "nobody"}, "responsible"),
        ("customers", {"code": "H9", "name": "x", "initials": "x"}, "initials"),
        ("customers", {"code": "H9", "name": "x" * 201}, "name"),
        ("devices", {**DEVICE, "customer": "H9"}, "customer"),
        ("devices", {**DEVICE, "serial": "CT-1", "maker": "M"}, "serial"),
        ("devices", {**DEVICE, "state": "gone"}, "state"),
        (
            "devices",
            {**DEVICE, "made_on": "2026-02-01", "accepted_on": "2026-01-01"},
            "accepted_on",
        ),
        ("devices", {**DEVICE, "id": "7"}, "id"),
        ("contacts", {"customer": "H1", "name": "Dr Li", "phone": "027-1"}, "phone"),
    ],
)
async def test_what_cannot_stand_in_a_file_is_named(
    ola: Desk, table: str, texts: dict[str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await ola.put_on_file(table, texts)
    assert refusal.value.field == field


async def test_the_key_of_a_file_stays(ola: Desk) -> None:
    with pytest.raises(InvalidInput, match="known by this"):
        await ola.change_file("customers", KEY, {"code": "H7"}, seen=0)
    with pytest.raises(InvalidInput, match="known by this"):
        await ola.take_off_file("devices", ("CT-1",), seen=0)
    with pytest.raises(NotFound):
        await ola.change_file("devices", ("NO",), {"name": "x"}, seen=0)


async def test_roles_hold_for_the_files(centre: Database, clock: FrozenClock) -> None:
    contract = {"customer": "H1", "number": "K-1", "since": "2026-01-01", "until": "2026-12-31"}
    for login, table, texts in (
        ("ann", "customers", {"code": "H9", "name": "x"}),
        ("sue", "devices", DEVICE),
        ("ada", "customers", {"code": "H9", "name": "x"}),
        ("ola", "contracts", contract),
    ):
        with pytest.raises(NotAllowed):
            await desk_of(login, centre, clock).put_on_file(table, texts)


async def test_a_regular_call_moves_the_next_one(ola: Desk, clock: FrozenClock) -> None:
    await ola.change_file("customers", KEY, {"call_every_days": "30"}, seen=0)
    await ola.call_made("H1", "all well")
    file = await ola.customer_file("H1")
    assert file.customer.next_call_on == date(2026, 4, 2)
    assert (file.filings[-1].kind, file.filings[-1].words) == ("called", "all well")


async def test_a_contract_sets_the_clocks_of_the_call_and_a_change_those_of_open_tickets(
    ola: Desk, mia: Desk
) -> None:
    texts = {
        "customer": "H1",
        "number": "K-1",
        "since": "2026-01-01",
        "until": "2026-12-31",
        "on_site_hours": "24",
    }
    await mia.put_on_file("contracts", texts)
    number = (await ola.log_call(CALL)).number
    await mia.act(number, ASSIGN)

    async def on_site() -> tuple[float, float]:
        case = (await mia.ticket(number)).case
        clock = next(one for one in case.clocks if one.kind is ClockKind.ON_SITE)
        hour = timedelta(hours=1)
        start = case.ticket.reported_at
        return (clock.due_at - start) / hour, (clock.original_due_at - start) / hour

    assert await on_site() == (24, 24)
    await mia.change_file("contracts", ("H1", "K-1"), {"on_site_hours": "12"}, seen=1)
    assert await on_site() == (12, 24)
    await mia.take_off_file("contracts", ("H1", "K-1"), seen=2)
    assert await on_site() == (48, 24)
    assert [one.event.__class__.__name__ for one in (await mia.ticket(number)).journal] == [
        *("CallLogged", "LimitsSet", "Assigned", "LimitsSet", "LimitsSet"),
    ]


async def test_a_device_in_the_workshop_says_so(ola: Desk, mia: Desk) -> None:
    await ola.change_file("devices", ("CT-1",), {"state": "limited"}, seen=0)
    assert (await ola.device("CT-1")).state is DeviceState.LIMITED


async def test_a_retry_puts_nobody_on_file_twice(ola: Desk) -> None:
    texts = {"code": "H8", "name": "Moon Clinic"}
    for _ in range(2):
        assert await ola.put_on_file("customers", texts, retry_key="k1") == ("H8",)
    with pytest.raises(InvalidInput, match="used for something else"):
        await ola.call_made("H8", "hello", retry_key="k1")
    for _ in range(2):
        await ola.call_made("H8", "hello", retry_key="k2")
    assert [one.kind for one in (await ola.customer_file("H8")).filings] == ["added", "called"]


async def test_what_was_changed_meanwhile_is_not_taken_off(ola: Desk, mia: Desk) -> None:
    await ola.put_on_file("contacts", {"customer": "H1", "name": "Wu", "phone": "1"})
    await mia.change_file("contacts", ("H1", "Wu", "1"), {"position": "head"}, seen=1)
    with pytest.raises(Conflict, match="mia changed this meanwhile"):
        await ola.take_off_file("contacts", ("H1", "Wu", "1"), seen=1)
    await ola.take_off_file("contacts", ("H1", "Wu", "1"), seen=2)


@pytest.mark.parametrize("seen", [-5, 99])
async def test_a_version_that_never_was_is_refused(ola: Desk, seen: int) -> None:
    with pytest.raises(InvalidInput, match="no version"):
        await ola.change_file("customers", KEY, {"city": "x"}, seen=seen)


async def test_a_device_cannot_have_moved_in_the_future(ola: Desk, clock: FrozenClock) -> None:
    ahead = clock() + timedelta(days=1)
    with pytest.raises(InvalidInput, match="in the future"):
        await ola.change_file(
            "devices", ("CT-1",), {"department": "ICU"}, seen=0, occurred_at=ahead
        )


async def test_a_second_maker_may_have_the_same_serial(ola: Desk) -> None:
    assert await ola.put_on_file("devices", {**DEVICE, "serial": "CT-1", "maker": "N"}) == (
        "CT-1 (N)",
    )


async def test_a_part_is_put_on_file_and_changed(mia: Desk) -> None:
    await mia.put_on_file("parts", {"code": "P-1", "name": "Tube"})
    await mia.change_file("parts", ("P-1",), {"price": "1280"}, seen=1)
    part, version = await mia.on_file("parts", ("P-1",))
    assert (part.price, version) == ("1280", 2)


async def test_a_contract_that_goes_to_another_customer_leaves_the_first(
    ola: Desk, mia: Desk
) -> None:
    contract = {"customer": "H1", "number": "K-1", "since": "2026-01-01", "until": "2026-12-31"}
    await mia.put_on_file("contracts", {**contract, "on_site_hours": "24"})
    number = (await ola.log_call(CALL)).number
    assert (await mia.ticket(number)).case.ticket.limits is not None
    await mia.change_file("contracts", ("H1", "K-1"), {"customer": "H2"}, seen=1)
    assert (await mia.ticket(number)).case.ticket.limits is None


async def test_who_sees_no_numbers_finds_nobody_by_them(
    centre: Database, clock: FrozenClock, ola: Desk
) -> None:
    await ola.put_on_file("contacts", {"customer": "H1", "name": "Wu", "phone": "13812345678"})
    sue = desk_of("sue", centre, clock)
    for said in ("13812345678", "1381234", "Wu 13812345678", "2345678"):
        assert (await sue.find(said)).hits == ()
    assert len((await sue.find("5678")).hits) == 1
    assert len((await ola.find("1381234")).hits) == 1
