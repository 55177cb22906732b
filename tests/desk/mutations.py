"""Good files made bad: bytes, cells, lines and shapes changed at random, the same for a seed."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable

import openpyxl
from company import ACTS, CONTACTS, CUSTOMERS, DEVICES, FILES, STAFF, TICKETS

Mutation = Callable[[random.Random, bytes], bytes]

GOOD = {
    "staff": STAFF,
    "customers": CUSTOMERS,
    "contacts": CONTACTS,
    "devices": DEVICES,
    "tickets": TICKETS,
    "acts": ACTS,
}
NASTY = (
    *("", " ", "\0", "\x1b[31m", "\u202e", "'", '"', "=1+1", "@x", "-", "\t", "\r", "\ufeff"),
    *("31/02/2026", "2026-02-31", "2026-02-31T25:61", "0000-00-00", "9999-12-31T23:59+14:00"),
    *("٣٤", "２０２６－０３－０１", "１", "٢٠٢٦-٠٣-٠١T٠٨:٠٠", "1e400", "NaN", "-1", "9" * 400),
    *("重庆" * 40, "\U0001f3e5", "e\u0301" * 50, "a" * 5000, "|", "||||", "null", "{}", '{"a":'),
    *("H1", "CT-1", "mia", "260301-001", "2026-03-01T08:00", "Asia/Shanghai", "../../etc/passwd"),
)
HUGE = 10 * 2**20


def table_of(content: str) -> list[list[str]]:
    """Return the rows of a CSV file."""
    return list(csv.reader(io.StringIO(content, newline="")))


def written(rows: list[list[str]], delimiter: str = ",") -> bytes:
    """Return rows as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def as_json(content: str) -> bytes:
    """Return a CSV file as a list of objects."""
    header, *rows = table_of(content)
    return json.dumps([dict(zip(header, row, strict=True)) for row in rows]).encode()


def as_workbook(content: str) -> bytes:
    """Return a CSV file as a workbook."""
    book = openpyxl.Workbook()
    for row in table_of(content):
        book.active.append(row)
    found = io.BytesIO()
    book.save(found)
    return found.getvalue()


def _flip(chance: random.Random, content: bytes) -> bytes:
    found = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        found[chance.randrange(len(found))] ^= 1 << chance.randrange(8)
    return bytes(found)


def _cut(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:start] + content[end:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(NASTY).encode("utf-8", "replace") + content[at:]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:end] + content[start:end] * chance.randrange(1, 4) + content[end:]


def _code_page(chance: random.Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    name = chance.choice(("gb18030", "utf-16", "utf-16-le", "utf-8-sig", "big5", "cp1252", "utf-7"))
    return text.encode(name, "replace")


def _quotes(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice((b'"', b'""', b'"\n', b"\r", b"\n\n")) + content[at:]


ANY: tuple[Mutation, ...] = (_flip, _flip, _cut, _insert, _repeat, _quotes, _code_page)


def _cells(chance: random.Random, content: bytes) -> bytes:
    rows = table_of(content.decode())
    for _ in range(chance.randrange(1, 4)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(NASTY)
    return written(rows, chance.choice(",,;\t"))


def _columns(chance: random.Random, content: bytes) -> bytes:
    rows = table_of(content.decode())
    one, two = chance.randrange(len(rows[0])), chance.randrange(len(rows[0]))
    kind = chance.randrange(4)
    for row in rows[chance.randrange(2) :]:
        if kind == 0:
            row[one], row[two] = row[two], row[one]
        elif kind == 1:
            row.append(row[one])
        elif kind == 2:
            del row[one]
        else:
            row[one] = row[two]
    return written(rows)


def _rows(chance: random.Random, content: bytes) -> bytes:
    header, *rows = table_of(content.decode())
    rows += [list(chance.choice(rows)) for _ in range(chance.randrange(1, 5))]
    chance.shuffle(rows)
    return written([header, *rows] if chance.random() < 0.9 else rows)


def _huge(chance: random.Random, content: bytes) -> bytes:
    rows = table_of(content.decode())
    chance.choice(rows)[0] = chance.choice(("x", "\n", "é", '"')) * (
        HUGE // chance.choice((1, 100))
    )
    return written(rows)


SHEETS: tuple[Mutation, ...] = (_cells, _cells, _cells, _columns, _columns, _rows)


def _packed(chance: random.Random, content: bytes) -> bytes:
    """A workbook of which one part was changed before it was packed again."""
    parts = zipfile.ZipFile(io.BytesIO(content))
    names = parts.namelist()
    bad = chance.choice(names)
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            part = parts.read(name)
            packed.writestr(name, chance.choice(ANY)(chance, part) if name == bad else part)
    return found.getvalue()


def mutated(seed: int) -> tuple[str, bytes]:
    """Return the name and content of one bad file; some are good by chance."""
    chance = random.Random(seed)
    table = chance.choice(list(GOOD))
    content = GOOD[table]
    shape = chance.choice(("csv", "csv", "csv", "json", "jsonl", "xlsx"))
    if shape == "csv" and chance.random() < 0.01:
        return f"{table}.csv", _huge(chance, content.encode())
    if chance.random() < 0.5:
        content = chance.choice(SHEETS)(chance, content.encode()).decode()
        if shape != "csv":
            content = _square(content)
    if shape == "csv":
        return f"{table}.csv", chance.choice(ANY)(chance, content.encode())
    if shape == "xlsx":
        book = as_workbook(content)
        return f"{table}.xlsx", chance.choice((_packed, _packed, *ANY))(chance, book)
    objects = as_json(content)
    if shape == "jsonl":
        objects = b"\n".join(json.dumps(one).encode() for one in json.loads(objects))
    return f"{table}.{shape}", chance.choice(ANY)(chance, objects)


def _square(content: str) -> str:
    """Rows as long as their header, of what a workbook can hold."""
    delimiter = max(",;\t", key=content.split("\n", 1)[0].count)
    rows = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))
    wide = len(rows[0])
    legal = str.maketrans("", "", "\0\x1b\v\f")
    cut = [[*(cell.translate(legal) for cell in row), *[""] * wide][:wide] for row in rows]
    return written(cut).decode()


IMPORTER = "root"
"""Who brings the bad files in: nobody whom one of them could change."""

COMPANY = FILES | {"staff": f"{STAFF}{IMPORTER},Root,general_manager,,CD,\n"}
"""What is there before."""
