"""One case as the customer's story goes, told through the command line."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dispatch_tui.domain.warranty import add_months

OPERATOR, MANAGER, GENERAL_MANAGER = "luo.xiaoyan", "chen.jing", "shen.weiguo"
ENGINEER, SECOND_ENGINEER, SPECIALIST = "shan.zhiyuan", "xie.xiaodong", "qiu.haibo"

IN_WARRANTY, OUT_OF_WARRANTY = "KT-2201-77", "VT-1402-13"
IN_CONTRACT, NOT_ACCEPTED = "US-1903-40", "DR-2604-08"
CUSTOMER = "C001"

ZONE = ZoneInfo("Asia/Shanghai")
"""The company's: numbers of tickets and days of warranty are counted in it."""


def machines(today: date) -> str:
    """Return a file of four machines of one customer, each covered in another way."""

    def ago(months: int) -> str:
        return add_months(today, -months).isoformat()

    rows = (
        "serial,maker,model,name,kind,customer,accepted_on,contract_from,contract_until",
        f"{IN_WARRANTY},Kestrand,K 9,CT,ct,{CUSTOMER},{ago(6)},,",
        f"{OUT_OF_WARRANTY},Velmar,V 2,Ventilator,ventilator,{CUSTOMER},{ago(60)},,",
        f"{IN_CONTRACT},Ultrane,U 5,Scanner,ultrasound,{CUSTOMER},{ago(70)},{ago(12)},{ago(-12)}",
        f"{NOT_ACCEPTED},Dorrend,D 1,X-ray,dr,{CUSTOMER},,,",
    )
    return "\n".join(rows) + "\n"


def written(at: datetime) -> str:
    """A time as documents have it."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def outcomes(document: dict[str, Any]) -> dict[str, str]:
    """How each clock of a ticket stands."""
    return {clock["kind"]: clock["outcome"] for clock in document["clocks"]}


def clock(document: dict[str, Any], kind: str) -> dict[str, Any]:
    """One clock of a ticket."""
    return next(one for one in document["clocks"] if one["kind"] == kind)


class Case:
    """One ticket; its hours count from 08:00 of the day, some days ago, when it was reported."""

    def __init__(
        self, dispatch: Callable[..., Any], number: str, reported_at: datetime, warning: str
    ) -> None:
        self.dispatch = dispatch
        self.number = number
        self.reported_at = reported_at
        self.warning = warning

    @classmethod
    def log(
        cls, dispatch: Callable[..., Any], device: str, fault: str, *more: str, days_ago: int = 9
    ) -> "Case":
        """The customer calls; what the operator is told aside is in `case.warning`."""
        day = datetime.now(ZONE).date() - timedelta(days=days_ago)
        reported_at = datetime.combine(day, time(8), ZONE)
        answer = dispatch(
            *("call", "--device", device, "--fault", fault, *more),
            *("--reported-at", written(reported_at), "--json"),
            login=OPERATOR,
        )
        assert answer.code == 0, answer.err
        return cls(dispatch, answer.document["number"], reported_at, answer.err)

    def at(self, hours: float) -> str:
        """The time so many hours after the report."""
        return written(self.reported_at + timedelta(hours=hours))

    def act(self, hours: float | None, command: str, /, by: str = OPERATOR, **fields: Any) -> Any:
        """Give a command for a fact of that hour, now for None; returns the ticket's document."""
        answer = self._given(hours, command, by, fields, "--json")
        assert answer.code == 0, answer.err
        return answer.document

    def refused(
        self, code: int, hours: float | None, command: str, /, by: str = OPERATOR, **fields: Any
    ) -> str:
        """Give a command that is refused with nothing kept; returns the one line that says why."""
        before = self.document
        answer = self._given(hours, command, by, fields)
        assert (answer.code, answer.out) == (code, ""), answer.err
        assert answer.err.count("\n") == 1
        assert answer.err.endswith("\n")
        after = self.document
        assert (after["version"], after["journal"]) == (before["version"], before["journal"])
        return str(answer.err.strip())

    def _given(
        self, hours: float | None, command: str, by: str, fields: dict[str, Any], *more: str
    ) -> Any:
        told = () if hours is None else ("--occurred-at", self.at(hours))
        values = (f"{name}={value}" for name, value in fields.items())
        return self.dispatch("act", self.number, command, *values, *told, *more, login=by)

    def visit(self, departed: float, arrived: float, *, engineer: str = ENGINEER) -> Any:
        """Send an engineer, who says when they set out and when they are there."""
        if engineer not in self.document["engineers"]:
            self.act(departed, "assign", MANAGER, engineers=engineer)
        self.act(departed, "depart", engineers=engineer, expected_at=self.at(arrived))
        return self.act(arrived, "arrive", engineers=engineer)

    @property
    def document(self) -> dict[str, Any]:
        """The ticket with its journal as scripts are shown it."""
        found: dict[str, Any] = self.dispatch("show", self.number, "--json", login=MANAGER).document
        return found

    @property
    def shown(self) -> str:
        """The ticket as people are shown it."""
        answer = self.dispatch("show", self.number, login=MANAGER)
        assert answer.code == 0
        return str(answer.out)

    def fact(self, label: str) -> str:
        """What people are shown behind a label above the timeline, "" for nothing."""
        facts = (line.partition("  ") for line in self.shown.splitlines())
        return next((value.strip() for name, _, value in facts if name == label), "")

    def is_in(self, view: str) -> bool:
        """Whether a list of tickets has it."""
        listed = self.dispatch("tickets", "--view", view, "--json", login=MANAGER).document
        return self.number in [one["number"] for one in listed]

    @property
    def kinds(self) -> list[str]:
        """What the journal holds, by the kinds of its entries."""
        return [line["kind"] for line in self.document["journal"]]
