"""Forms of the whole course: lists to pick from, what is known before, what several wrote."""

from datetime import UTC, datetime, timedelta

import pytest
from conftest import CT, MANAGER, OTHER_MANAGER, Centre, Console
from test_command_form import ANN, form, saved

from dispatch_tui.console.screens.call import CallScreen
from dispatch_tui.console.screens.form import FormScreen
from dispatch_tui.domain import commands as c
from dispatch_tui.domain.away import Place, Step
from dispatch_tui.domain.facts import Cause, EscalationReason, How
from dispatch_tui.domain.table import COMMANDS
from dispatch_tui.domain.ticket import Kind, Severity, Status

GENERAL = "shen.weiguo"


def ahead(hours: float) -> datetime:
    return datetime.now(UTC) + timedelta(hours=hours)


async def on_site(centre: Centre, *, major: bool = False, **more: str) -> str:
    """A ticket whose engineer is on site since an hour."""
    number = await centre.log(contact="Zha Wenbin", phone="028-1", **more)
    desk = await centre.desk()
    await desk.act(number, c.Assign(engineers=(ANN,)))
    await desk.act(number, c.Arrive(), occurred_at=ahead(-1))
    if major:
        await desk.act(number, c.Diagnose(severity=Severity.MAJOR, cause=Cause.BOARD))
    return number


async def test_a_cause_is_picked_from_its_list_by_a_few_letters(centre: Centre) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "diagnose")
    await console.type("m", "<tab>", "circ")
    await console.seen("circuit board")
    await console.type("<enter>", "MPS burnt", "<ctrl+g>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert (ticket.severity, ticket.cause) == (Severity.MAJOR, Cause.BOARD)
    assert ticket.found == "MPS burnt"


async def test_what_is_in_no_list_is_not_saved_as_a_cause(centre: Centre) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "diagnose")
    await console.type("<tab>", "gremlins", "<ctrl+g>")
    await console.seen("Choose one from the list.")
    assert console.results == []


async def test_a_choice_that_must_be_made_is_not_made_by_enter(centre: Centre) -> None:
    number = await on_site(centre)
    await centre.act(number, c.Restore(what_was_done="new tube"))
    console = await form(centre, number, "call-back")
    await console.type("<enter>")
    await console.seen("is missing")
    assert console.results == []


async def test_a_low_score_opens_a_complaint_and_names_it(centre: Centre) -> None:
    number = await on_site(centre)
    await centre.act(number, c.Restore(what_was_done="new tube"))
    console = await form(centre, number, "call-back")
    await console.type("y", "<tab>", "5", "<tab>", "5", "<tab>", "1", "<enter>")
    await console.seen("Write down what the customer is not satisfied with")
    await console.type("Two days late", "<enter>")
    file = await saved(centre, console, number)
    assert file.case.ticket.status is Status.CONFIRMED
    other = console.results[-1].other
    assert file.case.ticket.complaints == (other,)
    complaint = (await (await centre.desk()).ticket(other)).case.ticket
    assert (complaint.kind, complaint.fault) == (Kind.COMPLAINT, "Two days late")


async def test_the_consent_form_knows_who_was_asked(centre: Centre) -> None:
    number = await on_site(centre, major=True)
    await centre.act(number, c.AskConsent(name="Dean Qin", phone="028-9", until=ahead(40)))
    console = await form(centre, number, "consent")
    await console.seen("Dean Qin", "028-9")
    await console.type("<tab>", "Head of radiology", "<tab>", "<tab>", "p", "<tab>")
    await console.type("Part is late", "<tab>", "in 60 h", "<enter>")
    await console.seen("More than 48 h from the arrival are not possible")
    await console.type("<ctrl+u>", "in 42 h", "<enter>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert ticket.consents[0].position == "Head of radiology"
    assert ticket.consents[0].how is How.CALL
    assert ticket.consent_asked is None


async def test_a_receipt_is_signed_by_the_contact_unless_it_is_somebody_else(
    centre: Centre,
) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "take-away")
    await console.seen("Zha Wenbin")
    await console.type("MPS-2", "<tab>", "S77", "<tab>", "<tab>", "w", "<tab>", "in 20 h")
    await console.type("<tab>", "<tab>", "chen")
    await console.seen("陈敬")
    await console.type("<enter>", "<ctrl+g>")
    [thing] = (await saved(centre, console, number)).case.ticket.removals
    assert (thing.signed_by, thing.place, thing.owner) == (
        "Zha Wenbin",
        Place.WORKSHOP,
        "chen.jing",
    )


async def test_the_word_on_the_only_thing_that_is_away_needs_no_serial(centre: Centre) -> None:
    number = await on_site(centre)
    taken = c.TakeAway(
        item="MPS-2", serial="S77", signed_by="Zha", to=Place.WORKSHOP, word_due_at=ahead(5)
    )
    await centre.act(number, taken)
    console = await form(centre, number, "report-workshop")
    await console.seen("MPS-2 S77")
    await console.type("i", "<tab>", "tomorrow 09:00", "<enter>")
    [thing] = (await saved(centre, console, number)).case.ticket.removals
    assert thing.step is Step.IN_WORK


async def test_a_test_of_the_checklist_brings_instrument_and_limit(centre: Centre) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "record-test")
    await console.type("earth")
    await console.seen("Protective earth resistance")
    await console.type("<enter>")
    await console.seen("electrical safety analyser", "<= 0.2 ohm")
    await console.type("0.11", "<tab>", "y", "<enter>")
    [test] = (await saved(centre, console, number)).case.ticket.tests
    assert (test.item, test.value, test.limit) == ("protective_earth", "0.11", "<= 0.2 ohm")


async def test_only_specialists_are_offered_to_escalate_to(centre: Centre) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "escalate")
    await console.type("n", "n", "<tab>")
    await console.seen("仇海波")
    assert "罗晓燕" not in console.text()
    await console.type("<ctrl+g>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert ticket.escalation is not None
    assert ticket.escalation.reason is EscalationReason.NOBODY_ELSE
    assert ticket.assignment("qiu.haibo") is not None


async def test_the_ticket_to_merge_into_is_picked_among_the_customer_s_own(
    centre: Centre,
) -> None:
    number = await centre.log("No image at all")
    second = await centre.log("It still does not work")
    console = await form(centre, second, "merge")
    await console.type("no image at")
    await console.seen(number)
    await console.type("<enter>", "<ctrl+g>")
    await console.seen("Sure?", second)
    await console.type("y")
    assert (await saved(centre, console, second)).case.ticket.merged_into == number
    assert console.results[-1].other == number


async def test_fields_that_clash_are_shown_side_by_side_and_others_merged(
    centre: Centre,
) -> None:
    number = await centre.log("No image", contact="Li", phone="1")
    console = await form(centre, number, "correct")
    await console.type(*["<tab>"] * 3, "<end>", " after a fall")
    theirs = c.Correct(fault="No image, smoke", contact="Wang")
    await centre.act(number, theirs, OTHER_MANAGER)
    await console.type("<ctrl+g>")
    await console.seen("was faster", "now there: No image, smoke", "No image after a fall", "Wang")
    await console.type("<f5>")
    await console.gone("now there: No image, smoke")
    await console.type(*["<tab>"] * 2, "2", "<ctrl+g>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert (ticket.fault, ticket.contact, ticket.phone) == ("No image, smoke", "Wang", "2")


async def test_a_complaint_on_the_phone_is_one_key_in_the_call_form(centre: Centre) -> None:
    console = await centre.console(MANAGER)
    await console.open(CallScreen())
    await console.type(CT[-5:])
    await console.seen(CT)
    await console.type("<enter>", "<f5>")
    await console.seen("New complaint", "Complaint")
    await console.type("Nobody came", "<enter>")
    await console.until(lambda: bool(console.results))
    done = console.results[-1]
    ticket = (await (await centre.desk()).ticket(done.number)).case.ticket
    assert (ticket.kind, ticket.device, ticket.fault) == (Kind.COMPLAINT, CT, "Nobody came")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_every_command_has_a_form_that_fits_the_smallest_screen(
    centre: Centre, language: str
) -> None:
    number = await on_site(centre, major=True)
    taken = c.TakeAway(
        item="MPS-2", serial="S77", signed_by="Zha", to=Place.WORKSHOP, word_due_at=ahead(5)
    )
    await centre.act(number, taken)
    await centre.act(number, c.Lend(item="MPS-2", serial="L1", signed_by="Zha"))
    console: Console = await centre.console(MANAGER, (80, 24), language=language)
    console.enter()
    file = await console.app.desk.ticket(number)
    for name, spec in COMMANDS.items():
        if name in ("assign", "undo"):
            continue
        await console.open(FormScreen(file, spec))
        label = console.app.speaker.translate(spec.label)
        await console.seen(label, number)
        for field in list(console.app.screen.fields):
            console.app.screen.go_to(field)
            await console.pilot.pause()
        await console.type("<escape>")
    await console.until(lambda: len(console.results) == len(COMMANDS) - 2)


async def test_the_only_engineer_is_not_asked_for_and_the_expected_arrival_comes_first(
    centre: Centre,
) -> None:
    number = await centre.log()
    await centre.act(number, c.Assign(engineers=("shan.zhiyuan",)))
    console = await form(centre, number, "depart")
    await console.seen("Expected at")
    assert "Engineers" not in console.text()
    await console.type("in 2 h", "<enter>")
    [visit] = (await saved(centre, console, number)).case.ticket.visits
    assert visit.trips[0].expected_at is not None


async def test_enter_on_which_engineers_set_out_asks_when_they_arrive(centre: Centre) -> None:
    number = await centre.log()
    await centre.act(number, c.Assign(engineers=("shan.zhiyuan", "zhou.guodong")))
    console = await form(centre, number, "depart")
    await console.seen("Engineers")
    await console.type("<enter>", "in 2 h", "<enter>")
    [visit] = (await saved(centre, console, number)).case.ticket.visits
    assert all(trip.expected_at is not None for trip in visit.trips)


async def test_enter_on_the_severity_asks_for_the_cause(centre: Centre) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "diagnose")
    await console.type("m", "<enter>", "board", "<enter>")
    await console.type("burnt relay", "<enter>")
    ticket = (await saved(centre, console, number)).case.ticket
    assert (ticket.severity, ticket.cause) == (Severity.MAJOR, Cause.BOARD)


async def test_the_visit_after_something_was_taken_away_is_planned_to_put_it_in_again(
    centre: Centre,
) -> None:
    number = await on_site(centre)
    console = await form(centre, number, "plan-visit")
    await console.seen("(*) to repair")
    await console.type("<escape>")
    taken = c.TakeAway(
        item="PSU", serial="7", signed_by="Zha", to=Place.WORKSHOP, word_due_at=ahead(4)
    )
    await centre.act(number, taken)
    await form(centre, number, "plan-visit", console)
    await console.seen("( ) to repair")
