"""Major faults that take longer than 36 h: with the purchaser's consent, and without."""

from collections.abc import Callable
from typing import Any

import pytest
from cases import GENERAL_MANAGER, IN_WARRANTY, MANAGER, OPERATOR, Case, clock, outcomes

Call = Callable[..., Case]

ARRIVED = 4
"""Hours after the report at which the engineer is on site."""
WHO = {"name": "朴成林", "position": "设备科科长", "phone": "028-55502028"}
WHY = "球管周三才到，我们同意等"


def a_major_fault(call: Call) -> Case:
    """A case whose engineer has been on site since hour 4, and that is a major one."""
    case = call(IN_WARRANTY, "整机停了，屏幕全黑", "--priority", "emergency")
    case.act(0.25, "respond", note="断电重启过，没用")
    case.visit(1, ARRIVED)
    found = case.act(5, "diagnose", severity="major", cause="tube", found="球管打火")
    assert (found["severity"], outcomes(found)["repair"]) == ("major", "running")
    return case


def consent(case: Case, hours: float, **more: Any) -> dict[str, Any]:
    """What is written down of a consent up to so many hours of the repair clock."""
    return {**WHO, "how": "call", "why": WHY, "until": case.at(ARRIVED + hours), **more}


def test_a_major_fault_that_is_repaired_within_a_consent_to_47_h(call: Call) -> None:
    case = a_major_fault(call)
    asked = case.act(
        8, "ask-consent", MANAGER, name="朴成林", phone="028-55502028", until=case.at(ARRIVED + 47)
    )
    assert asked["consent_asked"]["at"] == case.at(8)
    assert clock(asked, "repair")["due_at"] == case.at(ARRIVED + 36)
    assert case.is_in("consent")
    assert "Waiting for the consent of 朴成林 (028-55502028)" in case.shown
    listed = case.dispatch("tickets", "--view", "consent", login=MANAGER).out
    assert "朴成林 was asked" in listed

    agreed = case.act(10, "consent", MANAGER, **consent(case, 47))
    assert (agreed["consent_asked"], case.is_in("consent")) == (None, False)
    assert agreed["consents"] == [
        {**WHO, "how": "call", "why": WHY, "until": case.at(ARRIVED + 47), "at": case.at(10)}
    ]
    extended = clock(agreed, "repair")
    assert extended["due_at"] == agreed["next_due_at"] == case.at(ARRIVED + 47)
    assert extended["original_due_at"] == case.at(ARRIVED + 36)
    assert "it stays one" in case.refused(1, 11, "diagnose", severity="ordinary")

    restored = case.act(ARRIVED + 45, "restore", what_was_done="换了球管，校准完毕")
    repair = clock(restored, "repair")
    assert (repair["outcome"], repair["stopped_at"]) == ("met_extended", case.at(ARRIVED + 45))
    assert repair["original_due_at"] == case.at(ARRIVED + 36)
    shown = case.shown
    assert "after consented extension, 2 h 00 min before its end (first limit" in shown
    assert "朴成林 (设备科科长, 028-55502028) agreed by phone call to more time" in shown
    case.act(60, "call-back", result="works", attitude=5, skill=5, speed=4)
    assert outcomes(case.act(61, "close"))["repair"] == "met_extended"


def test_49_h_are_refused_with_the_latest_time_that_is_possible(call: Call) -> None:
    case = a_major_fault(call)
    refusal = case.refused(2, 10, "consent", MANAGER, **consent(case, 49))
    assert refusal.startswith("More than 48 h from the arrival are not possible: until ")
    assert case.refused(2, 10, "consent", GENERAL_MANAGER, **consent(case, 48.1)) == refusal
    case.refused(2, 10, "ask-consent", MANAGER, name="朴成林", until=case.at(ARRIVED + 49))
    assert clock(case.document, "repair")["due_at"] == case.at(ARRIVED + 36)
    agreed = case.act(10, "consent", GENERAL_MANAGER, **consent(case, 48))
    assert clock(agreed, "repair")["due_at"] == case.at(ARRIVED + 48)


def test_an_ordinary_fault_is_never_extended(call: Call) -> None:
    case = call(IN_WARRANTY, "打印不出来")
    case.visit(1, ARRIVED)
    for severity in ("", "ordinary"):
        case.act(5, "diagnose", severity=severity, cause="software")
        refusal = case.refused(1, 6, "consent", MANAGER, **consent(case, 47))
        assert refusal.endswith(
            "only a major fault can be extended; diagnose it as major if it is."
        )
    assert case.document["consents"] == []
    assert "consent" in case.dispatch("act", case.number, "--help", login=MANAGER).out
    case.act(7, "diagnose", severity="major")
    assert case.act(8, "consent", MANAGER, **consent(case, 47))["consents"]


@pytest.mark.parametrize("command", ["consent", "ask-consent"])
def test_an_operator_cannot_extend(call: Call, command: str) -> None:
    case = a_major_fault(call)
    fields = consent(case, 47) if command == "consent" else {"name": "x", "until": case.at(51)}
    refusal = case.refused(3, 10, command, **fields)
    assert refusal == (
        f"Not for your role (hotline operator): {command}. Ask: general manager, manager."
    )
    assert case.refused(3, 10, command, "shan.zhiyuan", **fields) == refusal.replace(
        "hotline operator", "engineer"
    )


def test_a_purchaser_who_does_not_agree_leaves_the_limit_as_it_is(call: Call) -> None:
    case = a_major_fault(call)
    assert "was not asked for more time" in case.refused(
        1, 8, "refuse-consent", MANAGER, name="朴成林"
    )
    case.act(8, "ask-consent", MANAGER, name="朴成林", until=case.at(ARRIVED + 44))
    refused = case.act(9, "refuse-consent", MANAGER, name="朴成林", words="病人等不了")
    assert (refused["consent_asked"], refused["consents"]) == (None, [])
    late = case.act(ARRIVED + 40, "restore", what_was_done="换了球管")
    assert outcomes(late)["repair"] == "missed"
    assert "did not agree to more time: 病人等不了" in case.shown


def test_a_consent_does_not_save_what_ends_after_it(call: Call) -> None:
    case = a_major_fault(call)
    case.act(10, "consent", MANAGER, **consent(case, 40))
    late = case.act(ARRIVED + 41, "restore", what_was_done="换了球管")
    repair = clock(late, "repair")
    assert (repair["outcome"], repair["level"]) == ("missed", "breached")
    assert repair["due_at"] == case.at(ARRIVED + 40)
    assert "1 h 00 min after the limit" in case.shown


def test_a_consent_within_the_extension_is_met_when_there_was_no_need_of_it(call: Call) -> None:
    case = a_major_fault(call)
    case.act(10, "consent", MANAGER, **consent(case, 47))
    early = case.act(ARRIVED + 30, "restore", what_was_done="换了球管")
    assert outcomes(early)["repair"] == "met"


@pytest.mark.parametrize(
    ("code", "at", "change", "words"),
    [
        (1, ARRIVED + 36.5, {}, "what is agreed later does not undo the breach"),
        (2, 10, {"until": 30}, "no consent is needed"),
        (2, 3, {}, "before the engineer arrived"),
        (2, 10, {"how": "rumour"}, "how can be call, message, letter, in_person"),
        (2, 10, {"position": ""}, "Position is missing"),
        (2, 10, {"phone": "\x07"}, "Phone is missing"),
    ],
)
def test_a_consent_that_cannot_be_is_refused(
    call: Call, code: int, at: float, change: dict[str, Any], words: str
) -> None:
    case = a_major_fault(call)
    until = change.get("until")
    change = {**change, "until": case.at(until)} if until else change
    assert words in case.refused(code, at, "consent", MANAGER, **consent(case, 47, **change))


def test_there_is_nothing_to_extend_before_somebody_is_on_site(call: Call) -> None:
    case = call(IN_WARRANTY, "整机停了")
    case.act(1, "diagnose", OPERATOR, severity="major")
    assert "record the arrival first" in case.refused(1, 2, "consent", MANAGER, **consent(case, 47))
