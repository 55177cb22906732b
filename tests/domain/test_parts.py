"""Parts out and in, and what the customer is charged for them (S5)."""

from datetime import date

import pytest
from course import ASSIGN, CT, REPORTED, Course, hours, in_state, told
from msgspec.structs import replace

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.errors import InvalidInput, NotPossible
from dispatch_tui.domain.facts import Part, PartSource
from dispatch_tui.domain.files import Device
from dispatch_tui.domain.ticket import Status

OUT_OF_IT = replace(CT, accepted_on=date(2023, 3, 1))
UNDER_CONTRACT = replace(OUT_OF_IT, contract_from=date(2026, 3, 2), contract_until=date(2027, 3, 1))
NOT_ACCEPTED = replace(CT, accepted_on=None)


def on_site(device: Device | None = None) -> Course:
    """The engineer is there since hour 3."""
    return told((ASSIGN, 1), (c.Arrive(engineers=("li",)), 3), course=Course(device=device))


def test_parts_out_and_in_are_kept_with_all_that_identifies_them() -> None:
    course = on_site().give(
        c.RemovePart(name="tube", model="T8", serial="S1", maker="M", made_on=date(2020, 1, 2)), 4
    )
    course.give(
        c.FitPart(
            name="tube",
            model="T9",
            serial="S2",
            maker="M",
            made_on=date(2026, 1, 2),
            source=PartSource.MANUFACTURER,
            price="1280.50",
        ),
        5,
    )
    assert course.ticket.parts == (
        Part(
            fitted=False,
            name="tube",
            model="T8",
            serial="S1",
            maker="M",
            made_on=date(2020, 1, 2),
            at=hours(4),
        ),
        Part(
            fitted=True,
            name="tube",
            model="T9",
            serial="S2",
            maker="M",
            made_on=date(2026, 1, 2),
            source=PartSource.MANUFACTURER,
            price="1280.50",
            at=hours(5),
        ),
    )


def test_in_warranty_nothing_is_charged() -> None:
    course = on_site(CT)
    with pytest.raises(
        InvalidInput, match="in warranty until 2026-03-02: nothing is charged"
    ) as no:
        course.decided(c.FitPart(name="tube", price="0.01"))
    assert no.value.field == "price"
    for free in ("", "0", "0.00"):
        assert course.give(c.FitPart(name="tube", price=free)).ticket.parts[-1].price == free


@pytest.mark.parametrize(
    "device",
    [OUT_OF_IT, UNDER_CONTRACT, NOT_ACCEPTED, None],
    ids=["out of warranty", "under contract", "never accepted", "no device"],
)
def test_outside_the_warranty_a_part_may_have_a_price(device: Device | None) -> None:
    course = on_site(device).give(c.FitPart(name="tube", price=" 1280 "))
    assert course.ticket.parts[0].price == "1280"


def test_the_day_of_the_report_decides_not_that_of_the_repair() -> None:
    """The warranty ends on the day of the report; the part is fitted a day later."""
    course = on_site(CT)
    with pytest.raises(InvalidInput, match="nothing is charged"):
        course.decided(c.FitPart(name="tube", price="1"), hours(30))


@pytest.mark.parametrize("price", ["dear", "-1", "1,5", "1.234", "1e3", "12345678901", "¥12"])
def test_a_price_is_written_in_yuan(price: str) -> None:
    with pytest.raises(InvalidInput, match="is no price: write it in yuan") as no:
        on_site().decided(c.FitPart(name="tube", price=price))
    assert no.value.field == "price"


def test_a_part_cannot_have_been_made_on_a_day_to_come() -> None:
    today = REPORTED.date()
    for command in (
        c.FitPart(name="tube", made_on=today.replace(day=3)),
        c.RemovePart(name="tube", made_on=today.replace(day=3)),
    ):
        with pytest.raises(InvalidInput, match="cannot have been made on 2026-03-03") as no:
            on_site().decided(command)
        assert no.value.field == "made_on"
    assert len(on_site().give(c.FitPart(name="tube", made_on=today)).ticket.parts) == 1


def test_parts_can_be_told_after_the_case_was_closed() -> None:
    course = in_state(Status.CLOSED).give(c.FitPart(name="tube"), 4)
    assert course.ticket.parts[0].at == hours(4)
    assert course.ticket.status is Status.CLOSED


def test_without_a_visit_no_part_was_changed() -> None:
    with pytest.raises(NotPossible, match="Nobody has been on site"):
        in_state(Status.SOLVED).decided(c.FitPart(name="tube"))


@pytest.mark.parametrize("command", [c.FitPart(name="tube"), c.RemovePart(name="tube")])
def test_no_part_is_changed_before_anybody_was_there(command: c.Command) -> None:
    with pytest.raises(InvalidInput, match=r"before the engineer arrived .*: check the time"):
        on_site().decided(command, 2.9)
    on_site().give(command, 3)
