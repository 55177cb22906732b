"""Devices: UDI, and the days of a service contract."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "devices", sa.Column("udi", sa.String(length=120), nullable=False, server_default="")
    )
    op.add_column("devices", sa.Column("contract_from", sa.Date(), nullable=True))
    op.add_column("devices", sa.Column("contract_until", sa.Date(), nullable=True))
