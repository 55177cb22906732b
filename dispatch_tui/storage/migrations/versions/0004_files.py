"""The files: contracts, parts and their stock, more of customers and devices."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from dispatch_tui.storage.types import UTCDateTime

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns and the tables."""
    for table, columns in (("customers", _of_customers()), ("devices", _of_devices())):
        for column in columns:
            op.add_column(table, column)
    _contracts()
    _parts()
    _consignments()


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def _of_customers() -> list[sa.Column[Any]]:
    return [
        _text("departments", 500),
        _text("responsible", 80),
        sa.Column("call_every_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("next_call_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False, server_default=""),
    ]


def _of_devices() -> list[sa.Column[Any]]:
    return [
        _text("registration_number", 120),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        _text("manuals", 500),
        _text("software", 120),
        sa.Column("state", sa.String(length=20), nullable=False, server_default="in_use"),
        sa.Column("notes", sa.Text(), nullable=False, server_default=""),
    ]


def _contracts() -> None:
    op.create_table(
        "contracts",
        sa.Column("customer", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("device", sa.String(length=120), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("response_minutes", sa.Integer(), nullable=True),
        sa.Column("on_site_hours", sa.Integer(), nullable=True),
        sa.Column("repair_hours", sa.Integer(), nullable=True),
        sa.Column("inspection_months", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer"], ["customers.code"], name=op.f("fk_contracts_customer")
        ),
        sa.PrimaryKeyConstraint("customer", "number", name=op.f("pk_contracts")),
    )


def _parts() -> None:
    op.create_table(
        "parts",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("maker", sa.String(length=120), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("price", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_parts")),
    )
    op.create_table(
        "stock",
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.CheckConstraint("count >= 0", name="never_below_zero"),
        sa.ForeignKeyConstraint(["part"], ["parts.code"], name=op.f("fk_stock_part")),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_stock_station")),
        sa.PrimaryKeyConstraint("part", "station", name=op.f("pk_stock")),
    )


def _consignments() -> None:
    op.create_table(
        "consignments",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("destination", sa.String(length=40), nullable=False),
        sa.Column("ticket", sa.String(length=20), nullable=False),
        sa.Column("sent_at", UTCDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["part"], ["parts.code"], name=op.f("fk_consignments_part")),
        sa.ForeignKeyConstraint(
            ["destination"], ["stations.code"], name=op.f("fk_consignments_destination")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consignments")),
    )
    op.create_index(
        "ix_consignments_under_way",
        "consignments",
        ["destination"],
        sqlite_where=sa.text("received_at IS NULL"),
        postgresql_where=sa.text("received_at IS NULL"),
    )
