"""Finding who calls: every way to say it, the order of what is found, and the time it takes."""

import pytest
from dispatch_tui.domain.finding import Finder, phone_digits, plain

from dispatch_tui.domain.files import Contact, Customer, Device

JINHUAN = Customer(
    code="C001",
    name="成都锦浣医院",
    short_name="锦浣医院",
    former_name="成都锦浣机车厂职工医院",
    phone="028-55501001",
    alias="锦院|JHC",
    initials="cdjhyy jhyy",
)
YULAN = Customer(
    code="C002",
    name="重庆市渝岚区人民医院",
    short_name="渝岚区医院",
    phone="023-55501002",
    initials="cqsylqrmyy zqsylqrmyy ylqyy",
)
LUTING = Customer(code="C004", name="鹭汀国际医院 Luting International Hospital", alias="LIH")
NURSE = Contact(customer="C001", name="盖雪梅", phone="186 0000 0214", department="ICU")
HEAD = Contact(customer="C002", name="Dr. Li", phone="+86 13900000221")
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


@pytest.fixture
def finder() -> Finder:
    return Finder([JINHUAN, YULAN, LUTING], [NURSE, HEAD], [CT, LUNG])


@pytest.mark.parametrize(
    ("said", "customer"),
    [
        ("成都锦浣医院", JINHUAN),
        ("锦浣", JINHUAN),
        ("机车厂", JINHUAN),
        ("锦院", JINHUAN),
        ("jhc", JINHUAN),
        ("jhyy", JINHUAN),
        ("CDJH", JINHUAN),
        ("ｊｈｙｙ", JINHUAN),
        ("zqsyl", YULAN),
        ("028 5550 1001", JINHUAN),
        ("０２８－５５５０１００１", JINHUAN),
        ("501002", YULAN),
        ("c002", YULAN),
        ("luting int", LUTING),
        ("International Hospital", LUTING),
    ],
)
def test_a_customer_is_found_by_names_initials_and_phone(
    finder: Finder, said: str, customer: Customer
) -> None:
    assert finder.find(said)[0] == (customer, None, None)


@pytest.mark.parametrize("said", ["盖雪梅", "雪梅", "18600000214", "+86 186-0000-0214", "0214"])
def test_a_contact_is_found_by_name_and_phone_or_its_tail(finder: Finder, said: str) -> None:
    assert finder.find(said)[0] == (JINHUAN, None, NURSE)


def test_the_country_code_is_passed_over_on_both_sides(finder: Finder) -> None:
    assert phone_digits("0086 139 0000 0221") == phone_digits("+8613900000221") == "13900000221"
    assert finder.find("13900000221")[0].contact == HEAD
    assert phone_digits("8613 1") == "86131"


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
def test_a_device_is_found_by_serial_tail_asset_number_and_model(
    finder: Finder, said: str, device: Device
) -> None:
    assert finder.find(said)[0] == (JINHUAN, device, None)


def test_a_customer_and_a_word_about_its_device_find_the_device(finder: Finder) -> None:
    assert finder.find("jhyy 呼吸") == [(JINHUAN, LUNG, None)]
    assert finder.find("锦浣 放射 ct") == [(JINHUAN, CT, None)]
    assert finder.find("渝岚 ct") == []


def test_whole_words_go_before_starts_initials_tails_and_middles() -> None:
    names = {"middle": "xabcx", "start": "abcd", "whole": "abc", "initials": "zzz"}
    customers = [
        Customer(code=code, name=name, initials="abcq" if code == "initials" else "")
        for code, name in names.items()
    ]
    tail = Device(id="t", serial="99abc", maker="", model="", name="", kind="", customer="whole")
    found = Finder(customers, [], [tail]).find("abc")
    assert [one.device.id if one.device else one.customer.code for one in found] == [
        "whole",
        "start",
        "initials",
        "t",
        "middle",
    ]


def test_each_thing_is_found_once_and_no_more_than_asked_for(finder: Finder) -> None:
    found = finder.find("医院")
    assert len(found) == len(set(map(str, found))) == 3
    assert finder.find("医院", limit=2) == found[:2]


@pytest.mark.parametrize(
    "said", ["", "   ", "[/]", "\x1b[2J", "%", "-", "\n", "😀" * 300, "没有这个"]
)
def test_nothing_is_found_for_nothing_and_for_noise(finder: Finder, said: str) -> None:
    assert [one for one in finder.find(said) if plain(said) == ""] == []
    Finder([], [], []).find(said)


def test_devices_and_contacts_are_listed_by_department(finder: Finder) -> None:
    assert finder.devices_of("C001") == [LUNG, CT]
    assert finder.contacts_of("C001") == [NURSE]
    assert finder.devices_of("nobody") == finder.contacts_of("nobody") == []


def test_files_of_a_customer_that_is_gone_are_passed_over() -> None:
    finder = Finder([], [NURSE], [CT])
    assert finder.find("盖雪梅") == finder.find("BH8K58139X") == []
