"""Finding who calls and anything else: every way to say it, and the order of what is found."""

from collections.abc import Sequence

import pytest
from centre import NOON, ZONE, FrozenClock

from dispatch_tui.desk.desk import Desk
from dispatch_tui.desk.naming import customer_named, device_named
from dispatch_tui.desk.views import Case, Hit
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import InvalidInput, NotFound
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.indexed import Thing
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.storage import records
from dispatch_tui.storage.engine import Database
from dispatch_tui.storage.tickets import Connection

MIA = Staff(login="mia", name="Mia", role=Role.MANAGER)
SHAN = Staff(login="shan.zy", name="单志远", role=Role.ENGINEER, phone="13811112222")
JINHUAN = Customer(
    code="C001",
    name="成都锦浣医院",
    short_name="锦浣医院",
    former_name="成都锦浣机车厂职工医院",
    phone="028-55501001",
    alias="锦院|JHC",
)
YULAN = Customer(
    code="C002", name="重庆市渝岚区人民医院", short_name="渝岚区医院", phone="023-55501002"
)
LUTING = Customer(code="C004", name="鹭汀国际医院 Luting International Hospital", alias="LIH")
NURSE = Contact(customer="C001", name="盖雪梅", phone="186 0000 0214", department="ICU")
HEAD = Contact(customer="C002", name="曾 Li", phone="+86 13900000221")
CT = Device(
    id="BH8K58139X",
    serial="BH8K58139X",
    maker="Brantholm",
    model="Axiel 64",
    name="64排CT",
    kind="ct",
    customer="C001",
    department="放射科",
    asset_number="ZC202301037",
)
LUNG = Device(
    id="NV-8009-26",
    serial="NV-8009-26",
    maker="Norrvik",
    model="Aurel 7",
    name="有创呼吸机",
    kind="ventilator",
    customer="C001",
    department="ICU",
)
FILES: dict[str, Sequence[records.Record]] = {
    "staff": (MIA, SHAN),
    "customer": (JINHUAN, YULAN, LUTING),
    "contact": (NURSE, HEAD),
    "device": (CT, LUNG),
}


async def keep(database: Database, **files: Sequence[records.Record]) -> None:
    """Put records into the files."""

    async def work(connection: Connection) -> None:
        for kind, ones in files.items():
            await records.keep(connection, kind, [(one, True) for one in ones], "mia", NOON)

    await database.write(work)


@pytest.fixture
async def desk(database: Database) -> Desk:
    """A desk on the files above, on each engine in turn."""
    await keep(database, **FILES)
    return Desk(database, MIA, zone=ZONE, clock=FrozenClock())


async def log(desk: Desk, fault: str, device: Device = CT) -> str:
    """Log a call and return its number."""
    call = c.LogCall(fault=fault, customer=device.customer, device=device.id)
    return (await desk.log_call(call)).number


def shown(hits: Sequence[Hit | Case | Staff]) -> list[str]:
    """What was found, by what it is known."""
    found = []
    for one in hits:
        match one:
            case Case():
                found.append(one.number)
            case Staff():
                found.append(one.login)
            case Hit():
                contact = one.contact.name if one.contact else ""
                found.append(contact or (one.device.id if one.device else one.customer.code))
    return found


async def found(desk: Desk, said: str, *things: Thing, limit: int = 50) -> list[str]:
    """What is found by what is said."""
    return shown((await desk.find(said, things or set(Thing), limit=limit, growing=True)).hits)


@pytest.mark.parametrize(
    ("said", "customer"),
    [
        ("成都锦浣医院", "C001"),
        ("锦浣", "C001"),
        ("机车厂", "C001"),
        ("锦院", "C001"),
        ("jhc", "C001"),
        ("jhyy", "C001"),
        ("CDJH", "C001"),
        ("ｊｈｙｙ", "C001"),
        ("jinhuan", "C001"),
        ("chengduj", "C001"),
        ("zqsyl", "C002"),
        ("cqsyl", "C002"),
        ("chongqing", "C002"),
        ("zhongqingshi", "C002"),
        ("yulan", "C002"),
        ("028 5550 1001", "C001"),
        ("０２８－５５５０１００１", "C001"),
        ("501002", "C002"),
        ("c002", "C002"),
        ("luting int", "C004"),
        ("International Hospital", "C004"),
        ("luting:", "C004"),
    ],
)
async def test_a_customer_is_found_by_names_readings_and_phone(
    desk: Desk, said: str, customer: str
) -> None:
    assert shown(await desk.named(said))[0] == customer
    if ":" not in said:
        assert (await found(desk, said))[0] == customer


@pytest.mark.parametrize(
    "said",
    ["盖雪梅", "雪梅", "gxm", "gexuemei", "gai", "18600000214", "+86 186-0000-0214", "0214"],
)
async def test_a_contact_is_found_by_name_reading_and_phone(desk: Desk, said: str) -> None:
    (hit, *_) = await desk.named(said)
    assert (hit.customer, hit.contact) == (JINHUAN, NURSE)


@pytest.mark.parametrize("said", ["13900000221", "zeng", "ceng", "曾Li"])
async def test_a_surname_is_found_under_both_its_readings(desk: Desk, said: str) -> None:
    assert "曾 Li" in await found(desk, said)


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("BH8K58139X", CT),
        ("8139x", CT),
        ("ZC202301037", CT),
        ("1037", CT),
        ("axiel", CT),
        ("nv800926", LUNG),
        ("NV-8009", LUNG),
        ("8009-26", LUNG),
        ("Ａｕｒｅｌ７", LUNG),
    ],
)
async def test_a_device_is_found_by_serial_tail_asset_number_and_model(
    desk: Desk, said: str, device: Device
) -> None:
    assert (await desk.named(said))[0] == Hit(
        customer=JINHUAN, device=(await desk.device(device.id)).device
    )


async def test_a_customer_and_words_about_what_is_its_own_find_that(desk: Desk) -> None:
    number = await log(desk, "球管打火")
    await log(desk, "Pump leaks")
    assert await found(desk, "jhyy 呼吸") == ["NV-8009-26"]
    assert await found(desk, "锦浣 放射 ct") == ["BH8K58139X"]
    assert await found(desk, "渝岚 ct") == []
    assert await found(desk, "锦浣 球管") == [number]
    assert await found(desk, "渝岚 球管") == []


async def test_a_colleague_is_found_by_login_name_reading_and_phone(desk: Desk) -> None:
    for said in ("shan.zy", "单志", "shanzhi", "szy", "dan", "2222"):
        assert "shan.zy" in await found(desk, said)


async def test_exact_goes_before_begun_initials_pinyin_tails_and_parts(database: Database) -> None:
    names = {"middle": "xabcx", "start": "abcd", "whole": "abc", "initials": "阿不成", "py": "阿玻"}
    tail = Device(id="t", serial="99abc", maker="", model="", name="", kind="", customer="whole")
    customers = [Customer(code=code, name=name) for code, name in names.items()]
    await keep(database, staff=[MIA], customer=customers, device=[tail])
    desk = Desk(database, MIA, zone=ZONE, clock=FrozenClock())
    number = await log(desk, "abc does not start", tail)
    wanted = ["whole", "start", "initials", "t", "middle", number]
    assert await found(desk, "abc") == wanted
    assert await found(desk, "abo") == ["py"]


async def test_tickets_come_newest_first_and_a_number_before_all(desk: Desk) -> None:
    numbers = [await log(desk, f"Alarm {one}") for one in range(3)]
    assert await found(desk, "alarm") == numbers[::-1]
    assert await found(desk, numbers[1]) == [numbers[1]]
    assert await found(desk, numbers[1].replace("-", "")) == [numbers[1]]
    assert await found(desk, numbers[0][:4]) == numbers[::-1]


async def test_pages_follow_each_other_by_key_each_thing_once(desk: Desk) -> None:
    numbers = [await log(desk, f"医院 {one}") for one in range(12)]
    whole = await found(desk, "医院")
    assert whole[3:] == numbers[::-1]
    for limit in (1, 2, 5):
        pages, further = [], None
        while True:
            page = await desk.find("医院", further=further, limit=limit, growing=True)
            assert len(page.hits) <= limit
            pages += shown(page.hits)
            further = page.further
            if further is None:
                break
        assert pages == whole


async def test_only_the_things_that_are_wanted_are_found(desk: Desk) -> None:
    number = await log(desk, "锦浣 called")
    assert await found(desk, "锦浣") == ["C001", number]
    assert await found(desk, "锦浣", Thing.TICKET) == [number]
    assert await found(desk, "锦浣", Thing.CUSTOMER, Thing.DEVICE) == ["C001"]
    assert await found(desk, "锦浣 -x", Thing.CUSTOMER) == []


async def test_filters_find_tickets_of_clients_devices_and_engineers(desk: Desk) -> None:
    first, second = await log(desk, "Smoke"), await log(desk, "Smoke", LUNG)
    await desk.act(first, c.Assign(engineers=("shan.zy",)))
    await desk.act(second, c.Cancel(reason="Twice"))
    for said, wanted in (
        ("client:锦浣", [second, first]),
        ("client:jhyy smoke", [second, first]),
        ('client:"渝岚区医院"', []),
        ("device:8139x", [first]),
        ("-device:8139x", [second]),
        ("engineer:单", [first]),
        ("-engineer:shan.zy smoke", [second]),
        ("status:open", [first]),
        ("status:cancelled status:open", [second, first]),
        ("-status:open", [second]),
        ("kind:complaint", []),
        ("since:2026-03 smoke", [second, first]),
        ("since:2026-03-03 until:2026-03-03", [second, first]),
        ("until:2026-03-02", []),
        ("since:2026-04", []),
        ("since:1999", [second, first]),
    ):
        assert await found(desk, said) == wanted, said
    for said in ("client:nobody", "device:nothing", "engineer:nobody"):
        with pytest.raises(NotFound, match="no"):
            await found(desk, said)


@pytest.mark.parametrize(
    "said", ["", "   ", "[/]", "\x1b[2J", "%", '"', "*", "_", "-", "\n", "😀" * 300, "没有这个"]
)
async def test_nothing_is_found_for_nothing_and_for_noise(desk: Desk, said: str) -> None:
    await log(desk, "Smoke")
    assert await found(desk, said) == []
    assert await desk.named(said) == []


async def test_what_belongs_to_a_customer_is_listed_by_department(desk: Desk) -> None:
    its = await desk.belongings("C001")
    assert [one.id for one in its.devices] == [LUNG.id, CT.id]
    assert its.contacts == (NURSE,)
    with pytest.raises(NotFound, match="There is no customer nobody"):
        await desk.belongings("nobody")


async def test_one_customer_or_device_is_named_in_a_few_characters(desk: Desk) -> None:
    for said in ("C001", "锦浣", "jhyy", "jinhuanyiyuan", "JHC"):
        assert (await customer_named(desk.database, said)).code == "C001"
    with pytest.raises(InvalidInput, match="can be several"):
        await customer_named(desk.database, "医院")
    with pytest.raises(NotFound, match="There is no customer nobody"):
        await customer_named(desk.database, "nobody")
    for said in ("8139x", "1037", "BH8K58139X"):
        assert (await device_named(desk.database, said)).id == CT.id
    for said, customer in (("Axiel 64", ""), ("9x", ""), ("8139x", "C002")):
        with pytest.raises(NotFound, match="There is no device"):
            await device_named(desk.database, said, customer)
