"""Cases whose parts leave the customer, or that cannot be repaired."""

from collections.abc import Callable

import pytest
from cases import (
    ENGINEER,
    IN_CONTRACT,
    IN_WARRANTY,
    MANAGER,
    NOT_ACCEPTED,
    OPERATOR,
    OUT_OF_WARRANTY,
    Case,
    clock,
    outcomes,
)

Call = Callable[..., Case]


def test_to_the_workshop_and_back_while_the_repair_clock_runs(call: Call) -> None:
    case = call(IN_WARRANTY, "扫描到一半高压就掉，今天三次了", "--contact", "查文彬")
    case.act(0.5, "respond", note="每次都在 120 千伏")
    case.visit(1, 4)
    case.act(5, "diagnose", cause="board", found="高压板有烧痕", tried="换了保险")
    assert "word_due_at is missing" in case.refused(
        2, 6, "take-away", item="高压板", serial="HV-9", signed_by="查文彬", to="workshop"
    )
    taken = case.act(
        6,
        "take-away",
        by=ENGINEER,
        item="高压板",
        model="HVB-2",
        serial="HV-9",
        signed_by="查文彬",
        to="workshop",
        owner=OPERATOR,
        word_due_at=case.at(12),
    )
    [receipt] = taken["away"]
    assert (receipt["item"], receipt["model"], receipt["serial"]) == ("高压板", "HVB-2", "HV-9")
    assert (receipt["signed_by"], receipt["taken_at"]) == ("查文彬", case.at(6))
    assert (receipt["owner"], receipt["word_due_at"], receipt["out"]) == (
        OPERATOR,
        case.at(12),
        True,
    )
    left = case.act(6.5, "leave", by=ENGINEER)
    assert (left["status"], left["next_step"]) == ("in_workshop", "report-workshop")
    assert clock(left, "repair")["due_at"] == left["next_due_at"] == case.at(40)
    assert "No word on 高压板 from 罗晓燕" in case.shown
    assert case.fact("Away") == "高压板 HV-9"
    assert case.is_in("away")
    listed = case.dispatch("tickets", "--view", "away", login=MANAGER).out.splitlines()
    [line] = [line for line in listed if line.startswith(case.number)]
    assert "next word by" in line

    assert "By when will the next word come?" in case.refused(
        2, 12, "report-workshop", step="received"
    )
    case.act(12, "report-workshop", step="received", word_due_at=case.at(24))
    case.act(24, "report-workshop", step="in_work", word_due_at="in 3 h", note="等一个电容")
    assert "No word on" not in case.shown
    assert case.document["next_step"] == "report-workshop"
    ready = case.act(38, "report-workshop", step="ready")
    assert (ready["away"][0]["step"], ready["away"][0]["word_due_at"]) == ("ready", None)
    assert (ready["status"], ready["next_step"]) == ("in_workshop", "plan-visit")
    assert outcomes(ready)["repair"] == "running"
    planned = case.act(39, "plan-visit", planned_at=case.at(42), purpose="reinstall")
    assert planned["next_step"] == "depart"

    case.act(41, "depart")
    case.act(42, "arrive")
    back = case.act(42.5, "bring-back", received_by="查文彬")
    assert (back["away"][0]["returned_at"], back["away"][0]["out"]) == (case.at(42.5), False)
    assert [visit["purpose"] for visit in back["visits"]] == ["repair", "reinstall"]
    restored = case.act(44, "restore", what_was_done="修好的高压板装回，曝光 30 次正常")
    repair = clock(restored, "repair")
    assert (repair["started_at"], repair["due_at"]) == (case.at(4), case.at(40))
    assert (repair["stopped_at"], repair["outcome"]) == (case.at(44), "missed")
    assert not case.is_in("away")
    case.act(45, "leave")
    case.act(60, "call-back", result="works", attitude=5, skill=5, speed=3, words="就是等了一天")
    assert case.act(61, "close")["status"] == "closed"
    shown = case.shown
    assert "4 h 00 min after the limit" in shown
    [line] = [line for line in shown.splitlines() if "Taken away: 高压板 HV-9" in line]
    assert "signed by 查文彬" in line


def test_an_exchange_at_the_manufacturer_with_a_loan_in_its_place(call: Call) -> None:
    case = call(IN_WARRANTY, "平板探测器摔了，没有图像", "--contact", "查文彬")
    case.act(0.5, "respond")
    case.visit(1, 2)
    case.act(3, "diagnose", cause="detector", found="面板裂了")
    lent = case.act(4, "lend", item="探测器", model="FP-1", serial="LN-01", signed_by="查文彬")
    assert [(loan["serial"], loan["out"]) for loan in lent["loans"]] == [("LN-01", True)]
    assert "ln-01 of ticket" in case.refused(
        1, 4, "lend", item="探测器", serial="ln-01", signed_by="查文彬"
    )
    case.act(
        4,
        "take-away",
        item="探测器",
        serial="FP-77",
        signed_by="查文彬",
        to="manufacturer",
        word_due_at=case.at(24),
    )
    restored = case.act(5, "restore", what_was_done="借用探测器装好，病人可以照常检查")
    assert outcomes(restored)["repair"] == "met"
    assert (restored["status"], restored["next_step"]) == ("restored", "call-back")
    case.act(5.5, "leave")
    assert "Still out: 探测器 FP-77, 探测器 LN-01" in case.shown

    for hours, step, due in ((10, "asked", 24), (24, "sent", 48), (48, "promised", 120)):
        case.act(hours, "report-exchange", step=step, word_due_at=case.at(due))
    case.act(26, "call-back", result="works", attitude=5, skill=5, speed=5)
    assert case.document["next_step"] == "bring-back"
    for refusal in (case.refused(1, 50, "close"), case.refused(1, 50, "close", MANAGER)):
        assert "FP-77" in refusal
        assert "LN-01" in refusal
    assert case.is_in("away")
    case.act(120, "report-exchange", step="exchanged", note="新件到库")
    case.act(122, "depart")
    assert case.act(124, "arrive")["status"] == "confirmed"
    assert "Which thing is meant?" in case.refused(2, 125, "bring-back", serial="FP-1")
    back = case.act(125, "bring-back", new_serial="FP-99", received_by="查文彬")
    assert back["away"][0]["returned_serial"] == "FP-99"
    assert back["next_step"] == "take-loan-back"
    assert "LN-01" in case.refused(1, 125, "close")
    returned = case.act(125.5, "take-loan-back")
    assert (returned["loans"][0]["out"], returned["next_step"]) == (False, "close")
    case.act(126, "leave")
    closed = case.act(127, "close")
    assert closed["status"] == "closed"
    assert outcomes(closed) == {
        "response": "met",
        "on_site": "met",
        "repair": "met",
        "call_back": "met",
    }
    assert clock(closed, "repair")["stopped_at"] == case.at(5)
    assert "Word from the manufacturer on 探测器 FP-77: promised" in case.shown


def test_what_cannot_be_repaired_is_reduced_and_its_way_forward_agreed(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "被床车撞了，屏幕碎，机架歪了", "--contact", "盖雪梅")
    case.act(0.5, "respond")
    case.visit(1, 3)
    case.act(4, "diagnose", cause="damage", found="主机架变形，原厂已停产")
    agreed = {"way": "换一台，旧机折价", "name": "盖雪梅", "document": "函 2026-118"}
    assert "First record for ticket" in case.refused(1, 5, "agree-way", **agreed)
    assert "report is missing" in case.refused(
        2, 5, "cannot-repair", reduced="手动模式可用", remains="自动模式"
    )
    found = case.act(
        5, "cannot-repair", reduced="手动模式可用", remains="自动模式", report="WX-0311"
    )
    assert (found["status"], found["next_step"]) == ("on_site", "agree-way")
    assert found["unrepairable"]["report"] == "WX-0311"
    assert "is written down already" in case.refused(
        1, 6, "cannot-repair", reduced="x", remains="x", report="x"
    )
    left = case.act(6, "leave")
    assert (left["status"], left["next_step"]) == ("unrepairable", "agree-way")
    assert outcomes(left)["repair"] == "running"

    done = case.act(20, "agree-way", **agreed, left_open="新机报价，周五前给")
    assert (done["status"], done["next_step"]) == ("agreed", "call-back")
    repair = clock(done, "repair")
    assert (repair["outcome"], repair["stopped_at"]) == ("settled", case.at(20))
    assert (done["agreement"]["name"], done["agreement"]["at"]) == ("盖雪梅", case.at(20))
    assert case.fact("Still open") == "新机报价，周五前给"
    assert "way forward agreed" in case.shown
    case.act(30, "call-back", result="works", attitude=5, skill=5, speed=4, words="报价收到了")
    closed = case.act(31, "close")
    assert closed["status"] == "closed"
    assert outcomes(closed)["repair"] == "settled"


def test_a_way_forward_that_is_agreed_too_late_is_a_missed_repair(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "又撞了")
    case.visit(1, 3)
    case.act(5, "cannot-repair", reduced="手动模式可用", remains="自动模式", report="WX-0312")
    late = case.act(40, "agree-way", way="换一台", name="盖雪梅", document="函 2026-119")
    assert outcomes(late)["repair"] == "missed"


@pytest.mark.parametrize(
    ("device", "verdict", "charged", "words"),
    [
        (IN_WARRANTY, "warranty", False, "the customer is charged nothing"),
        (OUT_OF_WARRANTY, "none", True, "work and parts are charged"),
        (IN_CONTRACT, "contract", True, "charged as the service contract says"),
        (NOT_ACCEPTED, "unknown", True, "find out before anything is charged"),
    ],
)
def test_the_warranty_of_the_reported_day_says_what_is_charged(
    call: Call, device: str, verdict: str, charged: bool, words: str
) -> None:
    case = call(device, "按键没反应")
    cover = case.document["warranty"]
    assert (cover["verdict"], cover["charged"]) == (verdict, charged)
    said = case.fact("Warranty")
    assert said.endswith(words)
    assert (cover["until"] or "") in said


def test_within_the_warranty_a_part_has_no_price(call: Call) -> None:
    case = call(IN_WARRANTY, "阳极过热")
    assert "Nobody has been on site" in case.refused(1, 1, "fit-part", name="球管")
    case.visit(1, 2)
    part = {"name": "球管", "model": "TB-4", "serial": "T-88", "maker": "Kestrand"}
    out = case.act(3, "remove-part", **{**part, "serial": "T-11"}, made_on="2024-05-01")
    assert (out["parts"][0]["fitted"], out["parts"][0]["serial"]) == (False, "T-11")
    refusal = case.refused(2, 3, "fit-part", **part, price="52000")
    assert "The device was in warranty until" in refusal
    assert refusal.endswith("nothing is charged, leave the price.")
    fitted = case.act(3, "fit-part", **part, made_on="2026-01-31", source="manufacturer")
    assert fitted["parts"][1] == {
        "fitted": True,
        **part,
        "made_on": "2026-01-31",
        "source": "manufacturer",
        "price": "",
        "at": case.at(3),
    }
    shown = case.shown
    assert "Part out: 球管 (TB-4, T-11, Kestrand)" in shown
    assert "Part in: 球管 (TB-4, T-88, Kestrand" in shown


def test_out_of_warranty_a_part_has_its_price(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "电池充不进电")
    case.visit(1, 2)
    assert case.act(3, "fit-part", name="电池", price="1280.50")["parts"][0]["price"] == "1280.50"
    assert "1280.50" in case.shown
