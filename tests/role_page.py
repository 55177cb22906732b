"""Who may do what, and from where: every role, every command, every entrance, as a page.

`uv run python tests/role_page.py` writes docs/roles.md anew.
"""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dispatch_tui
from dispatch_tui.cli.session import LOOKS
from dispatch_tui.desk.bringing.bring import ADMINISTRATORS_TABLES, IMPORTERS
from dispatch_tui.desk.bringing.formats import FORMATS
from dispatch_tui.desk.exporting.rights import EXPORTERS, JOURNAL
from dispatch_tui.desk.exporting.tables import CASES
from dispatch_tui.domain.filing import DECIDERS, FILE_KEEPERS
from dispatch_tui.domain.handover import HANDING_ROLES
from dispatch_tui.domain.overriding import ROSTER_ROLES
from dispatch_tui.domain.people import STEWARDS, Role
from dispatch_tui.domain.phones import COLLEAGUES, CUSTOMERS
from dispatch_tui.domain.stocking import STOCK_KEEPERS
from dispatch_tui.domain.table import COMMANDS, LOG

CODE = Path(dispatch_tui.__file__).parent
PAGE = CODE.parent / "docs" / "roles.md"
HOW = "uv run python tests/role_page.py"

ROLES = (
    Role.OPERATOR,
    Role.MANAGER,
    Role.GENERAL_MANAGER,
    Role.ENGINEER,
    Role.SPECIALIST,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
)
EVERYBODY = frozenset(Role)
MOST_IMPORTERS = IMPORTERS - {Role.ADMINISTRATOR}
"""Who brings in what is more than an administrator's tables."""


class Row(NamedTuple):
    """A command: who may give it, on their own tickets only, and the words of it on each entrance.

    `method` is that of the desk, the one door to it.
    """

    name: str
    method: str
    roles: frozenset[Role]
    own_roles: frozenset[Role] = frozenset()
    words: tuple[str, ...] = ()

    @property
    def entrances(self) -> str:
        """C for the console, L for the command line, S for SSH without a console."""
        console = "C" if self.method in called_in("console") else ""
        line = "L" if self.words else ""
        return console + line + ("S" if self.words[:1] and self.words[0] in LOOKS else "")


@cache
def called_in(room: str) -> frozenset[str]:
    """What a room asks of desks, by the names of their methods."""
    return frozenset(
        node.attr
        for path in (CODE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and _is_desk(node.value)
    )


def _is_desk(node: ast.expr) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name == "desk"


ON_TICKETS = (
    Row("call", "log_call", LOG.roles, words=("call", "--customer", "H1", "--fault", "x")),
    *(Row(name, "act", spec.roles, spec.own_roles, ("act",)) for name, spec in COMMANDS.items()),
)

_NEW = ("--name", "New", "--role", "operator")
_SPAN = ("--from", "2100-01-05T08:00", "--to", "2100-01-06T08:00")

BESIDE = (
    Row("keep a draft", "save_draft", EVERYBODY),
    Row("keep one's place", "keep_place", EVERYBODY),
    Row("have the console otherwise", "choose", EVERYBODY),
    Row("have seen the tour", "keep_toured", EVERYBODY),
    Row("hand over", "hand_over", HANDING_ROLES, words=("handover", "--note", "x")),
    Row("take over", "accept_handover", HANDING_ROLES, words=("handover", "--accept")),
    Row("change the roster", "override", ROSTER_ROLES, words=("override", "remove", "ann", *_SPAN)),
    Row(
        "withdraw a change of it",
        "withdraw_override",
        ROSTER_ROLES,
        words=("override", "withdraw", "x"),
    ),
    Row("lend somebody", "lend", ROSTER_ROLES, words=("lend", "ann", "S2", *_SPAN, "--for", "x")),
    Row("note that they are back", "bring_back", ROSTER_ROLES, words=("lend", "back", "x")),
    Row("weigh suggestions", "set_weights", ROSTER_ROLES, words=("weights", "fair=1")),
    *(
        Row(f"keep the file of {table}", "change_file", roles, words=("file", table, *words))
        for table, roles, words in (
            ("customers", FILE_KEEPERS, ("H1", "city=x")),
            ("contacts", FILE_KEEPERS, ("-", "customer=H1", "name=x", "phone=1", "--new")),
            ("devices", FILE_KEEPERS, ("CT-1", "department=x")),
            (
                "contracts",
                DECIDERS,
                ("-", "customer=H1", "number=1", "since=2026-01-01", "until=2027-01-01", "--new"),
            ),
            ("parts", DECIDERS, ("P2", "name=x", "--new")),
        )
    ),
    Row("note a regular call", "call_made", FILE_KEEPERS),
    *(
        Row(f"{name} parts", method, roles, words=("part", word, *words))
        for name, word, method, roles, words in (
            ("take", "take", "take_part", STOCK_KEEPERS, ("P1", "--station", "S1")),
            ("put back", "put-back", "put_part_back", STOCK_KEEPERS, ("P1", "--station", "S1")),
            (
                "count",
                "count",
                "count_stock",
                STOCK_KEEPERS,
                ("P1", "--station", "S1", "--count", "9"),
            ),
            ("send", "send", "send_parts", STOCK_KEEPERS, ("P1", "--station", "S1", "--to", "S2")),
            ("order", "order", "order_parts", STOCK_KEEPERS & DECIDERS, ("P1", "--station", "S1")),
            ("receive", "receive", "receive_parts", STOCK_KEEPERS, ("x",)),
        )
    ),
    Row(
        "put somebody on the list of people",
        "add_person",
        STEWARDS,
        words=("staff", "add", "new", *_NEW),
    ),
    Row(
        "let somebody in no more, or again",
        "set_active",
        STEWARDS,
        words=("staff", "disable", "bob"),
    ),
    Row(
        "give somebody a key",
        "add_staff_key",
        STEWARDS,
        words=("staff", "key", "add", "bob", "KEY"),
    ),
    Row("see all keys", "staff_keys", STEWARDS, words=("staff", "key", "list")),
    Row("take a key away", "remove_staff_key", STEWARDS, words=("staff", "key", "remove", "x")),
    Row(
        "look up a masked number (journaled)", "reveal_phone", EVERYBODY, words=("phone", "NUMBER")
    ),
)

LOOKING = tuple(
    Row(name, method, EVERYBODY, words=words)
    for name, method, words in (
        ("tickets", "open_cases", ("tickets",)),
        ("a ticket with its journal", "ticket", ("show", "NUMBER")),
        ("roster", "rules", ("roster",)),
        ("find", "find", ("find", "CT")),
        ("the file of a customer", "customer_file", ("customer", "H1")),
        ("the file of a device", "device_history", ("device", "CT-1")),
        ("parts", "shelves", ("parts",)),
        ("suggestions", "suggestions", ("suggest", "NUMBER")),
        ("a day's plan", "day_plan", ("plan",)),
        ("what to hand over", "handover_sheet", ("handover",)),
        ("who is lent", "lendings", ("lend",)),
        ("changes of the roster", "rules", ("override",)),
        ("weights", "weights", ("weights",)),
        ("service report", "report", ("report", "NUMBER")),
        ("list of people", "staff", ("staff", "list")),
        ("table of commands", "", ("commands",)),
        ("audit", "", ("audit",)),
        ("doctor", "", ("doctor",)),
        ("check", "", ("check",)),
        ("where", "", ("where",)),
    )
)

EXPORTS = tuple(Row(table, "", roles) for table, roles in EXPORTERS.items())
IMPORTS = tuple(
    Row(table, "", IMPORTERS if table in ADMINISTRATORS_TABLES else MOST_IMPORTERS)
    for table in FORMATS
)


def cell(row: Row, role: Role, entrances: str) -> str:
    """What stands in a cell: the entrances that are open, in brackets for one's own tickets."""
    found = ""
    if role in row.roles:
        found = entrances
    elif role in row.own_roles:
        found = f"({entrances})"
    told = row in ON_TICKETS and role in MOST_IMPORTERS
    return " ".join((*([found] if found else []), *(["I"] if told else []))) or "-"


def _table(rows: Iterable[Row], first: str, entrances: str = "") -> Iterator[str]:
    yield f"| {first} | " + " | ".join(map(_named, ROLES)) + " |"
    yield "| --- |" + " --- |" * len(ROLES)
    for row in rows:
        cells = (cell(row, role, entrances or row.entrances) for role in ROLES)
        yield f"| {row.name} | " + " | ".join(cells) + " |"


def _sights() -> Iterator[str]:
    for role in ROLES:
        colleagues = "all" if role in COLLEAGUES else "none"
        yield f"| {_named(role)} | {CUSTOMERS[role].value} | {colleagues} |"


def _named(role: Role) -> str:
    return role.value.replace("_", " ")


def page() -> str:
    """Return the page."""
    words = ", ".join(f"`{one}`" for one in LOOKS)
    tables = ", ".join(sorted(f"`{one}`" for one in CASES))
    lines = (
        "# Who may do what, and from where",
        "",
        f"Made from the code by `{HOW}`; tests try the cells. The desk checks the",
        "role for every entrance alike, by the list of people as it is then, and journals each",
        "refusal.",
        "",
        "- **C** the console, at a terminal of the server or over SSH: they are the same",
        "- **L** the command line, for whoever has the account that owns the database",
        f"- **S** over SSH without a console: {words} and nothing else",
        f"- **I** brought in as a fact of the past, in the files {tables} of an import:",
        "  whoever brings it in needs this cell, who is told to have done it needs a C or an L",
        "- in brackets: on the tickets that are theirs",
        "- **-** refused",
        "",
        "## On a ticket",
        "",
        *_table(ON_TICKETS, "command"),
        "",
        "## Beside the tickets",
        "",
        *_table(BESIDE, "what"),
        "",
        "## Looking",
        "",
        "Everybody who signs in looks at everything; whose phone numbers are whole is said below.",
        "`audit`, `doctor`, `where` and `commands` ask nobody who they are.",
        "",
        *_table(LOOKING, "what"),
        "",
        "| role | numbers of customers | numbers of colleagues |",
        "| --- | --- | --- |",
        *_sights(),
        "",
        f"## Taking out: `export` (`{JOURNAL}` holds everything, keys among it)",
        "",
        "Lists, as the screen has them, are for everybody; over SSH the console writes no file.",
        "",
        *_table(EXPORTS, "table", "L"),
        "",
        "## Bringing in: `import`",
        "",
        "Into a database without staff anybody brings in anything: that is how it begins.",
        "",
        *_table(IMPORTS, "table", "L"),
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
