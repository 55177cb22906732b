"""A second call about the same fault becomes part of the first."""

from collections.abc import Callable

from cases import IN_CONTRACT, IN_WARRANTY, MANAGER, OUT_OF_WARRANTY, Case, outcomes

Call = Callable[..., Case]


def test_a_merged_call_is_in_both_journals_and_its_clocks_end(call: Call) -> None:
    first = call(IN_WARRANTY, "CT 报错停机", "--contact", "查文彬", days_ago=5)
    second = call(IN_WARRANTY, "CT 还是不能用，急诊在等", "--contact", "朴成林", days_ago=5)
    second.act(0.25, "respond")
    assert "merge. Ask: general manager, manager." in second.refused(
        3, 0.5, "merge", into=first.number
    )
    merged = second.act(0.5, "merge", MANAGER, into=first.number, reason="同一台机器同一个故障")
    assert (merged["status"], merged["merged_into"]) == ("merged", first.number)
    assert (merged["other"], merged["next_step"]) == (first.number, "")
    assert outcomes(merged) == {"response": "met", "on_site": "void"}
    assert merged["next_due_at"] is None
    assert not second.is_in("open")
    assert f"Goes on as {first.number}" in second.shown
    assert "Fault reported: CT 还是不能用，急诊在等" in second.shown

    kept = first.document
    assert (kept["status"], kept["version"]) == ("logged", 2)
    assert outcomes(kept) == {"response": "running", "on_site": "running"}
    last = kept["journal"][-1]
    assert (last["kind"], last["actor"]) == ("call_added", MANAGER)
    assert (last["data"]["merged_from"], last["data"]["contact"]) == (second.number, "朴成林")
    assert last["occurred_at"] == second.at(0)
    assert last["recorded_at"] == second.document["journal"][-1]["recorded_at"]
    assert f"Merged from {second.number}: CT 还是不能用，急诊在等" in first.shown
    assert "reopen it first" in second.refused(1, 1, "assign", MANAGER, engineers="shan.zhiyuan")


def test_a_call_that_was_merged_by_mistake_is_reopened_with_its_clocks(call: Call) -> None:
    first = call(IN_CONTRACT, "没有图像", days_ago=5)
    second = call(IN_CONTRACT, "探头裂了", days_ago=5)
    second.act(0.5, "merge", MANAGER, into=first.number)
    again = second.act(1, "reopen", MANAGER, reason="是另一个探头")
    assert (again["status"], again["merged_into"]) == ("logged", "")
    assert outcomes(again) == {"response": "running", "on_site": "running"}


def test_what_cannot_be_merged_is_refused(call: Call) -> None:
    case = call(OUT_OF_WARRANTY, "报警")
    number = case.number
    assert "name the one that goes on" in case.refused(2, 1, "merge", MANAGER, into=number)
    assert case.refused(2, 1, "merge", MANAGER, into="991231-001") == (
        "There is no ticket 991231-001: check the number."
    )
    assert "is missing" in case.refused(2, 1, "merge", MANAGER, into=" \x07 ")
    over = call(OUT_OF_WARRANTY, "打错了")
    over.act(1, "cancel", MANAGER, reason="打错了")
    assert "name a fault that is still there" in case.refused(
        1, 1, "merge", MANAGER, into=over.number
    )
    complaint = call(OUT_OF_WARRANTY, "态度不好", "--kind", "complaint")
    assert "name a fault that is still there" in case.refused(
        1, 1, "merge", MANAGER, into=complaint.number
    )
    stranger = call(IN_WARRANTY, "报警")
    stranger.act(None, "correct", customer="C002", device="")
    assert "are of different customers" in case.refused(
        2, 1, "merge", MANAGER, into=stranger.number
    )
    assert "is for faults" in complaint.refused(1, 1, "merge", MANAGER, into=number)
    case.visit(1, 2)
    assert "has a course of its own" in case.refused(1, 3, "merge", MANAGER, into=stranger.number)
