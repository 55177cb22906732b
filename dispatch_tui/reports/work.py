"""Sections of a report: the work, the parts, the tests, what was taken away and lent."""

from dispatch_tui.domain.away import Loan, Removal
from dispatch_tui.domain.checklists import CHECKLISTS
from dispatch_tui.domain.facts import Answer, Part, Test
from dispatch_tui.domain.message import N_
from dispatch_tui.domain.report import ServiceReport, untested
from dispatch_tui.domain.sections import Section
from dispatch_tui.reports.page import EMPTY, Block, Row
from dispatch_tui.reports.writer import Writer

_PARTS = (
    N_("In or out"),
    N_("Part"),
    N_("Model"),
    N_("Serial or batch"),
    N_("Maker"),
    N_("Made on"),
    N_("Source"),
    N_("Price"),
)
_TESTS = (N_("Test"), N_("Instrument"), N_("Limit"), N_("Value"), N_("Passed"))
_REMOVALS = (
    N_("Receipt"),
    N_("Taken away"),
    N_("Serial number"),
    N_("Signed by"),
    N_("Taken at"),
    N_("Where it is"),
    N_("Given back"),
)
_LOANS = (
    N_("Receipt"),
    N_("Lent"),
    N_("Serial number"),
    N_("Signed by"),
    N_("Lent at"),
    N_("Taken back"),
)
_CHECKS = [one for checks in CHECKLISTS.values() for one in checks]
_INSTRUMENTS = {one.instrument for one in _CHECKS} - {""}
_LIMITS = {
    one.limit: one.limit.replace("+-", "±").replace("<=", "≤").replace(">=", "≥") for one in _CHECKS
}
"""The limits of the checklists as they are printed."""


def work(report: ServiceReport, writer: Writer) -> Block:
    """Return what was done about the fault, or why it could not be removed."""
    return Block(
        section=Section.WORK,
        rows=(
            writer.row(N_("What was done"), report.what_was_done, wide=True),
            *_by_phone(report, writer),
            *_unrepairable(report, writer),
            *_agreement(report, writer),
        ),
    )


def _by_phone(report: ServiceReport, writer: Writer) -> tuple[Row, ...]:
    answer = writer.label(Answer.YES)
    return (writer.row(N_("Solved by phone"), answer),) if report.by_phone else ()


def _unrepairable(report: ServiceReport, writer: Writer) -> tuple[Row, ...]:
    found = report.unrepairable
    if found is None:
        return ()
    return (
        writer.row(N_("Cannot be repaired since"), writer.time(found.at)),
        writer.row(N_("Written in"), found.report),
        writer.row(N_("Reduced to"), found.reduced, wide=True),
        writer.row(N_("What stays"), found.remains, wide=True),
    )


def _agreement(report: ServiceReport, writer: Writer) -> tuple[Row, ...]:
    agreed = report.agreement
    if agreed is None:
        return ()
    return (
        writer.row(N_("Way forward agreed at"), writer.time(agreed.at)),
        writer.row(N_("Agreed with"), agreed.name),
        writer.row(N_("Way forward"), agreed.way, wide=True),
        writer.row(N_("Fixed in writing in"), agreed.document),
        writer.row(N_("Still open"), agreed.left_open),
    )


def parts(report: ServiceReport, writer: Writer) -> Block:
    """Return the parts that came out and went in."""
    rows = (_part(one, writer) for one in report.parts)
    notes = () if report.parts else (writer.say(N_("No parts were changed.")),)
    return Block(section=Section.PARTS, tables=writer.table(N_("Parts"), _PARTS, rows), notes=notes)


def _part(part: Part, writer: Writer) -> tuple[str, ...]:
    price = writer.say(N_("no charge"))
    if part.price:
        price = writer.say(N_("CNY {price}"), price=part.price)
    return (
        writer.say(N_("in") if part.fitted else N_("out")),
        part.name,
        part.model,
        part.serial,
        part.maker,
        writer.day(part.made_on),
        writer.label(part.source),
        price if part.fitted else EMPTY,
    )


def tests(report: ServiceReport, writer: Writer) -> Block:
    """Return the tests that were made, then those of the checklist that are still to be made."""
    speaker = writer.speaker
    made = [_test(one, writer) for one in report.tests]
    to_make = [
        (speaker.check(one.code), _instrument(one.instrument, writer), _LIMITS[one.limit], "", "")
        for one in untested(report)
    ]
    rows = [*made, *to_make]
    notes = () if rows else (writer.say(N_("No tests were made.")),)
    return Block(section=Section.TESTS, tables=writer.table(N_("Tests"), _TESTS, rows), notes=notes)


def _test(test: Test, writer: Writer) -> tuple[str, ...]:
    return (
        writer.speaker.check(test.item),
        _instrument(test.instrument, writer),
        _LIMITS.get(test.limit, test.limit),
        test.value,
        writer.label(Answer.YES if test.passed else Answer.NO),
    )


def _instrument(instrument: str, writer: Writer) -> str:
    """An instrument of the checklists in the reader's language, any other as it was told."""
    return writer.say(instrument) if instrument in _INSTRUMENTS else instrument


def away(report: ServiceReport, writer: Writer) -> Block:
    """Return what left the customer and what was left there, by the receipts."""
    removals = (_removal(one, writer) for one in report.removals)
    loans = (_loan(one, writer) for one in report.loans)
    nothing = writer.say(N_("Nothing was taken away, and nothing was lent."))
    return Block(
        section=Section.AWAY,
        tables=(
            *writer.table(N_("Taken away"), _REMOVALS, removals),
            *writer.table(N_("On loan"), _LOANS, loans),
        ),
        notes=() if report.removals or report.loans else (nothing,),
    )


def _removal(thing: Removal, writer: Writer) -> tuple[str, ...]:
    leg = (writer.label(thing.place), writer.label(thing.step), thing.owner)
    back = writer.time(thing.returned_at)
    if thing.returned_serial:
        exchanged = N_("{at}\nin its place {serial}")
        back = writer.say(exchanged, at=back, serial=thing.returned_serial)
    return (
        f"T{thing.no}",
        f"{thing.item} {thing.model}".strip(),
        thing.serial,
        thing.signed_by,
        writer.time(thing.taken_at),
        writer.speaker.listed(leg if thing.out else leg[:1]),
        back,
    )


def _loan(loan: Loan, writer: Writer) -> tuple[str, ...]:
    return (
        f"L{loan.no}",
        f"{loan.item} {loan.model}",
        loan.serial,
        loan.signed_by,
        writer.time(loan.lent_at),
        writer.time(loan.returned_at),
    )
