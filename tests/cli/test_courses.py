"""Cases that are solved by phone or on site, as their customers tell them."""

from collections.abc import Callable

from cases import (
    ENGINEER,
    GENERAL_MANAGER,
    IN_CONTRACT,
    IN_WARRANTY,
    MANAGER,
    OPERATOR,
    OUT_OF_WARRANTY,
    SECOND_ENGINEER,
    SPECIALIST,
    Case,
    clock,
    outcomes,
)

Call = Callable[..., Case]


def test_solved_by_phone_ends_with_the_call_back(call: Call) -> None:
    case = call(IN_WARRANTY, "早上开机就报探测器温度低，扫不了", "--contact", "查文彬")
    case.refused(1, 0.1, "call-back", result="works", attitude=5, skill=5, speed=5)
    answered = case.act(0.25, "respond", note="空调昨晚关了，机房 17 度")
    assert (answered["status"], answered["next_step"]) == ("responded", "assign")
    solved = case.act(0.75, "solve-by-phone", what_was_done="请把空调调到 22 度，半小时后就好")
    assert (solved["status"], solved["next_step"]) == ("solved", "call-back")
    assert outcomes(solved) == {"response": "met", "on_site": "void", "call_back": "running"}
    assert clock(solved, "on_site")["stopped_at"] == case.at(0.75)
    assert clock(solved, "call_back")["due_at"] == solved["next_due_at"] == case.at(24.75)

    assert case.refused(1, 2, "close").endswith("was not called back yet: do that first.")
    case.act(3, "call-back", result="unreached")
    assert case.act(4, "call-back", result="unreached")["failed_calls"] == 2
    assert case.fact("Call-backs unanswered") == "2"
    called = case.act(
        5, "call-back", result="works", attitude=5, skill=4, speed=5, words="扫了三个病人，正常"
    )
    assert (called["status"], called["next_step"]) == ("confirmed", "close")
    assert called["call_back"] == {
        "result": "works",
        "attitude": 5,
        "skill": 4,
        "speed": 5,
        "words": "扫了三个病人，正常",
        "by": OPERATOR,
        "at": case.at(5),
    }
    closed = case.act(5.5, "close")
    assert (closed["status"], closed["next_step"], closed["next_due_at"]) == ("closed", "", None)
    assert outcomes(closed) == {"response": "met", "on_site": "void", "call_back": "met"}
    shown = case.shown
    assert "called back" in shown
    assert "19 h 45 min before the limit" in shown
    assert "scores 5, 4, 5: 扫了三个病人，正常" in shown


def test_on_site_the_same_day(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "3 床的呼吸机自检过不去，呼气阀报警", "--priority", "emergency")
    case.act(0.25, "respond", note="换过管路还是报")
    case.act(0.5, "need-visit", why="阀要拆开看")
    case.act(0.75, "assign", MANAGER, engineers=ENGINEER)
    planned = case.act(0.75, "plan-visit", planned_at=case.at(2))
    assert (planned["status"], planned["next_step"]) == ("assigned", "depart")
    assert [visit["state"] for visit in planned["visits"]] == ["planned"]
    way = case.act(1, "depart", expected_at=case.at(2), by=ENGINEER)
    assert way["status"] == "under_way"
    assert "is silent: expected" in case.shown
    assert case.document["next_step"] == "expect"
    case.act(2, "expect", expected_at="in 2 h", reason="高速上堵车")
    assert "is silent" not in case.shown
    assert case.document["next_step"] == "arrive"

    arrived = case.act(3, "arrive")
    assert (arrived["status"], arrived["next_step"]) == ("on_site", "diagnose")
    assert outcomes(arrived) == {"response": "met", "on_site": "met", "repair": "running"}
    assert clock(arrived, "repair")["started_at"] == case.at(3)
    assert clock(arrived, "repair")["due_at"] == case.at(39)
    diagnosed = case.act(3.5, "diagnose", by=ENGINEER, cause="consumable", found="阀膜片老化")
    assert (diagnosed["cause"], diagnosed["next_step"]) == ("consumable", "restore")
    restored = case.act(5, "restore", by=ENGINEER, what_was_done="换了膜片，自检通过")
    assert outcomes(restored)["repair"] == "met"
    left = case.act(5.25, "leave", by=ENGINEER)
    [visit] = left["visits"]
    assert (visit["state"], visit["ended_at"]) == ("left", case.at(5.25))
    assert visit["trips"][0]["departed_at"] == case.at(1)
    case.act(20, "call-back", result="works", attitude=5, skill=5, speed=5)
    assert case.act(20.5, "close")["status"] == "closed"
    assert "repaired" in case.shown
    assert "34 h 00 min before the limit" in case.shown


def test_the_specialists_visit_stops_the_on_site_clock(call: Call) -> None:
    case = call(IN_WARRANTY, "两台 CT 一起停了，急诊全在排队", "--priority", "emergency")
    case.act(0.25, "respond")
    case.act(1, "assign", MANAGER, engineers=ENGINEER)
    assert "Ask: general manager, manager." in case.refused(3, 1, "escalate", reason="core_down")
    escalated = case.act(1, "escalate", MANAGER, reason="core_down", note="两台一起停")
    assert escalated["escalation"] == {
        "specialist": SPECIALIST,
        "reason": "core_down",
        "at": case.at(1),
    }
    assert escalated["engineers"] == [ENGINEER, SPECIALIST]
    assert "was already escalated" in case.refused(
        1, 1, "escalate", MANAGER, reason="nobody_else", specialist=SPECIALIST
    )
    case.act(2, "depart", engineers=SPECIALIST)
    arrived = case.act(6, "arrive", by=SPECIALIST, engineers=SPECIALIST)
    assert clock(arrived, "on_site")["stopped_at"] == case.at(6)
    assert outcomes(arrived) == {"response": "met", "on_site": "met", "repair": "running"}
    assert "core equipment down over a large area" in case.shown

    ended = case.act(9, "end-escalation", MANAGER, reason="是配电柜，单志远就能修")
    assert (ended["escalation"], ended["engineers"]) == (None, [ENGINEER])
    assert (ended["status"], ended["next_step"]) == ("assigned", "plan-visit")
    assert outcomes(ended)["on_site"] == "met"
    case.visit(9.5, 11)
    case.act(12, "restore", what_was_done="配电柜换了接触器")
    assert clock(case.document, "repair")["started_at"] == case.at(6)


def test_an_engineer_who_is_not_the_specialist_cannot_be_called_in(call: Call) -> None:
    case = call(IN_WARRANTY, "图像有环形伪影")
    said = case.refused(2, 1, "escalate", MANAGER, reason="nobody_else", specialist=ENGINEER)
    assert said == f"单志远 is not a specialist; write one of: {SPECIALIST}."
    assert "was not escalated" in case.refused(1, 1, "end-escalation", MANAGER, reason="误点")


def test_a_repeat_fault_is_flagged_when_logged_and_once_its_cause_is_known(call: Call) -> None:
    first = call(IN_CONTRACT, "开机停在启动画面", days_ago=40)
    assert first.warning == ""
    first.act(0.5, "solve-by-phone", what_was_done="重装了启动盘")
    first.act(0.5, "diagnose", cause="software")
    again = call(IN_CONTRACT, "又停在启动画面，跟上个月一样")
    assert again.warning.startswith(f"Perhaps a repeat fault: {first.number} of this device")
    assert "(cause: software)" in again.warning
    assert again.document["recent_faults"] == [first.number]
    assert again.document["repeats"] is None
    assert again.fact("Repeat of") == ""

    answer = again.dispatch("act", again.number, "diagnose", "cause=software", login=OPERATOR)
    assert (answer.code, answer.err) == (
        0,
        f"A repeat fault: {first.number} of this device had the same cause (software).\n",
    )
    assert again.document["repeats"] == first.number
    assert again.fact("Repeat of") == first.number


def test_another_cause_or_a_longer_time_makes_no_repeat_fault(call: Call) -> None:
    first = call(IN_CONTRACT, "探头没有图像", days_ago=75)
    first.act(0.5, "solve-by-phone", what_was_done="重新插探头")
    first.act(0.5, "diagnose", cause="probe")
    second = call(IN_CONTRACT, "探头又没有图像", days_ago=14)
    assert second.warning == ""
    second.act(0.5, "solve-by-phone", what_was_done="换一个接口")
    assert second.act(0.5, "diagnose", cause="probe")["repeats"] is None
    third = call(IN_CONTRACT, "键盘失灵")
    assert second.number in third.warning
    assert third.act(1, "diagnose", cause="board")["repeats"] is None
    complaint = call(IN_CONTRACT, "总是坏", "--kind", "complaint")
    assert complaint.warning == ""


def test_a_corrected_time_moves_its_clocks_and_hides_no_limit(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "7 床呼吸机突然停送气")
    missed = case.act(1.5, "respond")
    assert outcomes(missed)["response"] == "missed"
    met = case.act(None, "correct-time", what="responded", to=case.at(0.5), reason="看的是录音")
    assert clock(met, "response")["stopped_at"] == case.at(0.5)
    assert outcomes(met)["response"] == "met"
    case.visit(2, 6)
    assert "before the engineer set out" in case.refused(
        2, None, "correct-time", what="arrived", to=case.at(1)
    )
    assert "is in the future" in case.refused(
        2, None, "correct-time", what="arrived", to="2150-01-01 08:00"
    )
    assert "Nothing of that kind was recorded" in case.refused(
        1, None, "correct-time", what="restored", to=case.at(8)
    )
    moved = case.act(None, "correct-time", what="arrived", to=case.at(4), reason="门卫登记 12 点")
    repair = clock(moved, "repair")
    assert (repair["started_at"], repair["due_at"]) == (case.at(4), case.at(40))
    assert repair["original_due_at"] == case.at(42)
    assert clock(moved, "on_site")["stopped_at"] == case.at(4)
    shown = case.shown
    assert "(first limit" in shown
    assert "Time corrected: Engineer on site at" in shown
    assert case.kinds.count("time_corrected") == 2
    assert case.document["journal"][1]["occurred_at"] == case.at(1.5)


def test_a_case_that_was_opened_by_mistake_is_cancelled_with_its_clocks(call: Call) -> None:
    case = call(IN_WARRANTY, "打错电话了")
    assert "cancel. Ask: general manager, manager." in case.refused(3, 1, "cancel", reason="x")
    assert "reason is missing" in case.refused(2, 1, "cancel", MANAGER)
    cancelled = case.act(1, "cancel", MANAGER, reason="打给别家公司的")
    assert (cancelled["status"], cancelled["next_due_at"]) == ("cancelled", None)
    assert outcomes(cancelled) == {"response": "void", "on_site": "void"}
    reopened = case.act(2, "reopen", GENERAL_MANAGER, reason="是我们的机器")
    assert outcomes(reopened) == {"response": "running", "on_site": "running"}
    assert clock(reopened, "on_site")["started_at"] == case.at(0)


def test_a_second_visit_neither_resets_nor_hides_the_first(call: Call) -> None:
    case = call(IN_WARRANTY, "床板升到一半就卡住")
    case.act(0.5, "respond")
    case.visit(1, 2)
    case.act(3, "leave", note="缺一个编码器")
    assert (case.document["status"], case.document["next_step"]) == ("assigned", "plan-visit")
    case.act(4, "assign", MANAGER, engineers=SECOND_ENGINEER)
    case.act(4, "plan-visit", planned_at=case.at(20), engineers=SECOND_ENGINEER)
    case.act(19, "depart", engineers=SECOND_ENGINEER)
    there = case.act(20, "arrive", engineers=SECOND_ENGINEER)
    first, second = there["visits"]
    assert (first["state"], first["trips"][0]["left_at"]) == ("left", case.at(3))
    assert (second["state"], second["trips"][0]["engineer"]) == ("arrived", SECOND_ENGINEER)
    assert clock(there, "on_site")["stopped_at"] == case.at(2)
    assert clock(there, "repair")["started_at"] == case.at(2)
    shown = case.shown
    assert shown.index("Left: 单志远: 缺一个编码器") < shown.index("On site: 解晓东")
