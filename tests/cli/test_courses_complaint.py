"""Cases that are not over when the device works: call-backs that go badly, complaints."""

from collections.abc import Callable
from typing import Any

import pytest
from cases import (
    GENERAL_MANAGER,
    IN_WARRANTY,
    MANAGER,
    OPERATOR,
    OUT_OF_WARRANTY,
    SPECIALIST,
    Case,
    clock,
    outcomes,
)

Call = Callable[..., Case]


def solved(call: Call, fault: str = "探头没有图像") -> Case:
    """A case that was solved by phone an hour after the call."""
    case = call(IN_WARRANTY, fault, "--contact", "任玉洁", "--phone", "18900000221")
    case.act(1, "solve-by-phone", what_was_done="重新插探头")
    return case


def complaint_of(case: Case) -> Case:
    """The complaint about a case, its hours counted from the same time."""
    number = case.document["complaints"][-1]
    return Case(case.dispatch, number, case.reported_at, "")


def test_still_broken_when_called_back_reopens_the_case_with_its_history(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "湿化器不加热")
    case.act(0.5, "respond")
    case.visit(1, 2)
    case.act(3, "diagnose", cause="board")
    case.act(4, "restore", what_was_done="换加热板")
    assert outcomes(case.act(4.5, "leave"))["repair"] == "met"
    assert "Ask for the three scores" in case.refused(2, 20, "call-back", result="broken")
    case.act(19, "call-back", result="unreached")
    broken = case.act(20, "call-back", result="broken", words="昨晚又不热了")
    assert (broken["status"], broken["next_step"]) == ("assigned", "plan-visit")
    assert (broken["call_back"], broken["failed_calls"], broken["other"]) == (None, 0, None)
    assert outcomes(broken) == {"response": "met", "on_site": "met", "repair": "running"}
    repair = clock(broken, "repair")
    assert (repair["started_at"], repair["due_at"]) == (case.at(2), case.at(38))
    assert [visit["state"] for visit in broken["visits"]] == ["left"]
    assert case.kinds[-2:] == ["called_back", "reopened"]
    shown = case.shown
    assert "Works again: 换加热板" in shown
    assert "Call-back: it does not work: 昨晚又不热了" in shown
    assert "there is nothing to call back about yet" in case.refused(
        1, 21, "call-back", result="works", attitude=5, skill=5, speed=5
    )

    case.visit(21, 24)
    again = case.act(26, "restore", what_was_done="换主板")
    assert clock(again, "repair")["outcome"] == "met"
    assert clock(again, "call_back")["started_at"] == case.at(26)
    assert len(again["visits"]) == 2
    case.act(40, "call-back", result="works", attitude=4, skill=4, speed=4)
    assert case.act(41, "close")["status"] == "closed"


def test_still_broken_after_a_phone_call_runs_the_on_site_clock_on(call: Call) -> None:
    case = solved(call)
    broken = case.act(
        6, "call-back", result="broken", attitude=5, skill=3, speed=5, words="还是没有图像"
    )
    assert broken["status"] == "responded"
    assert clock(broken, "on_site")["outcome"] == "running"
    assert clock(broken, "on_site")["due_at"] == broken["next_due_at"] == case.at(48)


def test_a_score_of_1_is_a_complaint_until_the_customer_is_satisfied(call: Call) -> None:
    case = solved(call)
    score = {"result": "works", "attitude": 1, "skill": 4, "speed": 4}
    assert "it opens a complaint" in case.refused(2, 3, "call-back", **score)
    called = case.act(3, "call-back", **score, words="说话很不客气，还挂了我电话")
    assert called["status"] == "confirmed"
    assert [called["other"]] == called["complaints"]
    assert f"The customer complained: {called['other']}" in case.shown
    complaint = complaint_of(case)
    opened = complaint.document
    assert (opened["kind"], opened["status"], opened["clocks"]) == ("complaint", "logged", [])
    assert opened["fault"] == "说话很不客气，还挂了我电话"
    assert (opened["about"], opened["customer"], opened["contact"]) == (
        case.number,
        case.document["customer"],
        "任玉洁",
    )
    assert opened["reported_at"] == case.at(3)
    assert opened["next_step"] == "acknowledge"
    recorded = [one["journal"][-1]["recorded_at"] for one in (case.document, opened)]
    assert recorded[0] == recorded[1]
    assert complaint.is_in("complaints")

    assert "is a complaint" in complaint.refused(1, 4, "close")
    assert "Ask: general manager." in complaint.refused(3, 4, "close-complaint", MANAGER)
    assert "when the customer said “satisfied”" in complaint.refused(
        1, 4, "close-complaint", GENERAL_MANAGER
    )
    assert case.act(4, "close")["status"] == "closed"

    complaint.act(5, "acknowledge", note="今天内给您回话")
    assert "Ask: general manager." in complaint.refused(3, 6, "investigate", MANAGER, findings="x")
    assert "investigate it, or say why not, first" in complaint.refused(
        1, 6, "answer", GENERAL_MANAGER, answer="对不起"
    )
    assert "either what was found, or why" in complaint.refused(
        2, 6, "investigate", GENERAL_MANAGER
    )
    complaint.act(6, "investigate", GENERAL_MANAGER, findings="听了录音，确实是我们先挂的")
    complaint.act(6, "take-measures", GENERAL_MANAGER, measures="话务培训，当事人停岗一天")
    answered = complaint.act(7, "answer", GENERAL_MANAGER, answer="向您道歉", how="call")
    assert (answered["status"], answered["next_step"]) == ("answered", "record-satisfaction")

    no = complaint.act(8, "record-satisfaction", satisfied="no", name="任玉洁", words="光道歉不够")
    assert (no["status"], no["complaint"]["refusals"]) == ("investigated", 1)
    assert "when the customer said “satisfied”" in complaint.refused(
        1, 9, "close-complaint", GENERAL_MANAGER
    )
    complaint.act(20, "answer", GENERAL_MANAGER, answer="总经理登门", how="in_person")
    assert "name is missing" in complaint.refused(2, 30, "record-satisfaction", satisfied="yes")
    yes = complaint.act(30, "record-satisfaction", satisfied="yes", name="任玉洁")
    assert (yes["status"], yes["next_step"]) == ("satisfied", "close-complaint")
    assert (yes["complaint"]["satisfied_by"], yes["complaint"]["satisfied_at"]) == (
        "任玉洁",
        case.at(30),
    )
    assert complaint.is_in("complaints")
    complaint.refused(3, 31, "close-complaint", OPERATOR)
    closed = complaint.act(31, "close-complaint", GENERAL_MANAGER)
    assert (closed["status"], closed["next_step"]) == ("closed", "")
    assert not complaint.is_in("complaints")
    assert complaint.fact("About ticket") == case.number
    assert complaint.fact("Findings") == "听了录音，确实是我们先挂的"
    assert complaint.fact("Not satisfied") == "1"
    assert complaint.fact("Satisfied").startswith("任玉洁, ")
    assert (complaint.fact("Severity"), complaint.fact("Warranty")) == ("", "")
    assert "任玉洁 is not satisfied: 光道歉不够" in complaint.shown


def test_a_broken_device_and_a_low_score_reopen_and_complain_at_once(call: Call) -> None:
    case = solved(call)
    broken = case.act(
        6, "call-back", result="broken", attitude=2, skill=2, speed=2, words="白打了一通电话"
    )
    assert broken["status"] == "responded"
    assert case.kinds[-3:] == ["called_back", "reopened", "complaint_opened"]
    assert complaint_of(case).document["fault"] == "白打了一通电话"


def test_a_customer_may_complain_with_good_scores_and_about_a_case_that_is_closed(
    call: Call,
) -> None:
    case = solved(call)
    score = {"result": "works", "attitude": 5, "skill": 5, "speed": 5}
    called = case.act(6, "call-back", **score, words="发票三个月没寄", complaint="yes")
    assert [called["other"]] == called["complaints"]
    case.act(7, "close")
    later = case.act(9, "complain", text="发票还是没到", channel="letter", contact="财务科")
    assert (later["status"], len(later["complaints"])) == ("closed", 2)
    second = complaint_of(case).document
    assert (second["number"], second["contact"]) == (later["other"], "财务科")
    assert second["complaint"]["channel"] == "letter"
    assert complaint_of(case).fact("By") == "letter"
    assert case.is_in("over")


def test_a_complaint_from_any_channel_needs_no_case(call: Call) -> None:
    case = call(IN_WARRANTY, "培训答应了没来", "--kind", "complaint", "--channel", "message")
    document = case.document
    assert (document["kind"], document["about"]) == ("complaint", "")
    assert document["complaint"]["channel"] == "message"
    listed = case.act(1, "investigate", GENERAL_MANAGER, why_not="是别家公司的培训")
    assert listed["status"] == "investigated"
    assert "Not investigated: 是别家公司的培训" in case.shown
    case.act(1, "answer", GENERAL_MANAGER, answer="已说明")
    case.act(2, "record-satisfaction", satisfied="yes", name="任玉洁")
    case.act(3, "close-complaint", GENERAL_MANAGER)
    assert "reopen it first" in case.refused(
        1, 4, "take-measures", GENERAL_MANAGER, measures="补一次培训"
    )
    again = case.act(4, "reopen", GENERAL_MANAGER, reason="又来电话，说没有人来过")
    assert again["complaint"]["satisfied_at"] is None
    assert again["status"] == "investigated"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"result": "unreached", "attitude": 5}, "nobody gave scores"),
        ({"result": "works", "attitude": 5}, "Ask for the three scores"),
        ({"result": "works", "attitude": 6, "skill": 5, "speed": 5}, "give 1 (worst) to 5 (best)"),
        ({"result": "works", "attitude": 0, "skill": 5, "speed": 5}, "give 1 (worst) to 5 (best)"),
        ({"result": "fine"}, "result can be works, broken, unreached"),
    ],
)
def test_a_call_back_that_cannot_be_is_refused(
    call: Call, fields: dict[str, Any], words: str
) -> None:
    case = solved(call)
    assert words in case.refused(2, 3, "call-back", **fields)


def test_only_the_desk_calls_back(call: Call) -> None:
    case = solved(call)
    assert "Not for your role (specialist)" in case.refused(
        3, 3, "call-back", SPECIALIST, result="works"
    )
    called = case.act(3, "call-back", result="works", words="不肯打分，说好用")
    assert (called["status"], called["call_back"]["attitude"]) == ("confirmed", None)


@pytest.mark.parametrize(
    "line",
    [
        ("call-back", "result=works", "attitude=1", "skill=5", "speed=5", "words=太凶"),
        ("complain", "text=太凶"),
    ],
)
def test_a_second_try_with_the_key_opens_no_second_complaint(
    call: Call, line: tuple[str, ...]
) -> None:
    case = solved(call)
    first, second = (
        case.dispatch("act", case.number, *line, "--key", "k-7", "--json", login=OPERATOR)
        for _ in range(2)
    )
    assert (second.code, second.document) == (0, first.document)
    assert first.document["complaints"] == [first.document["other"]]
    assert case.document["complaints"] == first.document["complaints"]
    after = call(IN_WARRANTY, "另一件事")
    assert int(after.number[-3:]) == int(first.document["other"][-3:]) + 1


def test_what_opened_a_complaint_cannot_be_taken_back(call: Call) -> None:
    case = solved(call)
    case.act(None, "complain", text="太凶")
    assert "changed another ticket too" in case.refused(1, None, "undo")
    note = case.act(None, "note", text="打错字")
    assert case.act(None, "undo")["version"] == note["version"] + 1
