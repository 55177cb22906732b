"""The roster: shifts, holidays, overrides, lending; certificates, coordinates, travel times."""

import sqlalchemy as sa
from alembic import op

from dispatch_tui.storage.types import UTCDateTime

revision = "0003"
down_revision = "0002"

_NO_OVERLAP_SQLITE = """
CREATE TRIGGER overrides_touch_nobody_twice_{when} BEFORE {when} ON overrides
WHEN EXISTS (
    SELECT 1 FROM overrides AS other
    WHERE other.id <> NEW.id AND other.since < NEW.until AND NEW.since < other.until
    AND (NEW.login IN (other.login, other."by")
         OR (NEW."by" <> '' AND NEW."by" IN (other.login, other."by")))
)
BEGIN
    SELECT RAISE(ABORT, 'two overrides of one person overlap');
END
"""
_NO_OVERLAP_POSTGRESQL = """
ALTER TABLE overrides ADD CONSTRAINT overrides_touch_nobody_twice EXCLUDE USING gist (
    tstzrange(since, until) WITH &&,
    int8multirange(
        int8range(hashtextextended(login, 0), hashtextextended(login, 0), '[]'),
        int8range(
            hashtextextended(CASE WHEN "by" = '' THEN login ELSE "by" END, 0),
            hashtextextended(CASE WHEN "by" = '' THEN login ELSE "by" END, 0),
            '[]'
        )
    ) WITH &&
)
"""


def upgrade() -> None:
    """Add the tables and columns, and what keeps overrides of one person apart."""
    for table in ("stations", "customers"):
        op.add_column(table, sa.Column("latitude", sa.Float(), nullable=True))
        op.add_column(table, sa.Column("longitude", sa.Float(), nullable=True))
    op.add_column(
        "staff", sa.Column("language", sa.String(length=20), nullable=False, server_default="")
    )
    op.create_table(
        "certificates",
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["staff.login"], name=op.f("fk_certificates_login")),
        sa.PrimaryKeyConstraint("login", "kind", name=op.f("pk_certificates")),
    )
    op.create_table(
        "travel",
        sa.Column("origin", sa.String(length=80), nullable=False),
        sa.Column("destination", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("origin", "destination", name=op.f("pk_travel")),
    )
    op.create_table(
        "shifts",
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("shifts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["staff.login"], name=op.f("fk_shifts_login")),
        sa.PrimaryKeyConstraint("login", name=op.f("pk_shifts")),
    )
    op.create_table(
        "holidays",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("turns", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_holidays")),
    )
    op.create_table(
        "overrides",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["login"], ["staff.login"], name=op.f("fk_overrides_login")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_overrides")),
    )
    op.create_table(
        "lendings",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("login", sa.String(length=80), nullable=False),
        sa.Column("station", sa.String(length=40), nullable=False),
        sa.Column("since", UTCDateTime(), nullable=False),
        sa.Column("until", UTCDateTime(), nullable=False),
        sa.Column("what_for", sa.String(length=500), nullable=False),
        sa.Column("back_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["login"], ["staff.login"], name=op.f("fk_lendings_login")),
        sa.ForeignKeyConstraint(["station"], ["stations.code"], name=op.f("fk_lendings_station")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lendings")),
    )
    op.create_index(op.f("ix_overrides_since"), "overrides", ["since"])
    if op.get_context().dialect.name == "postgresql":
        op.execute(_NO_OVERLAP_POSTGRESQL)
    else:
        for when in ("INSERT", "UPDATE"):
            op.execute(_NO_OVERLAP_SQLITE.format(when=when))
