"""Stamps courses with numbers, times, people and words: what the product then folds and encodes."""

import random
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from machines import BY_KIND, MACHINES, Story, told
from shapes import BEGIN, ENGINEER, GENERAL, MANAGER, OPERATOR, SECOND, TESTS, Course

from dispatch_tui.domain import commands as c
from dispatch_tui.domain.checklists import checklist
from dispatch_tui.domain.clocks import Policy
from dispatch_tui.domain.decide import Facts, decide
from dispatch_tui.domain.events import Entry, ReportFinished, TicketEvent
from dispatch_tui.domain.files import Contact, Customer, Device
from dispatch_tui.domain.fold import fold
from dispatch_tui.domain.people import Role, Staff
from dispatch_tui.domain.ticket import Ticket
from dispatch_tui.storage.journal import Line, ticket_lines

ZONE = ZoneInfo("Asia/Shanghai")

_SLOT = re.compile(r'~(\w+)~|(?<=")(\d{4}-\d\d-\d\dT[\d:.]+Z)(?=")')
_EVENT: msgspec.json.Decoder[TicketEvent] = msgspec.json.Decoder(TicketEvent)

_WHY = (
    "离得最近",
    "会修这个型号",
    "他昨天去过",
    "on duty",
    "接着上一单",
    "设备重复登记",
    "病区自己解决了",
)
_NOTE = (
    "备件在武汉站，今天发出",
    "科室周二上午不接待",
    "电话里先稳住，下午再问",
    "Spare part is on its way",
    "设备科要求先报价",
    "客户又打来催，语气急",
    "旧件已贴标签寄回总部",
    "Customer asks for a loan device",
)
_WORDS = (
    "",
    "",
    "修得快，谢谢",
    "Works well, thank you",
    "等了两天，不满意",
    "态度好，就是来得慢",
    "上次修过又坏",
)
_COMPLAINTS = (
    "等了两天没有人来",
    "Nobody called back",
    "来的人没带配件",
    "态度不好，话没说完就挂了",
)

_TESTS = tuple(one.strip("~") for one in TESTS)


class World(msgspec.Struct, frozen=True):
    """Who and what there is to be stamped with."""

    staff: Mapping[str, Staff]
    customers: Mapping[str, Customer]
    contacts: Mapping[str, Sequence[Contact]]
    devices: Sequence[Device]

    def logins(self, *roles: Role) -> list[str]:
        """Return the people of some roles."""
        return [one.login for one in self.staff.values() if one.role in roles and one.active]


class Stamped(msgspec.Struct, frozen=True):
    """A ticket that is ready to be stored."""

    ticket: Ticket
    entries: Sequence[Entry]
    lines: Sequence[Line]


class _Mould:
    """An entry of a course, taken apart into what stays and what is filled in."""

    def __init__(self, entry: Entry) -> None:
        text = msgspec.json.encode(entry.event).decode()
        parts = _SLOT.split(text)
        self.texts, self.names, times = parts[::3], parts[1::3], parts[2::3]
        self.times = [at and datetime.fromisoformat(at) - BEGIN for at in times]
        self.actor = entry.actor.strip("~")
        self.occurred = entry.occurred_at - BEGIN
        self.recorded = entry.recorded_at - BEGIN
        self.follows, self.seq = entry.follows, entry.seq
        self.final = isinstance(entry.event, ReportFinished)

    def entry(self, begin: datetime, values: Mapping[str, str]) -> Entry:
        """Return the entry of a ticket that was logged at `begin`; `values` are JSON."""
        parts = [self.texts[0]]
        for name, at, text in zip(self.names, self.times, self.texts[1:], strict=True):
            parts.append(_json_time(begin + at) if at is not None else values[name])
            parts.append(text)
        return Entry(
            seq=self.seq,
            event=_EVENT.decode("".join(parts)),
            actor=values[self.actor],
            occurred_at=begin + self.occurred,
            recorded_at=begin + self.recorded,
            follows=self.follows,
        )


class Stamper:
    """Turns courses into tickets of this world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._moulds: dict[int, list[_Mould]] = {}
        self._engineers = world.logins(Role.ENGINEER)
        self._roles = {
            OPERATOR: world.logins(Role.OPERATOR),
            MANAGER: world.logins(Role.MANAGER),
            GENERAL: world.logins(Role.GENERAL_MANAGER) or world.logins(Role.MANAGER),
        }

    def ticket(
        self,
        number: str,
        course: Course,
        begin: datetime,
        device: Device,
        chance: random.Random,
        *,
        other: str = "",
        until: datetime | None = None,
    ) -> Stamped:
        """Return the ticket that was logged at `begin`; `until` is now for one that goes on."""
        moulds = self._moulds.get(id(course))
        if moulds is None:
            moulds = self._moulds[id(course)] = [_Mould(one) for one in course.entries]
        if until is not None:
            moulds = _so_far(moulds, until - begin)
        values = self._values(number, device, chance, other)
        entries: tuple[Entry, ...] = ()
        for mould in moulds:
            if mould.final:
                entries += self._report(number, mould, begin, device, entries, values)
            else:
                entries += (mould.entry(begin, values),)
        ticket = fold(number, entries)
        assert ticket is not None
        return Stamped(ticket, entries, _lines(number, entries))

    def _report(
        self,
        number: str,
        mould: _Mould,
        begin: datetime,
        device: Device,
        entries: tuple[Entry, ...],
        values: Mapping[str, str],
    ) -> tuple[Entry, ...]:
        """The final report holds all that was said before: it is decided anew."""
        at = begin + mould.recorded
        facts = Facts(
            now=at,
            at=begin + mould.occurred,
            actor=self._world.staff[values[mould.actor]],
            staff=self._world.staff,
            journal=entries,
            customer=self._world.customers[device.customer],
            device=device,
            zone=ZONE,
            policy=Policy(),
        )
        return decide(number, c.FinishReport(), facts)[0]

    def _values(
        self, number: str, device: Device, chance: random.Random, other: str
    ) -> dict[str, str]:
        machine = BY_KIND.get(device.kind, MACHINES[0])
        story: Story = told(chance.choice(machine.stories), chance)
        contact = chance.choice(self._world.contacts.get(device.customer) or [_NOBODY])
        engineer, second = chance.sample(self._engineers, 2)
        texts = {
            "number": number,
            "other": other,
            "customer": device.customer,
            "device": device.id,
            "department": device.department,
            "contact": contact.name,
            "phone": contact.phone,
            "fault": story.fault,
            "answer": story.answer,
            "found": story.found,
            "cure": story.cure,
            "why": chance.choice(_WHY),
            "note": chance.choice(_NOTE),
            "words": chance.choice(_WORDS),
            "complaint": chance.choice(_COMPLAINTS),
            "part": chance.choice(machine.parts),
            "old": f"{chance.randrange(10**6):06}",
            "fitted": f"{chance.randrange(10**6):06}N",
            ENGINEER.strip("~"): engineer,
            SECOND.strip("~"): second,
        }
        texts |= {name.strip("~"): chance.choice(those) for name, those in self._roles.items()}
        texts |= dict(zip(_TESTS, _tests(device.kind), strict=True))
        return {name: msgspec.json.encode(text).decode()[1:-1] for name, text in texts.items()}


_NOBODY = Contact(customer="", name="Dr Li", phone="13800000000")


def _tests(kind: str) -> list[str]:
    """The tests that belong to a kind of device, and others in the places that are left."""
    asked = [one.code for one in checklist(kind)]
    return [*asked, *(f"test {place + 1}" for place in range(len(asked), len(_TESTS)))]


def _json_time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def _so_far(moulds: list[_Mould], age: timedelta) -> list[_Mould]:
    """What was told by now of a case that is not over: its last command at least is to come."""
    last = max(place for place, one in enumerate(moulds) if not one.follows)
    return [one for one in moulds[:last] if one.recorded <= age] or moulds[:1]


def _lines(number: str, entries: Sequence[Entry]) -> list[Line]:
    """The lines of a ticket, each command with a key of its own."""
    lines: list[Line] = []
    begins = [place for place, one in enumerate(entries) if not one.follows]
    for start, end in zip(begins, [*begins[1:], len(entries)], strict=True):
        key = f"{number}/{start}"
        prev_hash = lines[-1].hash if lines else ""
        lines += ticket_lines(number, entries[start:end], prev_hash, key)
    return lines
