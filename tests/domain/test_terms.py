"""How names, serials and phone numbers are compared with what is said of them."""

import pytest

from dispatch_tui.domain.files import Device
from dispatch_tui.domain.terms import LONGEST_TERM, has_words, phone_digits, plain


@pytest.mark.parametrize(
    ("said", "wanted"),
    [("ＮＶ-8009", "nv8009"), ("锦浣 医院", "锦浣医院"), ("Luting int", "lutingint"), ("%", "")],
)
def test_letters_and_digits_are_compared(said: str, wanted: str) -> None:
    assert plain(said) == wanted


def test_so_much_is_compared() -> None:
    assert len(plain("a" * 1000)) == len(plain("院" * 1000)) == LONGEST_TERM


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("186 0000 0214", "18600000214"),
        ("0086 139 0000 0221", "13900000221"),
        ("+86 139-0000-0221", "13900000221"),
        ("８６１３", "8613"),
        ("8613 1", "86131"),
        ("no phone", ""),
        ("", ""),
    ],
)
def test_the_country_code_is_passed_over(said: str, wanted: str) -> None:
    assert phone_digits(said) == wanted


def test_a_device_has_words_that_are_in_its_names() -> None:
    device = Device(
        id="NV-1", serial="NV-1", maker="N", model="Aurel 7", name="呼吸机", kind="v", customer="C"
    )
    assert has_words(device, ["aurel7", "呼吸"])
    assert not has_words(device, ["aurel7", "ct"])
