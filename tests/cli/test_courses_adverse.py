"""Cases in which a patient may have been harmed: dates of their own, seen by everybody."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from cases import (
    GENERAL_MANAGER,
    IN_WARRANTY,
    MANAGER,
    OPERATOR,
    OUT_OF_WARRANTY,
    Case,
    clock,
    outcomes,
)

from dispatch_tui import bootstrap
from dispatch_tui.desk.watching import Watch
from dispatch_tui.domain.alarms import ADVERSE
from dispatch_tui.settings import Settings

Call = Callable[..., Case]


def adverse_flags(path: Path, login: str) -> list[str]:
    """The numbers of the tickets whose suspected adverse event somebody has not yet seen."""

    async def look() -> list[str]:
        async with bootstrap.desk(Settings(database=str(path), login=login)) as desk:
            watch = Watch(desk)
            await watch.start()
            await watch.scan(await desk.open_cases())
            unseen = [one for one in await watch.unseen() if one.flag.level == ADVERSE]
            await watch.see([one.id for one in unseen])
            return [one.flag.ticket for one in unseen]

    return asyncio.run(look())


def test_after_a_death_the_authority_is_told_within_7_days(call: Call, environment: Path) -> None:
    before = adverse_flags(environment, GENERAL_MANAGER)
    case = call(OUT_OF_WARRANTY, "呼吸机停了，病人没救回来", days_ago=3)
    assert "No adverse event is suspected" in case.refused(
        1, 1, "report-adverse", MANAGER, how="written", to="省药监局"
    )
    suspected = case.act(0.5, "suspect-adverse", harm="death", what="夜班发现停机，2 床死亡")
    assert (suspected["adverse"]["harm"], suspected["adverse"]["at"]) == ("death", case.at(0.5))
    report = clock(suspected, "adverse_report")
    assert (report["outcome"], report["due_at"]) == ("running", case.at(0.5 + 7 * 24))
    assert "adverse_phone" not in outcomes(suspected)
    assert "Suspected adverse event: death" in case.shown
    assert case.number not in before
    assert adverse_flags(environment, GENERAL_MANAGER) == [case.number]
    assert adverse_flags(environment, GENERAL_MANAGER) == []
    assert case.number in adverse_flags(environment, OPERATOR)

    assert "Ask: general manager, manager." in case.refused(
        3, 1, "report-adverse", how="written", to="省药监局"
    )
    case.act(1, "solve-by-phone", what_was_done="停用，换备机")
    case.act(2, "call-back", result="works", words="备机在用")
    case.act(3, "close")
    assert case.is_in("open")
    assert case.document["next_step"] == "report-adverse"
    told = case.act(60, "report-adverse", MANAGER, how="written", to="省药监局", reference="2026-7")
    assert outcomes(told)["adverse_report"] == "met"
    assert (told["next_step"], told["next_due_at"]) == ("", None)
    assert case.is_in("over")
    assert "reported in writing to 省药监局 (2026-7)" in case.shown


def test_several_patients_are_told_of_by_phone_within_12_h(call: Call) -> None:
    case = call(IN_WARRANTY, "上午三个病人皮肤灼伤", days_ago=25)
    suspected = case.act(
        1, "suspect-adverse", harm="serious_injury", what="三人二度灼伤", several="yes"
    )
    assert clock(suspected, "adverse_phone")["due_at"] == case.at(13)
    assert clock(suspected, "adverse_report")["due_at"] == case.at(1 + 20 * 24)
    assert "before the adverse event was learnt of" in case.refused(
        2, 0.5, "report-adverse", MANAGER, how="phone", to="市药监局"
    )
    phoned = case.act(14, "report-adverse", MANAGER, how="phone", to="市药监局")
    assert outcomes(phoned)["adverse_phone"] == "missed"
    assert outcomes(phoned)["adverse_report"] == "running"
    moved = case.act(None, "correct-time", what="adverse", to=case.at(2.5))
    assert outcomes(moved)["adverse_phone"] == "met"
    assert clock(moved, "adverse_phone")["original_due_at"] == case.at(13)
    written = case.act(200, "report-adverse", GENERAL_MANAGER, how="written", to="市药监局")
    assert outcomes(written)["adverse_report"] == "met"
    shown = case.shown
    assert "Suspected adverse event, several patients (serious injury): 三人二度灼伤" in shown
    assert "adverse event told by phone" in shown


def test_a_suspicion_that_was_unfounded_is_cleared(call: Call, environment: Path) -> None:
    case = call(IN_WARRANTY, "病人检查时晕倒", days_ago=2)
    case.act(0.5, "suspect-adverse", harm="serious_injury", what="检查床上晕倒")
    assert "clear-adverse. Ask: general manager, manager." in case.refused(
        3, 1, "clear-adverse", reason="低血糖"
    )
    assert "reason is missing" in case.refused(2, 1, "clear-adverse", MANAGER)
    cleared = case.act(10, "clear-adverse", MANAGER, reason="低血糖，与设备无关")
    assert outcomes(cleared)["adverse_report"] == "void"
    assert cleared["adverse"]["cleared_at"] == case.at(10)
    shown = case.shown
    assert "Suspected adverse event: " not in shown
    assert "No adverse event: 低血糖，与设备无关" in shown
    assert case.number not in adverse_flags(environment, GENERAL_MANAGER)
    again = case.act(20, "suspect-adverse", harm="death", what="三天后死亡")
    assert clock(again, "adverse_report")["due_at"] == case.at(20 + 7 * 24)
